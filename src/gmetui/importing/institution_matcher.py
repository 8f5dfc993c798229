"""Decide which names of a program list are the same institution, and which institutions the catalog already has.

Two names are one institution when they have the same words in the same state, apart from punctuation, case and the
usual abbreviations. An institution is one of the catalog when its name is, or when two or more of its programs belong
to one institution of the catalog and none to another. The same name in two states is two institutions, and so is the
same name in two cities where the list gives no state.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from hashlib import sha256
from typing import NamedTuple

from ..catalog.catalog import Catalog
from ..search.normalize import raw_words

_FULL_WORDS: Mapping[str, str] = {
    "hosp": "hospital", "hosps": "hospital", "hospitals": "hospital", "univ": "university", "ctr": "center",
    "cntr": "center", "centre": "center", "med": "medical", "sch": "school", "coll": "college", "saint": "st",
    "mount": "mt", "fort": "ft", "regl": "regional", "reg": "regional", "mem": "memorial", "meml": "memorial",
    "hlth": "health", "healthcare": "health", "sys": "system", "systems": "system", "inst": "institute",
    "childrens": "children", "gen": "general", "natl": "national", "cnty": "county", "dept": "department",
    "comm": "community", "fdn": "foundation", "assn": "association", "clinics": "clinic", "sciences": "science",
}  # fmt: skip
_INSIGNIFICANT_WORDS = frozenset(("inc", "llc", "corp", "corporation", "gme", "care"))
_BRACKETS = re.compile(r"\(([^()]*)\)")
_MAX_ID_LENGTH, _MAX_NAME_LENGTH = 60, 300
_MAX_OTHER_NAMES = 5
_MIN_KNOWN_PROGRAMS = 2


class InstitutionKey(NamedTuple):
    """The normalized name and the state of an institution; without a state, its city in lower case."""

    name: str
    state: str = ""
    city: str = ""


class InstitutionNames(NamedTuple):
    """The names and cities that rows give for an institution, and its programs' institutions in the catalog."""

    names: Counter[str]
    cities: Counter[str]
    known_homes: Counter[str]


class ResolvedInstitution(NamedTuple):
    """An institution of the list; `is_known` when the catalog has it under this id."""

    id: str
    name: str
    also_called: tuple[str, ...] = ()
    city: str = ""
    state: str = ""
    is_known: bool = False


@lru_cache(maxsize=100_000)
def normalized_name(name: str) -> str:
    """Return a key that all spellings of a name share; an acronym of the name in parentheses is dropped."""
    name = name[:_MAX_NAME_LENGTH]
    initials = "".join(word[0] for word in raw_words(_BRACKETS.sub(" ", name)))

    def drop_acronym(match: re.Match[str]) -> str:
        is_acronym = match[1].isalpha() and match[1].isupper() and _is_subsequence(match[1].casefold(), initials)
        return " " if is_acronym else f" {match[1]} "

    without_acronym = _BRACKETS.sub(drop_acronym, name.replace("/", " / "))
    parts = [_FULL_WORDS.get(word, word) for word in raw_words(without_acronym)]
    return " ".join([word for word in parts if word not in _INSIGNIFICANT_WORDS] or parts)


def _is_subsequence(acronym: str, initials: str) -> bool:
    """Return whether the letters of an acronym are in the initials in this order, as "uams" is in "uoafms"."""
    letters = iter(initials)
    return all(letter in letters for letter in acronym)


