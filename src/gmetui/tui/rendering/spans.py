"""Styled text as plain values: what rendering produces and widgets draw.

A line is a tuple of spans, and a span is a text with the name of a style from `styles.py`. Text is never parsed as
markup, so nothing in the data can affect the screen. Widths are in terminal cells: a character takes zero, one or two.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from rich.cells import cell_len, set_cell_size

Span = tuple[str, str]
StyledLine = tuple[Span, ...]

BLANK_LINE: StyledLine = ()


def pane_title(title: str, count: str, width: int, *, has_focus: bool, hint: str = "") -> StyledLine:
    """Return the title of a pane with a count, lit while the pane has the focus, and a hint at the right end."""
    heading_width = min(cell_len(title) + 2, width)
    heading = fit(f" {title} ", heading_width)
    return (
        (heading, "pane-focused" if has_focus else "heading"),
        (fit(count, width - heading_width - len(hint)), "muted"),
        (hint, "key"),
    )


def fit(text: str, width: int) -> str:
    """Return `text` padded or cut to exactly `width` cells; a cut ends in "…"."""
    if width <= 0:
        return ""
    if text.isascii():
        return text.ljust(width) if len(text) <= width else f"{text[: width - 1].rstrip()}…".ljust(width)
    if cell_len(text) <= width:
        return set_cell_size(text, width)
    return set_cell_size(f"{set_cell_size(text, width - 1).rstrip()}…", width)


def align_right(text: str, width: int) -> str:
    """Return `text` padded on the left to `width` cells."""
    return text.rjust(width) if text.isascii() else " " * max(0, width - cell_len(text)) + text


def wrap(text: str, width: int) -> list[str]:
    """Break `text` into lines of at most `width` cells, between words where possible. Returns at least one line."""
    lines: list[str] = []
    for paragraph in text.split("\n"):
        lines += _wrap_paragraph(paragraph, max(1, width))
    return lines


def _wrap_paragraph(paragraph: str, width: int) -> list[str]:
    lines, current, free_cells = [], "", width
    measure = len if paragraph.isascii() else cell_len
    for word in paragraph.split():
        for piece in (word,) if measure(word) <= width else _break_word(word, width):
            piece_width = measure(piece)
            if current and piece_width + 1 <= free_cells:
                current, free_cells = f"{current} {piece}", free_cells - piece_width - 1
            elif not current:
                current, free_cells = piece, width - piece_width
            else:
                lines.append(current)
                current, free_cells = piece, width - piece_width
    return [*lines, current]


def _break_word(word: str, width: int) -> Iterator[str]:
    """Yield pieces of a word that is wider than a line, such as a URL."""
    while cell_len(word) > width:
        length = width
        while length > 1 and cell_len(word[:length]) > width:
            length -= 1
        yield word[:length]
        word = word[length:]
    yield word


def highlight(text: str, ranges: Iterable[tuple[int, int]], style: str, match_style: str = "match") -> StyledLine:
    """Return `text` in `style`, with the (start, end) `ranges` in `match_style`."""
    spans: list[Span] = []
    position = 0
    for start, end in ranges:
        if start >= len(text):
            break
        if start > position:
            spans.append((text[position:start], style))
        spans.append((text[start:end], match_style))
        position = end
    if position < len(text):
        spans.append((text[position:], style))
    return tuple(spans)


def cell_width(line: Sequence[Span]) -> int:
    """Return how many cells a line takes."""
    return sum(len(text) if text.isascii() else cell_len(text) for text, _ in line)
