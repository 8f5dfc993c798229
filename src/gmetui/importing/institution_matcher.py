"""One identity for an institution over the ways in which lists write its name, where the evidence is strong.

Strong is: the same words, in the same state, whatever the punctuation, the usual abbreviations and the case; or all
its programs, two or more, are those of one institution that is known already. A name alone, in two states, is two.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from hashlib import sha256
from typing import NamedTuple

from ..catalog.models import Catalog
from ..search.normalize import raw_words

_SPELT: Mapping[str, str] = {
    "hosp": "hospital", "hosps": "hospital", "hospitals": "hospital", "univ": "university", "ctr": "center",
    "cntr": "center", "centre": "center", "med": "medical", "sch": "school", "coll": "college", "saint": "st",
    "mount": "mt", "fort": "ft", "regl": "regional", "reg": "regional", "mem": "memorial", "meml": "memorial",
    "hlth": "health", "healthcare": "health", "sys": "system", "systems": "system", "inst": "institute",
    "childrens": "children", "gen": "general", "natl": "national", "cnty": "county", "dept": "department",
    "comm": "community", "fdn": "foundation", "assn": "association", "clinics": "clinic", "sciences": "science",
}  # fmt: skip
_ASIDE = frozenset(("inc", "llc", "corp", "corporation", "gme", "care"))
_BRACKET = re.compile(r"\(([^()]*)\)")
_ID_LENGTH = 60
_ENOUGH = 2  # programs that show who an institution is


class Written(NamedTuple):
    """An institution as rows write it: its names with how often, where it is, and its programs' known homes."""

    names: Counter[str]
    cities: Counter[str]
    homes: Counter[str]


class Home(NamedTuple):
    """An institution as the list has it."""

    id: str
    name: str
    also_called: tuple[str, ...] = ()
    city: str = ""
    state: str = ""
    known: bool = False


@lru_cache(maxsize=100_000)
def key_of(name: str) -> str:
    """Return what is the same for all spellings of a name; what it is short for, in brackets, goes."""
    first = "".join(word[0] for word in raw_words(_BRACKET.sub(" ", name)))

    def aside(found: re.Match[str]) -> str:
        short = found[1].isalpha() and found[1].isupper() and _begins(found[1].casefold(), first)
        return " " if short else f" {found[1]} "

    parts = [_SPELT.get(word, word) for word in raw_words(_BRACKET.sub(aside, name.replace("/", " / ")))]
    return " ".join([word for word in parts if word not in _ASIDE] or parts)


def _begins(short: str, first: str) -> bool:
    """Tell whether the letters of `short` stand in `first` in their order, as "uams" does in "uoafms"."""
    rest = iter(first)
    return all(letter in rest for letter in short)


class Institutions:
    """Gathers the institutions of a list, and then says which they are."""

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog
        self._found: dict[tuple[str, str], Written] = {}
        self._same: dict[tuple[str, str], tuple[str, str]] = {}

    def add(self, name: str, city: str, state: str) -> tuple[str, str]:
        """Note a row's institution; return what stands for it."""
        key = (key_of(name).removesuffix(f" {state.casefold()}" if state else ""), state)
        own = self._found.get(key)
        if own is None:
            own = self._found[key] = Written(Counter(), Counter(), Counter())
        own.names[name] += 1
        if city:
            own.cities[city] += 1
        return key

    def stands(self, key: tuple[str, str], home: str) -> None:
        """Note that a program of an institution is known to stand at `home`."""
        self._found[key].homes[home] += 1

    def homes(self) -> Mapping[tuple[str, str], Home]:
        """Return each institution by what stands for it."""
        self._join_main_campus()
        known = self._known()
        alone = _alone(self._found)
        found: dict[tuple[str, str], Home] = {}
        taken: dict[str, tuple[str, str]] = {}
        for key, own in self._found.items():
            if not key[1] and len(alone.get(key[0], ())) == 1:  # no state: the one of that name that has one
                continue
            found[key] = self._home(key, own, known, taken)
        for key in self._found:
            if key not in found:
                found[key] = found[key[0], next(iter(alone[key[0]]))]
        return {**found, **{key: found[main] for key, main in self._same.items()}}

    def _join_main_campus(self) -> None:
        """ "Indiana University School of Medicine (Indianapolis)" is the one without brackets, where that is there too;
        any other place in brackets tells two apart."""
        for key, own in list(self._found.items()):
            name = next(iter(own.names))
            inner = _BRACKET.search(name)
            base = (key_of(_BRACKET.sub(" ", name)), key[1])
            main = self._found.get(base)
            if inner and main and base != key and _top(main.cities) == inner[1].strip():
                for mine, theirs in zip(main, own, strict=True):
                    mine.update(theirs)
                del self._found[key]
                self._same[key] = base

    def _home(
        self,
        key: tuple[str, str],
        own: Written,
        known: Mapping[tuple[str, str], str],
        taken: dict[str, tuple[str, str]],
    ) -> Home:
        names = sorted(own.names, key=lambda name: (name.isupper(), -own.names[name], len(name)))
        city = _top(own.cities)
        same = known.get(key)
        if same is None and len(own.homes) == 1 and own.homes.total() >= _ENOUGH:
            same = next(iter(own.homes))
        if same is not None:
            return Home(same, names[0], (), city, key[1], known=True)
        own_id = _id(names[0], key[1])
        if taken.setdefault(own_id, key) != key:
            own_id = f"{own_id}-{sha256(' '.join(key).encode()).hexdigest()[:6]}"
        return Home(own_id, names[0], tuple(names[1:6]), city, key[1])

    def _known(self) -> Mapping[tuple[str, str], str]:
        """Return the institutions of the catalog by name and state; a name that two have is nobody's."""
        found: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
        for own in self._catalog.institutions:
            for name in filter(None, (own.name, own.flagship, *own.also_called)):
                found[key_of(name), own.state or ""].add(own.id)
                found[key_of(name), ""].add(own.id)  # a list without states
        return {key: next(iter(owners)) for key, owners in found.items() if len(owners) == 1}


def _top(counted: Counter[str]) -> str:
    return counted.most_common(1)[0][0] if counted else ""


def _alone(keys: Iterable[tuple[str, str]]) -> Mapping[str, Sequence[str]]:
    """Return the states in which each name stands."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for name, state in keys:
        if state:
            found[name].append(state)
    return found


def _id(name: str, state: str) -> str:
    slug = "-".join(raw_words(name))[:_ID_LENGTH].encode("ascii", "ignore").decode().strip("-")
    slug = re.sub(r"[^a-z0-9-]+", "", slug).strip("-") or sha256(name.encode()).hexdigest()[:10]
    end = f"-{state.casefold()}" if state else ""
    return slug.removesuffix(end) + end
