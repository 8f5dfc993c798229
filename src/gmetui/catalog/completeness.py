"""How much of what applicants ask is stated, by whom, and how old it is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from .facts import ASIDES, Fact, program_facts
from .models import Catalog, Program
from .schema import PROGRAM
from .years import year_of

#: The fields that completeness is counted over: everything a program can state, but not what says something only
#: where it is needed, nor what every program has.
COUNTED = tuple(
    field
    for field in PROGRAM
    if field.key not in ASIDES and field.key not in ("id", "name", "institution", "kind", "specialty")
)
#: Values that state nothing; "unknown" is an accreditation that no page speaks of.
_UNSTATED = (None, (), "unknown")


class Share(NamedTuple):
    """How many programs of an institution state a field, and how well it is known."""

    institution: str
    field: str
    programs: int
    stated: int
    third_party: int
    undated: int
    older: int


def completeness(catalog: Catalog, program: Program) -> tuple[int, int]:
    """Return how many of the counted fields a program states, and how many there are.

    Counted from the values alone, without making facts of them: a list of 14,000 programs can be ordered by it.
    """
    return sum(getattr(program, field.key) not in _UNSTATED for field in COUNTED), len(COUNTED)


#: What a program that nobody describes still has: the list that names it knows its address or its number.
_NAMED = ("accreditation", "acgme_id", "url")


NAME_ONLY = "Only a name is known, and where it stands: ask whether the program is offered"


def named_only(program: Program) -> bool:
    """Tell whether nothing is known of a program but its name, and where it is named."""
    fields = (field.key for field in COUNTED if field.key not in _NAMED)
    if program.provenance.listed_in:
        return False  # it stands on a list that a person brought in, and says so
    return not program.statements and all(getattr(program, key) in _UNSTATED for key in fields)


def rank_of(program: Program) -> int:
    """Return which programs come first among equals: those that pages describe, those of a list, those with a name."""
    if named_only(program):
        return 2
    return int(bool(program.provenance.listed_in) and program.provenance.source == program.provenance.listed_in)


def coverage(catalog: Catalog, older_than: int) -> list[Share]:
    """Return, for each institution and field, how much is stated, third-party, undated, or older than a year."""
    shares = []
    for institution in catalog.institutions:
        programs = catalog.sponsored_by(institution.id)
        facts = [{fact.key: fact for fact in program_facts(catalog, program)} for program in programs]
        for field in COUNTED:
            stated = [
                (p, known[field.key]) for p, known in zip(programs, facts, strict=True) if known[field.key].values
            ]
            shares.append(_share(institution.id, field.key, len(programs), stated, older_than))
    return shares


def _share(
    institution: str, field: str, programs: int, stated: Sequence[tuple[Program, Fact]], older_than: int
) -> Share:
    years = [max((year_of(cited.as_of) or 0 for cited in fact.citations), default=0) for _, fact in stated]
    return Share(
        institution,
        field,
        programs,
        len(stated),
        sum(fact.third_party for _, fact in stated),
        sum(not year for year in years),
        sum(0 < year < older_than for year in years),
    )
