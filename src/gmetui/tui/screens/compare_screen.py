"""Compare: the marked programs side by side."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType

from ...catalog.models import Catalog, Program
from ..actions import bindings
from ..contexts import COMPARE
from ..widgets.bars import Bar, KeyBar
from ..widgets.comparison_view import ComparisonPane
from .base_screen import Place, TitleBar, too_small


class CompareScreen(Place):
    """Any number of programs beside each other."""

    AUTO_FOCUS = "#comparison"
    BINDINGS: ClassVar[list[BindingType]] = bindings(*COMPARE)

    def __init__(self, catalog: Catalog) -> None:
        super().__init__(catalog)
        self.pane = ComparisonPane(catalog, id="comparison")

    def compose(self) -> ComposeResult:
        """Lay the pane out."""
        yield TitleBar(self.catalog, "Compare", id="title")
        yield self.pane
        yield Bar(id="status")
        yield KeyBar(id="keys")
        yield too_small()

    def on_mount(self) -> None:
        """Follow the marks and the shortlist."""
        self.watch(self.app, "marks", self._show)
        self.watch(self.app, "shortlist", lambda shortlist: self.query_one(TitleBar).show_count(len(shortlist)))

    def _show(self, marks: tuple[str, ...]) -> None:
        found = [self.catalog.program[own] for own in marks if own in self.catalog.program]
        self.pane.show(found)
        count = f" {len(found)} program{'s' * (len(found) != 1)} side by side"
        words = "  bold fields differ; d shows only these" if len(found) > 1 else ""
        self.query_one("#status", Bar).show_line_of(((count, "strong"), (words, "muted")))

    @property
    def program(self) -> Program | None:
        """The program whose column is chosen."""
        return self.pane.program

    def action_keep(self) -> None:
        """Put the chosen program on the shortlist, or take it off."""
        if self.program is not None:
            self.gmetui.toggle_listed(self.program)

    def action_add_program(self) -> None:
        """Find another program and set it beside them."""
        from ..dialogs.command_palette import find_program

        find_program(self.gmetui)

    def action_take_out(self) -> None:
        """Take the chosen program out of the comparison."""
        if self.program is not None:
            self.gmetui.toggle_mark(self.program)

    def action_open_program(self) -> None:
        """Read the chosen program."""
        if self.program is not None:
            self.gmetui.explore(f"id:{self.program.id}")

    def action_back(self) -> None:
        """Go back to where programs are found."""
        self.gmetui.action_place("explore")
