"""The specialty reference as a catalog that can be searched: each specialty takes the part of one program."""

from __future__ import annotations

from ..catalog.catalog import Catalog
from ..catalog.ids import InstitutionId, ProgramId
from ..catalog.models import Institution, Program, Provenance

_PLACEHOLDER = Institution(id=InstitutionId("-"), name="-", provenance=Provenance())


def specialty_catalog(catalog: Catalog) -> Catalog:
    """Return a catalog with one program, named after the specialty, for each specialty of the reference."""
    programs = tuple(
        Program(
            id=ProgramId(specialty.id),
            institution=_PLACEHOLDER.id,
            name=specialty.label,
            kind=specialty.kind,
            specialty=specialty.id,
            provenance=specialty.provenance,
        )
        for specialty in catalog.specialties
        if specialty.listed
    )
    return Catalog(
        edition=catalog.edition,
        institutions=(_PLACEHOLDER,),
        programs=programs,
        specialties=catalog.specialties,
        sources=catalog.sources,
    )
