"""`gmetui shortlist`: show a list, and list its dates, its custom columns, and the names of all lists."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any, NamedTuple

from ...catalog.catalog import Catalog
from ...documents.season_words import day_text, event_clock, event_distance
from ...errors import UsageError
from ...export.table import entry_data
from ...lean_typing import TYPE_CHECKING
from ...planning.season_plan import SeasonEvent, plan_season
from ...reports.json_report import absent_program_json, program_record_json, program_summary_json
from ...shortlist.columns import CustomColumn, column_table
from ...shortlist.entries import Entry, Shortlist
from ...shortlist.scores import Score, column_values, scores, sort_keys, sorted_by
from ...shortlist.timeline import TimelineEvent, relative_time, timeline
from ...storage.paths import user_paths
from ...storage.shortlist_store import ShortlistStore, ignored_lists_notice, list_names
from ...text import did_you_mean, format_date, plural, sanitize
from .. import clock
from ..context import open_existing_list, read_catalog
from ..output import flush_output, print_status
from ..record_output import columns_of, wants_json, write_records, write_records_json
from ..table_output import ID_WIDTH, Column, RecordTable

if TYPE_CHECKING:
    from argparse import Namespace

_COLUMNS = (
    Column("rank", "Rank", is_number=True),
    Column("program", "Program", least_width=24),
    Column("institution", "Hospital", least_width=8),
    Column("next-date", "Next date", whole_cells=True, least_terminal=60),
    Column("status", "Status"),
    Column("rating", "Rating", is_number=True),
    Column("score", "Score", is_number=True),
    Column("signal", "Signal", least_terminal=80),
    Column("tags", "Tags", least_terminal=120),
    Column("note", "Note", least_terminal=72, least_width=12),
    Column("id", "ID", whole_cells=True, least_terminal=ID_WIDTH),
)
_DATE_COLUMNS = (
    Column("date", "Date", whole_cells=True),
    Column("when", "When", whole_cells=True, least_terminal=60),
    Column("what", "What"),
    Column("institution", "Hospital"),
    Column("program", "Program"),
    Column("cycle", "Cycle", whole_cells=True, least_terminal=80),
    Column("id", "ID", whole_cells=True, least_terminal=160),
)


def show_list(options: Namespace) -> int:
    """Run `gmetui shortlist show`."""
    is_json = wants_json(options)
    shortlist = open_existing_list(options).shortlist
    sorted_list = sorted_shortlist(shortlist, options.sort)
    catalog = read_catalog(options)
    if is_json:
        write_records_json(options, list_json(catalog, shortlist, sorted_list), "programs")
        return 0
    write_records(options, _list_table(catalog, shortlist, sorted_list))
    flush_output()
    print_status(f"{plural(len(sorted_list), 'program')} on the list “{shortlist.name}”")
    return 0


def sorted_shortlist(shortlist: Shortlist, key: str) -> Shortlist:
    """Return the list sorted by a key. Raises `UsageError` for an unknown one."""
    keys = sort_keys(shortlist)
    if key.removeprefix("-") not in keys:
        hint = did_you_mean(key.removeprefix("-"), keys)
        listed = f"{hint}{' ' if hint else ''}the keys are {', '.join(keys)}"
        raise UsageError(f"gmetui: unknown sort key “{sanitize(key)}”; {listed}")
    return sorted_by(shortlist, key)


def _list_table(catalog: Catalog, shortlist: Shortlist, sorted_list: Shortlist) -> RecordTable:
    score_by_id, next_dates = scores(shortlist), _next_dates(catalog, shortlist)
    custom = tuple(Column(column.name.casefold(), column.name, is_optional=True) for column in shortlist.columns)
    rows = [
        (
            str(rank),
            entry.name,
            hospital_name(catalog, entry),
            next_dates.get(entry.id, ""),
            entry.status,
            str(entry.rating or ""),
            _score_text(score_by_id[entry.id]),
            entry.signal or "",
            ", ".join(entry.tags),
            entry.note,
            entry.id,
            *custom_texts(shortlist, entry),
        )
        for rank, entry in _with_ranks(shortlist, sorted_list)
    ]
    links = [_page_address(catalog, entry) for entry in sorted_list]
    return RecordTable((*_COLUMNS, *custom), rows, "program", links)


def _score_text(score: Score) -> str:
    """Return a score as a number, or that a requirement is not met."""
    return "unmet" if score.violations else "" if score.value is None else str(score.value)


def custom_texts(shortlist: Shortlist, entry: Entry) -> list[str]:
    """Return the values of the custom columns of an entry, "" where there is none."""
    values = dict(entry.values)
    return [str(values.get(column.name, "")) for column in shortlist.columns]


def hospital_name(catalog: Catalog, entry: Entry) -> str:
    """Return the short name of the hospital of a listed program."""
    program = catalog.program.get(entry.id)
    return catalog.institution[program.institution].short_name if program else entry.institution


def _page_address(catalog: Catalog, entry: Entry) -> str:
    program = catalog.program.get(entry.id)
    return (program.url or "") if program else ""


def _next_dates(catalog: Catalog, shortlist: Shortlist) -> dict[str, str]:
    """Return the next date of each program that has one, by id."""
    today = clock.today()
    next_dates: dict[str, str] = {}
    for event in timeline(catalog, shortlist, today):
        if event.last >= today:
            next_dates.setdefault(event.entry.id, f"{format_date(event.iso_text)} {event.label}")
    return next_dates


def _with_ranks(shortlist: Shortlist, sorted_list: Shortlist) -> Iterator[tuple[int, Entry]]:
    """Yield the entries of `sorted_list`, each with its rank in `shortlist`."""
    rank_by_id = {entry.id: rank for rank, entry in enumerate(shortlist, 1)}
    for entry in sorted_list:
        yield rank_by_id[entry.id], entry


def list_json(catalog: Catalog, shortlist: Shortlist, sorted_list: Shortlist) -> dict[str, Any]:
    """Return a list with what the user wrote about each program, in the order of `sorted_list`."""
    score_by_id = scores(shortlist)
    programs = [
        _entry_json(catalog, rank, entry, score_by_id[entry.id]) for rank, entry in _with_ranks(shortlist, sorted_list)
    ]
    columns = [column_json(shortlist, column) for column in shortlist.columns]
    return {"list": shortlist.name, "total": len(programs), "columns": columns, "programs": programs}


def _entry_json(catalog: Catalog, rank: int, entry: Entry, score: Score) -> dict[str, Any]:
    program = catalog.program.get(entry.id)
    return {
        "rank": rank,
        **(
            program_record_json(catalog, program)
            if program
            else absent_program_json(entry.id, entry.name, entry.institution)
        ),
        "in_data": program is not None,
        **entry_data(entry),
        "score": score.value,
        "score_by_hand": score.is_manual,
        "lacks": list(score.violations),
    }


class _Date(NamedTuple):
    """A date of the list, or of a service that the list needs, as a row and as JSON."""

    first: date
    last: date
    time: str
    row: tuple[str, ...]
    json: dict[str, Any]


def dates_command(options: Namespace) -> int:
    """Run `gmetui shortlist dates`: dates to come, the next first; then past ones if the options want them."""
    is_json = wants_json(options)
    catalog, today = read_catalog(options), clock.today()
    shortlist = open_existing_list(options).shortlist
    every_date = [_list_date(catalog, event, today) for event in timeline(catalog, shortlist, today)]
    if not options.own and len(shortlist):
        plan = plan_season(catalog, shortlist, today)
        every_date += [_service_date(catalog, event, today) for event in plan.events if event.season_date]
    coming = sorted((each for each in every_date if each.last >= today), key=lambda each: (each.first, each.time))
    past = sorted((each for each in every_date if each.last < today), key=lambda each: each.last, reverse=True)
    shown = [*coming, *(past if options.past else ())]
    if is_json:
        records = {"today": today.isoformat(), "total": len(shown), "dates": [each.json for each in shown]}
        write_records_json(options, records, "dates")
        return 0
    write_records(options, RecordTable(_DATE_COLUMNS, [each.row for each in shown]))
    flush_output()
    if not every_date:
        print_status("no dates; `gmetui shortlist date` adds one")
    elif len(shown) < len(every_date):
        print_status(f"{plural(len(shown), 'date')} to come; --past also lists {plural(len(past), 'past one')}")
    return 0


def _list_date(catalog: Catalog, event: TimelineEvent, today: date) -> _Date:
    row, json = _event_row(catalog, event, today), _event_json(catalog, event)
    return _Date(event.first, event.last, event.time_text, row, json)


def _service_date(catalog: Catalog, event: SeasonEvent, today: date) -> _Date:
    """Return the date of a service; its name stands where a program's hospital is."""
    assert event.season_date is not None
    service, season_date = catalog.service[event.season_date.service], event.season_date
    day = " ".join(filter(None, (day_text(event.first, event.last), event_clock(event))))
    origin = "third party" if event.is_third_party else season_date.cycle
    row = (day, event_distance(event, today), season_date.what, service.name, event.text, origin, season_date.id)
    json = {
        "first": event.first.isoformat(),
        "last": event.last.isoformat(),
        "time": event.time or None,
        "what": season_date.what,
        "own": False,
        "cycle": season_date.cycle,
        "program": None,
        "service": service.id,
        "text": event.text,
        "zone": event.zone or None,
        "third_party": event.is_third_party,
    }
    return _Date(event.first, event.last, event.time, row, json)


