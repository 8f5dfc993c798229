"""The section tabs of a page, as many as fit around the current section."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

TAB_GAP = 2  # cells after a tab
_PREVIOUS, _NEXT = "‹", "›"
_SHORT_TITLES = {"Requirements": "Required", "Institution": "Hospital"}


class Tab(NamedTuple):
    """A tab: the index of its section and its title. "‹" and "›" stand for the sections that don't fit."""

    section: int
    title: str


def visible_tabs(titles: Sequence[str], current: int, width: int) -> list[Tab]:
    """Return the tabs that fit into `width` cells, always with the current one.

    Titles are shortened if not all of them fit. If that isn't enough, the window of visible tabs grows from the
    current one, first to the right, then to the left; "‹" and "›" lead to the nearest section outside of it.
    """
    if _tabs_width(titles) > width:
        titles = [_SHORT_TITLES.get(title, title) for title in titles]
    if _tabs_width(titles) <= width:
        return [Tab(section, title) for section, title in enumerate(titles)]
    first = last = current
    while last + 1 < len(titles) and _window_width(titles, first, last + 1) <= width:
        last += 1
    while first > 0 and _window_width(titles, first - 1, last) <= width:
        first -= 1
    return _window(titles, first, last)


def tab_at(tabs: Sequence[Tab], x: int) -> Tab | None:
    """Return the tab at cell `x`, counted from the first tab."""
    start = 0
    for tab in tabs:
        if start <= x < start + len(tab.title):
            return tab
        start += len(tab.title) + TAB_GAP
    return None


def _window(titles: Sequence[str], first: int, last: int) -> list[Tab]:
    tabs = [Tab(section, titles[section]) for section in range(first, last + 1)]
    if first > 0:
        tabs.insert(0, Tab(first - 1, _PREVIOUS))
    if last + 1 < len(titles):
        tabs.append(Tab(last + 1, _NEXT))
    return tabs


def _window_width(titles: Sequence[str], first: int, last: int) -> int:
    return _tabs_width([tab.title for tab in _window(titles, first, last)])


def _tabs_width(titles: Sequence[str]) -> int:
    return sum(len(title) for title in titles) + TAB_GAP * (len(titles) - 1)
