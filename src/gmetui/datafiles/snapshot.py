"""A compiled catalog: what a wheel carries, and the cache keeps, so that starting reads no TOML.

The reference and institutions are one value. Programs and web pages are records that are decoded when they are looked
at, beside the lookups that would otherwise visit all programs. Decoding checks the types and can only make the
catalog's own classes.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Iterator
from functools import partial

from msgspec import Struct, msgpack
from msgspec.structs import replace

from ..catalog.catalog import Catalog
from ..catalog.demands import DemandCollector, DemandTable, register_demands
from ..catalog.gazetteer import NO_PLACES
from ..catalog.ids import InstitutionId
from ..catalog.models import Program, Source
from ..catalog.program_lookups import LookupCollector, Place, ProgramLookups
from ..compiled.archive import Archive, join_blobs
from ..compiled.numbers import pack_numbers, unpack_numbers
from ..compiled.sections import RecordSection, Section, TableSection, value_part
from ..compiled.tables import LazyMapping, NumberedRecords, StoredTable
from . import program_parts
from .files import bundled_gazetteer

_NUMBER_TABLES = ("by_institution", "by_specialty", "by_base")
_SOURCES, _SOURCE_NUMBERS = "sources", "source numbers"
_NUMBER_SIZE = 4  # bytes of a program number


#: Returns more parts of a program's record, given its number and the program.
MoreParts = Callable[[int, Program], tuple[bytes, bytes]]


def _no_parts(_: int, __: Program) -> tuple[bytes, bytes]:
    return b"", b""


class _Sums(Struct, frozen=True):
    """The small lookups of a catalog."""

    partners: dict[str, tuple[InstitutionId, ...]]
    sponsor_count: int
    place_counts: tuple[tuple[Place, int], ...]
    has_imported_programs: bool


def catalog_sections(catalog: Catalog, more_parts: MoreParts = _no_parts) -> Generator[Section, None, Catalog]:
    """Yield the sections of an archive that hold `catalog`, and return it with its lookups.

    Each program is looked at once, in order. `more_parts` gets it with its number then, and returns what searches need
    of it.
    """
    programs = catalog.programs
    lookups, demands = LookupCollector(catalog.institution, catalog.specialty, catalog.site), DemandCollector(catalog)

    def records() -> Iterator[bytes]:
        for number, program in enumerate(programs):
            lookups.add(program)
            demands.add(program)
            yield join_blobs(msgpack.encode(program), *more_parts(number, program))

    yield RecordSection(program_parts.SECTION, records())
    yield from _head_sections(catalog)
    yield value_part("demands", demands.result())
    yield _number_table("numbers", lookups.program_ids)
    collected = lookups.result(
        LazyMapping(lambda: {program.id: number for number, program in enumerate(catalog.programs)})
    )
    lookups.program_ids.clear()
    yield value_part("sums", _Sums(**{name: getattr(collected, name) for name in _Sums.__struct_fields__}))
    pack = partial(pack_numbers, largest=len(programs))
    for name in _NUMBER_TABLES:
        yield TableSection(name, ((key, pack(numbers)) for key, numbers in getattr(collected, name).items()))
    return replace(catalog, stored_lookups=collected)


def _head_sections(catalog: Catalog) -> Iterator[Section]:
    """Yield the sections that hold what a catalog has besides its programs. Web pages are records."""
    head = replace(catalog, programs=(), sources=(), gazetteer=NO_PLACES, stored_lookups=None)
    yield value_part("head", head)
    yield RecordSection(_SOURCES, map(msgpack.encode, catalog.sources))
    yield _number_table(_SOURCE_NUMBERS, [source.id for source in catalog.sources])


def _number_table(name: str, ids: Iterable[str]) -> TableSection:
    """Return the table of the number of each id."""
    return TableSection(name, ((key, number.to_bytes(_NUMBER_SIZE, "little")) for number, key in enumerate(ids)))


def _stored_numbers(archive: Archive, name: str) -> StoredTable[int]:
    return StoredTable(archive, name, partial(int.from_bytes, byteorder="little"))


def stored_catalog(archive: Archive) -> Catalog:
    """Return the catalog that an archive holds. Raises ValueError or KeyError when something else is in it."""
    head, sums = archive.value("head", Catalog), archive.value("sums", _Sums)
    by_institution, by_specialty, by_base = (StoredTable(archive, name, unpack_numbers) for name in _NUMBER_TABLES)
    lookups = ProgramLookups(
        numbers=_stored_numbers(archive, "numbers"),
        by_institution=by_institution,
        by_specialty=by_specialty,
        by_base=by_base,
        partners=sums.partners,
        sponsor_count=sums.sponsor_count,
        place_counts=sums.place_counts,
        has_imported_programs=sums.has_imported_programs,
    )
    programs = program_parts.stored_parts(archive, program_parts.MODEL_PART, msgpack.Decoder(Program).decode)
    catalog = replace(
        head,
        programs=programs,
        sources=NumberedRecords(
            archive, _SOURCES, msgpack.Decoder(Source).decode, _stored_numbers(archive, _SOURCE_NUMBERS)
        ),
        gazetteer=bundled_gazetteer(),
        stored_lookups=lookups,
    )
    register_demands(catalog, partial(archive.value, "demands", DemandTable))
    return catalog
