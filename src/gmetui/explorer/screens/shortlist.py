"""The shortlist: programs in one's own order, with a note, a status and the program's page beside."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, cast

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.events import DescendantFocus, Resize
from textual.screen import Screen
from textual.widget import Widget

from ...catalog.model import Catalog, Program
from ...export.rows import shortlist_sheet
from ...planning.shortlist import Entry, Shortlist
from ..actions import bindings
from ..widgets.bars import Bar, KeyBar
from ..widgets.detail_pane import DetailPane
from ..widgets.listed import ListedPrograms, Remark
from .explore import copy_program
from .places import TitleBar, too_small

if TYPE_CHECKING:
    from ..app import GmetuiApp

_NARROW = 100
_KEYS = {
    "listed": ("rank-up", "rank-down", "note", "remove", "export", "back"),
    "detail": ("next-section", "source", "note", "back", "export", "help"),
}


class ShortlistScreen(Screen[None]):
    """Where the list is ranked, annotated and taken out."""

    AUTO_FOCUS = "#listed"
    BINDINGS: ClassVar[list[BindingType]] = bindings(
        "rank-up", "rank-down", "note", "remove", "source", "copy", "export", "open", "next-pane", "last-pane", "back"
    )

    def __init__(self, catalog: Catalog) -> None:
        super().__init__()
        self.catalog = catalog
        self._reading = False

    @property
    def gmetui(self) -> GmetuiApp:
        """The application."""
        return cast("GmetuiApp", self.app)

    @property
    def shortlist(self) -> Shortlist:
        """The list."""
        return self.gmetui.shortlist

    def compose(self) -> ComposeResult:
        """Lay the panes out."""
        yield TitleBar(self.catalog, "Shortlist", id="title")
        with Horizontal(id="panes"):
            with Vertical(id="lists"):
                yield ListedPrograms(self.catalog, id="listed")
                yield Remark(id="remark")
            yield DetailPane(self.catalog, id="detail")
        yield Bar(id="status")
        yield KeyBar(id="keys")
        yield too_small()

    def on_mount(self) -> None:
        """Find the panes once, and follow the list."""
        self.listed = self.query_one(ListedPrograms)
        self.remark = self.query_one(Remark)
        self.detail = self.query_one(DetailPane)
        self.watch(self.app, "shortlist", self._show)

    def _show(self, shortlist: Shortlist) -> None:
        self.listed.show(shortlist)
        self.query_one(TitleBar).show_count(len(shortlist))
        count = len(shortlist)
        words = f" {count} program{'s' * (count != 1)} in your order"
        self.query_one("#status", Bar).show_line_of(((words, "strong"), ("  each change is saved at once", "muted")))
        self._follow()

    @on(ListedPrograms.Highlighted)
    def _follow(self) -> None:
        """Show the note and the page of the program under the cursor."""
        entry = self.listed.entry
        self.remark.show(entry)
        self.detail.show(self.catalog.program.get(entry.id) if entry else None)

    def _arrange(self) -> None:
        narrow = self.size.width < _NARROW
        self.query_one("#lists").display = not narrow or not self._reading
        self.detail.display = not narrow or self._reading

    def on_resize(self, event: Resize) -> None:
        """Arrange the panes for another size."""
        self.set_class(event.size.width < 60 or event.size.height < 16, "-too-small")
        self._arrange()

    def _go_to(self, *, reading: bool) -> None:
        self._reading = reading
        self._arrange()
        pane: Widget = self.detail if reading else self.listed
        self.set_focus(pane)

    @on(ListedPrograms.Opened)
    def action_open(self) -> None:
        """Read the program under the cursor."""
        if self.listed.entry is not None:
            self._go_to(reading=True)

    def action_next_pane(self, step: int) -> None:
        """Go to the other pane."""
        self._go_to(reading=self.focused is self.listed)

    def action_back(self) -> None:
        """Go back one level: to the list, and from the list to where one came from."""
        if self.focused is self.detail:
            self._go_to(reading=False)
        else:
            self.app.pop_screen()

    @on(DescendantFocus)
    def _focus_moved(self) -> None:
        if self.focused is not None and self.focused.id in _KEYS:
            self.query_one(KeyBar).show(_KEYS[self.focused.id])

    @on(KeyBar.Chosen)
    async def _key_chosen(self, event: KeyBar.Chosen) -> None:
        if self.focused is None or not await self.run_action(event.action, self.focused):
            await self.run_action(event.action)

    @on(DetailPane.AddressChosen)
    def _address_chosen(self, event: DetailPane.AddressChosen) -> None:
        self.gmetui.open_address(event.address)

    # What is done with a listed program.

    @property
    def entry(self) -> Entry | None:
        """The entry under the cursor."""
        return self.listed.entry

    def _program(self) -> Program | None:
        return self.catalog.program.get(self.entry.id) if self.entry else None

    def action_rank(self, step: int) -> None:
        """Move the program under the cursor up or down the list."""
        entry = self.entry
        if entry is None:
            return
        place = self.shortlist.position(entry.id)
        assert place is not None
        moved = self.shortlist.moved(entry.id, place + step)
        if moved != self.shortlist:
            self.gmetui.change_list(moved, f"moved {entry.name} to {place + step + 1}")

    def action_keep(self) -> None:
        """Take the program under the cursor off the list."""
        entry = self.entry
        if entry is not None and self.gmetui.change_list(self.shortlist.removed(entry.id), f"removed {entry.name}"):
            self.gmetui.tell(f"Taken off: {entry.name}. u brings it back.")

    def action_note(self) -> None:
        """Write a note on the program under the cursor."""
        from .dialogs import ask_entry_note

        if self.entry is not None:
            ask_entry_note(self.gmetui, self.entry)

    def action_source(self) -> None:
        """Open the program's page."""
        program = self._program()
        if program is not None:
            self.gmetui.open_address(program.url)

    def action_copy(self) -> None:
        """Copy name, institution and page to the clipboard."""
        program = self._program()
        if program is not None:
            copy_program(self.gmetui, program)

    def action_export(self) -> None:
        """Ask where to write the list, and write it."""
        from .dialogs import ask_export

        ask_export(self.gmetui, shortlist_sheet(self.catalog, self.shortlist), None)
