"""`gmetui specialties`: the specialty reference, searched like programs."""

from __future__ import annotations

from argparse import Namespace
from typing import Any

from ...catalog.facts import specialty_facts
from ...catalog.models import KIND_LABELS, Catalog, Specialty
from ...loader import load
from ...reports.program_json import fact_json
from ...reports.text_page import Page
from ...search import Query
from ...search.specialty_scope import search_specialties
from ..output import say, write_json, write_table


def specialties_command(options: Namespace) -> int:
    """Run `gmetui specialties`."""
    catalog = load(options.data, bundled=not options.no_bundled)
    query = Query.parse(" ".join(options.query))
    found, warnings = search_specialties(catalog, query)
    for warning in warnings:
        say(f"gmetui: {warning}")
    if options.format == "json":
        rows = [_specialty_json(catalog, specialty) for specialty in found]
        write_json({"query": str(query), "total": len(found), "specialties": rows, "warnings": list(warnings)})
    elif len(found) == 1:
        print(specialty_text(catalog, found[0]), end="")
    else:
        cells = [_specialty_cells(catalog, specialty) for specialty in found]
        if cells:
            headings = ("Specialty", "Code", "Kind", "Years", "Programs here", "Id")
            write_table(headings, cells, no_colour=options.no_color)
        say(f"{len(found)} specialties" if len(found) != 1 else "1 specialty")
    return 0


def _specialty_cells(catalog: Catalog, specialty: Specialty) -> tuple[str, ...]:
    kind = KIND_LABELS[specialty.kind]
    here = sum(program.specialty == specialty.id for program in catalog.programs)
    return specialty.label, specialty.code or "", kind, _length(specialty), str(here), specialty.id


def _length(specialty: Specialty) -> str:
    if specialty.length_years is None:
        return ""
    longest = f"–{specialty.length_years_max}" if specialty.length_years_max else ""
    return f"{specialty.length_years}{longest}"


def _specialty_json(catalog: Catalog, specialty: Specialty) -> dict[str, Any]:
    whole: dict[str, Any] = {"id": specialty.id, "name": specialty.name}
    not_stated = []
    for fact in specialty_facts(catalog, specialty):
        if fact.key in ("id", "name"):
            continue
        stored = getattr(specialty, fact.key)
        if stored in (None, ()):
            whole[fact.key] = None
            not_stated.append(fact.key)
        else:
            value = list(stored) if isinstance(stored, tuple) else stored
            general = fact.key in specialty.provenance.general_knowledge
            whole[fact.key] = fact_json(value, fact.citations, general=general)
    whole["programs"] = [p.id for p in catalog.programs if p.specialty == specialty.id]
    whole["not_stated"] = not_stated
    return whole


def specialty_text(catalog: Catalog, specialty: Specialty) -> str:
    """Return a specialty whole, with the programs that train in it."""
    page = Page(specialty.label, catalog.edition.read_by)
    for fact in specialty_facts(catalog, specialty):
        if not fact.values or fact.key in ("id", "display"):
            continue
        if fact.citations or fact.key in specialty.provenance.general_knowledge:
            page.fact(fact.label, fact.values, fact.citations)
        else:
            page.line(f"{fact.label}: {fact.text}")  # written for gmetui
    programs = [program for program in catalog.programs if program.specialty == specialty.id]
    page.heading("Programs here")
    for program in programs:
        page.line(f"  {program.name}, {catalog.institution[program.institution].name} · {program.id}")
    if not programs:
        page.line("None in this data.")
    return page.text()
