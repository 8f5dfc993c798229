"""`gmetui specialties`: search the specialty reference, with the same query language as programs."""

from __future__ import annotations

from ...catalog.catalog import Catalog
from ...catalog.models import Specialty
from ...catalog.vocabulary import KIND_LABELS
from ...documents.specialty_document import specialty_document
from ...lean_typing import TYPE_CHECKING
from ...reports.reference_json import specialty_json
from ...search import Query, search
from ...search.specialty_scope import specialty_catalog
from ...text import plural
from ..context import read_catalog
from ..document_output import print_document, require_single
from ..output import flush_output, print_status
from ..record_output import columns_of, wants_json, write_records, write_records_json
from ..table_output import RecordTable
from .search import report_results

if TYPE_CHECKING:
    from argparse import Namespace


def specialties_command(options: Namespace) -> int:
    """Run `gmetui specialties`. A single match is shown in full."""
    is_json = wants_json(options)
    catalog = read_catalog(options)
    query = Query.parse(" ".join(options.query))
    results = search(specialty_catalog(catalog), query, lenient=options.lenient)
    report_results(results, lenient=options.lenient)
    specialties = [catalog.specialty[program.specialty] for program in results.programs()]
    require_single(options.format, len(specialties), "specialty")
    if is_json:
        documents = [specialty_json(catalog, specialty) for specialty in specialties]
        total = len(specialties)
        document = {
            "query": str(query),
            "total": total,
            "specialties": documents,
            "warnings": list(results.warnings),
        }
        write_records_json(options, document, "specialties")
    elif len(specialties) == 1 and options.format != "tsv":
        print_document(specialty_document(catalog, specialties[0]), catalog, options.format)
    else:
        headings = ("Specialty", "Code", "Kind", "Years", "Programs", "ID")
        rows = [_table_row(catalog, specialty) for specialty in specialties]
        write_records(options, RecordTable(columns_of(*headings, numbers=("Years", "Programs")), rows))
        flush_output()
        print_status(plural(len(specialties), "specialty", "specialties"))
    return 0


def _table_row(catalog: Catalog, specialty: Specialty) -> tuple[str, ...]:
    program_count = len(catalog.programs_in(specialty.id))
    kind = KIND_LABELS[specialty.kind]
    return specialty.label, specialty.code or "", kind, _length(specialty), str(program_count), specialty.id


def _length(specialty: Specialty) -> str:
    if specialty.length_years is None:
        return ""
    longest = f"–{specialty.length_years_max}" if specialty.length_years_max else ""
    return f"{specialty.length_years}{longest}"
