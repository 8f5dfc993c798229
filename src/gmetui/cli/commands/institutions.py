"""`gmetui institutions`: list institutions, or show one."""

from __future__ import annotations

from argparse import Namespace

from ...catalog.catalog import Catalog
from ...reports.reference_json import institution_json, institution_summary_json
from ...reports.reference_text import institution_text
from ..context import find_institution, read_catalog
from ..output import print_line, write_json, write_table


def institutions_command(options: Namespace) -> int:
    """Run `gmetui institutions`."""
    catalog = read_catalog(options)
    if options.id is None:
        _list_institutions(catalog, options)
    elif options.format == "json":
        write_json(institution_json(catalog, find_institution(catalog, options.id)))
    else:
        print_line(institution_text(catalog, find_institution(catalog, options.id)), end="")
    return 0


def _list_institutions(catalog: Catalog, options: Namespace) -> None:
    summaries = [institution_summary_json(catalog, institution) for institution in catalog.institutions]
    if options.format == "json":
        write_json({"total": len(summaries), "institutions": summaries})
        return
    rows = [
        (summary["name"], summary["city"] or "", summary["state"] or "", str(summary["programs"]), summary["id"])
        for summary in summaries
    ]
    write_table(("Institution", "City", "State", "Programs", "ID"), rows, no_color=options.no_color)
