"""Write the programs of a list as a data file: TOML that gmetui loads, and that people can read and correct."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import lru_cache
from json.encoder import encode_basestring
from operator import attrgetter
from typing import Any, NamedTuple, overload
from urllib.parse import urlsplit

from ..catalog.vocabulary import KINDS_IN_FILE_ORDER
from ..text import is_web_url, sanitize
from .institution_matcher import ResolvedInstitution
from .program_builder import ProgramSet
from .program_draft import ProgramDraft, RowSource

_OFFICIAL_HOSTS = ("acgme.org", "aamc.org", "nrmp.org", "ama-assn.org", "sfmatch.org", "ashp.org")
_REMEMBERED_TEXTS = 10_000  # most texts of a list are repeated many times
_KIND_ORDER: Mapping[str, int] = {kind: position for position, kind in enumerate(KINDS_IN_FILE_ORDER)}
_FACTS_BEFORE_LOCATION = (  # in the order of data/README.md
    *("other_names", "kind", "specialty", "specialty_as_named", "accreditation", "accreditation_note", "acgme_id"),
    *("nrmp_codes", "url"),
)
_FACTS_AFTER_LOCATION = (
    *("length_years", "length_note", "positions_per_year", "positions_note", "start", "tracks"),
    *("application_service", "application_note", "match", "visa", "also_listed", "disagreements"),
)
_before_location, _after_location = attrgetter(*_FACTS_BEFORE_LOCATION), attrgetter(*_FACTS_AFTER_LOCATION)


class ListMetadata(NamedTuple):
    """What the user says about a list: its name among the imports, title, file name, address, and date or cycle.

    `file_id` tells files of the same name apart.
    """

    name: str
    title: str
    file_name: str
    url: str = ""
    as_of: str = ""
    file_id: str = ""

    @property
    def source_id(self) -> str:
        """The id of the list as the source of facts."""
        return f"import-{self.name}"

    @property
    def publisher(self) -> str:
        """Return "official" for an address of an official body, else "third-party"."""
        return "official" if _is_official(self.url) else "third-party"


def _is_official(url: str) -> bool:
    host = (urlsplit(url).hostname or "") if is_web_url(url) else ""
    return any(host == official or host.endswith(f".{official}") for official in _OFFICIAL_HOSTS)


class _Pages:
    """The pages of a list: the list itself, and those that its rows name. Each gets an id when it is first named."""

    def __init__(self, metadata: ListMetadata) -> None:
        self._metadata = metadata
        self._ids: dict[RowSource, str] = {}

    def id_of(self, source: RowSource) -> str:
        """Return the id of the page that a row names, or that of the list where it names none."""
        if not source.url and not source.title:
            return self._metadata.source_id
        return self._ids.setdefault(source, f"{self._metadata.source_id}-page-{len(self._ids) + 1}")

    def tables(self) -> Iterator[dict[str, Any]]:
        """Yield the pages as tables. A publisher is taken from the list only as far as its address bears it out."""
        metadata = self._metadata
        yield {
            "id": metadata.source_id,
            "url": metadata.url,
            "title": metadata.title,
            "publisher": metadata.publisher,
            "as_of": metadata.as_of,
        }
        for source, page_id in self._ids.items():
            publisher = "official" if _is_official(source.url) else "third-party"
            if source.publisher == "institution" and source.url:
                publisher = "institution"
            as_of = source.as_of or metadata.as_of
            yield {"id": page_id, "url": source.url, "title": source.title, "publisher": publisher, "as_of": as_of}


#: One table of a data file.
Table = dict[str, Any]
#: The tables of a data file by name.
Tables = dict[str, Sequence[Table]]


class ProgramTables(Sequence[Table]):
    """The programs of a list in the order of its data file, each a table when it is looked at."""

    def __init__(self, program_set: ProgramSet, metadata: ListMetadata) -> None:
        self._programs = program_set.programs
        self._institutions = program_set.institutions
        self.pages = _Pages(metadata)
        for draft in self._programs.values():
            self.pages.id_of(draft.source)
        self.ids = sorted(self._programs, key=self._sort_key)

    def _sort_key(self, program_id: str) -> tuple[int, str]:
        facts = self._programs[program_id].facts
        return _sort_key(facts.kind, facts.name)

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self.ids)

    @overload
    def __getitem__(self, index: int) -> Table: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Table]: ...
    def __getitem__(self, index: int | slice) -> Table | Sequence[Table]:
        """Return the table of a program, or those of some."""
        if isinstance(index, slice):
            return [self[position] for position in range(len(self))[index]]
        return self.table_of(self.ids[index])

    def table_of(self, program_id: str) -> Table:
        """Return the table of the program with an id."""
        draft = self._programs[program_id]
        institution = self._institutions[draft.institution]
        return _program_table(program_id, draft, institution, self.pages.id_of(draft.source))


def program_ids(programs: Sequence[Table]) -> Sequence[str]:
    """Return the ids of the programs of a list."""
    return programs.ids if isinstance(programs, ProgramTables) else [program["id"] for program in programs]


def build_tables(program_set: ProgramSet, metadata: ListMetadata, imported_on: date) -> Tables:
    """Return the list as the tables of a data file."""
    programs = ProgramTables(program_set, metadata)
    institutions = {institution.id: institution for institution in program_set.institutions.values()}
    head = {
        "title": metadata.title,
        "url": metadata.url,
        "as_of": metadata.as_of,
        "file": metadata.file_name,
        "file_id": metadata.file_id,
        "rows": program_set.report.rows,
        "programs": len(program_set.programs),
        "brought": imported_on.isoformat(),
    }
    return {
        "import": [head],
        "page": list(programs.pages.tables()),
        "institution": [_institution_table(institution, metadata) for institution in institutions.values()],
        "unlisted": [
            {"id": specialty_id, "name": name, "kind": kind}
            for specialty_id, (name, kind) in program_set.unlisted_specialties.items()
        ],
        "program": programs,
    }


def apply_corrections(tables: Tables, corrections: Tables, corrected_programs: Iterable[str]) -> Tables:
    """Return a list with its doubtful rows replaced: `corrected_programs` are the ids that they had made."""
    replaced = {*corrected_programs, *program_ids(corrections["program"])}
    source_id, corrected_id = tables["page"][0]["id"], corrections["page"][0]["id"]
    corrected = {
        name: [
            table | {"source": source_id} if table["source"] == corrected_id else table for table in corrections[name]
        ]
        for name in ("program", "institution")
    }
    programs = [*(program for program in tables["program"] if program["id"] not in replaced), *corrected["program"]]
    used_institutions = {program["institution"] for program in programs}
    institutions = _combine(tables.get("institution", []), corrected["institution"])
    head = {**tables["import"][0], "programs": len(programs), "brought": corrections["import"][0]["brought"]}
    return {
        "import": [head],
        "page": _combine(tables["page"], corrections["page"][1:]),
        "institution": [institution for institution in institutions if institution["id"] in used_institutions],
        "unlisted": _combine(tables.get("unlisted", []), corrections["unlisted"]),
        "program": sorted(programs, key=lambda program: _sort_key(program["kind"], program["name"])),
    }


def _combine(tables: Sequence[Table], corrections: Sequence[Table]) -> list[Table]:
    return [*{table["id"]: table for table in (*corrections, *tables)}.values()]


def _sort_key(kind: str, name: str) -> tuple[int, str]:
    return _KIND_ORDER.get(kind, len(_KIND_ORDER)), name.casefold()


def _institution_table(institution: ResolvedInstitution, metadata: ListMetadata) -> dict[str, Any]:
    return {
        "id": institution.id,
        "name": institution.name,
        "also_called": list(institution.also_called),
        "city": institution.city,
        "state": institution.state,
        "source": metadata.source_id,
    }


def _program_table(
    program_id: str, draft: ProgramDraft, institution: ResolvedInstitution, source_id: str
) -> dict[str, Any]:
    """Return a program as a data file has it; its city and state only where they differ from the institution's."""
    facts = draft.facts
    table: dict[str, Any] = {"id": program_id, "name": facts.name, "institution": institution.id}
    _add_stated(table, _FACTS_BEFORE_LOCATION, _before_location(facts))
    if draft.city and draft.city != institution.city:
        table["city"] = draft.city
    if draft.state and draft.state != institution.state:
        table["state"] = draft.state
    _add_stated(table, _FACTS_AFTER_LOCATION, _after_location(facts))
    table["source"] = source_id
    return table


