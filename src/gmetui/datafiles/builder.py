"""Tables of many files to one `Catalog`: later layers replace earlier ones by id, and every reference must hold."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple, TypeVar

from ..catalog import schema as f
from ..catalog.models import (
    Ambiguity,
    Catalog,
    Edition,
    GeneralRequirement,
    Institution,
    Program,
    Salary,
    Service,
    Site,
    Source,
    Specialty,
)
from ..catalog.vocabulary import Field
from ..errors import DataError, Problem
from ..text import clean, nearest
from .draft import Draft, Placed
from .program_merge import join
from .reader import Reader, Table
from .references import linked

#: Tables of the reference, which stay when `--no-bundled` drops institutions and programs.
REFERENCE = ("specialty", "unlisted", "ambiguous", "service", "boards", "requirement", "site", "page", "acgme_states")
_TOP = (*(name for name in f.TABLES if "." not in name), "boards", "acgme_states")

T = TypeVar("T")


class Document(NamedTuple):
    """One parsed data file; `text` is its source, for naming lines ("" when it came compiled)."""

    file: str
    tables: Table
    text: str = ""


def assemble(
    layers: Iterable[Sequence[Document]], inspect: Callable[[Draft], None] | None = None
) -> tuple[Catalog, list[Problem]]:
    """Return the catalog that `layers` make, and the problems that do not stop it from being made.

    `inspect` may complain of more before they are gathered. Raises `DataError` with all fatal problems, and with
    `inspect` the others too.
    """
    draft, readers = Draft(), []
    for layer in layers:
        seen: set[tuple[str, str]] = set()
        for document in layer:
            reader = Reader(document.file, document.text)
            readers.append(reader)
            _read_document(draft, reader, document.tables, seen)
    catalog = linked(draft)
    if inspect is not None:
        inspect(draft)
    problems = [problem for reader in readers for problem in reader.problems]
    if any(problem.fatal for problem in problems):
        raise DataError([problem for problem in problems if problem.fatal or inspect is not None])
    return catalog, problems


def _read_document(draft: Draft, reader: Reader, tables: Table, seen: set[tuple[str, str]]) -> None:
    for name in tables:
        if name not in _TOP:
            near = nearest(name, list(_TOP))
            right = f"did you mean {near!r}?" if near else f"known tables: {', '.join(_TOP)}"
            reader.complain(clean(name), "no such table", right)
    if "import" in tables:
        _brought(draft, reader, tables)
        return
    home = _institutions(draft, reader, tables, seen)
    _programs(draft, reader, tables, seen, home)
    for path, found, owner in _owned(reader, tables, "page", f.PAGE):
        _put(draft.sources, seen, "page", Placed(Source(**found), reader, path), owner)
    for path, found, owner in _owned(reader, tables, "site", f.TABLES["site"]):
        found["provenance"] = reader.provenance(path, _at(tables, path), found)
        _put(draft.sites, seen, "site", Placed(Site(**found), reader, path), owner)
    _specialties(draft, reader, tables, seen)
    for path, found, owner in _owned(reader, tables, "service", f.TABLES["service"]):
        found["provenance"] = reader.provenance(path, _at(tables, path), found)
        _put(draft.services, seen, "service", Placed(Service(**found), reader, path), owner)
    for path, found, owner in _owned(reader, tables, "requirement", f.TABLES["requirement"]):
        found["provenance"] = reader.provenance(path, _at(tables, path), found)
        _put(draft.requirements, seen, "requirement", Placed(GeneralRequirement(**found), reader, path), owner)
    for path, found, _ in _owned(reader, tables, "salary", f.TABLES["salary"]):
        found["provenance"] = reader.provenance(path, _at(tables, path), found)
        draft.salaries.append(Placed(Salary(**found), reader, path))
    for _, found, _ in _owned(reader, tables, "ambiguous", f.AMBIGUITY):
        draft.ambiguities[found["token"]] = Ambiguity(**found)
    for path, found, _ in _owned(reader, tables, "edition", f.EDITION):
        draft.editions.append(Placed(Edition(**found), reader, path))
    _short_names(reader, tables, "boards", draft.boards)
    _short_names(reader, tables, "acgme_states", draft.acgme_states)


def _owned(
    reader: Reader, tables: Table, name: str, declared: Sequence[Field], nested: Sequence[str] = ("sources",)
) -> Iterator[tuple[str, dict[str, Any], str]]:
    for path, table in reader.tables(tables, name):
        found = reader.values(path, table, declared, nested)
        if found is not None:
            yield path, found, str(found.get("id", ""))


def _at(tables: Table, path: str) -> Table:
    """Return the table at `path` ("program[3]")."""
    name, _, index = path.rstrip("]").partition("[")
    found = tables[name]
    table: Table = found[int(index)] if index else found
    return table


def _put(where: dict[str, Placed[T]], seen: set[tuple[str, str]], name: str, placed: Placed[T], own: str) -> None:
    if (name, own) in seen:
        placed.reader.complain(f"{placed.path}.id", f"{own!r} is used twice", "ids are unique; rename one")
    seen.add((name, own))
    where[own] = placed


def _institutions(draft: Draft, reader: Reader, tables: Table, seen: set[tuple[str, str]]) -> str | None:
    home = None
    nested = ("sources", "statement", "route")
    for path, found, own in _owned(reader, tables, "institution", f.TABLES["institution"], nested):
        table = _at(tables, path)
        found["provenance"] = reader.provenance(path, table, found)
        found["statements"] = reader.statements(path, table)
        found["routes"] = reader.routes(path, table)
        _put(draft.institutions, seen, "institution", Placed(Institution(**found), reader, path), own)
        home = own
    if home is None and isinstance(tables.get("institution"), Mapping):
        home = str(tables["institution"].get("id", ""))  # it is wrong and complained of; its programs are not
    return home


def _programs(draft: Draft, reader: Reader, tables: Table, seen: set[tuple[str, str]], home: str | None) -> None:
    for path, found, own in _owned(reader, tables, "program", f.TABLES["program"], ("sources", "statement")):
        table = _at(tables, path)
        found.setdefault("institution", home)
        if not found["institution"]:
            reader.complain(f"{path}.institution", "is missing", "name one, or put [institution] in this file")
            continue
        found["provenance"] = reader.provenance(path, table, found)
        found["statements"] = reader.statements(path, table)
        _put(draft.programs, seen, "program", Placed(Program(**found), reader, path), own)


def _brought(draft: Draft, reader: Reader, tables: Table) -> None:
    """Read a list that a person brought in: it adds to what is there, and replaces nothing."""
    seen: set[tuple[str, str]] = set()
    titles = (str(found["title"]) for _, found, _ in _owned(reader, tables, "import", f.TABLES["import"]))
    title = next(titles, "a list")
    own = Draft()
    _institutions(own, reader, tables, seen)
    _specialties(own, reader, tables, seen)
    for path, found, key in _owned(reader, tables, "page", f.PAGE):
        _put(draft.sources, seen, "page", Placed(Source(**found), reader, path), key)
    draft.institutions = {**own.institutions, **draft.institutions}
    draft.specialties = {**own.specialties, **draft.specialties}
    _programs(own, reader, tables, seen, None)
    for key, placed in own.programs.items():
        provenance = placed.value.provenance
        value = placed.value._replace(provenance=provenance._replace(listed_in=provenance.source))
        own.programs[key] = Placed(value, reader, placed.path)
    join(draft, own.programs.values(), title)


def _specialties(draft: Draft, reader: Reader, tables: Table, seen: set[tuple[str, str]]) -> None:
    for name in ("specialty", "unlisted"):
        for path, found, own in _owned(reader, tables, name, f.TABLES[name]):
            found["provenance"] = reader.provenance(path, _at(tables, path), found)
            value = Specialty(**found, listed=name == "specialty")
            _put(draft.specialties, seen, "specialty", Placed(value, reader, path), own)


def _short_names(reader: Reader, tables: Table, name: str, into: dict[str, str]) -> None:
    """Read a table of `short = "name"`."""
    found = tables.get(name, {})
    if not isinstance(found, Mapping):
        reader.complain(name, "must be a table", 'short = "name"')
        return
    for short, text in found.items():
        if isinstance(text, str):
            into[clean(short)] = clean(text)
        else:
            reader.complain(f"{name}.{clean(short)}", "must be text", 'short = "name"')
