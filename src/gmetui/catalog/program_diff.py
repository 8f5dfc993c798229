"""The differences between two sets of data: programs added, removed and changed, field by field."""

from __future__ import annotations

from typing import Any, Literal

from msgspec.structs import asdict

from ..lean_typing import NamedTuple
from .catalog import Catalog
from .facts import as_texts
from .models import Program
from .schema import PROGRAM

_FIELDS = (*(field.key for field in PROGRAM), "statements")


class Change(NamedTuple):
    """One difference. `field` is "" when a whole program was added or removed."""

    program: str
    what: Literal["added", "removed", "changed"]
    field: str = ""
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()


def diff_catalogs(old: Catalog, new: Catalog) -> list[Change]:
    """Return every difference between the programs of two catalogs, by program id."""
    changes = []
    for program_id in sorted({*old.program, *new.program}):
        before, after = old.program.get(program_id), new.program.get(program_id)
        if before is None:
            changes.append(Change(program_id, "added"))
        elif after is None:
            changes.append(Change(program_id, "removed"))
        else:
            changes += _diff_programs(before, after)
    return changes


def _diff_programs(before: Program, after: Program) -> list[Change]:
    changes = []
    for key in _FIELDS:
        old_texts, new_texts = _texts(before, key), _texts(after, key)
        if old_texts == new_texts and getattr(before, key) != getattr(after, key):
            old_texts, new_texts = _structured_texts(before, key), _structured_texts(after, key)
        if old_texts != new_texts:
            changes.append(Change(before.id, "changed", key, old_texts, new_texts))
    return changes


def program_snapshot(program: Program) -> dict[str, tuple[str, ...]]:
    """Return the texts of every field that a program states, by key."""
    texts = {key: _texts(program, key) for key in _FIELDS}
    return {key: values for key, values in texts.items() if values}


def _texts(program: Program, key: str) -> tuple[str, ...]:
    if key == "statements":
        return tuple(f"{statement.what}: {' '.join(statement.quote)}" for statement in program.statements)
    return as_texts(getattr(program, key))


def _structured_texts(program: Program, key: str) -> tuple[str, ...]:
    """Return the texts of items with their structure, for items that differ in nothing else."""
    return tuple(_structured_text(item) for item in getattr(program, key))


def _structured_text(item: Any) -> str:
    title_key = "text" if "text" in item.__struct_fields__ else "what"  # a statement has no text
    structure = {key: value for key, value in asdict(item).items() if value and key != title_key}
    return f"{getattr(item, title_key)} ({', '.join(f'{key} {value}' for key, value in structure.items())})"
