"""`gmetui shortlist undo`, `redo`, `history`, `versions` and `restore`: the versions of a list."""

from __future__ import annotations

from datetime import date

from ...errors import UnknownIdError
from ...lean_typing import TYPE_CHECKING
from ...shortlist.diff import differences
from ...shortlist.entries import Shortlist
from ...storage.shortlist_store import ShortlistStore
from ..context import open_existing_list, save_shortlist
from ..output import print_line, print_status, write_json
from ..record_output import columns_of, wants_json, write_records, write_records_json
from ..table_output import RecordTable

if TYPE_CHECKING:
    from argparse import Namespace


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
    is_json = wants_json(options)
    versions = open_existing_list(options).versions()
    if is_json:
        documents = [
            {
                "version": version.revision,
                "saved_at": version.saved_at,
                "program_count": version.program_count,
                "change": version.change,
            }
            for version in versions
        ]
        write_records_json(options, {"total": len(documents), "versions": documents}, "versions")
        return 0
    rows = [
        (str(version.revision), version.saved_at, str(version.program_count), version.change) for version in versions
    ]
    columns = columns_of("Version", "Saved (UTC)", "Programs", "Change", numbers=("Version", "Programs"))
    write_records(options, RecordTable([columns[0], columns[1]._replace(key="saved"), *columns[2:]], rows))
    if not rows:
        print_status("no earlier versions")
    return 0


def compare_versions(options: Namespace) -> int:
    """Run `gmetui shortlist versions`: compare two versions, or a version and the list."""
    shortlist_store = open_existing_list(options)
    _, old = _find_version(shortlist_store, options.old)
    new = _find_version(shortlist_store, options.new)[1] if options.new else shortlist_store.shortlist
    lines = differences(old, new)
    if options.format == "json":
        write_json({"old": options.old, "new": options.new, "total": len(lines), "differences": list(lines)})
        return 0
    for line in lines or ["no differences"]:
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
        revisions = [version.revision for version in shortlist_store.versions()]
        reason = f"is unknown; the versions are {min(revisions)} to {max(revisions)}" if revisions else "is unknown"
        raise UnknownIdError("version", wanted, reason=reason)
    return revision, shortlist


def _revision_on(shortlist_store: ShortlistStore, day: str) -> int:
    """Return the last revision of a day, or 0, which no revision has."""
    try:
        version = shortlist_store.version_on(date.fromisoformat(day).isoformat())
    except ValueError:
        return 0
    return version.revision if version else 0
