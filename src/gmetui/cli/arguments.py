"""Arguments as text: what a command line holds need not be valid in any encoding."""

from __future__ import annotations

from collections.abc import Container

from ..lean_typing import TYPE_CHECKING
from ..text import sanitize

if TYPE_CHECKING:
    from argparse import ArgumentTypeError, Namespace

_MAX_PORT, _MAX_RATING = 65535, 5
_YEARS = range(1900, 2101)


def decode_texts(options: Namespace, file_arguments: Container[str]) -> None:
    """Sanitize the arguments that are texts. File names stay as the system has them.

    An argument that isn't text in the encoding of the locale has lone surrogates, which no file can hold. It is read as
    UTF-8 first: the locale may be C.
    """
    for name, value in vars(options).items():
        if name in file_arguments:
            continue
        if isinstance(value, str):
            setattr(options, name, decode_text(value))
        elif isinstance(value, list):
            setattr(options, name, [decode_text(item) if isinstance(item, str) else item for item in value])


def decode_text(text: str) -> str:
    """Return a sanitized text, with the UTF-8 that lone surrogates stand for, or else replacement characters."""
    if not text.isascii():
        try:
            text = text.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
        except UnicodeEncodeError:  # other surrogates, which Windows allows
            text = text.encode("utf-8", "replace").decode("utf-8")
    return sanitize(text, keep_newlines=True)


def argument_error(message: str) -> ArgumentTypeError:
    """Return the error about the value of an argument that the parser reports."""
    from argparse import ArgumentTypeError

    return ArgumentTypeError(message)


def positive_integer(text: str) -> int:
    """Return a number of 1 or more. Raises `ArgumentTypeError`, which the parser reports."""
    number = _whole_number(text)
    if number is None or number < 1:
        raise argument_error(f"must be a whole number, 1 or more, not “{sanitize(text)}”")
    return number


def rating(text: str) -> int:
    """Return a rating from 1 to 5, or 0. Raises `ArgumentTypeError`."""
    number = _whole_number(text)
    if number is None or not 0 <= number <= _MAX_RATING:
        raise argument_error(f"must be 1 to {_MAX_RATING}, or 0 to clear the rating, not “{sanitize(text)}”")
    return number


def year(text: str) -> int:
    """Return a year of the last or the present century. Raises `ArgumentTypeError`."""
    number = _whole_number(text)
    if number is None or number not in _YEARS:
        raise argument_error(f"must be a year from {_YEARS[0]} to {_YEARS[-1]}, not “{sanitize(text)}”")
    return number


def port_number(text: str) -> int:
    """Return a TCP port, or 0 for a free one. Raises `ArgumentTypeError`."""
    number = _whole_number(text)
    if number is None or not 0 <= number <= _MAX_PORT:
        raise argument_error(f"must be a port from 0 to {_MAX_PORT}, not “{sanitize(text)}”")
    return number


def _whole_number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else None
