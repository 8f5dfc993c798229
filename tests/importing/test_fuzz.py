"""Mutated files of every format: they are read or refused, nothing else is raised, and what is saved can be read."""

from __future__ import annotations

import sys
import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from gmetui.catalog.catalog import Catalog
from gmetui.datafiles.builder import REFERENCE_TABLES, build_catalog
from gmetui.datafiles.data_documents import DataDocument, parse
from gmetui.datafiles.files import directory_documents
from gmetui.errors import GmetuiError
from gmetui.importing.data_file import ListMetadata
from gmetui.importing.detect import detect_list_kind
from gmetui.importing.program_list import read_programs, toml_parts
from gmetui.importing.report import doubtful_rows_csv
from gmetui.importing.shortlist_import import RowChoices, import_shortlist
from gmetui.importing.shortlist_table import read_shortlist_table
from gmetui.shortlist.entries import Shortlist
from gmetui.storage.shortlist_file import format_list, list_tables, parse_list
from importing.mutations import mutations, seed_files
from support import FIXTURE_DATA, is_harmless

SEED, COUNT = 1, 308


def check_file(catalog: Catalog, reference: DataDocument, path: Path) -> int:
    """Read a file in every way and return how many succeeded. Raises what is not a `GmetuiError`."""
    readings = 0
    for read in (_check_programs, _check_shortlist, _check_kind):
        try:
            read(catalog, reference, path)
            readings += 1
        except GmetuiError as error:
            message = str(error)
            if not is_harmless(message):
                raise AssertionError(message) from error
    return readings


def _check_programs(catalog: Catalog, reference: DataDocument, path: Path) -> None:
    result = read_programs(catalog, path, ListMetadata("fuzz", "Fuzz", "fuzz"), date(2026, 11, 22))
    text = "".join(toml_parts(result))
    assert is_harmless(text.replace("\n", ""))
    assert all(map(is_harmless, result.report.text_lines(full=True)))
    assert is_harmless(doubtful_rows_csv(result.report, "fuzz").replace("\r", "").replace("\n", ""))
    assert _texts_are_harmless(result.report.as_json())
    try:
        build_catalog([[reference], [parse("fuzz.toml", text.encode())]])
    except GmetuiError as error:
        raise AssertionError(f"what is saved cannot be read: {error}") from error


def _check_shortlist(catalog: Catalog, reference: DataDocument, path: Path) -> None:
    choices = RowChoices(keeps_unmatched=True)
    result = import_shortlist(catalog, Shortlist("fuzz", ()), read_shortlist_table(path), choices, date(2026, 11, 26))
    saved = tomllib.loads(format_list(list_tables(result.shortlist)))
    assert parse_list(saved, "fuzz", path) == result.shortlist, "what is saved is what is read"
    for problem in result.problems:
        assert _texts_are_harmless(problem.as_json())
    for entry in result.shortlist:
        texts = (entry.id, entry.name, entry.institution, entry.status, *entry.tags, *map(str, entry.dates))
        assert is_harmless(entry.note.replace("\n", "") + "".join(texts))


def _check_kind(catalog: Catalog, reference: DataDocument, path: Path) -> None:
    assert detect_list_kind(path) in ("programs", "shortlist")


def _texts_are_harmless(value: object) -> bool:
    if isinstance(value, dict):
        return all(_texts_are_harmless(key) and _texts_are_harmless(item) for key, item in value.items())
    if isinstance(value, list | tuple):
        return all(map(_texts_are_harmless, value))
    return not isinstance(value, str) or is_harmless(value.replace("\n", ""))


def reference_document() -> DataDocument:
    """Return the tables that programs refer to."""
    tables: dict[str, Any] = {}
    for document in directory_documents(FIXTURE_DATA):
        for name, rows in document.tables.items():
            if name in REFERENCE_TABLES:
                tables[name] = [*tables.get(name, []), *rows] if isinstance(rows, list) else rows
    return DataDocument("reference", tables)


@pytest.mark.parametrize("part", range(4))
def test_mutated_files_are_read_or_refused(catalog: Catalog, tmp_path: Path, part: int) -> None:
    reference, path = reference_document(), tmp_path / "list"
    readings = 0
    for number, content in enumerate(mutations(seed_files(tmp_path), SEED + part, COUNT // 4)):
        path.write_bytes(content)
        try:
            readings += check_file(catalog, reference, path)
        except Exception as error:
            (tmp_path / "failing").write_bytes(content)
            raise AssertionError(f"mutation {number} of seed {SEED + part}: {error!r}") from error
    assert readings > COUNT // 4 // 3


def main(seed: int, count: int) -> None:
    """Run many mutations: `python tests/importing/test_fuzz.py SEED COUNT`."""
    import collections
    import tempfile
    import time
    import traceback

    from gmetui.datafiles.files import load_directory

    catalog, reference = load_directory(FIXTURE_DATA), reference_document()
    failures: collections.Counter[str] = collections.Counter()
    readings, slowest = 0, 0.0
    with tempfile.TemporaryDirectory() as directory:
        path = Path(directory) / "list"
        for number, content in enumerate(mutations(seed_files(Path(directory)), seed, count)):
            path.write_bytes(content)
            start = time.thread_time()
            try:
                readings += check_file(catalog, reference, path)
            except Exception as error:  # noqa: BLE001  # every kind is counted
                frame = traceback.extract_tb(error.__traceback__)[-1]
                place = f"{Path(frame.filename).name}:{frame.lineno} {frame.line}"
                key = f"{type(error).__name__}: {str(error)[:150]!r} in {place}"
                if not failures[key]:
                    Path(f"failing-{seed}-{number}").write_bytes(content)
                failures[key] += 1
            slowest = max(slowest, time.thread_time() - start)
    print(f"seed {seed}: {count} files, {readings} readings, slowest {slowest:.2f} s, failures {dict(failures)}")  # noqa: T201


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
