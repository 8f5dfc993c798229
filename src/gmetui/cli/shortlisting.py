"""`gmetui shortlist`: the list from the command line; each change is on the disk when the command returns."""

from __future__ import annotations

from argparse import Namespace
from datetime import date
from typing import Any

from ..catalog.model import Catalog
from ..planning.season import Moment, distance, moments
from ..planning.shortlist import Shortlist, differences, entry_of
from ..prepared import load
from ..storage.paths import user_paths
from ..storage.shortlists import ShortlistStore, list_names
from .errors import UnknownError, UsageError
from .lookup import program_of
from .output import say, write_json, write_table


def open_store(options: Namespace) -> ShortlistStore:
    """Return the store of the list that the command line names, read from the disk."""
    store = ShortlistStore(user_paths().shortlist(options.list))
    store.load()
    return store


def require_list(options: Namespace) -> ShortlistStore:
    """Return the store of a list that exists. Raises `UnknownError`; the list "default" always exists."""
    paths = user_paths()
    if options.list != "default" and not paths.shortlist(options.list).exists():
        raise UnknownError("list", options.list, list_names(paths.shortlists))
    return open_store(options)


def _catalog(options: Namespace) -> Catalog:
    return load(options.data, bundled=not options.no_bundled)


def show_list(options: Namespace) -> int:
    """Run `gmetui shortlist show`."""
    shortlist, catalog = require_list(options).shortlist, _catalog(options)
    if options.format == "json":
        write_json(list_json(catalog, shortlist))
        return 0
    rows = [
        (str(rank), entry.name, entry.institution, entry.status, entry.note, entry.id)
        for rank, entry in enumerate(shortlist, 1)
    ]
    if rows:
        write_table(("Rank", "Program", "Institution", "Status", "Note", "Id"), rows, no_colour=options.no_color)
    say(f"{len(rows)} program{'s' * (len(rows) != 1)} on the list {shortlist.name}")
    return 0


def list_json(catalog: Catalog, shortlist: Shortlist) -> dict[str, Any]:
    """Return a list with what a person wrote to each program."""
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
            "note": entry.note,
            "in_data": entry.id in catalog.program,
        }
        for rank, entry in enumerate(shortlist, 1)
    ]
    return {"list": shortlist.name, "total": len(rows), "programs": rows}


def add_programs(options: Namespace) -> int:
    """Run `gmetui shortlist add`: all programs, or none when one is unknown."""
    catalog, store = _catalog(options), open_store(options)
    programs = [program_of(catalog, wanted) for wanted in options.ids]
    shortlist = store.shortlist
    for program in programs:
        shortlist = shortlist.added(entry_of(catalog, program))
    _save(store, shortlist, f"added {', '.join(program.name for program in programs)}")
    return 0


def remove_programs(options: Namespace) -> int:
    """Run `gmetui shortlist remove`."""
    store = require_list(options)
    names = [_on_list(store, wanted) for wanted in options.ids]
    shortlist = store.shortlist
    for wanted in options.ids:
        shortlist = shortlist.removed(wanted)
    _save(store, shortlist, f"removed {', '.join(names)}")
    return 0


def move_program(options: Namespace) -> int:
    """Run `gmetui shortlist move`."""
    store = require_list(options)
    name = _on_list(store, options.id)
    position = min(options.position, len(store.shortlist))
    _save(store, store.shortlist.moved(options.id, position - 1), f"moved {name} to {position}")
    return 0


def note_program(options: Namespace) -> int:
    """Run `gmetui shortlist note`."""
    store = require_list(options)
    name = _on_list(store, options.id)
    note = options.text.strip()
    _save(store, store.shortlist.noted(options.id, note), f"noted {name}" if note else f"removed the note on {name}")
    return 0


def set_status(options: Namespace) -> int:
    """Run `gmetui shortlist status`."""
    store = require_list(options)
    name = _on_list(store, options.id)
    status = options.value.strip()
    _save(store, store.shortlist.with_status(options.id, status), f"{name}: {status or 'no status'}")
    return 0


