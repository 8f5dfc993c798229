"""`gmetui season --import` and `--forget`: a service's own calendar as a source of its dates."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from ...catalog.catalog import Catalog
from ...catalog.season import SeasonDate
from ...errors import FileError, UnknownIdError, UnreadableListError, UsageError
from ...importing.calendar_dates import Calendar, calendar_tables, is_own_event
from ...importing.data_file import write_toml
from ...importing.readers.calendar_file import MAX_CALENDAR_BYTES, CalendarEvent, CalendarEvents, read_calendar
from ...lean_typing import TYPE_CHECKING
from ...storage.import_store import ImportStore
from ...storage.paths import user_paths
from ...storage.regular_file import read_user_file
from ...text import plural, sanitize
from .. import clock
from ..context import read_catalog
from ..output import print_line, print_status, write_json
from ..read_errors import reporting_read_errors

if TYPE_CHECKING:
    from argparse import Namespace

_STANDARD_INPUT = "-"
_MAX_SHOWN_PROBLEMS = 5


def change_calendars(options: Namespace) -> int:
    """Import the calendar of a service, or remove an imported one."""
    if options.calendar and options.forget is not None:
        raise UsageError("gmetui: --import and --forget cannot be used together")
    if options.no_bundled:
        raise UsageError("gmetui: calendars belong to the bundled data; leave out --no-bundled")
    return _import_calendar(options) if options.calendar else _forget_calendar(options.forget)


def _calendar_store() -> ImportStore:
    """Return the store of the imported calendars, one data file for each service."""
    return ImportStore(user_paths().calendars)


def _forget_calendar(service_id: str) -> int:
    store = _calendar_store()
    if store.find(service_id) is None:
        raise UnknownIdError("imported calendar", service_id, [imported.name for imported in store.lists()])
    store.remove(service_id)
    print_status(f"removed the imported calendar of {service_id}")
    return 0


def _import_calendar(options: Namespace) -> int:
    """Read the files of a service, save their dates in place of those before, and show them beside the data."""
    if len(options.service) != 1:
        raise UsageError("gmetui: name the service that the calendar is of, such as --service carms")
    catalog = read_catalog(options)
    (service_id,) = options.service
    if service_id not in catalog.service:
        raise UnknownIdError("service", service_id, list(catalog.service))
    events_by_file: dict[str, Sequence[CalendarEvent]] = {}
    problems: list[str] = []
    for file in options.calendar:
        file_name = "standard input" if file == _STANDARD_INPUT else sanitize(Path(file).name)
        calendar_events = _usable_events(read_calendar(_read_content(file), file_name))
        if not calendar_events.events:
            raise UnreadableListError(
                f"gmetui: {file_name}: has no date that can be used{_first_problem(calendar_events)}"
            )
        events_by_file[file_name] = (*events_by_file.get(file_name, ()), *calendar_events.events)
        problems += calendar_events.problems
    tables = calendar_tables(Calendar(service_id, clock.today(), events_by_file), catalog.service[service_id].name)
    store = _calendar_store()
    replaced = ", in place of the calendar imported before" if store.find(service_id) else ""
    store.write(service_id, write_toml(tables))
    _print_result(read_catalog(options), tables["date"], problems, options)
    count = plural(len(tables["date"]), "date")
    print_status(f"imported {count}{replaced}; `gmetui season --forget {service_id}` removes the calendar")
    return 0


def _read_content(file: str) -> bytes:
    """Return the content of a file or of standard input, a byte more than is allowed at most."""
    if file == _STANDARD_INPUT:
        with reporting_read_errors("standard input"):
            return sys.stdin.buffer.read(MAX_CALENDAR_BYTES + 1) if sys.stdin else b""
    content = read_user_file(Path(file), MAX_CALENDAR_BYTES)
    if content is None:
        raise FileError(f"gmetui: cannot read {sanitize(file)}: there is no such file")
    return content


def _usable_events(calendar_events: CalendarEvents) -> CalendarEvents:
    """Return the events without those that gmetui exported itself."""
    foreign = tuple(event for event in calendar_events.events if not is_own_event(event))
    exported = len(calendar_events.events) - len(foreign)
    problem = f"{plural(exported, 'event')} exported by gmetui: no source of dates"
    return CalendarEvents(foreign, (*calendar_events.problems, *((problem,) if exported else ())))


def _first_problem(calendar_events: CalendarEvents) -> str:
    return f": {calendar_events.problems[0]}" if calendar_events.problems else ""


def _print_result(
    catalog: Catalog, tables: Sequence[dict[str, Any]], problems: Sequence[str], options: Namespace
) -> None:
    """Print each imported date with what the data has, then what was left out."""
    by_id = {season_date.id: season_date for season_date in catalog.season.dates}
    rows = [(table, *_comparison(by_id, table)) for table in tables]
    if options.format == "json":
        dates = [
            {
                "id": table["id"],
                "text": table["text"],
                "when": _when(table),
                "what": table["what"],
                "nature": table["nature"],
                "cycle": table["cycle"],
                "comparison": comparison,
                "with": other_id,
            }
            for table, comparison, other_id in rows
        ]
        write_json({"service": options.service[0], "dates": dates, "left_out": list(problems)})
        return
    for table, comparison, other_id in rows:
        other = f" {by_id[other_id].moment} ({by_id[other_id].text})" if other_id else ""
        print_line(f"{_when(table)}  {table['text']}: {comparison}{other}")
    for problem in problems[:_MAX_SHOWN_PROBLEMS]:
        print_status(f"left out: {problem}")
    if len(problems) > _MAX_SHOWN_PROBLEMS:
        print_status(f"left out: {len(problems) - _MAX_SHOWN_PROBLEMS:,} more")


def _comparison(by_id: dict[str, SeasonDate], table: dict[str, Any]) -> tuple[str, str | None]:
    """Return how an imported date stands beside those of the data, and the id of the one it was compared with."""
    imported = by_id.get(table["id"])
    if imported is not None:
        return ("disagrees with", imported.disagrees) if imported.disagrees else ("new", None)
    agreeing = (
        each.id
        for each in by_id.values()
        if each.service == table["service"]
        and table["source"] in each.source
        and (each.what, each.nature, each.on, each.first)
        == (table["what"], table["nature"], table.get("on"), table.get("first"))
    )
    return "agrees with", next(agreeing, None)


def _when(table: dict[str, Any]) -> str:
    """Return the days of a date with its clock time: "2026-11-26 12:00 ET"."""
    days = table.get("on") or f"{table['first']} to {table['last']}"
    return " ".join(filter(None, (days, table.get("time"), table.get("zone"))))
