"""What changed in a listed program since it was saved or last looked at, found by comparing snapshots of its facts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from types import MappingProxyType
from typing import NamedTuple

from ..catalog.catalog import Catalog
from ..catalog.models import Program
from .stand_ins import is_stand_in

#: The facts of a program as text: field key → values.
Facts = Mapping[str, tuple[str, ...]]


@cache
def _labels() -> Mapping[str, str]:
    """Return the labels of facts; opening a list needs none."""
    from ..catalog.schema import PROGRAM

    return {field.key: field.label for field in PROGRAM} | {"statements": "Statements"}


def snapshot_of(catalog: Catalog, program: Program) -> Facts:
    """Return the facts of a program as text, with the names of its institution and specialty and without ids."""
    from ..catalog.program_diff import program_snapshot

    facts = {key: values for key, values in program_snapshot(program).items() if values and key != "id"}
    facts["institution"] = (catalog.institution[program.institution].name,)
    facts["specialty"] = (catalog.specialty[program.specialty].name,)
    return facts


def fingerprint(facts: Facts) -> str:
    """Return a short hash of facts. It is written to the user's files, so its definition must never change."""
    from hashlib import sha256  # not needed at startup

    content = "\0".join("\1".join((key, *facts[key])) for key in sorted(facts))
    return sha256(content.encode("utf-8", "surrogatepass")).hexdigest()[:16]


class FactChange(NamedTuple):
    """One field that changed, with its label for people."""

    label: str
    before: tuple[str, ...]
    after: tuple[str, ...]

    @property
    def text(self) -> str:
        """The change on one line: "Length: 3 → 4"."""
        return f"{self.label}: {_joined(self.before)} → {_joined(self.after)}"


def _joined(values: tuple[str, ...]) -> str:
    return "; ".join(values) or "not stated"


def changes_between(before: Facts, after: Facts) -> list[FactChange]:
    """Return the fields that differ between two snapshots, in schema order."""
    labels = _labels()
    keys = [*labels, *(key for key in sorted({*before, *after}) if key not in labels)]
    pairs = ((key, tuple(before.get(key, ())), tuple(after.get(key, ()))) for key in keys)
    return [FactChange(labels.get(key, key), old, new) for key, old, new in pairs if old != new]


class FactChanges(NamedTuple):
    """The changes of one listed program since it was saved or last looked at.

    If the program `is_removed` from the data, `former_facts` are its last known facts and `successor` is the program
    that probably replaced it. If the snapshot to compare with is missing, all that is known is that something changed.
    """

    changes: tuple[FactChange, ...] = ()
    is_removed: bool = False
    successor: Program | None = None
    former_facts: Facts = MappingProxyType({})
    snapshot_missing: bool = False

    def lines(self) -> list[str]:
        """Return the changes as text, one line each."""
        if self.snapshot_missing:
            return ["Facts changed, but the earlier facts were not saved."]
        if not self.is_removed:
            return [change.text for change in self.changes]
        lines = ["No longer in the data."]
        if self.successor:
            lines.append(f"Possibly replaced by {self.successor.name} ({self.successor.id})")
        if self.former_facts:
            labels = _labels()
            facts = (f"{labels.get(key, key)}: {'; '.join(values)}" for key, values in self.former_facts.items())
            lines += ["Last known facts:", *facts]
        return lines


def fact_changes(
    catalog: Catalog, program_id: str, saved_fingerprint: str, find_snapshot: Callable[[str], Facts | None]
) -> FactChanges | None:
    """Return what changed in a program since the snapshot with `saved_fingerprint`, or None if nothing did.

    `find_snapshot` returns the snapshot that has a fingerprint, or None if it wasn't saved.
    """
    program = catalog.program.get(program_id)
    if program is None and is_stand_in(program_id):
        return None
    if program is None:
        former_facts = find_snapshot(saved_fingerprint) or {}
        return FactChanges(is_removed=True, successor=_find_successor(catalog, former_facts), former_facts=former_facts)
    current = snapshot_of(catalog, program)
    if not saved_fingerprint or fingerprint(current) == saved_fingerprint:
        return None
    before = find_snapshot(saved_fingerprint)
    return (
        FactChanges(snapshot_missing=True) if before is None else FactChanges(tuple(changes_between(before, current)))
    )


def _find_successor(catalog: Catalog, former_facts: Facts) -> Program | None:
    """Return the only program with the same ACGME id, or with the same name and institution where an id is missing."""

    def is_same(program: Program) -> bool:
        if former_facts.get("acgme_id") and program.acgme_id:
            return (program.acgme_id,) == former_facts["acgme_id"]
        institution = (catalog.institution[program.institution].name,)
        return (program.name,) == former_facts.get("name") and institution == former_facts.get("institution")

    candidates = [program for program in catalog.programs if former_facts and is_same(program)]
    return candidates[0] if len(candidates) == 1 else None
