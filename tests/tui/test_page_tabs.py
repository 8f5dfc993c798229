"""The section tabs of a page at any width."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from gmetui.tui.rendering.page_tabs import TAB_GAP, Tab, tab_at, visible_tabs

TITLES = st.lists(st.text("abcdefgh", min_size=3, max_size=12), min_size=1, max_size=9)
PAGE_TITLES = ["Overview", "Requirements", "Dates", "Training", "Pay", "Mission", "Institution", "Sources"]


def total_width(tabs: list[Tab]) -> int:
    return sum(len(tab.title) for tab in tabs) + TAB_GAP * (len(tabs) - 1)


@given(TITLES, st.integers(20, 120), st.data())
def test_tabs_fit_and_include_the_current_section(titles: list[str], width: int, data: st.DataObject) -> None:
    current = data.draw(st.integers(0, len(titles) - 1))
    tabs = visible_tabs(titles, current, width)
    sections = [tab.section for tab in tabs]
    assert current in sections
    assert sections == list(range(sections[0], sections[-1] + 1))
    assert total_width(tabs) <= width


def test_all_tabs_are_spelled_out_if_they_fit() -> None:
    assert [tab.title for tab in visible_tabs(PAGE_TITLES, 3, 90)] == PAGE_TITLES


def test_titles_are_shortened_before_tabs_are_left_out() -> None:
    titles = [tab.title for tab in visible_tabs(PAGE_TITLES, 0, 70)]
    assert titles == ["Overview", "Required", "Dates", "Training", "Pay", "Mission", "Hospital", "Sources"]


def test_arrows_lead_to_the_nearest_hidden_section() -> None:
    assert visible_tabs(PAGE_TITLES, 0, 30) == [Tab(0, "Overview"), Tab(1, "Required"), Tab(2, "Dates"), Tab(3, "›")]
    assert visible_tabs(PAGE_TITLES, 7, 30) == [Tab(4, "‹"), Tab(5, "Mission"), Tab(6, "Hospital"), Tab(7, "Sources")]


def test_tab_at_a_cell() -> None:
    tabs = [Tab(0, "Pay"), Tab(1, "Mission")]
    assert tab_at(tabs, 0) == tabs[0]
    assert tab_at(tabs, 3) is None
    assert tab_at(tabs, 5) == tabs[1]
    assert tab_at(tabs, 12) is None
