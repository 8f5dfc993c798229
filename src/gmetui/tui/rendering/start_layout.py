"""The first screen as lines: three boxes side by side, the best described programs, and a remark."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from ...documents.program_columns import ProgramColumn
from ...documents.start_page import BestProgram, Choice, ChoiceBox, StartPage, Target
from .column_widths import fitted_columns
from .spans import BLANK_LINE, Span, StyledLine, align_right, cell_width, fit, wrap

_HINTS = (
    "Type to search. Enter opens the list; Enter again opens a program. Esc goes back. s saves to your shortlist.",
    "Type to search. Enter: list, then program. Esc: back. s: save to shortlist.",
)
_BEST_TITLE = "Best described"
_BORDERED_WIDTH, _BORDERED_HEIGHT = 100, 26  # from which the boxes have borders
_MAX_WIDTH = 160
_MARGIN = 1
_MAX_REMARK_LINES = 2
_BEST_COLUMNS = ("institution", "length", "positions", "visa", "dates")
_NARROW_BEST_COLUMNS = ("institution", "length", "visa", "dates")
_BOX_GAP = 3
_COUNT_GAP = 2
_MAX_NEED = 28  # cells of a box that one long name can ask for


class Stop(NamedTuple):
    """Where the cursor can be: a choice of a box, its line, the cells that show it, and what it does."""

    box: int
    line_number: int
    first_cell: int
    last_cell: int
    target: Target


class StartLayout(NamedTuple):
    """The lines, and the stops of each box from top to bottom; the programs are the last box."""

    lines: tuple[StyledLine, ...]
    stops: tuple[Stop, ...]


class _Piece(NamedTuple):
    """A line of a box, and what choosing it does."""

    line: StyledLine
    target: Target | None = None


def start_layout(page: StartPage, width: int, height: int, cursor: tuple[int, int] | None = None) -> StartLayout:
    """Return the lines of the first screen. `cursor` is the box and the row in it that is lit."""
    if not page.boxes:
        return StartLayout((BLANK_LINE, (("  Loading programs …", "muted"),)), ())
    width = min(width, _MAX_WIDTH)
    is_bordered = width >= _BORDERED_WIDTH and height >= _BORDERED_HEIGHT
    frame_height = 2 if is_bordered else 1  # of a box, for its title and its border
    remark = [((f" {' ' * _MARGIN}{line}", "muted"),) for line in wrap(page.remark, width - 4)][:_MAX_REMARK_LINES]
    fixed_height = 2 + frame_height + 1 + frame_height + is_bordered + 1 + len(remark)
    boxes = page.boxes
    if fixed_height + _row_count(boxes) + len(page.best_programs) > height:
        boxes = tuple(map(_without_extras, boxes))
    row_count = _row_count(boxes)
    best_count = max(0, min(len(page.best_programs), height - fixed_height - row_count))
    hint = next((hint for hint in _HINTS if len(hint) + 2 <= width), _HINTS[-1])
    lines: list[StyledLine] = [((fit(f"  {hint}", width), "muted"),), BLANK_LINE]
    stops: list[Stop] = []
    _add_boxes(lines, stops, boxes, width, cursor, row_count, is_bordered=is_bordered)
    lines.append(BLANK_LINE)
    if best_count:
        _add_programs(lines, stops, page, width, cursor, best_count, is_bordered=is_bordered)
        lines.append(BLANK_LINE)
    return StartLayout((*lines, *remark), tuple(stops))


def _row_count(boxes: Sequence[ChoiceBox]) -> int:
    return max(len(box.choices) for box in boxes)


def _without_extras(box: ChoiceBox) -> ChoiceBox:
    return box._replace(choices=tuple(choice for choice in box.choices if not choice.is_extra))


def _add_boxes(
    lines: list[StyledLine],
    stops: list[Stop],
    boxes: Sequence[ChoiceBox],
    width: int,
    cursor: tuple[int, int] | None,
    row_count: int,
    *,
    is_bordered: bool,
) -> None:
    """Add the boxes side by side."""
    gap = 1 if is_bordered else _BOX_GAP
    box_widths = _box_widths(boxes, width - 2 * _MARGIN - gap * (len(boxes) - 1))
    columns: list[list[_Piece]] = []
    for index, (box, box_width) in enumerate(zip(boxes, box_widths, strict=True)):
        lit_row = cursor[1] if cursor and cursor[0] == index else None
        inner_width = box_width - 4 if is_bordered else box_width
        pieces = [
            _Piece(_choice_line(box, row, inner_width, is_lit=row == lit_row), box.choices[row].target)
            if row < len(box.choices)
            else _Piece(((" " * inner_width, "text"),))
            for row in range(row_count)
        ]
        title = box.title if is_bordered else box.short_title
        columns.append(_framed(title, pieces, box_width, has_cursor=lit_row is not None, is_bordered=is_bordered))
    first_line = len(lines)
    for row, row_pieces in enumerate(zip(*columns, strict=True)):
        line: list[Span] = [(" " * _MARGIN, "text")]
        for index, piece in enumerate(row_pieces):
            if index:
                line.append((" " * gap, "text"))
            start = cell_width(line)
            line += piece.line
            if piece.target:
                stops.append(Stop(index, first_line + row, start, cell_width(line) - 1, piece.target))
        lines.append(tuple(line))
    stops.sort(key=lambda stop: (stop.box, stop.line_number))


def _box_widths(boxes: Sequence[ChoiceBox], width: int) -> list[int]:
    """Share `width` among the boxes in proportion to what their longest choices need."""
    needs = [min(_MAX_NEED, max(map(_cells_needed, box.choices))) for box in boxes]
    widths = [width * need // sum(needs) for need in needs]
    return [*widths[:-1], width - sum(widths[:-1])]


def _cells_needed(choice: Choice) -> int:
    remark_width = len(choice.remark) + 2 if choice.remark else 0
    return cell_width(((choice.label, ""),)) + remark_width + len(choice.ending) + _COUNT_GAP


def _choice_line(box: ChoiceBox, row: int, width: int, *, is_lit: bool) -> StyledLine:
    choice = box.choices[row]
    count_width = max(len(each.ending) for each in box.choices)
    label_width = max(0, width - count_width - _COUNT_GAP)
    remark = fit(choice.remark, min(len(choice.remark), max(0, label_width - cell_width(((choice.label, ""),)) - 2)))
    label = fit(choice.label, label_width - cell_width(((remark, ""),)))
    count = " " * _COUNT_GAP + align_right(choice.ending, count_width)
    if is_lit:
        return ((f"{label}{remark}{count}", "cursor"),)
    is_more = choice.target.kind == "action"
    return ((label, "lead" if is_more else "text"), (remark, "muted"), (count, "lead" if is_more else "muted"))


def _framed(title: str, pieces: Sequence[_Piece], width: int, *, has_cursor: bool, is_bordered: bool) -> list[_Piece]:
    """Return a box: a title above its pieces, with a border around both or without."""
    title_style = "pane-focused" if has_cursor else "heading"
    if not is_bordered:
        return [_Piece(((fit(title, width), title_style),)), *pieces]
    border_style = "pane-focused" if has_cursor else "thumb"
    rule = "─" * max(0, width - cell_width(((title, ""),)) - 5)
    top: StyledLine = (("╭─ ", border_style), (title, title_style), (f" {rule}╮", border_style))
    bottom: StyledLine = ((f"╰{'─' * (width - 2)}╯", border_style),)
    sides = [piece._replace(line=(("│ ", border_style), *piece.line, (" │", border_style))) for piece in pieces]
    return [_Piece(top), *sides, _Piece(bottom)]


def _add_programs(
    lines: list[StyledLine],
    stops: list[Stop],
    page: StartPage,
    width: int,
    cursor: tuple[int, int] | None,
    count: int,
    *,
    is_bordered: bool,
) -> None:
    """Add the best described programs as a table, and a line that leads to all programs."""
    box = len(page.boxes)
    lit_row = cursor[1] if cursor and cursor[0] == box else None
    box_width = width - 2 * _MARGIN
    inner_width = box_width - 4 if is_bordered else box_width
    pieces = _program_pieces(page, inner_width, count, lit_row, title="" if is_bordered else _BEST_TITLE)
    if is_bordered:
        pieces = _framed(_BEST_TITLE, pieces, box_width, has_cursor=lit_row is not None, is_bordered=True)
    for piece in pieces:
        if piece.target:
            stops.append(Stop(box, len(lines), _MARGIN, box_width, piece.target))
        lines.append(((" " * _MARGIN, "text"), *piece.line))


def _program_pieces(page: StartPage, width: int, count: int, lit_row: int | None, title: str) -> list[_Piece]:
    programs = page.best_programs[: count - 1]
    column_ids = _BEST_COLUMNS if width >= _BORDERED_WIDTH - 4 else _NARROW_BEST_COLUMNS
    columns = fitted_columns(programs, _cell_text, width, column_ids)
    name_width = width - sum(column.width + 2 for column in columns)
    titles = "".join(
        f"  {align_right(column.title, column.width) if column.is_numeric else fit(column.title, column.width)}"
        for column in columns
    )
    heading_style = "pane-focused" if lit_row is not None else "heading"
    pieces = [_Piece(((fit(title, name_width), heading_style), (titles, "muted")))]
    for row, program in enumerate(programs):
        cells = ""
        for column in columns:
            text = _cell_text(column, program)
            cells += f"  {fit(align_right(text, column.width) if column.is_numeric else text, column.width)}"
        name = fit(program.name, name_width)
        is_lit = row == lit_row
        line: StyledLine = ((name + cells, "cursor"),) if is_lit else ((name, "text"), (cells, "muted"))
        pieces.append(_Piece(line, Target("program", program.id)))
    others = page.data.program_count - len(programs)
    if others:
        is_lit = lit_row == len(programs)
        text = fit(f"{others:,} more", width - 2)
        line = ((f"{text} ▸", "cursor" if is_lit else "lead"),)
        pieces.append(_Piece(line, Target("action", "list")))
    return pieces


def _cell_text(column: ProgramColumn, program: BestProgram) -> str:
    return program.cells[column.id]
