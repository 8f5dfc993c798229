"""A person's own columns of their list: what may stand in them, what they weigh, and what knocks a program out."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from datetime import date
from types import MappingProxyType
from typing import Any, NamedTuple

from ..text import clean

TEXT, NUMBER, YES_NO, DATE, GRADE = "text", "number", "yes/no", "date", "1-5"
KINDS = (TEXT, NUMBER, YES_NO, DATE, GRADE)
#: The kinds that a score can be made of.
WEIGHED = (NUMBER, YES_NO, GRADE)
Value = str | float | int | bool

_YES, _NO = ("yes", "y", "true", "1", "x", "✓"), ("no", "n", "false", "0", "–", "-")
# Patterns are compiled when they are first needed: every start imports this module.
_NUMBER = r"\$?(-?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?)"
_AMERICAN = r"(\d{1,2})/(\d{1,2})/(\d{4})"
_MUST = r"(>=|<=|>|<|=)?\s*(.+)"
_LONGEST = 60  # letters of a column's name
_GREATEST = 1e15  # beyond it no number is a measure of a program


class OwnColumn(NamedTuple):
    """One column. A negative weight says that less is better; `must` is what a program has to have, such as ">= 3".

    `extra` holds keys of the file that this version doesn't know.
    """

    name: str
    kind: str = TEXT
    weight: float = 0
    must: str = ""
    extra: Mapping[str, Any] = MappingProxyType({})


def named_column(name: str, kind: str = TEXT, weight: float = 0, must: str = "") -> OwnColumn:
    """Return a column that makes sense. Raises ValueError, which says in a sentence what doesn't."""
    name = " ".join(clean(name).split())
    if not name or len(name) > _LONGEST:
        raise ValueError(f"a column's name has from 1 to {_LONGEST} letters")
    if kind not in KINDS:
        raise ValueError(f"a column holds {', '.join(KINDS[:-1])} or {KINDS[-1]}")
    if not math.isfinite(weight) or abs(weight) > _GREATEST:
        raise ValueError("a weight is a number such as 3, or -1 where less is better")
    if weight and kind not in WEIGHED:
        raise ValueError(f"a column of kind {kind} has no weight; {', '.join(WEIGHED)} have")
    return OwnColumn(name, kind, int(weight) if weight == int(weight) else weight, _read_must(kind, must))


def column_table(column: OwnColumn) -> dict[str, Any]:
    """Return what a column is by the keys of a shortlist file; what is usual is left out."""
    beside = {key: getattr(column, key) for key in ("weight", "must") if getattr(column, key)}
    return {"name": column.name, "kind": column.kind, **beside}


def read_value(kind: str, typed: str) -> Value | None:
    """Return what was typed as a value of a column, None for nothing. Raises ValueError that says what is right."""
    typed = clean(typed, lines=kind == TEXT).strip()
    return _READERS[kind](typed) if typed else None


def _read_number(typed: str) -> float:
    found = re.fullmatch(_NUMBER, typed, re.ASCII)
    value = float(found[1].replace(",", "")) if found else math.nan
    if not abs(value) <= _GREATEST:
        raise ValueError(f"“{typed}” is no number; write it like 12 or 65,000 or 3.5")
    return int(value) if value == int(value) else value


def _read_grade(typed: str) -> int:
    value = typed.removesuffix(".0")
    if value not in ("1", "2", "3", "4", "5"):
        raise ValueError(f"“{typed}” is no whole number from 1 to 5")
    return int(value)


def _read_yes_no(typed: str) -> bool:
    if typed.casefold() not in _YES + _NO:
        raise ValueError(f"“{typed}” is neither yes nor no")
    return typed.casefold() in _YES


def _read_date(typed: str) -> str:
    """ISO days, what spreadsheets make of them, and the American 1/15/2027."""
    found = re.fullmatch(_AMERICAN, typed, re.ASCII)
    iso = f"{found[3]}-{int(found[1]):02}-{int(found[2]):02}" if found else typed.removesuffix(" 00:00:00")
    try:
        return date.fromisoformat(iso).isoformat()
    except ValueError:
        raise ValueError(f"“{typed}” is no day; write it like 2027-01-15") from None


_READERS: Mapping[str, Callable[[str], Value]] = {
    TEXT: str,
    NUMBER: _read_number,
    YES_NO: _read_yes_no,
    DATE: _read_date,
    GRADE: _read_grade,
}


def fits(kind: str, value: object) -> bool:
    """Tell whether a value from a file can stand in a column of a kind."""
    if kind == YES_NO or isinstance(value, bool):
        return kind == YES_NO and isinstance(value, bool)
    if kind in (NUMBER, GRADE):
        number = isinstance(value, int | float) and abs(value) <= _GREATEST
        return number and (kind == NUMBER or value in (1, 2, 3, 4, 5))
    return isinstance(value, str)


def shown(value: Value | None) -> str:
    """Return a value as people write it; `read_value` reads it again."""
    if value is None:
        return ""
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value)


def converted(kind: str, value: Value) -> Value | None:
    """Return a value in a column of another kind, or None where it cannot stand there."""
    try:
        return read_value(kind, shown(value))
    except ValueError:
        return None


def kind_of(typed: list[str]) -> str:
    """Return the narrowest kind that all of these cells are of; text where they differ."""
    cells = [cell for cell in typed if cell.strip()]
    for kind in (GRADE, YES_NO, DATE, NUMBER):
        if cells and all(_reads(kind, cell) for cell in cells):
            return kind
    return TEXT


def _reads(kind: str, typed: str) -> bool:
    try:
        read_value(kind, typed)
    except ValueError:
        return False
    return True


def _read_must(kind: str, must: str) -> str:
    """Return what a program has to have in the one way to write it. Raises ValueError."""
    found = re.fullmatch(_MUST, " ".join(clean(must).split()))
    if not found:
        return ""
    sign, wanted = found[1] or "=", read_value(kind, found[2])
    if kind in (TEXT, YES_NO) and sign != "=":
        raise ValueError(f"“{must}” cannot be asked of {kind}; write the word itself")
    return f"{sign} {shown(wanted)}".removeprefix("= ")


def knocks_out(column: OwnColumn, value: Value | None) -> bool:
    """Tell whether a value rules a program out. What is not filled in rules nothing out."""
    found = re.fullmatch(_MUST, column.must)
    if not found or value is None:
        return False
    wanted = read_value(column.kind, found[2])
    if isinstance(value, str) and isinstance(wanted, str):
        return not _COMPARED[found[1] or "="](value.casefold(), wanted.casefold())
    return not _COMPARED[found[1] or "="](value, wanted)


_COMPARED: Mapping[str, Callable[[Any, Any], bool]] = {
    "=": lambda value, wanted: value == wanted,
    ">=": lambda value, wanted: value >= wanted,
    "<=": lambda value, wanted: value <= wanted,
    ">": lambda value, wanted: value > wanted,
    "<": lambda value, wanted: value < wanted,
}
