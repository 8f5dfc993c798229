"""`gmetui search`: search programs, best match first."""

from __future__ import annotations

from ...errors import UsageError
from ...lean_typing import TYPE_CHECKING, Any
from ...search import Query, Results
from ...search.engine import search_index
from ...search.field_names import find_field, find_stated
from ...search.fields import FIELDS_BY_NAME
from ...search.fit_values import FITS, ProgramsByVerdict
from ...search.query import Condition
from ...search.triage_values import TRIAGE
from ...text import plural, sanitize
from ..context import read_searchable, require_list_name
from ..output import flush_output, print_line, print_status, write_bytes, write_table
from ..record_output import columns_of, wants_json, write_records, write_records_json

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Sequence

    from ...catalog.catalog import Catalog
    from ...reports.stored_fields import ReadFields
    from ...search.facets import FacetValue
    from ...search.fields import SearchField
    from ...search.page_hits import PageHit
    from ...search.reasons import Reason

# The modules that need the model are imported where they are used: JSON and ids are printed without it.

_MAX_REPORTED_LINES = 12
#: The command that shows a page.
_PAGE_COMMANDS = {"institution": "institutions", "specialty": "specialties", "service": "services"}


def search_command(options: Namespace) -> int:
    """Run `gmetui search`."""
    is_json = wants_json(options)
    results, read_fields = _search(options)
    if is_json:
        document = results_json(results, read_fields, options.limit, with_facets=options.facets)
        write_records_json(options, document, "programs")
    elif options.format == "csv":
        _write_csv(results, options)
    elif options.format == "ids":
        for number in results.numbers(0, options.limit):
            print_line(read_fields(number)["id"])
    else:
        _write_results(results, options)
    return 0


def _write_csv(results: Results, options: Namespace) -> None:
    """Print CSV without the byte order mark that a file for Excel needs, and that scripts take for a letter."""
    from ...export.formats import export_table
    from ...export.table import results_table

    programs = results.programs(0, options.limit)
    decisions = read_decisions(options, [program.id for program in programs])
    table = results_table(results.index.catalog, programs, str(results.query), decisions)
    write_bytes(export_table(table, "csv"))


def search_from_options(options: Namespace) -> tuple[Catalog, Results]:
    """Search for the query of the command line; warnings go to standard error.

    Raises `UsageError` if a part of the query is not understood, unless `--lenient` ignores it.
    """
    results, _ = _search(options)
    return results.index.catalog, results


def _search(options: Namespace) -> tuple[Results, ReadFields]:
    index, read_fields = read_searchable(options)
    query = Query.parse(" ".join(options.query))
    if getattr(options, "sort", None):
        query = query.sorted_by(options.sort)
    require_list_name(options.list)
    uses_triage = uses_field(query, TRIAGE)
    statuses = _statuses(options) if uses_triage or uses_field(query, "listed") else None
    triage = triage_verdicts() if uses_triage else None
    fits = _verdicts(options, index.catalog) if uses_fits(query) else None
    results = search_index(index, query, statuses, fits=fits, triage=triage, lenient=options.lenient)
    report_results(results, lenient=options.lenient)
    return results, read_fields


def report_results(results: Results, *, lenient: bool) -> None:
    """Print how words were read, and warnings. Raises `UsageError` for mistakes, unless they are to be ignored."""
    if results.mistakes and (not lenient or any(mistake.is_binding for mistake in results.mistakes)):
        raise UsageError(mistake_report(results))
    for reading in results.query.readings:
        print_status(f"gmetui: “{reading.words}” means {reading.condition}")
    for warning in results.warnings:
        print_status(f"gmetui: {warning}")
    if results.left_out_by_fit:
        print_status(f"gmetui: {plural(results.left_out_by_fit, 'program')} left out by your profile")


def mistake_report(results: Results) -> str:
    """Return what is wrong with a query, and what may have been meant."""
    from ...search.corrections import corrections

    messages = dict.fromkeys(mistake.message for mistake in results.mistakes)
    if any(mistake.is_binding for mistake in results.mistakes):
        return "\n".join(f"gmetui: {sanitize(message)}" for message in messages)
    offers = (f"{correction.query} ({plural(correction.total, 'program')})" for correction in corrections(results))
    lines = [*(f"gmetui: {message}" for message in messages), *(f"  did you mean {offer}?" for offer in offers)]
    lines = [*map(sanitize, lines[:_MAX_REPORTED_LINES]), "  use --lenient to ignore what is not understood"]
    return "\n".join(lines)


