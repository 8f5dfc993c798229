"""Files that are not lists, and hostile ones: they are rejected with a reason, or come in harmless."""

from __future__ import annotations

import contextlib
import io
import os
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

import gmetui
from gmetui.catalog.catalog import Catalog
from gmetui.datafiles.builder import REFERENCE_TABLES, build_catalog
from gmetui.datafiles.data_documents import DataDocument, parse
from gmetui.datafiles.files import directory_documents
from gmetui.errors import UnreadableListError
from gmetui.importing.program_list import read_sheets
from gmetui.importing.readers.grids import open_grids
from importing.program_lists import IDS, ROWS, as_csv, as_json, data_file_text, import_content, specialty_workbook
from support import FIXTURE_DATA, HOSTILE_TEXTS, is_harmless

TAXONOMY = "Code,Grouping,Classification,Specialization,Definition\n" + "".join(
    f"{code}00000X,Physicians,{name},,A physician\n"
    for code, name in (("207R", "Internal Medicine"), ("207Q", "Family Medicine"))
)
#: Content, and a part of the error.
NOT_LISTS: dict[str, tuple[bytes, str]] = {
    "empty file": (b"", "the file is empty"),
    "blank file": (b" \n\n\t\n", "the file is empty"),
    "image": (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "not a program list: this is a PNG image"),
    "script": (b"#!/bin/sh\necho hello\n", "not a program list: this is a script"),
    "source code": (Path(gmetui.__file__).read_bytes() * 9, "this is a script"),
    "SQL dump": (b"-- MySQL dump 10.13\nINSERT INTO `p` VALUES (1402431164,'Elm');\n", "this is an SQL dump"),
    "Canadian list": (b"Program,University,Province\nInternal Medicine,Elm,ON\nNeurology,Fir,AB\n", "are in Canada"),
    "XML": (b"<?xml version='1.0'?><programs><program id='1402431164'/></programs>", "this is an XML file"),
    "log-in page": (b"<html><form><input type=password></form></html>", "a log-in page"),
    "script of data that is not JSON": (b"const programs = [{id: 1402431164}]", "its data is not JSON"),
    "copied page": (b"Elm Program\nGo back\n1402431164\nApply now\nSave\n" * 9, "copied from a web page"),
    "taxonomy": (TAXONOMY.encode(), "not a program list"),
    "web page": (b"<!DOCTYPE html><html><body>1402431164</body></html>", "this is a web page"),
    "letter": (b"Dear applicant,\nthank you, and goodbye.\n" * 9, "not a program list"),
    "zeros": (bytes(100_000), "bytes that do not occur in text"),
    "noise": (bytes((number * 7919 >> 3) % 256 for number in range(5000)), "cannot be read|not a program list"),
    "JSON without records": (b'{"a": 1, "b": [1, 2, 3]}', "no list of records"),
    "invalid JSON": (b'[{"acgme_id": "1402431164",', "invalid JSON"),
    "deep JSON": (b"[" * 200_000, "nested too deeply"),
    "deep TOML": (b"a = " + b"[" * 100_000, "nested too deeply|not a program list"),
    "a million columns": (b"a," * 1_000_000 + b"\n" + b"1," * 1_000_000, "columns|characters"),
    "huge cell": (b'acgme_id,name\n1402431164,"' + b"A" * 6_000_000 + b'"\n', "characters|too long"),
    "archive": (b"PK\x05\x06" + bytes(18), "not a workbook"),
}


@pytest.mark.parametrize("kind", NOT_LISTS)
def test_files_that_are_not_lists_are_rejected_with_the_reason(catalog: Catalog, tmp_path: Path, kind: str) -> None:
    content, reason = NOT_LISTS[kind]
    with pytest.raises(UnreadableListError, match=reason) as error:
        import_content(catalog, tmp_path / "file", content)
    assert str(error.value).startswith("gmetui: file: ")
    assert is_harmless(str(error.value))


def test_hostile_workbooks_are_rejected(catalog: Catalog, tmp_path: Path) -> None:
    workbook = specialty_workbook(tmp_path / "workbook")

    def with_changes(change: Callable[[bytes], bytes], extra_part: bytes = b"") -> bytes:
        output = io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(workbook)) as old, zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as new:
            for part in old.infolist():
                content = old.read(part)
                new.writestr(part.filename, change(content) if part.filename.endswith("sheet2.xml") else content)
            if extra_part:
                new.writestr("xl/media/extra.bin", extra_part)
        return output.getvalue()

    directory = workbook.rindex(b"xl/worksheets/sheet2.xml") - 46  # its entry in the list of parts
    outside_the_file = workbook[: directory + 42] + b"\xff\xff\xff\x7f" + workbook[directory + 46 :]
    entity = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>'
    for content, reason in (
        (with_changes(lambda xml: entity + xml.split(b"?>", 1)[-1]), "entities"),
        (with_changes(lambda xml: xml[:-40]), "damaged"),
        (outside_the_file, "damaged"),
        (workbook[:-40], "damaged|not a zip"),
        (with_changes(lambda xml: xml, bytes(1100 * 1024 * 1024)), "unpacks to more"),
        (with_changes(lambda xml: xml.replace(b"<v>", b"<v>" + b"9" * 40_000, 1)), "characters|damaged|digits"),
    ):
        with pytest.raises(UnreadableListError, match=reason):
            import_content(catalog, tmp_path / "list", content, sheet_name="2")


