"""Reading the user's TOML files within bounds: of depth, of numbers, and of what a key unpacks to."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from ..text import sanitize
from .regular_file import damaged, read_user_file

_MAX_DEPTH = 32  # tables inside tables; reading a dotted key takes time and memory by the square of its parts
_MAX_INTEGER = 2**63  # as in the definition of TOML
_MAX_DIGITS = 4300  # a longer number is an error of Python that names no line
_STRINGS_AND_COMMENTS = (
    r'"""(?:[^"\\]|\\.|"(?!""))*+(?:"""|\Z)'
    r"|'''(?:[^']|'(?!''))*+(?:'''|\Z)"
    r'|"(?:[^"\\\n]|\\.)*+"?'
    r"|'[^'\n]*+'?"
    r"|#[^\n]*+"
)
_DEEP_KEY = rf"(?<![\w-])(?:[\w-]++[ \t]*+\.[ \t]*+){{{_MAX_DEPTH}}}"
_LONG_NUMBER = rf"(?<!\w)[+-]?\d[\d_]{{{_MAX_DIGITS - 1},}}+"


def read_toml(toml_path: Path) -> dict[str, Any] | None:
    """Return the tables of a file, or None if it doesn't exist.

    Raises `DamagedFileError` if it isn't TOML or exceeds a bound, and `FileError` if it cannot be read.
    """
    content = read_user_file(toml_path)
    if content is None:
        return None
    try:
        return parse_toml(content.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        line_number = content.count(b"\n", 0, error.start) + 1
        raise damaged(toml_path, f"is not UTF-8 text (line {line_number})") from error
    except ValueError as error:
        raise damaged(toml_path, str(error)) from error


def parse_toml(text: str) -> dict[str, Any]:
    """Return the tables of a TOML text. Raises ValueError that says what is wrong, with the line or the key."""
    import tomllib  # a new user has no files

    if deep_line := _line_of_deep_key(text):
        raise ValueError(f"is nested too deeply (line {deep_line})")
    try:
        tables = tomllib.loads(text)
    except RecursionError as error:
        raise ValueError("is nested too deeply") from error
    except tomllib.TOMLDecodeError as error:
        raise ValueError(f"is not valid TOML: {sanitize(str(error))}") from error
    except ValueError as error:  # a number of thousands of digits
        match = re.search(_LONG_NUMBER, text, re.ASCII)
        location = f" (line {text.count(chr(10), 0, match.start()) + 1})" if match else ""
        raise ValueError(f"is not valid TOML: a number is too large{location}") from error
    if problem := _exceeded_bound(tables):
        raise ValueError(problem)
    return tables


def _line_of_deep_key(text: str) -> int:
    """Return the line of a dotted key of more than `_MAX_DEPTH` parts, 0 if there is none. Takes linear time."""
    if not any(line.count(".") >= _MAX_DEPTH for line in text.split("\n")):
        return 0
    bare_text = re.sub(_STRINGS_AND_COMMENTS, _blanked, text, flags=re.DOTALL)
    match = re.search(_DEEP_KEY, bare_text)
    return bare_text.count("\n", 0, match.start()) + 1 if match else 0


def _blanked(match: re.Match[str]) -> str:
    """Return a letter in the place of a string, with its line breaks."""
    return "x" + "\n" * match[0].count("\n")


def _exceeded_bound(tables: Mapping[str, Any]) -> str:
    """Return what is nested too deeply or too large a number, with its key; "" if nothing is."""
    pending: list[tuple[tuple[str, ...], Any]] = [((), tables)]
    while pending:
        keys, value = pending.pop()
        if isinstance(value, int) and not -_MAX_INTEGER <= value < _MAX_INTEGER:
            return f"{sanitize('.'.join(keys))}: is too large a number"
        children = _children(value)
        if children and len(keys) >= _MAX_DEPTH:
            return f"{sanitize('.'.join(keys[:3]))}: is nested too deeply"
        pending += [((*keys, key), child) for key, child in children if not isinstance(child, str)]
    return ""


def _children(value: object) -> Iterable[tuple[str, Any]]:
    if isinstance(value, Mapping):
        return value.items()
    return [(str(index), item) for index, item in enumerate(value)] if isinstance(value, list) else ()
