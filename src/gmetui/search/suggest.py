"""Completions of a query while it is typed: field names, and values with their numbers of programs."""

from __future__ import annotations

import re
from typing import NamedTuple

from .bitset import count
from .field_names import find_field, find_stated
from .fields import FACETS, SEARCH_FIELDS, SearchField
from .index import Index
from .normalize import fold_key
from .sort import SORT_KEYS
from .stated_facts import FACTS_BY_KEY, StatedFact

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
    line_start = line[: match.start("value")]
    typed_text = match["value"].removeprefix('"')
    field_name = match["field"].casefold()
    if field_name in ("no", "has"):
        return _complete_stated(index, line_start, typed_text, negated=field_name == "no")
    if field_name == "sort":
        return _complete_name(line_start, typed_text, list(SORT_KEYS))
    named_field = find_field(field_name)
    if isinstance(named_field, SearchField):
        return _complete_value(index, named_field, line_start, typed_text)[:_MAX_COMPLETIONS]
    return _complete_text(index, named_field, line_start, typed_text)[:_MAX_COMPLETIONS] if named_field else []


def _complete_field(line: str, typed_text: str) -> list[Completion]:
    line_start = line.removesuffix(typed_text)
    names = (
        name for name in _FIELD_NAMES if name.startswith(typed_text) and name != typed_text
    )  # a lone colon says nothing
    return [Completion(f"{line_start}{name}:", f"{name}:") for name in names]


def _complete_name(line_start: str, typed_text: str, names: list[str]) -> list[Completion]:
    folded = typed_text.casefold()
    matches = [name for name in names if name.startswith(folded) and name != folded]
    return [Completion(f"{line_start}{name}", name) for name in matches[:_MAX_COMPLETIONS]]


def _complete_stated(index: Index, line_start: str, typed_text: str, *, negated: bool) -> list[Completion]:
    """Return the facts whose name starts with `typed_text`, each with how many programs do or do not state it."""
    folded = typed_text.casefold()
    names = dict.fromkeys((*(facet.name for facet in FACETS), *(fact.name for fact in FACTS_BY_KEY.values())))
    completions = []
    for name in [name for name in names if name.startswith(folded) and name != folded][:_MAX_COMPLETIONS]:
        named_field = find_stated(name)
        assert named_field is not None
        stated = index.stated_programs(named_field)
        matches = index.everything & ~stated if negated else stated
        completions.append(Completion(f"{line_start}{name}", name, matches.bit_count()))
    return completions


def _complete_text(index: Index, fact: StatedFact, line_start: str, typed_text: str) -> list[Completion]:
    """Return the short texts that most programs state about a fact: "July 1" for `start:`."""
    counts = index.short_texts(fact)
    key = fold_key(typed_text)
    texts = [text for text in counts if fold_key(text).startswith(key) and text != typed_text]
    texts.sort(key=lambda text: -counts[text])
    return [Completion(f'{line_start}"{text}"', text, counts[text]) for text in texts]


def _complete_value(index: Index, search_field: SearchField, line_start: str, typed_text: str) -> list[Completion]:
    """Return the values with a name that starts with `typed_text`: those whose id does first, then by count."""
    key = fold_key(typed_text)
    values = index.values(search_field)
    id_matches: dict[str, bool] = {}
    for name, ids in values.ids_by_name.items():
        if name.startswith(key):
            for value in ids:
                id_matches[value] = id_matches.get(value, False) or fold_key(value).startswith(key)
    counts = {value: count(values.program_sets[value]) for value in id_matches if value != typed_text}
    ranked = sorted(counts, key=lambda value: (not id_matches[value], -counts[value], values.labels[value]))
    return [Completion(f"{line_start}{value}", values.labels[value], counts[value]) for value in ranked]
