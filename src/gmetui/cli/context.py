"""Which list a command is about, and saving it."""

from __future__ import annotations

from argparse import Namespace
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from ..catalog.models import Catalog
from ..loader import load
from ..shortlist.entries import Shortlist
from ..storage.fact_snapshots import KnownFacts, keep_known
from ..storage.paths import user_paths
from ..storage.settings import read_settings
from ..storage.shortlist_store import KEPT, ShortlistStore, list_names
from .cli_errors import UnknownError
from .output import say

if TYPE_CHECKING:
    from ..storage.review_store import HandedList


def handed_list(file: str, reader: str) -> HandedList:
    """Return a list that was handed over, for its reader: as the command line says, else the name at the log-in."""
    import getpass

    from ..storage.review_store import HandedList

    if not reader:
        with suppress(OSError, KeyError):
            reader = getpass.getuser()
    store = HandedList(Path(file), reader)
    store.load()
    return store


def open_store(options: Namespace) -> ShortlistStore:
    """Return the store of the list that the command line names, read from the disk."""
    if options.list_file:
        return handed_list(options.list_file, options.by)
    paths = user_paths()
    keep = read_settings(paths.settings)[0].number("versions") or KEPT
    store = ShortlistStore(paths.shortlist(options.list), keep)
    store.load()
    return store


def require_list(options: Namespace) -> ShortlistStore:
    """Return the store of a list that exists. Raises `UnknownError`; the list "default" always exists."""
    paths = user_paths()
    if not options.list_file and options.list != "default" and not paths.shortlist(options.list).exists():
        raise UnknownError("list", options.list, list_names(paths.shortlists))
    return open_store(options)


def read_catalog(options: Namespace) -> Catalog:
    """Return the programs that the command line names."""
    return load(options.data, bundled=not options.no_bundled)


def known_facts() -> KnownFacts:
    """Return what is kept of listed programs."""
    return KnownFacts(user_paths().shortlists)


def name_on_list(store: ShortlistStore, wanted: str) -> str:
    """Return the name of a listed program. Raises `UnknownError` when it is not on the list."""
    entry = store.shortlist.entry(wanted)
    if entry is None:
        raise UnknownError("program on the list", wanted, [entry.id for entry in store.shortlist])
    return entry.name or entry.id


def save(store: ShortlistStore, shortlist: Shortlist, change: str, catalog: Catalog | None = None) -> None:
    """Write a changed list and say so. With a `catalog`, what it says of new programs is kept beside the list."""
    if shortlist == store.shortlist:
        say("nothing to change")
        return
    if catalog is not None:
        keep_known(known_facts(), catalog, store.shortlist, shortlist)
    saved = store.save(shortlist, change)
    say(f"{change}; {len(saved)} on the list {saved.name}")
