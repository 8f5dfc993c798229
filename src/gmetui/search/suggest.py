"""Completions of a query while it is typed: field names, and values with their numbers of programs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from ..catalog.gazetteer import place_keys
from ..text import plural
from .bitset import count
from .field_names import NEAR, find_field, find_stated
from .fields import FACETS, SEARCH_FIELDS, SearchField
from .fit_values import FITS
from .index import Index
from .nearby import OFFERED_MILES, data_cities, find_place, programs_near, read_circles
from .normalize import fold_key
from .query import Query
from .sort import SORT_KEYS
from .stated_facts import StatedFact, facts_by_key

_LAST_CONDITION = re.compile(r'-?(?P<field>[^\W\d][\w-]*):(?:[^\s,"]*,)*(?P<value>"[^"]*|[^\s",]*)\Z')
_LAST_WORD = re.compile(r"(?:^|\s)-?(?P<word>[a-z]{3,})\Z")
_FIELD_NAMES = (*(search_field.name for search_field in SEARCH_FIELDS), NEAR, "no", "has", "sort")
#: The keys that `sort:` takes.
_SORT_NAMES = (*SORT_KEYS, NEAR, FITS)
_VALUES = re.compile(r'"[^"]*"|[^\s,"]+')
_MAX_COMPLETIONS = 8
_MIN_PLACE_LETTERS = 3  # of a place that is not in the data


class Completion(NamedTuple):
    """A completed query: the whole line, the completed part as it is shown, and how many programs have the value."""

    line: str
    label: str
    program_count: int | None = None

    @property
    def query(self) -> Query:
        """The query of the whole line."""
        return Query.parse(self.line)


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
        return _complete_name(line_start, typed_text, _SORT_NAMES)
    if field_name == NEAR:
        return _complete_near(index, line_start, typed_text)[:_MAX_COMPLETIONS]
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


def _complete_name(line_start: str, typed_text: str, names: Sequence[str]) -> list[Completion]:
    folded = typed_text.casefold()
    matches = [name for name in names if name.startswith(folded) and name != folded]
    return [Completion(f"{line_start}{name}", name) for name in matches[:_MAX_COMPLETIONS]]


def _complete_stated(index: Index, line_start: str, typed_text: str, *, negated: bool) -> list[Completion]:
    """Return the facts whose name starts with `typed_text`, each with how many programs do or do not state it."""
    folded = typed_text.casefold()
    names = dict.fromkeys((*(facet.name for facet in FACETS), *(fact.name for fact in facts_by_key().values())))
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


def _complete_near(index: Index, line_start: str, typed_text: str) -> list[Completion]:
    """Return the cities whose name starts with `typed_text`, or after a city the radiuses around it."""
    condition = line_start[line_start.rfind(":") + 1 :]
    circles = read_circles([value.strip('"') for value in _VALUES.findall(condition)])
    if circles and (not typed_text or typed_text.isdecimal()):
        return list(_complete_radius(index, circles[-1].text, line_start, typed_text))
    return list(islice(_complete_city(index, line_start, typed_text), _MAX_COMPLETIONS))


def _complete_radius(index: Index, city: str, line_start: str, typed_text: str) -> Iterator[Completion]:
    target = find_place(index, city)
    for miles in OFFERED_MILES:
        if target.place is not None and str(miles).startswith(typed_text) and str(miles) != typed_text:
            total = programs_near(index, target.place.point, miles).bit_count()
            yield Completion(f"{line_start}{miles}", plural(miles, "mile"), total)


def _complete_city(index: Index, line_start: str, typed_text: str) -> Iterator[Completion]:
    """Yield cities of the data, the largest first, then others. A name that needs no state is written without it."""
    key = place_keys(typed_text)
    cities = sorted(data_cities(index), key=lambda data_city: -data_city.program_count)
    for data_city in cities:
        name = data_city.place.name
        if place_keys(name).startswith(key):
            is_clear = " " not in name and find_place(index, name).place == data_city.place
            value = name.casefold() if is_clear else f'"{data_city.place.label}"'
            yield Completion(f"{line_start}{value}", data_city.place.label, data_city.program_count)
    labels = {data_city.place.label for data_city in cities}
    for place in index.catalog.gazetteer.with_prefix(typed_text) if len(key) >= _MIN_PLACE_LETTERS else ():
        if place.label not in labels:
            yield Completion(f'{line_start}"{place.label}"', place.label)
