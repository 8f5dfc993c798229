"""The formats that other programs open: workbook, web page and calendar, read by independent libraries."""

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

from gmetui.catalog.catalog import Catalog
from gmetui.export.formats import export_table
from gmetui.export.table import COLUMNS, ExportTable, results_table, shortlist_table
from gmetui.shortlist.columns import custom_column
from gmetui.shortlist.entries import Entry, Shortlist, entry_of
from support import HOSTILE_TEXTS, is_harmless

MEDICINE = "larkspur-internal-medicine-residency"
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


@pytest.fixture(scope="module")
def hostile_table(hostile_catalog: Catalog) -> ExportTable:
    """A shortlist whose programs, entries and notes have texts that attack what shows them."""
    shortlist = Shortlist()
    for program in hostile_catalog.programs:
        shortlist = shortlist.with_entry(entry_of(hostile_catalog, program))
    for number, text in enumerate(HOSTILE_TEXTS):
        shortlist = shortlist.with_entry(Entry(f"gone-{number}", text, text, text, text))
    return shortlist_table(hostile_catalog, shortlist.with_note("elm-psychiatry", "=1+1\nsecond line"))


@pytest.fixture(scope="module")
def full_table(catalog: Catalog) -> ExportTable:
    """All programs of the fixture catalog."""
    return results_table(catalog, catalog.programs, "")


def open_workbook(table: ExportTable) -> Any:
    return openpyxl.load_workbook(BytesIO(export_table(table, "xlsx")))


def test_a_workbook_has_typed_cells_a_frozen_header_and_links(full_table: ExportTable) -> None:
    workbook = open_workbook(full_table)
    sheet = workbook["Programs"]
    headings = [cell.value for cell in sheet[1]]
    assert headings == [column.heading for column in COLUMNS if not column.is_personal]
    assert sheet.max_row == len(full_table.rows) + 1
    assert sheet.freeze_panes == "C2"
    assert sheet.auto_filter.ref
    length_column = headings.index("Length in years") + 1
    lengths = [sheet.cell(row, length_column).value for row in range(2, sheet.max_row + 1)]
    assert {type(value) for value in lengths} == {int, str}
    assert "not stated" in lengths
    source_column = headings.index("Source") + 1
    links = [sheet.cell(row, source_column).hyperlink for row in range(2, sheet.max_row + 1)]
    assert any(link is None for link in links)  # the brochure has no address
    assert all(link.target.startswith("https://") for link in links if link is not None)
    assert "edition 2026.10" in " ".join(str(cell.value) for row in workbook["About"] for cell in row)


def test_custom_columns_of_a_workbook_have_types(catalog: Catalog) -> None:
    shortlist = Shortlist().with_entry(entry_of(catalog, catalog.program[MEDICINE]))
    for name, kind, value in (("Visit", "date", "2027-01-12"), ("Rent", "number", 1500), ("Car", "yes/no", True)):
        shortlist = shortlist.with_column(custom_column(name, kind)).with_value(MEDICINE, name, value)
    header, row = open_workbook(shortlist_table(catalog, shortlist))["Programs"].iter_rows(values_only=True)
    cells = dict(zip(header, row, strict=True))
    assert cells["Visit"].date() == date(2027, 1, 12)
    assert (cells["Rent"], cells["Car"]) == (1500, True)


def test_a_workbook_has_no_formulas_or_macros(hostile_table: ExportTable) -> None:
    for row in open_workbook(hostile_table)["Programs"]:
        for cell in row:
            assert cell.data_type != "f", cell.value
            assert is_harmless(str(cell.value or ""))
    assert b"vbaProject" not in export_table(hostile_table, "xlsx")


def test_a_workbook_has_the_cells_of_the_table(full_table: ExportTable) -> None:
    sheet = open_workbook(full_table)["Programs"]
    columns = [column for column in COLUMNS if not column.is_personal]
    for row, cells in zip(full_table.rows, sheet.iter_rows(min_row=2), strict=True):
        for column, cell in zip(columns, cells, strict=True):
            assert str(cell.value or "") == column.cell_text(row, full_table.catalog)


@pytest.mark.parametrize("name", ["xlsx", "html", "ics"])
def test_the_same_list_gives_the_same_bytes(name: str, hostile_table: ExportTable) -> None:
    assert export_table(hostile_table, name) == export_table(hostile_table, name)


