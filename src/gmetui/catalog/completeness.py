"""How much of what applicants look for is stated, by whom, and how old it is."""

from __future__ import annotations

from collections.abc import Sequence
from operator import attrgetter

from ..lean_typing import NamedTuple
from .catalog import Catalog
from .facts import SUPPLEMENTARY_FIELDS, Fact, program_facts
from .models import Program
from .schema import PROGRAM
from .vocabulary import UNSTATED_VALUES
from .years import year_of

#: The fields that completeness counts: what a program can state, except fields that matter only where a page states
#: them, and those that every program has.
COUNTED_FIELDS = tuple(
    field
    for field in PROGRAM
    if field.key not in SUPPLEMENTARY_FIELDS and field.key not in ("id", "name", "institution", "kind", "specialty")
)
#: Fields that a directory of names can state without describing the program.
_DIRECTORY_FIELDS = ("accreditation", "acgme_id", "url")

_counted_values = attrgetter(*(field.key for field in COUNTED_FIELDS))
_described_values = attrgetter(*(field.key for field in COUNTED_FIELDS if field.key not in _DIRECTORY_FIELDS))

NAME_ONLY = "Only the name is known, and the page that lists it: ask whether the program is offered"


class FieldCoverage(NamedTuple):
    """How many programs of an institution state a field, and how well it is known.

    `older` counts the programs whose newest page for the field is older than the year asked for.
    """

    institution: str
    field: str
    programs: int
    stated: int
    third_party: int
    undated: int
    older: int


def completeness(catalog: Catalog, program: Program) -> tuple[int, int]:
    """Return how many of the counted fields a program states, and how many there are.

    Counted from the values without making facts of them: a list of 14,000 programs can be sorted by it.
    """
    values = _counted_values(program)
    return len(values) - sum(map(values.count, UNSTATED_VALUES)), len(values)


def is_name_only(program: Program) -> bool:
    """Tell whether nothing is known of a program but its name and the pages that list it."""
    if program.provenance.listed_in:
        return False  # an imported list has it and is its source
    values = _described_values(program)
    return not program.statements and len(values) == sum(map(values.count, UNSTATED_VALUES))


def sort_rank(program: Program) -> int:
    """Return the rank of a program among equals: 0 described by pages, 1 from an imported list only, 2 name only."""
    if is_name_only(program):
        return 2
    return int(bool(program.provenance.listed_in) and program.provenance.source == program.provenance.listed_in)


def coverage(catalog: Catalog, older_than: int) -> list[FieldCoverage]:
    """Return the coverage of each field at each institution. `older_than` is the first year that is not old."""
    rows = []
    for institution in catalog.institutions:
        programs = catalog.sponsored_by(institution.id)
        facts = [{fact.key: fact for fact in program_facts(catalog, program)} for program in programs]
        for field in COUNTED_FIELDS:
            stated = [program_facts[field.key] for program_facts in facts if program_facts[field.key].values]
            rows.append(_field_coverage(institution.id, field.key, len(programs), stated, older_than))
    return rows


def field_totals(rows: Sequence[FieldCoverage]) -> list[FieldCoverage]:
    """Return the coverage of each field at all institutions together, under the name “all”."""
    totals: dict[str, list[int]] = {}
    for _institution, field, *counts in rows:
        totals[field] = [total + count for total, count in zip(totals.get(field, [0] * 5), counts, strict=True)]
    return [FieldCoverage("all", field, *counts) for field, counts in totals.items()]


def _field_coverage(
    institution: str, field: str, programs: int, stated: Sequence[Fact], older_than: int
) -> FieldCoverage:
    years = [max((year_of(citation.as_of) or 0 for citation in fact.citations), default=0) for fact in stated]
    return FieldCoverage(
        institution=institution,
        field=field,
        programs=programs,
        stated=len(stated),
        third_party=sum(fact.third_party for fact in stated),
        undated=sum(not year for year in years),
        older=sum(0 < year < older_than for year in years),
    )