class InstitutionMatcher:
    """Collects the institutions of a list, then resolves their identities."""

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog
        self._collected: dict[InstitutionKey, InstitutionNames] = {}
        self._main_campuses: dict[InstitutionKey, InstitutionKey] = {}

    def add(self, name: str, city: str, state: str) -> InstitutionKey:
        """Record the institution of a row and return its key."""
        plain_name = normalized_name(name).removesuffix(f" {state.casefold()}" if state else "")
        key = InstitutionKey(plain_name, state, "" if state else city.casefold())
        collected = self._collected.get(key)
        if collected is None:
            collected = self._collected[key] = InstitutionNames(Counter(), Counter(), Counter())
        collected.names[name] += 1
        if city:
            collected.cities[city] += 1
        return key

    def note_known_home(self, key: InstitutionKey, institution_id: str) -> None:
        """Record that the catalog has a program of this institution, at `institution_id`."""
        self._collected[key].known_homes[institution_id] += 1

    def resolve(self) -> Mapping[InstitutionKey, ResolvedInstitution]:
        """Return the institution of each key."""
        self._merge_main_campuses()
        known_ids = self._known_ids()
        states_by_name = _states_by_name(self._collected)
        resolved: dict[InstitutionKey, ResolvedInstitution] = {}
        keys_by_id: dict[str, InstitutionKey] = {}
        homes = {key: self._home_of(key, states_by_name) for key in self._collected if not key.state}
        for key, collected in self._collected.items():
            if homes.get(key) is None:
                resolved[key] = self._resolve_one(key, collected, known_ids, keys_by_id)
        for key, home in homes.items():
            if home is not None:
                resolved[key] = resolved[home]
        return {**resolved, **{key: resolved[main_key] for key, main_key in self._main_campuses.items()}}

    def _home_of(self, key: InstitutionKey, states_by_name: Mapping[str, Sequence[str]]) -> InstitutionKey | None:
        """Return the institution that one without a state is: the only one of its name, and not in another city."""
        states = states_by_name.get(key.name, ())
        if len(states) == 1:
            home = InstitutionKey(key.name, states[0])
            cities = {city.casefold() for city in self._collected[home].cities}
            return home if not key.city or not cities or key.city in cities else None
        others = [other for other in self._collected if other.name == key.name and other.city]
        return others[0] if not states and not key.city and len(others) == 1 else None

    def _merge_main_campuses(self) -> None:
        """Merge "University of X (Bend)" into "University of X" when that is in the list and most often in Bend.

        Any other location in parentheses distinguishes two institutions.
        """
        for key, collected in list(self._collected.items()):
            name = next(iter(collected.names))
            bracketed = _BRACKETS.search(name)
            main_key = key._replace(name=normalized_name(_BRACKETS.sub(" ", name)))
            main = self._collected.get(main_key)
            if bracketed and main and main_key != key and _most_common(main.cities) == bracketed[1].strip():
                for main_counter, counter in zip(main, collected, strict=True):
                    main_counter.update(counter)
                del self._collected[key]
                self._main_campuses[key] = main_key

    def _resolve_one(
        self,
        key: InstitutionKey,
        collected: InstitutionNames,
        known_ids: Mapping[InstitutionKey, str],
        keys_by_id: dict[str, InstitutionKey],
    ) -> ResolvedInstitution:
        names = sorted(collected.names, key=lambda name: (name.isupper(), -collected.names[name], len(name)))
        city = _most_common(collected.cities)
        known_id = known_ids.get(key._replace(city=""))
        homes = collected.known_homes
        if known_id is None and len(homes) == 1 and homes.total() >= _MIN_KNOWN_PROGRAMS:
            known_id = next(iter(homes))
        if known_id is not None:
            return ResolvedInstitution(known_id, names[0], (), city, key.state, is_known=True)
        institution_id = _make_id(names[0], key.state)
        if keys_by_id.setdefault(institution_id, key) != key:
            institution_id = f"{institution_id}-{sha256(' '.join(key).encode()).hexdigest()[:6]}"
        return ResolvedInstitution(institution_id, names[0], tuple(names[1 : 1 + _MAX_OTHER_NAMES]), city, key.state)

    def _known_ids(self) -> Mapping[InstitutionKey, str]:
        """Return the ids of the catalog's institutions by name and state, without names that several share."""
        ids: defaultdict[InstitutionKey, set[str]] = defaultdict(set)
        for institution in self._catalog.institutions:
            for name in filter(None, (institution.name, institution.flagship, *institution.also_called)):
                ids[InstitutionKey(normalized_name(name), institution.state or "")].add(institution.id)
                ids[InstitutionKey(normalized_name(name))].add(institution.id)  # for lists without states
        return {key: next(iter(candidates)) for key, candidates in ids.items() if len(candidates) == 1}


def _most_common(counter: Counter[str]) -> str:
    return counter.most_common(1)[0][0] if counter else ""


def _states_by_name(keys: Iterable[InstitutionKey]) -> Mapping[str, Sequence[str]]:
    """Return the states in which each name occurs."""
    states: defaultdict[str, list[str]] = defaultdict(list)
    for key in keys:
        if key.state:
            states[key.name].append(key.state)
    return states


def _make_id(name: str, state: str) -> str:
    slug = "-".join(raw_words(name))[:_MAX_ID_LENGTH].encode("ascii", "ignore").decode().strip("-")
    slug = re.sub(r"[^a-z0-9-]+", "", slug).strip("-") or sha256(name.encode()).hexdigest()[:10]
    suffix = f"-{state.casefold()}" if state else ""
    return slug.removesuffix(suffix) + suffix
