"""What scans of a catalog found, stored with it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial

from msgspec import msgpack

from ..compiled.archive import Archive
from ..compiled.numbers import pack_numbers, unpack_numbers
from ..compiled.sections import BlobSection, RecordSection, Section, TableSection, value_part
from ..compiled.tables import LazyMapping, MemoryTable, PrefixTable, StoredRecords, StoredTable
from .bitset import Bitset, CompactSet, decode, decode_bits, encode
from .field_values import FieldValues, ValueColumn, ValueTotals
from .fields import FIELDS_BY_NAME, SEARCH_FIELDS, SearchField
from .index import Index
from .phrase_blocks import PhraseBlocks, PhraseOwners
from .sort import SORT_KEYS
from .stated_facts import FACTS_BY_KEY, StatedFact

#: Of more names than this, the few that are asked for are read; fewer are read at once, which keeps their order.
MAX_NAMES_AT_ONCE = 50_000
_decode_strings = msgpack.Decoder(tuple[str, ...]).decode
_decode_string = msgpack.Decoder(str).decode


def scan_sections(index: Index) -> Iterator[Section]:
    """Yield the sections of an archive that hold what the scans of an index find."""
    for search_field in SEARCH_FIELDS:
        yield from _value_sections(search_field.name, index.scans.values(search_field), index.size)
        if search_field.parent:
            parents = index.scans.parents(search_field, FIELDS_BY_NAME[search_field.parent])
            yield value_part(f"parents {search_field.name}", parents)
    for fact in {fact.name: fact for fact in FACTS_BY_KEY.values() if not fact.field}.values():
        yield BlobSection(f"stating {fact.name}", encode(index.scans.stating(fact)))
        yield set_table(f"words {fact.name}", index.scans.fact_words(fact))
        yield value_part(f"short texts {fact.name}", index.scans.short_texts(fact))
    for key in SORT_KEYS:
        for descending in (False, True):
            numbers = index.scans.sorted_numbers(key, descending=descending)
            yield BlobSection(_order_name(key, descending), pack_numbers(numbers, index.size))
    yield value_part("stated share", index.scans.stated_share())
    yield from _phrase_sections(index.scans.phrases())


def set_table(name: str, program_sets: Mapping[str, CompactSet]) -> TableSection:
    """Return the table of an archive that holds sets of programs by text."""
    return TableSection(name, ((key, encode(program_set)) for key, program_set in program_sets.items()))


def _value_sections(name: str, values: FieldValues, size: int) -> Iterator[Section]:
    totals, (codes, combinations) = values.totals, values.column
    yield from _mapping_sections(f"labels {name}", values.labels)
    yield from _mapping_sections(f"names {name}", values.ids_by_name)
    yield set_table(f"sets {name}", values.program_sets)
    yield value_part(f"totals {name}", (totals.by_value, encode(totals.stated), totals.counting_cost))
    yield value_part(f"column {name}", (pack_numbers(codes, max(size, len(combinations))), combinations))


def _mapping_sections(name: str, mapping: Mapping[str, str | Sequence[str]]) -> Iterator[Section]:
    if len(mapping) > MAX_NAMES_AT_ONCE:
        yield TableSection(name, ((key, msgpack.encode(value)) for key, value in mapping.items()))
    else:
        yield value_part(name, dict(mapping))


def _phrase_sections(phrases: PhraseBlocks) -> Iterator[Section]:
    yield RecordSection("phrase texts", phrases.texts)
    owners = (
        (pack_numbers(starts, starts[-1] if starts else 0), list(map(encode, program_sets)))
        for starts, program_sets in phrases.owners
    )
    yield RecordSection("phrase owners", map(msgpack.encode, owners))


class StoredScans:
    """Reads from an archive what scans found when it was written."""

    def __init__(self, archive: Archive, size: int) -> None:
        self._archive = archive
        self._size = size

    def values(self, search_field: SearchField) -> FieldValues:
        """Return the values of a search field."""
        name = search_field.name
        return FieldValues(
            self._size,
            self._labels(f"labels {name}"),
            StoredTable(self._archive, f"sets {name}", decode),
            self._names(f"names {name}"),
            partial(self._totals, name),
            partial(self._column, name),
        )

    def _labels(self, section: str) -> Mapping[str, str]:
        if self._archive.has_part(section):
            return LazyMapping(partial(self._archive.mapping, section))
        return StoredTable(self._archive, section, _decode_string)

    def _names(self, section: str) -> PrefixTable[Sequence[str]]:
        if self._archive.has_part(section):
            return MemoryTable(LazyMapping(partial(self._archive.mapping, section)))
        return StoredTable(self._archive, section, _decode_strings)

    def _totals(self, name: str) -> ValueTotals:
        by_value, stated, counting_cost = self._archive.value(f"totals {name}", tuple[dict[str, int], bytes, int])
        return ValueTotals(by_value, decode_bits(stated), counting_cost)

    def _column(self, name: str) -> ValueColumn:
        codes, combinations = self._archive.value(f"column {name}", tuple[bytes, list[tuple[str, ...]]])
        return ValueColumn(unpack_numbers(codes), combinations)

    def parents(self, search_field: SearchField, parent: SearchField) -> Mapping[str, str]:
        """Return, for each value of a field, the value of the parent field that its programs have."""
        return self._archive.mapping(f"parents {search_field.name}")

    def stating(self, fact: StatedFact) -> Bitset:
        """Return the programs that state a fact."""
        return decode_bits(self._archive.part(f"stating {fact.name}"))

    def fact_words(self, fact: StatedFact) -> PrefixTable[CompactSet]:
        """Return the programs that state each folded word about a fact."""
        return StoredTable(self._archive, f"words {fact.name}", decode)

    def short_texts(self, fact: StatedFact) -> Mapping[str, int]:
        """Return the short texts that programs state about a fact, with the number of programs that state each."""
        return self._archive.mapping(f"short texts {fact.name}")

    def sorted_numbers(self, key: str, *, descending: bool) -> Sequence[int]:
        """Return all program numbers sorted by a key of `SORT_KEYS`."""
        return unpack_numbers(self._archive.part(_order_name(key, descending)))

    def stated_share(self) -> float:
        """Return which share of what a program can state the programs do state, from 0 to 1."""
        return self._archive.value("stated share", float)

    def phrases(self) -> PhraseBlocks:
        """Return all texts of two or more words."""
        return PhraseBlocks(
            StoredRecords(self._archive, "phrase texts", bytes),
            StoredRecords(self._archive, "phrase owners", _decode_owners),
        )


def _order_name(key: str, descending: bool) -> str:
    return f"order {'-' if descending else ''}{key}"


def _decode_owners(content: bytes) -> PhraseOwners:
    starts, program_sets = msgpack.decode(content, type=tuple[bytes, list[bytes]])
    return PhraseOwners(unpack_numbers(starts), [decode(program_set) for program_set in program_sets])
