"""`gmetui search`: programs that match, best first."""

from __future__ import annotations

import sys
from argparse import Namespace
from dataclasses import replace
from typing import Any

from ...catalog.models import KIND_LABELS, Catalog
from ...loader import load
from ...reports.brief import brief_json
from ...search import Query, Results, search
from ...search.fields import BY_NAME
from ...search.query import Condition
from ...search.results import Reason
from ..output import say, write_bytes, write_json, write_table


def find(options: Namespace) -> tuple[Catalog, Results]:
    """Search for what the command line asks; warnings go to standard error."""
    catalog = load(options.data, bundled=not options.no_bundled)
    query = Query.parse(" ".join(options.query))
    if getattr(options, "sort", None):
        query = replace(query, sort=options.sort)
    results = search(catalog, query, _states(options) if _asks_for_list(query) else None)
    for warning in results.warnings:
        say(f"gmetui: {warning}")
    return catalog, results


def _asks_for_list(query: Query) -> bool:
    about = BY_NAME["listed"]
    return any(
        isinstance(term, Condition)
        and (BY_NAME.get(term.field) is about or (term.field in ("no", "has") and "listed" in term.values))
        for clause in query.clauses
        for term in clause
    )


def _states(options: Namespace) -> dict[str, str]:
    """What stands on the shortlist, for `listed:…`."""
    from ...storage.paths import user_paths
    from ...storage.shortlist_store import ShortlistStore

    return {entry.id: entry.status for entry in ShortlistStore(user_paths().shortlist(options.list)).load()}


def search_command(options: Namespace) -> int:
    """Run `gmetui search`."""
    catalog, results = find(options)
    if options.format == "json":
        write_json(results_json(catalog, results, options.limit, options.facets))
    elif options.format == "csv":
        from ...export.formats import export
        from ...export.table import results_sheet

        sheet = results_sheet(catalog, results.programs(0, options.limit), str(results.query))
        write_bytes(export(sheet, "csv"))
    elif options.format == "ids":
        for program in results.programs(0, options.limit):
            print(program.id)
    else:
        _table(catalog, results, options)
    return 0


def _reason_json(results: Results, reason: Reason) -> dict[str, Any]:
    """Say where a word was found; of a long text, the part around it, with the letters to highlight."""
    snippet = results.snippet(reason.text)
    spans = [list(span) for span in results.highlights(snippet)]
    return {"field": reason.field, "term": reason.term, "text": reason.text, "snippet": snippet, "spans": spans}


def results_json(catalog: Catalog, results: Results, limit: int | None, facets: bool) -> dict[str, Any]:
    """Return results as the contract has them; `facets` only when they were asked for."""
    programs = []
    for program in results.programs(0, limit):
        reasons = [_reason_json(results, reason) for reason in results.reasons(program)]
        programs.append({**brief_json(catalog, program), "matched": reasons})
    whole: dict[str, Any] = {"query": str(results.query), "total": results.total, "programs": programs}
    whole["ignored"] = [results.query.clause_text(place) for place in results.ignored]
    if facets:
        whole["facets"] = {
            dimension.name: [
                {
                    "value": v.value or None,
                    "label": v.label,
                    "count": v.count,
                    "selected": v.selected,
                    "excluded": v.excluded,
                }
                for v in values
            ]
            for dimension, values in results.facets().items()
        }
    whole["warnings"] = list(results.warnings)
    return whole


def _table(catalog: Catalog, results: Results, options: Namespace) -> None:
    programs = results.programs(0, options.limit)
    rows = [
        (
            program.name,
            catalog.institution[program.institution].short,
            KIND_LABELS[program.kind],
            catalog.specialty[program.specialty].label,
            program.id,
        )
        for program in programs
    ]
    if rows:
        write_table(("Program", "Institution", "Kind", "Specialty", "Id"), rows, no_colour=options.no_color)
    if options.facets:
        _facets(results, options)
    sys.stdout.flush()
    shown = f"{len(rows)} of {results.total}" if len(rows) < results.total else str(results.total)
    say(f"{shown} program{'s' * (results.total != 1)}")
    if not results.total:
        for _, clause, total in results.relaxed():
            say(f"without {clause}: {total}")


def _facets(results: Results, options: Namespace) -> None:
    rows = [
        (dimension.label, value.label, str(value.count))
        for dimension, values in results.facets().items()
        for value in values
        if value.count or value.selected
    ]
    write_table(("Facet", "Value", "Programs"), rows, no_colour=options.no_color)
