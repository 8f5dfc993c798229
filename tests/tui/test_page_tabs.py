"""The section tabs of a page at any width."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from gmetui.tui.rendering.page_tabs import Tab, tab_at, visible_tabs

TITLES = st.lists(st.text("abcdefgh", min_size=3, max_size=12), min_size=1, max_size=9).map(tuple)
PAGE_TITLES = ("Overview", "Requirements", "Dates", "Training", "What's next", "Pay", "Mission", "Hospital", "Sources")


@given(TITLES, st.integers(40, 120), st.data())
def test_all_sections_are_numbered_and_fit(titles: tuple[str, ...], width: int, data: st.DataObject) -> None:
    current = data.draw(st.integers(0, len(titles) - 1))
    tabs, gap = visible_tabs(titles, current, width)
    assert [tab.section for tab in tabs] == list(range(len(titles)))
    assert all(tab.title.startswith(str(tab.section + 1)) for tab in tabs)
    assert titles[current] in tabs[current].title
    assert sum(len(tab.title) for tab in tabs) + gap * (len(tabs) - 1) <= width


def test_titles_are_spelled_out_if_they_fit() -> None:
    tabs, _gap = visible_tabs(PAGE_TITLES, 3, 110)
    assert tuple(tab.title[2:] for tab in tabs) == PAGE_TITLES


def test_all_sections_have_short_titles_at_80_columns() -> None:
    tabs, _gap = visible_tabs(PAGE_TITLES, 0, 78)
    assert [tab.title for tab in tabs][:5] == ["1 Basics", "2 Require", "3 Dates", "4 Train", "5 Next"]


def test_only_the_current_section_has_a_title_where_there_is_little_room() -> None:
    tabs, _gap = visible_tabs(PAGE_TITLES, 4, 40)
    assert [tab.title for tab in tabs] == ["1", "2", "3", "4", "5 Next", "6", "7", "8", "9"]


def test_tab_at_a_cell() -> None:
    tabs = [Tab(0, "1 Pay"), Tab(1, "2 Mission")]
    assert tab_at(tabs, 2, 0) == tabs[0]
    assert tab_at(tabs, 2, 5) is None
    assert tab_at(tabs, 2, 7) == tabs[1]
    assert tab_at(tabs, 2, 16) is None
