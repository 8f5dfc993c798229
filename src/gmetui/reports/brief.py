"""What identifies a program, as JSON. Apart from the rest so that a search imports nothing else of the exports."""

from __future__ import annotations

from typing import Any

from ..catalog.models import Catalog, Program


def brief_json(catalog: Catalog, program: Program) -> dict[str, Any]:
    """Return what identifies a program."""
    institution, specialty = catalog.institution[program.institution], catalog.specialty[program.specialty]
    return {
        "id": program.id,
        "name": program.name,
        "kind": program.kind,
        "institution": {"id": institution.id, "name": institution.name},
        "specialty": {"id": specialty.id, "name": specialty.name},
    }
