"""Programs side by side, to answer "which one?": the facts that decide, what is equal, and warnings about years."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from ..catalog.catalog import Catalog
from ..catalog.models import Program
from ..lean_typing import NamedTuple
from .deciding_facts import (
    DecidingFact,
    ProgramInput,
    Summarizer,
    afterwards,
    deadline,
    deadline_year,
    length,
    page_years,
    positions,
    program_input,
    required,
    service,
    sites,
    stated_fact,
    summary_words,
    tracks,
    visas,
)
from .document import FactRow
from .salary_comparison import SALARY_KEY, SalaryScale, salary_rows, salary_scales

_LabeledSummarizer = tuple[str, str, Summarizer]  # key, label
_BASICS: tuple[_LabeledSummarizer, ...] = (
    ("kind", "Kind", stated_fact("kind")),
    ("specialty", "Specialty", stated_fact("specialty")),
    ("application_service", "Apply through", service),
    ("match", "Match", stated_fact("match")),
    ("length_years", "Length", length),
    ("positions_per_year", "Positions a year", positions),
    ("visa", "Visas", visas),
    ("deadlines", "Deadline", deadline),
    ("start", "Start", stated_fact("start")),
)
_REQUIREMENTS: tuple[_LabeledSummarizer, ...] = (
    ("letters", "Letters", required("letters")),
    ("exams", "Exams", required("exams")),
    ("graduation", "Graduated within", required("graduation")),
    ("experience", "Experience", required("experience")),
    ("ecfmg", "ECFMG", required("ecfmg")),
)
_TRAINING: tuple[_LabeledSummarizer, ...] = (
    ("tracks", "Tracks", tracks),
    ("sites", "Sites", sites),
    ("afterwards", "Then stay for", afterwards),
)
#: Rows whose summaries count or list something; equal counts do not make the programs equal.
_ROWS_OF_COUNTS = frozenset(("afterwards", "tracks", "sites", "positions_per_year", "letters", "exams", "experience"))
#: Labels that make no sense without the value beside them.
_UNPUBLISHED_LABELS = {
    f"{SALARY_KEY}_year": "Salary",
    "graduation": "Time since graduation",
    "afterwards": "Fellowships to stay for",
}
_DIFFERENT_YEARS = "Different years: do not read the gaps as differences in pay."
_DIFFERENT_CYCLES = "Different cycles: compare the days, not the years."
_PAST_CYCLE = "A year in parentheses is a past cycle; ask for this year's day."


class DecidingRow(NamedTuple):
    """One fact of every compared program. `note` is what readers must know before they compare the cells."""

    key: str
    label: str
    facts: tuple[DecidingFact, ...]
    note: str = ""

    @property
    def is_published(self) -> bool:
        """Whether anybody publishes the fact of any program."""
        return any(fact.summary is not None for fact in self.facts)

    @property
    def common_text(self) -> str:
        """The summary that all programs share, with the signs of any of them; "" where they differ."""
        summaries = [fact.summary for fact in self.facts if fact.summary is not None]
        texts = {f"{summary.measured_text}{summary_words(summary)}" for summary in summaries}
        if len(summaries) < len(self.facts) or len(texts) != 1:
            return ""
        signs = dict.fromkeys("".join(summary.mark for summary in summaries))
        return f"{texts.pop()}{''.join(signs)}"


class RowGroup(NamedTuple):
    """Rows under a title."""

    id: str
    title: str
    rows: tuple[DecidingRow, ...]


class Comparison(NamedTuple):
    """Compared programs. `common` are rows that are equal; `unpublished` are labels of facts that nobody publishes.

    `page_dates` are the years of each program's pages: "pages of 2021–23".
    """

    programs: tuple[Program, ...]
    page_dates: tuple[str, ...]
    common: tuple[DecidingRow, ...]
    groups: tuple[RowGroup, ...]
    unpublished: tuple[DecidingRow, ...]

    @property
    def not_published(self) -> tuple[FactRow, ...]:
        """The facts that nobody publishes, named as in "Not published: salary, visas. Ask the program."."""
        return tuple(FactRow(row.key, _UNPUBLISHED_LABELS.get(row.key, row.label)) for row in self.unpublished)

    @property
    def rows(self) -> Iterator[DecidingRow]:
        """The rows that differ, in order."""
        for group in self.groups:
            yield from group.rows


def compare_deciding_facts(catalog: Catalog, programs: Sequence[Program], today: date) -> Comparison:
    """Return what decides between programs. A fact that all of them share is in `common`, not in a row."""
    inputs = [program_input(catalog, program, today) for program in programs]
    groups = (
        ("basics", "The basics", tuple(map(_with_deadline_note, _rows(_BASICS, inputs)))),
        ("salary", "Salary", _salary_rows(salary_scales(catalog, programs))),
        ("requirements", "Requirements", _rows(_REQUIREMENTS, inputs)),
        ("training", "Training", _rows(_TRAINING, inputs)),
    )
    all_rows = [row for _id, _title, rows in groups for row in rows]
    common = tuple(row for row in all_rows if len(programs) > 1 and _is_common(row))
    return Comparison(
        programs=tuple(programs),
        page_dates=tuple(map(_page_dates, inputs)),
        common=common,
        groups=tuple(
            RowGroup(group_id, title, shown_rows)
            for group_id, title, rows in groups
            if (shown_rows := tuple(row for row in rows if row.is_published and row not in common))
        ),
        unpublished=tuple(row for row in all_rows if not row.is_published),
    )


def _is_common(row: DecidingRow) -> bool:
    """Tell whether a row is equal for all programs. Numbers alone ("3") would not say what they count."""
    return bool(row.common_text) and not row.key.startswith(SALARY_KEY) and row.key not in _ROWS_OF_COUNTS


def _rows(summarizers: Sequence[_LabeledSummarizer], inputs: Sequence[ProgramInput]) -> tuple[DecidingRow, ...]:
    return tuple(DecidingRow(key, label, tuple(map(summarize, inputs))) for key, label, summarize in summarizers)


def _with_deadline_note(row: DecidingRow) -> DecidingRow:
    """Return a row; that of the deadlines with a note if they are past or of different cycles."""
    if row.key != "deadlines":
        return row
    years = {year for fact in row.facts if (year := deadline_year(fact)) is not None}
    if len(years) > 1:
        return row._replace(note=_DIFFERENT_CYCLES)
    is_past = any(fact.summary is not None and fact.summary.is_past for fact in row.facts)
    return row._replace(note=_PAST_CYCLE) if is_past else row


def _salary_rows(scales: Sequence[SalaryScale | None]) -> tuple[DecidingRow, ...]:
    year_row, *level_rows = [DecidingRow(row.key, row.label, row.facts) for row in salary_rows(scales)]
    years = {scale.year_text for scale in scales if scale is not None}
    if len(years) > 1 and level_rows:
        level_rows[-1] = level_rows[-1]._replace(note=_DIFFERENT_YEARS)
    return (year_row, *level_rows)


def _page_dates(source: ProgramInput) -> str:
    """Return the years of a program's own pages: "pages of 2021–2023", "pages with no date"."""
    years = page_years(source)
    if not years:
        return "pages with no date"
    return f"pages of {years[0]}" if len(years) == 1 else f"pages of {years[0]}–{years[-1]}"
