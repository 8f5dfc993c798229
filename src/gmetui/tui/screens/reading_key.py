"""Where a reader is, as a text for the navigation history: what is listed, the page that is read, and the place on it.

What the reader opened on the page is not part of it.
"""

from __future__ import annotations

from ..widgets.page_pane import PAGE_TOP, PagePosition

_SEPARATOR = "\t"  # no query, no id and no key of a stop contains it


def reading_key(list_key: str, page_id: str, position: PagePosition) -> str:
    """Return `list_key`, a query or the row of a list, alone or with the page that is read and the position on it."""
    if not page_id:
        return list_key
    return _SEPARATOR.join((list_key, page_id, str(position.top_line), position.stop_key))


def parse_reading_key(key: str) -> tuple[str, str, PagePosition]:
    """Return the query or the row, the id of the page ("" for none) and the position."""
    list_key, *place = key.split(_SEPARATOR)
    if len(place) != 3:
        return list_key, "", PAGE_TOP
    page_id, top_line, stop_key = place
    return list_key, page_id, PagePosition(int(top_line), stop_key)