class PageParser(HTMLParser):
    """Collects the tags, attributes and addresses of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.urls: list[str] = []
        self.attributes: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}
        self.urls += [value or "" for name, value in attrs if name in ("href", "src")]


def test_a_web_page_has_no_script_and_loads_nothing(hostile_table: ExportTable, full_table: ExportTable) -> None:
    for table in (hostile_table, full_table):
        text = export_table(table, "html").decode()
        parser = PageParser()
        parser.feed(text)
        assert not parser.tags & {"script", "iframe", "img", "link", "object", "form", "base", "svg"}
        assert not [name for name in parser.attributes if name.startswith("on")]
        assert all(url.startswith(("#", "http://", "https://")) for url in parser.urls)
        assert "default-src 'none'" in text
        assert "url(" not in text
        assert "@import" not in text


def test_a_web_page_has_facts_sources_and_questions(catalog: Catalog) -> None:
    program = catalog.program["larkspur-cardiovascular-disease-fellowship"]
    text = export_table(results_table(catalog, [program], "cards"), "html").decode()
    assert "third-party source only" in text
    assert "<li>What are the salary and benefits?</li>" in text
    assert "3 years" in text
    for source_id in program.provenance.source:
        assert str(catalog.source[source_id].url) in text


def test_a_calendar_has_every_date_with_a_day_and_year(full_table: ExportTable) -> None:
    calendar = icalendar.Calendar.from_ical(export_table(full_table, "ics"))
    events = list(calendar.walk("VEVENT"))
    dates = [
        (program.id, event.what, event.on or event.first, event.on or event.last, deadline.cycle)
        for program in full_table.catalog.programs
        for deadline in program.deadlines
        for event in deadline.dates
    ]
    stated = {key for key in dates if len(key[2] or "") == len(key[3] or "") == len("2027-01-12")}
    undated = [
        deadline for row in full_table.rows if row.program for deadline in row.program.deadlines if not deadline.dates
    ]
    assert len(events) == len(stated) > 5
    assert len({str(event["uid"]) for event in events}) == len(events)
    for event in events:
        first, after = event.decoded("dtstart"), event.decoded("dtend")
        assert isinstance(first, date)
        assert first < after
        assert "Confirm this date with the program" in str(event["description"])
    omitted = len(dates) - len(stated) + len(undated)
    assert str(calendar["x-wr-caldesc"]) == f"{omitted} dates without a day or a year omitted."


def test_a_calendar_ends_after_the_last_day(catalog: Catalog) -> None:
    table = results_table(catalog, [catalog.program[MEDICINE]], "")
    calendar = icalendar.Calendar.from_ical(export_table(table, "ics"))
    interview = next(event for event in calendar.walk("VEVENT") if str(event["summary"]).startswith("Interview"))
    assert interview.decoded("dtstart") == date(2027, 1, 11)
    assert interview.decoded("dtend") == date(2027, 2, 6)


def test_a_calendar_has_the_dates_of_the_user(catalog: Catalog) -> None:
    shortlist = (
        Shortlist().with_entry(Entry("gone", "Old Program", "Closed Hospital")).with_date("gone", "visit", "2027-01-15")
    )
    calendar = icalendar.Calendar.from_ical(export_table(shortlist_table(catalog, shortlist), "ics"))
    (event,) = calendar.walk("VEVENT")
    assert str(event["summary"]) == "Visit: Old Program"
    assert event.decoded("dtstart") == date(2027, 1, 15)
    assert event.decoded("dtend") == date(2027, 1, 16)


def test_lines_of_a_calendar_have_the_required_length(full_table: ExportTable) -> None:
    content = export_table(full_table, "ics")
    assert content.endswith(b"\r\n")
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))
    assert not re.search(rb"(?<!\r)\n", content)


@pytest.mark.skipif(CHROMIUM is None, reason="no Chromium here")
def test_a_web_page_prints(full_table: ExportTable, tmp_path: Path) -> None:
    page = tmp_path / "list.html"
    page.write_bytes(export_table(full_table._replace(rows=full_table.rows[:12]), "html"))
    flags = ["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", f"--user-data-dir={tmp_path / 'profile'}"]
    pdf = tmp_path / "list.pdf"
    command = [str(CHROMIUM), *flags, "--no-pdf-header-footer", f"--print-to-pdf={pdf}", page.as_uri()]
    subprocess.run(command, check=True, timeout=120, capture_output=True)
    assert pdf.read_bytes().startswith(b"%PDF")
    assert len(re.findall(rb"/Type\s*/Page\b", pdf.read_bytes())) > 3
