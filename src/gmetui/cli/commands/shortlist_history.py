"""`gmetui shortlist undo`, `redo`, `history`, `versions` and `restore`: the versions of a list."""

from __future__ import annotations

from argparse import Namespace
from datetime import date

from ...errors import UnknownIdError
from ...shortlist.diff import differences
from ...shortlist.entries import Shortlist
from ...storage.shortlist_store import ShortlistStore
from ..context import open_existing_list, save_shortlist
from ..output import print_line, print_status, write_json, write_table


def undo_command(options: Namespace) -> int:
    """Run `gmetui shortlist undo`."""
    change = open_existing_list(options).undo()
    print_status(f"undone: {change}" if change else "nothing to undo")
    return 0


def redo_command(options: Namespace) -> int:
    """Run `gmetui shortlist redo`."""
    change = open_existing_list(options).redo()
    print_status(f"redone: {change}" if change else "nothing to redo")
    return 0


def history_command(options: Namespace) -> int:
    """Run `gmetui shortlist history`."""
    versions = open_existing_list(options).versions()
    if options.format == "json":
        documents = [
            {
                "version": version.revision,
                "saved_at": version.saved_at,
                "programs": version.program_count,
                "change": version.change,
            }
            for version in versions
        ]
        write_json({"versions": documents})
        return 0
    rows = [
        (str(version.revision), version.saved_at, str(version.program_count), version.change) for version in versions
    ]
    if rows:
        write_table(("Version", "Saved (UTC)", "Programs", "Change"), rows, no_color=options.no_color)
    else:
        print_status("no earlier versions")
    return 0


def compare_versions(options: Namespace) -> int:
    """Run `gmetui shortlist versions`: compare two versions, or a version and the list."""
    shortlist_store = open_existing_list(options)
    _, old = _find_version(shortlist_store, options.old)
    new = _find_version(shortlist_store, options.new)[1] if options.new else shortlist_store.shortlist
    for line in differences(old, new) or ["no differences"]:
        print_line(line)
    return 0


def restore_version(options: Namespace) -> int:
    """Run `gmetui shortlist restore`. The restored version becomes the newest, so undo reverses it."""
    shortlist_store = open_existing_list(options)
    revision, shortlist = _find_version(shortlist_store, options.version)
    save_shortlist(shortlist_store, shortlist, f"restored version {revision}")
    return 0


def _find_version(shortlist_store: ShortlistStore, wanted: str) -> tuple[int, Shortlist]:
    """Return a version by its number, or the last version of a day. Raises `UnknownIdError`."""
    revision = int(wanted) if wanted.isascii() and wanted.isdecimal() else _revision_on(shortlist_store, wanted)
    shortlist = shortlist_store.version(revision)
    if shortlist is None:
        raise UnknownIdError("version", wanted, [str(version.revision) for version in shortlist_store.versions()])
    return revision, shortlist


def _revision_on(shortlist_store: ShortlistStore, day: str) -> int:
    """Return the last revision of a day, or 0, which no revision has."""
    try:
        version = shortlist_store.version_on(date.fromisoformat(day).isoformat())
    except ValueError:
        return 0
    return version.revision if version else 0
