"""The values that search fields take from a program: (id, label) pairs, and more names of a value."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache, lru_cache
from operator import attrgetter

from ..catalog.vocabulary import ACCREDITATION_LABELS, KIND_LABELS, PUBLISHER_LABELS
from ..lean_typing import TYPE_CHECKING, Any
from ..text import plural
from .normalize import fold_key

if TYPE_CHECKING:
    from ..catalog.catalog import Catalog
    from ..catalog.ids import SourceId
    from ..catalog.items import Track, Visa
    from ..catalog.models import Program

#: The values of one program: (id, label).
Values = Iterable[tuple[str, str]]


def institution(program: Program, catalog: Catalog) -> Values:
    for institution_id in catalog.institutions_of(program):
        yield institution_id, catalog.institution_labels[institution_id]


def institution_names(value: str, catalog: Catalog) -> Iterable[str]:
    institution = catalog.institution[value]
    yield institution.name
    yield from institution.also_called
    if institution.flagship:
        yield institution.flagship


def kind(program: Program, _: Catalog) -> Values:
    yield program.kind, KIND_LABELS[program.kind]


def specialty(program: Program, catalog: Catalog) -> Values:
    yield program.specialty, catalog.specialty[program.specialty].label


def specialty_names(value: str, catalog: Catalog) -> Iterable[str]:
    specialty = catalog.specialty[value]
    yield specialty.name
    yield from specialty.abbreviations
    yield from specialty.synonyms
    if specialty.code:
        yield specialty.code


_MAX_FAMILY_DEPTH = 6  # ends the search for the root if the parents of specialties ever form a ring


def family(program: Program, catalog: Catalog) -> Values:
    """The root of the program's specialty: the residency that it ultimately builds on, or the specialty itself."""
    specialty = catalog.specialty[program.specialty]
    for _ in range(_MAX_FAMILY_DEPTH):
        if not specialty.parents or specialty.kind == "residency":
            break
        specialty = catalog.specialty[specialty.parents[0]]
    yield specialty.id, specialty.label


def accreditation(program: Program, _: Catalog) -> Values:
    label = ACCREDITATION_LABELS.get(program.accreditation or "")
    if program.accreditation and label:
        yield program.accreditation, label


_fold_name = lru_cache(maxsize=10_000)(fold_key)  # of cities, which many programs share


def city(program: Program, catalog: Catalog) -> Values:
    city, _ = catalog.location_of(program)
    if city:
        yield _fold_name(city), city


def state(program: Program, catalog: Catalog) -> Values:
    _, state = catalog.location_of(program)
    if state:
        yield state.casefold(), state


def state_names(value: str, _: Catalog) -> Iterable[str]:
    from ..catalog.us_states import STATES  # a stored index needs none

    name = STATES.get(value.upper())
    return (name,) if name else ()


def listed(program: Program, _: Catalog) -> Values:
    """The catalog has no shortlist; `Index.with_shortlist` adds its values."""
    return ()


def triage(_: Program, __: Catalog) -> Values:
    """The catalog has no decisions; `Index.with_triage` adds them."""
    return ()


def fits(_: Program, __: Catalog) -> Values:
    """The catalog has no verdicts; `Index.with_fits` adds them."""
    return ()


def sites(program: Program, catalog: Catalog) -> Values:
    """The sites that have an entry. A description ("community practices") is not a value."""
    for reference in program.sites:
        for site_id in reference.site:
            yield site_id, catalog.site[site_id].name


def site_names(value: str, catalog: Catalog) -> Iterable[str]:
    return catalog.site[value].also_called


def service(program: Program, _: Catalog) -> Values:
    """The name of the application service, without the remark that may follow it."""
    if program.application_service is not None:
        name = program.application_service.partition("(")[0].partition(";")[0].strip()
        yield fold_key(name), name[:1].upper() + name[1:]


#: Text that identifies a match, and its label.
_MATCHES = (
    ("nrmp", "NRMP"),
    ("sf match", "SF Match"),
    ("military", "Military match"),
    ("national matching services", "National Matching Services"),
    ("not in the match", "Not in a match"),
)


def match(program: Program, _: Catalog) -> Values:
    """The matches named in the text, or "Other match" where it names none of the usual ones."""
    if program.match is not None:
        text = program.match.casefold()
        matches = [(fold_key(label), label) for pattern, label in _MATCHES if pattern in text]
        yield from matches or [("other", "Other match")]


def visa_values(visa: Visa) -> dict[str, str]:
    """Return the values of one statement on visas: sponsored, case by case, or not sponsored."""
    values = {name.casefold(): f"{name} sponsored" for name in visa.sponsored}
    values |= {f"{name.casefold()}-by-case": f"{name} case by case" for name in visa.by_case}
    values |= {f"no-{name.casefold()}": f"{name} not sponsored" for name in visa.refused}
    values |= {"j-1-only": "J-1 only"} if visa.only and visa.sponsored == ("J-1",) else {}
    return values


