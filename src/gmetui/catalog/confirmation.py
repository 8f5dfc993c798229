"""How far the data can be relied on: which facts were confirmed on their pages, and which programs are useful.

A fact is one stored field of a program, or one item of a list. It is confirmed if its table names the month in which it
was compared with its pages and neither the field nor the item is marked as unconfirmed.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..lean_typing import NamedTuple
from .catalog import Catalog
from .items import Item
from .models import Program
from .schema import PROGRAM
from .vocabulary import UNSTATED_VALUES

#: Keys that identify a program; they are not facts about it.
_IDENTITY = frozenset(("id", "name", "institution", "kind", "specialty"))
_FACT_KEYS = tuple(field.key for field in PROGRAM if field.key not in _IDENTITY)


class InstitutionConfirmation(NamedTuple):
    """How many programs of an institution are useful, and how many of their facts were confirmed."""

    institution: str
    programs: int
    useful: int
    residencies: int
    useful_residencies: int
    facts: int
    confirmed: int


def missing_essentials(program: Program) -> tuple[str, ...]:
    """Return what a program must state to be useful and doesn't: its length, service, requirements, deadline."""
    has_mission = any("mission" in statement.what for statement in program.statements)
    essentials = {
        "length": program.length_years,
        "application service": program.application_service,
        "requirements": program.requirements,
        "deadline or mission": program.deadlines or has_mission,
    }
    return tuple(name for name, value in essentials.items() if not value)


def is_useful(program: Program) -> bool:
    """Tell whether a program states length, application service, requirements, and a deadline or its mission."""
    return not missing_essentials(program)


def confirmed_facts(program: Program) -> tuple[int, int]:
    """Return how many facts of a program are confirmed, and how many it has."""
    states = list(_confirmation_states(program))
    return sum(states), len(states)


def _confirmation_states(program: Program) -> Iterator[bool]:
    """Yield for each fact whether it is confirmed."""
    is_table_confirmed = program.provenance.confirmed is not None
    for key in _FACT_KEYS:
        value = getattr(program, key)
        if value in UNSTATED_VALUES:
            continue
        is_field_confirmed = is_table_confirmed and key not in program.provenance.unconfirmed
        for item in value if isinstance(value, tuple) else (value,):
            yield is_field_confirmed and not (isinstance(item, Item) and item.unconfirmed)


def confirmation(catalog: Catalog) -> list[InstitutionConfirmation]:
    """Return the figures of each institution, over the programs it sponsors."""
    rows = []
    for institution in catalog.institutions:
        programs = catalog.sponsored_by(institution.id)
        residencies = [program for program in programs if program.kind in ("residency", "combined")]
        counts = [confirmed_facts(program) for program in programs]
        rows.append(
            InstitutionConfirmation(
                institution=institution.id,
                programs=len(programs),
                useful=sum(map(is_useful, programs)),
                residencies=len(residencies),
                useful_residencies=sum(map(is_useful, residencies)),
                facts=sum(total for _confirmed, total in counts),
                confirmed=sum(confirmed for confirmed, _total in counts),
            )
        )
    return rows
