"""Salaries side by side: each hospital's newest complete scale, from the first to the last year of the programs."""

from __future__ import annotations

from collections.abc import Sequence

from ..catalog.catalog import Catalog
from ..catalog.facts import Citation, citations
from ..catalog.models import Program, Salary
from ..catalog.pay import pay_scale
from ..catalog.training_length import program_years, years_before_program
from ..catalog.years import year_of
from ..lean_typing import NamedTuple
from ..text import format_date
from .deciding_facts import DecidingFact
from .document import Value

#: The beginning of the keys of all salary rows.
SALARY_KEY = "salary"
_UNDATED = "no date"


class SalaryScale(NamedTuple):
    """What a program's hospital pays in the years of the program. `levels` are (postgraduate year, dollars)."""

    salary: Salary
    levels: tuple[tuple[int, float], ...]
    citations: tuple[Citation, ...]

    @property
    def year_text(self) -> str:
        """When the scale is valid, in a few words."""
        return scale_year(self.salary.year)


class SalaryRow(NamedTuple):
    """The year of the scales, or what they pay in one postgraduate year."""

    key: str
    label: str
    facts: tuple[DecidingFact, ...]


def scale_year(text: str) -> str:
    """Return when a scale is valid, in a few words: "Jul 1, 2022", "2019-2020", "no date"."""
    if year_of(text) is None:
        return _UNDATED
    return format_date(text.partition(" (")[0])


def training_years(catalog: Catalog, program: Program) -> range:
    """Return the postgraduate years that a program takes: 1-3 for a residency, 4-6 for a fellowship after it.

    They are the first year alone where nobody states a length.
    """
    before, years = years_before_program(catalog, program), program_years(catalog, program)
    first = before[0] + 1 if before else 1
    return range(first, first + (years[1] if years else 1))


def salary_scales(catalog: Catalog, programs: Sequence[Program]) -> list[SalaryScale | None]:
    """Return the scale of each program's hospital, cut to the years of the program; None where none is known."""
    return [_scale(catalog, program) for program in programs]


def _scale(catalog: Catalog, program: Program) -> SalaryScale | None:
    salary = pay_scale(catalog, program)
    if salary is None:
        return None
    years = training_years(catalog, program)
    levels = tuple((year, salary.pgy[str(year)]) for year in years if str(year) in salary.pgy)
    provenance = salary.provenance
    return SalaryScale(salary, levels, citations(catalog, provenance, provenance.source))


def salary_rows(scales: Sequence[SalaryScale | None]) -> list[SalaryRow]:
    """Return a row with the year of each scale, then one for each postgraduate year of any program."""
    years = sorted({year for scale in scales if scale for year, _dollars in scale.levels})
    rows = [SalaryRow(f"{SALARY_KEY}_year", "Salary year", tuple(map(_year_fact, scales)))]
    return [
        *rows,
        *(
            SalaryRow(f"{SALARY_KEY}_{year}", f"PGY-{year}", tuple(_level_fact(scale, year) for scale in scales))
            for year in years
        ),
    ]


def _year_fact(scale: SalaryScale | None) -> DecidingFact:
    if scale is None:
        return DecidingFact()
    salary = scale.salary
    summary = Value(scale.year_text, citations=scale.citations)
    texts = [f"Scale of {salary.employer}, {format_date(salary.year)}; for all residents and fellows of the hospital"]
    texts += [salary.note] if salary.note else []
    return DecidingFact(summary, tuple(Value(text, citations=scale.citations) for text in texts))


def _level_fact(scale: SalaryScale | None, year: int) -> DecidingFact:
    dollars = dict(scale.levels).get(year) if scale else None
    if scale is None or dollars is None:
        return DecidingFact()
    amount = Value(f"${dollars:,.0f}", citations=scale.citations)
    detail = Value(f"${dollars:,.0f} a year, {scale.salary.employer}, {format_date(scale.salary.year)}")
    return DecidingFact(amount, (detail._replace(citations=scale.citations),), dollars)
