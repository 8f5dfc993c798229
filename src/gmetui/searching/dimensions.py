"""What programs can be narrowed by besides words: every field of the language and every facet, declared once.

A dimension gives each program its values as (id, label). A new field or facet is one entry of `DIMENSIONS`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

from ..catalog.beside import THIRD_PARTY
from ..catalog.fields import PROGRAM
from ..catalog.model import ACCREDITATION_LABELS, KIND_LABELS, PUBLISHER_LABELS, Catalog, Program
from .folding import joined

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
    other_names: Callable[[str, Catalog], Iterable[str]] | None = None


def _institution(program: Program, catalog: Catalog) -> Values:
    yield program.institution, catalog.institution[program.institution].name


def _institution_names(value: str, catalog: Catalog) -> Iterable[str]:
    institution = catalog.institution[value]
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
    institution = catalog.institution[program.institution]
    if institution.city:
        yield joined(institution.city), institution.city


def _state(program: Program, catalog: Catalog) -> Values:
    institution = catalog.institution[program.institution]
    if institution.state:
        yield institution.state.casefold(), institution.state


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
    from ..catalog.facts import program_facts  # a usual search asks neither for this nor for years

    facts = program_facts(catalog, program)
    seen = {cited.source.publisher for fact in facts for cited in fact.citations}
    if any(fact.third_party or any(THIRD_PARTY in said for said in fact.beside) for fact in facts):
        seen.add("third-party")
    for publisher in sorted(seen):
        yield publisher, PUBLISHER_LABELS[publisher].capitalize()


def _as_of(program: Program, catalog: Catalog) -> Values:
    """The years that the pages of a program speak of."""
    from ..catalog.completeness import year_of
    from ..catalog.facts import program_facts

    cited = (cited for fact in program_facts(catalog, program) for cited in fact.citations)
    for year in sorted({year for citation in cited if (year := year_of(citation.as_of))}):
        yield str(year), str(year)


def _id(program: Program, _: Catalog) -> Values:
    yield program.id, program.name


def _acgme(program: Program, _: Catalog) -> Values:
    if program.acgme_id:
        yield program.acgme_id, program.acgme_id


DIMENSIONS: tuple[Dimension, ...] = (
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
    Dimension(
        "specialty",
        "Specialty",
        "specialties",
        _specialty,
        ("spec",),
        facet=True,
        other_names=_specialty_names,
    ),
    Dimension("length", "Length", "lengths", _length, ("years",), facet=True, numeric=True),
    Dimension("accreditation", "Accreditation", "kinds of accreditation", _accreditation, ("accred",), facet=True),
    Dimension("service", "Apply through", "services", _service, ("apply", "via"), facet=True),
    Dimension("topic", "Requirement about", "topics", _topic, ("requirement",), facet=True),
    Dimension("positions", "Positions", "numbers of positions", _positions, ("places",), numeric=True),
    Dimension("city", "City", "cities", _city),
    Dimension("state", "State", "states", _state),
    Dimension("site", "Site", "sites", _sites, ("sites",), other_names=_site_names),
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
    "visa": "visa",
    "deadlines": "deadlines",
    "deadline": "deadlines",
    "dates": "deadlines",
    "match": "match",
    "tracks": "tracks",
    "requirements": "requirements",
    "benefits": "benefits",
    "start": "start",
    "nrmp": "nrmp_codes",
    "page": "url",
    "highlights": "highlights",
    "curriculum": "curriculum",
}
#: What `sort:` orders by.
SORTS: Mapping[str, Callable[[Program, Catalog], tuple[object, ...]]] = {
    "name": lambda program, _: (program.name.casefold(),),
    "institution": lambda program, catalog: (catalog.institution[program.institution].name.casefold(),),
    "kind": lambda program, _: (program.kind,),
    "specialty": lambda program, catalog: (catalog.specialty[program.specialty].label.casefold(),),
    "length": lambda program, _: _number(program.length_years),
    "positions": lambda program, _: _number(program.positions_per_year),
}


def _number(value: int | None) -> tuple[object, ...]:
    return (value is None, value or 0)
