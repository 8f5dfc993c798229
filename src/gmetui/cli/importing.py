"""`gmetui import`: a list that was edited elsewhere, or was kept elsewhere all along."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from ..catalog.text import clean
from ..importing.lists import Brought, bring
from ..importing.tables import read_table
from ..prepared import load
from ..storage.errors import FileError
from .output import say, write_json
from .shortlisting import open_store


def import_command(options: Namespace) -> int:
    """Run `gmetui import`: one change of the list, which one undo takes back. `--dry-run` only reports."""
    path = Path(options.file)
    try:
        records = read_table(path)
    except OSError as error:
        raise FileError(f"gmetui: cannot read {clean(options.file)}: {error.strerror}") from error
    catalog = load(options.data, bundled=not options.no_bundled)
    store = open_store(options)
    brought = bring(catalog, store.shortlist, records)
    if options.format == "json":
        write_json(_report(brought, len(records)))
    else:
        _print(brought)
    if options.dry_run:
        say("nothing was changed: this was a dry run")
    elif brought.shortlist == store.shortlist:
        say("nothing to change")
    else:
        saved = store.save(brought.shortlist, f"brought in {clean(path.name)}")
        say(f"{len(saved)} on the list {saved.name}; `gmetui shortlist undo` takes it back")
    return 0


def _report(brought: Brought, rows: int) -> dict[str, object]:
    doubts = [doubt._asdict() for doubt in brought.doubts]
    counts = {"rows": rows, "added": list(brought.added), "changed": list(brought.changed), "same": brought.same}
    return {**counts, "not_understood": doubts}


def _print(brought: Brought) -> None:
    for words, names in (("new", brought.added), ("changed", brought.changed)):
        for name in names:
            print(f"{words}: {name}")
    if brought.same:
        print(f"as it was: {brought.same}")
    for doubt in brought.doubts:
        print(f"row {doubt.number}: {doubt.what}: {doubt.why}")
