"""The specialty reference, searched with the same matcher: each specialty stands in as a program of its own."""

from __future__ import annotations

from ..catalog.models import Catalog, Institution, InstitutionId, Program, ProgramId, Provenance, Specialty
from .engine import search
from .query import Query

_NOWHERE = Institution(InstitutionId("-"), "-", Provenance())


def reference_catalog(catalog: Catalog) -> Catalog:
    """Return a catalog with one program for each specialty of the reference, named after it."""
    programs = tuple(
        Program(ProgramId(s.id), _NOWHERE.id, s.label, s.kind, s.id, s.provenance)
        for s in catalog.specialties
        if s.listed
    )
    return Catalog(catalog.edition, (_NOWHERE,), programs, catalog.specialties, sources=catalog.sources)


def search_specialties(catalog: Catalog, query: Query) -> tuple[list[Specialty], tuple[str, ...]]:
    """Return the specialties that `query` asks for, best first, and the warnings."""
    results = search(reference_catalog(catalog), query)
    return [catalog.specialty[program.specialty] for program in results.programs()], results.warnings