def rate_program(options: Namespace) -> int:
    """Run `gmetui shortlist rate`."""
    store = require_list(options)
    name = _on_list(store, options.id)
    words = f"rated {name} {options.rating}" if options.rating else f"no rating of {name}"
    _save(store, store.shortlist.rated(options.id, options.rating), words)
    return 0


def tag_program(options: Namespace) -> int:
    """Run `gmetui shortlist tag`: the tags that are named, and no others."""
    store = require_list(options)
    name = _on_list(store, options.id)
    changed = store.shortlist.tagged(options.id, options.tags)
    entry = changed.entry(options.id)
    words = f"tagged {name}: {', '.join(entry.tags)}" if entry and entry.tags else f"no tags on {name}"
    _save(store, changed, words)
    return 0


def date_program(options: Namespace) -> int:
    """Run `gmetui shortlist date`."""
    store = require_list(options)
    name = _on_list(store, options.id)
    try:
        changed = store.shortlist.dated(options.id, options.what, options.day)
    except ValueError as error:
        raise UsageError(f"gmetui: {options.day!r} is no day; write it like 2027-01-15") from error
    _save(store, changed, f"{name}: {options.what} {options.day or 'has no day'}")
    return 0


def dates_command(options: Namespace) -> int:
    """Run `gmetui shortlist dates`: what comes next first, then what is past."""
    catalog, today = _catalog(options), date.today()  # noqa: DTZ011  # the person's own day
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


def compare_versions(options: Namespace) -> int:
    """Run `gmetui shortlist versions`: what is different between two versions, or between one and the list as it is."""
    store = require_list(options)
    old = _version(store, options.old)
    new = _version(store, options.new) if options.new else store.shortlist
    for line in differences(old, new) or ["nothing is different"]:
        print(line)
    return 0


def restore_version(options: Namespace) -> int:
    """Run `gmetui shortlist restore`: a former version as the newest; undo takes it back."""
    store = require_list(options)
    kept = _version(store, options.version)
    _save(store, kept, f"brought back version {options.version}")
    return 0


def _version(store: ShortlistStore, revision: int) -> Shortlist:
    found = store.version(revision)
    if found is None:
        raise UnknownError("version", str(revision), [str(version.revision) for version in store.versions()])
    return found


def _on_list(store: ShortlistStore, wanted: str) -> str:
    """Return the name of a listed program. Raises `UnknownError` when it is not on the list."""
    entry = store.shortlist.entry(wanted)
    if entry is None:
        raise UnknownError("program on the list", wanted, [entry.id for entry in store.shortlist])
    return entry.name or entry.id


def _save(store: ShortlistStore, shortlist: Shortlist, change: str) -> None:
    if shortlist == store.shortlist:
        say("nothing to change")
        return
    saved = store.save(shortlist, change)
    say(f"{change}; {len(saved)} on the list {saved.name}")


def lists_command(options: Namespace) -> int:
    """Run `gmetui shortlist lists`."""
    for name in list_names(user_paths().shortlists) or ["default"]:
        print(name)
    return 0


def undo_command(options: Namespace) -> int:
    """Run `gmetui shortlist undo`."""
    undone = require_list(options).undo()
    say(f"undone: {undone}" if undone else "nothing to undo")
    return 0


def redo_command(options: Namespace) -> int:
    """Run `gmetui shortlist redo`."""
    redone = require_list(options).redo()
    say(f"done again: {redone}" if redone else "nothing to redo")
    return 0


def history_command(options: Namespace) -> int:
    """Run `gmetui shortlist history`."""
    rows = [(str(v.revision), v.saved_at, str(v.size), v.change) for v in require_list(options).versions()]
    if rows:
        write_table(("Version", "Saved (UTC)", "Programs", "Change"), rows, no_colour=options.no_color)
    else:
        say("no former versions")
    return 0
