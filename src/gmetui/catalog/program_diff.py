"""What is different between two sets of data: programs added, removed and changed, field by field."""

from __future__ import annotations

from typing import Any, NamedTuple

from .facts import in_words
from .models import Catalog, Program
from .schema import PROGRAM

_FIELDS = (*(field.key for field in PROGRAM), "statements")


class Change(NamedTuple):
    """One difference. `field` is "" when the whole program came or went."""

    program: str
    what: str  # added, removed, changed
    field: str = ""
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()


def changes(old: Catalog, new: Catalog) -> list[Change]:
    """Return every difference between the programs of two catalogs, by program id."""
    found = []
    for own in sorted({*old.program, *new.program}):
        before, after = old.program.get(own), new.program.get(own)
        if before is None:
            found.append(Change(own, "added"))
        elif after is None:
            found.append(Change(own, "removed"))
        else:
            found += _changed(before, after)
    return found


def _changed(before: Program, after: Program) -> list[Change]:
    found = []
    for key in _FIELDS:
        was, now = _words(before, key), _words(after, key)
        if was == now and getattr(before, key) != getattr(after, key):
            was, now = (_structure(getattr(program, key)) for program in (before, after))
        if was != now:
            found.append(Change(before.id, "changed", key, was, now))
    return found


def said(program: Program) -> dict[str, tuple[str, ...]]:
    """Return what the data says of a program, field by field in words; a field that says nothing is left out."""
    words = ((key, _words(program, key)) for key in _FIELDS)
    return {key: own for key, own in words if own}


def _structure(items: tuple[Any, ...]) -> tuple[str, ...]:
    """Say what stands beside the texts of items, where the texts are the same."""
    said = []
    for item in items:
        beside = {key: value for key, value in item._asdict().items() if value and key != "text"}
        said.append(f"{item.text} ({', '.join(f'{key} {value}' for key, value in beside.items())})")
    return tuple(said)


def _words(program: Program, key: str) -> tuple[str, ...]:
    if key == "statements":
        return tuple(f"{statement.what}: {' '.join(statement.quote)}" for statement in program.statements)
    return in_words(getattr(program, key))
