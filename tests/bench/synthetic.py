"""Catalogs and program lists of any size in the shape of a national directory.

The same size and seed give the same programs. As in public directories, a few specialties have most of the programs,
most programs are named after their institution, and an institution has one program or a hundred. The specialties are
the real reference; institutions, cities and sentences are made up. A mixed catalog has bundled programs as well, which
the first screen offers and people search for.
"""

from __future__ import annotations

import csv
import os
import random
import tomllib
from collections.abc import Sequence
from functools import cache
from itertools import accumulate
from pathlib import Path
from tempfile import TemporaryDirectory

from msgspec.structs import replace

from gmetui import Catalog, load_catalog
from gmetui.catalog.ids import InstitutionId, ProgramId, SourceId
from gmetui.catalog.items import Note, Requirement, SiteReference
from gmetui.catalog.models import Edition, Institution, Program, Provenance, Source, Specialty
from gmetui.datafiles.files import bundled_data_directory

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
_CITIES = 760  # cities that institutions share
_REQUIREMENTS = (
    (Requirement(topic="letters", text="Three letters of recommendation", strength="required"),),
    (Requirement(topic="exam", text="USMLE Step 1 and Step 2 CK", strength="required"),),
    (Requirement(topic="recency", text="Graduation within five years", strength="preferred"),),
    (),
)


#: How many of the bundled programs are part of a mixed catalog.
BUNDLED_PROGRAMS = 440
_EDITION = Edition(version="synthetic", date="2026-11-22")


@cache
def _bundled_catalog() -> Catalog:
    home = os.environ.pop("GMETUI_HOME", None)
    with TemporaryDirectory() as empty_home:  # without the lists that the user imported
        os.environ["GMETUI_HOME"] = empty_home
        catalog = load_catalog()
    del os.environ["GMETUI_HOME"]
    if home is not None:
        os.environ["GMETUI_HOME"] = home
    return catalog


