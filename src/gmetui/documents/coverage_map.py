"""How much each institution's programs state: a grid of fields and institutions, for a heat map."""

from __future__ import annotations

from collections.abc import Sequence

from ..catalog.catalog import Catalog
from ..catalog.completeness import COUNTED_FIELDS
from ..catalog.facts import record_fact
from ..catalog.models import Program
from ..catalog.vocabulary import UNSTATED_VALUES
from ..catalog.years import year_of
from ..lean_typing import NamedTuple

OLD_BEFORE = 2020  # a source that describes an earlier year counts as old


class CoverageColumn(NamedTuple):
    """An institution with its programs, those it runs with a partner included; "" for all programs, each once.

    `stated` are how many of them state each field, in the order of `COUNTED_FIELDS`.
    """

    institution: str
    short_name: str
    name: str
    programs: tuple[Program, ...]
    stated: tuple[int, ...]

    def share(self, field_index: int) -> float:
        """Return the share of the programs that state a field."""
        return self.stated[field_index] / len(self.programs) if self.programs else 0.0


class FieldQuality(NamedTuple):
    """How well a field is known: programs that state it only through third parties, undated, or before `OLD_BEFORE`."""

    third_party: int
    undated: int
    older: int


def coverage_map(catalog: Catalog) -> tuple[CoverageColumn, ...]:
    """Return a column for all programs, then one for each institution that has any."""
    columns = [_column("", "All", "All institutions", catalog.programs)]
    for institution in catalog.institutions:
        programs = catalog.programs_of(institution.id)
        if programs:
            columns.append(_column(institution.id, institution.short_name, institution.name, programs))
    return tuple(columns)


def _column(institution_id: str, short_name: str, name: str, programs: Sequence[Program]) -> CoverageColumn:
    stated = tuple(
        sum(getattr(program, field.key) not in UNSTATED_VALUES for program in programs) for field in COUNTED_FIELDS
    )
    return CoverageColumn(institution_id, short_name, name, tuple(programs), stated)


def field_quality(catalog: Catalog, programs: Sequence[Program], key: str) -> FieldQuality:
    """Return how well programs state a field."""
    facts = [record_fact(catalog, program, key) for program in programs]
    stated = [fact for fact in facts if fact.values]
    years = [max((year_of(citation.as_of) or 0 for citation in fact.citations), default=0) for fact in stated]
    return FieldQuality(
        third_party=sum(fact.third_party for fact in stated),
        undated=sum(not year for year in years),
        older=sum(0 < year < OLD_BEFORE for year in years),
    )


def known_share(columns: Sequence[CoverageColumn]) -> str:
    """Return how many facts of all programs are known, in words."""
    everything = columns[0]
    total = len(everything.programs) * len(COUNTED_FIELDS)
    if not total:
        return "no programs"
    stated = sum(everything.stated)
    return f"{stated:,} of {total:,} facts known ({stated / total:.0%})"
