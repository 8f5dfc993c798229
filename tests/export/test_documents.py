"""The formats that other programs open: workbook, page and calendar, read by libraries that did not write them."""

from __future__ import annotations

import re
import shutil
import subprocess
from datetime import date
from html.parser import HTMLParser
from io import BytesIO
from pathlib import Path
from typing import Any

import icalendar
import openpyxl
import pytest

from gmetui.catalog.models import Catalog
from gmetui.export.formats import export
from gmetui.export.table import COLUMNS, Sheet, results_sheet, shortlist_sheet, with_notes_of, without_remarks
from gmetui.shortlist.entries import Entry, Shortlist, entry_of
from support import HOSTILE, is_harmless

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


@pytest.fixture
def hostile(small: Catalog) -> Sheet:
    shortlist = Shortlist()
    for program in small.programs:
        shortlist = shortlist.added(entry_of(small, program))
    for number, text in enumerate(HOSTILE):
        shortlist = shortlist.added(Entry(f"gone-{number}", text, text, text, text))
    return shortlist_sheet(small, shortlist.noted("elm-psychiatry", "=1+1\nsecond line"))


@pytest.fixture
def whole(catalog: Catalog) -> Sheet:
    return results_sheet(catalog, catalog.programs, "")


def opened(sheet: Sheet) -> Any:
    return openpyxl.load_workbook(BytesIO(export(sheet, "xlsx")))


def test_a_workbook_has_types_a_header_that_stays_and_links(whole: Sheet) -> None:
    book = opened(whole)
    page = book["Programs"]
    heads = [cell.value for cell in page[1]]
    assert heads == [column.heading for column in COLUMNS if not column.listed]
    assert page.max_row == len(whole.rows) + 1
    assert page.freeze_panes == "C2"
    assert page.auto_filter.ref
    lengths = [page.cell(row, heads.index("Length in years") + 1).value for row in range(2, page.max_row + 1)]
    assert {type(value) for value in lengths} == {int, str}
    assert "not stated" in lengths
    links = [page.cell(row, heads.index("Source") + 1).hyperlink for row in range(2, 10)]
    assert all(link is not None and link.target.startswith("http") for link in links)
    assert "edition" in " ".join(str(cell.value) for row in book["About"] for cell in row)


def test_nothing_runs_in_a_workbook(hostile: Sheet) -> None:
    for row in opened(hostile)["Programs"]:
        for cell in row:
            assert cell.data_type != "f", cell.value
            assert is_harmless(str(cell.value or ""))
    raw = export(hostile, "xlsx")
    assert b"vbaProject" not in raw


def test_a_workbook_holds_what_the_list_holds(whole: Sheet) -> None:
    page = opened(whole)["Programs"]
    shown = [column for column in COLUMNS if not column.listed]
    for row, cells in zip(whole.rows, page.iter_rows(min_row=2), strict=True):
        for column, cell in zip(shown, cells, strict=True):
            assert str(cell.value or "") == column.cell(row, whole.catalog)


def test_the_same_list_gives_the_same_bytes(hostile: Sheet) -> None:
    for form in ("xlsx", "html", "ics"):
        assert export(hostile, form) == export(hostile, form)


class Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.addresses: list[str] = []
        self.attributes: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}
        self.addresses += [value or "" for name, value in attrs if name in ("href", "src")]


def test_a_page_has_no_script_and_loads_nothing(hostile: Sheet, whole: Sheet) -> None:
    for sheet in (hostile, whole):
        text = export(sheet, "html").decode()
        found = Tags()
        found.feed(text)
        assert not found.tags & {"script", "iframe", "img", "link", "object", "form", "base", "svg"}
        assert not [name for name in found.attributes if name.startswith("on")]
        assert all(address.startswith(("#", "http://", "https://")) for address in found.addresses)
        assert "default-src 'none'" in text
        assert "url(" not in text
        assert "@import" not in text


def test_a_page_says_the_facts_their_pages_and_what_to_ask(catalog: Catalog) -> None:
    program = catalog.program["tufts-cardiovascular-disease-fellowship"]
    text = export(results_sheet(catalog, [program], "cards"), "html").decode()
    assert "by a third party only" in text
    assert "<li>Which visas does the institution sponsor?</li>" in text
    assert "3 years" in text
    for source in program.provenance.source:
        assert str(catalog.source[source].url) in text.replace("&amp;", "&")


def test_notes_can_stay_at_home(hostile: Sheet) -> None:
    assert b"second line" in export(hostile, "html")
    for form in ("html", "csv", "tsv", "json", "markdown", "text", "toml", "ics"):
        assert b"second line" not in export(with_notes_of(hostile, ()), form)
        assert b"second line" not in export(without_remarks(hostile), form)


def test_a_calendar_is_read_by_a_calendar(whole: Sheet) -> None:
    found = icalendar.Calendar.from_ical(export(whole, "ics"))
    events = list(found.walk("VEVENT"))
    stated = {
        (program.id, when.what, when.on or when.first, when.on or when.last, deadline.cycle)
        for program in whole.catalog.programs
        for deadline in program.deadlines
        for when in deadline.dates
        if len(when.on or when.first or "") == 10 and len(when.on or when.last or "") == 10
    }
    assert len(events) == len(stated) > 20
    assert len({str(event["uid"]) for event in events}) == len(events)
    for event in events:
        first, after = event.decoded("dtstart"), event.decoded("dtend")
        assert isinstance(first, date)
        assert first < after
        assert "Ask the program" in str(event["description"])
    assert "not in this calendar" in str(found["x-wr-caldesc"])


def test_lines_of_a_calendar_are_as_long_as_the_rule_allows(whole: Sheet) -> None:
    raw = export(whole, "ics")
    assert raw.endswith(b"\r\n")
    assert all(len(line) <= 75 for line in raw.split(b"\r\n"))
    assert not re.search(rb"(?<!\r)\n", raw)


@pytest.mark.skipif(CHROMIUM is None, reason="no Chromium here")
def test_a_page_prints(whole: Sheet, tmp_path: Path) -> None:
    page = tmp_path / "list.html"
    page.write_bytes(export(whole._replace(rows=whole.rows[:12]), "html"))
    flags = ["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", f"--user-data-dir={tmp_path / 'profile'}"]
    out = tmp_path / "list.pdf"
    command = [str(CHROMIUM), *flags, "--no-pdf-header-footer", f"--print-to-pdf={out}", page.as_uri()]
    subprocess.run(command, check=True, timeout=120, capture_output=True)
    assert out.read_bytes().startswith(b"%PDF")
    assert len(re.findall(rb"/Type\s*/Page\b", out.read_bytes())) > 3
