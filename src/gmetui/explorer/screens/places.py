"""What every place has: a title bar that says where one is, and what to show when there is no room."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from textual.widgets import Label

from ...catalog.model import Catalog
from ..rendering.lines import cell_len
from ..widgets.bars import Bar

if TYPE_CHECKING:
    from ..app import GmetuiApp

_PLACES = ("Explore", "Shortlist")


class TitleBar(Bar):
    """The name, the places with the one that is open, and the edition of the data."""

    def __init__(self, catalog: Catalog, place: str, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._catalog = catalog
        self._place = place
        self._count = 0

    def show_count(self, count: int) -> None:
        """Show how many programs are on the shortlist."""
        self._count = count
        self._lay_out()

    def on_mount(self) -> None:
        """Draw it a first time."""
        self._lay_out()

    def on_resize(self) -> None:
        """Put the edition at the right end again."""
        super().on_resize()
        self._lay_out()

    def _lay_out(self) -> None:
        line: list[tuple[str, str]] = [(" gmetui  ", "heading")]
        for place in _PLACES:
            words = f"{place} {self._count}" if place == "Shortlist" else place
            line += [(words, "tab-on" if place == self._place else "tab"), ("   ", "text")]
        edition = self._catalog.edition
        words = f"{len(self._catalog.programs):,} programs · data of {edition.date} "
        used = sum(cell_len(text) for text, _ in line)
        if used + len(words) < self.text_width:
            line += [(" " * (self.text_width - used - len(words)), "text"), (words, "muted")]
        self.show_line_of(tuple(line))

    def clicked(self, number: int, x: int) -> None:
        """Go to the place whose name was clicked."""
        span = self.span_at(x)
        app = cast("GmetuiApp", self.app)
        if span == 3 and self._place != "Shortlist":
            app.action_shortlist()
        elif span == 1 and self._place != "Explore":
            app.pop_screen()


def too_small() -> Label:
    """Return what is shown instead of a screen that would break."""
    return Label("gmetui needs 60 columns and 16 rows.", id="small", markup=False)
