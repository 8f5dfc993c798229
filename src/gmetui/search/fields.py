"""What programs can be narrowed by besides words: every field of the language and every facet, declared once.

A dimension gives each program its values as (id, label). A new field or facet is one entry of `DIMENSIONS`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

from ..catalog.completeness import named_only
from ..catalog.models import ACCREDITATION_LABELS, KIND_LABELS, PUBLISHER_LABELS, Catalog, Program, SourceId
from ..catalog.schema import PROGRAM
from ..catalog.us_states import STATES
from ..catalog.years import year_of
from .normalize import joined

#: The values of one program: (id, label).
Values = Iterable[tuple[str, str]]


class Dimension(NamedTuple):
    """One field of the language. `other_names` gives further words for a value; numbers allow ranges."""

    name: str
    label: str
    plural: str
    values: Callable[[Program, Catalog], Values]
    aliases: tuple[str, ...] = ()
    facet: bool = False
    numeric: bool = False
    unstated: str = "Not stated"
    order: tuple[str, ...] = ()  # of the values, where neither their counts nor their names give one
    within: str = ""  # the dimension whose values these stand under: specialties under their family
    other_names: Callable[[str, Catalog], Iterable[str]] | None = None


def _institution(program: Program, catalog: Catalog) -> Values:
    for own in catalog.institutions_of(program):
        yield own, catalog.institution_labels[own]


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


def _accreditation(program: Program, _: Catalog) -> Values:
    label = ACCREDITATION_LABELS.get(program.accreditation or "")
    if program.accreditation and label:
        yield program.accreditation, label


def _city(program: Program, catalog: Catalog) -> Values:
    city, _ = catalog.place_of(program)
    if city:
        yield joined(city), city


def _state(program: Program, catalog: Catalog) -> Values:
    _, state = catalog.place_of(program)
    if state:
        yield state.casefold(), state


def _state_names(value: str, _: Catalog) -> Iterable[str]:
    name = STATES.get(value.upper())
    return (name,) if name else ()


def _nothing(program: Program, _: Catalog) -> Values:
    """What stands on a person's own list is no part of the catalog: `Index.with_list` adds it."""
    return ()


def _sites(program: Program, catalog: Catalog) -> Values:
    """The sites that are entries of their own; a place that is none ("community practices") narrows nothing."""
    for used in program.sites:
        for site in used.site:
            yield site, catalog.site[site].name


def _site_names(value: str, catalog: Catalog) -> Iterable[str]:
    return catalog.site[value].also_called


def _service(program: Program, _: Catalog) -> Values:
    """What the page calls the service, without the remark that follows it."""
    if program.application_service is not None:
        name = program.application_service.partition("(")[0].partition(";")[0].strip()
        yield joined(name), name[:1].upper() + name[1:]


_MATCHES = (
    ("nrmp", "NRMP"),
    ("sf match", "SF Match"),
    ("military", "Military match"),
    ("national matching services", "National Matching Services"),
    ("not in the match", "Not in a match"),
)


def _match(program: Program, _: Catalog) -> Values:
    """The matches that the page names; a name that is none of the usual ones is "Another match"."""
    if program.match is None:
        return
    said = program.match.casefold()
    found = [(joined(name), name) for word, name in _MATCHES if word in said]
    yield from found or [("other", "Another match")]


def _visa(program: Program, _: Catalog) -> Values:
    """Kinds of visa: sponsored, by case, not sponsored; or that something else is said."""
    found: dict[str, str] = {}
    for item in program.visa:
        found |= {kind.casefold(): f"{kind} sponsored" for kind in item.sponsored}
        found |= {f"{kind.casefold()}-by-case": f"{kind} case by case" for kind in item.by_case}
        found |= {f"no-{kind.casefold()}": f"{kind} not sponsored" for kind in item.refused}
        found |= {"j-1-only": "J-1 only"} if item.only and item.sponsored == ("J-1",) else {}
    yield from (found or {"other": "Something else said"}).items() if program.visa else ()


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


def _track(program: Program, _: Catalog) -> Values:
    """Kinds of track, by the words of their names; one without such a word is "Another track"."""
    for track in program.tracks:
        said = track.name.casefold().replace("-", " ")
        found = [word for word in _TRACKS if word in said]
        yield from ((word.replace(" ", "-"), word.capitalize()) for word in found)
        if not found:
            yield "other", "Another track"


def _family(program: Program, catalog: Catalog) -> Values:
    """The specialty at the root: what the program's specialty builds on in the end."""
    specialty = catalog.specialty[program.specialty]
    for _ in range(_DEEPEST):
        if not specialty.parents:
            break
        specialty = catalog.specialty[specialty.parents[0]]
    yield specialty.id, specialty.label


_DEEPEST = 6  # specialties under each other; a ring in the data must end
#: From, to, id, label.
_SIZES = (
    (1, 1, "1", "1 a year"),
    (2, 3, "2-3", "2 or 3 a year"),
    (4, 6, "4-6", "4 to 6 a year"),
    (7, 12, "7-12", "7 to 12 a year"),
    (13, 24, "13-24", "13 to 24 a year"),
    (25, 9999, "25-plus", "25 or more a year"),
)


def _size(program: Program, _: Catalog) -> Values:
    """Positions a year, in ranges."""
    if program.positions_per_year is None:
        return
    for least, most, value, label in _SIZES:
        if least <= program.positions_per_year <= most:
            yield value, label


