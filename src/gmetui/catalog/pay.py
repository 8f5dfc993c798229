"""Which pay scale holds for a program: its sponsor's most recent complete one."""

from __future__ import annotations

import re
from functools import lru_cache

from .catalog import Catalog
from .models import Program, Salary
from .training_length import years_before_program
from .years import year_of

_MIN_SCALE_LEVELS = 3  # a table with fewer levels is not a scale for all trainees
#: An employer's remark that the scale is one program's: "(internal medicine)", "(pediatric surgery fellow)".
_PROGRAM_REMARK = re.compile(r"\(([^)]*)\)")


def pay_scales(catalog: Catalog, institution: str) -> tuple[Salary, ...]:
    """Return an institution's pay scales, the most recent complete one first."""
    return tuple(sorted(catalog.salaries_by_institution.get(institution, ()), key=_rank, reverse=True))


def pay_scale(catalog: Catalog, program: Program) -> Salary | None:
    """Return the scale that holds for a program, or None. A scale of another specialty alone does not."""
    if program.institution not in catalog.salaries_by_institution:
        return None
    scales = pay_scales(catalog, program.institution)
    return next((scale for scale in scales if _concerns(catalog, scale, program)), None)


def starting_level(catalog: Catalog, program: Program) -> str | None:
    """Return the postgraduate year in which a program starts, such as "1"; None where it varies or is not known."""
    years = years_before_program(catalog, program)
    return str(years[0] + 1) if years is not None and years[0] == years[1] else None


def _rank(salary: Salary) -> tuple[bool, int, int]:
    return len(salary.pgy) >= _MIN_SCALE_LEVELS, year_of(salary.year) or 0, len(salary.pgy)


def _concerns(catalog: Catalog, scale: Salary, program: Program) -> bool:
    """Tell whether a scale is one for all programs, or for the specialty of `program`."""
    remark = " ".join(_PROGRAM_REMARK.findall(scale.employer)).casefold()
    if not remark or "1" not in scale.pgy:
        return "1" in scale.pgy
    named_ids = _specialties_named(catalog, remark)
    return not named_ids or program.specialty in named_ids


@lru_cache(maxsize=256)
def _specialties_named(catalog: Catalog, remark: str) -> frozenset[str]:
    return frozenset(specialty.id for specialty in catalog.specialties if specialty.name.casefold() in remark)
