"""`gmetui search`: search programs, best match first."""

from __future__ import annotations

from argparse import Namespace
from dataclasses import replace
from typing import Any

from ...catalog.catalog import Catalog
from ...errors import UsageError
from ...reports.json_report import program_record_json
from ...search import Query, Results, search
from ...search.corrections import corrections
from ...search.facets import FacetValue
from ...search.field_names import find_field, find_stated
from ...search.fields import FIELDS_BY_NAME
from ...search.page_hits import PageHit
from ...search.query import Condition
from ...search.relaxations import relaxations
from ...search.results import Reason
from ...text import plural, sanitize
from ..context import read_catalog, require_list_name
from ..output import flush_output, print_line, print_status, write_bytes, write_table
from ..program_tables import program_table
from ..record_output import columns_of, wants_json, write_records, write_records_json
from ..table_output import RecordTable

_MAX_REPORTED_LINES = 12
#: The command that shows a page.
_PAGE_COMMANDS = {"institution": "institutions", "specialty": "specialties", "service": "services"}


def search_command(options: Namespace) -> int:
    """Run `gmetui search`."""
    is_json = wants_json(options)
    catalog, results = search_from_options(options)
    if is_json:
        document = results_json(catalog, results, options.limit, with_facets=options.facets)
        write_records_json(options, document, "programs")
    elif options.format == "csv":
        _write_csv(catalog, results, options.limit)
    elif options.format == "ids":
        for program in results.programs(0, options.limit):
            print_line(program.id)
    else:
        _write_results(catalog, results, options)
    return 0


def _write_csv(catalog: Catalog, results: Results, limit: int | None) -> None:
    """Print CSV without the byte order mark that a file for Excel needs, and that scripts take for a letter."""
    from ...export.formats import export_table
    from ...export.table import results_table

    table = results_table(catalog, results.programs(0, limit), str(results.query))
    write_bytes(export_table(table, "csv"))


def search_from_options(options: Namespace) -> tuple[Catalog, Results]:
    """Search for the query of the command line; warnings go to standard error.

    Raises `UsageError` if a part of the query is not understood, unless `--lenient` ignores it.
    """
    catalog = read_catalog(options)
    query = Query.parse(" ".join(options.query))
    if getattr(options, "sort", None):
        query = replace(query, sort=options.sort)
    require_list_name(options.list)
    statuses = _statuses(options) if _uses_shortlist(query) else None
    results = search(catalog, query, statuses, lenient=options.lenient)
    report_results(results, lenient=options.lenient)
    return catalog, results


def report_results(results: Results, *, lenient: bool) -> None:
    """Print how words were read, and warnings. Raises `UsageError` for mistakes, unless they are to be ignored."""
    if results.mistakes and not lenient:
        raise UsageError(mistake_report(results))
    for reading in results.query.readings:
        print_status(f"gmetui: “{reading.words}” means {reading.condition}")
    for warning in results.warnings:
        print_status(f"gmetui: {warning}")


def mistake_report(results: Results) -> str:
    """Return what is wrong with a query, and what may have been meant."""
    messages = dict.fromkeys(mistake.message for mistake in results.mistakes)
    offers = (f"{correction.query} ({plural(correction.total, 'program')})" for correction in corrections(results))
    lines = [*(f"gmetui: {message}" for message in messages), *(f"  did you mean {offer}?" for offer in offers)]
    lines = [*map(sanitize, lines[:_MAX_REPORTED_LINES]), "  use --lenient to ignore what is not understood"]
    return "\n".join(lines)


def _uses_shortlist(query: Query) -> bool:
    """Tell whether a query filters by the shortlist, which must then be read."""
    conditions = (term for clause in query.clauses for term in clause if isinstance(term, Condition))
    return any(map(_is_about_shortlist, conditions))


def _is_about_shortlist(condition: Condition) -> bool:
    shortlist_field = FIELDS_BY_NAME["listed"]
    if condition.field.casefold() in ("no", "has"):
        return any(find_stated(name) is shortlist_field for name in condition.values)
    return find_field(condition.field) is shortlist_field


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
        programs.append({**program_record_json(catalog, program), "matched": reasons})
    document: dict[str, Any] = {
        "query": str(results.query),
        "total": results.total,
        "programs": programs,
        "pages": [_page_json(page) for page in results.pages],
        "readings": [{"words": words, "condition": str(condition)} for words, condition in results.query.readings],
        "ignored": [results.query.clause_text(index) for index in results.ignored_clauses],
    }
    if with_facets:
        document["facets"] = {
            field.name: [_facet_value_json(value) for value in values] for field, values in results.facets().items()
        }
    document["warnings"] = list(results.warnings)
    return document


def _page_json(page: PageHit) -> dict[str, Any]:
    """Return a page that the words are about; `section` is null for the whole page."""
    return {
        "kind": page.kind,
        "id": page.page_id,
        "title": page.title,
        "section": page.section or None,
        "text": page.why,
    }


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
    programs = results.programs(0, options.limit)
    write_records(options, program_table(catalog, programs, options.columns))
    if options.facets:
        _write_facets(results)
    flush_output()
    count = plural(results.total, "program")
    print_status(f"{len(programs)} of {count}" if len(programs) < results.total else count)
    for page in results.pages:
        title = ": ".join(filter(None, (page.title, page.section.casefold())))
        print_status(f"≡ {title} (gmetui {_PAGE_COMMANDS[page.kind]} {page.page_id})")
    if not results.total:
        for _, clause, total in relaxations(results):
            print_status(f"without {clause}: {total}")


def _write_facets(results: Results) -> None:
    rows = [
        (field.label, value.label, str(value.count))
        for field, values in results.facets().items()
        for value in values
        if value.count or value.selected
    ]
    print_line()
    write_table(RecordTable(columns_of("Filter", "Value", "Programs", numbers=("Programs",)), rows))
