"""Errors that only the command line can make."""

from __future__ import annotations

from collections.abc import Sequence

from ..errors import GmetuiError
from ..text import clean


class UsageError(GmetuiError):
    """The command line is wrong."""


class UnknownError(GmetuiError):
    """There is no program, list or institution of that name; the nearest are suggested."""

    def __init__(self, what: str, wanted: str, known: Sequence[str]) -> None:
        from difflib import get_close_matches

        near = get_close_matches(wanted, known, n=3, cutoff=0.5)
        hint = f"; did you mean {', '.join(near)}?" if near else ""
        super().__init__(f"gmetui: no {what} {clean(wanted)!r}{hint}")
