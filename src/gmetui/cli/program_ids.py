"""Programs as people name them on a command line: by id, by the beginning of one, or as institution/specialty.

A name is accepted where it means exactly one program. Otherwise the error names the programs that it may mean.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, TypeVar

from ..catalog.catalog import Catalog
from ..catalog.ids import ProgramId
from ..catalog.models import Program
from ..errors import UnknownIdError
from ..text import closest_matches, plural
from .context import read_catalog

if TYPE_CHECKING:
    from argparse import Namespace

    from ..shortlist.entries import Entry, Shortlist

_STANDARD_INPUT = "-"
_MAX_SUGGESTIONS = 3
_Found = TypeVar("_Found")


def find_program(catalog: Catalog, wanted: str) -> Program:
    """Return the program that a name means. Raises `UnknownIdError`, which suggests others."""
    ids = _matching_programs(catalog, wanted) or _ids_by_institution(catalog, wanted)
    if len(ids) == 1:
        return catalog.program[ProgramId(ids[0])]
    raise _unknown("program", wanted, ids, lambda: _similar_programs(catalog, wanted))


def find_programs(catalog: Catalog, names: Iterable[str]) -> list[Program]:
    """Return the programs that names mean, each once; "-" reads names from standard input.

    Raises `UnknownIdError` for all that are unknown together.
    """
    programs, errors = find_known_programs(catalog, names)
    if errors:
        raise UnknownIdError.of_all(errors)
    return programs


def find_known_programs(catalog: Catalog, names: Iterable[str]) -> tuple[list[Program], list[UnknownIdError]]:
    """Return the programs that names mean, each once, and the errors about the others."""
    programs, errors = _find_all(names, lambda name: find_program(catalog, name))
    by_id = {program.id: program for program in programs}
    return list(by_id.values()), errors


def find_entry(options: Namespace, shortlist: Shortlist, wanted: str) -> Entry:
    """Return the listed program that a name means. Raises `UnknownIdError`.

    The catalog that the options select is read only for "institution/specialty".
    """
    listed_ids = [entry.id for entry in shortlist]
    ids = _matching_ids(wanted, listed_ids)
    if not ids and "/" in wanted:
        ids = [
            program_id for program_id in _ids_by_institution(read_catalog(options), wanted) if program_id in listed_ids
        ]
    entry = shortlist.entry(ids[0]) if len(ids) == 1 else None
    if entry is None:
        raise _unknown("program on the list", wanted, ids, lambda: _similar_ids(wanted, listed_ids))
    return entry


def find_entries(options: Namespace, shortlist: Shortlist, names: Iterable[str]) -> list[Entry]:
    """Return the listed programs that names mean, each once. Raises `UnknownIdError` for all that are unknown."""
    entries, errors = _find_all(names, lambda name: find_entry(options, shortlist, name))
    if errors:
        raise UnknownIdError.of_all(errors)
    return list({entry.id: entry for entry in entries}.values())


def _find_all(names: Iterable[str], find: Callable[[str], _Found]) -> tuple[list[_Found], list[UnknownIdError]]:
    results: list[_Found] = []
    errors: list[UnknownIdError] = []
    for name in _with_standard_input(names):
        try:
            results.append(find(name))
        except UnknownIdError as error:
            errors.append(error)
    return results, errors


def _with_standard_input(names: Iterable[str]) -> Iterator[str]:
    for name in names:
        if name == _STANDARD_INPUT:
            from .prompts import read_standard_input

            yield from read_standard_input().split()
        else:
            yield name


def _matching_ids(wanted: str, ids: Sequence[str]) -> list[str]:
    """Return the id that equals a name, or else the ids that begin with it; case does not count."""
    if wanted in ids:
        return [wanted]
    folded = wanted.casefold().strip()
    if not folded:
        return []
    beginning = [program_id for program_id in ids if program_id.casefold().startswith(folded)]
    return [program_id for program_id in beginning if program_id.casefold() == folded] or beginning


def _matching_programs(catalog: Catalog, wanted: str) -> list[str]:
    """Return what `_matching_ids` returns for all programs of a catalog. Their ids have no capital letters."""
    if wanted in catalog.program:
        return [wanted]
    folded = wanted.casefold().strip()
    if folded in catalog.program:
        return [folded]
    return catalog.program.ids_with_prefix(folded) if folded else []


def _ids_by_institution(catalog: Catalog, wanted: str) -> list[str]:
    """Return the programs of "institution/specialty", by the names that the search language knows for both."""
    institution, slash, specialty = wanted.partition("/")
    if not (slash and institution.strip() and specialty.strip()):
        return []
    from ..search import search
    from ..search.fields import FIELDS_BY_NAME
    from ..search.normalize import fold_key
    from ..search.query import Condition, Query

    filters = tuple(
        (Condition(field, (value.strip(),)),)
        for field, value in (("institution", institution), ("specialty", specialty))
    )
    results = search(catalog, Query(filters))
    programs = [] if results.mistakes else results.programs()
    names_of = FIELDS_BY_NAME["specialty"].synonyms
    assert names_of is not None
    by_name = [
        program
        for program in programs
        if fold_key(specialty) in map(fold_key, (program.specialty, *names_of(program.specialty, catalog)))
    ]
    return [program.id for program in by_name or programs]


def _similar_programs(catalog: Catalog, wanted: str) -> list[str]:
    """Return the programs that the words of a name find, or whose ids look like it."""
    from ..search import search
    from ..search.query import Query

    words = "".join(letter if letter.isalnum() else " " for letter in wanted)
    by_words = search(catalog, Query.parse(words.casefold())).programs(0, _MAX_SUGGESTIONS) if words.split() else []
    similar = _similar_ids(wanted, list(catalog.program))
    return list(dict.fromkeys([*similar[:1], *(program.id for program in by_words), *similar]))


def _similar_ids(wanted: str, ids: Sequence[str]) -> list[str]:
    """Return ids that look like a name, or that have its words."""
    words = wanted.casefold().replace("/", " ").replace("-", " ").split()
    with_words = [program_id for program_id in ids if words and all(word in program_id for word in words)]
    return [*with_words, *closest_matches(wanted, ids, limit=_MAX_SUGGESTIONS)]


def _unknown(kind: str, wanted: str, ids: Sequence[str], suggest: Callable[[], list[str]]) -> UnknownIdError:
    """Return the error for a name that means no program, or several (`ids`)."""
    if ids:
        return UnknownIdError(kind, wanted, suggestions=ids[:_MAX_SUGGESTIONS], reason=_ambiguous(len(ids)))
    return UnknownIdError(kind, wanted, suggestions=suggest()[:_MAX_SUGGESTIONS])


def _ambiguous(count: int) -> str:
    return f"can mean {plural(count, 'program')}"
