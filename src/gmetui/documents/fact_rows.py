"""Stored facts as rows of a document: every value with its own pages and with the exceptions that it needs to carry."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache

from ..catalog.catalog import Catalog
from ..catalog.facts import (
    NO_SOURCE,
    NOTE_FIELDS,
    Citation,
    Fact,
    FactValue,
    Record,
    citations,
    is_stated,
    record_fact,
)
from ..catalog.item_notes import THIRD_PARTY, Qualifier
from ..catalog.models import GeneralRequirement, Program
from .document import FactRow, Value

HOSPITAL_WIDE = Qualifier("hospital", "hospital-wide")
_ONLY_THIRD_PARTY = Qualifier("third_party", THIRD_PARTY)
_GENERAL_KNOWLEDGE = Qualifier("general_knowledge", NO_SOURCE)


class RecordFacts:
    """The facts of a record, each made when it is first asked for: a page rarely needs all of them."""

    def __init__(self, catalog: Catalog, record: Record) -> None:
        self._catalog = catalog
        self._record = record
        self._facts: dict[str, Fact] = {}
        self._values: dict[str, tuple[Value, ...]] = {}

    def states(self, key: str) -> bool:
        """Tell whether a fact is published."""
        return is_stated(self._record, key)

    def fact(self, key: str) -> Fact:
        """Return the fact of a key; a fact without parts is not published."""
        fact = self._facts.get(key)
        if fact is None:
            fact = self._facts[key] = record_fact(self._catalog, self._record, key)
        return fact

    def values(self, key: str) -> tuple[Value, ...]:
        """Return the values of a fact, without its note; () if nobody publishes it."""
        values = self._values.get(key)
        if values is None:
            fact = self.fact(key) if self.states(key) else None
            values = tuple(_value(self._record, fact, part) for part in fact.parts) if fact else ()
            self._values[key] = values
        return values

    def row(self, key: str, label: str = "") -> FactRow:
        """Return a fact as a row, followed by the note on it."""
        values = self.values(key)
        if isinstance(self._record, Program) and key in NOTE_FIELDS:
            values += self.values(NOTE_FIELDS[key])
        return FactRow(key, label or self.fact(key).label, values)

    def stated(self, keys: Iterable[str]) -> tuple[Fact, ...]:
        """Return some facts, those that are published."""
        return tuple(self.fact(key) for key in keys if self.states(key))

    def stated_rows(self, keys: Iterable[str]) -> tuple[FactRow, ...]:
        """Return the rows of some facts that are published."""
        return tuple(self.row(key) for key in keys if self.states(key))


@lru_cache(maxsize=256)
def institution_record_facts(catalog: Catalog, institution_id: str) -> RecordFacts:
    """Return the facts of an institution, which all of its programs show."""
    return RecordFacts(catalog, catalog.institution[institution_id])


@lru_cache(maxsize=256)
def specialty_record_facts(catalog: Catalog, specialty_id: str) -> RecordFacts:
    """Return the facts of a specialty, which all of its programs show."""
    return RecordFacts(catalog, catalog.specialty[specialty_id])


def stored_value(catalog: Catalog, record: Record | GeneralRequirement, key: str, text: str, unit: str = "") -> Value:
    """Return the text of a field that is no fact of its own, such as a city, with the field's pages."""
    provenance = record.provenance
    cited = citations(catalog, provenance, provenance.sources_of(key))
    is_general_knowledge = not cited and key in provenance.general_knowledge
    return Value(text, unit, (_GENERAL_KNOWLEDGE,) if is_general_knowledge else (), cited)


def with_qualifiers(values: Iterable[Value], *qualifiers: Qualifier) -> tuple[Value, ...]:
    """Return values with more qualifiers, which come first."""
    return tuple(value._replace(qualifiers=(*qualifiers, *value.qualifiers)) for value in values)


def without_aspect(value: Value, aspect: str) -> Value:
    """Return a value without its qualifiers of an aspect that is shown elsewhere."""
    return value._replace(qualifiers=tuple(each for each in value.qualifiers if each.aspect != aspect))


def _value(record: Record, fact: Fact, part: FactValue) -> Value:
    item_date = next((qualifier.text for qualifier in part.qualifiers if qualifier.aspect == "as_of"), None)
    pages = part.citations or tuple(
        citation._replace(as_of=item_date) if item_date else citation for citation in fact.shared_citations
    )
    qualifiers = part.qualifiers
    if _is_third_party(record, fact.key, pages) and not _has_aspect(qualifiers, "third_party"):
        qualifiers = (*qualifiers, _ONLY_THIRD_PARTY)
    if not pages and fact.key in record.provenance.general_knowledge:
        qualifiers = (*qualifiers, _GENERAL_KNOWLEDGE)
    return Value(part.text, part.unit, qualifiers, pages)


def _has_aspect(qualifiers: Iterable[Qualifier], aspect: str) -> bool:
    return any(qualifier.aspect == aspect for qualifier in qualifiers)


def _is_third_party(record: Record, key: str, pages: Sequence[Citation]) -> bool:
    """Tell whether only third parties state a value: its field says so, or every page of it is a third party's."""
    provenance = record.provenance
    if key in provenance.third_party_fields or (provenance.third_party and not provenance.by_field.get(key)):
        return True
    return bool(pages) and all(citation.source.publisher == "third-party" for citation in pages)
