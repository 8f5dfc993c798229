"""Which programs of an institution a rule concerns: a medical license is asked of physicians, not of pharmacists."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from .catalog import Catalog
from .items import Requirement
from .models import Program

#: Word beginnings in the name of a specialty that mark a profession other than physicians.
_PROFESSIONS: Mapping[str, re.Pattern[str]] = {
    "pharmacy": re.compile(r"\bpharmac", re.IGNORECASE),
    "nursing": re.compile(r"\bnurs", re.IGNORECASE),
    "psychology": re.compile(r"\b(?:neuro)?psycholog", re.IGNORECASE),
    "dentistry": re.compile(r"\b(?:dent|oral\b|orofacial|periodont|orthodont|endodont|prosthodont)", re.IGNORECASE),
    "podiatry": re.compile(r"\bpodiatr", re.IGNORECASE),
}
_SCOPES_BY_KIND: Mapping[str, frozenset[str]] = {
    "residency": frozenset(("physicians", "residencies")),
    "combined": frozenset(("physicians", "residencies")),
    "fellowship": frozenset(("physicians", "fellowships")),
}


def scopes_of(catalog: Catalog, program: Program) -> frozenset[str]:
    """Return the scopes (`vocabulary.SCOPES`) that include a program; none for training outside these professions."""
    professions = _professions(catalog.specialty[program.specialty].name)
    return professions or _SCOPES_BY_KIND.get(program.kind, frozenset())


@lru_cache(maxsize=1024)
def _professions(specialty_name: str) -> frozenset[str]:
    return frozenset(scope for scope, pattern in _PROFESSIONS.items() if pattern.search(specialty_name))


def sponsor_requirements(catalog: Catalog, program: Program) -> tuple[Requirement, ...]:
    """Return the requirements of a program's institution that concern the program."""
    scopes = scopes_of(catalog, program)
    requirements = catalog.institution[program.institution].requirements
    return tuple(item for item in requirements if not item.scope or scopes.intersection(item.scope))
