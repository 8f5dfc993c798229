"""Writing to the terminal or a pipe: data on standard output, words on standard error, colour only where wanted."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Sequence
from typing import Any

from ..text import clean

_PIPE_WIDTH = 200


def say(text: str) -> None:
    """Tell the person something that is not data."""
    print(clean(text, lines=True), file=sys.stderr)


def write_json(value: Any) -> None:
    """Print one JSON object."""
    print(json.dumps(value, ensure_ascii=False, indent=2))


def write_bytes(content: bytes) -> None:
    """Print an export as it would stand in a file."""
    sys.stdout.flush()
    buffer = getattr(sys.stdout, "buffer", None)
    if buffer is None:  # a test's stream
        sys.stdout.write(content.decode("utf-8"))
    else:
        buffer.write(content)
        buffer.flush()


def wants_colour(no_colour: bool) -> bool:
    """Tell whether standard output takes colour: a terminal that is not dumb, and nobody said no."""
    if no_colour or os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
        return False
    return sys.stdout.isatty()


def write_table(headings: Sequence[str], rows: Sequence[Sequence[str]], *, no_colour: bool) -> None:
    """Print rows under headings; cells are text, never markup."""
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    colour = wants_colour(no_colour)
    width = None if sys.stdout.isatty() else _PIPE_WIDTH
    console = Console(no_color=not colour, color_system="auto" if colour else None, highlight=False, width=width)
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, header_style="bold" if colour else "")
    for place, heading in enumerate(headings):
        last = place == len(headings) - 1
        table.add_column(Text(heading), no_wrap=last, overflow="fold" if last else "ellipsis")
    for row in rows:
        table.add_row(*(Text(clean(cell)) for cell in row))
    console.print(table)
