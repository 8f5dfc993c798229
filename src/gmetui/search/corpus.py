"""The searchable texts of a whole catalog, each with the programs that have it.

Many programs share a text (the name of their institution, a synonym of their specialty), so each is listed once and
folded once.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Mapping
from functools import cached_property

from ..catalog.catalog import Catalog
from ..catalog.completeness import is_name_only
from ..catalog.ids import InstitutionId, SpecialtyId
from ..catalog.models import Program
from ..compiled.numbers import NumberLists
from .documents import (
    CODE_ONLY_FIELDS,
    SearchText,
    SearchWeight,
    institution_texts,
    program_texts,
    specialty_texts,
)


class Corpus:
    """The numbers of the programs of each specialty id, institution id, program name, and text.

    A program known by name only is not among its institution's, so that it doesn't outrank the described ones.
    `of_default_kind` are the programs of the kind that is usual in their specialty.
    """

    def __init__(self, catalog: Catalog) -> None:
        """Begin without programs; each is added in order."""
        self._catalog = catalog
        self.by_specialty: NumberLists[SpecialtyId] = NumberLists()
        self.by_institution: NumberLists[InstitutionId] = NumberLists()
        self.by_name: NumberLists[str] = NumberLists()
        self.of_default_kind = array("I")
        self._by_text: NumberLists[tuple[SearchWeight, str]] = NumberLists()

    def add(self, number: int, program: Program) -> None:
        """Add the program with a number."""
        self.add_texts(number, program, program_texts(program, self._catalog))

    def add_texts(self, number: int, program: Program, own_texts: Iterable[SearchText]) -> None:
        """Add the program with a number, of which `program_texts` was asked already."""
        by_text = self._by_text
        for weight, field_name, text in own_texts:
            if field_name not in CODE_ONLY_FIELDS:
                by_text[weight, text].append(number)
        self.by_specialty[program.specialty].append(number)
        if is_name_only(program):
            for _, _, text in institution_texts(self._catalog.institution[program.institution]):
                by_text[SearchWeight.RELATED, text].append(number)
        else:
            self.by_institution[program.institution].append(number)
        for name in (program.name, *program.other_names):
            self.by_name[name].append(number)
        if program.kind == self._catalog.specialty[program.specialty].kind:
            self.of_default_kind.append(number)

    @cached_property
    def by_text(self) -> Mapping[tuple[SearchWeight, str], array[int]]:
        """The numbers of the programs that have each (weight, text), once all programs are added."""
        by_text, catalog = self._by_text, self._catalog
        for specialty_id, numbers in self.by_specialty.items():
            for weight, _, text in specialty_texts(catalog.specialty[specialty_id], catalog):
                by_text[weight, text] += numbers
        for institution_id, numbers in self.by_institution.items():
            for weight, _, text in institution_texts(catalog.institution[institution_id]):
                by_text[weight, text] += numbers
        return by_text


def collect_corpus(catalog: Catalog) -> Corpus:
    """Return the texts of all programs, each of which is visited once."""
    corpus = Corpus(catalog)
    for number, program in enumerate(catalog.programs):
        corpus.add(number, program)
    return corpus
