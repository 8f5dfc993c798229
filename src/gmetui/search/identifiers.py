"""The sections of fields that have about as many values as there are programs.

They are made from sorted pairs, one section after the other: the names and sets of a million values at once would take
a gigabyte.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING

from ..compiled.numbers import smallest_array
from ..compiled.sections import BlobSection, Section, TableSection, encode_json, json_part
from .bitset import compact, encode, from_members
from .documents import program_codes
from .fields import FIELDS_BY_NAME, IDENTIFIERS, SearchField
from .normalize import fold_key
from .scans import CatalogScans
from .stored_scans import MAX_NAMES_AT_ONCE, column_sections, value_sections
from .value_columns import ValueColumn, counting_cost, in_runs, slices_of

if TYPE_CHECKING:
    from ..catalog.catalog import Catalog


_CACHED_LABELS = 10_000  # which many programs share


def identity_sections(catalog: Catalog) -> Iterator[Section]:
    """Yield the sections of an archive about what identifies programs: their codes, and fields with a value for each.

    Each takes a look at all programs.
    """
    yield code_section(catalog)
    for name in IDENTIFIERS:
        field = FIELDS_BY_NAME[name]
        if len(catalog.programs) > MAX_NAMES_AT_ONCE:
            yield from identifier_sections(field, catalog)
        else:
            yield from value_sections(name, CatalogScans(catalog).values(field))


def code_section(catalog: Catalog) -> Section:
    """Return the table of the programs that have each code."""
    pairs = [(code, number) for number, program in enumerate(catalog.programs) for code in program_codes(program)]
    return _set_table("codes", pairs, len(catalog.programs))


def identifier_sections(field: SearchField, catalog: Catalog) -> Iterator[Section]:
    """Yield the sections that hold the values of one of `IDENTIFIERS`, as tables."""
    size = len(catalog.programs)
    values, labels = _columns(field, catalog)
    first_numbers: dict[str, int] = {}
    for number, value in enumerate(values):
        if value is not None:
            first_numbers.setdefault(value, number)
    label_entries = ((value, encode_json(labels[number])) for value, number in first_numbers.items())
    yield TableSection(f"labels {field.name}", label_entries)
    yield TableSection(f"names {field.name}", _names(field, catalog, values, labels, first_numbers))
    del label_entries, first_numbers, labels
    pairs = [(value, number) for number, value in enumerate(values) if value is not None]
    yield _set_table(f"sets {field.name}", pairs, size)
    yield from _total_sections(field.name, values)


def _columns(field: SearchField, catalog: Catalog) -> tuple[Sequence[str | None], Sequence[str]]:
    """Return the value of each program and its label."""
    values: list[str | None] = []
    labels: list[str] = []
    shared: dict[str, str] = {}
    for program in catalog.programs:
        value, label = next(iter(field.extract(program, catalog)), (None, ""))
        values.append(value)
        labels.append(value if value == label and value is not None else shared.setdefault(label, label))
    return values, labels


def _names(
    field: SearchField,
    catalog: Catalog,
    values: Sequence[str | None],
    labels: Sequence[str],
    first_numbers: dict[str, int],
) -> Iterator[tuple[str, bytes]]:
    """Yield each folded name of values, sorted, with the values that it can mean."""
    pairs: list[tuple[str, int]] = []
    fold_label = lru_cache(_CACHED_LABELS)(fold_key)
    for value, number in first_numbers.items():
        synonyms = field.synonyms(value, catalog) if field.synonyms else ()
        names = {fold_key(value), *map(fold_label, (labels[number], *synonyms))}
        pairs += ((value if name == value else name, number) for name in names if name)
    pairs.sort()
    for name, group in groupby(pairs, itemgetter(0)):
        yield name, encode_json([values[number] for _, number in group])


def _set_table(name: str, pairs: list[tuple[str, int]], size: int) -> TableSection:
    """Return the table of the programs that are paired with each text. The pairs are sorted in place."""
    pairs.sort()
    groups = groupby(pairs, itemgetter(0))
    return TableSection(
        name, ((text, encode(compact([number for _, number in group], size))) for text, group in groups)
    )


def _total_sections(name: str, values: Sequence[str | None]) -> Iterator[Section]:
    size = len(values)
    counts = Counter(value for value in values if value is not None)
    column = _value_column(values)
    slices = slices_of(column, counts.values())
    yield json_part(f"totals {name}", (counts, counting_cost(column, slices, counts.values())))
    yield BlobSection(f"stated {name}", encode(from_members(_stating(values), size)))
    yield from column_sections(name, column, slices)


def _value_column(values: Sequence[str | None]) -> ValueColumn:
    combinations = {value: code for code, value in enumerate(dict.fromkeys(values))}
    codes = smallest_array(map(combinations.__getitem__, values), len(combinations))
    return ValueColumn(in_runs(codes), [() if value is None else (value,) for value in combinations])


def _stating(values: Sequence[str | None]) -> Iterator[int]:
    return (number for number, value in enumerate(values) if value is not None)
