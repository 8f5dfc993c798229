"""Programs compared with the reader's profile: a summary of many, and the requirements of one with their states."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from ..catalog.catalog import Catalog
from ..lean_typing import NamedTuple
from ..planning.application_year import ApplicationYear
from ..planning.findings import AGAINST, MEETS, UNKNOWN, State
from ..planning.fit_table import FitTable, MissingAnswer
from ..planning.fit_words import (
    FIT_NOTE,
    profile_line,
    question_words,
    short_reason,
    short_visa_reason,
)
from ..planning.profile import Profile
from ..planning.program_fit import ProgramFit
from ..text import format_date, plural
from .document import Block, Document, FactRow, Link, Paragraph, Section, Table, TableRow, Value

_MAX_QUESTIONS = 5
#: What each value of `fits:` means, in the order of the summary.
VERDICT_MEANINGS: Mapping[str, str] = {
    "meets": "nothing that is stated counts against you",
    "cant-tell": "texts to read, or answers missing from your profile",
    "nothing-stated": "of these, those whose pages state nothing to compare",
    "no": "a stated requirement counts against you",
    "not-yet": "of these, those that can still be met",
}
VERDICT_LABELS: Mapping[str, str] = {
    "meets": "meets",
    "cant-tell": "can't tell",
    "nothing-stated": "nothing stated",
    "no": "does not meet",
    "not-yet": "not yet",
}
_FINER_VALUES = ("nothing-stated", "not-yet")
_SHORT_STATES: Mapping[State, str] = {MEETS: "meets", UNKNOWN: "?", AGAINST: "not met"}


class FitsSummary(NamedTuple):
    """Many programs compared with a profile: how many have each value of `fits:`, and what is not told."""

    name: str
    profile: Profile
    year: ApplicationYear
    program_count: int
    counts: Mapping[str, int]
    missing: Sequence[MissingAnswer]
    subject: str = "all programs"


def summary_of(
    table: FitTable,
    name: str,
    profile: Profile,
    year: ApplicationYear,
    numbers: Sequence[int] | None = None,
    subject: str = "all programs",
) -> FitsSummary:
    """Return the summary of some programs, by their numbers in the catalog, or of all."""
    counted = {
        value: len(programs) if numbers is None else len(set(programs).intersection(numbers))
        for value, programs in table.programs_by_value.items()
    }
    program_count = len(table.demands.numbers) if numbers is None else len(numbers)
    return FitsSummary(name, profile, year, program_count, counted, table.missing_answers(numbers), subject)


def fits_document(catalog: Catalog, summary: FitsSummary, fits: Sequence[ProgramFit]) -> Document:
    """Return the summary, with a row for each of some programs."""
    sections = (
        Section("verdicts", "Verdicts", tuple(_verdict_blocks(summary))),
        Section("programs", "Programs", tuple(_program_table(catalog, fits))),
        Section("missing", "Worth answering first", tuple(_questions(summary.missing))),
    )
    start = format_date(f"{summary.year.start:%Y-%m}")
    return Document(
        kind="plan",
        id=f"fits-{summary.name}",
        title="Fits",
        subtitle=f"{summary.subject} · {plural(summary.program_count, 'program')} · start {start}",
        sections=tuple(section for section in sections if section.blocks),
        reliability=(FIT_NOTE,),
    )


def _verdict_blocks(summary: FitsSummary) -> Iterator[Block]:
    yield FactRow("profile", f"Profile “{summary.name}”", (Value(profile_line(summary.profile)),))
    table_rows = tuple(
        TableRow(
            (Value(VERDICT_LABELS[value]), Value(f"{summary.counts.get(value, 0):,}"), Value(meaning)),
            depth=1 if value in _FINER_VALUES else 0,
        )
        for value, meaning in VERDICT_MEANINGS.items()
        if value not in _FINER_VALUES or summary.counts.get(value)
    )
    yield Table(("Verdict", "Programs", "Meaning"), table_rows)


def _program_table(catalog: Catalog, fits: Sequence[ProgramFit]) -> Iterator[Block]:
    if fits:
        yield Table(("Program", "Fits", "Why"), tuple(_program_row(catalog, fit) for fit in fits))


def _program_row(catalog: Catalog, fit: ProgramFit) -> TableRow:
    program = catalog.program[fit.program_id]
    name = Value(catalog.title_of(program), link=Link("program", program.id))
    return TableRow((name, Value(short_verdict(fit)), Value(reason_text(fit))))


def short_verdict(fit: ProgramFit) -> str:
    """Return a verdict for a narrow column: "meets", "? 3", "not met", "not yet", "—" where nothing is stated."""
    if fit.verdict.is_bare:
        return "—"
    if fit.verdict.state == UNKNOWN:
        return f"? {fit.counts.unknown}"
    return "not yet" if fit.verdict.is_open else _SHORT_STATES[fit.verdict.state]


def reason_text(fit: ProgramFit) -> str:
    """Return why a program has its verdict, in a few words: "H-1B refused; 5 years since graduation at most"."""
    if fit.verdict.is_bare:
        return "nothing stated"
    deciding = [item for item in fit.in_group("judged") if item.state == fit.verdict.state]
    reasons = [short_reason(item) for item in deciding if item.finding.reason != "text-only"]
    if fit.visa and fit.visa.finding.state == fit.verdict.state:
        reasons.insert(0, short_visa_reason(fit.visa))
    texts_to_read = len(deciding) - sum(item.finding.reason != "text-only" for item in deciding)
    if texts_to_read and fit.verdict.state == UNKNOWN:
        reasons.append(f"{plural(texts_to_read, 'text')} to read")
    return "; ".join(dict.fromkeys(filter(None, reasons)))


def _questions(missing: Sequence[MissingAnswer]) -> Iterator[Block]:
    for answer in missing[:_MAX_QUESTIONS]:
        words = question_words(answer.question)
        text = f"{words[:1].upper()}{words[1:]}: affects {plural(answer.program_count, 'program')}."
        yield Paragraph(Value(text))
