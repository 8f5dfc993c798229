"""A search in a stored catalog gives what one in the catalog in memory gives, without looking at every program."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from bench.answers import answer, generated_queries, sample_queries, statuses_of
from bench.synthetic import catalog_of
from gmetui.archive_writer import archive_sections
from gmetui.catalog.catalog import Catalog
from gmetui.compiled.sections import encode_archive
from gmetui.compiled.tables import StoredRecords
from gmetui.datafiles.archive_file import open_archive_file
from gmetui.loader import open_catalog
from gmetui.search import Query, identifiers, search
from gmetui.search.fields import SEARCH_FIELDS
from gmetui.search.scans import CatalogScans
from gmetui.search.sort import SORT_KEYS
from gmetui.search.stated_facts import facts_by_key
from gmetui.search.suggest import complete


def stored(catalog: Catalog, directory: Path) -> Catalog:
    """Return a catalog opened from a file, with its index."""
    file = directory / "catalog"
    file.write_bytes(b"".join(encode_archive("key", archive_sections(catalog))))
    archive = open_archive_file(file, "key")
    assert archive is not None
    with pytest.MonkeyPatch.context() as patch:  # the places are a file of the bundled data
        patch.setattr("gmetui.datafiles.snapshot.bundled_gazetteer", lambda: catalog.gazetteer)
        return open_catalog(archive)


@pytest.fixture(scope="module", params=["catalog", "hostile_catalog", "synthetic", "as if large"])
def catalogs(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Catalog, Catalog]:
    """Return a catalog in memory, and the same one stored, also as a large one is."""
    is_fixture = request.param in ("catalog", "hostile_catalog")
    catalog = request.getfixturevalue(request.param) if is_fixture else catalog_of(300, institutions=20)
    with pytest.MonkeyPatch.context() as patch:
        if request.param == "as if large":
            patch.setattr(identifiers, "MAX_NAMES_AT_ONCE", 5)
        return catalog, stored(catalog, tmp_path_factory.mktemp("stored"))


def test_answers_are_the_same(catalogs: tuple[Catalog, Catalog], generated_count: int) -> None:
    in_memory, opened = catalogs
    statuses = statuses_of(in_memory)
    lines = [*sample_queries(), *generated_queries(in_memory, generated_count, seed=18)]
    for number, line in enumerate(lines):
        some_statuses = statuses if number % 3 else {}
        assert answer(opened, line, some_statuses) == answer(in_memory, line, some_statuses), line


def test_nothing_visits_every_program(catalogs: tuple[Catalog, Catalog], monkeypatch: pytest.MonkeyPatch) -> None:
    """A search, its first rows, its facets and what is suggested decode the programs of these rows alone."""
    opened = catalogs[1]
    iterate = StoredRecords.__iter__

    def refuse(*_: object) -> None:
        raise AssertionError("every program is visited")

    def iterate_others(records: StoredRecords[object]) -> Iterator[object]:
        assert records is not opened.programs, "every program is visited"
        return iterate(records)

    monkeypatch.setattr(StoredRecords, "__iter__", iterate_others)
    for name in ("values", "parents", "stating", "fact_words", "short_texts", "sorted_numbers", "phrases"):
        monkeypatch.setattr(CatalogScans, name, refuse)
    fields = (f"{field.name}:a" for field in SEARCH_FIELDS)
    facts = (line for key in facts_by_key() for line in (f"{key}:a", f"has:{key}", f"no:{key}"))
    for line in [*sample_queries(), '"general surgery"', *fields, *facts, *(f"sort:{key}" for key in SORT_KEYS)]:
        results = search(opened, Query.parse(line))
        for program in results.programs(0, 3):
            results.reasons(program)
        assert complete(results.index, line) is not None
        assert results.pages is not None
        assert results.facets()
