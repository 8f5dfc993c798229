"""Custom columns of a shortlist: the kinds of values they hold, their weights, and their requirements."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

from ..text import sanitize
from .date_entry import parse_date

TEXT, NUMBER, YES_NO, DATE, RATING = "text", "number", "yes/no", "date", "1-5"
KINDS = (TEXT, NUMBER, YES_NO, DATE, RATING)
#: The kinds that can count toward a score.
WEIGHTED_KINDS = (NUMBER, YES_NO, RATING)
Value = str | float | int | bool

_YES_WORDS = ("yes", "y", "true", "1", "x", "✓")
_NO_WORDS = ("no", "n", "false", "0", "–", "-")
_RATINGS = ("1", "2", "3", "4", "5")
# These patterns are compiled on first use: every start of gmetui imports this module.
_NUMBER_PATTERN = r"\$?(-?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?)"
_REQUIREMENT_PATTERN = r"(>=|<=|>|<|=)?\s*(.+)"
_MAX_NAME_LENGTH = 60  # characters
_MAX_NUMBER = 1e15  # a larger number is a typo


class CustomColumn(NamedTuple):
    """One custom column of a shortlist.

    A negative weight means that less is better. `requirement` is what a program must meet, such as ">= 3", or "".
    `extra` holds keys of the file that this version doesn't know.
    """

    name: str
    kind: str = TEXT
    weight: float = 0
    requirement: str = ""
    extra: Mapping[str, Any] = MappingProxyType({})


def custom_column(column_name: str, kind: str = TEXT, weight: float = 0, requirement: str = "") -> CustomColumn:
    """Validate and build a custom column. Raises ValueError with a user-facing message."""
    column_name = " ".join(sanitize(column_name).split())
    if not column_name or len(column_name) > _MAX_NAME_LENGTH:
        raise ValueError(f"a column name must have 1 to {_MAX_NAME_LENGTH} characters")
    if kind not in KINDS:
        raise ValueError(f"unknown kind of column “{sanitize(kind)}”; use {', '.join(KINDS[:-1])} or {KINDS[-1]}")
    if not math.isfinite(weight) or abs(weight) > _MAX_NUMBER:
        raise ValueError("a weight must be a number such as 3, or -1 if less is better")
    if weight and kind not in WEIGHTED_KINDS:
        raise ValueError(f"a {kind} column cannot have a weight; only {_listed(WEIGHTED_KINDS)} columns can")
    return CustomColumn(column_name, kind, _as_int(weight), _parse_requirement(kind, requirement))


def _listed(words: tuple[str, ...]) -> str:
    return f"{', '.join(words[:-1])} and {words[-1]}"


def column_table(column: CustomColumn) -> dict[str, Any]:
    """Return a column by the keys of a shortlist file, without the defaults."""
    table: dict[str, Any] = {"name": column.name, "kind": column.kind}
    if column.weight:
        table["weight"] = column.weight
    if column.requirement:
        table["must"] = column.requirement
    return table


def parse_value(kind: str, text: str) -> Value | None:
    """Return `text` as a value of a column of `kind`, None if it is blank.

    Raises ValueError with a user-facing message.
    """
    text = sanitize(text, keep_newlines=kind == TEXT).strip()
    return _PARSERS[kind](text) if text else None


def _as_int(number: float) -> float:
    """Return a whole number as an int, so that it is written without a decimal point."""
    return int(number) if number == int(number) else number


def _parse_number(text: str) -> float:
    match = re.fullmatch(_NUMBER_PATTERN, text, re.ASCII)
    number = float(match[1].replace(",", "")) if match else math.nan
    if not abs(number) <= _MAX_NUMBER:  # NaN fails this comparison too
        raise ValueError(f"“{text}” is not a number; write it like 12, 65,000 or 3.5")
    return _as_int(number)


def _parse_rating(text: str) -> int:
    digits = text.removesuffix(".0")
    if digits not in _RATINGS:
        raise ValueError(f"“{text}” is not a whole number from 1 to 5")
    return int(digits)


def _parse_yes_no(text: str) -> bool:
    word = text.casefold()
    if word not in _YES_WORDS + _NO_WORDS:
        raise ValueError(f"“{text}” is neither yes nor no")
    return word in _YES_WORDS


def _parse_date(text: str) -> str:
    """Accept a date with its year, as people write it, and the midnight that spreadsheets add to it."""
    try:
        entry = parse_date(text.removesuffix(" 00:00:00"), today=None)
    except ValueError:
        raise ValueError(f"“{text}” is not a date; write it like 2027-01-15 or 1/15/2027") from None
    if entry.at is not None:
        raise ValueError(f"“{text}” has a time; write only the day")
    return entry.day.isoformat()


_PARSERS: Mapping[str, Callable[[str], Value]] = {
    TEXT: str,
    NUMBER: _parse_number,
    YES_NO: _parse_yes_no,
    DATE: _parse_date,
    RATING: _parse_rating,
}


def is_valid_value(kind: str, value: object) -> bool:
    """Tell whether a value from a file has the right type and range for a column of `kind`."""
    if kind == YES_NO or isinstance(value, bool):
        return kind == YES_NO and isinstance(value, bool)
    if kind in (NUMBER, RATING):
        in_range = isinstance(value, int | float) and abs(value) <= _MAX_NUMBER
        return in_range and (kind == NUMBER or value in (1, 2, 3, 4, 5))
    return isinstance(value, str)


def format_value(value: Value | None) -> str:
    """Return a value as text that `parse_value` reads back."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)


def convert_value(kind: str, value: Value) -> Value | None:
    """Return a value as one of another kind, or None if that is impossible."""
    try:
        return parse_value(kind, format_value(value))
    except ValueError:
        return None


def detect_kind(cells: list[str]) -> str:
    """Return the narrowest kind that every nonblank cell fits; text if they differ or all are blank."""
    texts = [cell for cell in cells if cell.strip()]
    for kind in (RATING, YES_NO, DATE, NUMBER):
        if texts and all(_is_parsable(kind, text) for text in texts):
            return kind
    return TEXT


def _is_parsable(kind: str, text: str) -> bool:
    try:
        parse_value(kind, text)
    except ValueError:
        return False
    return True


def _parse_requirement(kind: str, requirement: str) -> str:
    """Return a requirement in its normal form: “>= 3”, or the bare value for “=”. Raises ValueError."""
    match = re.fullmatch(_REQUIREMENT_PATTERN, " ".join(sanitize(requirement).split()))
    if not match:
        return ""
    operator, expected = match[1] or "=", parse_value(kind, match[2])
    if kind in (TEXT, YES_NO) and operator != "=":
        raise ValueError(f"“{sanitize(requirement)}” cannot be required of a {kind} column; write only the value")
    return f"{operator} {format_value(expected)}".removeprefix("= ")


def violates(column: CustomColumn, value: Value | None) -> bool:
    """Tell whether a value breaks the requirement of its column. A blank value never does."""
    match = re.fullmatch(_REQUIREMENT_PATTERN, column.requirement)
    if not match or value is None:
        return False
    is_met = _OPERATORS[match[1] or "="]
    expected = parse_value(column.kind, match[2])
    if isinstance(value, str) and isinstance(expected, str):
        return not is_met(value.casefold(), expected.casefold())
    return not is_met(value, expected)


_OPERATORS: Mapping[str, Callable[[Any, Any], bool]] = {
    "=": lambda value, expected: value == expected,
    ">=": lambda value, expected: value >= expected,
    "<=": lambda value, expected: value <= expected,
    ">": lambda value, expected: value > expected,
    "<": lambda value, expected: value < expected,
}
