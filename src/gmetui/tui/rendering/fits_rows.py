"""Programs grouped by what comparing them with a profile finds: how many have each state, then a row for each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Literal, NamedTuple

from rich.cells import cell_len

from ...catalog.catalog import Catalog
from ...catalog.models import Program
from ...documents.fits_document import VERDICT_LABELS, VERDICT_MEANINGS, reason_text
from ...planning.findings import AGAINST, MEETS
from ...planning.program_fit import ProgramFit, Verdict
from .spans import StyledLine, align_right, fit, pane_title

_INDENT, _GAP = 1, 2
_LABEL_WIDTH, _COUNT_WIDTH = 16, 7
_COUNTS_COLUMN, _WIDE = 12, 96  # cells; the width from which the column of open points has room
_FINER_VALUES = ("nothing-stated", "not-yet")
#: The groups in their order: what counts against the reader first, what nobody states last.
_GROUPS: Mapping[str, str] = {
    "no": "Does not meet",
    "cant-tell": "Can't tell",
    "meets": "Meets what is stated",
    "nothing-stated": "Nothing stated that can be compared",
}
_VALUE_STYLES: Mapping[str, str] = {"no": "warning", "meets": "star"}


class FitsLine(NamedTuple):
    """A line: of a state with the programs that have it, of a program, a heading, or a blank one.

    `value` is what `fits:` finds it by, `number` the program's in the catalog.
    """

    kind: Literal["state", "program", "heading", "blank"]
    value: str = ""
    program_count: int = 0
    number: int = 0

    @property
    def is_selectable(self) -> bool:
        """Whether the cursor can be on it: not where there is nothing to open."""
        return self.kind == "program" or (self.kind == "state" and self.program_count > 0)


def group_of(verdict: Verdict) -> str:
    """Return the group of a verdict."""
    if verdict.is_bare:
        return "nothing-stated"
    return "no" if verdict.state == AGAINST else "meets" if verdict.state == MEETS else "cant-tell"


def fits_lines(verdicts: Mapping[int, Verdict]) -> tuple[FitsLine, ...]:
    """Return the lines about some programs, in their order, by their numbers."""
    groups: dict[str, list[int]] = {value: [] for value in _GROUPS}
    for number, verdict in verdicts.items():
        groups[group_of(verdict)].append(number)
    open_count = sum(verdict.is_open for verdict in verdicts.values())
    counts = {
        "meets": len(groups["meets"]),
        "cant-tell": len(groups["cant-tell"]) + len(groups["nothing-stated"]),
        "nothing-stated": len(groups["nothing-stated"]),
        "no": len(groups["no"]),
        "not-yet": open_count,
    }
    return tuple(_lines(groups, counts))


def _lines(groups: Mapping[str, Sequence[int]], counts: Mapping[str, int]) -> Iterator[FitsLine]:
    for value in VERDICT_MEANINGS:
        if value not in _FINER_VALUES or counts[value]:
            yield FitsLine("state", value, counts[value])
    for value, numbers in groups.items():
        if numbers:
            yield FitsLine("blank")
            yield FitsLine("heading", value, len(numbers))
            yield from (FitsLine("program", value, number=number) for number in numbers)


def fits_header(subject: str, profile_text: str, width: int, *, has_focus: bool) -> tuple[StyledLine, ...]:
    """Return the title with what is compared, and the profile it is compared with."""
    title = pane_title("Fits", subject, width, has_focus=has_focus)
    return title, ((fit(f" You: {profile_text}", width), "muted"),)


def state_line(line: FitsLine, width: int) -> StyledLine:
    """Return how many programs have a state, and what that means."""
    indent = " " * (_INDENT + (2 if line.value in _FINER_VALUES else 0))
    label = fit(f"{indent}{VERDICT_LABELS[line.value]}", _INDENT + _LABEL_WIDTH)
    count = align_right(f"{line.program_count:,}", _COUNT_WIDTH)
    meaning = fit(f"{' ' * _GAP}{VERDICT_MEANINGS[line.value]}", width - len(label) - len(count))
    return (label, _VALUE_STYLES.get(line.value, "text")), (count, "strong"), (meaning, "muted")


def heading_line(line: FitsLine, width: int) -> StyledLine:
    """Return the heading of a group."""
    heading = f" {_GROUPS[line.value]}"
    return (heading, "heading"), (fit(f"  {line.program_count:,}", width - len(heading)), "muted")


def program_line(catalog: Catalog, program: Program, program_fit: ProgramFit, width: int) -> StyledLine:
    """Return a program with its hospital, how many points are open or against, and why, in a few words."""
    counts_width = _COUNTS_COLUMN if width >= _WIDE else 0
    free_width = width - _INDENT - counts_width
    name_width, place_width = free_width * 2 // 5, free_width // 5
    name = fit(f" {program.name}", _INDENT + name_width - 1)
    place = fit(f" {catalog.institution[program.institution].short_name}", place_width)
    counts = fit(f" {_counts_text(program_fit)}", counts_width) if counts_width else ""
    reason = fit(f" {reason_text(program_fit)}", width - sum(map(cell_len, (name, place, counts))))
    style = _VALUE_STYLES.get(group_of(program_fit.verdict), "text")
    return (name, "text"), (place, "muted"), (counts, style), (reason, "text")


def _counts_text(program_fit: ProgramFit) -> str:
    """Return what decides: "2 not met", "not yet", "? 3", "4 met"."""
    counts, verdict = program_fit.counts, program_fit.verdict
    if verdict.state == AGAINST:
        return "not yet" if verdict.is_open else f"{counts.against} not met"
    if verdict.is_bare:
        return ""
    return f"{counts.meets} met" if verdict.state == MEETS else f"? {counts.unknown}"
