"""The Plan screen: the season, its costs and signals, at every size; and what of it other screens show."""

from __future__ import annotations

from pathlib import Path

import pytest

from gmetui.catalog.catalog import Catalog
from gmetui.documents.chart_lines import chart_lines
from gmetui.documents.document import Chart, ChartRow, ChartSpan, Document, Timeline, blocks_within, values_in
from gmetui.documents.season_document import season_document
from gmetui.export.html import document_html
from gmetui.export.markdown import document_markdown, escape_markdown
from gmetui.planning.season_plan import plan_season
from gmetui.planning.service_needs import SeasonScope
from gmetui.reports.document_text import document_text
from gmetui.session.history import Location
from gmetui.shortlist.entries import entry_of
from gmetui.tui import clock
from gmetui.tui.rendering.document_lines import document_page
from gmetui.tui.rendering.spans import cell_width
from gmetui.tui.screens.plan_screen import PlanScreen
from support import is_harmless, make_app, screen_text

MEDICINE = "larkspur-internal-medicine-residency"
SIZES = [(80, 24), (120, 40), (200, 50)]


@pytest.mark.parametrize("size", SIZES)
async def test_the_pages_of_the_plan(catalog: Catalog, size: tuple[int, int], tmp_path: Path) -> None:
    app = make_app(catalog)
    async with app.run_test(size=size) as pilot:
        app.session.toggle_saved(catalog.program[MEDICINE])
        await pilot.press("f10")
        screen = app.screen
        assert isinstance(screen, PlanScreen)
        assert "Season 2026–27" in screen_text(app)
        assert "Match Day" in screen_text(app)
        assert screen.rows.display is (size[0] >= 90)
        await pilot.press("v")
        assert "Season 2027–28" in screen_text(app)
        await pilot.press("v", "v")
        assert "Season 2026–27" in screen_text(app)
        if screen.is_narrow:
            await pilot.press("escape")
        assert ("what your applications cost" in screen_text(app)) is screen.is_narrow, "where there is room"
        await pilot.press("down")
        if screen.is_narrow:
            await pilot.press("enter")
        assert "Costs of the season" in screen_text(app)
        await pilot.press("w", *"family medicine 35", "enter")
        assert "30 × $11 + 5 × $30" in screen_text(app)
        screen.rows.go_to("signals")
        await pilot.pause()
        assert "0 of 12" in screen_text(app)
        screen.rows.go_to("season")
        await pilot.press("e", "enter")
        assert (tmp_path / "gmetui-season.ics").read_bytes().startswith(b"BEGIN:VCALENDAR")


async def test_a_signal_and_the_reminder_in_the_shortlist(catalog: Catalog) -> None:
    app = make_app(catalog)
    async with app.run_test(size=(120, 40)) as pilot:
        app.session.toggle_saved(catalog.program[MEDICINE])
        await pilot.press("f4", "dollar_sign", "enter")
        assert app.session.shortlist.entries[0].signal == "gold"
        assert "Documents" in screen_text(app) or "in " in screen_text(app)
        await pilot.press("u")
        assert app.session.shortlist.entries[0].signal == ""
        await pilot.press("D")
        assert "NRMP Main Match · Match Day" in screen_text(app)


async def test_the_way_back_leads_to_the_row(catalog: Catalog) -> None:
    app = make_app(catalog)
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("f10", "down", "enter")
        location = app.navigator.location
        assert isinstance(location, Location)
        await pilot.press("f4")
        app.action_navigate(-1)
        await pilot.pause()
        assert isinstance(app.screen, PlanScreen)
        assert app.navigator.location == location


@pytest.fixture
def document(catalog: Catalog) -> Document:
    plan = plan_season(catalog, [], clock.today(), scope=SeasonScope(is_complete=True))
    return season_document(catalog, plan, None, None)


def test_every_renderer_shows_every_event(document: Document) -> None:
    blocks = [block for section in document.sections for block in blocks_within(section.blocks)]
    texts = [value.text for value in values_in(blocks)]
    assert any(isinstance(block, Timeline) for block in blocks)
    text, markdown, html = document_text(document, width=400), document_markdown(document), document_html(document)
    for shown_text in texts:
        assert shown_text in text
        assert escape_markdown(shown_text) in markdown or f"<{shown_text}>" in markdown
        assert shown_text.partition(" ")[0] in html


@pytest.mark.parametrize("width", [30, 60, 78, 102, 180])
def test_lines_fit_the_page(document: Document, hostile_catalog: Catalog, width: int) -> None:
    page = document_page(document, width)
    assert all(cell_width(line) <= width for line in page.lines)
    entries = [entry_of(hostile_catalog, program) for program in hostile_catalog.programs]
    hostile = season_document(hostile_catalog, plan_season(hostile_catalog, entries, clock.today()), None, 4)
    for line in document_page(hostile, width).lines:
        assert is_harmless("".join(text for text, _ in line))


def test_a_chart_shows_spans_days_and_today() -> None:
    day = clock.today()
    spans = (ChartSpan(day.replace(month=12, day=1), day.replace(year=2027, month=2, day=28), "○"),)
    chart = Chart((ChartRow("Interviews", spans), ChartRow("Empty", ())), day, "legend")
    years, months, row, legend = chart_lines(chart, 80)
    assert years.split() == ["2026", "2027"]
    assert months.split() == ["Nov", "Dec", "Jan", "Feb"]
    assert row.count("━") == 24
    assert row.index("│") < row.index("━")
    assert legend.strip() == "legend"
    assert chart_lines(Chart((), day, ""), 80) == ()
    narrow = chart_lines(chart, 20)
    assert all(len(line) <= 40 for line in narrow)
