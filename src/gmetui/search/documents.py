"""What a program is searched by: its own texts, its specialty's and its institution's, each with its weight."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import IntEnum

from ..catalog.items import Partner, SiteUse
from ..catalog.models import Catalog, Institution, Program, Specialty
from ..catalog.us_states import STATES


class Tier(IntEnum):
    """Where in a program a word stands; the order is the order of weight."""

    TEXT = 0  # requirements, mission, highlights: what pages say
    WIDE = 1  # sites, tracks, partners, parent specialties, codes
    ALSO = 2  # what else its specialty is called
    KIND = 3
    PLACE = 4  # institution, hospital, city
    NAME = 5  # the program's names and its specialty's


#: Fields that begin with a code, and those that hold nothing else: codes are too rare to be words.
CODES = ("acgme_id", "nrmp_codes")
ONLY_CODES = ("acgme_id",)
_KIND_WORDS: Mapping[str, str] = {
    "residency": "residency residencies resident",
    "fellowship": "fellowship fellow",
    "combined": "combined residency resident",
    "other": "training",
}


def alias_names(specialty: Specialty) -> Iterator[tuple[str, str]]:
    """Yield (field, name) for everything that means the specialty as a whole."""
    yield "name", specialty.name
    base = specialty.name.partition("(")[0].strip()
    if base and base != specialty.name:
        yield "name", base
    if specialty.display:
        yield "display", specialty.display
    if specialty.code:
        yield "code", specialty.code
    for key in ("abbreviations", "synonyms", "variants"):
        for name in getattr(specialty, key):
            yield key, name


def place_names(institution: Institution) -> Iterator[tuple[str, str]]:
    """Yield (field, name) for everything that means the institution as a whole."""
    yield "name", institution.name
    yield "id", institution.id
    for name in institution.also_called:
        yield "also_called", name
    if institution.flagship:
        yield "flagship", institution.flagship


def specialty_texts(specialty: Specialty, catalog: Catalog) -> Iterator[tuple[Tier, str, str]]:
    """Yield every text that a specialty gives its programs."""
    for key, name in alias_names(specialty):
        yield Tier.NAME if key in ("name", "display") else Tier.ALSO, f"specialty.{key}", name
    for parent in specialty.parents:
        for key, name in alias_names(catalog.specialty[parent]):
            yield Tier.WIDE, f"specialty.parents.{key}", name


def institution_texts(institution: Institution) -> Iterator[tuple[Tier, str, str]]:
    """Yield every text that an institution gives its programs."""
    for key, name in place_names(institution):
        yield Tier.PLACE, f"institution.{key}", name
    for key in ("city", "state"):
        if place := getattr(institution, key):
            yield Tier.PLACE, f"institution.{key}", place
    if institution.state and institution.state in STATES:
        yield Tier.PLACE, "institution.state", STATES[institution.state]
    if institution.system:
        yield Tier.WIDE, "institution.system", institution.system
    if institution.medical_school:  # of several hospitals: it is not meant where its name is also an institution's
        yield Tier.TEXT, "institution.medical_school", institution.medical_school


def own_texts(program: Program, catalog: Catalog) -> Iterator[tuple[Tier, str, str]]:
    """Yield every text that a program has of its own."""
    yield Tier.NAME, "name", program.name
    for name in program.other_names:
        yield Tier.NAME, "other_names", name
    if program.specialty_as_named:
        yield Tier.NAME, "specialty_as_named", program.specialty_as_named
    if program.campus:
        yield Tier.PLACE, "campus", program.campus
    for key in ("city", "state"):
        if place := getattr(program, key):
            yield Tier.PLACE, key, place
    yield Tier.KIND, "kind", _KIND_WORDS[program.kind]
    places: list[SiteUse | Partner] = [*program.sites, *program.joint_with]
    for used in places:
        yield Tier.WIDE, "sites", used.text
        for site in used.site:
            for name in (catalog.site[site].name, *catalog.site[site].also_called):
                if name != used.text:
                    yield Tier.WIDE, "sites", name
    for track in program.tracks:
        yield Tier.WIDE, "tracks", track.text
    for code in program.nrmp_codes:
        yield Tier.WIDE, "nrmp_codes", code.text
    for key in ("acgme_id", "parent_specialty"):
        if text := getattr(program, key):
            yield Tier.WIDE, key, text
    for key, text in prose(program):
        yield Tier.TEXT, key, text


#: The order in which it is told why a program matched.
_TOLD = {tier: place for place, tier in enumerate((Tier.NAME, Tier.ALSO, Tier.PLACE, Tier.KIND, Tier.WIDE, Tier.TEXT))}


def program_texts(program: Program, catalog: Catalog) -> list[tuple[Tier, str, str]]:
    """Return every text a program is searched by, as (tier, field, text), weightiest first."""
    texts = [
        *own_texts(program, catalog),
        *specialty_texts(catalog.specialty[program.specialty], catalog),
        *institution_texts(catalog.institution[program.institution]),
    ]
    return sorted(texts, key=lambda text: (_TOLD[text[0]], text[1] == "campus"))


def prose(program: Program) -> Iterator[tuple[str, str]]:
    """Yield (field, text) of what pages say about a program in sentences."""
    for statement in program.statements:
        for quote in statement.quote:
            yield "mission", quote
    for requirement in program.requirements:
        yield "requirements", requirement.text
    for key in ("highlights", "curriculum", "visa", "deadlines", "benefits", "also_listed", "disagreements"):
        for item in getattr(program, key):
            yield key, item.text
    for key in (
        "accreditation_note",
        "length_note",
        "positions_note",
        "sites_note",
        "start",
        "match",
        "application_service",
        "application_note",
        "contact_office",
    ):
        text = getattr(program, key)
        if text:
            yield key, text
