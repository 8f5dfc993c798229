"""The rows of the terminal as they were drawn last, so that what is there already isn't drawn again.

Textual draws all of a screen several times as it opens: for the layout, for the focus, and when it has resumed. Each
time takes some milliseconds, and as much of the terminal.
"""

from __future__ import annotations

from collections.abc import Iterator

from textual._compositor import ChopsUpdate, CompositorUpdate, LayoutUpdate
from textual.strip import Strip

Row = tuple[Strip, ...]


class DrawnRows:
    """Remembers rows that were drawn from end to end. Rows that were drawn in part are forgotten."""

    def __init__(self) -> None:
        self._rows: dict[int, Row] = {}

    def clear(self) -> None:
        """Forget all rows: the terminal may show something else by now."""
        self._rows = {}

    def has_drawn(self, update: CompositorUpdate) -> bool:
        """Return whether an update changes nothing; if it does, take it as drawn."""
        rows = dict(_rows_of(update))
        if rows and all(row is not None and self._rows.get(y) == row for y, row in rows.items()):
            return True
        for y, row in rows.items():
            if row is None:
                self._rows.pop(y, None)
            else:
                self._rows[y] = row
        return False


def _rows_of(update: CompositorUpdate) -> Iterator[tuple[int, Row | None]]:
    """Yield the numbers and the content of the rows that an update draws, None for a row that it draws in part."""
    if isinstance(update, LayoutUpdate):
        for y, strips in enumerate(update.strips, update.region.y):
            yield y, tuple(strips)
    elif isinstance(update, ChopsUpdate):
        for y, start, end in update.spans:
            strips = tuple(strip for strip in update.chops[y].values() if strip is not None)
            is_whole = not start and end >= update.chop_ends[y][-1] and len(strips) == len(update.chops[y])
            yield y, strips if is_whole else None
