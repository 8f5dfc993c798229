"""Writing to standard output and standard error: the only module of the command line that does.

Data goes to standard output, messages to standard error. Whatever a text comes from, a file or an argument, it is
sanitized here, so that no control character reaches a terminal. JSON escapes such characters instead, and everything
that isn't ASCII where standard output isn't UTF-8. Text becomes the nearest ASCII there.

A full or closed standard output is a `FileError`. Messages that cannot be written are dropped: they don't change how a
command ends.
"""

from __future__ import annotations

import codecs
import os
import re
import sys
import unicodedata
from collections.abc import Sequence

from ..errors import FileError
from ..lean_typing import IO, TYPE_CHECKING, Any
from ..text import sanitize
from .terminal import (
    OutputSettings,
    is_output_for_people,
    is_terminal,
    supports_hyperlinks,
    terminal_height,
    terminal_width,
    wants_color,
)

if TYPE_CHECKING:
    from .table_output import RecordTable

_STANDARD_OUTPUT, _STANDARD_ERROR = 1, 2  # file descriptors
_NOT_ASCII = re.compile(r"[^\x00-\x7e]")
_JOINERS = "\u200c\u200d"  # as in `sanitize`
_ESCAPED_CATEGORIES = ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")
_NEAREST_ASCII = {
    **dict.fromkeys("“”„«»", '"'),
    **dict.fromkeys("‘’‚′", "'"),
    **dict.fromkeys("–—−‐‑·•", "-"),
    "…": "...",
    "→": "->",
    "←": "<-",
    "≡": "=",
    "≤": "<=",
    "≥": ">=",
    "×": "x",
    "★": "*",
    "½": "1/2",
}
_NEAREST_ERRORS = "gmetui.nearest"  # of a codec: how a stream writes what its encoding lacks
_settings = OutputSettings()


def configure_output(settings: OutputSettings) -> None:
    """Write in this way from now on."""
    global _settings
    _settings = settings


def print_line(text: str = "", *, end: str = "\n") -> None:
    """Print a text that is data, of one line or several, to standard output."""
    _write(sanitize(text, keep_newlines=True) + end)


def print_page(text: str) -> None:
    """Print a text that may be long: on a terminal in a pager, if it doesn't fit."""
    _write_page(sanitize(text, keep_newlines=True))


def print_status(text: str, *, end: str = "\n") -> None:
    """Print a message that is neither data nor an error to standard error, unless `--quiet` turns messages off."""
    if not _settings.is_quiet:
        print_error(text, end=end)


def print_error(text: str, *, end: str = "\n") -> None:
    """Print an error to standard error."""
    _write_message(sanitize(text, keep_newlines=True) + end)


def print_progress(text: str) -> None:
    """Show the progress of a long task, replacing what was shown before, if standard error is a terminal."""
    if is_terminal(sys.stderr) and not _settings.is_quiet:
        _write_message(f"\r{sanitize(text)}\r")


def write_json(value: Any) -> None:
    """Print one JSON document."""
    from .json_text import json_text

    write_json_text(json_text(value) + "\n")


def write_json_lines(values: Sequence[Any]) -> None:
    """Print each value as JSON on a line of its own."""
    import json

    for value in values:
        write_json_text(json.dumps(value, ensure_ascii=False) + "\n")


def write_json_text(text: str) -> None:
    """Print JSON that may hold any character."""
    escaped = set(_NOT_ASCII.findall(text))
    if is_utf8(sys.stdout):
        escaped = set(filter(_is_unsafe, escaped))
    if escaped:
        text = _NOT_ASCII.sub(lambda match: _escape(match[0]) if match[0] in escaped else match[0], text)
    _write(text)


def _escape(character: str) -> str:
    import json

    return json.dumps(character)[1:-1] if character != "\x7f" else "\\u007f"


def _is_unsafe(character: str) -> bool:
    return character not in _JOINERS and unicodedata.category(character) in _ESCAPED_CATEGORIES


