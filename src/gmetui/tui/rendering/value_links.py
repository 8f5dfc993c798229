"""Which query a value of a program leads to: its specialty, its length, a site, a kind of visa."""

from __future__ import annotations

from typing import Any

from ...catalog.models import Catalog, Program
from ...search.fields import BY_NAME

#: Field of a program -> the dimension that its values are values of.
_LEADS = {
    "length_years": "length",
    "positions_per_year": "positions",
    "application_service": "service",
    "match": "match",
    "visa": "visa",
    "accreditation": "accreditation",
    "specialty": "specialty",
    "sites": "site",
    "tracks": "track",
}


def queries_of(catalog: Catalog, program: Program, key: str) -> tuple[str | None, ...]:
    """Return, for each value of a field as it is shown, the query for programs that have it too."""
    if key == "url":
        return (program.url,)
    name = _LEADS.get(key)
    if name is None:
        return ()
    stated = getattr(program, key)
    if not isinstance(stated, tuple):
        return (_query(catalog, program, name),)
    alone: list[dict[str, Any]] = [{key: (item,)} for item in stated]
    return tuple(_item_query(catalog, program, name, fields) for fields in alone)


def _query(catalog: Catalog, program: Program, name: str) -> str | None:
    values = dict(BY_NAME[name].values(program, catalog))
    return f"{name}:{','.join(values)}" if values else None


def _item_query(catalog: Catalog, program: Program, name: str, fields: dict[str, Any]) -> str | None:
    """Return the query for what one item alone stands for, where it stands for that in the whole list too."""
    whole = dict(BY_NAME[name].values(program, catalog))
    values = [own for own in dict(BY_NAME[name].values(program._replace(**fields), catalog)) if own in whole]
    return f"{name}:{','.join(values)}" if values else None


def about(catalog: Catalog, program: Program) -> list[tuple[str, str, str]]:
    """Return what a program's heading says, as (label, words, query): institution, city, kind."""
    institution = catalog.institution[program.institution]
    rows = [("Institution", institution.name, f"institution:{institution.id}")]
    partners = catalog.partners.get(program.id, ())
    rows += [("Together with", catalog.institution[own].name, f"institution:{own}") for own in partners]
    for label, name in (("City", "city"), ("Kind", "kind")):
        query = _query(catalog, program, name)
        words = ", ".join(dict(BY_NAME[name].values(program, catalog)).values())
        if query:
            rows.append((label, words, query))
    return rows
