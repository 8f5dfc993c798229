"""The section tabs of a page at any width."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from gmetui.tui.rendering.page_tabs import Tab, TabRows, visible_tabs

TITLES = st.lists(st.text("abcdefgh", min_size=3, max_size=12), min_size=1, max_size=9).map(tuple)
PAGE_TITLES = ("Overview", "Requirements", "Dates", "Training", "What's next", "Pay", "Mission", "Hospital", "Sources")


@given(TITLES, st.integers(40, 120), st.integers(1, 2), st.data())
def test_all_sections_are_numbered_and_fit(
    titles: tuple[str, ...], width: int, max_rows: int, data: st.DataObject
) -> None:
    current = data.draw(st.integers(0, len(titles) - 1))
    rows, gap = visible_tabs(titles, current, width, max_rows)
    tabs = [tab for row in rows for tab in row]
    assert len(rows) <= max_rows
    assert [tab.section for tab in tabs] == list(range(len(titles)))
    assert all(tab.title.startswith(str(tab.section + 1)) for tab in tabs)
    assert titles[current] in tabs[current].title
    assert all(sum(len(tab.title) for tab in row) + gap * (len(row) - 1) <= width for row in rows)


def tab_titles(width: int, *, current: int = 0, max_rows: int = 1) -> list[list[str]]:
    return [[tab.title for tab in row] for row in visible_tabs(PAGE_TITLES, current, width, max_rows).rows]


def test_titles_are_spelled_out_if_they_fit() -> None:
    assert [title[2:] for title in tab_titles(110)[0]] == list(PAGE_TITLES)


def test_all_sections_have_short_titles_at_80_columns() -> None:
    assert tab_titles(78)[0][:5] == ["1 Basics", "2 Needs", "3 Dates", "4 Train", "5 Next"]


def test_all_sections_have_a_title_in_two_rows_beside_a_list() -> None:
    assert tab_titles(40, max_rows=2) == [
        ["1 Basics", "2 Needs", "3 Dates", "4 Train", "5 Next"],
        ["6 Pay", "7 Mission", "8 Hospital", "9 Sources"],
    ]


def test_only_the_current_section_has_a_title_where_there_is_little_room() -> None:
    assert tab_titles(40, current=4) == [["1", "2", "3", "4", "5 Next", "6", "7", "8", "9"]]
    assert tab_titles(24, current=4, max_rows=2) == [["1", "2", "3", "4", "5 Next", "6", "7", "8", "9"]]


def test_tab_at_a_cell() -> None:
    pay, mission, sources = Tab(0, "1 Pay"), Tab(1, "2 Mission"), Tab(2, "3 Sources")
    tabs = TabRows(((pay, mission), (sources,)), 2)
    assert tabs.tab_at(0, 0) == pay
    assert tabs.tab_at(0, 5) is None
    assert tabs.tab_at(0, 7) == mission
    assert tabs.tab_at(0, 16) is None
    assert tabs.tab_at(1, 0) == sources
