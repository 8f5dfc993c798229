"""`gmetui shortlist changed` and `seen`: what changed in the data since programs were added to a list."""

from __future__ import annotations

from typing import Any

from ...catalog.catalog import Catalog
from ...lean_typing import TYPE_CHECKING
from ...reports.json_report import absent_program_json, program_summary_json
from ...shortlist.entries import Entry
from ...shortlist.fact_changes import FactChanges, fact_changes, fingerprint, snapshot_of
from ...text import plural
from ..context import open_existing_list, open_fact_snapshots, read_catalog, save_shortlist
from ..output import print_line, print_status
from ..program_ids import find_entries
from ..record_output import wants_json, write_records_json

if TYPE_CHECKING:
    from argparse import Namespace


def changed_command(options: Namespace) -> int:
    """Run `gmetui shortlist changed`: list what changed in the data since programs were added or marked as seen."""
    is_json = wants_json(options)
    catalog, find_snapshot = read_catalog(options), open_fact_snapshots().get
    changed = []
    for entry in open_existing_list(options).shortlist:
        changes = fact_changes(catalog, entry.id, entry.fingerprint, find_snapshot)
        if changes is not None:
            changed.append((entry, changes))
    if is_json:
        documents = [_changes_json(catalog, entry, changes) for entry, changes in changed]
        write_records_json(options, {"total": len(changed), "programs": documents}, "programs")
        return 0
    for entry, changes in changed:
        print_line(f"{entry.name or entry.id}, {entry.institution} ({entry.id})")
        for line in changes.lines():
            print_line(f"   {line}")
    hint = "; `gmetui shortlist seen` marks changes as seen" if changed else ""
    print_status(f"{plural(len(changed), 'listed program')} changed{hint}")
    return 0


def _changes_json(catalog: Catalog, entry: Entry, changes: FactChanges) -> dict[str, Any]:
    return {
        **_program_json(catalog, entry),
        "in_data": not changes.is_removed,
        "successor": program_summary_json(catalog, changes.successor) if changes.successor else None,
        "changes": [
            {"field": change.label, "before": list(change.before), "after": list(change.after)}
            for change in changes.changes
        ],
        "snapshot_missing": changes.snapshot_missing,
    }


def _program_json(catalog: Catalog, entry: Entry) -> dict[str, Any]:
    program = catalog.program.get(entry.id)
    if program is not None:
        return program_summary_json(catalog, program)
    absent = absent_program_json(entry.id, entry.name, entry.institution)
    return {key: absent[key] for key in ("id", "name", "kind", "institution", "specialty")}


def seen_command(options: Namespace) -> int:
    """Run `gmetui shortlist seen`: mark the changes of some programs, or of all, as seen."""
    catalog, shortlist_store = read_catalog(options), open_existing_list(options)
    shortlist = shortlist_store.shortlist
    for entry in find_entries(options, shortlist, options.ids) if options.ids else shortlist.entries:
        program = catalog.program.get(entry.id)
        if program is not None:
            shortlist = shortlist.with_fingerprint(entry.id, fingerprint(snapshot_of(catalog, program)))
    save_shortlist(shortlist_store, shortlist, "marked changes as seen", catalog)
    return 0
