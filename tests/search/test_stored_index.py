"""A search in a stored catalog gives what one in the catalog in memory gives, without looking at every program."""

from __future__ import annotations

import csv
import random
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from bench.synthetic import catalog_of
from gmetui.archive_writer import archive_sections
from gmetui.catalog.catalog import Catalog
from gmetui.compiled.sections import encode_archive
from gmetui.compiled.tables import StoredRecords
from gmetui.datafiles.archive_file import open_archive_file
from gmetui.loader import open_catalog
from gmetui.search import Query, search
from gmetui.search.corrections import corrections
from gmetui.search.engine import index_of
from gmetui.search.fields import SEARCH_FIELDS
from gmetui.search.scans import CatalogScans
from gmetui.search.sort import SORT_KEYS
from gmetui.search.stated_facts import facts_by_key
from gmetui.search.suggest import complete

ROOT = Path(__file__).resolve().parents[2]
GENERATED_QUERIES = 400  # ten thousand gave no difference on 2026-11-26, nor on 14,000 synthetic programs


def stored(catalog: Catalog, directory: Path) -> Catalog:
    """Return a catalog opened from a file, with its index."""
    file = directory / "catalog"
    file.write_bytes(b"".join(encode_archive("key", archive_sections(catalog))))
    archive = open_archive_file(file, "key")
    assert archive is not None
    with pytest.MonkeyPatch.context() as patch:  # the places are a file of the bundled data
        patch.setattr("gmetui.datafiles.snapshot.bundled_gazetteer", lambda: catalog.gazetteer)
        return open_catalog(archive)


@pytest.fixture(scope="module", params=["catalog", "hostile_catalog", "synthetic"])
def catalogs(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Catalog, Catalog]:
    """Return a catalog in memory, and the same one stored."""
    is_synthetic = request.param == "synthetic"
    catalog = catalog_of(300, institutions=20) if is_synthetic else request.getfixturevalue(request.param)
    return catalog, stored(catalog, tmp_path_factory.mktemp("stored"))


def sample_queries() -> list[str]:
    """Return the sample queries and the examples of the documentation."""
    with (ROOT / "tests/data/queries.csv").open(encoding="utf-8", newline="") as file:
        typed = [next(iter(row.values())) for row in csv.DictReader(file)]
    documentation = (ROOT / "docs/reference/queries.md").read_text(encoding="utf-8")
    return [*typed, *re.findall(r"`([^`\n]+)`", documentation)]


def generated_queries(catalog: Catalog, count: int, seed: int) -> Iterator[str]:
    """Yield queries of words, typos, beginnings, phrases, filters, facts and orders."""
    rng = random.Random(seed)
    texts = " ".join(
        f"{program.name} {program.id} {catalog.institution[program.institution].name}" for program in catalog.programs
    )
    words = re.findall(r"\w[\w'/-]*", texts)
    values = {
        field: sorted(index_of(catalog).values(field).labels.items()) or [("none", "None")] for field in SEARCH_FIELDS
    }

    def word() -> str:
        word, position = rng.choice(words), rng.randrange(8)
        swapped = (
            f"{word[:position]}{word[position + 1 : position + 2]}{word[position : position + 1]}{word[position + 2 :]}"
        )
        return rng.choice((word, word, word[: position + 1], swapped, word.upper()))

    def condition() -> str:
        field = rng.choice(SEARCH_FIELDS)
        value = rng.choice((*rng.choice(values[field]), word()))[: rng.choice((4, 40))].replace('"', "")
        return f'{rng.choice((field.name, *field.aliases))}:"{value}"'

    def term() -> str:
        start = rng.randrange(len(words) - 3)
        return rng.choice(
            (
                *(word(), word(), word(), condition(), condition()),
                *(f"-{word()}", f'"{" ".join(words[start : start + rng.randint(1, 3)])}"'),
                *(f"{rng.choice(('has', 'no'))}:{rng.choice(facts)}", f"{rng.choice(facts)}:{word()}"),
                f"sort:{rng.choice(('', '-'))}{rng.choice(list(SORT_KEYS))}",
            )
        )

    facts = sorted(facts_by_key())
    for _ in range(count):
        yield rng.choice((" ", " ", " OR ")).join(term() for _ in range(rng.randint(1, 4)))


def answer(catalog: Catalog, line: str, statuses: Mapping[str, str]) -> dict[str, Any]:
    """Return everything that a search says."""
    results = search(catalog, Query.parse(line), statuses)
    return {
        "programs": [program.id for program in results.programs()],
        "warnings": results.warnings,
        "mistakes": results.mistakes,
        "words": [(token.raw, token.forms, token.corrected) for token in results.tokens],
        "facets": {field.name: list(values) for field, values in results.facets().items()},
        "reasons": [results.reasons(program) for program in results.programs(0, 3)],
        "pages": results.pages,
        "rows": [results.row_of(program_id) for program_id in statuses],
        "completions": complete(results.index, line),
        "corrections": corrections(results) if len(line) % 8 == 0 else (),
    }


def test_answers_are_the_same(catalogs: tuple[Catalog, Catalog]) -> None:
    in_memory, opened = catalogs
    statuses: dict[str, str] = {
        program.id: "applied" if number else "" for number, program in enumerate(in_memory.programs[:3])
    }
    lines = [*sample_queries(), *generated_queries(in_memory, GENERATED_QUERIES, seed=18)]
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