def _event_row(catalog: Catalog, event: TimelineEvent, today: date) -> tuple[str, ...]:
    entry = event.entry
    cycle = event.cycle or ("yours" if event.is_custom else "")
    names = (hospital_name(catalog, entry), entry.name)
    return _days(event), relative_time(event, today), event.label, *names, cycle, entry.id


def _days(event: TimelineEvent) -> str:
    if event.time_text:
        return format_date(event.iso_text)
    first, last = format_date(event.first.isoformat()), format_date(event.last.isoformat())
    return first if first == last else f"{first} to {last}"


def _event_json(catalog: Catalog, event: TimelineEvent) -> dict[str, Any]:
    entry = event.entry
    program = catalog.program.get(entry.id)
    absent = absent_program_json(entry.id, entry.name, entry.institution)
    return {
        "first": event.first.isoformat(),
        "last": event.last.isoformat(),
        "time": event.time_text or None,
        "what": event.label,
        "own": event.is_custom,
        "cycle": event.cycle,
        "program": program_summary_json(catalog, program)
        if program
        else {key: absent[key] for key in ("id", "name", "kind", "institution", "specialty")},
        "service": None,
        "text": None,
        "zone": None,
        "third_party": False,
    }


def lists_command(options: Namespace) -> int:
    """Run `gmetui shortlist lists`."""
    is_json = wants_json(options)
    paths = user_paths()
    if notice := ignored_lists_notice(paths.shortlists):
        print_status(f"gmetui: {notice}")
    names = list_names(paths.shortlists) or ["default"]
    if is_json:
        lists = [{"name": name, "program_count": len(ShortlistStore(paths.shortlist(name)).load())} for name in names]
        write_records_json(options, {"total": len(lists), "lists": lists}, "lists")
    else:
        write_records(options, RecordTable(columns_of("Name"), [(name,) for name in names]))
    return 0


