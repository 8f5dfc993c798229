"""A program to read: its page, and beside it or below what is yours and what to ask."""

from __future__ import annotations

from textual.app import ComposeResult

from ...catalog.catalog import Catalog
from ...shortlist.entries import Shortlist
from .. import clock
from ..rendering.document_header import NO_REMARKS
from ..rendering.spans import BLANK_LINE, StyledLine
from .covered_container import CoveredContainer
from .line_view import LineView
from .program_view import ProgramView

_ASIDE_WIDTH = 34
_BESIDE_WIDTH = 110  # columns from which there is room beside the page
_KEYS = ("a", "o")


class ProgramAside(LineView, can_focus=False):
    """The notes beside a page, or one line with the note below it."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._lines: tuple[StyledLine, ...] = ()

    def show_lines(self, lines: tuple[StyledLine, ...]) -> None:
        """Show other lines."""
        self._lines = lines
        self.redraw()

    def line_count(self) -> int:
        """Return the number of lines."""
        return len(self._lines)

    def get_line(self, line_number: int, width: int) -> StyledLine:
        """Return a line."""
        return self._lines[line_number] if line_number < len(self._lines) else BLANK_LINE


class ProgramReader(CoveredContainer):
    """The page with its aside. `page` can also be shown alone, beside a list."""

    def __init__(self, catalog: Catalog, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.page = ProgramView(catalog, id="detail")
        self.aside = ProgramAside(id="aside")
        self._shortlist = Shortlist()
        self._is_reading = False
        self._is_beside = False

    def compose(self) -> ComposeResult:
        """Lay out the page and the aside."""
        yield self.page
        yield self.aside

    def place_aside(self, width: int, *, is_reading: bool) -> None:
        """Show the page alone, or with the aside, which is beside it where a screen of `width` columns has room."""
        self._is_reading = is_reading
        is_beside = self._is_beside = is_reading and width >= _BESIDE_WIDTH
        self.styles.layout = "horizontal" if is_beside else "vertical"
        self.aside.styles.width = _ASIDE_WIDTH if is_beside else "1fr"
        self.aside.styles.height = "1fr" if is_beside else 1
        self.page.show_summary(not is_beside)
        self.update_aside()

    def show_shortlist(self, shortlist: Shortlist) -> None:
        """Show what another shortlist says of the program."""
        self._shortlist = shortlist
        self.update_aside()

    def update_aside(self) -> None:
        """Show the notes on the program of the page."""
        if self.page.program is None and not self._is_beside:
            self.page.show_remarks(NO_REMARKS)
            self.aside.display = False
            return
        from ..rendering.program_aside import aside_lines, heading_remarks, note_line

        program = self.page.program
        entry = self._shortlist.entry(program.id) if program else None
        position = self._shortlist.position(program.id) if program else None
        self.page.show_remarks(heading_remarks(entry, (position or 0) + 1, clock.today()))
        document = self.page.document if self._is_beside else None
        self.aside.display = self._is_beside or bool(self._is_reading and entry and entry.note)
        if document is not None:
            self.aside.show_lines(aside_lines(document, entry, _ASIDE_WIDTH, _KEYS))
        elif self.aside.display:
            self.aside.show_lines((note_line(entry, self.size.width - 1),))
