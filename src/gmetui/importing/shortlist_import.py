"""Import a table into a shortlist: which program each row means, what changes, and what could not be read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from ..catalog.catalog import Catalog
from ..catalog.ids import ProgramId
from ..catalog.models import Program
from ..errors import UnreadableListError
from ..search import Query, search
from ..search.normalize import fold_key
from ..shortlist.entries import Entry, Shortlist, entry_of
from .identifiers import find_acgme_ids, find_match_codes
from .readers.read_budget import ReadBudget
from .shortlist_rows import PersonalColumns, fields_of, find_personal_columns, update_entry
from .shortlist_table import ShortlistRow, ShortlistTable

_MAX_CANDIDATES = 4
_MAX_TERMS_LENGTH, _MAX_SEARCHES = 200, 500
_MAX_SHOWN_NAME = 200


class RowProblem(NamedTuple):
    """A row that could not be used or read completely, and why. Row 0 is the row of headings.

    `candidates` are ids of programs that the row may mean.
    """

    row_number: int
    subject: str
    message: str
    candidates: tuple[str, ...] = ()

    def as_json(self) -> dict[str, object]:
        """Return the problem as JSON output has it."""
        return {
            "number": self.row_number,
            "what": self.subject,
            "why": self.message,
            "near": list(self.candidates),
        }


class ShortlistImport(NamedTuple):
    """The shortlist after an import, and what happened to its rows."""

    shortlist: Shortlist
    added: tuple[str, ...]
    changed: tuple[str, ...]
    unchanged: int
    problems: tuple[RowProblem, ...]
    new_columns: tuple[str, ...] = ()


class _RowResult(NamedTuple):
    """What one row does to its entry, which was `previous` before; no entry for a row that matches no program."""

    entry: Entry | None = None
    previous: Entry | None = None
    rank: float | None = None
    problems: Sequence[RowProblem] = ()


def import_shortlist(
    catalog: Catalog,
    shortlist: Shortlist,
    table: ShortlistTable,
    chosen_programs: Mapping[int, str] = MappingProxyType({}),
) -> ShortlistImport:
    """Return `shortlist` with the rows of `table`: matched by id, ACGME id, NRMP code, or name and institution.

    Cells replace what the entry has, where the file has a column for it; entries that the file doesn't mention stay. A
    rank column reorders the ranked entries. Unknown columns become custom columns. `chosen_programs` maps the number of
    a row to the program that the user chose for it. Raises `UnreadableListError` when this takes too long.
    """
    finder = _ProgramFinder(catalog)
    personal = find_personal_columns(shortlist, table)
    entries = {entry.id: entry for entry in shortlist}
    results: list[_RowResult] = []
    for row in _within_budget(table.rows):
        program_id = chosen_programs.get(row.number) or finder.find(fields_of(row), entries)
        result = _import_row(catalog, entries, program_id, row, personal) if program_id else _unmatched(finder, row)
        results.append(result)
        if result.entry is not None:
            entries[result.entry.id] = result.entry
    used = [(result.entry, result.previous) for result in results if result.entry is not None]
    ranks = {result.entry.id: result.rank for result in reversed(results) if result.entry and result.rank is not None}
    problems = [RowProblem(0, "the headings", message) for message in personal.problems]
    return ShortlistImport(
        Shortlist(shortlist.name, _reordered(entries, ranks), personal.columns, shortlist.extra),
        added=tuple(entry.name for entry, previous in used if previous is None),
        changed=tuple(entry.name for entry, previous in used if previous not in (None, entry)),
        unchanged=sum(previous == entry for entry, previous in used),
        problems=(*problems, *(problem for result in results for problem in result.problems)),
        new_columns=personal.new_names,
    )


def _within_budget(rows: Iterable[ShortlistRow]) -> Iterator[ShortlistRow]:
    """Yield the rows. Raises `UnreadableListError` when what is done with them takes too long."""
    budget = ReadBudget(0)
    for row in rows:
        try:
            budget.count_row()
        except ValueError as error:
            raise UnreadableListError(f"gmetui: the list cannot be imported: {error}") from error
        yield row


def _import_row(
    catalog: Catalog, entries: Mapping[str, Entry], program_id: str, row: ShortlistRow, personal: PersonalColumns
) -> _RowResult:
    previous = entries.get(program_id)
    entry, messages = update_entry(previous or entry_of(catalog, catalog.program[ProgramId(program_id)]), row, personal)
    rank = fields_of(row).get("rank", "")
    return _RowResult(
        entry,
        previous,
        float(rank) if rank.removesuffix(".0").isdecimal() else None,
        [RowProblem(row.number, entry.name, message) for message in messages],
    )


def _unmatched(finder: _ProgramFinder, row: ShortlistRow) -> _RowResult:
    fields = fields_of(row)
    candidates = finder.candidates(fields)
    nearest = " or ".join(f"{program.name} ({program.id})" for program in candidates[:2])
    subject = ", ".join(filter(None, (fields.get("name"), fields.get("institution")))) or fields.get("id") or "a row"
    subject = subject[:_MAX_SHOWN_NAME]
    message = f"no matching program; the closest: {nearest}" if nearest else "no matching program"
    problem = RowProblem(row.number, subject, message, tuple(program.id for program in candidates))
    return _RowResult(problems=[problem])


class _ProgramFinder:
    """Finds the program that a row means."""

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog
        self._search_count = 0
        self._by_acgme_id = _unambiguous(
            (program.acgme_id, program) for program in catalog.programs if program.acgme_id
        )
        self._by_match_code = _unambiguous(
            (code.code, program) for program in catalog.programs for code in program.nrmp_codes if code.code
        )
        self._by_name = _unambiguous((key, program) for program in catalog.programs for key in self._name_keys(program))

    def _name_keys(self, program: Program) -> Iterable[str]:
        """Yield a key for each pair of a name of the program and a name of its institution."""
        institution = self._catalog.institution[program.institution]
        institution_names = (institution.name, institution.short_name, *institution.also_called)
        for name in (program.name, *program.other_names):
            yield from (f"{fold_key(name)} {fold_key(institution_name)}" for institution_name in institution_names)

    def find(self, fields: Mapping[str, str], entries: Mapping[str, Entry]) -> str:
        """Return the id of the program, or "" for none. A program on the list need not be in the catalog."""
        program_id = fields.get("id", "")
        if program_id in self._catalog.program or (program_id and program_id in entries):
            return program_id
        name_key = f"{fold_key(fields.get('name', ''))} {fold_key(fields.get('institution', ''))}"
        codes = f"{fields.get('acgme', '')} {fields.get('nrmp', '')}"  # either may be in the column of the other
        matches = (
            *map(self._by_acgme_id.get, find_acgme_ids(codes)),
            *map(self._by_match_code.get, find_match_codes(codes)),
            self._by_name.get(name_key),
        )
        return next((program.id for program in matches if program is not None), "")

    def candidates(self, fields: Mapping[str, str]) -> Sequence[Program]:
        """Return the programs that a row may mean, the most likely first; none for further rows of a hopeless file."""
        text = " ".join((fields.get("name", ""), fields.get("institution", "")))
        terms = "".join(character if character.isalnum() else " " for character in text[:_MAX_TERMS_LENGTH]).strip()
        self._search_count += 1
        if self._search_count > _MAX_SEARCHES:
            return ()
        return search(self._catalog, Query.parse(terms.casefold())).programs(0, _MAX_CANDIDATES) if terms else ()


def _unambiguous(pairs: Iterable[tuple[str, Program]]) -> dict[str, Program]:
    """Return the programs by key, without keys that several programs share."""
    programs: dict[str, Program | None] = {}
    for key, program in pairs:
        programs[key] = program if programs.get(key, program) is program else None
    return {key: program for key, program in programs.items() if program is not None}


def _reordered(entries: Mapping[str, Entry], ranks: Mapping[str, float]) -> tuple[Entry, ...]:
    """Return the entries with the ranked ones in order of rank, in the positions that they occupy together."""
    ranked = sorted((entry for entry in entries.values() if entry.id in ranks), key=lambda entry: ranks[entry.id])
    next_ranked = iter(ranked)
    return tuple(next(next_ranked) if entry.id in ranks else entry for entry in entries.values())
