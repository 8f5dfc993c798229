"""Catalogs of any size that look like the country: skewed specialties, shared names, 2,000 institutions, prose.

Seeded: the same size gives the same programs. The shape follows public directories: a few specialties have most of the
programs, most programs are called after their institution, an institution has one program or a hundred. Specialties
are the real reference; places, institutions and sentences are made up.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from itertools import accumulate

from gmetui import Catalog, load_catalog
from gmetui.catalog.items import Note, Requirement, SiteUse
from gmetui.catalog.models import (
    Edition,
    Institution,
    InstitutionId,
    Program,
    ProgramId,
    Provenance,
    Source,
    SourceId,
    Specialty,
)

_STATES = """
AL AK AZ AR CA CO CT DE DC FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM NY NC ND OH OK
OR PA RI SC SD TN TX UT VT VA WA WV WI
"""
_FIRST = """
North South East West New Fort Lake Port Mount Saint Grand Cedar Oak Maple River Stone Clear Spring Silver Red
Blue White Black Green High Fair Glen Ash Elm Pine
"""
_SECOND = """
field ville ton burg ford haven wood dale view port mont brook land crest ridge side bury worth ham stead gate
water point shore
"""
_KINDS = (
    "Medical Center",
    "University Hospital",
    "Regional Medical Center",
    "Health System",
    "Memorial Hospital",
    "Children's Hospital",
    "College of Medicine",
    "Community Health",
    "General Hospital",
    "School of Medicine",
)
_SYLLABLES = """
ba co di fe gu ha jo ki lu me no pa qui ro se ti vu wa xe zo bral cren dosk flim grat hund
"""
_COMMON = """
residents fellows clinic rotation research curriculum elective board care patients hospital faculty teaching
night float simulation ultrasound continuity outpatient inpatient community underserved global health equity
mentorship wellness didactics conference quality improvement scholarly leadership academic trauma level rural
urban veterans
"""


def catalog_of(size: int, *, institutions: int = 2000, seed: int = 1) -> Catalog:
    """Return a catalog of `size` programs."""
    rng = random.Random(seed)
    reference = load_catalog()
    listed = [specialty for specialty in reference.specialties if specialty.listed]
    page = Source(SourceId("made-up"), "third-party", "https://example.org/", "made up", "2026")
    provenance = Provenance(source=(page.id,))
    homes = _institutions(rng, min(institutions, max(3, size // 7)), provenance)
    sentences = _sentences(rng, max(200, min(20_000, size // 4)))
    programs = _programs(rng, size, homes, listed, sentences, provenance)
    names = {home.id: home.name.casefold() for home in homes}
    programs.sort(key=lambda program: (names[program.institution], program.institution, program.name.casefold()))
    return Catalog(
        Edition("synthetic", "2026-11-22"),
        tuple(homes),
        tuple(programs),
        reference.specialties,
        services=reference.services,
        sources=(page,),
        boards=reference.boards,
        ambiguities=reference.ambiguities,
    )


def _institutions(rng: random.Random, count: int, provenance: Provenance) -> list[Institution]:
    firsts, seconds, states = _FIRST.split(), _SECOND.split(), _STATES.split()
    cities = [(f"{first}{second}", state) for first in firsts for second in seconds for state in states]
    rng.shuffle(cities)
    homes = []
    for number in range(count):
        city, state = cities[number % 760]
        name = f"{city} {_KINDS[rng.randrange(len(_KINDS))]}"
        short = "".join(word[0] for word in name.split()) + "".join(rng.choice("ABCDEFG") for _ in range(2))
        own = InstitutionId(f"i{number}")
        homes.append(Institution(own, name, provenance, also_called=(short,), city=city, state=state))
    return sorted(homes, key=lambda home: (home.name.casefold(), home.id))


def _sentences(rng: random.Random, count: int) -> list[str]:
    syllables, common = _SYLLABLES.split(), _COMMON.split()
    rare = ["".join(rng.choice(syllables) for _ in range(rng.randint(2, 4))) for _ in range(6000)]
    return [
        " ".join(rng.choice(common) if rng.random() < 0.75 else rng.choice(rare) for _ in range(rng.randint(8, 22)))
        for _ in range(count)
    ]


def _programs(
    rng: random.Random,
    size: int,
    homes: Sequence[Institution],
    listed: Sequence[Specialty],
    sentences: Sequence[str],
    provenance: Provenance,
) -> list[Program]:
    popular = list(accumulate(1 / (place + 2) for place in range(len(listed))))
    large = list(accumulate(1 / (place + 5) for place in range(len(homes))))
    chosen_homes = rng.choices(homes, cum_weights=large, k=size)
    chosen = rng.choices(listed, cum_weights=popular, k=size)
    asked = [
        (Requirement("letters", "Three letters of recommendation", "required"),),
        (Requirement("examination", "USMLE Step 1 and Step 2 CK", "required"),),
        (Requirement("recency", "Graduation within five years", "preferred"),),
        (),
    ]
    notes = [(Note(sentence),) for sentence in sentences]
    programs = []
    for number, (home, specialty) in enumerate(zip(chosen_homes, chosen, strict=True)):
        named = f"{home.name} Program" if number % 3 else f"{specialty.label} {specialty.kind.capitalize()}"
        programs.append(
            Program(
                ProgramId(f"p{number}"),
                home.id,
                named,
                specialty.kind,
                specialty.id,
                provenance,
                accreditation="acgme" if number % 5 else None,
                acgme_id=f"{specialty.code or '999'}{number % 10_000_000:07d}",
                length_years=specialty.length_years,
                positions_per_year=number % 40 + 1 if number % 4 else None,
                application_service="ERAS" if number % 7 else None,
                sites=(SiteUse(home.name),),
                requirements=asked[number % 4],
                highlights=notes[rng.randrange(len(notes))] + notes[rng.randrange(len(notes))],
            )
        )
    return programs
