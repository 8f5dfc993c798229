"""Questions to a user at a terminal."""

from __future__ import annotations

import sys

from .output import print_status


def is_interactive() -> bool:
    """Tell whether a user can read questions and answer them."""
    return sys.stdin.isatty() and sys.stderr.isatty()


def ask(question: str) -> str:
    """Print a question to standard error and return the line that the user types, without blanks around it."""
    print_status(question)
    return sys.stdin.readline().strip()
