"""The former versions of a list from the command line: undo, redo, history, compared, brought back."""

from __future__ import annotations

from argparse import Namespace
from datetime import date

from ...shortlist.entries import Shortlist
from ...shortlist.versions import differences
from ...storage.shortlist_store import ShortlistStore
from ..cli_errors import UnknownError
from ..context import require_list, save
from ..output import say, write_json, write_table


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
    versions = require_list(options).versions()
    if options.format == "json":
        rows = [
            {"version": own.revision, "saved_at": own.saved_at, "programs": own.size, "change": own.change}
            for own in versions
        ]
        write_json({"versions": rows})
        return 0
    cells = [(str(own.revision), own.saved_at, str(own.size), own.change) for own in versions]
    if cells:
        write_table(("Version", "Saved (UTC)", "Programs", "Change"), cells, no_colour=options.no_color)
    else:
        say("no former versions")
    return 0


def compare_versions(options: Namespace) -> int:
    """Run `gmetui shortlist versions`: what is different between two versions, or between one and the list as it is."""
    store = require_list(options)
    _, old = _version(store, options.old)
    new = _version(store, options.new)[1] if options.new else store.shortlist
    for line in differences(old, new) or ["nothing is different"]:
        print(line)
    return 0


def restore_version(options: Namespace) -> int:
    """Run `gmetui shortlist restore`: a former version as the newest; undo takes it back."""
    store = require_list(options)
    number, kept = _version(store, options.version)
    save(store, kept, f"brought back version {number}")
    return 0


def _version(store: ShortlistStore, wanted: str) -> tuple[int, Shortlist]:
    """Return a version by its number, or the last one of a day."""
    number = int(wanted) if wanted.isascii() and wanted.isdecimal() else 0
    try:
        found = store.saved_on(date.fromisoformat(wanted).isoformat()) if not number else None
    except ValueError:
        found = None
    number = found.revision if found else number
    version = store.version(number)
    if version is None:
        raise UnknownError("version", wanted, [str(version.revision) for version in store.versions()])
    return number, version