def _add_stated(table: dict[str, Any], keys: Sequence[str], values: Sequence[Any]) -> None:
    for key, value in zip(keys, values, strict=True):
        if value:
            table[key] = [*value] if isinstance(value, tuple) else value


def write_toml(tables: Tables) -> Iterator[str]:
    """Yield the text of the data file in parts, so that a long list need not be in memory twice.

    tomli_w takes three times as long for the tables of 14,000 programs one by one (2.0 s against 0.6 s), and twice as
    long for all of them at once (1.3 s).
    """
    yield "# Written by `gmetui import`; importing the list again overwrites this file.\n"
    for name, rows in tables.items():
        header = "[import]" if name == "import" else f"[[{name}]]"
        for row in rows:
            lines = [f"{key} = {_toml_value(value)}" for key, value in row.items() if value or value == 0]
            yield "\n".join(("", header, *lines, ""))


def _toml_value(value: Any) -> str:
    """Return a value as TOML. Its strings are JSON strings, except for U+007F, which `sanitize` removes."""
    if isinstance(value, str):
        return _quoted(value)
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(_toml_value, value))}]"
    if isinstance(value, Mapping):
        pairs = ", ".join(f"{key} = {_toml_value(item)}" for key, item in value.items())
        return f"{{ {pairs} }}"
    return str(value)


@lru_cache(maxsize=_REMEMBERED_TEXTS)
def _quoted(text: str) -> str:
    return encode_basestring(sanitize(text))
