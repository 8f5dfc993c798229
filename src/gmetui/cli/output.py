"""Writing to the terminal or a pipe: data to standard output, messages to standard error, color only where wanted."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Sequence
from typing import Any

from ..text import sanitize

_PIPE_WIDTH = 200


def print_status(text: str) -> None:
    """Print a message that is not data."""
    print(sanitize(text, keep_newlines=True), file=sys.stderr)


def write_json(value: Any) -> None:
    """Print one JSON document."""
    print(json.dumps(value, ensure_ascii=False, indent=2))


def write_bytes(content: bytes) -> None:
    """Print an export exactly as it would be in a file."""
    sys.stdout.flush()
    buffer = getattr(sys.stdout, "buffer", None)
    if buffer is None:  # the stream of a test
        sys.stdout.write(content.decode("utf-8"))
    else:
        buffer.write(content)
        buffer.flush()


def wants_color(no_color: bool) -> bool:
    """Tell whether to use color: standard output is a capable terminal, and the user did not turn color off."""
    if no_color or os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
        return False
    return sys.stdout.isatty()


def write_table(headings: Sequence[str], rows: Sequence[Sequence[str]], *, no_color: bool) -> None:
    """Print rows under headings. Cells are plain text, never markup."""
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    color = wants_color(no_color)
    width = None if sys.stdout.isatty() else _PIPE_WIDTH
    console = Console(no_color=not color, color_system="auto" if color else None, highlight=False, width=width)
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, header_style="bold" if color else "")
    for index, heading in enumerate(headings):
        is_last = index == len(headings) - 1
        table.add_column(Text(heading), no_wrap=is_last, overflow="fold" if is_last else "ellipsis")
    for row in rows:
        table.add_row(*(Text(sanitize(cell)) for cell in row))
    console.print(table)
