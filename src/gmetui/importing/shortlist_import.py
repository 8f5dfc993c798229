"""Import a table into a shortlist: which program each row means, what changes, and what could not be read."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from hashlib import sha256
from types import MappingProxyType
from typing import NamedTuple

from ..catalog.catalog import Catalog
from ..catalog.ids import ProgramId
from ..errors import UnreadableListError
from ..search.normalize import raw_words
from ..shortlist.entries import Entry, Shortlist, entry_of, entry_title, with_converted_values
from ..shortlist.merge import join_entries
from ..shortlist.stand_ins import STAND_IN_PREFIX, is_stand_in
from ..text import is_slug
from .readers.read_budget import ReadBudget
from .shortlist_matcher import ProgramFinder, RowMeaning
from .shortlist_rows import PersonalColumns, find_personal_columns, rank_of, update_entry
from .shortlist_table import ShortlistRow, ShortlistTable, fields_of
from .shortlist_words import is_do_not_rank

_MAX_SHOWN_NAME = 200
_MAX_ID_LENGTH = 80
_TOTAL = re.compile(r"(?:sub)?totals?\b", re.IGNORECASE)
_NAMING_FIELDS = ("name", "institution", "specialty", "id")


class RowProblem(NamedTuple):
    """A row that could not be used or read completely, and why. Row 0 is the file or its headings.

    `candidates` are ids of programs that the row may mean, `label` tells the row from those of other sheets, and
    `is_unmatched` is set when no program was found, so that a stand-in may be kept.
    """

    row_number: int
    subject: str
    message: str
    candidates: tuple[str, ...] = ()
    label: str = ""
    is_unmatched: bool = False

    def as_json(self) -> dict[str, object]:
        """Return the problem as JSON output has it."""
        return {
            "number": self.row_number,
            "row": self.label or str(self.row_number),
            "what": self.subject,
            "why": self.message,
            "near": list(self.candidates),
        }

    @property
    def text(self) -> str:
        """The problem as one line."""
        row = f"row {self.label or self.row_number}: " if self.row_number else ""
        return f"{row}{self.subject}: {self.message}"


class ShortlistImport(NamedTuple):
    """The shortlist after an import, and what happened to its rows."""

    shortlist: Shortlist
    added: tuple[str, ...]
    changed: tuple[str, ...]
    unchanged: int
    problems: tuple[RowProblem, ...]
    new_columns: tuple[str, ...] = ()

    @property
    def unmatched(self) -> tuple[RowProblem, ...]:
        """The problems of rows for which no program was found."""
        return tuple(problem for problem in self.problems if problem.is_unmatched)


class RowChoices(NamedTuple):
    """What the user chose for rows without a program, by label: a program, or to keep the row as a stand-in."""

    programs: Mapping[str, str] = MappingProxyType({})
    stand_ins: frozenset[str] = frozenset()
    keeps_unmatched: bool = False

    def with_program(self, row_label: str, program_id: str) -> RowChoices:
        """Return the choices with a program for a row."""
        return self._replace(programs={**self.programs, row_label: program_id})

    def with_stand_in(self, row_label: str) -> RowChoices:
        """Return the choices with a row that is kept as it is."""
        return self._replace(stand_ins=self.stand_ins | {row_label})


def import_shortlist(
    catalog: Catalog,
    shortlist: Shortlist,
    table: ShortlistTable,
    choices: RowChoices = RowChoices(),  # noqa: B008  # an immutable value
    today: date | None = None,
) -> ShortlistImport:
    """Return `shortlist` with the rows of `table`: matched by id or code, by name, or by specialty and hospital.

    Cells replace what the entry has, where the file has a column for it; entries that the file doesn't mention stay. A
    rank column reorders the ranked entries. Unknown columns become custom columns. Nothing changes if no row matches.
    A date without a year is the one nearest to `today`. Raises `UnreadableListError` when this takes too long.
    """
    personal = find_personal_columns(shortlist, table, today)
    importer = _RowImporter(catalog, shortlist, personal, choices)
    for row in _within_budget(table.rows):
        importer.add(row)
    importer.report_unmatched_rows()
    headings = [RowProblem(0, "the headings", message) for message in personal.problems]
    messages = [RowProblem(0, "the file", message) for message in table.messages]
    problems = (*messages, *headings, *importer.problems)
    if not importer.used_ids:
        return ShortlistImport(shortlist, (), (), 0, problems)
    entries, previous = importer.entries, importer.previous
    used = [(entries[program_id], previous.get(program_id)) for program_id in importer.used_ids]
    return ShortlistImport(
        Shortlist(shortlist.name, importer.ordered_entries(), personal.columns, shortlist.extra),
        added=tuple(entry_title(catalog, entry) for entry, earlier in used if earlier is None),
        changed=tuple(entry_title(catalog, entry) for entry, earlier in used if earlier not in (None, entry)),
        unchanged=sum(earlier == entry for entry, earlier in used),
        problems=problems,
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


class _UnmatchedRow(NamedTuple):
    """A row without a program, and how many problems were reported before it."""

    position: int
    row: ShortlistRow
    fields: Mapping[str, str]
    section: str


class _RowImporter:
    """Adds rows to entries. `previous` are the entries before the import, `used_ids` those that rows mean, in order."""

    def __init__(self, catalog: Catalog, shortlist: Shortlist, personal: PersonalColumns, choices: RowChoices) -> None:
        self._catalog = catalog
        self._personal = personal
        self._choices = choices
        self._finder = ProgramFinder(catalog)
        self._section = ""
        self._ranks: dict[str, float] = {}
        self._unranked_ids: set[str] = set()
        self._first_rows: dict[str, str] = {}
        self.previous = {entry.id: entry for entry in shortlist}
        self.entries = dict(self.previous)
        self._unmatched_rows: list[_UnmatchedRow] = []
        self.problems: list[RowProblem] = []

    @property
    def used_ids(self) -> Sequence[str]:
        return tuple(self._first_rows)

    def add(self, row: ShortlistRow) -> None:
        fields = fields_of(row)
        if self._is_section(row, fields):
            return
        section = self._section or row.sheet
        program_id = self._choices.programs.get(row.label) or self._finder.find(fields, self.entries, section)
        entry = self._entry_of(row, program_id, fields, section)
        if entry is None:
            self._unmatched_rows.append(_UnmatchedRow(len(self.problems), row, fields, section))
        else:
            self._update(entry, row, fields)

    def _is_section(self, row: ShortlistRow, fields: Mapping[str, str]) -> bool:
        """Return whether a row only names the specialty of the rows below it, which is remembered, or is a total."""
        filled_cells = [cell for cell in row.cells.values() if cell]
        if len(row.cells) < 2 or len(filled_cells) != 1 or fields.get("id") or fields.get("acgme"):
            return False
        if _TOTAL.match(filled_cells[0]):
            return True
        if not self._finder.is_specialty(filled_cells[0]):
            return False
        self._section = filled_cells[0]
        return True

    def _entry_of(self, row: ShortlistRow, program_id: str, fields: Mapping[str, str], section: str) -> Entry | None:
        """Return the entry that a row changes: that of its program, a new one, a stand-in, or None."""
        if program_id in self.entries:
            return self.entries[program_id]
        if program_id:
            return entry_of(self._catalog, self._catalog.program[ProgramId(program_id)])
        is_kept = self._choices.keeps_unmatched or row.label in self._choices.stand_ins
        if not is_kept or not any(map(fields.get, _NAMING_FIELDS)):
            stand_in = _stand_in(fields, self._finder.meaning(fields, section)) if self._has_stand_ins else None
            return self.entries.get(stand_in.id) if stand_in else None
        stand_in = _stand_in(fields, self._finder.meaning(fields, section))
        return self.entries.get(stand_in.id, stand_in)

    @property
    def _has_stand_ins(self) -> bool:
        return any(map(is_stand_in, self.previous))

    def _update(self, entry: Entry, row: ShortlistRow, fields: Mapping[str, str]) -> None:
        first_label = self._first_rows.setdefault(entry.id, row.label)
        if first_label == row.label:
            updated, messages = update_entry(entry, row, self._personal)
        else:
            blank = Entry(entry.id, entry.name, entry.institution, fingerprint=entry.fingerprint)
            second, messages = update_entry(blank, row, self._personal)
            updated = with_converted_values(join_entries(entry, second), self._personal.columns)
            messages.append(f"the same program as row {first_label}; the notes, tags and dates of both are kept")
        self.entries[entry.id] = updated
        rank, rank_message = rank_of(row)
        if rank is not None:
            self._ranks.setdefault(entry.id, rank)
        elif is_do_not_rank(fields.get("rank", "")):
            self._unranked_ids.add(entry.id)
        messages += filter(None, (rank_message, row.doubt))
        title = entry_title(self._catalog, entry)
        self.problems += [RowProblem(row.number, title, message, label=row.label) for message in messages]

    def report_unmatched_rows(self) -> None:
        """Add the problems of rows without a program, in their places; a list mostly has programs of one specialty."""
        programs = (self._catalog.program.get(ProgramId(program_id)) for program_id in self.used_ids)
        specialties = Counter(program.specialty for program in programs if program)
        usual_id = specialties.most_common(1)[0][0] if specialties else None
        usual = self._catalog.specialty[usual_id].name if usual_id else ""
        for position, row, fields, section in reversed(self._unmatched_rows):
            self.problems.insert(position, self._unmatched(row, fields, section or usual))

    def _unmatched(self, row: ShortlistRow, fields: Mapping[str, str], section: str) -> RowProblem:
        candidates = self._finder.candidates(fields, section)
        nearest = " or ".join(f"{self._catalog.title_of(program)} ({program.id})" for program in candidates[:2])
        names = (fields.get("name") or fields.get("specialty"), fields.get("institution"))
        subject = (", ".join(filter(None, names)) or fields.get("id") or "a row")[:_MAX_SHOWN_NAME]
        message = f"no matching program; the closest: {nearest}" if nearest else "no matching program"
        if not nearest and (lacking := self._finder.lacking_text(fields, section)):
            message = f"no matching program; gmetui has {lacking}"
        message = f"{message} ({row.doubt})" if row.doubt else message
        ids = tuple(program.id for program in candidates)
        return RowProblem(row.number, subject, message, ids, row.label, is_unmatched=True)

    def ordered_entries(self) -> tuple[Entry, ...]:
        """Return the entries in order: ranked ones by rank, in the positions they occupy together, "DNR" last."""
        new_ids = [program_id for program_id in self.entries if program_id not in self.previous]
        new_ids.sort(key=lambda program_id: program_id not in self._ranks)
        ids = [*self.previous, *new_ids]
        by_rank = iter(sorted(filter(self._ranks.__contains__, ids), key=self._ranks.__getitem__))
        ids = [next(by_rank) if program_id in self._ranks else program_id for program_id in ids]
        ids.sort(key=self._unranked_ids.__contains__)
        return tuple(self.entries[program_id] for program_id in ids)


def _stand_in(fields: Mapping[str, str], meaning: RowMeaning) -> Entry:
    """Return an entry for a program that isn't in the data, with an id that the same row gets again."""
    hospital = fields.get("institution") or next(iter(meaning.hospitals), "")
    names = (fields.get("name", ""), meaning.specialty_name, fields.get("specialty", ""))
    name = next((name for name in names if name and name != hospital), "Program")
    institution = f"{hospital} ({meaning.place})" if hospital and meaning.place else hospital or meaning.place
    program_id = fields.get("id", "")
    if not is_slug(program_id) or len(program_id) > _MAX_ID_LENGTH:
        words = [word for word in raw_words(f"{institution} {name}") if word.isascii()]
        slug = "-".join(words)[:_MAX_ID_LENGTH].strip("-") or sha256(f"{institution}\0{name}".encode()).hexdigest()[:16]
        program_id = f"{STAND_IN_PREFIX}{slug}"
    name, institution = (" ".join(text.split())[:_MAX_SHOWN_NAME].rstrip() for text in (name, institution))
    return Entry(program_id, name, institution)
