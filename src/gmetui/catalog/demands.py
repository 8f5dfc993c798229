"""What programs demand, without texts and pages: the few combinations there are, and which one each program has.

Comparing a person with every program looks at each distinct requirement once, however many programs share it. A
compiled catalog stores the table, so that nobody has to decode all programs.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property, partial
from typing import Any, NamedTuple
from weakref import WeakKeyDictionary

from msgspec import Struct, msgpack
from msgspec.structs import replace

from ..compiled.numbers import pack_numbers, unpack_numbers
from .catalog import Catalog
from .items import Requirement, Visa
from .models import Institution, Program, Provenance, Specialty
from .vocabulary import MONTH_NUMBERS

#: Requirements on these topics are compared only where they have conditions.
_UNCOMPARED_TOPICS = ("letters", "documents", "application", "selection", "other")
_RESIDENCY_MONTH, _FELLOWSHIP_MONTH = 9, 7


class Demand(NamedTuple):
    """What a program demands: numbers of requirements and of visa statements, and the month of application.

    `has_institution_visa` tells that the program itself states nothing about visas, and an institution of it does.
    """

    requirements: tuple[int, ...]
    visas: tuple[int, ...]
    has_institution_visa: bool
    application_month: int


class DemandTable(Struct, frozen=True, dict=True):
    """The distinct requirements and visa statements, without texts, the demands they make, and those of programs."""

    requirements: tuple[Requirement, ...]
    visas: tuple[Visa, ...]
    demands: tuple[Demand, ...]
    packed_numbers: bytes

    @cached_property
    def numbers(self) -> Sequence[int]:
        """The number of each program's demand, by the number of the program."""
        return unpack_numbers(self.packed_numbers)


#: How to read the table that is stored with a catalog, and the tables in use.
_stored: WeakKeyDictionary[Catalog, Callable[[], DemandTable]] = WeakKeyDictionary()
_tables: WeakKeyDictionary[Catalog, DemandTable] = WeakKeyDictionary()


def register_demands(catalog: Catalog, read: Callable[[], DemandTable]) -> None:
    """Make `demands_of` read the table of a compiled catalog, when it is asked for."""
    _stored[catalog] = read


def demands_of(catalog: Catalog) -> DemandTable:
    """Return the demands of a catalog's programs: read where they are stored, else collected, once."""
    table = _tables.get(catalog)
    if table is None:
        read = _stored.get(catalog) or partial(collect_demands, catalog)
        table = _tables[catalog] = read()
    return table


_encode = msgpack.Encoder().encode


class _Numbers:
    """Numbers for distinct values, by what they are encoded to."""

    def __init__(self) -> None:
        self.values: list[Any] = []
        self._numbers: dict[bytes, int] = {}

    def number_of(self, value: Any) -> int:
        encoded = _encode(value)
        number = self._numbers.setdefault(encoded, len(self.values))
        if number == len(self.values):
            self.values.append(value)
        return number


class DemandCollector:
    """Collects the demands of programs, program by program."""

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog
        self._requirements, self._visas, self._demands = _Numbers(), _Numbers(), _Numbers()
        self._numbers = array("I")

    def add(self, program: Program) -> None:
        """Look at the next program."""
        catalog, number_of_visa = self._catalog, self._visas.number_of
        visas = stated_visas(catalog, program) if program.visa else ()
        demand = Demand(
            tuple(map(self._requirements.number_of, _bare_requirements(program))) if program.requirements else (),
            tuple(number_of_visa(replace(visa, text="", source=())) for visa in visas),
            not program.visa and has_institution_visa(catalog, program),
            application_month(program, catalog.specialty[program.specialty]),
        )
        self._numbers.append(self._demands.number_of(demand))

    def result(self) -> DemandTable:
        """Return the demands of all programs."""
        requirements, visas, demands = (
            tuple(numbers.values) for numbers in (self._requirements, self._visas, self._demands)
        )
        return DemandTable(requirements, visas, demands, pack_numbers(self._numbers, max(1, len(demands))))


def collect_demands(catalog: Catalog) -> DemandTable:
    """Return the demands of all programs, each of which is visited once."""
    collector = DemandCollector(catalog)
    for program in catalog.programs:
        collector.add(program)
    return collector.result()


def _bare_requirements(program: Program) -> Iterator[Requirement]:
    """Yield the requirements that are compared, and those that name a number of letters, without text and pages."""
    for requirement in program.requirements:
        if requirement.topic in _UNCOMPARED_TOPICS and requirement.needs is None:
            continue
        yield replace(requirement, text="", source=(), as_of=None, third_party=False, unconfirmed=False, scope=())


def stated_visas(catalog: Catalog, program: Program) -> tuple[Visa, ...]:
    """Return what a program itself states about visas, each statement with the newest date that is known for it."""
    return _dated(catalog, program.visa, program.provenance)


def institution_visas(catalog: Catalog, program: Program) -> tuple[tuple[Institution, Visa], ...]:
    """Return what the sponsor and partners of a program state about visas for all their programs, with dates."""
    institutions = (catalog.institution[institution_id] for institution_id in catalog.institutions_of(program))
    return tuple(
        (institution, visa)
        for institution in institutions
        for visa in _dated(catalog, institution.visa, institution.provenance)
    )


def has_institution_visa(catalog: Catalog, program: Program) -> bool:
    """Tell whether the sponsor or a partner of a program states something about visas."""
    return any(catalog.institution[institution_id].visa for institution_id in catalog.institutions_of(program))


def _dated(catalog: Catalog, visas: Sequence[Visa], provenance: Provenance) -> tuple[Visa, ...]:
    if not visas:
        return ()
    return tuple(visa if visa.as_of else replace(visa, as_of=_newest_date(catalog, visa, provenance)) for visa in visas)


def _newest_date(catalog: Catalog, visa: Visa, provenance: Provenance) -> str | None:
    """Return the newest date of the pages that state something, or None where no page gives one."""
    pages = visa.source or provenance.sources_of("visa")
    page_dates = (
        provenance.date_of(page) or (catalog.source[page].as_of if page in catalog.source else None) for page in pages
    )
    return max(filter(None, page_dates), default=None)


def application_month(program: Program, specialty: Specialty) -> int:
    """Return the month in which programs receive applications: their specialty's, else September or July."""
    for name in (specialty.read_from, specialty.apply_from):
        if month := MONTH_NUMBERS.get(name or ""):
            return month
    return _FELLOWSHIP_MONTH if program.kind == "fellowship" else _RESIDENCY_MONTH
