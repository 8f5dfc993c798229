"""The bar at the top of every screen."""

from __future__ import annotations

from datetime import date

from textual.message import Message

from ...catalog.catalog import Catalog
from ...text import format_date, plural
from .. import clock
from ..contexts import SCREEN_LAYOUTS
from ..rendering.spans import StyledLine, cell_width
from ..widgets.bars import Bar

_OUTDATED_AFTER = 400  # days; such data has missed an application season
_SHORT_TITLES = {"shortlist": "List", "institutions": "Inst.", "specialties": "Spec.", "coverage": "Cov."}
_FULL_TITLES_WIDTH, _WIDE_GAPS_WIDTH = 78, 90  # columns from which titles are spelled out, and spread out


class TitleBar(Bar):
    """The name of the application, the screens with the open one highlighted, and the edition of the data."""

    class PaletteRequested(Message):
        """The name of the application was clicked."""

    class ScreenSelected(Message):
        """A screen's title was clicked."""

        def __init__(self, screen_name: str) -> None:
            self.screen_name = screen_name
            super().__init__()

    def __init__(self, catalog: Catalog, screen_name: str, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._catalog = catalog
        self._screen_name = screen_name
        self._saved_count = 0

    def set_catalog(self, catalog: Catalog) -> None:
        """Show the edition of another catalog."""
        self._catalog = catalog
        self.refresh()

    def set_saved_count(self, count: int) -> None:
        """Show how many programs are on the shortlist."""
        self._saved_count = count
        self.refresh()

    def get_line(self, width: int) -> StyledLine:
        """Return the line, with the edition at its right end if there is room."""
        line: list[tuple[str, str]] = [(" ≡ gmetui  ", "heading")]
        title_gap = "   " if width >= _WIDE_GAPS_WIDTH else "  "
        for screen_name in SCREEN_LAYOUTS:
            title = screen_name.capitalize()
            if width < _FULL_TITLES_WIDTH:
                title = _SHORT_TITLES.get(screen_name, title)
            if screen_name == "shortlist":
                title = f"{title} {self._saved_count}"
            line += [(title, "tab-active" if screen_name == self._screen_name else "tab"), (title_gap, "text")]
        text, style = self._edition()
        used = cell_width(line)
        if used + len(text) < width:
            line += [(" " * (width - used - len(text)), "text"), (text, style)]
        return tuple(line)

    def _edition(self) -> tuple[str, str]:
        """Return the size and date of the data with a style, or a warning if the data is old."""
        edition = self._catalog.edition.date
        source = "data and your lists" if self._catalog.has_imported_programs else "data"
        count = plural(len(self._catalog.programs), "program")
        text = f"{count} · {source} of {format_date(edition)} " if edition else ""
        try:
            age = (clock.today() - date.fromisoformat(edition)).days
        except ValueError:  # other data than the bundled one may have any text for a date
            return text, "muted"
        return (f"{text}is outdated: ask the programs ", "warning") if age > _OUTDATED_AFTER else (text, "muted")

    def span_tooltip(self, index: int) -> str | None:
        """Return what the name of the application does."""
        return None if index else "Find any command, program, institution or filter"

    def span_clicked(self, index: int) -> None:
        """Open the command palette, or the screen whose title was clicked."""
        screen_names = tuple(SCREEN_LAYOUTS)
        if not index:
            self.post_message(self.PaletteRequested())
        elif index % 2 and index // 2 < len(screen_names):
            self.post_message(self.ScreenSelected(screen_names[index // 2]))