def write_bytes(content: bytes) -> None:
    """Print an export exactly as it would be in a file; on a terminal, without control characters."""
    buffer = getattr(sys.stdout, "buffer", None)
    if buffer is None or is_terminal(sys.stdout):
        _write(sanitize(content.decode("utf-8", "replace"), keep_newlines=True))
        return
    with _ReportingWriteErrors():
        sys.stdout.flush()
        buffer.write(content)
        buffer.flush()


def write_table(table: RecordTable, *, tab_separated: bool = False) -> None:
    """Print a table: fitted to a terminal, or tab-separated in a pipe and on request. Cells are text, never markup."""
    from .table_output import TableStyle, aligned
    from .table_output import tab_separated as tab_separated_text

    if tab_separated or not is_output_for_people():
        _write(tab_separated_text(table))
        return
    cut_mark = "…" if is_utf8(sys.stdout) else "..."
    style = TableStyle(terminal_width(), wants_color(_settings.color), supports_hyperlinks(), cut_mark)
    _write_page(aligned(table, style))  # cells are sanitized; the escape sequences are the table's colors and links


def is_utf8(stream: IO[str] | None) -> bool:
    """Tell whether a standard stream is encoded in UTF-8."""
    encoding = getattr(stream, "encoding", None) or "utf-8"
    return codecs.lookup(encoding).name == "utf-8"


def prepare_streams() -> None:
    """Make the standard streams take and give any character: a terminal without UTF-8 must not crash on "Río"."""
    codecs.register_error(_NEAREST_ERRORS, _nearest_ascii)
    for stream, errors in ((sys.stdin, "replace"), (sys.stdout, _NEAREST_ERRORS), (sys.stderr, _NEAREST_ERRORS)):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors=errors)


def _nearest_ascii(error: UnicodeError) -> tuple[str | bytes, int]:
    """Return what stands for characters that an encoding lacks: "..." for "…", "i" for "í", else an escape."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    character = error.object[error.start]
    nearest = _NEAREST_ASCII.get(character) or unicodedata.normalize("NFKD", character)
    plain = "".join(letter for letter in nearest if letter.isascii() and letter.isprintable())
    if plain or unicodedata.combining(character):
        return plain, error.start + 1
    return codecs.backslashreplace_errors(error)


def flush_output() -> None:
    """Write what is buffered. Raises `FileError`, or `BrokenPipeError` when the reader has closed the pipe."""
    if sys.stdout is not None:
        with _ReportingWriteErrors():
            sys.stdout.flush()


def _write(text: str) -> None:
    if sys.stdout is None:
        raise _closed_output()
    with _ReportingWriteErrors():
        sys.stdout.write(text)


def _write_page(text: str) -> None:
    """Write a text that is safe for a terminal, in a pager if it is longer than the terminal."""
    if _settings.uses_pager and is_terminal(sys.stdout) and text.count("\n") >= terminal_height():
        from .pager import pager_command, show_in_pager

        command = pager_command()
        flush_output()
        if command and show_in_pager(text, command):
            return
    _write(text)


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


class _ReportingWriteErrors:
    """Turns a failure of standard output into a `FileError`, except for a closed pipe."""

    def __enter__(self) -> None:
        pass

    def __exit__(self, _: object, error: BaseException | None, __: object) -> None:
        if not isinstance(error, OSError):
            return
        _discard(_STANDARD_OUTPUT)
        if not isinstance(error, BrokenPipeError):
            raise FileError(f"gmetui: cannot write standard output: {error.strerror or error}") from error


def _discard(descriptor: int) -> None:
    """Discard what is still buffered for a stream, so that flushing it at the exit doesn't fail again."""
    try:
        null = os.open(os.devnull, os.O_WRONLY)
        os.dup2(null, descriptor)
        os.close(null)
    except OSError:
        return
