"""What happened to the rows of a program list, as text, JSON, and a CSV of the rows to correct."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from ..export.csv import SpreadsheetWriter
from ..text import plural
from .column_detection import FIELD_LABELS, DetectedColumn

_SHOWN_LINES, _MAX_FINDINGS = 20, 20_000
#: Kinds of findings: the row is left out; it is used but may be wrong; something worth knowing.
LEFT_OUT, DOUBT, NOTE = "left out", "doubt", "note"
_KIND_TITLES = ((LEFT_OUT, "left out"), (DOUBT, "in doubt"), (NOTE, "notes"))
_CORRECTION_HEADINGS = ("gmetui import", "gmetui program", "gmetui row", "gmetui says")


class Finding(NamedTuple):
    """A message about a row; `program_id` and the raw `cells` let the user correct a doubtful row."""

    row: int
    sheet: str
    kind: str
    subject: str
    message: str
    program_id: str = ""
    cells: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """Return the finding as JSON output has it."""
        return {
            "row": self.row,
            "sheet": self.sheet,
            "kind": self.kind,
            "what": self.subject,
            "why": self.message,
            "program": self.program_id,
        }


class SheetSummary(NamedTuple):
    """A sheet, or a file without sheets: its columns, and why it was skipped, if it was."""

    name: str
    columns: tuple[DetectedColumn, ...] = ()
    rejection: str = ""


@dataclass(slots=True)
class ImportReport:
    """What happened to the rows of a file. Each row is a program, part of one (`continuation_rows`), a heading or
    remark (`section_rows`), or left out with a reason.

    `merged` are ids of programs that the catalog has already; `merged_without_id` describes those identified by
    institution and specialty alone. `corrections` counts what was corrected silently. `added`, `removed` and `changed`
    compare with the previous version of the list when it is `refreshed`.
    """

    rows: int = 0
    programs: int = 0
    continuation_rows: int = 0
    section_rows: int = 0
    merged: list[str] = field(default_factory=list)
    merged_without_id: list[str] = field(default_factory=list)
    sheets: list[SheetSummary] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    corrections: Counter[str] = field(default_factory=Counter)
    unmatched_specialties: Counter[str] = field(default_factory=Counter)
    institutions: int = 0
    existing_institutions: int = 0
    name_variants: dict[str, tuple[str, ...]] = field(default_factory=dict)
    added: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    refreshed: bool = False

    def add(self, finding: Finding) -> None:
        """Add a finding; beyond 20,000 they are only counted."""
        self.counts[finding.kind] += 1
        if len(self.findings) < _MAX_FINDINGS:
            self.findings.append(finding)

    @property
    def doubtful_rows(self) -> tuple[Finding, ...]:
        """The findings of rows that are left out or in doubt."""
        return tuple(finding for finding in self.findings if finding.kind != NOTE)

    def as_json(self) -> dict[str, Any]:
        """Return the report as JSON output has it."""
        columns = [
            {"sheet": sheet.name, "column": column.title, "field": column.field, "why": column.reason}
            for sheet in self.sheets
            for column in sheet.columns
        ]
        return {
            "rows": self.rows,
            "programs": self.programs,
            "several_rows": self.continuation_rows,
            "headings": self.section_rows,
            "joined": self.merged,
            "joined_by_institution_and_specialty": self.merged_without_id,
            "left_out": self.counts[LEFT_OUT],
            "in_doubt": self.counts[DOUBT],
            "mended": dict(self.corrections),
            "not_matched": dict(self.unmatched_specialties),
            "institutions": {"all": self.institutions, "known": self.existing_institutions},
            "spellings": {name: list(variants) for name, variants in self.name_variants.items()},
            "refreshed": self.refreshed,
            "added": self.added if self.refreshed else [],
            "gone": self.removed,
            "changed": self.changed,
            "columns": columns,
            "passed_over": [{"sheet": sheet.name, "why": sheet.rejection} for sheet in self.sheets if sheet.rejection],
            "findings": [finding.as_json() for finding in self.findings],
        }

    def text_lines(self, *, full: bool = False, with_columns: bool = True) -> list[str]:
        """Return the report as text; `full` lists every row instead of the first twenty of each kind."""
        lines = [f"{plural(self.rows, 'row')} read, {plural(self.programs, 'program')}"]
        lines += self._count_lines()
        if self.refreshed:
            counts = f"{len(self.added):,} new, {len(self.removed):,} removed, {len(self.changed):,} changed"
            lines.append(f"compared with the previous version: {counts}")
            for sign, names in (("+", self.added), ("−", self.removed), ("~", self.changed)):
                lines += _limit([f"  {sign} {name}" for name in names], full=full)
        for index, sheet in enumerate(self.sheets if with_columns else ()):
            lines += _column_lines(sheet, self.sheets[:index])
        lines += [f"corrected: {correction} ({count:,})" for correction, count in self.corrections.most_common()]
        if self.unmatched_specialties:
            lines.append("specialties that gmetui doesn't know, kept as written:")
            unmatched = self.unmatched_specialties.most_common()
            lines += _limit([f"  {name} ({count:,})" for name, count in unmatched], full=full)
        for kind, title in _KIND_TITLES:
            if self.counts[kind]:
                lines.append(f"{title}: {self.counts[kind]:,}")
                lines += _limit(
                    [_finding_line(finding) for finding in self.findings if finding.kind == kind], full=full
                )
        return lines

    def _count_lines(self) -> Iterator[str]:
        if self.merged:
            yield f"{plural(len(self.merged), 'program')} already in gmetui; the list adds what is not stated there"
        if self.merged_without_id:
            how = "identified by institution and specialty alone, since no source gives an id"
            yield f"{len(self.merged_without_id):,} of them {how}"
        if self.continuation_rows:
            yield f"{plural(self.continuation_rows, 'row')} added to the program of an earlier row"
        if self.section_rows:
            yield f"{plural(self.section_rows, 'row')} empty, a heading, or a remark between the programs"
        existing = f", {self.existing_institutions:,} already in gmetui" if self.existing_institutions else ""
        yield f"{plural(self.institutions, 'institution')}{existing}"
        if self.name_variants:
            yield f"{plural(len(self.name_variants), 'institution')} spelled in several ways, each treated as one"


def _limit(lines: list[str], *, full: bool) -> list[str]:
    if full or len(lines) <= _SHOWN_LINES:
        return lines
    return [*lines[:_SHOWN_LINES], f"  … and {len(lines) - _SHOWN_LINES:,} more"]


def _column_lines(sheet: SheetSummary, earlier_sheets: Sequence[SheetSummary]) -> list[str]:
    prefix = f"sheet {sheet.name}: " if sheet.name else ""
    if sheet.rejection:
        return [f"{prefix}skipped: {sheet.rejection}"]
    same_sheet = next((earlier.name for earlier in earlier_sheets if _fields(earlier) == _fields(sheet)), None)
    if same_sheet is not None:
        return [f"{prefix}same columns as {same_sheet}"]
    used_columns = (column for column in sheet.columns if column.examples or column.reason)
    return [f"{prefix}columns", *(f"  {column.title} → {FIELD_LABELS[column.field]}" for column in used_columns)]


def _fields(sheet: SheetSummary) -> list[tuple[str, str]]:
    return [(column.title, column.field) for column in sheet.columns]


def _finding_line(finding: Finding) -> str:
    sheet = f"{finding.sheet}, " if finding.sheet else ""
    return f"  {sheet}row {finding.row:,}: {finding.subject}: {finding.message}"


def doubtful_rows_csv(report: ImportReport, import_name: str) -> str:
    """Return the doubtful rows as CSV, to be corrected and imported into the list `import_name`.

    Each row is written once, with all messages about it.
    """
    writer = SpreadsheetWriter()
    titles: list[str] = []
    for sheet in report.sheets:
        new_titles = (column.title for column in sheet.columns if column.title not in titles)
        titles += [title for title in new_titles if not title.startswith("gmetui")]
    writer.add_row([*_CORRECTION_HEADINGS, *titles])
    rows: dict[tuple[str, int], list[Finding]] = {}
    for finding in report.doubtful_rows:
        rows.setdefault((finding.sheet, finding.row), []).append(finding)
    titles_by_sheet = {sheet.name: [column.title for column in sheet.columns] for sheet in report.sheets}
    for (sheet_name, row), findings in rows.items():
        cells = dict(zip(titles_by_sheet.get(sheet_name, ()), findings[0].cells, strict=False))
        messages = "; ".join(dict.fromkeys(finding.message for finding in findings))
        program_id = next((finding.program_id for finding in findings if finding.program_id), "")
        raw_cells = (cells.get(title, "") for title in titles)
        writer.add_row([import_name, program_id, str(row), messages, *raw_cells])
    return writer.text()
