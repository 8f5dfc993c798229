"""The shortlist: the user's programs in rank order, with notes, status and the page of the program under the cursor."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.reactive import var

from ...catalog.models import Program
from ...shortlist.entries import Entry, Shortlist
from ...shortlist.fact_changes import FactChanges, fact_changes
from ...shortlist.scores import scores, sort_keys, sorted_by
from ...text import plural
from ..actions import bindings
from ..context import AppContext
from ..contexts import SHORTLIST_ACTIONS
from ..dialogs import column_values_dialog, custom_columns_dialog, entry_dialogs, history_dialog, sort_dialogs
from ..dialogs.note_dialog import ask_entry_note
from ..rendering.shortlist_rows import ShortlistRenderer
from ..shortlist_editor import ShortlistEditor
from ..widgets.bars import Bar
from ..widgets.program_view import ProgramView
from ..widgets.shortlist_view import EntryNotes, ShortlistView
from .base_screen import BaseScreen
from .pane_pair import PanePair
from .title_bar import TitleBar


class ShortlistScreen(BaseScreen):
    """Where the list is ranked, annotated and exported."""

    AUTO_FOCUS = "#entries"
    BINDINGS: ClassVar[list[BindingType]] = bindings(*SHORTLIST_ACTIONS)

    sort_key: var[str] = var("rank", init=False)  # "-rating" is descending

    def __init__(self, context: AppContext) -> None:
        super().__init__(context, "shortlist")
        self._changes: dict[tuple[str, str], FactChanges | None] = {}
        self.renderer = ShortlistRenderer(self.catalog, Shortlist(), Shortlist(), {}, {}, self.changes_of)
        self.entries = ShortlistView(self.renderer, id="entries")
        self.notes = EntryNotes(id="entry-notes")
        self.detail = ProgramView(self.catalog, id="detail")
        self.editor = ShortlistEditor(context, lambda: self.entry)
        self._left = Vertical(self.entries, self.notes, id="shortlist")
        self._panes = PanePair(self, self._left, self.entries, self.detail)

    def compose_panes(self) -> ComposeResult:
        """Lay out the panes."""
        with Horizontal(id="panes"):
            yield self._left
            yield self.detail
        yield Bar(id="status")

    def on_mount(self) -> None:
        """Follow the list and the marks."""
        self.entries.cursor_callback = self._show_entry
        self.subscribe(self.context.session.open_list.current, self._show_shortlist)
        self.subscribe(self.context.session.marks, self.entries.set_marked_ids)

    @property
    def entry(self) -> Entry | None:
        """The entry under the cursor."""
        return self.entries.entry

    @property
    def program(self) -> Program | None:
        """The program under the cursor, if it is still in the data."""
        return self.catalog.program.get(self.entry.id) if self.entry else None

    def _show_shortlist(self, shortlist: Shortlist) -> None:
        if self.sort_key.removeprefix("-") not in sort_keys(shortlist):
            self.set_reactive(ShortlistScreen.sort_key, "rank")
        in_order = sorted_by(shortlist, self.sort_key)
        ranks = {entry.id: rank for rank, entry in enumerate(shortlist, 1)}
        self.renderer = ShortlistRenderer(self.catalog, shortlist, in_order, ranks, scores(shortlist), self.changes_of)
        self.entries.show_entries(self.renderer)
        self.query_one(TitleBar).set_saved_count(len(shortlist))
        self._show_status(shortlist)
        self._show_entry()

    def _show_status(self, shortlist: Shortlist) -> None:
        order = "in your order" if self.sort_key == "rank" else f"sorted by {self.sort_key}; O restores your order"
        name = "" if shortlist.name == "default" else f" in {shortlist.name}"
        text, hint = f" {plural(len(shortlist), 'program')}{name} {order}", "  each change is saved at once"
        review = self.context.session.review
        if review:
            text = f" Shared with you: {plural(len(shortlist), 'program')} {order}"
            hint = f"  read-only; n writes your comments to {review.comments_path.name}"
        self.query_one("#status", Bar).show_line(((text, "strong"), (hint, "muted")))

    def changes_of(self, entry: Entry) -> FactChanges | None:
        """Return what changed in the data of an entry, computed once for each state of it."""
        key = (entry.id, entry.fingerprint)
        if key not in self._changes:
            find_snapshot = self.context.session.open_list.snapshots.get
            self._changes[key] = fact_changes(self.catalog, entry.id, entry.fingerprint, find_snapshot)
        return self._changes[key]

    def watch_sort_key(self) -> None:
        """Show the list in another order."""
        self._show_shortlist(self.editor.shortlist)

    def _set_sort_key(self, sort_key: str) -> None:
        self.sort_key = sort_key

    def _show_entry(self) -> None:
        """Show the notes and the page of the entry under the cursor."""
        self.notes.show_entry(self.renderer, self.entry)
        self.detail.show_program(self.program)

    def arrange_panes(self) -> None:
        """Show the list and the page side by side, or the one in use."""
        self._panes.arrange(is_narrow=self.is_narrow)

    def focus_pane(self, pane_id: str) -> None:
        """Go to a pane."""
        pane = self._panes.select(page=pane_id == "detail")
        self.arrange_panes()
        self.set_focus(pane)

    @property
    def history_key(self) -> str:
        """The id of the program under the cursor."""
        return self.entry.id if self.entry else ""

    def restore(self, history_key: str) -> None:
        """Put the cursor on a program."""
        self.entries.go_to(history_key)

    @on(ShortlistView.Opened)
    def action_open(self) -> None:
        """Read the program under the cursor."""
        if self.entry is not None:
            self.focus_pane("detail")

    def action_next_pane(self, step: int) -> None:
        """Go to the other pane."""
        self.focus_pane("entries" if self._panes.page_has_focus else "detail")

    def action_back(self) -> None:
        """Go back one level: from the page to the list, and from the list to the Explore screen."""
        if self._panes.page_has_focus:
            self.focus_pane("entries")
        else:
            self.context.action_open_screen("explore")

    # Commands for entries.

    def action_remove(self) -> None:
        """Remove the targets from the list."""
        self.editor.remove()

    def action_mark(self) -> None:
        """Mark or unmark the program for comparison."""
        if self.program is not None:
            self.context.session.toggle_mark(self.program)

    def action_rank(self, step: int) -> None:
        """Move the program up (-1) or down (1)."""
        if self.sort_key != "rank":
            message = f"The list is sorted by {self.sort_key}. To rank, press O and choose “Your order”."
            self.context.notify_status(message)
        elif self.entry is not None:
            self.editor.move(self.entry, step)

    def action_note(self) -> None:
        """Write a note."""
        if self.entry is not None:
            ask_entry_note(self.context, self.entry)

    def action_status(self) -> None:
        """Set the application status."""
        entry_dialogs.choose_status(self.editor)

    def action_rate(self) -> None:
        """Rate it."""
        entry_dialogs.choose_rating(self.editor)

    def action_date(self) -> None:
        """Add a date."""
        entry_dialogs.ask_date(self.editor)

    def action_tag(self) -> None:
        """Add tags."""
        entry_dialogs.ask_tags(self.editor)

    def action_edit_values(self) -> None:
        """Fill in custom columns."""
        column_values_dialog.edit_values(self.editor)

    def action_mark_seen(self) -> None:
        """Mark changes as seen."""
        self.editor.mark_seen()

    # Commands for the list.

    def action_sort(self) -> None:
        """Choose the sort order."""
        sort_dialogs.choose_shortlist_sort(self.editor, lambda: self.sort_key, self._set_sort_key)

    def action_custom_columns(self) -> None:
        """Add or change custom columns."""
        custom_columns_dialog.choose_column(self.editor)

    def action_show_history(self) -> None:
        """Show earlier versions of the list."""
        history_dialog.choose_version(self.editor)

    def action_import_file(self) -> None:
        """Import a list that was edited elsewhere."""
        from ..dialogs.import_shortlist_dialog import ask_file

        ask_file(self.editor)

    def action_copy_list(self) -> None:
        """Copy the list."""
        from ...export.table import shortlist_table
        from ..dialogs.copy_dialog import copy_table

        copy_table(self.context, shortlist_table(self.catalog, self.editor.shortlist))

    def action_export(self) -> None:
        """Export the list."""
        from ...export.table import shortlist_table
        from ..dialogs.export_dialog import ask_export

        ask_export(self.context, shortlist_table(self.catalog, self.editor.shortlist), None)
