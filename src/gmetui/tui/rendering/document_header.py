"""The top of a document's page: its title, where it is, and the strip of facts that people ask first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from rich.cells import cell_len

from .spans import BLANK_LINE, Span, StyledLine, cell_width, fit, wrap

if TYPE_CHECKING:
    from ...documents.document import Document, FactRow, Value

_GAPS = (4, 3, 2)  # cells between the facts of the strip, the widest gap that fits
_MAX_CELL = 26
_MISSING = "—"
_SEPARATOR, _MAX_SUBTITLE = " · ", 2  # between the parts of a subtitle, and its lines
#: Labels of the strip that are shorter in a narrow pane.
_SHORT_LABELS = {"positions_per_year": "A year", "application_service": "Apply", "next": "After"}
_NARROW = 90


class HeadingRemarks(NamedTuple):
    """What is said at the right end of the title and of the line below it: the program's place on the shortlist."""

    title: str = ""
    subtitle: str = ""


NO_REMARKS = HeadingRemarks()


def document_heading(document: Document, width: int, remarks: HeadingRemarks = NO_REMARKS) -> tuple[StyledLine, ...]:
    """Return the title with the remarks beside it, and the strip in as many rows as it needs."""
    title_lines = wrap(document.title, width - cell_len(remarks.title) - 2 if remarks.title else width)[:2]
    title_remarks = (remarks.title, "")[: len(title_lines)]
    lines = [
        _with_remark(line, "title", remark_text, width)
        for line, remark_text in zip(title_lines, title_remarks, strict=True)
    ]
    if cell_len(document.subtitle) + cell_len(remarks.subtitle) + 2 <= width:
        lines.append(_with_remark(document.subtitle, "muted", remarks.subtitle, width))
    else:  # the remark has a line of its own
        lines += [((fit(line, width), "muted"),) for line in _subtitle_lines(document.subtitle, width)]
        lines += [((fit(remarks.subtitle, width), "star"),)] if remarks.subtitle else []
    if document.strip:
        lines += [BLANK_LINE, *_strip_lines(document.strip, width)]
    return (*lines, BLANK_LINE)


def _subtitle_lines(subtitle: str, width: int) -> list[str]:
    """Return a subtitle in at most two lines, which break between its parts: hospital, kind, city."""
    lines: list[str] = []
    for part in subtitle.split(_SEPARATOR):
        if lines and (len(lines) == _MAX_SUBTITLE or cell_len(lines[-1] + _SEPARATOR + part) <= width):
            lines[-1] += _SEPARATOR + part
        else:
            lines.append(part)
    return lines


def _with_remark(span_text: str, style_name: str, remark_text: str, width: int) -> StyledLine:
    if not remark_text:
        return ((fit(span_text, width), style_name),)
    remark_text = fit(remark_text, min(cell_len(remark_text), width // 2))
    return ((fit(span_text, width - cell_len(remark_text) - 2), style_name), ("  ", "text"), (remark_text, "star"))


def _strip_lines(strip: Sequence[FactRow], width: int) -> list[StyledLine]:
    """Return two lines, values above labels, for each run of facts that fits the width.

    The programs after the training are left out if they would need a row of their own.
    """
    strip_cells = [(_value_spans(fact_row, width), _label(fact_row, width)) for fact_row in strip]
    cell_sizes = [max(cell_width(value_spans), cell_len(label)) for value_spans, label in strip_cells]
    if strip[-1].key == "next" and sum(cell_sizes) + _GAPS[-1] * (len(cell_sizes) - 1) > width:
        strip_cells, cell_sizes = strip_cells[:-1], cell_sizes[:-1]
    gap_width = next(
        (gap_width for gap_width in _GAPS if sum(cell_sizes) + gap_width * (len(cell_sizes) - 1) <= width), _GAPS[-1]
    )
    lines: list[StyledLine] = []
    value_line: list[Span] = []
    label_line: list[Span] = []
    used_cells = 0
    for (value_spans, label), cell_size in zip(strip_cells, cell_sizes, strict=True):
        if value_line and used_cells + gap_width + cell_size > width:
            lines += [tuple(value_line), tuple(label_line)]
            value_line, label_line, used_cells = [], [], 0
        space = " " * (gap_width if value_line else 0)
        value_line += [(space, "text"), *value_spans, (" " * (cell_size - cell_width(value_spans)), "text")]
        label_line.append((space + fit(label, cell_size), "label"))
        used_cells += len(space) + cell_size
    return [*lines, tuple(value_line), tuple(label_line)]


def _label(fact_row: FactRow, width: int) -> str:
    if width >= _NARROW:
        return fact_row.label
    return (
        fact_row.label.removesuffix(" salary")
        if fact_row.key == "salary"
        else _SHORT_LABELS.get(fact_row.key, fact_row.label)
    )


def _value_spans(fact_row: FactRow, width: int) -> tuple[Span, ...]:
    """Return the short values of a fact, each with its sign, its past year, or "usual"; without "a year" if narrow."""
    value_spans: list[Span] = []
    separator = "  " if fact_row.key == "visa" else ", "
    is_count = fact_row.key == "positions_per_year" and width < _NARROW
    for index, value in enumerate(fact_row.values):
        value = value._replace(unit="") if is_count else value
        value_spans += [*(((separator, "text"),) if index else ()), *_one_value(value)]
    return _cut(value_spans, min(_MAX_CELL, width)) if value_spans else ((_MISSING, "muted"),)


def _one_value(value: Value) -> list[Span]:
    notes = [each.text for each in value.qualifiers if each.aspect in ("past", "as_of")]
    usual = [each.text for each in value.qualifiers if each.aspect == "usual"]
    style_name = "muted" if value.is_past or usual else "strong"
    value_spans: list[Span] = [(value.measured_text, style_name), (value.mark, "warning")]
    return [*value_spans, *((f" ({note})", "muted") for note in notes), *((f" ({word})", "muted") for word in usual)]


def _cut(value_spans: Sequence[Span], width: int) -> tuple[Span, ...]:
    """Return spans of at most `width` cells."""
    pieces: list[Span] = []
    free_cells = width
    for span_text, style_name in value_spans:
        cell_size = cell_len(span_text)
        if cell_size > free_cells:
            return (*pieces, (fit(span_text, free_cells), style_name))
        pieces.append((span_text, style_name))
        free_cells -= cell_size
    return tuple(pieces)
