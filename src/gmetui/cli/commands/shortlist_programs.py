"""`gmetui shortlist add`, `remove`, `move` and `order`: which programs are on a list, and their ranks."""

from __future__ import annotations

from collections.abc import Sequence

from ...lean_typing import TYPE_CHECKING
from ...shortlist.entries import entry_of
from ...text import plural
from ..context import open_existing_list, open_store, read_catalog, save_shortlist
from ..program_ids import find_entries, find_entry, find_programs
from .shortlist import sorted_shortlist

if TYPE_CHECKING:
    from argparse import Namespace


def add_programs(options: Namespace) -> int:
    """Run `gmetui shortlist add`: add all programs, or none if an id is unknown."""
    catalog, shortlist_store = read_catalog(options), open_store(options)
    programs = find_programs(catalog, options.ids)
    shortlist = shortlist_store.shortlist
    added = [program for program in programs if program.id not in shortlist]
    for program in added:
        shortlist = shortlist.with_entry(entry_of(catalog, program))
    change = f"added {_name_or_count([catalog.title_of(program) for program in added])}"
    save_shortlist(shortlist_store, shortlist, change, catalog)
    return 0


def remove_programs(options: Namespace) -> int:
    """Run `gmetui shortlist remove`: remove all programs, or none if an id is unknown."""
    shortlist_store = open_existing_list(options)
    shortlist = shortlist_store.shortlist
    entries = find_entries(options, shortlist, options.ids)
    for entry in entries:
        shortlist = shortlist.without_entry(entry.id)
    save_shortlist(shortlist_store, shortlist, f"removed {_name_or_count([entry.title for entry in entries])}")
    return 0


def _name_or_count(names: Sequence[str]) -> str:
    """Return the only name, or the number of several, so that a change fits on a line."""
    return names[0] if len(names) == 1 else plural(len(names), "program")


def move_program(options: Namespace) -> int:
    """Run `gmetui shortlist move`."""
    shortlist_store = open_existing_list(options)
    entry = find_entry(options, shortlist_store.shortlist, options.id)
    position = min(options.position, len(shortlist_store.shortlist))
    changed = shortlist_store.shortlist.with_position(entry.id, position - 1)
    save_shortlist(shortlist_store, changed, f"moved {entry.title} to {position}")
    return 0


def order_list(options: Namespace) -> int:
    """Run `gmetui shortlist order`: rank the programs by a sort key."""
    shortlist_store = open_existing_list(options)
    shortlist = sorted_shortlist(shortlist_store.shortlist, options.key)
    save_shortlist(shortlist_store, shortlist, f"ranked by {options.key}")
    return 0
