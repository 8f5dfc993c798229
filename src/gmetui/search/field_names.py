"""Which field or fact a name in a query stands for: exact names first, then plurals and singulars, then beginnings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache

from ..text import closest_matches
from .fields import FIELDS_BY_NAME, SEARCH_FIELDS, SearchField
from .normalize import fold_key
from .stated_facts import WORD_FACTS, StatedFact, facts_by_key

#: What a name stands for. A fact that is the same as a search field is never returned: its field is.
NamedField = SearchField | StatedFact
#: Names before a colon that are no field.
OPERATORS = ("no", "has", "near", "sort")
#: The operator that asks for a distance.
NEAR = "near"
_MIN_PREFIX_LENGTH = 3  # letters of the start of a name
_CANONICAL_FIELDS: Mapping[str, SearchField] = {search_field.name: search_field for search_field in SEARCH_FIELDS}
_FIELDS_BY_KEY: Mapping[str, SearchField] = {
    fold_key(name): search_field for name, search_field in reversed(list(FIELDS_BY_NAME.items()))
}


@cache
def _facts_by_name() -> Mapping[str, StatedFact]:
    return {name: fact for fact in facts_by_key().values() for name in (fact.name, *fact.synonyms)}


def find_field(name: str) -> NamedField | None:
    """Return what `name:value` filters by: a search field, or the fact whose texts are searched; None if unknown."""
    name = name.casefold()
    named_field = FIELDS_BY_NAME.get(name) or _FIELDS_BY_KEY.get(fold_key(name)) or facts_by_key().get(fold_key(name))
    return field_of(named_field) if named_field else _only(_fields_started_by(name))


def find_stated(name: str) -> NamedField | None:
    """Return what `has:name` and `no:name` check: a facet's field by its own name, else the fact; None if unknown.

    A fact comes before the other names of fields: "sites" is all that a program states about its sites, although it is
    also a name of the field `site`, which has only those sites that have an entry.
    """
    name = name.casefold()
    key = fold_key(name)
    named_field = (
        _CANONICAL_FIELDS.get(name)
        or _facts_by_name().get(name)
        or FIELDS_BY_NAME.get(name)
        or facts_by_key().get(key)
        or _FIELDS_BY_KEY.get(key)
    )
    return field_of(named_field) if named_field else _only(_fields_started_by(name))


def field_of(named_field: NamedField) -> NamedField:
    """Return the search field that has the same programs as a fact, or what was given where there is none."""
    if isinstance(named_field, StatedFact) and named_field.field:
        return FIELDS_BY_NAME[named_field.field]
    return named_field


def _fields_started_by(name: str) -> dict[str, NamedField]:
    """Return the fields and facts one of whose names starts with `name`, by their own name."""
    key = fold_key(name)
    if len(key) < _MIN_PREFIX_LENGTH:
        return {}
    tables: tuple[Mapping[str, NamedField], ...] = (_FIELDS_BY_KEY, WORD_FACTS)
    started = (field_of(table[other]) for table in tables for other in table if other.startswith(key))
    return {named_field.name: named_field for named_field in started}


def _only(named_fields: Mapping[str, NamedField]) -> NamedField | None:
    return next(iter(named_fields.values())) if len(named_fields) == 1 else None


def similar_names(name: str, *, limit: int = 3) -> Iterator[str]:
    """Yield the names of up to `limit` fields or facts that `name` may have been meant for, the likeliest first."""
    fields: dict[str, NamedField] = dict(_fields_started_by(name.casefold()))
    for similar in closest_matches(name, [*FIELDS_BY_NAME, *_facts_by_name()], limit=2 * limit):
        named_field = field_of(FIELDS_BY_NAME.get(similar) or _facts_by_name()[similar])
        fields.setdefault(named_field.name, named_field)
    yield from list(fields)[:limit]
