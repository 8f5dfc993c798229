"""Parse a row into the identity of its program: ids, names, specialty, city and state."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from ..catalog.models import Specialty
from ..catalog.us_states import STATES
from .cell_values import parse_city, parse_city_state, parse_program_name, parse_state, parse_state_and_city
from .column_detection import INSTITUTION_WORD, DetectedColumn
from .identifiers import find_acgme_ids, find_match_codes, has_lost_digits, specialty_digits
from .institution_names import InstitutionNameFinder, without_program_words
from .report import DOUBT, NOTE, Finding, ImportReport
from .sheets import SheetRow
from .specialty_choice import SpecialtyEvidence, choose_specialty
from .specialty_matcher import SpecialtyMatch, SpecialtyMatcher

_DIGIT = re.compile(r"\d")
_BRACKETED_ID = re.compile(r"^\[\d{10}\] ?| ?[\[(]\d{10}[\])]")
_MAX_SHOWN = 40
_MAX_SUBJECT = 120


class ParsedRow(NamedTuple):
    """The identity of a row's program, "" for what the row does not state.

    `contradictions` describe, by field, what its codes say otherwise.
    """

    acgme_ids: Sequence[str]
    match_codes: Sequence[str]
    name: str
    institution: str
    specialty: Specialty | None
    specialty_as_named: str
    city: str
    state: str
    contradictions: Mapping[str, str]


class RowParser:
    """Parses the rows of one sheet after the other, and reports what is doubtful about them."""

    def __init__(self, matcher: SpecialtyMatcher, acgme_states: Mapping[str, str], report: ImportReport) -> None:
        self._matcher = matcher
        self._acgme_states = acgme_states
        self._import_report = report
        self._sheet_name = ""
        self._section_specialty: Specialty | None = None
        self._section_state = ""
        self._contradictions: dict[str, str] = {}
        self._institution_in_name = InstitutionNameFinder(matcher).find
        self._previous: ParsedRow | None = None
        self._states_institution = False

    def start_sheet(self, sheet_name: str, columns: Sequence[DetectedColumn] = ()) -> None:
        """Continue with another sheet, whose name may be a specialty or a state."""
        self._sheet_name = sheet_name
        self._previous = None
        self._states_institution = any(column.field == "institution" for column in columns)
        self._section_specialty = self._matcher.match(sheet_name).unique if sheet_name else None
        is_word = len(sheet_name) == 2 and not sheet_name.isupper()  # "in", "me", "or"
        self._section_state = "" if is_word else parse_state(sheet_name)

    def parse(self, row: SheetRow) -> ParsedRow:
        """Return the identity of a row's program."""
        self._contradictions = {}
        acgme_ids, match_codes = self._parse_ids(row)
        name, institution = self._parse_names(row.fields)
        specialty, as_named = self._parse_specialty(row, name, acgme_ids, match_codes)
        city, state = self._parse_location(row, acgme_ids)
        parsed = ParsedRow(
            acgme_ids, match_codes, name, institution, specialty, as_named, city, state, self._contradictions
        )
        if not row.fields.get("institution") and self._states_institution:
            parsed = self._fill_down(row, parsed)
        self._previous = parsed if parsed.institution else self._previous
        return parsed

    def _fill_down(self, row: SheetRow, parsed: ParsedRow) -> ParsedRow:
        """Return a row whose institution is written once, in an earlier row, with that institution and its place.

        A name that has an institution of its own keeps it. A row in another place than the earlier one is left alone.
        """
        earlier = self._previous
        if earlier is None or (parsed.institution and INSTITUTION_WORD.search(parsed.institution)):
            return parsed
        has_place = bool(parsed.city or parsed.state)
        if has_place and (parsed.city or earlier.city, parsed.state or earlier.state) != (earlier.city, earlier.state):
            return parsed
        if has_place:
            self.report(row, DOUBT, f"no institution; it may be {earlier.institution}, as in the row above")
        else:
            self._import_report.corrections["institutions taken from the row above"] += 1
        return parsed._replace(institution=earlier.institution, city=earlier.city, state=earlier.state)

    def is_section(self, row: SheetRow) -> bool:
        """Return whether a row is not a program but empty, a remark, or the specialty or state of the rows below it."""
        filled_cells = [cell for cell in _cells(row) if cell]
        if len(filled_cells) != 1 or find_acgme_ids(filled_cells[0]) or find_match_codes(filled_cells[0]):
            return not filled_cells
        cell = filled_cells[0]
        specialty = self._matcher.match(cell).unique
        if parse_state(cell) and len(cell) > 2:
            self._section_state = parse_state(cell)
        elif specialty is not None:
            self._section_specialty = specialty
        elif "name" not in row.fields and "institution" not in row.fields:
            self.report(row, NOTE, "not a program")
        else:
            return False
        return True

    def _parse_names(self, fields: Mapping[str, str]) -> tuple[str, str]:
        """Return the names of program and institution; without an institution, that in the program's name."""
        institution = parse_program_name(fields.get("institution", ""))
        name = _BRACKETED_ID.sub("", parse_program_name(fields.get("name", "")))
        if not institution and name:
            institution = self._institution_in_name(name)
        return name, without_program_words(institution) or institution

    def _parse_ids(self, row: SheetRow) -> tuple[list[str], list[str]]:
        """Return the ACGME id, if any, and the match codes of a row, whichever columns they are in."""
        cell = row.fields.get("acgme", "")
        acgme_ids = find_acgme_ids(cell) or find_acgme_ids(row.fields.get("nrmp", ""))
        match_codes = find_match_codes(f"{cell} {row.fields.get('nrmp', '')}")
        if not acgme_ids and not match_codes:
            acgme_ids = self._find_id_elsewhere(row)
        if has_lost_digits(cell):
            self.report(row, DOUBT, f"“{cell[:_MAX_SHOWN]}” has lost digits of its id; format the column as text")
        elif cell and not acgme_ids and not match_codes:
            self.report(row, DOUBT, f"“{cell[:_MAX_SHOWN]}” is not an ACGME id (ten digits)")
        elif cell and not acgme_ids:
            self._import_report.corrections["match codes in the column of ACGME ids"] += 1
        plausible_ids = [acgme_id for acgme_id in acgme_ids if self._is_plausible(acgme_id)]
        for acgme_id in acgme_ids:
            if acgme_id not in plausible_ids:
                self.report(row, DOUBT, f"the digits of {acgme_id} match no specialty or no state")
        if plausible_ids and any(len(re.sub(r"\D", "", part)) == 9 for part in cell.split()):
            self._import_report.corrections["ids without their leading zero"] += 1
        if len(plausible_ids) > 1:
            self.report(row, DOUBT, f"several ids; using {plausible_ids[0]}")
        return (plausible_ids or acgme_ids)[:1], match_codes

    def _find_id_elsewhere(self, row: SheetRow) -> list[str]:
        """Return the id in brackets in a name, or in a web address."""
        for cell in _cells(row):
            candidates = [
                acgme_id for acgme_id in find_acgme_ids(cell) if self._is_plausible(acgme_id) and acgme_id in cell
            ]
            if len(candidates) == 1:
                self._import_report.corrections["ids in the cells of other columns"] += 1
                return candidates
        return []

    def _is_plausible(self, acgme_id: str) -> bool:
        return self._matcher.by_code(acgme_id[:3]) is not None and acgme_id[3:5] in self._acgme_states

    def _parse_specialty(
        self, row: SheetRow, name: str, acgme_ids: Sequence[str], match_codes: Sequence[str]
    ) -> tuple[Specialty | None, str]:
        """Return the specialty of a row, and its name in the row where that is different."""
        text = row.fields.get("specialty", "").replace("\n", ", ")
        by_id = self._matcher.by_code(acgme_ids[0][:3]) if acgme_ids else None
        evidence = SpecialtyEvidence(
            text,
            stated=self._matcher.match(text) if text else SpecialtyMatch(),
            by_id=by_id or self._by_specialty_code(row.fields.get("specialty_code", "").removesuffix(".0")),
            by_match_code=self._matcher.by_code(specialty_digits(match_codes[0])) if match_codes else None,
            section=self._section_specialty,
            in_name=self._match_name(name) if not text else SpecialtyMatch(),
        )
        choice = choose_specialty(evidence)
        if choice.contradiction and choice.specialty is not None:
            self._report_contradiction(row, "specialty", choice.contradiction, choice.specialty.name, choice.code_name)
        if choice.note:
            self.report(row, NOTE, choice.note)
        if choice.doubt:
            self._import_report.unmatched_specialties[text] += 1
            self.report(row, DOUBT, choice.doubt)
        return choice.specialty, choice.as_named

    def _match_name(self, name: str) -> SpecialtyMatch:
        """Return the specialty that a program's name is, or else the one that it contains."""
        return self._matcher.match(name) if self._matcher.match(name).specialties else self._matcher.find_in(name)

    def _by_specialty_code(self, code: str) -> Specialty | None:
        return self._matcher.by_code(code.zfill(3)) if code.isdecimal() and len(code) <= 3 else None

    def _report_contradiction(
        self, row: SheetRow, field: str, stated: str, by_code: str, code_name: str = "ACGME id"
    ) -> None:
        self._contradictions[field] = f"The {code_name} is for {by_code}; the list says {stated}"
        self.report(row, DOUBT, f"its {code_name} is for {by_code}, but the row says {stated}")

    def _parse_location(self, row: SheetRow, acgme_ids: Sequence[str]) -> tuple[str, str]:
        """Return city and state of a row; the state follows from the id where no cell gives it."""
        fields = row.fields
        city = fields.get("city", "")
        state, city_in_state = parse_state_and_city(fields.get("state", ""))
        city = city or city_in_state
        if fields.get("state") and not state:
            self.report(row, DOUBT, f"unknown state “{fields['state'][:_MAX_SHOWN]}”")
        for cell in (city, fields.get("place", ""), fields.get("address", "")):
            is_needed = cell and not (city and state and cell != city)
            if is_needed and (cell != fields.get("address") or _DIGIT.search(cell)):
                parsed_city, parsed_state = parse_city_state(cell.replace("\n", ", "))
                city = parsed_city or city
                state = state or parsed_state
        location = fields.get("place", "")
        if not city and location and "," not in location and not parse_state(location):
            city = location
        state = state or self._section_state
        state_by_id = self._acgme_states.get(acgme_ids[0][3:5], "") if acgme_ids else ""
        if state and state_by_id and state != state_by_id:
            self._report_contradiction(row, "state", STATES.get(state, state), STATES.get(state_by_id, state_by_id))
        elif not state and state_by_id:
            self._import_report.corrections["states taken from the id"] += 1
        return parse_city(city), state or state_by_id

    def report(self, row: SheetRow, kind: str, message: str) -> None:
        """Add a finding about a row."""
        fields = row.fields
        subject = fields.get("name") or fields.get("institution") or fields.get("acgme") or "a row"
        acgme_ids = find_acgme_ids(fields.get("acgme", ""))
        program_id = f"acgme-{acgme_ids[0]}" if acgme_ids and kind == DOUBT else ""
        cells = tuple(row.cells) if kind != NOTE else ()
        self._import_report.add(
            Finding(row.number, self._sheet_name, kind, subject[:_MAX_SUBJECT], message, program_id, cells)
        )


def _cells(row: SheetRow) -> Iterator[str]:
    yield from row.fields.values()
    yield from (cell for _, cell in row.extras)
