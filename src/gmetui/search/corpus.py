"""The searchable texts of a whole catalog, each with the programs that have it.

Many programs share a text (the name of their institution, a synonym of their specialty), so each is listed once and
folded once.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import NamedTuple

from ..catalog.catalog import Catalog
from ..catalog.completeness import is_name_only
from ..catalog.ids import InstitutionId, SpecialtyId
from .documents import (
    CODE_ONLY_FIELDS,
    SearchWeight,
    institution_texts,
    program_codes,
    program_texts,
    specialty_texts,
)


class ProgramGroups(NamedTuple):
    """The numbers of the programs of each specialty id, institution id and program name."""

    by_specialty: Mapping[SpecialtyId, list[int]]
    by_institution: Mapping[InstitutionId, list[int]]
    by_name: Mapping[str, list[int]]


def group_programs(catalog: Catalog) -> ProgramGroups:
    """Group the programs of a catalog by what they share.

    A program known by name only is not among its institution's, so that it doesn't outrank the described ones.
    """
    groups = ProgramGroups(defaultdict(list), defaultdict(list), defaultdict(list))
    for number, program in enumerate(catalog.programs):
        groups.by_specialty[program.specialty].append(number)
        if not is_name_only(program):
            groups.by_institution[program.institution].append(number)
        for name in (program.name, *program.other_names):
            groups.by_name[name].append(number)
    return groups


def text_programs(catalog: Catalog, groups: ProgramGroups) -> Mapping[tuple[SearchWeight, str], list[int]]:
    """Return the numbers of the programs that have each (weight, text)."""
    numbers_by_text: dict[tuple[SearchWeight, str], list[int]] = defaultdict(list)
    for number, program in enumerate(catalog.programs):
        for weight, field_name, text in program_texts(program, catalog):
            if field_name not in CODE_ONLY_FIELDS:
                numbers_by_text[weight, text].append(number)
        if is_name_only(program):
            for _, _, text in institution_texts(catalog.institution[program.institution]):
                numbers_by_text[SearchWeight.RELATED, text].append(number)
    for specialty_id, numbers in groups.by_specialty.items():
        for weight, _, text in specialty_texts(catalog.specialty[specialty_id], catalog):
            numbers_by_text[weight, text] += numbers
    for institution_id, numbers in groups.by_institution.items():
        for weight, _, text in institution_texts(catalog.institution[institution_id]):
            numbers_by_text[weight, text] += numbers
    return numbers_by_text


def program_codes_table(catalog: Catalog) -> Mapping[str, list[int]]:
    """Return the numbers of the programs that have each code."""
    numbers_by_code: dict[str, list[int]] = defaultdict(list)
    for number, program in enumerate(catalog.programs):
        for code in program_codes(program):
            numbers_by_code[code].append(number)
    return numbers_by_code
