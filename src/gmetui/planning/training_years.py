"""Years of training as ranges: what the reference or a program states, sums, and what is only known in part."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Literal, NamedTuple

from ..catalog.catalog import Catalog
from ..catalog.models import Program, Specialty
from .training_graph import contained_in, training_graph

_YEARS_OF_FELLOWSHIP = "years of fellowship"
_YEARS_AFTER = re.compile(r"([A-Za-z][A-Za-z ]*?)(?: residency)? \((\d+) years?\b")


class Years(NamedTuple):
    """The fewest and the most years; `most` None is "at least". `origin` is who states them, for a single rung."""

    least: int
    most: int | None
    is_general_knowledge: bool = False
    origin: Literal["reference", "program", "unknown"] = "reference"

    def __add__(self, other: object) -> Years:
        """Return the sum of two ranges: open if one of them is."""
        assert isinstance(other, Years)
        is_open = self.most is None or other.most is None
        return Years(
            self.least + other.least,
            None if is_open else (self.most or 0) + (other.most or 0),
            self.is_general_knowledge or other.is_general_knowledge,
        )

    @property
    def is_known(self) -> bool:
        """Whether there is a most."""
        return self.most is not None


NO_YEARS = Years(0, 0)
UNKNOWN_YEARS = Years(0, None, origin="unknown")
_CLINICAL_YEAR = Years(1, None)  # a preliminary or transitional year, or more


def envelope(ranges: Iterable[Years]) -> Years:
    """Return the range from the fewest years of any range to the most of any; unknown without one."""
    known = tuple(ranges)
    if not known:
        return UNKNOWN_YEARS
    longest = [each.most for each in known if each.most is not None]
    return Years(
        min(each.least for each in known),
        max(longest) if len(longest) == len(known) else None,
        any(each.is_general_knowledge for each in known),
        known[0].origin,
    )


def years_after(catalog: Catalog, specialty: Specialty, base: str) -> Years:
    """Return the length of a specialty after another one: after a combined one, that after any component it needs."""
    needed = [each for each in contained_in(catalog, base) if each in training_graph(catalog).bases[specialty.id]]
    return envelope(specialty_years(specialty, each) for each in needed or (base,))


def specialty_years(specialty: Specialty, base: str = "") -> Years:
    """Return the length of a specialty, as the reference states it; after one that it builds on, if `base` is given."""
    general_knowledge = specialty.provenance.general_knowledge
    length_after = specialty.length_after.get(base)
    if length_after is not None:
        return Years(length_after, length_after, "length_after" in general_knowledge)
    if specialty.length_years is None:
        return UNKNOWN_YEARS
    longest = specialty.length_years_max or specialty.length_years
    return Years(specialty.length_years, longest, "length_years" in general_knowledge)


def stated_years(program: Program) -> Years | None:
    """Return the length that a program itself states, or None."""
    if program.length_years is None:
        return None
    is_general = "length_years" in program.provenance.general_knowledge
    return Years(program.length_years, program.length_years, is_general, "program")


def years_before(specialty: Specialty) -> Years:
    """Return the years before a specialty that builds on no other: a first year elsewhere, or what is not known.

    A first year that is included, or may be, is part of the length, so that it is never added twice.
    """
    if specialty.base_year == "separate":
        return _CLINICAL_YEAR
    follows_degree = specialty.base_year is not None or specialty.kind in ("combined", "other")
    return NO_YEARS if follows_degree else UNKNOWN_YEARS


def program_start_years(catalog: Catalog, program: Program) -> tuple[Years, Years]:
    """Return the years before a first residency and the years of the program itself.

    A program of just the years that its specialty takes after a first year elsewhere follows that year.
    """
    specialty = catalog.specialty[program.specialty]
    before, years = years_before(specialty), stated_years(program) or specialty_years(specialty)
    if specialty.base_year == "either" and specialty.length_years and years.least == specialty.program_years:
        first_years = specialty.length_years - years.least
        return Years(first_years, first_years), years
    return before, years


def years_in_text(specialty: Specialty, base: Specialty) -> int | None:
    """Return the years that the text of a prerequisite gives after a specialty, or None.

    "Completed emergency medicine (2 years of fellowship) or pediatrics (3 years)" gives 2 after emergency medicine. A
    text that doesn't speak of years of fellowship gives the length of what comes before.
    """
    text = specialty.prerequisite or ""
    if _YEARS_OF_FELLOWSHIP not in text:
        return None
    for name, years in _YEARS_AFTER.findall(text):
        if name.casefold().removeprefix("completed ").removeprefix("or ").strip() == base.name.casefold():
            return int(years)
    return None
