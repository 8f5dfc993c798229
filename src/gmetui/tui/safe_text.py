"""The door to the screen: the only place that makes text for widgets.

Every text that a widget draws passes `sanitize` here, whatever file it came from, and is never read as markup. A test
rejects `Content`, `Text` and `Segment` objects that are made elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from rich.segment import Segment
from rich.style import Style
from rich.text import Text
from textual.content import Content

from ..text import sanitize

StyleT = TypeVar("StyleT")


def safe_content(text: str) -> Content:
    """Return text for a label, a title or a tooltip. Line breaks stay."""
    return Content(sanitize(text, keep_newlines=True))


def safe_line(spans: Iterable[tuple[str, StyleT]]) -> Content:
    """Return one line of differently styled texts."""
    return Content.assemble(*((sanitize(text), style) for text, style in spans))  # type: ignore[arg-type]


def safe_text(text: str) -> Text:
    """Return text for rich: tables, tracebacks. Line breaks stay."""
    return Text(sanitize(text, keep_newlines=True))


def safe_segment(text: str, style: Style) -> Segment:
    """Return a piece of a line that a pane draws itself."""
    return Segment(sanitize(text), style)
