"""`gmetui shortlist`: show a list, add, remove and rank its programs, and list its dates, changes and columns."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from ...catalog.catalog import Catalog
from ...errors import UnknownIdError
from ...shortlist.columns import column_table
from ...shortlist.entries import Entry, Shortlist, entry_of
from ...shortlist.fact_changes import FactChanges, fact_changes, fingerprint, snapshot_of
from ...shortlist.scores import Score, column_values, scores, sort_keys, sorted_by
from ...shortlist.timeline import TimelineEvent, relative_time, timeline
from ...storage.paths import user_paths
from ...storage.shortlist_store import ignored_lists_notice, list_names
from ...text import format_date, plural
from ..context import (
    find_program,
    listed_program_name,
    open_existing_list,
    open_fact_snapshots,
    open_store,
    read_catalog,
    save_shortlist,
)
from ..output import print_line, print_status, write_json, write_table


def show_list(options: Namespace) -> int:
    """Run `gmetui shortlist show`."""
    shortlist = open_existing_list(options).shortlist
    sorted_list = _sorted(shortlist, options.sort)
    if options.format == "json":
        write_json(list_json(read_catalog(options), shortlist, sorted_list))
        return 0
    score_by_id = scores(shortlist)
    headings = ["Rank", "Program", "Institution", "Status", "Note", "ID"]
    rows = [
        [str(rank), entry.name, entry.institution, entry.status, entry.note, entry.id]
        for rank, entry in _with_ranks(shortlist, sorted_list)
    ]
    if any(score.text for score in score_by_id.values()):
        headings.insert(3, "Score")
        for row, entry in zip(rows, sorted_list, strict=True):
            row.insert(3, score_by_id[entry.id].text)
    if rows:
        write_table(headings, rows, no_color=options.no_color)
    print_status(f"{plural(len(rows), 'program')} on the list “{shortlist.name}”")
    return 0


def _sorted(shortlist: Shortlist, key: str) -> Shortlist:
    """Return the list sorted by a key. Raises `UnknownIdError`."""
    keys = sort_keys(shortlist)
    if key.removeprefix("-") not in keys:
        raise UnknownIdError("sort key", key, list(keys))
    return sorted_by(shortlist, key)


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
    columns = [column_table(column) for column in shortlist.columns]
    return {"list": shortlist.name, "total": len(programs), "columns": columns, "programs": programs}


def _entry_json(catalog: Catalog, rank: int, entry: Entry, score: Score) -> dict[str, Any]:
    return {
        "rank": rank,
        "id": entry.id,
        "name": entry.name,
        "institution": entry.institution,
        "status": entry.status,
        "rating": entry.rating or None,
        "tags": list(entry.tags),
        "dates": dict(entry.dates),
        "own": dict(entry.values),
        "score": score.value,
        "score_by_hand": score.is_manual,
        "lacks": list(score.violations),
        "note": entry.note,
        "remarks": dict(entry.comments),
        "in_data": entry.id in catalog.program,
    }


def add_programs(options: Namespace) -> int:
    """Run `gmetui shortlist add`: add all programs, or none if an id is unknown."""
    catalog, shortlist_store = read_catalog(options), open_store(options)
    programs = [find_program(catalog, program_id) for program_id in options.ids]
    shortlist = shortlist_store.shortlist
    for program in programs:
        shortlist = shortlist.with_entry(entry_of(catalog, program))
    save_shortlist(
        shortlist_store, shortlist, f"added {_name_or_count([program.name for program in programs])}", catalog
    )
    return 0


def remove_programs(options: Namespace) -> int:
    """Run `gmetui shortlist remove`."""
    shortlist_store = open_existing_list(options)
    names = [listed_program_name(shortlist_store, program_id) for program_id in options.ids]
    shortlist = shortlist_store.shortlist
    for program_id in options.ids:
        shortlist = shortlist.without_entry(program_id)
    save_shortlist(shortlist_store, shortlist, f"removed {_name_or_count(names)}")
    return 0


def _name_or_count(names: Sequence[str]) -> str:
    """Return the only name, or the number of several, so that a change fits on a line."""
    return names[0] if len(names) == 1 else f"{len(names)} programs"


def move_program(options: Namespace) -> int:
    """Run `gmetui shortlist move`."""
    shortlist_store = open_existing_list(options)
    name = listed_program_name(shortlist_store, options.id)
    position = min(options.position, len(shortlist_store.shortlist))
    save_shortlist(
        shortlist_store,
        shortlist_store.shortlist.with_position(options.id, position - 1),
        f"moved {name} to {position}",
    )
    return 0


def order_list(options: Namespace) -> int:
    """Run `gmetui shortlist order`: rank the programs by a sort key."""
    shortlist_store = open_existing_list(options)
    save_shortlist(shortlist_store, _sorted(shortlist_store.shortlist, options.key), f"ranked by {options.key}")
    return 0


def dates_command(options: Namespace) -> int:
    """Run `gmetui shortlist dates`: dates to come, the next first, then past ones."""
    catalog, today = read_catalog(options), date.today()  # noqa: DTZ011  # the day in the user's time zone
    events = timeline(catalog, open_existing_list(options).shortlist, today)
    if options.format == "json":
        write_json({"today": today.isoformat(), "dates": [_event_json(event) for event in events]})
        return 0
    rows = [
        (
            _days(event),
            relative_time(event, today),
            event.label,
            event.entry.name,
            event.cycle or ("yours" if event.is_custom else ""),
        )
        for event in events
    ]
    if rows:
        write_table(("Date", "When", "What", "Program", "Cycle"), rows, no_color=options.no_color)
    else:
        print_status("no dates; `gmetui shortlist date` adds one")
    return 0


def _days(event: TimelineEvent) -> str:
    first, last = format_date(event.first.isoformat()), format_date(event.last.isoformat())
    return first if first == last else f"{first} to {last}"


def _event_json(event: TimelineEvent) -> dict[str, Any]:
    return {
        "first": event.first.isoformat(),
        "last": event.last.isoformat(),
        "what": event.label,
        "id": event.entry.id,
        "own": event.is_custom,
        "cycle": event.cycle,
    }


def changed_command(options: Namespace) -> int:
    """Run `gmetui shortlist changed`: list what changed in the data since programs were added or marked as seen."""
    catalog, find_snapshot = read_catalog(options), open_fact_snapshots().get
    changed = []
    for entry in open_existing_list(options).shortlist:
        changes = fact_changes(catalog, entry.id, entry.fingerprint, find_snapshot)
        if changes is not None:
            changed.append((entry, changes))
    if options.format == "json":
        write_json({"total": len(changed), "programs": [_changes_json(entry, changes) for entry, changes in changed]})
        return 0
    for entry, changes in changed:
        print_line(f"{entry.name or entry.id}, {entry.institution} ({entry.id})")
        for line in changes.lines():
            print_line(f"   {line}")
    hint = "; `gmetui shortlist seen` marks changes as seen" if changed else ""
    print_status(f"{plural(len(changed), 'listed program')} changed{hint}")
    return 0


def _changes_json(entry: Entry, changes: FactChanges) -> dict[str, Any]:
    return {
        "id": entry.id,
        "name": entry.name,
        "gone": changes.is_removed,
        "now": changes.successor.id if changes.successor else None,
        "changed": [
            {"field": change.label, "before": list(change.before), "after": list(change.after)}
            for change in changes.changes
        ],
        "lost": changes.snapshot_missing,
    }


def seen_command(options: Namespace) -> int:
    """Run `gmetui shortlist seen`: mark the changes of some programs, or of all, as seen."""
    catalog, shortlist_store = read_catalog(options), open_existing_list(options)
    shortlist = shortlist_store.shortlist
    for program_id in options.ids or [entry.id for entry in shortlist]:
        listed_program_name(shortlist_store, program_id)  # raises for a program that is not on the list
        program = catalog.program.get(program_id)
        if program is not None:
            shortlist = shortlist.with_fingerprint(program_id, fingerprint(snapshot_of(catalog, program)))
    save_shortlist(shortlist_store, shortlist, "marked changes as seen", catalog)
    return 0


def lists_command(options: Namespace) -> int:
    """Run `gmetui shortlist lists`."""
    shortlists = user_paths().shortlists
    if notice := ignored_lists_notice(shortlists):
        print_status(f"gmetui: {notice}")
    for name in list_names(shortlists) or ["default"]:
        print_line(name)
    return 0


def columns_command(options: Namespace) -> int:
    """Run `gmetui shortlist columns`: list the custom columns."""
    shortlist = open_existing_list(options).shortlist
    if options.format == "json":
        write_json({"columns": [column_table(column) for column in shortlist.columns]})
        return 0
    filled = [column.name for entry in shortlist for column, _ in column_values(shortlist, entry)]
    rows = [
        (
            column.name,
            column.kind,
            str(column.weight or ""),
            column.requirement,
            f"{filled.count(column.name)} of {len(shortlist)}",
        )
        for column in shortlist.columns
    ]
    if rows:
        write_table(("Column", "Kind", "Weight", "Requirement", "Values"), rows, no_color=options.no_color)
    else:
        print_status("no custom columns; `gmetui shortlist column NAME --kind 1-5 --weight 2` adds one")
    return 0
