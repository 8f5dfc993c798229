"""What a file is, where nobody says so: a person's own list, or a list of programs."""

from __future__ import annotations

from itertools import islice
from pathlib import Path
from typing import Literal

from ..export.headings import HEADINGS
from .column_detection import heading_of
from .import_errors import TableError
from .readers.sniff import grids
from .readers.tables import OURS

_ABOVE = 40  # rows among which the headings stand
#: What only a person says of programs.
_REMARKS = frozenset(("remark", "remarks"))
_MINE = frozenset(("rank", "rating", "tags", "dates", "score", "note"))


def kind_of(path: Path) -> Literal["programs", "shortlist"]:
    """Return what a file looks like: a list with a rank, a rating, tags or notes is somebody's own, and so is one that
    gmetui wrote; anything else is a list of programs. Raises as `grids` does."""
    with grids(path) as found:
        try:
            grid = next(found, None)
            rows = list(islice(grid.rows, _ABOVE)) if grid else []
        except ValueError as error:
            raise TableError(f"gmetui: {path.name}: cannot be understood as a list: {error}") from error
    for _, cells in rows:
        headings = [" ".join(cell.replace("_", " ").casefold().split()) for cell in cells]
        known = {HEADINGS.get(heading) or HEADINGS.get(heading_of(heading)) for heading in headings if heading}
        if len(known) > 1 and (known & _MINE or set(headings) >= OURS or _REMARKS & set(headings)):
            return "shortlist"
    return "programs"
