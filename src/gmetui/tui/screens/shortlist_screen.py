"""The shortlist: the user's programs in rank order, with notes, status and the page of the program under the cursor."""

from __future__ import annotations

from collections.abc import Set
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.reactive import var

from ...catalog.models import Program
from ...documents.season_words import next_reminder
from ...shortlist.entries import Entry, Shortlist
from ...shortlist.fact_changes import FactChanges, fact_changes
from ...shortlist.scores import scores, sort_keys, sorted_by
from ...text import plural
from .. import clock
from ..actions import bindings
from ..context import AppContext
from ..contexts import SHORTLIST_ACTIONS
from ..dialogs import column_values_dialog, custom_columns_dialog, entry_dialogs, history_dialog, sort_dialogs
from ..dialogs.note_dialog import ask_entry_note
from ..rendering.shortlist_rows import ShortlistRenderer
from ..rendering.spans import fit
from ..shortlist_editor import ShortlistEditor
from ..widgets.bars import Bar
from ..widgets.program_reader import ProgramReader
from ..widgets.shortlist_view import EntryNotes, ShortlistView
from .filter_row import FilterRow
from .list_screen import ListScreen


class ShortlistScreen(ListScreen):
    """Where the list is ranked, annotated and exported."""

    AUTO_FOCUS = "#entries"
    BINDINGS: ClassVar[list[BindingType]] = bindings(*SHORTLIST_ACTIONS)

    sort_key: var[str] = var("rank", init=False)  # "-rating" is descending

    def __init__(self, context: AppContext) -> None:
        self.context = context
        self._changes: dict[tuple[str, str], FactChanges | None] = {}
        self.renderer = self._make_renderer(Shortlist(), "rank")
        self.entries = ShortlistView(self.renderer, id="entries")
        self.notes = EntryNotes(id="entry-notes")
        self.reader = ProgramReader(context.catalog, id="reader")
        self.detail = self.reader.page
        self.editor = ShortlistEditor(context, lambda: self.entries.targets)
        left_pane = Vertical(self.entries, self.notes, id="shortlist")
        panes = left_pane, self.entries, self.detail
        super().__init__(context, "shortlist", panes, self.entries.show_matches, "Filter your list")

    def compose_panes(self) -> ComposeResult:
        """Lay out the panes."""
        yield FilterRow(self.filter, Bar(id="status"))
        with Horizontal(id="panes"):
            yield self._left_pane
            yield self.reader

    def arrange_panes(self) -> None:
        """Show the list and the page side by side, or the one in use."""
        super().arrange_panes()
        self.reader.display = self.detail.display
        self.reader.place_aside(self.size.width, is_reading=self.is_reading)

    def on_mount(self) -> None:
        """Follow the list and the marks."""
        self.entries.cursor_callback = self._show_entry
        self.subscribe(self.context.session.open_list.current, self._show_shortlist)
        self.subscribe(self.context.session.marks, self.entries.set_marked_ids)
        profile, key_map = self.context.session.profile, self.context.session.key_map
        self.subscribe(profile.changes, lambda _: self.detail.show_profile(profile, key_map))

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
        self.renderer = self._make_renderer(shortlist, self.sort_key)
        self.entries.show_entries(self.renderer)
        self._show_status(shortlist)
        self._show_entry()
        self.show_keys()

    def _make_renderer(self, shortlist: Shortlist, sort_key: str) -> ShortlistRenderer:
        return ShortlistRenderer(
            self.context.catalog,
            shortlist,
            sorted_by(shortlist, sort_key),
            {entry.id: rank for rank, entry in enumerate(shortlist, 1)},
            scores(shortlist),
            self.changes_of,
            sort_key,
            clock.today(),
        )

    def _show_status(self, shortlist: Shortlist) -> None:
        """Say which list this is, and what commands act on."""
        review, selected_count = self.context.session.review, len(self.entries.selected_ids)
        name = "" if shortlist.name == "default" else f"{shortlist.name} · "
        reminder = next_reminder(self.catalog, shortlist.entries, clock.today())
        width = self.size.width * 2 // 3 - len(name) - 1  # the remark's share of the row
        text = f"{name}{fit(reminder, width).rstrip()} " if reminder else f"{name}each change is saved at once "
        if review:
            text = f"Shared with you, read-only: n writes your comments to {review.comments_path.name} "
        elif selected_count:
            text = f"commands act on the {plural(selected_count, 'selected program')} "
        elif self.sort_key != "rank":
            text = f"{name}sorted by {self.sort_key.removeprefix('-')}; O restores your order "
        self.query_one("#status", Bar).show_line(((text, "warning" if review else "muted"),))

    @on(ShortlistView.SelectionChanged)
    def _selection_changed(self) -> None:
        self._show_status(self.editor.shortlist)

    def idle_actions(self) -> Set[str]:
        """Return the actions that need a program while there is none, and the ranks while another order is shown."""
        if self.entry is None:
            return {"open", "status", "note", "rank-up", "rank-down", "export"}
        return frozenset() if self.sort_key == "rank" else {"rank-up", "rank-down"}

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

    @on(ShortlistView.SortRequested)
    def _sort_by_column(self, event: ShortlistView.SortRequested) -> None:
        """Sort by a column; the second time in reverse, and the third time by rank again."""
        key = event.sort_key
        self.sort_key = {key: f"-{key}", f"-{key}": "rank"}.get(self.sort_key, key) if key != "rank" else key

    def _set_sort_key(self, sort_key: str) -> None:
        self.sort_key = sort_key

    def _show_entry(self) -> None:
        """Show the notes and the page of the entry under the cursor."""
        self.notes.show_entry(self.renderer, self.entry)
        self.detail.show_program(self.program)
        self.reader.show_shortlist(self.editor.shortlist)

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
            self.read_page()

    def clear_list(self) -> bool:
        """Show all rows and select none. Return False if that is so already."""
        return super().clear_list() or self.entries.clear_selection()

    # Commands for entries.

    def action_remove(self) -> None:
        """Remove the targets from the list."""
        self.editor.remove()

    def action_select(self) -> None:
        """Select the program, or deselect it."""
        self.entries.toggle_selected()

    def action_extend_selection(self, step: int) -> None:
        """Select the program and the next one (1) or the one before (-1)."""
        self.entries.extend_selection(step)

    def action_select_all(self) -> None:
        """Select all programs, or none."""
        self.entries.select_all()

    def action_rank(self, step: int) -> None:
        """Move the program up (-1) or down (1)."""
        if self.entry is not None and self._can_rank():
            self.editor.move(self.entry, step)

    @on(ShortlistView.Dropped)
    def _rank_dragged(self, event: ShortlistView.Dropped) -> None:
        """Move a dragged program to the rank of the row where it was dropped."""
        if self._can_rank():
            position = self.editor.shortlist.position(self.entries.entries[event.line_number].id)
            assert position is not None
            self.editor.move_to(event.entry, position)

    def _can_rank(self) -> bool:
        """Return whether the list is in rank order; if not, say how to get there."""
        if self.sort_key != "rank":
            message = f"The list is sorted by {self.sort_key}. To rank, press O and choose “Your order”."
            self.context.notify_status(message)
        return self.sort_key == "rank"

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

    def action_signal(self) -> None:
        """Note the program signal."""
        entry_dialogs.choose_signal(self.editor)

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
        from ..dialogs.list_export import ask_export

        ask_export(self.context, shortlist_table(self.catalog, self.editor.shortlist), None)
