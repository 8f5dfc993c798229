"""What happened to a file of programs, row by row, in words that a person can act on."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from ..export.formats import guarded
from .column_detection import FIELDS, Column

_SHOWN, _KEPT = 20, 20_000
LEFT_OUT, DOUBT, NOTE = "left out", "doubt", "note"


class Finding(NamedTuple):
    """What has to be said about a row: `kind` is "left out", "doubt" (used, but look at it) or "note"."""

    row: int
    sheet: str
    kind: str
    what: str
    why: str
    program: str = ""
    cells: tuple[str, ...] = ()


class SheetRead(NamedTuple):
    """A sheet, or a file without sheets: its columns, and why it was passed over if it was."""

    name: str
    columns: tuple[Column, ...] = ()
    passed_over: str = ""


@dataclass(slots=True)
class Report:
    """What happened. Numbers count rows or programs; `mended` says what was put right silently, and how often."""

    rows: int = 0
    programs: int = 0
    several_rows: int = 0
    joined: list[str] = field(default_factory=list)
    by_place: list[str] = field(default_factory=list)
    sheets: list[SheetRead] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    mended: Counter[str] = field(default_factory=Counter)
    not_matched: Counter[str] = field(default_factory=Counter)
    institutions: int = 0
    known_institutions: int = 0
    spellings: dict[str, tuple[str, ...]] = field(default_factory=dict)
    added: list[str] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    refreshed: bool = False

    def say(self, finding: Finding) -> None:
        """Note a finding; of very many only the number is kept."""
        self.counts[finding.kind] += 1
        if len(self.findings) < _KEPT:
            self.findings.append(finding)

    @property
    def doubtful(self) -> tuple[Finding, ...]:
        """The rows that somebody should look at."""
        return tuple(own for own in self.findings if own.kind != NOTE)

    def as_json(self) -> dict[str, Any]:
        """Return the report for scripts."""
        columns = [
            {"sheet": sheet.name, "column": own.title, "field": own.field, "why": own.why}
            for sheet in self.sheets
            for own in sheet.columns
        ]
        findings = [{key: value for key, value in own._asdict().items() if key != "cells"} for own in self.findings]
        return {
            "rows": self.rows,
            "programs": self.programs,
            "several_rows": self.several_rows,
            "joined": self.joined,
            "joined_by_institution_and_specialty": self.by_place,
            "left_out": self.counts[LEFT_OUT],
            "in_doubt": self.counts[DOUBT],
            "mended": dict(self.mended),
            "not_matched": dict(self.not_matched),
            "institutions": {"all": self.institutions, "known": self.known_institutions},
            "spellings": {name: list(also) for name, also in self.spellings.items()},
            "refreshed": self.refreshed,
            "added": self.added if self.refreshed else [],
            "gone": self.gone,
            "changed": self.changed,
            "columns": columns,
            "passed_over": [{"sheet": own.name, "why": own.passed_over} for own in self.sheets if own.passed_over],
            "findings": findings,
        }

    def lines(self, *, whole: bool = False, columns: bool = True) -> list[str]:
        """Return the report for people; `whole` names every row, otherwise the first of each kind."""
        found = [f"{self.rows:,} rows read, {self.programs:,} programs"]
        found += self._counted()
        if self.refreshed:
            words = f"{len(self.added):,} new, {len(self.gone):,} gone, {len(self.changed):,} changed"
            found.append(f"against the list as it was: {words}")
            for sign, names in (("+", self.added), ("−", self.gone), ("~", self.changed)):
                found += _some([f"  {sign} {name}" for name in names], whole=whole)
        for place, sheet in enumerate(self.sheets if columns else ()):
            found += _columns(sheet, self.sheets[:place])
        for what, number in self.mended.most_common():
            found.append(f"put right: {what} ({number:,})")
        if self.not_matched:
            found.append("specialties that are not matched, kept as they are written:")
            found += _some([f"  {name} ({n:,})" for name, n in self.not_matched.most_common()], whole=whole)
        for kind, title in ((LEFT_OUT, "left out"), (DOUBT, "in doubt"), (NOTE, "to know")):
            if self.counts[kind]:
                found.append(f"{title}: {self.counts[kind]:,}")
                found += _some([_line(own) for own in self.findings if own.kind == kind], whole=whole)
        return found

    def _counted(self) -> list[str]:
        found = []
        if self.joined:
            found.append(f"{len(self.joined):,} of them are known already; what the list adds stands with them")
        if self.by_place:
            words = "known by institution and specialty alone, since no page gives their id"
            found.append(f"{len(self.by_place):,} of these are {words}")
        if self.several_rows:
            found.append(f"{self.several_rows:,} rows belong to a program that has a row already")
        also = f", {self.known_institutions:,} of them known already" if self.known_institutions else ""
        found.append(f"{self.institutions:,} institutions{also}")
        if self.spellings:
            found.append(f"{len(self.spellings):,} institutions are written in more than one way, and are one each")
        return found


def _some(lines: list[str], *, whole: bool) -> list[str]:
    if whole or len(lines) <= _SHOWN:
        return lines
    return [*lines[:_SHOWN], f"  … and {len(lines) - _SHOWN:,} more"]


def _columns(sheet: SheetRead, before: Sequence[SheetRead]) -> list[str]:
    name = f"sheet {sheet.name}: " if sheet.name else ""
    if sheet.passed_over:
        return [f"{name}passed over: {sheet.passed_over}"]
    what = [(own.title, own.field) for own in sheet.columns]
    same = next((own.name for own in before if [(c.title, c.field) for c in own.columns] == what), None)
    if same is not None:
        return [f"{name}columns as in {same}"]
    words = (f"  {own.title} → {FIELDS[own.field]}" for own in sheet.columns if own.examples or own.why)
    return [f"{name}columns", *words]


def _line(own: Finding) -> str:
    sheet = f"{own.sheet}, " if own.sheet else ""
    return f"  {sheet}row {own.row:,}: {own.what}: {own.why}"


def doubts_csv(report: Report, name: str) -> str:
    """Return the doubtful rows as CSV, to be corrected and imported again into the import `name`.

    A row is written once, with everything that was said of it.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    titles: list[str] = []
    for sheet in report.sheets:
        titles += [own.title for own in sheet.columns if own.title not in titles and not own.title.startswith("gmetui")]
    writer.writerow(["gmetui import", "gmetui program", "gmetui row", "gmetui says", *titles])
    rows: dict[tuple[str, int], list[Finding]] = {}
    for finding in report.doubtful:
        rows.setdefault((finding.sheet, finding.row), []).append(finding)
    by_sheet = {sheet.name: [own.title for own in sheet.columns] for sheet in report.sheets}
    for (sheet_name, row), findings in rows.items():
        cells = dict(zip(by_sheet.get(sheet_name, ()), findings[0].cells, strict=False))
        said = "; ".join(dict.fromkeys(own.why for own in findings))
        made = next((own.program for own in findings if own.program), "")
        written = (cells.get(title, "") for title in titles)
        writer.writerow([guarded(cell) for cell in (name, made, str(row), said, *written)])
    return out.getvalue()
