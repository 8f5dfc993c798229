"""`gmetui specialties`: search the specialty reference, with the same query language as programs."""

from __future__ import annotations

from argparse import Namespace

from ...catalog.catalog import Catalog
from ...catalog.models import Specialty
from ...catalog.vocabulary import KIND_LABELS
from ...reports.reference_json import specialty_json
from ...reports.reference_text import specialty_text
from ...search import Query
from ...search.specialty_scope import search_specialties
from ...text import plural
from ..context import read_catalog
from ..output import print_line, print_status, write_json, write_table


def specialties_command(options: Namespace) -> int:
    """Run `gmetui specialties`. A single match is shown in full."""
    catalog = read_catalog(options)
    query = Query.parse(" ".join(options.query))
    specialties, warnings = search_specialties(catalog, query)
    for warning in warnings:
        print_status(f"gmetui: {warning}")
    if options.format == "json":
        documents = [specialty_json(catalog, specialty) for specialty in specialties]
        total = len(specialties)
        write_json({"query": str(query), "total": total, "specialties": documents, "warnings": list(warnings)})
    elif len(specialties) == 1:
        print_line(specialty_text(catalog, specialties[0]), end="")
    else:
        if specialties:
            headings = ("Specialty", "Code", "Kind", "Years", "Programs", "ID")
            rows = [_table_row(catalog, specialty) for specialty in specialties]
            write_table(headings, rows, no_color=options.no_color)
        print_status(plural(len(specialties), "specialty", "specialties"))
    return 0


def _table_row(catalog: Catalog, specialty: Specialty) -> tuple[str, ...]:
    program_count = sum(program.specialty == specialty.id for program in catalog.programs)
    kind = KIND_LABELS[specialty.kind]
    return specialty.label, specialty.code or "", kind, _length(specialty), str(program_count), specialty.id


def _length(specialty: Specialty) -> str:
    if specialty.length_years is None:
        return ""
    longest = f"–{specialty.length_years_max}" if specialty.length_years_max else ""
    return f"{specialty.length_years}{longest}"
