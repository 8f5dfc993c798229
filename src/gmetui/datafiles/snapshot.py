"""A compiled catalog: what a wheel carries, and the cache keeps, so that starting reads no TOML.

The reference, institutions and sources are one value. Programs are records that are decoded when they are looked at,
beside the lookups that would otherwise visit all of them. Decoding checks the types and can only make the catalog's own
classes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from msgspec import Struct, msgpack
from msgspec.structs import replace

from ..catalog.catalog import Catalog
from ..catalog.demands import DemandTable, collect_demands, register_demands
from ..catalog.gazetteer import NO_PLACES
from ..catalog.ids import InstitutionId
from ..catalog.models import Program
from ..catalog.program_lookups import Place, ProgramLookups
from ..compiled.archive import Archive, join_blobs
from ..compiled.numbers import pack_numbers, unpack_numbers
from ..compiled.sections import RecordSection, Section, TableSection, value_part
from ..compiled.tables import StoredTable
from . import program_parts
from .files import bundled_gazetteer

_NUMBER_TABLES = ("by_institution", "by_specialty", "by_base")
_NUMBER_SIZE = 4  # bytes of a program number


class _Sums(Struct, frozen=True):
    """The small lookups of a catalog."""

    partners: dict[str, tuple[InstitutionId, ...]]
    sponsor_count: int
    place_counts: tuple[tuple[Place, int], ...]
    has_imported_programs: bool


def catalog_sections(
    catalog: Catalog, more_parts: Callable[[Program], tuple[bytes, bytes]] = lambda _: (b"", b"")
) -> Iterator[Section]:
    """Yield the sections of an archive that hold `catalog`; `more_parts` returns what searches need of a program."""
    lookups, size = catalog.lookups, len(catalog.programs)
    yield value_part("head", replace(catalog, programs=(), gazetteer=NO_PLACES, stored_lookups=None))
    yield value_part("demands", collect_demands(catalog))
    yield value_part("sums", _Sums(**{name: getattr(lookups, name) for name in _Sums.__struct_fields__}))
    records = (join_blobs(msgpack.encode(program), *more_parts(program)) for program in catalog.programs)
    yield RecordSection(program_parts.SECTION, records)
    numbers = ((key, number.to_bytes(_NUMBER_SIZE, "little")) for key, number in lookups.numbers.items())
    yield TableSection("numbers", numbers)
    pack = partial(pack_numbers, largest=size)
    for name in _NUMBER_TABLES:
        yield TableSection(name, ((key, pack(numbers)) for key, numbers in getattr(lookups, name).items()))


def stored_catalog(archive: Archive) -> Catalog:
    """Return the catalog that an archive holds. Raises ValueError or KeyError when something else is in it."""
    head, sums = archive.value("head", Catalog), archive.value("sums", _Sums)
    by_institution, by_specialty, by_base = (StoredTable(archive, name, unpack_numbers) for name in _NUMBER_TABLES)
    lookups = ProgramLookups(
        numbers=StoredTable(archive, "numbers", partial(int.from_bytes, byteorder="little")),
        by_institution=by_institution,
        by_specialty=by_specialty,
        by_base=by_base,
        partners=sums.partners,
        sponsor_count=sums.sponsor_count,
        place_counts=sums.place_counts,
        has_imported_programs=sums.has_imported_programs,
    )
    programs = program_parts.stored_parts(archive, program_parts.MODEL_PART, msgpack.Decoder(Program).decode)
    catalog = replace(head, programs=programs, gazetteer=bundled_gazetteer(), stored_lookups=lookups)
    register_demands(catalog, partial(archive.value, "demands", DemandTable))
    return catalog
