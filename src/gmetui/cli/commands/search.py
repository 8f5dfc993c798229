"""`gmetui search`: search programs, best match first."""

from __future__ import annotations

from argparse import Namespace
from dataclasses import replace
from typing import Any

from ...catalog.catalog import Catalog
from ...catalog.vocabulary import KIND_LABELS
from ...reports.json_report import program_summary_json
from ...search import Query, Results, search
from ...search.facets import FacetValue
from ...search.fields import FIELDS_BY_NAME
from ...search.query import Condition
from ...search.relaxations import relaxations
from ...search.results import Reason
from ...text import plural
from ..context import read_catalog
from ..output import flush_output, print_line, print_status, write_bytes, write_json, write_table


def search_command(options: Namespace) -> int:
    """Run `gmetui search`."""
    catalog, results = search_from_options(options)
    if options.format == "json":
        write_json(results_json(catalog, results, options.limit, with_facets=options.facets))
    elif options.format == "csv":
        from ...export.formats import export_table
        from ...export.table import results_table

        table = results_table(catalog, results.programs(0, options.limit), str(results.query))
        write_bytes(export_table(table, "csv"))
    elif options.format == "ids":
        for program in results.programs(0, options.limit):
            print_line(program.id)
    else:
        _write_results(catalog, results, options)
    return 0


def search_from_options(options: Namespace) -> tuple[Catalog, Results]:
    """Search for the query of the command line; warnings go to standard error."""
    catalog = read_catalog(options)
    query = Query.parse(" ".join(options.query))
    if getattr(options, "sort", None):
        query = replace(query, sort=options.sort)
    results = search(catalog, query, _statuses(options) if _uses_shortlist(query) else None)
    for warning in results.warnings:
        print_status(f"gmetui: {warning}")
    return catalog, results


def _uses_shortlist(query: Query) -> bool:
    """Tell whether a query filters by the shortlist, which must then be read."""
    conditions = [term for clause in query.clauses for term in clause if isinstance(term, Condition)]
    shortlist_field = FIELDS_BY_NAME["listed"]
    return any(
        FIELDS_BY_NAME.get(condition.field) is shortlist_field
        or (condition.field in ("no", "has") and "listed" in condition.values)
        for condition in conditions
    )


def _statuses(options: Namespace) -> dict[str, str]:
    """Return the status of each program on the shortlist, for `listed:…`."""
    from ...storage.paths import user_paths
    from ...storage.shortlist_store import ShortlistStore

    shortlist = ShortlistStore(user_paths().shortlist(options.list)).load()
    return {entry.id: entry.status for entry in shortlist}


def results_json(catalog: Catalog, results: Results, limit: int | None, *, with_facets: bool) -> dict[str, Any]:
    """Return search results as JSON; `facets` only on request, because counting takes time."""
    programs = []
    for program in results.programs(0, limit):
        reasons = [_reason_json(results, reason) for reason in results.reasons(program)]
        programs.append({**program_summary_json(catalog, program), "matched": reasons})
    document: dict[str, Any] = {
        "query": str(results.query),
        "total": results.total,
        "programs": programs,
        "ignored": [results.query.clause_text(index) for index in results.ignored_clauses],
    }
    if with_facets:
        document["facets"] = {
            field.name: [_facet_value_json(value) for value in values] for field, values in results.facets().items()
        }
    document["warnings"] = list(results.warnings)
    return document


def _reason_json(results: Results, reason: Reason) -> dict[str, Any]:
    """Return where a word matched; `snippet` is the part of a long text around it, `spans` what to highlight."""
    snippet = results.snippet(reason.text)
    spans = [list(span) for span in results.highlights(snippet)]
    return {"field": reason.field, "term": reason.term, "text": reason.text, "snippet": snippet, "spans": spans}


def _facet_value_json(value: FacetValue) -> dict[str, Any]:
    return {
        "value": value.value or None,
        "label": value.label,
        "count": value.count,
        "selected": value.selected,
        "excluded": value.excluded,
    }


def _write_results(catalog: Catalog, results: Results, options: Namespace) -> None:
    rows = [
        (
            program.name,
            catalog.institution[program.institution].short_name,
            KIND_LABELS[program.kind],
            catalog.specialty[program.specialty].label,
            program.id,
        )
        for program in results.programs(0, options.limit)
    ]
    if rows:
        write_table(("Program", "Institution", "Kind", "Specialty", "ID"), rows, no_color=options.no_color)
    if options.facets:
        _write_facets(results, options)
    flush_output()
    count = plural(results.total, "program")
    print_status(f"{len(rows)} of {count}" if len(rows) < results.total else count)
    if not results.total:
        for _, clause, total in relaxations(results):
            print_status(f"without {clause}: {total}")


def _write_facets(results: Results, options: Namespace) -> None:
    rows = [
        (field.label, value.label, str(value.count))
        for field, values in results.facets().items()
        for value in values
        if value.count or value.selected
    ]
    write_table(("Filter", "Value", "Programs"), rows, no_color=options.no_color)