def uses_field(query: Query, name: str) -> bool:
    """Tell whether a query filters by a field whose values are the user's own, which must then be read."""
    conditions = (term for clause in query.clauses for term in clause if isinstance(term, Condition))
    return any(_is_about(condition, FIELDS_BY_NAME[name]) for condition in conditions)


def _is_about(condition: Condition, search_field: SearchField) -> bool:
    if condition.field.casefold() in ("no", "has"):
        return any(find_stated(name) is search_field for name in condition.values)
    return find_field(condition.field) is search_field


def uses_fits(query: Query) -> bool:
    """Tell whether a query asks for verdicts, for which the profile must be read."""
    return (query.sort or "").removeprefix("-").casefold() == FITS or uses_field(query, FITS)


def _verdicts(options: Namespace, catalog: Catalog) -> ProgramsByVerdict | None:
    """Return the programs of each verdict about the profile; None where there is no profile."""
    from ...planning.fit_table import judge_all
    from .. import clock
    from ..profile_options import open_profile

    stored = open_profile(options)
    return judge_all(catalog, stored.profile, clock.today()).programs_by_value if stored.exists else None


def triage_verdicts() -> dict[str, str]:
    """Return what was passed over, by program id, for `triage:…`."""
    from ...storage.paths import user_paths
    from ...storage.triage_file import read_triage

    return dict(read_triage(user_paths().triage).verdicts)


def read_decisions(options: Namespace, program_ids: Sequence[str]) -> dict[str, str]:
    """Return what was decided about programs in a quick pass, by id; nothing if none of them was passed over."""
    from ...shortlist.triage import decisions_of

    verdicts = triage_verdicts()
    return decisions_of(verdicts, _statuses(options), program_ids) if verdicts else {}


def _statuses(options: Namespace) -> dict[str, str]:
    """Return the status of each program on the shortlist, for `listed:…`."""
    from ...storage.paths import user_paths
    from ...storage.shortlist_store import ShortlistStore

    shortlist = ShortlistStore(user_paths().shortlist(options.list)).load()
    return {entry.id: entry.status for entry in shortlist}


def results_json(results: Results, read_fields: ReadFields, limit: int | None, *, with_facets: bool) -> dict[str, Any]:
    """Return search results as JSON; `facets` only on request, because counting takes time."""
    programs = []
    for number in results.numbers(0, limit):
        reasons = [_reason_json(results, reason) for reason in results.reasons_of(number)]
        miles = {"miles": results.miles_at(number)} if results.asks_distance else {}
        programs.append({**read_fields(number), **miles, "matched": reasons})
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


def _write_results(results: Results, options: Namespace) -> None:
    from ..program_tables import program_table

    programs = results.programs(0, options.limit)
    write_records(options, program_table(results.index.catalog, programs, options.columns))
    if options.facets:
        _write_facets(results)
    flush_output()
    count = plural(results.total, "program")
    print_status(f"{len(programs)} of {count}" if len(programs) < results.total else count)
    for page in results.pages:
        title = ": ".join(filter(None, (page.title, page.section.casefold())))
        print_status(f"≡ {title} (gmetui {_PAGE_COMMANDS[page.kind]} {page.page_id})")
    if not results.total:
        from ...search.place_phrases import place_corrections
        from ...search.relaxations import relaxations

        for offer in place_corrections(results):
            print_status(f"did you mean {sanitize(str(offer.query))}? ({plural(offer.total, 'program')})")
        for _, clause, total in relaxations(results):
            print_status(f"without {clause}: {total}")


def _write_facets(results: Results) -> None:
    from ..table_output import RecordTable

    rows = [
        (field.label, value.label, str(value.count))
        for field, values in results.facets().items()
        for value in values
        if value.count or value.selected
    ]
    print_line()
    write_table(RecordTable(columns_of("Filter", "Value", "Programs", numbers=("Programs",)), rows))