#: Since which year, id, label.
_AGES = (
    (2025, "2025-on", "2025 or later"),
    (2023, "2023-2024", "2023 and 2024"),
    (2020, "2020-2022", "2020 to 2022"),
    (2015, "2015-2019", "2015 to 2019"),
    (0, "older", "Before 2015"),
)


def _age(program: Program, catalog: Catalog) -> Values:
    """The newest year that the pages of a program speak of; none is "Undated"."""
    years = [int(year) for year, _ in _as_of(program, catalog)]
    if years:
        newest = max(years)
        yield next((value, label) for since, value, label in _AGES if newest >= since)


def _length(program: Program, _: Catalog) -> Values:
    if program.length_years is not None:
        years = program.length_years
        yield str(years), f"{years} year{'s' * (years != 1)}"


def _positions(program: Program, _: Catalog) -> Values:
    if program.positions_per_year is not None:
        yield str(program.positions_per_year), f"{program.positions_per_year} a year"


def _topic(program: Program, _: Catalog) -> Values:
    for topic in dict.fromkeys(requirement.topic for requirement in program.requirements):
        yield topic.replace(" ", "-"), topic.capitalize()


def _publishers(program: Program, catalog: Catalog) -> Values:
    """Who speaks in a program's facts."""
    seen = {catalog.source[page].publisher for page in _pages(program) if page in catalog.source}
    if program.provenance.third_party or program.provenance.third_party_fields or _has_item_of_others(program):
        seen.add("third-party")
    for publisher in sorted(seen):
        yield publisher, PUBLISHER_LABELS[publisher].capitalize()


def _as_of(program: Program, catalog: Catalog) -> Values:
    """The years that the pages of a program speak of."""
    provenance = program.provenance
    said = (provenance.speaks_of(page) or catalog.source[page].as_of for page in _pages(program))
    for year in sorted({year for date in said if (year := year_of(date))}):
        yield str(year), str(year)


def _pages(program: Program) -> set[SourceId]:
    """The pages behind the facts of a program."""
    provenance = program.provenance
    return {*provenance.source, *(page for pages in provenance.by_field.values() for page in pages)}


def _has_item_of_others(program: Program) -> bool:
    lists = (getattr(program, field.key) for field in PROGRAM if field.shape == "items")
    return any(item.third_party for items in lists for item in items)


def _known(program: Program, _: Catalog) -> Values:
    yield ("name-only", "Only a name") if named_only(program) else ("described", "Described")


def _id(program: Program, _: Catalog) -> Values:
    yield program.id, program.name


def _acgme(program: Program, _: Catalog) -> Values:
    if program.acgme_id:
        yield program.acgme_id, program.acgme_id


DIMENSIONS: tuple[Dimension, ...] = (
    Dimension("listed", "Your list", "states", _nothing, ("list", "status"), facet=True, unstated="Not on your list"),
    Dimension(
        "institution",
        "Institution",
        "institutions",
        _institution,
        ("inst", "hospital", "sponsor"),
        facet=True,
        other_names=_institution_names,
    ),
    Dimension("kind", "Kind", "kinds", _kind, ("type",), facet=True),
    Dimension("family", "Field", "fields", _family, ("field",), other_names=_specialty_names),
    Dimension(
        "specialty",
        "Specialty",
        "specialties",
        _specialty,
        ("spec",),
        facet=True,
        within="family",
        other_names=_specialty_names,
    ),
    Dimension("length", "Length", "lengths", _length, ("years",), facet=True, numeric=True),
    Dimension("size", "Positions", "sizes", _size, facet=True, order=tuple(value for _, _, value, _ in _SIZES)),
    Dimension("accreditation", "Accreditation", "kinds of accreditation", _accreditation, ("accred",), facet=True),
    Dimension("visa", "Visa", "kinds of visa", _visa, ("visas",), facet=True),
    Dimension("service", "Apply through", "services", _service, ("apply", "via"), facet=True),
    Dimension("match", "Match", "matches", _match, facet=True),
    Dimension("track", "Track", "tracks", _track, ("tracks",), facet=True),
    Dimension("topic", "Requirement about", "topics", _topic, ("requirement",), facet=True),
    Dimension("city", "City", "cities", _city, facet=True),
    Dimension("state", "State", "states", _state, facet=True, other_names=_state_names),
    Dimension("site", "Site", "sites", _sites, ("sites",), facet=True, other_names=_site_names),
    Dimension(
        "age",
        "Newest page",
        "ages",
        _age,
        facet=True,
        unstated="Undated",
        order=tuple(value for _, value, _ in _AGES),
    ),
    Dimension("known", "What is known", "kinds", _known, ("described",), facet=True, order=("described", "name-only")),
    Dimension("positions", "Positions", "numbers of positions", _positions, ("places",), numeric=True),
    Dimension("source", "Source", "sources", _publishers, ("publisher",)),
    Dimension("as_of", "Speaks of", "years", _as_of, ("year",), numeric=True),
    Dimension("id", "Id", "ids", _id),
    Dimension("acgme", "ACGME id", "ACGME ids", _acgme, ("acgme_id",)),
)

BY_NAME: Mapping[str, Dimension] = {
    name: dimension for dimension in DIMENSIONS for name in (dimension.name, *dimension.aliases)
}
FACETS: tuple[Dimension, ...] = tuple(dimension for dimension in DIMENSIONS if dimension.facet)

#: What else `no:` and `has:` can ask about, and the attribute of a program that answers.
STATED: Mapping[str, str] = {
    **{field.key: field.key for field in PROGRAM if not field.required and field.key not in BY_NAME},
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
