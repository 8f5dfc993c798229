"""The shortlist as rows, with as many of the person's own columns as there is room for, and what stands below it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import NamedTuple

from ...catalog.models import Catalog
from ...shortlist.columns import DATE, GRADE, YES_NO, shown
from ...shortlist.entries import Entry, Shortlist
from ...shortlist.fact_changes import News
from ...shortlist.scores import Standing, own_cells
from .spans import Line, fit, right, wrap

_RANK, _NAME = 6, 24  # cells of rank and signs, and what the name keeps before a further column is shown
_PLACE, _LONG_PLACE = 8, 24  # cells of the institution, by its short name, and where it has none
_WIDEST = 14  # cells of a person's own column


class Cell(NamedTuple):
    """A column beside the name: its title, its width with the space before it, its words, and their style."""

    title: str
    width: int
    words: Callable[[Entry], str]
    style: str = "muted"
    numeric: bool = False


class Listing(NamedTuple):
    """A list as it is shown: in which order, with the ranks of the person's own, and what is new about whom."""

    catalog: Catalog
    shortlist: Shortlist
    shown: Shortlist
    ranks: Mapping[str, int]
    standings: Mapping[str, Standing]
    news: Callable[[Entry], News | None]

    def cells(self, width: int) -> list[Cell]:
        """Return the columns that have room beside the names."""
        room = width - _RANK - _NAME
        cells = []
        for cell in self._all():
            if cell.width <= room:
                cells.append(cell)
                room -= cell.width
        return cells

    def _all(self) -> Sequence[Cell]:
        """Return the columns that say something of somebody, the most telling first."""
        longest = max((len(self._place(entry)) for entry in self.shortlist), default=0)
        cells = [Cell("Where", max(_PLACE, min(longest + 1, _LONG_PLACE)), self._place)]
        if any(own.words for own in self.standings.values()):
            cells.append(Cell("Score", 6, lambda entry: self.standings[entry.id].words, "strong", numeric=True))
        if any(entry.status for entry in self.shortlist):
            cells.append(Cell("Status", 13, lambda entry: entry.status, "label"))
        if any(entry.rating for entry in self.shortlist):
            cells.append(Cell("Liked", 6, lambda entry: "★" * entry.rating, "star"))
        for own in self.shortlist.columns:
            least = {DATE: 10, GRADE: 3, YES_NO: 3}.get(own.kind, 8)
            width = 1 + max(least, min(_WIDEST, len(own.name)))
            cells.append(Cell(own.name, width, partial(_value, own.name)))
        return cells

    def _place(self, entry: Entry) -> str:
        program = self.catalog.program.get(entry.id)
        return self.catalog.institution[program.institution].short if program else entry.institution

    def heading(self, width: int) -> Line:
        """Return the headings of the columns."""
        cells = self.cells(width)
        ends = "".join(
            fit(f" {right(own.title, own.width - 1) if own.numeric else own.title}", own.width) for own in cells
        )
        return ((fit("      Program", width - len(ends)) + ends, "heading"),)

    def row(self, entry: Entry, width: int, *, marked: bool = False) -> Line:
        """Return a listed program as a row: rank, what was written or changed, its name, and the columns."""
        cells = self.cells(width)
        program = self.catalog.program.get(entry.id)
        name = program.name if program else entry.name or entry.id
        news = self.news(entry)
        sign = "Δ" if news else "✎" if entry.note or entry.remarks else " "
        gone = "" if program else "  (no longer in the data)"
        ends = (self._cell(own, entry) for own in cells)
        return (
            (f"{self.ranks[entry.id]:>3} ", "key"),
            (sign, "warning" if news else "star"),
            ("◆" if marked else " ", "star"),
            (fit(name + gone, width - _RANK - sum(own.width for own in cells)), "text" if program else "warning"),
            *ends,
        )

    @staticmethod
    def _cell(cell: Cell, entry: Entry) -> tuple[str, str]:
        words = cell.words(entry)
        return fit(f" {right(words, cell.width - 1) if cell.numeric else words}", cell.width), cell.style

    def remarks(self, entry: Entry, width: int) -> list[Line]:
        """Return what stands below the list: what changed, and what the person and others wrote."""
        lines: list[Line] = []

        def say(text: str, style: str = "text") -> None:
            lines.extend(((f" {line}", style),) for line in wrap(text, width - 2))

        news = self.news(entry)
        if news:
            if not news.gone:
                say("Changed since you added it; z says that you know:", "warning")
            for words in news.words():
                say(words, "warning" if news.gone else "text")
        standing = self.standings[entry.id]
        if standing.lacks:
            say(f"Out: lacks what it must have in {', '.join(standing.lacks)}", "warning")
        elif standing.filled < standing.asked and standing.score is not None and not standing.by_hand:
            filled = f"{standing.filled} of {standing.asked} weighted columns"
            say(f"Score {standing.score} by {filled}; v fills in", "muted")
        for what, day in entry.dates:
            say(f"{day} {what}")
        if entry.tags:
            say(" ".join(f"#{tag}" for tag in entry.tags), "label")
        own = [f"{column.name}: {cell}" for column, cell in own_cells(self.shortlist, entry)]
        if own:
            say(" · ".join(own), "label")
        if entry.note:
            say(entry.note)
        for who, text in entry.remarks:
            say(f"{who}:", "label")
            say(text)
        return lines


def _value(name: str, entry: Entry) -> str:
    return shown(entry.value(name))
