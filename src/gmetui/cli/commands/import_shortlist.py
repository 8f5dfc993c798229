"""`gmetui import`: a list that was edited elsewhere, or was kept elsewhere all along."""

from __future__ import annotations

import sys
from argparse import Namespace
from pathlib import Path

from ...catalog.models import Catalog, ProgramId
from ...importing.readers.tables import Table, read_table
from ...importing.shortlist_import import Brought, Doubt, bring
from ...shortlist.entries import Shortlist
from ...storage.fact_snapshots import keep_known
from ...storage.storage_errors import FileError
from ...text import clean
from ..cli_errors import UsageError
from ..context import known_facts, open_store, read_catalog
from ..output import say, write_json
from ..program_lookup import program_of


def import_command(options: Namespace) -> int:
    """Run `gmetui import`: one change of the list, which one undo takes back. `--dry-run` only reports."""
    path = Path(options.file)
    if (options.kind or _guess(path)) == "programs":
        from .import_programs import import_programs

        return import_programs(options)
    try:
        table = read_table(path)
    except OSError as error:
        raise FileError(f"gmetui: cannot read {clean(options.file)}: {error.strerror}") from error
    catalog, store = read_catalog(options), open_store(options)
    meant = _meant(catalog, options.match)
    brought = bring(catalog, store.shortlist, table, meant)
    if sys.stdin.isatty() and sys.stderr.isatty() and not options.dry_run and options.format == "text":
        brought = _asked(catalog, store.shortlist, table, meant, brought)
    if options.format == "json":
        write_json(_report(brought, len(table.records)))
    else:
        _print(brought)
    if options.dry_run:
        say("nothing was changed: this was a dry run")
    elif brought.shortlist == store.shortlist:
        say("nothing to change")
    else:
        keep_known(known_facts(), catalog, store.shortlist, brought.shortlist)
        saved = store.save(brought.shortlist, f"brought in {clean(path.name)}")
        say(f"{len(saved)} on the list {saved.name}; `gmetui shortlist undo` takes it back")
    return 0


def _guess(path: Path) -> str:
    from ...importing.detect import kind_of

    try:
        kind = kind_of(path)
    except OSError as error:
        raise FileError(f"gmetui: cannot read {clean(str(path))}: {error.strerror}") from error
    other = "shortlist" if kind == "programs" else "programs"
    say(f"taken for a {'list of programs' if kind == 'programs' else 'shortlist'}; --as {other} takes it for the other")
    return kind


def _meant(catalog: Catalog, said: list[str]) -> dict[int, str]:
    """Return which program a row is, as the command line says."""
    found: dict[int, str] = {}
    for pair in said:
        number, _, own = pair.partition("=")
        if not number.isdecimal():
            raise UsageError(
                f"gmetui: {clean(pair)!r} is no row and program; write it like 12=tufts-neurology-residency"
            )
        found[int(number)] = program_of(catalog, own).id
    return found


def _asked(catalog: Catalog, shortlist: Shortlist, table: Table, meant: dict[int, str], brought: Brought) -> Brought:
    """Ask about each row that may be one of several programs; an empty answer leaves it out."""
    for doubt in brought.doubts:
        if doubt.near and (own := _ask(catalog, doubt)):
            meant[doubt.number] = own
    return bring(catalog, shortlist, table, meant)


def _ask(catalog: Catalog, doubt: Doubt) -> str:
    say(f"row {doubt.number}: {doubt.what}: which program is it?")
    for number, own in enumerate(doubt.near, 1):
        program = catalog.program[ProgramId(own)]
        say(f"  {number}  {program.name}, {catalog.institution[program.institution].name}")
    say("  a number, or enter for none of them")
    answer = sys.stdin.readline().strip()
    chosen = int(answer) if answer.isdecimal() else 0
    return doubt.near[chosen - 1] if 1 <= chosen <= len(doubt.near) else ""


def _report(brought: Brought, rows: int) -> dict[str, object]:
    doubts = [doubt._asdict() for doubt in brought.doubts]
    counts = {"rows": rows, "added": list(brought.added), "changed": list(brought.changed), "same": brought.same}
    return {**counts, "columns": list(brought.columns), "not_understood": doubts}


def _print(brought: Brought) -> None:
    for words, names in (("new column", brought.columns), ("new", brought.added), ("changed", brought.changed)):
        for name in names:
            print(f"{words}: {name}")
    if brought.same:
        print(f"as it was: {brought.same}")
    for doubt in brought.doubts:
        print(f"row {doubt.number}: {doubt.what}: {doubt.why}")
