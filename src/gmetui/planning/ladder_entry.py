"""What a ladder starts at or leads to, as people type it: an id of a program or specialty, or a name of a specialty."""

from __future__ import annotations

from typing import NamedTuple

from ..catalog.catalog import Catalog
from ..catalog.models import Program, Specialty
from ..text import did_you_mean


class LadderStart(NamedTuple):
    """A specialty, and the program in it if one was named."""

    specialty: str
    program: Program | None = None


def parse_start(catalog: Catalog, text: str) -> LadderStart:
    """Return what a ladder is to start at. Raises ValueError that says what to write instead."""
    program = catalog.program.get(text.strip())
    if program is not None:
        return LadderStart(program.specialty, program)
    try:
        specialties = named_specialties(catalog, text)
    except ValueError as error:
        if example := _program_example(catalog, text):
            raise ValueError(f"“{text.strip()}” is an institution; name a program of it, such as {example}") from error
        raise
    if len(specialties) > 1:
        ids = ", ".join(specialty.id for specialty in specialties)
        raise ValueError(f"“{text}” can mean {len(specialties)} specialties; write one of {ids}")
    return LadderStart(specialties[0].id)


def _program_example(catalog: Catalog, text: str) -> str:
    """Return how to name a program of the institution that a text names: "mgh/internal-medicine"; "" for no name."""
    wanted = _folded(text)
    for institution in catalog.institutions:
        names = (institution.id, institution.name, institution.short_name, *institution.also_called)
        if wanted in map(_folded, names):
            programs = sorted(
                catalog.programs_of(institution.id), key=lambda program: (program.kind != "residency", program.id)
            )
            return f"{institution.id}/{programs[0].specialty}" if programs else ""
    return ""


def parse_targets(catalog: Catalog, text: str) -> tuple[str, ...]:
    """Return the specialties that a name stands for, such as both kinds of vascular surgery. Raises ValueError."""
    return tuple(specialty.id for specialty in named_specialties(catalog, text))


def named_specialties(catalog: Catalog, text: str) -> tuple[Specialty, ...]:
    """Return the specialties that an id or a name stands for. An id is that specialty alone.

    A name may leave out what tells specialties of one name apart: "hand surgery" is "Hand surgery (Plastic surgery)"
    too. Official names come before synonyms and abbreviations. Raises ValueError for a name that nothing has.
    """
    if text.strip() in catalog.specialty:
        return (catalog.specialty[text.strip()],)
    wanted = _folded(text)
    by_name = tuple(specialty for specialty in catalog.specialties if wanted in _names(specialty))
    by_other_name = tuple(specialty for specialty in catalog.specialties if wanted in _other_names(specialty))
    named = by_name or by_other_name
    if not named or not wanted:
        names = [*catalog.specialty, *(specialty.label for specialty in catalog.specialties)]
        hint = did_you_mean(text.strip(), names) or "`gmetui specialties` lists them"
        raise ValueError(f"unknown specialty “{text.strip()}”; {hint}")
    return named


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())


def _names(specialty: Specialty) -> set[str]:
    """Return the names of a specialty, with and without what follows in parentheses or after a dash."""
    names = [specialty.name, specialty.label]
    return {_folded(variant) for name in names for variant in (name, name.partition(" (")[0], name.partition(" - ")[0])}


def _other_names(specialty: Specialty) -> set[str]:
    return {_folded(name) for name in (*specialty.abbreviations, *specialty.synonyms)}
