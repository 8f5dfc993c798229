"""The shortlist: programs in one's own order, with a note, a status and the program's page beside."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.widget import Widget

from ...catalog.model import Catalog, Program
from ...planning.shortlist import Entry, Shortlist
from ..actions import bindings
from ..panes import SHORTLIST
from ..widgets.bars import Bar, KeyBar
from ..widgets.detail_pane import DetailPane
from ..widgets.listed import ListedPrograms, Remark
from .places import Place, TitleBar, too_small


class ShortlistScreen(Place):
    """Where the list is ranked, annotated and taken out."""

    AUTO_FOCUS = "#listed"
    BINDINGS: ClassVar[list[BindingType]] = bindings(*SHORTLIST)

    def __init__(self, catalog: Catalog) -> None:
        super().__init__(catalog)
        self._reading = False
        self.listed = ListedPrograms(catalog, id="listed")
        self.remark = Remark(id="remark")
        self.detail = DetailPane(catalog, id="detail")

    @property
    def shortlist(self) -> Shortlist:
        """The list."""
        return self.gmetui.shortlist

    def compose(self) -> ComposeResult:
        """Lay the panes out."""
        yield TitleBar(self.catalog, "Shortlist", id="title")
        with Horizontal(id="panes"):
            with Vertical(id="lists"):
                yield self.listed
                yield self.remark
            yield self.detail
        yield Bar(id="status")
        yield KeyBar(id="keys")
        yield too_small()

    def on_mount(self) -> None:
        """Follow the list."""
        self.listed.on_moved = self._follow
        self.watch(self.app, "shortlist", self._show)
        self.watch(self.app, "marks", self.listed.show_marked)

    def _show(self, shortlist: Shortlist) -> None:
        self.listed.show(shortlist)
        self.query_one(TitleBar).show_count(len(shortlist))
        count = len(shortlist)
        name = "" if shortlist.name == "default" else f" in {shortlist.name}"
        words = f" {count} program{'s' * (count != 1)}{name} in your order"
        self.query_one("#status", Bar).show_line_of(((words, "strong"), ("  each change is saved at once", "muted")))
        self._follow()

    def _follow(self) -> None:
        """Show the note and the page of the program under the cursor."""
        entry = self.listed.entry
        self.remark.show(entry)
        self.detail.show(self.catalog.program.get(entry.id) if entry else None)

    def lay_panes(self) -> None:
        """Show the list and the page side by side, or the one in use."""
        self.query_one("#lists").display = not self.narrow or not self._reading
        self.detail.display = not self.narrow or self._reading

    def focus_pane(self, name: str) -> None:
        """Go to a pane."""
        self._go_to(reading=name == "detail")

    @property
    def what(self) -> str:
        """The program under the cursor."""
        return self.entry.id if self.entry else ""

    def look_at(self, what: str) -> None:
        """Put the cursor on a program."""
        self.listed.go_to(what)

    def _go_to(self, *, reading: bool) -> None:
        self._reading = reading
        self.lay_panes()
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
            self.gmetui.action_place("explore")

    # What is done with a listed program.

    @property
    def entry(self) -> Entry | None:
        """The entry under the cursor."""
        return self.listed.entry

    @property
    def program(self) -> Program | None:
        """The program under the cursor, where it is still in the data."""
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

    @property
    def meant(self) -> tuple[Entry, ...]:
        """The entries that a command is about: the marked ones, or the one under the cursor if none is."""
        marked = tuple(entry for entry in self.shortlist if entry.id in self.gmetui.marks)
        return marked or ((self.entry,) if self.entry else ())

    def change(self, words: str, changed: Callable[[Shortlist, Entry], Shortlist]) -> bool:
        """Change every entry that is meant, as one step; `words` say what is done with them."""
        shortlist, meant = self.shortlist, self.meant
        for entry in meant:
            shortlist = changed(shortlist, entry)
        names = meant[0].name if len(meant) == 1 else f"{len(meant)} programs"
        return bool(meant) and self.gmetui.change_list(shortlist, f"{words} {names}")

    def action_keep(self) -> None:
        """Take what is meant off the list."""
        meant = self.meant
        if self.change("removed", lambda shortlist, entry: shortlist.removed(entry.id)):
            names = meant[0].name if len(meant) == 1 else f"{len(meant)} programs"
            self.gmetui.tell(f"Taken off: {names}. u brings back.")

    def action_mark(self) -> None:
        """Mark the program under the cursor, or no longer."""
        if self.program is not None:
            self.gmetui.toggle_mark(self.program)

    def action_status(self) -> None:
        """Say how far one is."""
        from .remarks import pick_status

        pick_status(self)

    def action_rate(self) -> None:
        """Say how much one likes it."""
        from .remarks import pick_rating

        pick_rating(self)

    def action_date(self) -> None:
        """Write down a date of one's own."""
        from .remarks import ask_date

        ask_date(self)

    def action_tag(self) -> None:
        """Give it words of one's own."""
        from .remarks import ask_tags

        ask_tags(self)

    def action_note(self) -> None:
        """Write a note on the program under the cursor."""
        from .dialogs import ask_entry_note

        if self.entry is not None:
            ask_entry_note(self.gmetui, self.entry)

    def action_copy_list(self) -> None:
        """Copy the whole list."""
        from ...export.rows import shortlist_sheet
        from .pickers import copy_sheet

        copy_sheet(self.gmetui, shortlist_sheet(self.catalog, self.shortlist))

    def action_export(self) -> None:
        """Ask where to write the list, and write it."""
        from ...export.rows import shortlist_sheet
        from .dialogs import ask_export

        ask_export(self.gmetui, shortlist_sheet(self.catalog, self.shortlist), None)
