"""The search fields, each declared once: what `field:value` filters by, and the facets.

A field gives each program its values as (id, label) pairs. To add a field or facet, add one entry to `SEARCH_FIELDS`.
"""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

from ..catalog.catalog import Catalog
from ..catalog.completeness import is_name_only
from ..catalog.ids import SourceId
from ..catalog.items import Track, Visa
from ..catalog.models import Program
from ..catalog.schema import PROGRAM
from ..catalog.us_states import STATES
from ..catalog.vocabulary import ACCREDITATION_LABELS, KIND_LABELS, PUBLISHER_LABELS
from ..catalog.years import year_of
from ..text import plural
from .normalize import fold_key

#: The values of one program: (id, label).
Values = Iterable[tuple[str, str]]


class SearchField(NamedTuple):
    """One field of the query language.

    `plural` names its values. `synonyms` returns more names of a value. Values of a numeric field can be filtered by
    range. `value_order` is the display order of values that neither counts nor labels put in order. `parent` is the
    field whose values group the values of this one, as families group specialties.
    """

    name: str
    label: str
    plural: str
    extract: Callable[[Program, Catalog], Values]
    aliases: tuple[str, ...] = ()
    is_facet: bool = False
    is_numeric: bool = False
    not_stated_label: str = "Not stated"
    value_order: tuple[str, ...] = ()
    parent: str = ""
    synonyms: Callable[[str, Catalog], Iterable[str]] | None = None


def _institution(program: Program, catalog: Catalog) -> Values:
    for institution_id in catalog.institutions_of(program):
        yield institution_id, catalog.institution_labels[institution_id]


def _institution_names(value: str, catalog: Catalog) -> Iterable[str]:
    institution = catalog.institution[value]
    yield institution.name
    yield from institution.also_called
    if institution.flagship:
        yield institution.flagship


def _kind(program: Program, _: Catalog) -> Values:
    yield program.kind, KIND_LABELS[program.kind]


def _specialty(program: Program, catalog: Catalog) -> Values:
    yield program.specialty, catalog.specialty[program.specialty].label


def _specialty_names(value: str, catalog: Catalog) -> Iterable[str]:
    specialty = catalog.specialty[value]
    yield specialty.name
    yield from specialty.abbreviations
    yield from specialty.synonyms
    if specialty.code:
        yield specialty.code


_MAX_FAMILY_DEPTH = 6  # ends the search for the root if the parents of specialties ever form a ring


def _family(program: Program, catalog: Catalog) -> Values:
    """The root of the program's specialty: the specialty that it ultimately builds on."""
    specialty = catalog.specialty[program.specialty]
    for _ in range(_MAX_FAMILY_DEPTH):
        if not specialty.parents:
            break
        specialty = catalog.specialty[specialty.parents[0]]
    yield specialty.id, specialty.label


def _accreditation(program: Program, _: Catalog) -> Values:
    label = ACCREDITATION_LABELS.get(program.accreditation or "")
    if program.accreditation and label:
        yield program.accreditation, label


def _city(program: Program, catalog: Catalog) -> Values:
    city, _ = catalog.location_of(program)
    if city:
        yield fold_key(city), city


def _state(program: Program, catalog: Catalog) -> Values:
    _, state = catalog.location_of(program)
    if state:
        yield state.casefold(), state


def _state_names(value: str, _: Catalog) -> Iterable[str]:
    name = STATES.get(value.upper())
    return (name,) if name else ()


def _listed(program: Program, _: Catalog) -> Values:
    """The catalog has no shortlist; `Index.with_shortlist` adds its values."""
    return ()


def _sites(program: Program, catalog: Catalog) -> Values:
    """The sites that have an entry. A description ("community practices") is not a value."""
    for reference in program.sites:
        for site_id in reference.site:
            yield site_id, catalog.site[site_id].name


def _site_names(value: str, catalog: Catalog) -> Iterable[str]:
    return catalog.site[value].also_called


def _service(program: Program, _: Catalog) -> Values:
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


def _match(program: Program, _: Catalog) -> Values:
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


def _visa(program: Program, _: Catalog) -> Values:
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


def _track(program: Program, _: Catalog) -> Values:
    for track in program.tracks:
        yield from track_values(track).items()


#: First number, last number, id and label of each range of positions per year.
_SIZES = (
    (1, 1, "1", "1 a year"),
    (2, 3, "2-3", "2–3 a year"),
    (4, 6, "4-6", "4–6 a year"),
    (7, 12, "7-12", "7–12 a year"),
    (13, 24, "13-24", "13–24 a year"),
    (25, 9999, "25-plus", "25 or more a year"),
)


def _size(program: Program, _: Catalog) -> Values:
    """The range of positions per year."""
    if program.positions_per_year is None:
        return
    for first, last, value, label in _SIZES:
        if first <= program.positions_per_year <= last:
            yield value, label


#: First year, id and label of each range of source years, newest first.
_AGES = (
    (2025, "2025-on", "2025 or later"),
    (2023, "2023-2024", "2023–2024"),
    (2020, "2020-2022", "2020–2022"),
    (2015, "2015-2019", "2015–2019"),
    (0, "older", "Before 2015"),
)


def _age(program: Program, catalog: Catalog) -> Values:
    """The range that holds the latest year of the program's sources."""
    years = [int(year) for year, _ in _as_of(program, catalog)]
    if years:
        latest = max(years)
        yield next((value, label) for first_year, value, label in _AGES if latest >= first_year)


def _length(program: Program, _: Catalog) -> Values:
    if program.length_years is not None:
        yield str(program.length_years), plural(program.length_years, "year")


