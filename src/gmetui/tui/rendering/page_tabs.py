"""The numbered section tabs of a page, all of them at any width."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from rich.cells import cell_len

TAB_GAPS = (3, 2, 1)  # cells after a tab, the widest that fit
_SHORT_TITLES = {
    "Overview": "Basics",
    "Requirements": "Needs",
    "Training": "Train",
    "What's next": "Next",
    "The season at a glance": "At a glance",
    "Not dated in this cycle": "Not dated",
    "Exams and certificates": "Exams",
    "Worth answering first": "First",
    "Not answered, and optional": "Optional",
    "What to know": "To know",
    "What can follow": "Follows",
    "Where it starts": "Start",
    "How long a list": "List size",
}
_MAX_ROWS = 2


class Tab(NamedTuple):
    """A tab: the index of its section, and its number with its title, or its number alone where there is no room."""

    section: int
    title: str


class TabRows(NamedTuple):
    """The tabs of a page, one row of them or two, and the cells between two tabs."""

    rows: tuple[tuple[Tab, ...], ...]
    gap: int

    def tab_at(self, row: int, x: int) -> Tab | None:
        """Return the tab of a row at cell `x`, counted from the first tab."""
        start = 0
        for tab in self.rows[row]:
            if start <= x < start + cell_len(tab.title):
                return tab
            start += cell_len(tab.title) + self.gap
        return None


@lru_cache(maxsize=64)
def visible_tabs(titles: tuple[str, ...], current: int, width: int, max_rows: int = 1) -> TabRows:
    """Return the tabs of all sections in at most `max_rows` rows of `width` cells.

    If they don't fit, titles are shortened; then the tabs take a second row; then only the current section has a title.
    """
    short_titles = tuple(_SHORT_TITLES.get(title, title) for title in titles)
    only_current = tuple(title if index == current else "" for index, title in enumerate(short_titles))
    layouts = [(titles, 1), (short_titles, 1), *((short_titles, _MAX_ROWS),) * (max_rows > 1), (only_current, 1)]
    for candidates, row_count in layouts:
        tabs = tuple(Tab(index, f"{index + 1} {title}".rstrip()) for index, title in enumerate(candidates))
        for gap in TAB_GAPS:
            rows = _rows(tabs, gap, width)
            if len(rows) <= row_count and all(cell_len(tab.title) <= width for tab in tabs):
                return TabRows(rows, gap)
    return TabRows((tabs,), TAB_GAPS[-1])


def _rows(tabs: Sequence[Tab], gap: int, width: int) -> tuple[tuple[Tab, ...], ...]:
    """Return the tabs in rows of `width` cells; a wider tab has a row of its own."""
    rows: list[tuple[Tab, ...]] = []
    free_cells = 0
    for tab in tabs:
        cells = cell_len(tab.title)
        if rows and cells + gap <= free_cells:
            rows[-1] += (tab,)
            free_cells -= cells + gap
        else:
            rows.append((tab,))
            free_cells = width - cells
    return tuple(rows)