def columns_command(options: Namespace) -> int:
    """Run `gmetui shortlist columns`: list the custom columns."""
    is_json = wants_json(options)
    shortlist = open_existing_list(options).shortlist
    if is_json:
        documents = [column_json(shortlist, column) for column in shortlist.columns]
        write_records_json(options, {"total": len(documents), "columns": documents}, "columns")
        return 0
    rows = [
        (
            column.name,
            column.kind,
            f"{column.weight:g}" if column.weight else "",
            column.requirement,
            f"{_value_count(shortlist, column)} of {len(shortlist)}",
        )
        for column in shortlist.columns
    ]
    headings = ("Column", "Kind", "Weight", "Requirement", "Values")
    write_records(options, RecordTable(columns_of(*headings, numbers=("Weight",)), rows))
    if not rows:
        print_status("no custom columns; `gmetui shortlist column NAME --kind 1-5 --weight 2` adds one")
    return 0


def column_json(shortlist: Shortlist, column: CustomColumn) -> dict[str, Any]:
    """Return a custom column; null where it has no weight or requirement."""
    table = column_table(column)
    return {
        "name": column.name,
        "kind": column.kind,
        "weight": table.get("weight"),
        "must": table.get("must"),
        "values": _value_count(shortlist, column),
    }


def _value_count(shortlist: Shortlist, column: CustomColumn) -> int:
    """Return how many programs have a value in a column."""
    return sum(column == valued for entry in shortlist for valued, _ in column_values(shortlist, entry))
