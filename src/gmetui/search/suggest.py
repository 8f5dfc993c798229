"""Completions of a query while it is typed: field names, and values with their numbers of programs."""

from __future__ import annotations

import re
from typing import NamedTuple

from .bitset import count
from .fields import FACETS, FIELDS_BY_NAME, SEARCH_FIELDS, STATABLE_ATTRIBUTES, SearchField
from .index import Index
from .normalize import fold_key
from .sort import SORT_KEYS

_LAST_CONDITION = re.compile(r'-?(?P<field>[^\W\d][\w-]*):(?:[^\s,"]*,)*(?P<value>"[^"]*|[^\s",]*)\Z')
_LAST_WORD = re.compile(r"(?:^|\s)-?(?P<word>[a-z]{3,})\Z")
_FIELD_NAMES = (*(search_field.name for search_field in SEARCH_FIELDS), "no", "has", "sort")
_MAX_COMPLETIONS = 8


class Completion(NamedTuple):
    """A completed query: the whole line, the completed part as it is shown, and how many programs have the value."""

    line: str
    label: str
    program_count: int | None = None


def complete(index: Index, line: str) -> list[Completion]:
    """Return completions of the last term of `line`, the likeliest first."""
    match = _LAST_CONDITION.search(line)
    if match is None:
        word = _LAST_WORD.search(line)
        return _complete_field(line, word["word"]) if word else []
    head = line[: match.start("value")]
    prefix = match["value"].removeprefix('"')
    field_name = match["field"].casefold()
    if field_name in ("no", "has"):
        names = dict.fromkeys((*(facet.name for facet in FACETS), *STATABLE_ATTRIBUTES))
        return _complete_name(head, prefix, list(names))
    if field_name == "sort":
        return _complete_name(head, prefix, list(SORT_KEYS))
    search_field = FIELDS_BY_NAME.get(field_name)
    return _complete_value(index, search_field, head, prefix)[:_MAX_COMPLETIONS] if search_field else []


def _complete_field(line: str, prefix: str) -> list[Completion]:
    head = line.removesuffix(prefix)
    return [Completion(f"{head}{name}:", f"{name}:") for name in _FIELD_NAMES if name.startswith(prefix)]


def _complete_name(head: str, prefix: str, names: list[str]) -> list[Completion]:
    folded = prefix.casefold()
    matches = [name for name in names if name.startswith(folded) and name != folded]
    return [Completion(f"{head}{name}", name) for name in matches[:_MAX_COMPLETIONS]]


def _complete_value(index: Index, search_field: SearchField, head: str, prefix: str) -> list[Completion]:
    """Return the values with a name that starts with `prefix`: those whose id does first, then by count."""
    key = fold_key(prefix)
    values = index.values(search_field)
    id_matches: dict[str, bool] = {}
    for name, ids in values.ids_by_name.items():
        if name.startswith(key):
            for value in ids:
                id_matches[value] = id_matches.get(value, False) or fold_key(value).startswith(key)
    counts = {value: count(values.program_sets[value]) for value in id_matches if value != prefix}
    ranked = sorted(counts, key=lambda value: (not id_matches[value], -counts[value], values.labels[value]))
    return [Completion(f"{head}{value}", values.labels[value], counts[value]) for value in ranked]
