"""Exported web pages, and what the formats for other programs have in common."""

from __future__ import annotations

import re
import shutil
import subprocess
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

import pytest

from gmetui.catalog.catalog import Catalog
from gmetui.export.formats import export_table
from gmetui.export.table import ExportOccasion, ExportTable, results_table, shortlist_table
from gmetui.shortlist.columns import TEXT, CustomColumn
from gmetui.shortlist.entries import Entry, Shortlist, entry_of
from support import HOSTILE_TEXTS

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
    assert "only another source says it" in text
    assert "<li>What are the salary and benefits?</li>" in text
    assert "3 years" in text
    for source_id in program.provenance.source:
        assert str(catalog.source[source_id].url) in text


def test_a_program_opens_with_what_applicants_ask_and_ends_with_codes(catalog: Catalog) -> None:
    table = results_table(catalog, [catalog.program["larkspur-cardiovascular-disease-fellowship"]], "")
    for name in ("html", "markdown"):
        text = export_table(table, name).decode()
        length, visas, acgme_id, question = (text.index(word) for word in ("3 years", "J-1", "1412499008", "To ask"))
        assert length < visas < acgme_id < question
        assert "General rules" not in text, "they would be the same below every program"
    page = export_table(table, "html").decode()
    assert "prefers-color-scheme: dark" in page
    assert "break-after: avoid" in page


def test_a_web_page_begins_with_an_overview(catalog: Catalog) -> None:
    cardiology = "larkspur-cardiovascular-disease-fellowship"
    shortlist = Shortlist()
    for program_id in (MEDICINE, cardiology):
        shortlist = shortlist.with_entry(entry_of(catalog, catalog.program[program_id]))
    shortlist = shortlist.with_rating(MEDICINE, 4).with_tags(MEDICINE, ["sea"]).with_note(MEDICINE, "word " * 100)
    shortlist = shortlist.with_date(MEDICINE, "second look", "2026-12-28").with_date(MEDICINE, "call", "2026-12-01")
    table = shortlist_table(catalog, shortlist)._replace(occasion=ExportOccasion(date(2026, 12, 20), "Dr. Ann"))
    text = export_table(table, "html").decode()
    overview = text.partition('<table class="overview">')[2].partition("</table>")[0]
    headings = re.findall(r'<th scope="col">(.*?)</th>', overview)
    assert headings == ["#", "Program", "Specialty", "Rating", "Tags", "Next date", "Note"]
    cells = re.findall(r'<td data-label="(.*?)"><bdi>(.*?)</bdi></td>', overview)
    assert cells[1:5] == [
        ("Rating", "4 of 5"),
        ("Tags", "sea"),
        ("Next date", "Dec 28, 2026: second look"),
        ("Note", "word " * 15 + "word…"),
    ]
    assert "Dr. Ann · Dec 20, 2026" in text


def test_short_custom_columns_are_in_the_overview(catalog: Catalog) -> None:
    shortlist = Shortlist().with_entry(entry_of(catalog, catalog.program[MEDICINE]))
    for name, value in (("Student", "Dana R."), ("Essay", "word " * 30), ("Next date", "soon")):
        shortlist = shortlist.with_column(CustomColumn(name, TEXT)).with_value(MEDICINE, name, value)
    overview = export_table(shortlist_table(catalog, shortlist), "html").decode().partition("</table>")[0]
    assert '<td data-label="Student"><bdi>Dana R.</bdi></td>' in overview
    assert '<td data-label="Next date (mine)"><bdi>soon</bdi></td>' in overview
    assert "Essay" not in overview, "it has no room"


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
