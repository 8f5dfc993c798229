"""Reading from standard input: answers of a user at a terminal, and texts from a pipe."""

from __future__ import annotations

import sys

from ..errors import FileError, UsageError
from .output import is_terminal, print_status

#: The longest text that is read from standard input, in characters.
MAX_INPUT_LENGTH = 1_000_000


def is_interactive() -> bool:
    """Tell whether a user can read questions and answer them."""
    return is_terminal(sys.stdin) and is_terminal(sys.stderr)


def ask(question: str) -> str:
    """Print a question to standard error and return the line that the user types, without blanks around it."""
    print_status(question)
    return sys.stdin.readline().strip()


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
