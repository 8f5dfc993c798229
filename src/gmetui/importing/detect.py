"""Guess whether a file is a personal shortlist or a list of programs."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice
from pathlib import Path
from typing import Literal

from ..errors import UnreadableListError
from ..export.headings import COLUMN_HEADINGS
from ..text import sanitize
from .readers.gmetui_files import COMMENT_PREFIX
from .readers.grids import open_grids
from .shortlist_table import is_export_headings, shortlist_heading

_HEADING_ROWS = 40  # the headings are searched for in so many rows
#: Shortlist fields that only a personal list has.
_PERSONAL_FIELDS = frozenset(("rank", "rating", "tags", "dates", "score", "note"))
_COMMENT_HEADINGS = frozenset(("remark", "remarks", "reviewer comments"))


def detect_list_kind(path: Path) -> Literal["programs", "shortlist"]:
    """Return what a file looks like.

    A list with a rank, a rating, tags, notes or comments is a shortlist, and so is one that gmetui exported; anything
    else is a list of programs. Raises as `open_grids` does.
    """
    with open_grids(path) as grids:
        try:
            grid = next(grids, None)
            rows = list(islice(grid.rows, _HEADING_ROWS)) if grid is not None else []
        except ValueError as error:
            raise UnreadableListError(f"gmetui: {sanitize(path.name)}: cannot be read as a list: {error}") from error
    return "shortlist" if any(_are_shortlist_headings(cells) for _, cells in rows) else "programs"


def _are_shortlist_headings(cells: Sequence[str]) -> bool:
    headings = [shortlist_heading(cell) for cell in cells if cell]
    fields = {COLUMN_HEADINGS.get(heading, "") for heading in headings}
    has_comments = any(heading in _COMMENT_HEADINGS or heading.startswith(COMMENT_PREFIX) for heading in headings)
    return len(fields) > 1 and (bool(fields & _PERSONAL_FIELDS) or has_comments or is_export_headings(headings))
