"""`gmetui fits`: what programs' pages state, compared with a profile."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ...catalog.catalog import Catalog
from ...catalog.models import Program
from ...errors import UnknownIdError, UsageError
from ...lean_typing import TYPE_CHECKING
from ...planning.fit_table import FitTable, application_year, judge_all
from ...planning.program_fit import ProgramFit, judge_program
from ...search import Query, search
from ...storage.profiles import StoredProfile
from ...text import plural
from .. import clock
from ..context import open_existing_list, read_catalog
from ..document_output import print_document
from ..output import print_status
from ..profile_options import require_profile
from ..program_ids import find_known_programs, find_programs
from ..record_output import wants_json, write_records, write_records_json
from ..table_output import ID_WIDTH, Column, RecordTable
from .search import report_results, triage_verdicts

if TYPE_CHECKING:
    from argparse import Namespace

_COLUMNS = (
    Column("program", "Program", least_width=24),
    Column("hospital", "Hospital", least_width=6),
    Column("fits", "Fits", whole_cells=True),
    Column("why", "Why", least_width=30),
    Column("id", "ID", whole_cells=True, least_terminal=ID_WIDTH),
)
#: A word that looks like the id of a program.
_ID = re.compile(r"[A-Za-z0-9]+(-[A-Za-z0-9]+)+")
_DOCUMENT_FORMATS = ("text", "markdown", "html")


def fits_command(options: Namespace) -> int:
    """Run `gmetui fits`."""
    is_json = wants_json(options)
    stored = require_profile(options)
    catalog = read_catalog(options)
    table = judge_all(catalog, stored.profile, clock.today())
    programs, subject = _chosen_programs(catalog, table, options)
    if options.limit:
        programs = programs[: options.limit]
    year = application_year(stored.profile, clock.today())
    fits = [judge_program(catalog, program, stored.profile, year) for program in programs]
    if is_json:
        from ...reports.fits_json import fits_json

        numbers = [catalog.lookups.numbers[program.id] for program in programs]
        document = fits_json(catalog, stored.name, stored.profile, year, fits, table.missing_answers(numbers))
        write_records_json(options, document, "programs")
    elif options.details or options.format in _DOCUMENT_FORMATS:
        _print_documents(catalog, table, stored, fits, subject, options)
    else:
        _write_table(catalog, fits, options)
    return 0


def _chosen_programs(catalog: Catalog, table: FitTable, options: Namespace) -> tuple[list[Program], str]:
    """Return the programs that the command line names: by ids, by a query, or those of the list."""
    words = list(options.query)
    if not words:
        shortlist = open_existing_list(options).shortlist
        programs = [program for entry in shortlist if (program := catalog.program.get(entry.id))]
        if len(programs) < len(shortlist):
            print_status(f"{plural(len(shortlist) - len(programs), 'program')} of the list not in the data")
        return _of_kind(programs, options), f"your list “{shortlist.name}”"
    if all(_names_program(catalog, word) for word in words):
        named = find_programs(catalog, words)
        return _of_kind(named, options), plural(len(named), "program")
    results = search(
        catalog,
        Query.parse(" ".join(words)),
        _statuses(options),
        fits=table.programs_by_value,
        triage=triage_verdicts(),
        lenient=options.lenient,
    )
    if not results.total:
        _reject_unknown_ids(catalog, words)
    report_results(results, lenient=options.lenient)
    return _of_kind(results.programs(), options), str(results.query)


def _names_program(catalog: Catalog, word: str) -> bool:
    """Tell whether a word is an id, or institution/specialty, and not a word of a query."""
    return word in catalog.program or ("/" in word and ":" not in word)


def _reject_unknown_ids(catalog: Catalog, words: Sequence[str]) -> None:
    """Raise `UnknownIdError` for words of a search without programs that look like ids, and are none."""
    _, errors = find_known_programs(catalog, [word for word in words if _ID.fullmatch(word)])
    if errors:
        raise UnknownIdError.of_all(errors)


def _statuses(options: Namespace) -> dict[str, str]:
    return {entry.id: entry.status for entry in open_existing_list(options).shortlist}


def _of_kind(programs: Sequence[Program], options: Namespace) -> list[Program]:
    return [program for program in programs if options.kind in (None, program.kind)]


def _print_documents(
    catalog: Catalog,
    table: FitTable,
    stored: StoredProfile,
    fits: Sequence[ProgramFit],
    subject: str,
    options: Namespace,
) -> None:
    """Print the summary, or with `--details` the page of each program."""
    format_name = options.format if options.format in _DOCUMENT_FORMATS else "text"
    if options.details:
        from ...documents.program_fit_document import program_fit_document

        if format_name != "text" and len(fits) != 1:
            raise UsageError(f"gmetui: --format {format_name} shows the details of one program, not {len(fits)}")
        for fit in fits:
            program = catalog.program[fit.program_id]
            document = program_fit_document(catalog, program, fit, stored.profile)
            print_document(document, catalog, format_name)
        return
    from ...documents.fits_document import fits_document, summary_of

    numbers = [catalog.lookups.numbers[fit.program_id] for fit in fits]
    year = application_year(stored.profile, clock.today())
    summary = summary_of(table, stored.name, stored.profile, year, numbers, subject)
    print_document(fits_document(catalog, summary, fits), catalog, format_name)


def _write_table(catalog: Catalog, fits: Sequence[ProgramFit], options: Namespace) -> None:
    from ...documents.fits_document import reason_text, short_verdict

    rows = [
        (
            catalog.program[fit.program_id].name,
            catalog.institution[catalog.program[fit.program_id].institution].short_name,
            short_verdict(fit),
            reason_text(fit),
            fit.program_id,
        )
        for fit in fits
    ]
    write_records(options, RecordTable(_COLUMNS, rows, "program"))
    print_status(_count_text(fits))


def _count_text(fits: Sequence[ProgramFit]) -> str:
    """Return how many programs have each state: "8 programs: meets 2, does not meet 1, can't tell 5"."""
    states = [fit.verdict.state for fit in fits]
    return (
        f"{plural(len(fits), 'program')}: meets {states.count('meets')}, "
        f"does not meet {states.count('does-not-meet')}, can't tell {states.count('cannot-tell')}"
    )
