"""What `gmetui check` reports about cities: those that the gazetteer lacks have no distance."""

from __future__ import annotations

from typing import Any

from ..catalog.gazetteer import Gazetteer
from .draft import CatalogDraft, Node

_HINT = "write a place that the Census lists, such as the city around it"


def lint_places(draft: CatalogDraft, gazetteer: Gazetteer) -> None:
    """Report the cities of institutions and programs that are not in the gazetteer."""
    if not len(gazetteer):
        return
    for institution in draft.institutions.values():
        _lint_place(institution, institution.value.state, gazetteer)
    for program in draft.programs.values():
        sponsor = draft.institutions.get(program.value.institution)
        _lint_place(program, program.value.state or (sponsor.value.state if sponsor else None), gazetteer)


def _lint_place(node: Node[Any], state: str | None, gazetteer: Gazetteer) -> None:
    city = node.value.city
    if city and state and gazetteer.point_of(city, state) is None:
        node.report("city", f"“{city}, {state}” is not in the gazetteer", _HINT, fatal=False, doubtful=True)
