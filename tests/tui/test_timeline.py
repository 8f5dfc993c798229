"""The dates of the shortlist as bars over the months."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gmetui.catalog.catalog import Catalog
from gmetui.tui.dialogs.option_dialog import OptionDialog
from gmetui.tui.dialogs.timeline_dialog import TimelineDialog
from gmetui.tui.rendering.spans import cell_width
from gmetui.tui.rendering.timeline_rows import TimelineBar, timeline_rows
from support import make_app, screen_text

TODAY = date(2026, 11, 26)
BARS = (
    TimelineBar("Interview · MGH", date(2027, 1, 12), date(2027, 1, 12), "yours"),
    TimelineBar("Interviews · BMC", date(2026, 12, 1), date(2027, 2, 5), "program"),
    TimelineBar("Ranking opens", date(2027, 2, 1), date(2027, 2, 1), "service"),
    TimelineBar("Apply by · BMC", date(2026, 10, 1), date(2026, 10, 1), "program"),
)
DAYS = st.dates(date(2025, 1, 1), date(2029, 12, 31))


def lines_of(bars: tuple[TimelineBar, ...], width: int, undated: tuple[str, ...] = ()) -> list[str]:
    return ["".join(text for text, _ in row) for row in timeline_rows(bars, undated, TODAY, width)]


@pytest.mark.parametrize("width", [74, 118])
def test_months_are_columns_and_each_date_is_a_row(width: int) -> None:
    years, months, *rows = lines_of(BARS, width)
    assert [int(year) for year in years.split()] == [2026, 2027]
    assert months.split() == ["Oct", "Nov", "Dec", "Jan", "Feb"]
    january = months.index("Jan")
    assert january < rows[0].index("◆") < months.index("Feb")
    assert rows[1].count("━") > rows[0].count("━") == 0
    assert "■" in rows[2]
    today_cells = {row.index("│") for row in rows[:4]}
    assert len(today_cells) == 1
    assert months.index("Nov") < today_cells.pop() < months.index("Dec")
    assert rows[0].split("  ")[0] == "Interview · MGH"


def test_what_is_over_is_gray_and_ones_own_dates_have_a_color() -> None:
    rows = timeline_rows(BARS, (), TODAY, 118)
    assert {style for text, style in rows[5] if text.strip() and text != "│"} == {"muted"}
    assert ("◆", "star") in rows[2]


def test_dates_without_a_day_are_listed_below() -> None:
    lines = lines_of((), 60, ("BMC · Internal Medicine: applications close in the fall",))
    assert lines[1:] == ["No day in this season is known:", "· BMC · Internal Medicine: applications close in the fall"]


@given(st.lists(st.tuples(DAYS, st.integers(0, 400)), min_size=1, max_size=8), st.integers(60, 140))
def test_any_dates_fit_any_width(days: list[tuple[date, int]], width: int) -> None:
    bars = tuple(TimelineBar("Date", first, first + timedelta(length), "program") for first, length in days)
    rows = timeline_rows(bars, (), TODAY, width)
    assert len(rows) == len(bars) + 4
    assert all(cell_width(row) <= width for row in rows)
    assert all(any(sign in text for text, _ in row for sign in "●‹›") for row in rows[2 : 2 + len(bars)])


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_the_dates_dialog_leads_to_the_timeline_and_back(catalog: Catalog, size: tuple[int, int]) -> None:
    app = make_app(catalog)
    async with app.run_test(size=size) as pilot:
        session = app.session
        program = catalog.programs[0]
        session.toggle_saved(program)
        session.save_shortlist(session.shortlist.with_date(program.id, "interview", "2027-01-12"), "date")
        await pilot.press("enter", "D", "ctrl+x")
        assert isinstance(app.screen, TimelineDialog)
        assert "◆" in screen_text(app)
        assert "Jan" in screen_text(app)
        await pilot.press("ctrl+x")
        assert isinstance(app.screen, OptionDialog)
        await pilot.press("escape")
        assert not app.screen.is_modal
