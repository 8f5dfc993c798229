"""`gmetui shortlist`: the list from the command line; each change is on the disk when the command returns."""

from __future__ import annotations

from argparse import Namespace
from datetime import date
from typing import Any

from ...catalog.models import Catalog
from ...shortlist.columns import column_table
from ...shortlist.entries import Entry, Shortlist, entry_of
from ...shortlist.fact_changes import News, facts_of, mark_of, news_of
from ...shortlist.scores import Standing, in_order, orders, own_cells, standings
from ...shortlist.timeline import Moment, distance, moments
from ...storage.paths import user_paths
from ...storage.shortlist_store import list_names
from ..cli_errors import UnknownError
from ..context import known_facts, name_on_list, open_store, read_catalog, require_list, save
from ..output import say, write_json, write_table
from ..program_lookup import program_of


def show_list(options: Namespace) -> int:
    """Run `gmetui shortlist show`."""
    shortlist = require_list(options).shortlist
    shown = _ordered(shortlist, options.sort)
    if options.format == "json":
        write_json(list_json(read_catalog(options), shortlist, shown))
        return 0
    standing = standings(shortlist)
    headings = ["Rank", "Program", "Institution", "Status", "Note", "Id"]
    rows = [
        [str(rank), entry.name, entry.institution, entry.status, entry.note, entry.id]
        for rank, entry in _ranked(shortlist, shown)
    ]
    if any(own.words for own in standing.values()):
        headings.insert(3, "Score")
        for row, entry in zip(rows, shown, strict=True):
            row.insert(3, standing[entry.id].words)
    if rows:
        write_table(tuple(headings), [tuple(row) for row in rows], no_colour=options.no_color)
    say(f"{len(rows)} program{'s' * (len(rows) != 1)} on the list {shortlist.name}")
    return 0


def _ordered(shortlist: Shortlist, key: str) -> Shortlist:
    known = orders(shortlist)
    if key.removeprefix("-") not in known:
        raise UnknownError("order", key, list(known))
    return in_order(shortlist, key)


def _ranked(shortlist: Shortlist, shown: Shortlist) -> list[tuple[int, Entry]]:
    rank = {entry.id: number for number, entry in enumerate(shortlist, 1)}
    return [(rank[entry.id], entry) for entry in shown]


def list_json(catalog: Catalog, shortlist: Shortlist, shown: Shortlist) -> dict[str, Any]:
    """Return a list with what a person wrote to each program, in the order in which it is shown."""
    standing = standings(shortlist)
    rows = [
        {
            "rank": rank,
            "id": entry.id,
            "name": entry.name,
            "institution": entry.institution,
            "status": entry.status,
            "rating": entry.rating or None,
            "tags": list(entry.tags),
            "dates": dict(entry.dates),
            "own": dict(entry.own),
            **_standing(standing[entry.id]),
            "note": entry.note,
            "remarks": dict(entry.remarks),
            "in_data": entry.id in catalog.program,
        }
        for rank, entry in _ranked(shortlist, shown)
    ]
    columns = [column_table(own) for own in shortlist.columns]
    return {"list": shortlist.name, "total": len(rows), "columns": columns, "programs": rows}


def _standing(standing: Standing) -> dict[str, object]:
    return {"score": standing.score, "score_by_hand": standing.by_hand, "lacks": list(standing.lacks)}


def add_programs(options: Namespace) -> int:
    """Run `gmetui shortlist add`: all programs, or none when one is unknown."""
    catalog, store = read_catalog(options), open_store(options)
    programs = [program_of(catalog, wanted) for wanted in options.ids]
    shortlist = store.shortlist
    for program in programs:
        shortlist = shortlist.added(entry_of(catalog, program))
    save(store, shortlist, f"added {_few([program.name for program in programs])}", catalog)
    return 0


def _few(names: list[str]) -> str:
    """Return one name, or how many there are: a change is said in a line."""
    return names[0] if len(names) == 1 else f"{len(names)} programs"


def remove_programs(options: Namespace) -> int:
    """Run `gmetui shortlist remove`."""
    store = require_list(options)
    names = [name_on_list(store, wanted) for wanted in options.ids]
    shortlist = store.shortlist
    for wanted in options.ids:
        shortlist = shortlist.removed(wanted)
    save(store, shortlist, f"removed {_few(names)}")
    return 0


