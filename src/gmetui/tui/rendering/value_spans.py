"""Values of a document as spans: signs instead of words for exceptions, and the columns of tables."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len

from ...documents.document import Table, Value
from ...documents.source_words import short_address
from .spans import Span, StyledLine, align_right, fit, wrap

_INLINE_LENGTH = 34  # values no longer than this share a line
_COLUMN_GAP = 3


def column_widths(table: Table, max_width: int) -> list[int]:
    """Return the widths of the columns after the first one, which keeps half of the width."""
    columns = list(zip(*(row.cells for row in table.rows), strict=True))[1:]
    widths = [
        max(cell_len(heading), *(cell_len(f"{cell.measured_text}{cell.mark}") for cell in column)) + _COLUMN_GAP
        for heading, column in zip(table.headings[1:], columns, strict=True)
    ]
    excess = max(0, sum(widths) - max_width // 2)
    return [each - -(-excess * each // max(1, sum(widths))) for each in widths]


def aligned_cells(texts: Sequence[str], widths: Sequence[int]) -> str:
    """Return texts in columns, each aligned at its right end."""
    return "".join(
        align_right(fit(span_text, max_width - 1).rstrip(), max_width)
        for span_text, max_width in zip(texts, widths, strict=True)
    )


def share_a_line(values: Sequence[Value]) -> bool:
    """Tell whether values are short, lead nowhere, and have the same sources."""
    return len(values) > 1 and all(
        len(value.display()) <= _INLINE_LENGTH and not value.link and value.citations == values[0].citations
        for value in values
    )


def value_spans(value: Value) -> list[Span]:
    """Return a value with its signs, and with the qualifiers that have no sign."""
    style_name = "lead" if value.link else "muted" if value.is_past else "text"
    if not value.qualifiers and not value.link:
        return [(value.measured_text, style_name)]
    signed_text = value.measured_text + value.mark
    remarks = value.marked_display()[len(signed_text) :]
    is_address = value.link is not None and value.link.kind == "url"
    span_text = short_address(value.text) if is_address else value.measured_text
    return [(span_text, style_name), (value.mark, "warning"), (remarks, "muted")]


def wrap_spans(spans: Sequence[Span], max_width: int) -> list[StyledLine]:
    """Break spans into lines of at most `max_width` cells, between words; each piece keeps its style."""
    spans = [span for span in spans if span[0]]
    if len(spans) == 1:
        return [((text_line, spans[0][1]),) for text_line in wrap(spans[0][0], max_width)]
    span_text = "".join(span_text for span_text, _ in spans)
    if span_text.isascii() and len(span_text) <= max_width and "\n" not in span_text:
        return [tuple(spans)]
    lines: list[StyledLine] = []
    position = 0
    for text_line in wrap(span_text, max_width):
        first_character = max(position, span_text.find(text_line, position)) if text_line else position
        lines.append(_slice(spans, first_character, text_line))
        position = first_character + len(text_line)
    return lines


def _slice(spans: Sequence[Span], first_character: int, text_line: str) -> StyledLine:
    """Return the texts of `text_line`, which starts at `first_character` of all spans together, in their styles."""
    pieces: list[Span] = []
    span_start = 0
    for span_text, style_name in spans:
        first, last = max(0, span_start - first_character), span_start + len(span_text) - first_character
        span_start += len(span_text)
        if last > 0 and first < len(text_line):
            pieces.append((text_line[first:last], style_name))
    return tuple(pieces)
