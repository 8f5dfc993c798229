"""The rows of a ladder: a tree of rungs with their years and programs, which folds and unfolds."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from ...catalog.catalog import Catalog
from ...documents.ladder_document import ladder_title, program_figures, rung_figures
from ...documents.ladder_words import (
    application_text,
    first_year_text,
    month_range_text,
    other_track_lengths,
    pgy_text,
    until_text,
    years_phrase,
)
from ...planning.ladder import Branch, Ladder, branches_of
from ...planning.ladder_paths import branch_end
from .spans import StyledLine, align_right, fit, pane_title

_OPEN, _FOLDED, _PLAIN = "▾", "▸", " "
_INDENT = 2  # cells for each level
_GAP = 2  # cells between columns
_MIN_NAME, _MAX_NAME = 24, 64  # cells of the names
_UNTIL_WIDTH, _APPLY_WIDTH = 14, 25


class LadderRow(NamedTuple):
    """A rung in sight: what it is, how deep it is, and whether what follows it is in sight too."""

    branch: Branch
    depth: int
    is_open: bool

    @property
    def sign(self) -> str:
        """Whether it can be unfolded or folded."""
        if not self.branch.next:
            return _PLAIN
        return _OPEN if self.is_open else _FOLDED


class LadderColumn(NamedTuple):
    """A column beside the names."""

    heading: str
    width: int
    is_number: bool = True


def visible_rows(ladder: Ladder, open_keys: frozenset[str]) -> tuple[LadderRow, ...]:
    """Return the rungs in sight where those of some keys are unfolded."""
    return tuple(_rows(ladder.branches, open_keys, 0))


def _rows(branches: tuple[Branch, ...], open_keys: frozenset[str], depth: int) -> Iterator[LadderRow]:
    for branch in branches:
        is_open = branch.key in open_keys
        yield LadderRow(branch, depth, is_open)
        if is_open:
            yield from _rows(branch.next, open_keys, depth + 1)


def ladder_columns(ladder: Ladder, width: int) -> tuple[LadderColumn, ...]:
    """Return the columns that there is room for: years first, then programs, when it ends, and how to apply."""
    programs = (
        (LadderColumn("here", 4), LadderColumn("elsewhere", 9)) if ladder.program else (LadderColumn("programs", 8),)
    )
    columns = [LadderColumn("years", 5), LadderColumn("in all", 6), *programs]
    optional = [LadderColumn("until", _UNTIL_WIDTH, is_number=False)] if ladder.training else []
    optional.append(LadderColumn("apply", _APPLY_WIDTH, is_number=False))
    for column in optional:
        if width - _total_width((*columns, column)) >= _MIN_NAME + (_MIN_NAME // 2 if column.heading == "apply" else 0):
            columns.append(column)
    return tuple(columns)


def _total_width(columns: tuple[LadderColumn, ...]) -> int:
    return sum(column.width + _GAP for column in columns)


def _name_width(columns: tuple[LadderColumn, ...], width: int) -> int:
    return min(_MAX_NAME, max(1, width - _total_width(columns)))


def ladder_header(
    catalog: Catalog, ladder: Ladder, width: int, today: date, *, has_focus: bool
) -> tuple[StyledLine, ...]:
    """Return the title of a ladder, the rung that it starts at, and the headings of its columns."""
    columns = ladder_columns(ladder, width)
    start = f" {_start_text(catalog, ladder, today)}"
    headings = "".join(f"{' ' * _GAP}{_cell(column.heading, column)}" for column in columns)
    names = fit("   then", _name_width(columns, width))
    count = f"{len({branch.rung.specialty for branch in branches_of(ladder.branches)})} can follow"
    return (
        pane_title(ladder_title(catalog, ladder), count, width, has_focus=has_focus),
        ((fit(start, width), "text"),),
        ((f"{names}{headings}", "muted"),),
    )


def _start_text(catalog: Catalog, ladder: Ladder, today: date) -> str:
    """Return "PGY-1 to PGY-3 · Internal medicine, 3 years · you: until Jun 30, 2028, 1 year 8 months to go"."""
    specialty, training = catalog.specialty[ladder.start.specialty], ladder.training
    years = years_phrase(ladder.start.years)
    first_year = first_year_text(specialty) if specialty.base_year != "included" else ""
    until = ""
    if training is not None and training.until is not None:
        until = f"you: {until_text(training.until, today)}"
    tracks = other_track_lengths(ladder.program) if ladder.program else ()
    lengths = f"tracks: {', '.join(f'{track.name} {length}' for track, length in tracks)}" if tracks else ""
    parts = (pgy_text(ladder.start), f"{specialty.label}, {years}", until, first_year, lengths)
    return " · ".join(filter(None, parts))


def ladder_line(catalog: Catalog, ladder: Ladder, ladder_row: LadderRow, width: int, today: date) -> StyledLine:
    """Return a rung as a line: the sign that unfolds it, its name, its years, its programs."""
    columns = ladder_columns(ladder, width)
    branch = ladder_row.branch
    label = catalog.specialty[branch.rung.specialty].label
    indent = " " * (1 + _INDENT * ladder_row.depth)
    name = fit(f"{indent}{ladder_row.sign} {label}", _name_width(columns, width))
    cells = dict(zip(("years", "in all"), rung_figures(branch.rung), strict=True))
    cells.update(
        zip(("here", "elsewhere") if ladder.program else ("programs",), program_figures(ladder, branch), strict=True)
    )
    if ladder.training is not None:
        ends = branch_end(branch, branches_of(ladder.branches), ladder.training, today)
        cells["until"] = month_range_text(ends) if ends else "—"
    cells["apply"] = application_text(catalog, catalog.specialty[branch.rung.specialty])
    figures = "".join(f"{' ' * _GAP}{_cell(cells[column.heading], column)}" for column in columns)
    has_programs = bool(branch.places.total)
    return ((name, "text" if has_programs else "muted"), (figures, "text" if has_programs else "muted"))


def _cell(text: str, column: LadderColumn) -> str:
    return fit(align_right(text, column.width), column.width) if column.is_number else fit(text, column.width)
