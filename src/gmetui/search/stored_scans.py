"""What scans of a catalog found, stored with it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from itertools import accumulate, chain

from ..compiled.archive import Archive, decode_json, join_blobs, split_blobs
from ..compiled.numbers import pack_numbers, unpack_numbers
from ..compiled.sections import BlobSection, RecordSection, Section, TableSection, encode_json, json_part
from ..compiled.tables import LazyMapping, MemoryTable, PrefixTable, StoredRecords, StoredTable
from ..lean_typing import TYPE_CHECKING
from .bitset import Bitset, CompactSet, decode, decode_bits, encode
from .field_values import FieldValues, ValueTotals
from .fields import FIELDS_BY_NAME, IDENTIFIERS, SEARCH_FIELDS, SearchField
from .sort import SORT_KEYS
from .stated_facts import StatedFact, facts_by_key
from .value_columns import Runs, ValueColumn

if TYPE_CHECKING:
    from .phrase_blocks import PhraseBlocks, PhraseOwners
    from .scans import Scans

#: Of more names than this, the few that are asked for are read; fewer are read at once, which keeps their order.
MAX_NAMES_AT_ONCE = 50_000


def decode_strings(content: bytes) -> tuple[str, ...]:
    """Return the strings of a JSON array."""
    return tuple(decode_json(content))


def scan_sections(scans: Scans, size: int) -> Iterator[Section]:
    """Yield the sections of an archive that hold what scans of `size` programs find, except values of identifiers."""
    for search_field in SEARCH_FIELDS:
        if search_field.name not in IDENTIFIERS:
            yield from value_sections(search_field.name, scans.values(search_field))
        if search_field.parent:
            parents = scans.parents(search_field, FIELDS_BY_NAME[search_field.parent])
            yield json_part(f"parents {search_field.name}", parents)
    for fact in {fact.name: fact for fact in facts_by_key().values() if not fact.field}.values():
        yield BlobSection(f"stating {fact.name}", encode(scans.stating(fact)))
        yield set_table(f"words {fact.name}", scans.fact_words(fact))
        yield json_part(f"short texts {fact.name}", scans.short_texts(fact))
    for key in SORT_KEYS:
        for descending in (False, True):
            yield BlobSection(
                _order_name(key, descending), pack_numbers(scans.sorted_numbers(key, descending=descending), size)
            )
    yield json_part("stated share", scans.stated_share())
    yield from _phrase_sections(scans.phrases())


def set_table(name: str, program_sets: Mapping[str, CompactSet]) -> TableSection:
    """Return the table of an archive that holds sets of programs by text."""
    return TableSection(name, ((key, encode(program_set)) for key, program_set in program_sets.items()))


def value_sections(name: str, values: FieldValues) -> Iterator[Section]:
    """Yield the sections of an archive that hold the values of a search field."""
    totals = values.totals
    yield from _mapping_sections(f"labels {name}", values.labels)
    yield from _mapping_sections(f"names {name}", values.ids_by_name)
    yield set_table(f"sets {name}", values.program_sets)
    yield json_part(f"totals {name}", (totals.by_value, totals.counting_cost))
    yield BlobSection(f"stated {name}", encode(totals.stated))
    yield from column_sections(name, values.column, values.slices)


def column_sections(name: str, column: ValueColumn, slices: Sequence[Bitset]) -> Iterator[Section]:
    """Yield the sections of an archive that hold the values of each program, and the slices of their codes."""
    codes, combinations = column
    size = len(codes)
    yield json_part(f"combinations {name}", combinations)
    if isinstance(codes, Runs):
        packed = (pack_numbers(codes.starts, size), pack_numbers(codes.codes, len(combinations)))
        yield BlobSection(f"runs {name}", join_blobs(*packed))
    else:
        yield BlobSection(f"codes {name}", pack_numbers(codes, len(combinations)))
    if slices:
        width = size // 8 + 1
        yield BlobSection(f"slices {name}", b"".join(bits.to_bytes(width, "little") for bits in slices))


def _mapping_sections(name: str, mapping: Mapping[str, str | Sequence[str]]) -> Iterator[Section]:
    if len(mapping) > MAX_NAMES_AT_ONCE:
        yield TableSection(name, ((key, encode_json(value)) for key, value in mapping.items()))
    else:
        yield json_part(name, dict(mapping))


def _phrase_sections(phrases: PhraseBlocks) -> Iterator[Section]:
    yield RecordSection("phrase texts", phrases.texts)
    yield RecordSection("phrase owners", map(_encode_owners, phrases.owners))


def _encode_owners(owners: PhraseOwners) -> bytes:
    """Return where the texts of a block start, where the set of each ends, and the sets."""
    starts, program_sets = owners.starts, list(map(encode, owners.program_sets))
    ends = list(accumulate(map(len, program_sets)))
    last_start, last_end = (starts[-1], ends[-1]) if starts else (0, 0)
    return join_blobs(pack_numbers(starts, last_start), pack_numbers(ends, last_end), b"".join(program_sets))


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
            partial(self._slices, name),
        )

    def _labels(self, section: str) -> Mapping[str, str]:
        if self._archive.has_part(section):
            return LazyMapping(partial(self._archive.json, section))
        return StoredTable(self._archive, section, decode_json)

    def _names(self, section: str) -> PrefixTable[Sequence[str]]:
        if self._archive.has_part(section):
            return MemoryTable(LazyMapping(partial(self._archive.json, section)))
        return StoredTable(self._archive, section, decode_strings)

    def _totals(self, name: str) -> ValueTotals:
        by_value, counting_cost = self._archive.json(f"totals {name}")
        return ValueTotals(by_value, decode_bits(self._archive.part(f"stated {name}")), counting_cost)

    def _column(self, name: str) -> ValueColumn:
        combinations = [tuple(values) for values in self._archive.json(f"combinations {name}")]
        if not self._archive.has_part(f"runs {name}"):
            return ValueColumn(unpack_numbers(self._archive.part(f"codes {name}")), combinations)
        starts, codes = map(unpack_numbers, split_blobs(self._archive.part(f"runs {name}"), 2))
        return ValueColumn(Runs(starts, codes, self._size), combinations)

    def _slices(self, name: str) -> Sequence[Bitset]:
        if not self._archive.has_part(f"slices {name}"):
            return ()
        packed, width = self._archive.part(f"slices {name}"), self._size // 8 + 1
        return [int.from_bytes(packed[start : start + width], "little") for start in range(0, len(packed), width)]

    def parents(self, search_field: SearchField, parent: SearchField) -> Mapping[str, str]:
        """Return, for each value of a field, the value of the parent field that its programs have."""
        parents: dict[str, str] = self._archive.json(f"parents {search_field.name}")
        return parents

    def stating(self, fact: StatedFact) -> Bitset:
        """Return the programs that state a fact."""
        return decode_bits(self._archive.part(f"stating {fact.name}"))

    def fact_words(self, fact: StatedFact) -> PrefixTable[CompactSet]:
        """Return the programs that state each folded word about a fact."""
        return StoredTable(self._archive, f"words {fact.name}", decode)

    def short_texts(self, fact: StatedFact) -> Mapping[str, int]:
        """Return the short texts that programs state about a fact, with the number of programs that state each."""
        counts: dict[str, int] = self._archive.json(f"short texts {fact.name}")
        return counts

    def sorted_numbers(self, key: str, *, descending: bool) -> Sequence[int]:
        """Return all program numbers sorted by a key of `SORT_KEYS`."""
        return unpack_numbers(self._archive.part(_order_name(key, descending)))

    def stated_share(self) -> float:
        """Return which share of what a program can state the programs do state, from 0 to 1."""
        return float(self._archive.json("stated share"))

    def phrases(self) -> PhraseBlocks:
        """Return all texts of two or more words."""
        from .phrase_blocks import PhraseBlocks  # few searches have a phrase

        return PhraseBlocks(
            StoredRecords(self._archive, "phrase texts", bytes),
            StoredRecords(self._archive, "phrase owners", _decode_owners),
        )


def _order_name(key: str, descending: bool) -> str:
    return f"order {'-' if descending else ''}{key}"


def _decode_owners(content: bytes) -> PhraseOwners:
    from .phrase_blocks import PhraseOwners

    starts, packed_ends, program_sets = split_blobs(content, 3)
    ends = unpack_numbers(packed_ends)
    sets = [decode(program_sets[start:end]) for start, end in zip(chain((0,), ends), ends, strict=False)]
    return PhraseOwners(unpack_numbers(starts), sets)
