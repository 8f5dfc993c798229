"""The texts that a program is searched by: its own, its specialty's and its institution's, each with a weight."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import IntEnum

from ..lean_typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ..catalog.catalog import Catalog
    from ..catalog.items import Partner, SiteReference
    from ..catalog.models import Institution, Program, Specialty


class SearchWeight(IntEnum):
    """How much a word counts, by the part of the program it occurs in; heavier parts have higher values."""

    BODY = 0  # requirements, mission, highlights: sentences of source pages
    RELATED = 1  # sites, tracks, partners, parent specialties, codes
    SYNONYM = 2  # other names of the specialty
    KIND = 3
    LOCATION = 4  # institution, hospital, city
    TITLE = 5  # names of the program and of its specialty


#: One text that a program is searched by: its weight, its field, and the text.
SearchText = tuple[SearchWeight, str, str]
#: Fields that hold a code and nothing else. Codes are too rare to be vocabulary words; the table of codes holds them.
CODE_ONLY_FIELDS = ("acgme_id",)
_KIND_WORDS: Mapping[str, str] = {
    "residency": "residency residencies resident",
    "fellowship": "fellowship fellow",
    "combined": "combined residency resident",
    "other": "training",
}
_NOTE_FIELDS = (
    "accreditation_note",
    "length_note",
    "positions_note",
    "sites_note",
    "start",
    "match",
    "application_service",
    "application_note",
    "contact_office",
)


def alias_names(specialty: Specialty) -> Iterator[tuple[str, str]]:
    """Yield (field, name) for every name of the specialty as a whole."""
    yield "name", specialty.name
    unqualified = specialty.name.partition("(")[0].strip()
    if unqualified and unqualified != specialty.name:
        yield "name", unqualified
    if specialty.display:
        yield "display", specialty.display
    if specialty.code:
        yield "code", specialty.code
    for field_name in ("abbreviations", "synonyms", "variants"):
        for name in getattr(specialty, field_name):
            yield field_name, name


def institution_names(institution: Institution) -> Iterator[tuple[str, str]]:
    """Yield (field, name) for every name of the institution as a whole."""
    yield "name", institution.name
    yield "id", institution.id
    for name in institution.also_called:
        yield "also_called", name
    if institution.flagship:
        yield "flagship", institution.flagship


def specialty_texts(specialty: Specialty, catalog: Catalog) -> Iterator[tuple[SearchWeight, str, str]]:
    """Yield every text that a specialty contributes to its programs, as (weight, field, text)."""
    for field_name, name in alias_names(specialty):
        weight = SearchWeight.TITLE if field_name in ("name", "display") else SearchWeight.SYNONYM
        yield weight, f"specialty.{field_name}", name
    for parent in specialty.parents:
        for field_name, name in alias_names(catalog.specialty[parent]):
            yield SearchWeight.RELATED, f"specialty.parents.{field_name}", name


def institution_texts(institution: Institution) -> Iterator[tuple[SearchWeight, str, str]]:
    """Yield every text that an institution contributes to its programs, as (weight, field, text)."""
    for field_name, name in institution_names(institution):
        yield SearchWeight.LOCATION, f"institution.{field_name}", name
    for field_name in ("city", "state"):
        if location := getattr(institution, field_name):
            yield SearchWeight.LOCATION, f"institution.{field_name}", location
    from ..catalog.us_states import STATES  # a stored index needs none

    if institution.state and institution.state in STATES:
        yield SearchWeight.LOCATION, "institution.state", STATES[institution.state]
    if institution.system:
        yield SearchWeight.RELATED, "institution.system", institution.system
    if institution.medical_school:  # a school of several hospitals must not outrank an institution of the same name
        yield SearchWeight.BODY, "institution.medical_school", institution.medical_school


def program_texts(program: Program, catalog: Catalog) -> Iterator[tuple[SearchWeight, str, str]]:
    """Yield the texts of the program itself, without its specialty and institution, as (weight, field, text)."""
    yield SearchWeight.TITLE, "name", program.name
    for name in program.other_names:
        yield SearchWeight.TITLE, "other_names", name
    if program.specialty_as_named:
        yield SearchWeight.TITLE, "specialty_as_named", program.specialty_as_named
    for field_name in ("campus", "city", "state"):
        if location := getattr(program, field_name):
            yield SearchWeight.LOCATION, field_name, location
    yield SearchWeight.KIND, "kind", _KIND_WORDS[program.kind]
    yield from _related_texts(program, catalog)
    for field_name, text in body_texts(program):
        yield SearchWeight.BODY, field_name, text


def _related_texts(program: Program, catalog: Catalog) -> Iterator[tuple[SearchWeight, str, str]]:
    locations: list[SiteReference | Partner] = [*program.sites, *program.joint_with]
    for location in locations:
        yield SearchWeight.RELATED, "sites", location.text
        for site_id in location.site:
            for name in (catalog.site[site_id].name, *catalog.site[site_id].also_called):
                if name != location.text:
                    yield SearchWeight.RELATED, "sites", name
    for track in program.tracks:
        yield SearchWeight.RELATED, "tracks", track.text
    for code in program.nrmp_codes:
        yield SearchWeight.RELATED, "nrmp_codes", code.text
    for field_name in ("acgme_id", "parent_specialty"):
        if text := getattr(program, field_name):
            yield SearchWeight.RELATED, field_name, text


def program_codes(program: Program) -> Iterator[str]:
    """Yield the codes of a program, lowercase: its ACGME id and the first word of each NRMP code."""
    for code in (program.acgme_id or "", *(nrmp_code.text for nrmp_code in program.nrmp_codes)):
        if code:
            yield code.partition(" ")[0].casefold()


#: The place of each weight, by its value, when the parts of a program are offered as the reason for a match.
_REASON_RANKS = tuple(
    (
        SearchWeight.TITLE,
        SearchWeight.SYNONYM,
        SearchWeight.LOCATION,
        SearchWeight.KIND,
        SearchWeight.RELATED,
        SearchWeight.BODY,
    ).index(weight)
    for weight in SearchWeight
)
REASON_RANK_COUNT = 2 * len(_REASON_RANKS)


def searchable_texts(program: Program, catalog: Catalog) -> list[SearchText]:
    """Return every text a program is searched by, the best reason for a match first."""
    texts = [
        *program_texts(program, catalog),
        *specialty_texts(catalog.specialty[program.specialty], catalog),
        *institution_texts(catalog.institution[program.institution]),
    ]
    return sorted(texts, key=reason_rank)


def reason_rank(text: SearchText) -> int:
    """Return the place of a text among those that are offered as the reason for a match, the best first."""
    return 2 * _REASON_RANKS[text[0]] + (text[1] == "campus")


def body_texts(program: Program) -> Iterator[tuple[str, str]]:
    """Yield (field, text) of the sentences that source pages give about a program."""
    for statement in program.statements:
        for quote in statement.quote:
            yield "mission", quote
    for requirement in program.requirements:
        yield "requirements", requirement.text
    for field_name in (
        *("highlights", "curriculum", "own_residents", "visa", "deadlines", "benefits", "also_listed"),
        "disagreements",
    ):
        for item in getattr(program, field_name):
            yield field_name, item.text
    for field_name in _NOTE_FIELDS:
        if text := getattr(program, field_name):
            yield field_name, text
