"""The table on a coverage page: how many programs state a field, and how good the sources are."""

from __future__ import annotations

from collections.abc import Iterable

from ...catalog.completeness import FieldCoverage
from .program_columns import EMPTY_CELL
from .spans import StyledLine, align_right, fit

OLD_BEFORE = 2020  # a source that describes an earlier year counts as old
_BAR_WIDTH = 20
_NUMBER_WIDTH = 8
_NUMBER_TITLES = ("stated", "third", "undated", f"<{OLD_BEFORE}")
_MIN_LABEL_WIDTH = 12


def coverage_header(width: int) -> StyledLine:
    """Return the titles of the table."""
    titles = "".join(align_right(title, _NUMBER_WIDTH) for title in _NUMBER_TITLES)
    return ((" " * (_label_width(width) + _BAR_WIDTH + 1), "text"), (titles, "heading"))


def coverage_row(label: str, total: FieldCoverage, width: int) -> StyledLine:
    """Return a field with a bar for the share of programs that state it, and its numbers."""
    share = total.stated / total.programs if total.programs else 0.0
    filled = round(_BAR_WIDTH * share)
    counts = (str(count or EMPTY_CELL) for count in (total.third_party, total.undated, total.older))
    cells = (f"{share:.0%}" if total.programs else EMPTY_CELL, *counts)
    return (
        (fit(label, _label_width(width)), "text"),
        ("━" * filled, "tick"),
        ("─" * (_BAR_WIDTH - filled) + " ", "muted"),
        ("".join(align_right(cell, _NUMBER_WIDTH) for cell in cells), "text"),
    )


def sum_coverage(shares: Iterable[FieldCoverage]) -> FieldCoverage:
    """Return the sum of shares, such as those of all institutions in one field."""
    shares = tuple(shares)
    return FieldCoverage(
        "",
        "",
        programs=sum(share.programs for share in shares),
        stated=sum(share.stated for share in shares),
        third_party=sum(share.third_party for share in shares),
        undated=sum(share.undated for share in shares),
        older=sum(share.older for share in shares),
    )


def _label_width(width: int) -> int:
    return max(_MIN_LABEL_WIDTH, width - _BAR_WIDTH - _NUMBER_WIDTH * len(_NUMBER_TITLES) - 1)