def catalog_of(size: int, *, institutions: int = 2000, seed: int = 1) -> Catalog:
    """Return a catalog of `size` programs."""
    rng = random.Random(seed)
    reference = _bundled_catalog()
    listed = [specialty for specialty in reference.specialties if specialty.listed]
    page = Source(
        id=SourceId("made-up"), publisher="third-party", url="https://example.org/", title="made up", as_of="2026"
    )
    provenance = Provenance(source=(page.id,))
    institution_list = _institutions(rng, min(institutions, max(3, size // 7)), provenance)
    sentences = _sentences(rng, max(200, min(20_000, size // 4)))
    programs = _programs(rng, size, institution_list, listed, sentences, provenance)
    names = {institution.id: institution.name.casefold() for institution in institution_list}
    programs.sort(key=lambda program: (names[program.institution], program.institution, program.name.casefold()))
    return Catalog(
        edition=_EDITION,
        institutions=tuple(institution_list),
        programs=tuple(programs),
        specialties=reference.specialties,
        services=reference.services,
        sources=(page,),
        boards=reference.boards,
        ambiguities=reference.ambiguities,
    )


def mixed_catalog(size: int) -> Catalog:
    """Return a catalog of `size` programs: bundled ones, spread over all of them, and then synthetic ones."""
    bundled = _bundled_catalog()
    bundled_size = min(size, BUNDLED_PROGRAMS)
    bundled_programs = [
        bundled.programs[number * len(bundled.programs) // bundled_size] for number in range(bundled_size)
    ]
    synthetic = catalog_of(size - bundled_size) if size > bundled_size else Catalog(edition=_EDITION)
    institutions = sorted(
        (*bundled.institutions, *synthetic.institutions),
        key=lambda institution: (institution.name.casefold(), institution.id),
    )
    names = {institution.id: institution.name.casefold() for institution in institutions}
    programs = sorted(
        (*bundled_programs, *synthetic.programs),
        key=lambda program: (names[program.institution], program.institution, program.name.casefold()),
    )
    return replace(
        bundled,
        edition=_EDITION,
        institutions=tuple(institutions),
        programs=tuple(programs),
        sources=(*bundled.sources, *synthetic.sources),
        stored_lookups=None,
    )


def write_program_list(path: Path, rows: int) -> None:
    """Write a program list as CSV, with the columns of public directories."""
    rng = random.Random(7)
    specialties = [specialty for specialty in _bundled_catalog().specialties if specialty.code]
    acgme_file = bundled_data_directory() / "acgme.toml"
    states = list(tomllib.loads(acgme_file.read_text(encoding="utf-8"))["acgme_states"].items())
    kinds = ("Hospital", "Medical Center", "University", "Health System", "College of Medicine")
    institutions = [
        (f"Saint {number} {rng.choice(kinds)}", f"City {number % 700}", *rng.choice(states)) for number in range(2000)
    ]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("acgme_id", "name", "institution", "specialty", "kind", "city", "state", "seen", "sources"))
        for number in range(rows):
            institution, city, state_digits, state = rng.choice(institutions)
            specialty = specialties[min(len(specialties) - 1, int(rng.expovariate(1 / 25)))]
            acgme_id = f"{specialty.code}{state_digits}{number % 100_000:05}"
            name = f"{institution} Program"
            writer.writerow(
                (acgme_id, name, institution, specialty.name, specialty.kind, city, state, "2026", "synthetic")
            )


def _institutions(rng: random.Random, count: int, provenance: Provenance) -> list[Institution]:
    firsts, seconds, states = _FIRST.split(), _SECOND.split(), _STATES.split()
    cities = [(f"{first}{second}", state) for first in firsts for second in seconds for state in states]
    rng.shuffle(cities)
    institutions = []
    for number in range(count):
        city, state = cities[number % _CITIES]
        name = f"{city} {_KINDS[rng.randrange(len(_KINDS))]}"
        abbreviation = "".join(word[0] for word in name.split()) + "".join(rng.choice("ABCDEFG") for _ in range(2))
        institutions.append(
            Institution(
                id=InstitutionId(f"i{number}"),
                name=name,
                provenance=provenance,
                also_called=(abbreviation,),
                city=city,
                state=state,
            )
        )
    return sorted(institutions, key=lambda institution: (institution.name.casefold(), institution.id))


def _sentences(rng: random.Random, count: int) -> list[str]:
    syllables, common_words = _SYLLABLES.split(), _COMMON.split()
    rare_words = ["".join(rng.choice(syllables) for _ in range(rng.randint(2, 4))) for _ in range(6000)]
    return [
        " ".join(
            rng.choice(common_words) if rng.random() < 0.75 else rng.choice(rare_words)
            for _ in range(rng.randint(8, 22))
        )
        for _ in range(count)
    ]


def _skewed_weights(count: int, offset: int) -> list[float]:
    return list(accumulate(1 / (rank + offset) for rank in range(count)))


def _programs(
    rng: random.Random,
    size: int,
    institutions: Sequence[Institution],
    specialties: Sequence[Specialty],
    sentences: Sequence[str],
    provenance: Provenance,
) -> list[Program]:
    institution_weights = _skewed_weights(len(institutions), 5)
    chosen_institutions = rng.choices(institutions, cum_weights=institution_weights, k=size)
    chosen_specialties = rng.choices(specialties, cum_weights=_skewed_weights(len(specialties), 2), k=size)
    notes = [(Note(text=sentence),) for sentence in sentences]
    programs = []
    for number, (institution, specialty) in enumerate(zip(chosen_institutions, chosen_specialties, strict=True)):
        specialty_name = f"{specialty.label} {specialty.kind.capitalize()}"
        programs.append(
            Program(
                id=ProgramId(f"p{number}"),
                institution=institution.id,
                name=f"{institution.name} Program" if number % 3 else specialty_name,
                kind=specialty.kind,
                specialty=specialty.id,
                provenance=provenance,
                accreditation="acgme" if number % 5 else None,
                acgme_id=f"{specialty.code or '999'}{number % 10_000_000:07d}",
                length_years=specialty.length_years,
                positions_per_year=number % 40 + 1 if number % 4 else None,
                application_service="ERAS" if number % 7 else None,
                sites=(SiteReference(text=institution.name),),
                requirements=_REQUIREMENTS[number % len(_REQUIREMENTS)],
                highlights=notes[rng.randrange(len(notes))] + notes[rng.randrange(len(notes))],
            )
        )
    return programs