def test_only_regular_files_are_read(catalog: Catalog, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "zeros").symlink_to("/dev/zero")
    (tmp_path / "loop").symlink_to("loop")
    with (tmp_path / "sparse").open("wb") as file:
        file.truncate(10 * 1024**3)
    for name, error in (
        ("pipe", UnreadableListError),
        ("zeros", UnreadableListError),
        ("sparse", UnreadableListError),
        ("loop", OSError),
    ):
        with pytest.raises(error):
            read_sheets(catalog, tmp_path / name)
    with pytest.raises(OSError, match="directory"):
        read_sheets(catalog, tmp_path)
    (tmp_path / "list.csv").write_text(as_csv(ROWS), encoding="utf-8")
    (tmp_path / "link").symlink_to("list.csv")
    assert read_sheets(catalog, tmp_path / "link")[0].columns


def test_files_that_change_while_being_read_are_rejected(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text(as_csv(ROWS), encoding="utf-8")

    def read_and_change() -> None:
        with open_grids(path) as grids:
            list(next(grids).rows)
            path.write_text("other", encoding="utf-8")

    with pytest.raises(UnreadableListError, match="changed while it was being read"):
        read_and_change()


def test_hostile_cells_are_harmless(catalog: Catalog, tmp_path: Path) -> None:
    rows = [
        dict(row, name=HOSTILE_TEXTS[index % len(HOSTILE_TEXTS)], note=HOSTILE_TEXTS[-index - 1])
        for index, row in enumerate(ROWS)
    ]
    rows = [{key: value.replace("\x00", "") for key, value in row.items()} for row in rows]
    program_import = import_content(catalog, tmp_path / "list", as_csv(rows))
    text = data_file_text(program_import)
    assert is_harmless(text.replace("\n", ""))
    assert all(is_harmless(line) for line in program_import.report.text_lines(full=True))
    assert "<script>" not in text


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150, deadline=None)
@given(content=st.binary(max_size=600))
@example(content=b"acgme_id,name\n" + b"\xff" * 40)
@example(content=b"[1402431164] |||\n[140")
@example(content=b'{"a":{"b":[{"acgme_id":[[[]]]}]}}')
def test_any_bytes_are_imported_or_rejected(catalog: Catalog, tmp_path: Path, content: bytes) -> None:
    with contextlib.suppress(UnreadableListError):
        assert import_content(catalog, tmp_path / "list", content).report.programs


_ODD_CELLS = (
    *("1200140C0 1200140P0", "Research (2 years)", "(x)", "12 *", "0", "yes", "-71.0", "x.org", "Accredited", ","),
    *("1402431164", "402421062", "2200111018.0", "1400100893C", "1200140C0", "IM", "Boston, MA", "N/A", "['x']"),
    *HOSTILE_TEXTS,
)
_CELLS = st.sampled_from(_ODD_CELLS) | st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
_OTHER_HEADINGS = (
    *("track", "nrmp_code", "quota", "length", "start", "status", "status date", "web", "j1", "h1b", "lat", "long"),
    *("kind", "country", "address", "location", "specialty_code", "match", "thing"),
)
_FORMATS: dict[str, Callable[[list[dict[str, str]]], str]] = {
    "csv": as_csv,
    "json": as_json,
    "json lines": lambda rows: "\n".join(map(as_json, rows)),
}


@pytest.fixture(scope="module")
def reference() -> list[DataDocument]:
    """The tables that programs refer to, parsed once."""
    documents = directory_documents(FIXTURE_DATA)
    tables = [
        {name: rows for name, rows in document.tables.items() if name in REFERENCE_TABLES} for document in documents
    ]
    return [DataDocument("reference", document_tables) for document_tables in tables]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
@given(
    rows=st.lists(st.tuples(*[_CELLS] * (6 + len(_OTHER_HEADINGS))), min_size=1, max_size=5),
    format_name=st.sampled_from([*_FORMATS]),
)
def test_any_cells_make_a_loadable_data_file(
    catalog: Catalog,
    reference: list[DataDocument],
    tmp_path: Path,
    rows: list[tuple[str, ...]],
    format_name: str,
) -> None:
    tables = [dict(zip((*ROWS[0], *_OTHER_HEADINGS), row, strict=True)) for row in rows]
    tables += [{**row, **dict.fromkeys(_OTHER_HEADINGS, "")} for row in ROWS]
    try:
        program_import = import_content(catalog, tmp_path / "list", _FORMATS[format_name](tables))
    except UnreadableListError:
        return
    document = parse("made-up.toml", data_file_text(program_import).encode())
    catalog, problems = build_catalog([reference, [document]])
    assert not problems
    assert set(IDS) <= set(catalog.program)
    assert program_import.report.rows >= program_import.report.programs
