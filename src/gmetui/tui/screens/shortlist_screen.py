"""The shortlist: programs in one's own order, with a note, a status and the program's page beside."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.widget import Widget

from ...catalog.models import Catalog
from ...shortlist.entries import Entry, Shortlist
from ...shortlist.fact_changes import News, news_of
from ...shortlist.scores import in_order, orders, standings
from ..actions import bindings
from ..contexts import SHORTLIST
from ..rendering.shortlist_rows import Listing
from ..widgets.bars import Bar, KeyBar
from ..widgets.program_view import DetailPane
from ..widgets.shortlist_view import ListedPrograms, Remark
from .annotating_screen import AnnotatingPlace
from .base_screen import TitleBar, too_small


class ShortlistScreen(AnnotatingPlace):
    """Where the list is ranked, annotated and taken out."""

    AUTO_FOCUS = "#listed"
    BINDINGS: ClassVar[list[BindingType]] = bindings(*SHORTLIST)

    def __init__(self, catalog: Catalog) -> None:
        super().__init__(catalog)
        self._reading = False
        self._news: dict[tuple[str, str], News | None] = {}
        self.listing = Listing(catalog, Shortlist(), Shortlist(), {}, {}, self.news)
        self.listed = ListedPrograms(self.listing, id="listed")
        self.remark = Remark(id="remark")
        self.detail = DetailPane(catalog, id="detail")

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
        if self.order.removeprefix("-") not in orders(shortlist):
            self.set_reactive(ShortlistScreen.order, "rank")
        shown = in_order(shortlist, self.order)
        ranks = {entry.id: rank for rank, entry in enumerate(shortlist, 1)}
        self.listing = Listing(self.catalog, shortlist, shown, ranks, standings(shortlist), self.news)
        self.listed.show(self.listing)
        self.query_one(TitleBar).show_count(len(shortlist))
        count = len(shortlist)
        name = "" if shortlist.name == "default" else f" in {shortlist.name}"
        by = "in your order" if self.order == "rank" else f"by {self.order}; O goes back to your order"
        words = f" {count} program{'s' * (count != 1)}{name} {by}"
        aside = "  each change is saved at once"
        if self.gmetui.handed:
            words = f" Handed to you: {count} program{'s' * (count != 1)} {by}"
            aside = f"  read-only; n writes your remark into {self.gmetui.handed.beside.name}"
        self.query_one("#status", Bar).show_line_of(((words, "strong"), (aside, "muted")))
        self._follow()

    def news(self, entry: Entry) -> News | None:
        """Return what is new about an entry; it is found out once for each state of it."""
        key = (entry.id, entry.known)
        if key not in self._news:
            self._news[key] = news_of(self.catalog, entry.id, entry.known, self.gmetui.known.facts)
        return self._news[key]

    def watch_order(self) -> None:
        """Show the list by something else than the person's own order, or by that."""
        self._show(self.shortlist)

    def _follow(self) -> None:
        """Show the note and the page of the program under the cursor."""
        entry = self.listed.entry
        self.remark.show(self.listing, entry)
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

    def action_rank(self, step: int) -> None:
        """Move the program under the cursor up or down the list."""
        entry = self.entry
        if entry is None:
            return
        if self.order != "rank":
            self.gmetui.tell(f"The list is shown by {self.order}; O, then “Your own order”, lets you rank.")
            return
        place = self.shortlist.position(entry.id)
        assert place is not None
        moved = self.shortlist.moved(entry.id, place + step)
        if moved != self.shortlist:
            self.gmetui.change_list(moved, f"moved {entry.name} to {place + step + 1}")