def move_program(options: Namespace) -> int:
    """Run `gmetui shortlist move`."""
    store = require_list(options)
    name = name_on_list(store, options.id)
    position = min(options.position, len(store.shortlist))
    save(store, store.shortlist.moved(options.id, position - 1), f"moved {name} to {position}")
    return 0


def order_list(options: Namespace) -> int:
    """Run `gmetui shortlist order`: an order of `show --sort` as the person's own ranks."""
    store = require_list(options)
    save(store, _ordered(store.shortlist, options.key), f"ranked by {options.key}")
    return 0


def dates_command(options: Namespace) -> int:
    """Run `gmetui shortlist dates`: what comes next first, then what is past."""
    catalog, today = read_catalog(options), date.today()  # noqa: DTZ011  # the person's own day
    found = moments(catalog, require_list(options).shortlist, today)
    if options.format == "json":
        write_json({"today": today.isoformat(), "dates": [_moment(own) for own in found]})
        return 0
    rows = [
        (_days(own), distance(own, today), own.what, own.entry.name, own.cycle or ("yours" if own.own else ""))
        for own in found
    ]
    if rows:
        write_table(("When", "How far off", "What", "Program", "Cycle"), rows, no_colour=options.no_color)
    else:
        say("no dates; `gmetui shortlist date` writes one of your own")
    return 0


def _days(moment: Moment) -> str:
    first, last = moment.first.isoformat(), moment.last.isoformat()
    return first if first == last else f"{first} to {last}"


def _moment(moment: Moment) -> dict[str, object]:
    return {
        "first": moment.first.isoformat(),
        "last": moment.last.isoformat(),
        "what": moment.what,
        "id": moment.entry.id,
        "own": moment.own,
        "cycle": moment.cycle,
    }


def changed_command(options: Namespace) -> int:
    """Run `gmetui shortlist changed`: what the data says otherwise since a program was added or last looked at."""
    catalog, kept = read_catalog(options), known_facts().facts
    news = [(entry, news_of(catalog, entry.id, entry.known, kept)) for entry in require_list(options).shortlist]
    found = [(entry, own) for entry, own in news if own is not None]
    if options.format == "json":
        write_json({"total": len(found), "programs": [_news(entry, own) for entry, own in found]})
        return 0
    for entry, own in found:
        print(f"{entry.name or entry.id}, {entry.institution} ({entry.id})")
        for line in own.words():
            print(f"   {line}")
    say(f"{len(found)} listed program{'s' * (len(found) != 1)} changed; `gmetui shortlist seen` says that you know")
    return 0


def _news(entry: Entry, news: News) -> dict[str, object]:
    changed = [{"field": own.label, "before": list(own.before), "after": list(own.after)} for own in news.changed]
    now = news.now.id if news.now else None
    return {"id": entry.id, "name": entry.name, "gone": news.gone, "now": now, "changed": changed, "lost": news.lost}


def seen_command(options: Namespace) -> int:
    """Run `gmetui shortlist seen`: what the data says now of some programs, or of all, is known."""
    catalog, store = read_catalog(options), require_list(options)
    shortlist = store.shortlist
    for own in options.ids or [entry.id for entry in shortlist]:
        name_on_list(store, own)
        program = catalog.program.get(own)
        if program is not None:
            shortlist = shortlist.seen(own, mark_of(facts_of(catalog, program)))
    save(store, shortlist, "saw what changed", catalog)
    return 0


def lists_command(options: Namespace) -> int:
    """Run `gmetui shortlist lists`."""
    for name in list_names(user_paths().shortlists) or ["default"]:
        print(name)
    return 0


def columns_command(options: Namespace) -> int:
    """Run `gmetui shortlist columns`: the person's own columns and what stands in them."""
    shortlist = require_list(options).shortlist
    if options.format == "json":
        write_json({"columns": [column_table(own) for own in shortlist.columns]})
        return 0
    filled = [column.name for entry in shortlist for column, _ in own_cells(shortlist, entry)]
    rows = [
        (own.name, own.kind, str(own.weight or ""), own.must, f"{filled.count(own.name)} of {len(shortlist)}")
        for own in shortlist.columns
    ]
    if rows:
        write_table(("Column", "Holds", "Weight", "Must be", "Filled in"), rows, no_colour=options.no_color)
    else:
        say("no columns of your own; `gmetui shortlist column NAME --kind 1-5 --weight 2` makes one")
    return 0
