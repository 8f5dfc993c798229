"""`gmetui import --as programs` and `gmetui imports`: a whole list of programs, brought in, refreshed, removed."""

from __future__ import annotations

import re
import sys
from argparse import Namespace
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path

from ...importing.column_detection import FIELDS, shape_of
from ...importing.data_file import About
from ...importing.program_list import CHOICES, List, Said, look, name_for, parts_of, read_programs
from ...importing.report import doubts_csv
from ...loader import load
from ...storage.atomic import write_atomic
from ...storage.import_store import Brought, Imports
from ...storage.paths import user_paths
from ...storage.storage_errors import FileError
from ...text import clean, is_address, is_id, nearest
from ..cli_errors import UnknownError, UsageError
from ..output import say, write_json


def import_programs(options: Namespace) -> int:
    """Run `gmetui import FILE --as programs`: `--dry-run` only reports."""
    store, said, about = open_imports(), _said(options.map), _about(options, Path(options.file))
    shapes: list[str] = []

    def corrections(titles: Sequence[str]) -> Mapping[str, str]:
        shapes.append(shape_of(titles))
        return {**store.columns(shapes[-1]), **said}

    brought = _read(options, store, about, corrections)
    name = brought.belongs or about.name
    if options.doubts:
        write_atomic(Path(options.doubts), "\ufeff" + doubts_csv(brought.report, name))
    if options.format == "json":
        write_json({"import": name, "dry_run": options.dry_run, **brought.report.as_json()})
    else:
        print("\n".join(clean(line) for line in brought.report.lines(whole=options.verbose)))
    if options.dry_run:
        say("nothing was changed: this was a dry run")
        return 0
    for shape in shapes if said else ():
        store.remember_columns(shape, said)
    store.write(name, parts_of(brought))
    doubtful = len(brought.report.doubtful)
    del brought  # a list of a million programs takes a gigabyte, and compiling them takes more
    say(f"kept as {name}; `gmetui imports undo {name}` takes it back")
    say(f"{len(load().programs):,} programs in all")  # compiled now, so that the next start is quick
    if doubtful and not options.doubts:
        say(f"{doubtful:,} rows are left out or in doubt; --doubts FILE.csv writes them, to be corrected and imported")
    return 0


def _read(options: Namespace, store: Imports, about: About, said: Said) -> List:
    """Return what the file holds, read against everything that is there but the list that it refreshes."""
    catalog = load(options.data, bundled=not options.no_bundled, without=about.name)
    try:
        return read_programs(
            catalog,
            Path(options.file),
            about,
            date.today(),  # noqa: DTZ011  # the day it is for the person
            sheet=options.sheet,
            said=said,
            before=store.kept,
            progress=_progress(),
        )
    except OSError as error:
        raise FileError(f"gmetui: cannot read {clean(options.file)}: {error.strerror}") from error


def open_imports() -> Imports:
    """Return the lists that this person brought in."""
    paths = user_paths()
    return Imports(paths.programs, paths.columns)


def _said(pairs: list[str]) -> dict[str, str]:
    """Return what each column is, as the command line says: COLUMN=FIELD."""
    found = {}
    for pair in pairs:
        column, _, field = pair.rpartition("=")
        if not column or field not in CHOICES:
            near = nearest(field, list(CHOICES))
            hint = f"; did you mean {near}?" if near else f"; fields: {', '.join(CHOICES)}"
            raise UsageError(f"gmetui: {clean(pair)!r} is no column and field{hint}")
        found[column] = field
    return found


def _about(options: Namespace, path: Path) -> About:
    """Return what the list is: from options, from the import of that name, or asked where there is somebody to ask."""
    name = options.name or name_for(path)
    if not is_id(name):
        raise UsageError(f"gmetui: {clean(name)!r} cannot name a list; use lower-case letters, digits and hyphens")
    before = next((own for own in open_imports().all() if own.name == name), None)
    title, url, as_of = options.source, options.url, options.as_of
    if sys.stdin.isatty() and sys.stderr.isatty() and not options.dry_run and options.format == "text":
        _look(options, path)  # nobody is asked about a file that is none
        title = title or _ask("What is this list?", before.title if before else "")
        url = url or _ask("Where is it published (an address)?", before.url if before else "")
        as_of = as_of or _ask("Which date or cycle does it speak of (2026, 2026-11)?", "")
    title = title or (before.title if before else "") or clean(path.name)
    url = url or (before.url if before else "")
    if url and not is_address(url):
        raise UsageError(f"gmetui: {clean(url)!r} is no web address; it begins with http:// or https://")
    if as_of and not re.search(r"\d{4}", as_of):
        raise UsageError(f"gmetui: {clean(as_of)!r} names no year; leave --as-of out where the list has no date")
    return About(name, clean(title)[:200], clean(path.name), url, clean(as_of or "")[:60])


def _look(options: Namespace, path: Path) -> None:
    """Raise what is wrong with a file that is no list of programs."""
    try:
        look(load(options.data, bundled=not options.no_bundled), path, options.sheet)
    except OSError as error:
        raise FileError(f"gmetui: cannot read {clean(options.file)}: {error.strerror}") from error


def _ask(question: str, usual: str) -> str:
    say(f"{question} {f'[{clean(usual)}] ' if usual else ''}(enter: {'as it is' if usual else 'not stated'})")
    return sys.stdin.readline().strip() or usual


def _progress() -> Callable[[int], None]:
    """Return what shows how many rows were read, where somebody watches."""
    if not sys.stderr.isatty():
        return lambda rows: None
    return lambda rows: print(f"\r{rows:,} rows", end="\r", file=sys.stderr, flush=True)


def list_imports(options: Namespace) -> int:
    """Run `gmetui imports`."""
    store = open_imports()
    brought = store.all()
    if options.format == "json":
        write_json({"imports": [_plain(own) for own in brought], "removed": store.removed()})
        return 0
    for own in brought:
        if own.trouble:
            print(f"{own.name}: {own.trouble}")
            continue
        about = f"{own.title}, {own.as_of or 'undated'}, {own.url or 'no address'}"
        print(f"{own.name}: {own.programs:,} programs; {about}; brought in {own.brought} from {own.file}")
    for name in store.removed():
        say(f"{name} was removed; `gmetui imports undo {name}` brings it back")
    if not brought:
        say("no lists were brought in; `gmetui import FILE --as programs` does")
    return 0


def _plain(own: Brought) -> dict[str, object]:
    return {**own._asdict(), "path": str(own.path), "as_of": own.as_of or None, "url": own.url or None}


def remove_import(options: Namespace) -> int:
    """Run `gmetui imports remove NAME`."""
    store = open_imports()
    names = [own.name for own in store.all()]
    if options.name not in names:
        raise UnknownError("imported list", options.name, names)
    store.remove(options.name)
    say(f"removed {options.name}; `gmetui imports undo {options.name}` brings it back")
    return 0


def undo_import(options: Namespace) -> int:
    """Run `gmetui imports undo NAME`."""
    store = open_imports()
    if not store.undo(options.name):
        raise UnknownError("imported list with a former state", options.name, [*store.removed()])
    say(f"{options.name} is as it was before; undo again takes that back")
    return 0


def fields_command(options: Namespace) -> int:
    """Run `gmetui imports fields`: what columns can be."""
    if options.format == "json":
        write_json({"fields": {own: FIELDS[own] for own in CHOICES}})
    else:
        for own in CHOICES:
            print(f"{own:15} {FIELDS[own]}")
    return 0
