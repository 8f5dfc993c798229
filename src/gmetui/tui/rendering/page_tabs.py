"""The numbered section tabs of a page, all of them at any width."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from rich.cells import cell_len

TAB_GAPS = (3, 2, 1)  # cells after a tab, the widest that fit
_SHORT_TITLES = {"Overview": "Basics", "Requirements": "Require", "Training": "Train", "What's next": "Next"}


class Tab(NamedTuple):
    """A tab: the index of its section, and its number with its title, or its number alone where there is no room."""

    section: int
    title: str


@lru_cache(maxsize=64)
def visible_tabs(titles: tuple[str, ...], current: int, width: int) -> tuple[tuple[Tab, ...], int]:
    """Return the tabs of all sections and the cells between them.

    If they don't fit into `width` cells, titles are shortened; then only the current section has a title.
    """
    short_titles = tuple(_SHORT_TITLES.get(title, title) for title in titles)
    only_current = tuple(title if index == current else "" for index, title in enumerate(short_titles))
    for candidates in (titles, short_titles, only_current):
        tabs = tuple(Tab(index, f"{index + 1} {title}".rstrip()) for index, title in enumerate(candidates))
        for gap in TAB_GAPS:
            if sum(cell_len(tab.title) for tab in tabs) + gap * (len(tabs) - 1) <= width:
                return tabs, gap
    return tabs, TAB_GAPS[-1]


def tab_at(tabs: Sequence[Tab], gap: int, x: int) -> Tab | None:
    """Return the tab at cell `x`, counted from the first tab."""
    start = 0
    for tab in tabs:
        if start <= x < start + cell_len(tab.title):
            return tab
        start += cell_len(tab.title) + gap
    return None
