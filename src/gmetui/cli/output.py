"""Writing to standard output and standard error: the only module of the command line that does.

Data goes to standard output, messages to standard error. Whatever a text comes from, a file or an argument, it is
sanitized here, so that no control character reaches a terminal. JSON escapes such characters instead, and everything
that isn't ASCII where standard output isn't UTF-8.

A full or closed standard output is a `FileError`. Messages that cannot be written are dropped: they don't change how a
command ends.
"""

from __future__ import annotations

import codecs
import io
import json
import os
import re
import sys
import unicodedata
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import IO, Any

from ..errors import FileError
from ..text import sanitize

_PIPE_WIDTH = 200
_STANDARD_OUTPUT, _STANDARD_ERROR = 1, 2  # file descriptors
_NOT_ASCII = re.compile(r"[^\x00-\x7e]")
_JOINERS = "\u200c\u200d"  # as in `sanitize`
_ESCAPED_CATEGORIES = ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")


def print_line(text: str = "", *, end: str = "\n") -> None:
    """Print a text that is data, of one line or several, to standard output."""
    _write(sanitize(text, keep_newlines=True) + end)


def print_status(text: str, *, end: str = "\n") -> None:
    """Print a message that is not data to standard error."""
    _write_message(sanitize(text, keep_newlines=True) + end)


def print_progress(text: str) -> None:
    """Show the progress of a long task, replacing what was shown before, if standard error is a terminal."""
    if is_terminal(sys.stderr):
        _write_message(f"\r{sanitize(text)}\r")


def write_json(value: Any) -> None:
    """Print one JSON document."""
    write_json_text(json.dumps(value, ensure_ascii=False, indent=2) + "\n")


def write_json_text(text: str) -> None:
    """Print JSON that may hold any character."""
    escape = _escape_unsafe if is_utf8(sys.stdout) else _escape
    _write(text if text.isascii() and "\x7f" not in text else _NOT_ASCII.sub(escape, text))


def _escape(match: re.Match[str]) -> str:
    return json.dumps(match[0])[1:-1] if match[0] != "\x7f" else "\\u007f"


def _escape_unsafe(match: re.Match[str]) -> str:
    character = match[0]
    is_unsafe = character not in _JOINERS and unicodedata.category(character) in _ESCAPED_CATEGORIES
    return _escape(match) if is_unsafe else character


def write_bytes(content: bytes) -> None:
    """Print an export exactly as it would be in a file; on a terminal, without control characters."""
    buffer = getattr(sys.stdout, "buffer", None)
    if buffer is None or is_terminal(sys.stdout):
        _write(sanitize(content.decode("utf-8", "replace"), keep_newlines=True))
        return
    with _reporting_write_errors():
        sys.stdout.flush()
        buffer.write(content)
        buffer.flush()


def write_table(headings: Sequence[str], rows: Sequence[Sequence[str]], *, no_color: bool) -> None:
    """Print rows under headings. Cells are plain text, never markup."""
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    if sys.stdout is None:
        raise _closed_output()
    color = wants_color(no_color)
    encoding = sys.stdout.encoding or "utf-8"  # decides how lines are drawn
    output = io.TextIOWrapper(io.BytesIO(), encoding, "backslashreplace", newline="")
    console = Console(
        file=output,
        force_terminal=is_terminal(sys.stdout),
        no_color=not color,
        color_system="auto" if color else None,
        highlight=False,
        width=None if is_terminal(sys.stdout) else _PIPE_WIDTH,
    )
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, header_style="bold" if color else "")
    for index, heading in enumerate(headings):
        is_last = index == len(headings) - 1
        table.add_column(Text(sanitize(heading)), no_wrap=is_last, overflow="fold" if is_last else "ellipsis")
    for row in rows:
        table.add_row(*(Text(sanitize(cell)) for cell in row))
    console.print(table)
    output.seek(0)
    _write(output.read())  # cells are sanitized; the escape sequences are the table's colors


def wants_color(no_color: bool) -> bool:
    """Tell whether to use color: standard output is a capable terminal, and the user did not turn color off."""
    if no_color or os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
        return False
    return is_terminal(sys.stdout)


def is_terminal(stream: IO[str] | None) -> bool:
    """Tell whether a standard stream is a terminal. Python has None for one that was closed at the start."""
    return stream is not None and not stream.closed and stream.isatty()


def is_utf8(stream: IO[str] | None) -> bool:
    """Tell whether a standard stream is encoded in UTF-8."""
    encoding = getattr(stream, "encoding", None) or "utf-8"
    return codecs.lookup(encoding).name == "utf-8"


def prepare_streams() -> None:
    """Make the standard streams take and give any character: a terminal without UTF-8 must not crash on "Río"."""
    for stream, errors in ((sys.stdin, "replace"), (sys.stdout, "backslashreplace"), (sys.stderr, "backslashreplace")):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors=errors)


def flush_output() -> None:
    """Write what is buffered. Raises `FileError`, or `BrokenPipeError` when the reader has closed the pipe."""
    if sys.stdout is not None:
        with _reporting_write_errors():
            sys.stdout.flush()


def _write(text: str) -> None:
    if sys.stdout is None:
        raise _closed_output()
    with _reporting_write_errors():
        sys.stdout.write(text)


def _write_message(text: str) -> None:
    if sys.stderr is None:
        return
    try:
        sys.stderr.write(text)
        sys.stderr.flush()
    except (OSError, ValueError):
        _discard(_STANDARD_ERROR)


def _closed_output() -> FileError:
    return FileError("gmetui: cannot write standard output: it is closed")


@contextmanager
def _reporting_write_errors() -> Iterator[None]:
    """Turn a failure of standard output into a `FileError`, except for a closed pipe."""
    try:
        yield
    except BrokenPipeError:
        _discard(_STANDARD_OUTPUT)
        raise
    except OSError as error:
        _discard(_STANDARD_OUTPUT)
        raise FileError(f"gmetui: cannot write standard output: {error.strerror or error}") from error


def _discard(descriptor: int) -> None:
    """Discard what is still buffered for a stream, so that flushing it at the exit doesn't fail again."""
    with suppress(OSError):
        null = os.open(os.devnull, os.O_WRONLY)
        os.dup2(null, descriptor)
        os.close(null)
