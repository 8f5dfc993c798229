"""Lines of styled text, the one currency between what is shown and the widgets that show it.

A line is a tuple of spans, a span a text and the name of a style of the palette. Text is never markup here, so nothing
in the data can act on the screen. Widths are in cells, since a character may take none, one or two.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from rich.cells import cell_len, set_cell_size

Span = tuple[str, str]
Line = tuple[Span, ...]

BLANK: Line = ()


def fit(text: str, width: int) -> str:
    """Return `text` cut or padded to exactly `width` cells; "…" marks a cut."""
    if width <= 0:
        return ""
    if text.isascii():
        return text.ljust(width) if len(text) <= width else f"{text[: width - 1].rstrip()}…".ljust(width)
    if cell_len(text) <= width:
        return set_cell_size(text, width)
    return set_cell_size(f"{set_cell_size(text, width - 1).rstrip()}…", width)


def right(text: str, width: int) -> str:
    """Return `text` at the right end of `width` cells."""
    return text.rjust(width) if text.isascii() else " " * max(0, width - cell_len(text)) + text


def wrap(text: str, width: int) -> list[str]:
    """Break `text` into lines of at most `width` cells, between words where it can; at least one line."""
    lines: list[str] = []
    for paragraph in text.split("\n"):
        lines += _wrap_paragraph(paragraph, max(1, width))
    return lines


def _wrap_paragraph(paragraph: str, width: int) -> list[str]:
    lines, now, room = [], "", width
    cells = len if paragraph.isascii() else cell_len
    for word in paragraph.split():
        for piece in (word,) if cells(word) <= width else _pieces(word, width):
            size = cells(piece)
            if now and size + 1 <= room:
                now, room = f"{now} {piece}", room - size - 1
            elif not now:
                now, room = piece, width - size
            else:
                lines.append(now)
                now, room = piece, width - size
    return [*lines, now]


def _pieces(word: str, width: int) -> Iterator[str]:
    """Break a word that is wider than a line, such as an address."""
    while cell_len(word) > width:
        size = width
        head = word[:size]
        while size > 1 and cell_len(head) > width:
            size -= 1
            head = word[:size]
        yield head
        word = word[size:]
    yield word


def marked(text: str, spans: Iterable[tuple[int, int]], style: str, match: str = "match") -> Line:
    """Return `text` in `style` with the (start, end) `spans` in the style of matches."""
    parts: list[Span] = []
    place = 0
    for start, end in spans:
        if start >= len(text):
            break
        if start > place:
            parts.append((text[place:start], style))
        parts.append((text[start:end], match))
        place = end
    if place < len(text):
        parts.append((text[place:], style))
    return tuple(parts)


def width_of(line: Sequence[Span]) -> int:
    """Return how many cells a line takes."""
    return sum(len(text) if text.isascii() else cell_len(text) for text, _ in line)