def visa(program: Program, _: Catalog) -> Values:
    values: dict[str, str] = {}
    for visa in program.visa:
        values |= visa_values(visa)
    yield from (values or {"other": "Other"}).items() if program.visa else ()


_TRACKS = (
    "categorical",
    "preliminary",
    "advanced",
    "primary care",
    "research",
    "clinical",
    "integrated",
    "independent",
    "combined",
)


def track_values(track: Track) -> dict[str, str]:
    """Return the kinds of one track, recognized by words in its name."""
    name = track.name.casefold().replace("-", " ")
    return {kind.replace(" ", "-"): kind.capitalize() for kind in _TRACKS if kind in name} or {"other": "Other track"}


def track(program: Program, _: Catalog) -> Values:
    for track in program.tracks:
        yield from track_values(track).items()


#: First number, last number, id and label of each range of positions per year.
SIZES = (
    (1, 1, "1", "1 a year"),
    (2, 3, "2-3", "2–3 a year"),
    (4, 6, "4-6", "4–6 a year"),
    (7, 12, "7-12", "7–12 a year"),
    (13, 24, "13-24", "13–24 a year"),
    (25, 9999, "25-plus", "25 or more a year"),
)


def size(program: Program, _: Catalog) -> Values:
    """The range of positions per year."""
    if program.positions_per_year is None:
        return
    for first, last, value, label in SIZES:
        if first <= program.positions_per_year <= last:
            yield value, label


#: First year, id and label of each range of source years, newest first.
AGES = (
    (2025, "2025-on", "2025 or later"),
    (2023, "2023-2024", "2023–2024"),
    (2020, "2020-2022", "2020–2022"),
    (2015, "2015-2019", "2015–2019"),
    (0, "older", "Before 2015"),
)


def age(program: Program, catalog: Catalog) -> Values:
    """The range that holds the latest year of the program's sources."""
    years = [int(year) for year, _ in as_of(program, catalog)]
    if years:
        latest = max(years)
        yield next((value, label) for first_year, value, label in AGES if latest >= first_year)


def length(program: Program, _: Catalog) -> Values:
    if program.length_years is not None:
        yield str(program.length_years), plural(program.length_years, "year")


def positions(program: Program, _: Catalog) -> Values:
    if program.positions_per_year is not None:
        yield str(program.positions_per_year), f"{program.positions_per_year} a year"


def topic(program: Program, _: Catalog) -> Values:
    for topic in dict.fromkeys(requirement.topic for requirement in program.requirements):
        yield topic.replace(" ", "-"), topic.capitalize()


def topic_names(value: str, _: Catalog) -> Iterable[str]:
    return ("examination",) if value == "exam" else ()  # its former name, which saved searches may use


def publishers(program: Program, catalog: Catalog) -> Values:
    """The publishers of the program's facts."""
    publishers: set[str] = {
        catalog.source[source_id].publisher for source_id in _source_ids(program) if source_id in catalog.source
    }
    provenance = program.provenance
    if provenance.third_party or provenance.third_party_fields or _has_third_party_item(program):
        publishers.add("third-party")
    for publisher in sorted(publishers):
        label = PUBLISHER_LABELS[publisher]
        yield publisher, label[:1].upper() + label[1:]


def as_of(program: Program, catalog: Catalog) -> Values:
    """The years of the program's sources."""
    from ..catalog.years import year_of

    provenance = program.provenance
    dates = (provenance.date_of(source_id) or catalog.source[source_id].as_of for source_id in _source_ids(program))
    for year in sorted({year for date in dates if (year := year_of(date))}):
        yield str(year), str(year)


def _source_ids(program: Program) -> set[SourceId]:
    """The sources of the program's facts."""
    provenance = program.provenance
    return {*provenance.source, *(source_id for ids in provenance.by_field.values() for source_id in ids)}


def _has_third_party_item(program: Program) -> bool:
    return any(item.third_party for items in _item_lists()(program) if items for item in items)


@cache
def _item_lists() -> Callable[[Program], tuple[tuple[Any, ...], ...]]:
    """Return a function that returns all lists of items of a program."""
    from ..catalog.schema import PROGRAM

    return attrgetter(*(field.key for field in PROGRAM if field.shape == "items"))


def known(program: Program, _: Catalog) -> Values:
    yield ("name-only", "Name only") if _is_name_only()(program) else ("described", "Described")


@cache
def _is_name_only() -> Callable[[Program], bool]:
    from ..catalog.completeness import is_name_only  # which imports the model

    return is_name_only


def program_id(program: Program, _: Catalog) -> Values:
    yield program.id, program.name


def acgme(program: Program, _: Catalog) -> Values:
    if program.acgme_id:
        yield program.acgme_id, program.acgme_id
