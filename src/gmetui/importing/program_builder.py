"""Build programs from parsed rows: one for each id, with the facts of all its rows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256

from ..catalog.catalog import Catalog
from ..catalog.items import Track
from ..catalog.models import Program
from ..errors import NoProgramsError
from ..search.normalize import fold_key, raw_words
from ..text import plural
from .cell_values import foreign_country
from .identifiers import institution_digits, position_letter, track_letter, track_name
from .institution_matcher import InstitutionKey, InstitutionMatcher, ResolvedInstitution, normalized_name
from .institution_names import without_program_words
from .program_draft import ProgramDraft, ProgramFacts, TrackItem
from .program_status import status_about
from .readers.sheet_notes import SheetNotes
from .report import DOUBT, LEFT_OUT, NOTE, Finding, ImportReport, SheetSummary
from .row_facts import add_row_facts, row_source
from .row_parser import ParsedRow, RowParser
from .sheets import MAX_FIELD_LENGTH, ProgramSheet, SheetRow
from .specialty_matcher import SpecialtyMatcher

INSTITUTION_NOT_STATED = "Institution not stated"
_PROGRESS_INTERVAL = 2_000  # rows


@dataclass(slots=True)
class ProgramSet:
    """The programs of a list by id, its institutions, its own specialties (id -> name, kind), and the report.

    When the list corrects doubtful rows of an earlier import, `corrected_import` is its name and `corrected_programs`
    are the ids that its rows replace.
    """

    programs: dict[str, ProgramDraft] = field(default_factory=dict)
    institutions: Mapping[InstitutionKey, ResolvedInstitution] = field(default_factory=dict)
    unlisted_specialties: dict[str, tuple[str, str]] = field(default_factory=dict)
    report: ImportReport = field(default_factory=ImportReport)
    corrected_programs: set[str] = field(default_factory=set)
    corrected_import: str = ""


class ExistingPrograms:
    """The programs of the catalog by ACGME id and by match code."""

    def __init__(self, catalog: Catalog) -> None:
        self._by_acgme_id = {program.acgme_id: program for program in catalog.programs if program.acgme_id}
        self._by_match_code = {
            code.code: program for program in catalog.programs for code in program.nrmp_codes if code.code
        }

    def find(self, acgme_ids: Sequence[str], match_codes: Sequence[str]) -> Program | None:
        """Return the program with one of the ids, or, without ids, with one of the codes."""
        programs = map(self._by_acgme_id.get, acgme_ids) if acgme_ids else map(self._by_match_code.get, match_codes)
        return next((program for program in programs if program is not None), None)


def build_programs(
    catalog: Catalog,
    acgme_states: Mapping[str, str],
    sheets: Iterable[ProgramSheet],
    matcher: SpecialtyMatcher,
    report_progress: Callable[[int], None] = lambda rows: None,
) -> ProgramSet:
    """Return the programs of all sheets.

    `report_progress` receives the number of rows read so far, and may raise to stop. Raises `NoProgramsError` when no
    row is a program.
    """
    builder = _ProgramBuilder(catalog, acgme_states, matcher, report_progress)
    for sheet in sheets:
        builder.add_sheet(sheet)
    return builder.finish()


class _ProgramBuilder:
    """Adds rows to programs."""

    def __init__(
        self,
        catalog: Catalog,
        acgme_states: Mapping[str, str],
        matcher: SpecialtyMatcher,
        report_progress: Callable[[int], None],
    ) -> None:
        self._existing = ExistingPrograms(catalog)
        self._report_progress = report_progress
        self._institutions = InstitutionMatcher(catalog)
        self._program_set = ProgramSet()
        self._report = self._program_set.report
        self._parser = RowParser(matcher, acgme_states, self._report)
        self._sheet_name = ""

    def add_sheet(self, sheet: ProgramSheet) -> None:
        """Add the rows of a sheet."""
        self._report.sheets.append(SheetSummary(sheet.name, sheet.columns, sheet.rejection))
        self._sheet_name = sheet.name
        self._parser.start_sheet(sheet.name, sheet.columns)
        for row in sheet.rows:
            self._report.rows += 1
            if self._report.rows % _PROGRESS_INTERVAL == 0:
                self._report_progress(self._report.rows)
            self._add_row(row if sheet.notes is None else self._with_notes(row, sheet, sheet.notes))
        for message in sheet.notes.messages if sheet.notes else ():
            self._report.add(Finding(0, sheet.name, NOTE, "the sheet", message))

    def _with_notes(self, row: SheetRow, sheet: ProgramSheet, notes: SheetNotes) -> SheetRow:
        """Report a doubt of the reader, and return a row with the web address behind one of its cells."""
        if doubt := notes.doubts.pop(row.number, ""):
            self._parser.report(row, DOUBT, doubt)
        links = notes.links.pop(row.number, ())
        fields = [column.field for column in sheet.columns]
        urls = (link.url for link in links if link.column < len(fields) and fields[link.column] != "person")
        url = next(urls, "")
        return row._replace(fields={**row.fields, "url": url}) if url and "url" not in row.fields else row

    def finish(self) -> ProgramSet:
        """Return the programs, now that all institutions are known."""
        program_set, report = self._program_set, self._report
        if not program_set.programs:
            rejection = next((sheet.rejection for sheet in report.sheets if sheet.rejection), "")
            first_finding = next((f"row {finding.row}: {finding.message}" for finding in report.findings), "")
            raise NoProgramsError(rejection or first_finding or "it has no rows")
        program_set.institutions = self._institutions.resolve()
        institutions = {institution.id: institution for institution in program_set.institutions.values()}.values()
        for draft in program_set.programs.values():
            draft.complete_tracks()
        report.programs = len(program_set.programs)
        report.institutions = len(institutions)
        report.existing_institutions = sum(institution.is_known for institution in institutions)
        report.name_variants = {
            institution.name: institution.also_called for institution in institutions if institution.also_called
        }
        return program_set

    def _add_row(self, row: SheetRow) -> None:
        fields = row.fields
        for title in row.cut_titles:
            message = f"the cell in “{title}” has more than {MAX_FIELD_LENGTH:,} characters; the rest is ignored"
            self._parser.report(row, DOUBT, message)
        if self._parser.is_section(row):
            self._report.section_rows += 1
            return
        if row.excess_cells:
            message = (
                f"it has {plural(row.excess_cells, 'cell')} more than the headings; a comma may have moved its cells"
            )
            self._parser.report(row, DOUBT, message)
        if country := foreign_country(fields.get("country", ""), fields.get("state", "")):
            self._parser.report(
                row, LEFT_OUT, f"it is in {country}; gmetui's reference and rules are for the United States"
            )
            return
        if "import" in fields:
            self._program_set.corrected_import = fields["import"]
        if fields.get("made"):
            self._program_set.corrected_programs.add(fields["made"])
        if status := status_about(fields.get("status", ""), "ended"):
            self._parser.report(row, LEFT_OUT, f"its status is “{status}”")
            return
        if status := status_about(fields.get("status", ""), "unsure"):
            self._parser.report(row, DOUBT, f"its status is “{status}”: the program may not exist any more")
        parsed = self._parser.parse(row)
        existing = self._existing.find(parsed.acgme_ids, parsed.match_codes)
        if not parsed.institution and not parsed.name:
            if existing is None and parsed.specialty is None:
                self._parser.report(row, LEFT_OUT, "it names neither a program nor an institution")
                return
            parsed = parsed._replace(name=existing.name if existing else "")
        has_specialty = parsed.specialty is not None or parsed.specialty_as_named
        if not has_specialty and not parsed.acgme_ids and not parsed.match_codes:
            self._parser.report(row, LEFT_OUT, "it has no id and no specialty")
            return
        self._add_program(row, parsed, existing)

    def _add_program(self, row: SheetRow, parsed: ParsedRow, existing: Program | None) -> None:
        """Add the program of a row, or merge the row into its program."""
        institution_name = parsed.institution or self._unstated_institution(parsed)
        institution = self._institutions.add(institution_name, parsed.city, parsed.state)
        facts = self._build_facts(row, parsed, institution)
        draft = ProgramDraft(
            row.number, self._sheet_name, institution, facts, parsed.city, parsed.state, source=row_source(row)
        )
        program_id = self._program_id(parsed, draft)
        earlier = self._program_set.programs.get(program_id)
        if earlier is not None:
            self._report.continuation_rows += 1
            for message in earlier.merge(draft):
                self._parser.report(row, DOUBT, message)
            return
        self._program_set.programs[program_id] = draft
        if existing is not None:
            self._institutions.note_known_home(institution, existing.institution)

    def _unstated_institution(self, parsed: ParsedRow) -> str:
        """Return what stands for an institution that the row does not name: one for each number in match codes."""
        if parsed.match_codes:
            return f"{INSTITUTION_NOT_STATED} (match code {institution_digits(parsed.match_codes[0])})"
        return INSTITUTION_NOT_STATED

    def _build_facts(self, row: SheetRow, parsed: ParsedRow, institution: InstitutionKey) -> ProgramFacts:
        kind, specialty_id = self._kind_and_specialty(row, parsed)
        unnamed = parsed.specialty.name if parsed.specialty else parsed.institution
        facts = ProgramFacts(parsed.name or unnamed, kind, specialty_id)
        if parsed.specialty is not None:
            is_named_after_institution = normalized_name(without_program_words(parsed.name)) == institution.name
            if not parsed.name or is_named_after_institution:
                # Lists may give hundreds of programs the name of their institution, which tells none apart.
                facts.other_names = (parsed.name,) if parsed.name else ()
                facts.name = parsed.specialty.name
            facts.specialty_as_named = parsed.specialty_as_named
        facts.acgme_id = parsed.acgme_ids[0] if parsed.acgme_ids else ""
        facts.disagreements = [{"text": text, "about": key} for key, text in parsed.contradictions.items()]
        add_row_facts(facts, row, lambda message: self._parser.report(row, NOTE, message))
        _add_tracks(facts, row, parsed.match_codes)
        return facts

    def _program_id(self, parsed: ParsedRow, draft: ProgramDraft) -> str:
        """Return an id that stays the same when the list is imported again."""
        if parsed.acgme_ids:
            return f"acgme-{parsed.acgme_ids[0]}"
        for code in parsed.match_codes[:1]:
            program_id = f"nrmp-{code.casefold()}"
            earlier = self._program_set.programs.get(program_id)
            if earlier is None or earlier.institution == draft.institution:
                return program_id
        home = draft.institution
        identity = (fold_key(draft.facts.name), home.name, home.state, draft.city, draft.facts.specialty)
        return f"list-{sha256(' '.join(identity).encode()).hexdigest()[:12]}"

    def _kind_and_specialty(self, row: SheetRow, parsed: ParsedRow) -> tuple[str, str]:
        """Return kind and id of a known specialty, or of one that is added for this list."""
        stated_kind, specialty = row.fields.get("kind", "").casefold(), parsed.specialty
        if specialty is not None:
            is_fellowship = "fellow" in stated_kind and specialty.kind == "residency"
            is_residency = stated_kind.startswith("residen") and specialty.kind == "fellowship"
            if is_fellowship or is_residency:
                message = f"the row says “{row.fields['kind']}”, but {specialty.name} is a {specialty.kind}"
                self._parser.report(row, DOUBT, message)
            return specialty.kind, specialty.id
        text = f"{stated_kind} {parsed.specialty_as_named} {row.fields.get('name', '')}".casefold()
        kind = "fellowship" if "fellow" in text else "residency" if "residen" in text else "other"
        name = parsed.specialty_as_named or "Specialty not stated"
        slug = "-".join(raw_words(name))[:50].encode("ascii", "ignore").decode().strip("-") or "unnamed"
        self._program_set.unlisted_specialties.setdefault(f"list-{slug}", (name, kind))
        return kind, f"list-{slug}"


def _add_tracks(facts: ProgramFacts, row: SheetRow, match_codes: Sequence[str]) -> None:
    """Add the tracks of a row and its match codes, each with its track."""
    stated = (track_letter(row.fields.get("acgme", "")), row.fields.get("track", ""))
    tracks = [track_name(track) for track in stated if track]
    if match_codes:
        by_code = [track_name(position_letter(code)) for code in match_codes]
        code_tracks = tracks[-1:] if len(match_codes) == 1 and tracks else by_code
        has_tracks = bool(tracks)
        tracks += [track for track in code_tracks if len(match_codes) > 1 or track != "Categorical" or has_tracks]
        if tracks:
            facts.nrmp_codes = [
                {"text": code, "track": track} for code, track in zip(match_codes, code_tracks, strict=False)
            ]
        else:
            facts.nrmp_codes = list(match_codes)
    positions = facts.positions_per_year if len(tracks) == 1 else None
    facts.tracks = [_track_item(track, positions) for track in dict.fromkeys(tracks)]


def _track_item(text: str, positions: int | None) -> str | TrackItem:
    """Return a track as data files have it: its text alone, or a table when there is more to say."""
    item: TrackItem = {"text": text}
    if Track(text).name != text:
        item["called"] = text  # the text is the name, even where it contains a comma or a bracket
    if positions:
        item["positions_per_year"] = positions
    return item if len(item) > 1 else text
