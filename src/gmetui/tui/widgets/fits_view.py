"""The programs of a search by what comparing them with a profile finds, below how many have each state."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, NamedTuple

from textual.binding import BindingType
from textual.message import Message

from ...catalog.models import Program
from ...planning.fit_words import profile_line
from ...text import format_date
from ..actions import bindings
from ..catalog_fits import CatalogFits
from ..contexts import FITS_ACTIONS
from ..rendering.fits_rows import (
    FitsLine,
    fits_header,
    fits_lines,
    heading_line,
    program_line,
    state_line,
)
from ..rendering.spans import BLANK_LINE, StyledLine
from .line_view import CursorView


class FitsListing(NamedTuple):
    """What is compared: the numbers of programs in their order, and words for them, such as "561 residencies"."""

    fits: CatalogFits
    numbers: Sequence[int]
    subject: str


class FitsView(CursorView):
    """States with their counts, and the programs with each. The cursor stays on its program when others are shown."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(*FITS_ACTIONS)

    class Opened(Message):
        """A program is to be read, or the programs of a state to be shown."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._listing: FitsListing | None = None
        self._lines: tuple[FitsLine, ...] = ()

    def show_listing(self, listing: FitsListing | None) -> None:
        """Show other programs, or the same with other verdicts."""
        previous_line, self._listing = self.line, listing
        verdict = listing.fits.table.verdict if listing else None
        self._lines = fits_lines({number: verdict(number) for number in listing.numbers}) if listing and verdict else ()
        selectable = [index for index, line in enumerate(self._lines) if line.is_selectable]
        same = (index for index in selectable if previous_line and _is_same(self._lines[index], previous_line))
        self.cursor = next(same, selectable[0] if selectable else 0)
        self.top_line = max(0, min(self.top_line, self.line_count() - self.visible_line_count))
        self.scroll_line_into_view(self.cursor)
        self.redraw()

    @property
    def line(self) -> FitsLine | None:
        """The line under the cursor."""
        return self._lines[self.cursor] if self.cursor < len(self._lines) else None

    @property
    def program(self) -> Program | None:
        """The program under the cursor."""
        line = self.line
        return self._program(line) if line and line.kind == "program" else None

    def _program(self, line: FitsLine) -> Program:
        assert self._listing is not None
        return self._listing.fits.catalog.programs[line.number]

    def line_count(self) -> int:
        """Return the number of lines."""
        return len(self._lines) or 1

    def is_selectable(self, line_number: int) -> bool:
        """Return whether a line is a program, or a state that some have."""
        return line_number < len(self._lines) and self._lines[line_number].is_selectable

    @property
    def header_height(self) -> int:
        """The number of fixed lines: the title, and the profile."""
        return 2

    def header_lines(self, width: int) -> tuple[StyledLine, ...]:
        """Return the title, and the profile."""
        listing = self._listing
        if listing is None:
            return ()
        start = format_date(f"{listing.fits.year.start:%Y-%m}")
        return fits_header(
            f"{listing.subject} · start {start}",
            profile_line(listing.fits.stored.profile),
            width,
            has_focus=self.has_focus,
        )

    def get_line(self, line_number: int, width: int) -> StyledLine:
        """Return a line."""
        if self._listing is None or not self._lines:
            return BLANK_LINE
        line = self._lines[line_number]
        if line.kind == "state":
            return state_line(line, width)
        if line.kind == "heading":
            return heading_line(line, width)
        if line.kind == "blank":
            return BLANK_LINE
        program = self._program(line)
        return program_line(self._listing.fits.catalog, program, self._listing.fits.fit_of(program), width)

    def action_open_fit(self) -> None:
        """Read the program, or show the programs of the state."""
        if self.line is not None and self.line.is_selectable:
            self.post_message(self.Opened())

    def line_clicked(self, line_number: int, x: int) -> None:
        """Move the cursor; a second click opens the line."""
        was_selected = line_number == self.cursor
        super().line_clicked(line_number, x)
        if was_selected:
            self.action_open_fit()


def _is_same(line: FitsLine, other: FitsLine) -> bool:
    """Tell whether two lines are about the same program or the same state."""
    if line.kind != other.kind:
        return False
    return line.number == other.number if line.kind == "program" else line.value == other.value
