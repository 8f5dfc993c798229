"""`gmetui institutions`: list institutions, or show one."""

from __future__ import annotations

from ...catalog.catalog import Catalog
from ...documents.institution_document import institution_document
from ...lean_typing import TYPE_CHECKING
from ...reports.reference_json import institution_json, institution_summary_json
from ..context import find_institution, read_catalog
from ..document_output import print_document, require_single
from ..record_output import columns_of, wants_json, write_record_json, write_records, write_records_json
from ..table_output import RecordTable

if TYPE_CHECKING:
    from argparse import Namespace


def institutions_command(options: Namespace) -> int:
    """Run `gmetui institutions`."""
    is_json = wants_json(options)
    catalog = read_catalog(options)
    if options.id is None:
        require_single(options.format, len(catalog.institutions), "institution")
        _list_institutions(catalog, options, is_json=is_json)
    elif is_json:
        write_record_json(options, institution_json(catalog, find_institution(catalog, options.id)))
    else:
        document = institution_document(catalog, find_institution(catalog, options.id))
        print_document(document, catalog, options.format)
    return 0


def _list_institutions(catalog: Catalog, options: Namespace, *, is_json: bool) -> None:
    summaries = [institution_summary_json(catalog, institution) for institution in catalog.institutions]
    if is_json:
        write_records_json(options, {"total": len(summaries), "institutions": summaries}, "institutions")
        return
    rows = [
        (summary["name"], summary["city"] or "", summary["state"] or "", str(summary["program_count"]), summary["id"])
        for summary in summaries
    ]
    columns = columns_of("Institution", "City", "State", "Programs", "ID", numbers=("Programs",))
    write_records(options, RecordTable(columns, rows))
