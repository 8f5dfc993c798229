"""How a program is called in messages and titles: the hospital first, since eight programs share a name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from ..catalog.catalog import Catalog
from ..catalog.models import Program
from ..shortlist.entries import Entry, entry_title
from ..text import plural
from .keymap import KeyMap


def program_label(catalog: Catalog, program: Program) -> str:
    """Return the hospital and the name of a program: "MGH · Internal Medicine Residency"."""
    return catalog.title_of(program)


def hospital_name(catalog: Catalog, entry: Entry) -> str:
    """Return the short name of an entry's hospital, or what the list says if the program is no longer in the data."""
    program = catalog.program.get(entry.id)
    return catalog.institution[program.institution].short_name if program else entry.institution


def entry_label(catalog: Catalog, entry: Entry) -> str:
    """Return the hospital and the name of an entry of a shortlist."""
    return entry_title(catalog, entry)


def entries_label(catalog: Catalog, entries: Sequence[Entry]) -> str:
    """Return the label of a single entry, or how many there are and their hospitals: "3 programs: BMC, MGH (2)"."""
    if len(entries) == 1:
        return entry_label(catalog, entries[0])
    counts = Counter(hospital_name(catalog, entry) for entry in entries)
    hospitals = ", ".join(f"{name} ({count})" if count > 1 else name for name, count in counts.items())
    return f"{plural(len(entries), 'program')}: {hospitals}"


def fits_hint(key_map: KeyMap, *, is_offered: bool) -> str:
    """Return how to compare a program with one's own profile, for its page; "" where profiles aren't used."""
    key_name = key_map.label("profile")
    return f"{key_name} compares these with your profile." if is_offered and key_name else ""
