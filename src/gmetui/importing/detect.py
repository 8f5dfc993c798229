"""Guess whether a file is a personal shortlist or a list of programs."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice
from pathlib import Path
from typing import Literal

from ..errors import UnreadableListError
from ..export.headings import COLUMN_HEADINGS, date_label
from ..text import sanitize
from .column_detection import FIELD_HEADINGS, normalize_heading
from .readers.gmetui_files import COMMENT_PREFIX
from .readers.grids import open_grids
from .shortlist_table import is_export_headings, shortlist_heading

_HEADING_ROWS = 40  # the headings are searched for in so many rows
_MAX_GRIDS = 20
#: Shortlist fields that only a personal list has.
_PERSONAL_FIELDS = frozenset(("rank", "rating", "tags", "dates", "score", "signal"))
_PERSONAL_DATES = frozenset(("interview", "second look", "invitation", "applied"))
_ROW_NUMBER_HEADINGS = frozenset(("#", "order"))  # of ranks, or of rows
_COMMENT_HEADINGS = frozenset(("remark", "remarks", "reviewer comments"))
#: Headings of program lists that nobody writes about programs of their own.
_LIST_HEADINGS = frozenset(
    heading for field in ("nrmp", "positions", "person", "address", "status_date") for heading in FIELD_HEADINGS[field]
)


def detect_list_kind(path: Path) -> Literal["programs", "shortlist"]:
    """Return what a file looks like.

    A list with a rank, a rating, tags, interviews, notes or comments is a shortlist, and so is one that gmetui
    exported; anything else is a list of programs. Notes alone don't make a shortlist of a list with codes, positions
    or contacts. Raises as `open_grids` does.
    """
    with open_grids(path) as grids:
        try:
            visible_grids = (grid for grid in grids if not grid.notes.rejection)
            is_shortlist = any(
                _are_shortlist_headings(cells)
                for grid in islice(visible_grids, _MAX_GRIDS)
                for _, cells in islice(grid.rows, _HEADING_ROWS)
            )
        except ValueError as error:
            raise UnreadableListError(f"gmetui: {sanitize(path.name)}: cannot be read as a list: {error}") from error
    return "shortlist" if is_shortlist else "programs"


def _are_shortlist_headings(cells: Sequence[str]) -> bool:
    headings = [shortlist_heading(cell) for cell in cells if cell]
    if is_export_headings(headings):
        return True
    fields = {COLUMN_HEADINGS.get(heading, "") for heading in headings if heading not in _ROW_NUMBER_HEADINGS}
    is_personal = not _PERSONAL_FIELDS.isdisjoint(fields) or not _PERSONAL_DATES.isdisjoint(map(date_label, headings))
    has_comments = any(heading in _COMMENT_HEADINGS or heading.startswith(COMMENT_PREFIX) for heading in headings)
    if is_personal or has_comments:
        return len(fields) > 1
    return "note" in fields and len(fields) > 1 and _LIST_HEADINGS.isdisjoint(map(normalize_heading, cells))
