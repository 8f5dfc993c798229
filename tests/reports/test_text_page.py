"""Plain-text pages with numbered sources."""

from __future__ import annotations

from gmetui.catalog.facts import Citation
from gmetui.catalog.ids import SourceId
from gmetui.catalog.models import Source
from gmetui.reports.text_page import TextPage
from support import is_harmless

OFFICE_PAGE = Source(id=SourceId("office"), publisher="institution", url="https://example.org/office", title="Office")
OFFICE = Citation(OFFICE_PAGE, "2026")
FORUM = Citation(Source(id=SourceId("forum"), publisher="third-party", title="Forum \x1b[2J"), None)


def test_sources_are_numbered_in_the_order_of_first_use() -> None:
    page = TextPage("Title", "2026-10")
    page.add_fact("Visa", ["J-1"], [FORUM])
    page.add_fact("Match", ["NRMP", "SF Match"], [OFFICE, FORUM])
    page.add_fact("About", ["from memory"], [])
    lines = page.text().splitlines()
    assert lines[:2] == ["Title", "====="]
    assert "Visa: J-1 [1, third party]" in lines
    assert lines[lines.index("Match: [2][1, third party]") + 1 :][:2] == ["  - NRMP", "  - SF Match"]
    assert "About: from memory [general knowledge, no source]" in lines
    assert "Read through October 2026." in lines
    assert "[2] Office (the institution's own page; 2026)" in lines
    assert lines[-1] == "    https://example.org/office"
    assert is_harmless(page.text())


def test_a_source_with_two_dates_has_two_numbers() -> None:
    page = TextPage("Title")
    assert page.references([OFFICE, OFFICE._replace(as_of="2024"), OFFICE]) == "[1][2][1]"


def test_a_page_without_sources_has_no_list_of_them() -> None:
    page = TextPage("日本 program")
    page.add_paragraph("  indented text")
    page.add_checklist("Steps", ["Ask"], [OFFICE])
    assert "  indented text\n" in page.text()
    assert "  [ ] Ask\n" in page.text()
    assert "Sources" not in TextPage("Title").text()
