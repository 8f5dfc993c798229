"""Arguments as text: what a command line holds need not be valid in any encoding."""

from __future__ import annotations

from argparse import ArgumentTypeError, Namespace
from collections.abc import Container

from ..text import sanitize


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


def positive_integer(text: str) -> int:
    """Return a number of 1 or more. Raises `ArgumentTypeError`, which the parser reports."""
    try:
        number = int(text)
    except ValueError:
        number = 0
    if number < 1:
        raise ArgumentTypeError("must be a whole number, 1 or more")
    return number
