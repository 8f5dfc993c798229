"""Bringing in a list of programs, from the file to the data file that is kept: what the command and the explorer do."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from ..catalog.models import Catalog
from ..datafiles.files import data_root
from ..datafiles.program_merge import Candidate, matches
from ..errors import GmetuiError
from ..search.normalize import raw_words
from ..text import clean
from .column_detection import FIELDS
from .data_file import About, Tables, corrected, data_tables, written
from .import_errors import NoProgramsError, TableError
from .program_builder import Gathered, gather
from .readers.sniff import grids
from .report import Report
from .sheets import Sheet, sheet_of
from .specialty_matcher import SpecialtyMatcher

#: What a person says of the columns of a file, by their headings in it.
Said = Callable[[Sequence[str]], Mapping[str, str]]
#: Fields that a person may say a column is.
CHOICES = tuple(field for field in FIELDS if field not in ("import", "made", "row", "says"))


class List(NamedTuple):
    """A list as it would be kept: its tables, and the report on the file."""

    tables: Tables
    report: Report
    belongs: str = ""  # the import that the file corrects


def nothing_said(titles: Sequence[str]) -> Mapping[str, str]:
    """Say nothing of columns."""
    return {}


def look(catalog: Catalog, path: Path, sheet: str | None = None, said: Said = nothing_said) -> list[Sheet]:
    """Return the sheets of a file as they are understood, without their rows. Raises as `read_programs` does."""
    matcher = SpecialtyMatcher(catalog)
    with grids(path, sheet) as found:
        sheets = [own._replace(rows=iter(())) for own in (sheet_of(grid, matcher, said) for grid in found)]
    if all(own.why for own in sheets):
        why = next((own.why for own in sheets), "it is empty")
        raise TableError(f"gmetui: {clean(path.name)}: is no list of programs: {why}")
    return sheets


def read_programs(
    catalog: Catalog,
    path: Path,
    about: About,
    day: date,
    *,
    sheet: str | None = None,
    said: Said = nothing_said,
    before: Callable[[str], Path | None] = lambda name: None,
    progress: Callable[[int], None] = lambda rows: None,
) -> List:
    """Return what the list in a file is. `before` gives the file in which an import of a name is kept, if it is.

    `progress` is told how many rows were read, and may raise to stop. Raises `TableError` when the file is no list of
    programs, `OSError` when it cannot be read. Nothing is written.
    """
    matcher = SpecialtyMatcher(catalog)
    try:
        with grids(path, sheet) as found:
            gathered = gather(catalog, _states(), (sheet_of(grid, matcher, said) for grid in found), matcher, progress)
    except NoProgramsError as error:
        raise TableError(f"gmetui: {clean(path.name)}: is no list of programs: {error}") from error
    tables = data_tables(gathered, about, day)
    if not gathered.belongs:
        _count_joined(catalog, gathered, tables)
    old_file = before(gathered.belongs or about.name)
    old = _tables(old_file) if old_file else None
    if gathered.belongs:
        if old is None:
            raise TableError(f"gmetui: {clean(path.name)}: corrects {clean(gathered.belongs)!r}, which is not here")
        tables = corrected(old, tables, gathered.corrects)
    if old is not None:
        _compare(gathered.report, old, tables)
    return List(tables, gathered.report, gathered.belongs)


def parts_of(brought: List) -> Iterator[str]:
    """Yield the data file of a list in parts."""
    return written(brought.tables)


def name_for(path: Path) -> str:
    """Return what an import of a file is called where nobody says it: after the file."""
    words = [word for word in raw_words(path.stem) if word.isascii()]
    return "-".join(words)[:60].strip("-") or "list"


def _states() -> Mapping[str, str]:
    """Return the states by digits 4 and 5 of ACGME ids (`data/acgme.toml`)."""
    states: Mapping[str, str] = tomllib.loads((data_root() / "acgme.toml").read_text(encoding="utf-8"))["acgme_states"]
    return states


def _tables(path: Path) -> Tables | None:
    """Return a list that was brought in before; None where it cannot be read."""
    try:
        whole: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
        head = whole["import"]
    except (OSError, ValueError, KeyError, GmetuiError):
        return None
    names = ("page", "institution", "unlisted", "program")
    return {"import": [head], **{name: whole.get(name, []) for name in names}}


def _count_joined(catalog: Catalog, gathered: Gathered, tables: Tables) -> None:
    """Note which programs are there already, as `catalog.joining` will find when they are loaded."""
    there = [Candidate.of(program) for program in catalog.programs]
    own = [
        Candidate(
            row["id"],
            row["institution"],
            row["specialty"],
            row.get("acgme_id"),
            tuple(code if isinstance(code, str) else code["text"] for code in row.get("nrmp_codes", ())),
            row["name"],
        )
        for row in tables["program"]
    ]
    same = matches(there, own)
    gathered.report.joined = list(same.values())
    without_id = {own.id for own in there if not own.acgme_id}
    by_place = ((new, same[new.id]) for new in own if same.get(new.id) in without_id and new.acgme_id)
    gathered.report.by_place = [f"{new.acgme_id} is {key}" for new, key in by_place]


def _compare(report: Report, old: Tables, new: Tables) -> None:
    """Note what is new, gone and changed against the list as it was."""
    before, after = _placed(old), _placed(new)
    report.refreshed = True
    report.added = [_named(own) for key, own in after.items() if key not in before]
    report.gone = [_named(own) for key, own in before.items() if key not in after]
    for key, own in after.items():
        was = before.get(key, own)
        fields = [name for name in {**was, **own} if was.get(name) != own.get(name)]
        if fields:
            report.changed.append(f"{_named(own)}: {', '.join(name.replace('_', ' ') for name in fields)}")


def _placed(tables: Tables) -> dict[str, dict[str, Any]]:
    """Return the programs by id, each with its institution's name and with where it is, its own or that one's."""
    homes = {own["id"]: own for own in tables["institution"]}
    found = {}
    for own in tables["program"]:
        home = homes.get(own["institution"], {})
        place = {key: own.get(key) or home.get(key) for key in ("city", "state")}
        found[own["id"]] = {**own, **place, "institution": home.get("name", own["institution"]), "source": None}
    return found


def _named(own: Mapping[str, Any]) -> str:
    return f"{own['name']}, {own['institution']}"