def _positions(program: Program, _: Catalog) -> Values:
    if program.positions_per_year is not None:
        yield str(program.positions_per_year), f"{program.positions_per_year} a year"


def _topic(program: Program, _: Catalog) -> Values:
    for topic in dict.fromkeys(requirement.topic for requirement in program.requirements):
        yield topic.replace(" ", "-"), topic.capitalize()


def _topic_names(value: str, _: Catalog) -> Iterable[str]:
    return ("examination",) if value == "exam" else ()  # its former name, which saved searches may use


def _publishers(program: Program, catalog: Catalog) -> Values:
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


def _as_of(program: Program, catalog: Catalog) -> Values:
    """The years of the program's sources."""
    provenance = program.provenance
    dates = (provenance.date_of(source_id) or catalog.source[source_id].as_of for source_id in _source_ids(program))
    for year in sorted({year for date in dates if (year := year_of(date))}):
        yield str(year), str(year)


def _source_ids(program: Program) -> set[SourceId]:
    """The sources of the program's facts."""
    provenance = program.provenance
    return {*provenance.source, *(source_id for ids in provenance.by_field.values() for source_id in ids)}


def _has_third_party_item(program: Program) -> bool:
    item_lists = (getattr(program, field.key) for field in PROGRAM if field.shape == "items")
    return any(item.third_party for items in item_lists for item in items)


def _known(program: Program, _: Catalog) -> Values:
    yield ("name-only", "Name only") if is_name_only(program) else ("described", "Described")


def _id(program: Program, _: Catalog) -> Values:
    yield program.id, program.name


def _acgme(program: Program, _: Catalog) -> Values:
    if program.acgme_id:
        yield program.acgme_id, program.acgme_id


SEARCH_FIELDS: tuple[SearchField, ...] = (
    SearchField(
        "listed",
        "Shortlist",
        "statuses",
        _listed,
        ("list", "status"),
        is_facet=True,
        not_stated_label="Not on your shortlist",
    ),
    SearchField(
        "institution",
        "Institution",
        "institutions",
        _institution,
        ("inst", "hospital", "sponsor"),
        is_facet=True,
        synonyms=_institution_names,
    ),
    SearchField("kind", "Kind", "kinds", _kind, ("type",), is_facet=True),
    SearchField("family", "Field", "fields", _family, ("field",), synonyms=_specialty_names),
    SearchField(
        "specialty",
        "Specialty",
        "specialties",
        _specialty,
        ("spec",),
        is_facet=True,
        parent="family",
        synonyms=_specialty_names,
    ),
    SearchField("length", "Length", "lengths", _length, ("years",), is_facet=True, is_numeric=True),
    SearchField(
        "size", "Positions", "ranges", _size, is_facet=True, value_order=tuple(value for _, _, value, _ in _SIZES)
    ),
    SearchField("accreditation", "Accreditation", "accreditation types", _accreditation, ("accred",), is_facet=True),
    SearchField("visa", "Visa", "visa policies", _visa, ("visas",), is_facet=True),
    SearchField("service", "Apply through", "services", _service, ("apply", "via"), is_facet=True),
    SearchField("match", "Match", "matches", _match, is_facet=True),
    SearchField("track", "Track", "tracks", _track, ("tracks",), is_facet=True),
    SearchField(
        "topic",
        "Requirement",
        "requirement topics",
        _topic,
        ("requirement",),
        is_facet=True,
        synonyms=_topic_names,
    ),
    SearchField("city", "City", "cities", _city, is_facet=True),
    SearchField("state", "State", "states", _state, is_facet=True, synonyms=_state_names),
    SearchField("site", "Site", "sites", _sites, ("sites",), is_facet=True, synonyms=_site_names),
    SearchField(
        "age",
        "Latest source",
        "year ranges",
        _age,
        is_facet=True,
        not_stated_label="Date unknown",
        value_order=tuple(value for _, value, _ in _AGES),
    ),
    SearchField(
        "known",
        "Details",
        "levels of detail",
        _known,
        ("described",),
        is_facet=True,
        value_order=("described", "name-only"),
    ),
    SearchField("positions", "Positions", "numbers of positions", _positions, ("places",), is_numeric=True),
    SearchField("source", "Source", "sources", _publishers, ("publisher",)),
    SearchField("as_of", "Published", "years", _as_of, ("year",), is_numeric=True),
    SearchField("id", "ID", "IDs", _id),
    SearchField("acgme", "ACGME ID", "ACGME IDs", _acgme, ("acgme_id",)),
)

FIELDS_BY_NAME: Mapping[str, SearchField] = {
    name: search_field for search_field in SEARCH_FIELDS for name in (search_field.name, *search_field.aliases)
}
FACETS: tuple[SearchField, ...] = tuple(search_field for search_field in SEARCH_FIELDS if search_field.is_facet)

#: Names that `no:` and `has:` accept besides search fields, and the attribute of a program that each one checks.
STATABLE_ATTRIBUTES: Mapping[str, str] = {
    **{field.key: field.key for field in PROGRAM if not field.required and field.key not in FIELDS_BY_NAME},
    "mission": "statements",
    "deadlines": "deadlines",
    "deadline": "deadlines",
    "dates": "deadlines",
    "requirements": "requirements",
    "benefits": "benefits",
    "start": "start",
    "nrmp": "nrmp_codes",
    "page": "url",
    "highlights": "highlights",
    "curriculum": "curriculum",
}


def field_help(width: int = 80) -> str:
    """Return the list of all search fields for the help of the command line, wrapped to `width` columns."""
    names = ", ".join(search_field.name for search_field in SEARCH_FIELDS)
    return textwrap.fill(f"Fields: {names}.", width, break_on_hyphens=False)
