"""The programs of a list as a data file: the form that gmetui reads, and that a person can read and correct."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from ..text import clean, is_address
from .institution_matcher import Home
from .program_builder import Found, Gathered

_OFFICIAL = ("acgme.org", "aamc.org", "nrmp.org", "ama-assn.org", "sfmatch.org", "ashp.org")
_ORDER = {"residency": 0, "combined": 1, "fellowship": 2, "other": 3}
_KEYS = (  # as data/README.md orders them
    *("other_names", "kind", "specialty", "specialty_as_named", "accreditation", "accreditation_note", "acgme_id"),
    *("nrmp_codes", "url", "city", "state", "length_years", "length_note", "positions_per_year", "positions_note"),
    *("start", "tracks", "application_service", "application_note", "match", "visa", "also_listed", "disagreements"),
)


class About(NamedTuple):
    """What a list is: its name among the imports, title, address, the date it speaks of, and its file."""

    name: str
    title: str
    file: str
    url: str = ""
    as_of: str = ""

    @property
    def page(self) -> str:
        """The id of the list as a page that facts stand on."""
        return f"import-{self.name}"

    @property
    def publisher(self) -> str:
        """Who speaks: an official body, where the address is one of its own, else a third party."""
        host = (urlsplit(self.url).hostname or "") if is_address(self.url) else ""
        official = any(host == own or host.endswith(f".{own}") for own in _OFFICIAL)
        return "official" if official else "third-party"


Tables = dict[str, list[dict[str, Any]]]


def data_tables(gathered: Gathered, about: About, day: date) -> Tables:
    """Return the list as the tables of a data file, by their names."""
    head = {"title": about.title, "url": about.url, "as_of": about.as_of, "file": about.file}
    counts = {"rows": gathered.report.rows, "programs": len(gathered.programs), "brought": day.isoformat()}
    page = {"id": about.page, "url": about.url, "title": about.title, "publisher": about.publisher}
    homes = {own.id: own for own in gathered.homes.values()}
    programs = [_program(key, found, gathered.homes[found.home], about) for key, found in gathered.programs.items()]
    return {
        "import": [head | counts],
        "page": [{**page, "as_of": about.as_of}],
        "institution": [_institution(home, about) for home in homes.values()],
        "unlisted": [{"id": own, "name": name, "kind": kind} for own, (name, kind) in gathered.unlisted.items()],
        "program": _ordered(programs),
    }


def corrected(old: Tables, new: Tables, wrong: Iterable[str]) -> Tables:
    """Return the list as it was with the rows of `new` in it; the programs in `wrong` go, since their rows were."""
    gone = {*wrong, *(own["id"] for own in new["program"])}
    page = old["page"][0]["id"]
    for own in (*new["program"], *new["institution"]):
        own["source"] = page
    programs = [*(own for own in old["program"] if own["id"] not in gone), *new["program"]]
    whole: Tables = {name: _together(old.get(name, []), new[name]) for name in ("institution", "unlisted")}
    used = {own["institution"] for own in programs}
    whole["institution"] = [own for own in whole["institution"] if own["id"] in used]
    head = {**old["import"][0], "programs": len(programs), "brought": new["import"][0]["brought"]}
    return {"import": [head], "page": old["page"], **whole, "program": _ordered(programs)}


def _together(old: list[dict[str, Any]], new: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [*{own["id"]: own for own in (*new, *old)}.values()]


def written(tables: Tables) -> Iterator[str]:
    """Yield the parts of the data file."""
    yield "# Written by `gmetui import`. Bringing the list in again writes it anew.\n"
    for name, rows in tables.items():
        head = "[import]" if name == "import" else f"[[{name}]]"
        for row in rows:
            yield _table(head, row)


def _ordered(programs: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return sorted(programs, key=lambda own: (_ORDER.get(own["kind"], 9), own["name"].casefold()))


def _institution(home: Home, about: About) -> dict[str, Any]:
    table = {"id": home.id, "name": home.name, "also_called": list(home.also_called)}
    return {**table, "city": home.city, "state": home.state, "source": about.page}


def _program(key: str, found: Found, home: Home, about: About) -> dict[str, Any]:
    if found.city and found.city != home.city:
        found.table["city"] = found.city
    if found.state and found.state != home.state:
        found.table["state"] = found.state
    stated = {"id": key, "name": found.table["name"], "institution": home.id}
    stated |= {name: found.table[name] for name in _KEYS if name in found.table}
    return {**stated, "source": about.page}


def _table(head: str, values: Mapping[str, Any]) -> str:
    lines = [f"{key} = {_value(value)}" for key, value in values.items() if value not in ("", [], None)]
    return "\n".join(("", head, *lines, ""))


def _value(value: Any) -> str:
    """Return a value as TOML has it; its strings are those of JSON, but for one character that `clean` takes away."""
    if isinstance(value, str):
        return json.dumps(clean(value), ensure_ascii=False)
    if isinstance(value, list):
        return f"[{', '.join(map(_value, value))}]"
    if isinstance(value, Mapping):
        inner = ", ".join(f"{key} = {_value(own)}" for key, own in value.items())
        return f"{{ {inner} }}"
    return str(value)
