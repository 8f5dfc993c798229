"""Reading from standard input: answers of a user at a terminal, and texts from a pipe."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from ..errors import FileError, UsageError
from ..text import sanitize
from .output import print_status
from .terminal import is_terminal

#: The longest text that is read from standard input, in characters.
MAX_INPUT_LENGTH = 1_000_000
#: The name of a list that is read from standard input.
INPUT_FILE_NAME = "standard-input"
_MAX_INPUT_BYTES, _CHUNK_BYTES = 1024**3, 1024**2


def is_interactive() -> bool:
    """Tell whether a user can read questions and answer them."""
    return is_terminal(sys.stdin) and is_terminal(sys.stderr)


def ask(question: str) -> str:
    """Print a question to standard error and return the line that the user types, without blanks around it."""
    print_status(question)
    return sys.stdin.readline().strip()


def confirms(question: str) -> bool:
    """Ask a question to answer with yes or no, and tell whether the answer is yes."""
    return ask(f"{question} [y/N]").casefold() in ("y", "yes")


def require_consent(output: str, *, is_forced: bool) -> None:
    """Ask whether to replace a file, unless `--force` says so. Raises `FileError` if the user doesn't want it."""
    if is_forced:
        return
    if not is_interactive():
        raise FileError(f"gmetui: cannot write {sanitize(output)}: it exists; --force replaces it")
    if not confirms(f"{sanitize(output)} exists. Replace it?"):
        raise FileError(f"gmetui: {sanitize(output)} is unchanged; nothing was exported")


def read_standard_input() -> str:
    """Return the text that another program or a file gives. Raises `FileError` and `UsageError`."""
    if sys.stdin is None:
        raise FileError("gmetui: cannot read standard input: it is closed")
    try:
        text = sys.stdin.read(MAX_INPUT_LENGTH + 1)
    except OSError as error:
        raise FileError(f"gmetui: cannot read standard input: {error.strerror or error}") from error
    if len(text) > MAX_INPUT_LENGTH:
        raise UsageError(f"gmetui: standard input is longer than {MAX_INPUT_LENGTH:,} characters")
    return text


@contextmanager
def spooled_standard_input() -> Iterator[Path]:
    """Provide the path of a temporary file with the bytes of standard input. Raises `FileError` and `UsageError`."""
    if sys.stdin is None:
        raise FileError("gmetui: cannot read standard input: it is closed")
    with TemporaryDirectory(prefix="gmetui-") as directory:
        path = Path(directory) / INPUT_FILE_NAME
        try:
            with path.open("wb") as file:
                remaining_bytes = _MAX_INPUT_BYTES
                while chunk := sys.stdin.buffer.read(_CHUNK_BYTES):
                    remaining_bytes -= len(chunk)
                    if remaining_bytes < 0:
                        raise UsageError(f"gmetui: standard input is larger than {_MAX_INPUT_BYTES // 1024**2:,} MB")
                    file.write(chunk)
        except OSError as error:
            raise FileError(f"gmetui: cannot read standard input: {error.strerror or error}") from error
        yield path
