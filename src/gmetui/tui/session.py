"""What the application remembers for its user: settings, keys, the shortlist, marks, undo, and what was open."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from ..catalog.catalog import EMPTY_CATALOG, Catalog
from ..catalog.models import Program
from ..errors import GmetuiError
from ..session.history import NavigationHistory
from ..session.state import SessionState
from ..session.undo import Edit, UndoStack
from ..shortlist.entries import Shortlist, entry_of
from ..storage.paths import Paths
from ..storage.review_store import ReviewStore
from ..storage.session_file import write_session
from ..storage.settings import Settings, change_setting, read_settings
from ..storage.shortlist_store import ShortlistStore
from ..text import is_slug, plural
from .drafts import Drafts
from .labels import program_label
from .notifier import Notifier
from .observable import Observable
from .open_profile import OpenProfile
from .open_shortlist import OpenShortlist
from .open_triage import TRIAGE_EDIT, OpenTriage
from .preferences import Preferences
from .saver import Saver

_LOAD_PATIENCE = 2.0  # seconds that the screen waits for the list at the start


def _with_setting(settings: Settings, key: str | tuple[str, ...], value: Any) -> Settings:
    """Return settings with one of them changed, as reading the file will return them once it is written."""
    if isinstance(key, tuple):
        table_name, entry_key = key
        table = {name: entry for name, entry in getattr(settings, table_name).items() if name != entry_key}
        changes: dict[str, Any] = {table_name: table if value is None else {**table, entry_key: value}}
        return replace(settings, **changes)
    values = {name: content for name, content in settings.values.items() if name != key}
    return replace(settings, values=values if value is None else {**values, key: value})


class Session:
    """User state while the application is running; every change is saved at once, beside the screen if that takes long.

    `marks` are the ids of the programs marked for comparison. `startup_errors` are messages about the user's files, to
    be shown when there is a screen. `on_change` is called when `state` should be written before long.
    """

    def __init__(
        self,
        paths: Paths,
        notifier: Notifier,
        preferences: Preferences,
        *,
        list_name: str | None = None,
        review: ReviewStore | None = None,
    ) -> None:
        """Read the user's other files. Open the list in `review`, else `list_name`, else the list opened last."""
        self.paths = paths
        self.catalog: Catalog = EMPTY_CATALOG
        self.history = NavigationHistory()
        self.on_change: Callable[[], None] = lambda: None
        self.startup_errors: list[str] = []
        self._notifier = notifier
        self.saver = Saver(notifier.call_later)
        self._save_failed = False
        self.drafts = Drafts(paths.state.parent / "drafts")
        if self.drafts.labels():
            labels = ", ".join(self.drafts.labels())
            self.startup_errors.append(f"Not saved last time: {labels}. Open it again to see what you wrote.")
        self.state, self.settings, self.key_map, problems = preferences
        self.startup_errors += problems
        self.marks: Observable[tuple[str, ...]] = Observable(self.state.marked_ids)
        self.profile = OpenProfile(paths, self.settings.profile, notifier.call_later, is_offered=review is None)
        self.triage = OpenTriage(paths.triage, self.record_edit, notifier, self.saver, is_offered=review is None)
        self.startup_errors += filter(None, (self.profile.startup_error, self.triage.problem))
        name = list_name or self._last_list_name()
        limit = self.settings.version_limit
        self.open_list = OpenShortlist(paths, name, notifier, self.saver, review=review, version_limit=limit)
        self.open_list.load(self.startup_errors.append, _LOAD_PATIENCE)

    def _last_list_name(self) -> str:
        """Return the name of the list opened last, if its file still exists."""
        name = self.state.list_name
        return name if is_slug(name) and self.paths.shortlist(name).exists() else "default"

    def use_catalog(self, catalog: Catalog) -> None:
        """Use other programs, which are compared with the profile."""
        self.catalog = catalog
        self.profile.judge(catalog)

    # Settings and what is open.

    def set_setting(self, key: str | tuple[str, ...], value: Any) -> bool:
        """Write one setting; on failure report the reason and return False."""
        path = self.paths.settings

        def write() -> tuple[Path | None, Settings]:
            backup = change_setting(path, key, value)
            return backup, read_settings(path)[0]

        writing = self.saver.run("a setting", write)
        if writing.done():
            return self._use_written_settings(writing)
        self.settings = _with_setting(self.settings, key, value)
        self.saver.when_done(writing, self._use_written_settings)
        return True

    def _use_written_settings(self, writing: Future[tuple[Path | None, Settings]]) -> bool:
        """Use the settings that are in the file now. On failure report the reason and return False."""
        try:
            backup, self.settings = writing.result()
        except GmetuiError as error:
            self._notifier.notify_error(str(error))
            return False
        if backup:
            self._notifier.notify_error(f"The settings file was damaged and has been renamed to {backup.name}.")
        return True

    def set_keys(self, action_id: str, key_names: tuple[str, ...] | None) -> bool:
        """Change the keys of an action (None: to the default ones); on failure report the reason and return False."""
        if not self.set_setting(("keys", action_id), key_names):
            return False
        self.key_map.use(self.settings.keys)
        return True

    def update_state(self, state: SessionState) -> None:
        """Replace what is remembered, and ask for it to be written before long."""
        self.state = state
        self.on_change()

    def save_state(self, state: SessionState) -> None:
        """Write what is open; a shared list is not the user's own, so nothing is written then."""
        if self.review:
            return
        state = state._replace(marked_ids=self.marks.value)
        writing = self.saver.run("", partial(write_session, self.paths.state, state))
        self.saver.when_done(writing, self._report_unsaved_state)

    def _report_unsaved_state(self, writing: Future[None]) -> None:
        error = writing.exception()
        if error and not self._save_failed:  # report it only once
            self._save_failed = True
            self._notifier.notify_error(f"{error}; gmetui won't remember what is open")

    def close(self) -> list[str]:
        """Wait a short time for everything to be written. Return what is not saved."""
        self.drafts.close()
        return self.saver.close()

    def remember(self) -> Callable[[], None]:
        """Return a function that restores what is remembered now; what is on disk stays as it is."""
        state, marks, settings, history = self.state, self.marks.value, self.settings, self.history

        def restore() -> None:
            self.state, self.settings, self.history = state, settings, history
            self.marks.set(marks)
            self.open_list.restore()

        return restore

    # The shortlist.

    @property
    def shortlist(self) -> Shortlist:
        """The open shortlist."""
        return self.open_list.current.value

    @property
    def store(self) -> ShortlistStore:
        """The file of the open shortlist."""
        return self.open_list.store

    @property
    def review(self) -> ReviewStore | None:
        """The shared list that the user reviews, if one is open."""
        return self.open_list.review

    def switch_list(self, name: str) -> None:
        """Open another list; from here on, undo reverts its changes and not those of the list before."""
        if self.review:
            self._notifier.notify_status("This list is shared with you; start gmetui without --list-file for your own.")
            return
        if name == self.store.name:
            return
        remaining = (tuple(edit for edit in edits if edit.kind != "list") for edits in self.state.undo_stack)
        self.update_state(self.state._replace(undo_stack=UndoStack(*remaining), list_name=name))
        self.open_list.switch_to(name)
        self._notifier.notify_status(f"Opened the list {name} ({len(self.shortlist):,} on the list)")

    def save_shortlist(self, shortlist: Shortlist, change: str) -> bool:
        """Save a changed shortlist; on failure keep the list as it was, report the reason and return False."""
        problem = self.try_save_shortlist(shortlist, change)
        if problem is not None:
            self._notifier.notify_error(problem)
        return problem is None

    def try_save_shortlist(
        self, shortlist: Shortlist, change: str, on_saved: Callable[[], None] = lambda: None
    ) -> str | None:
        """Save a changed shortlist; on failure keep the list as it was and return the reason.

        `on_saved` is called once the list is on disk, which may take a while.
        """
        try:
            has_changed = self.open_list.save(self.catalog, shortlist, change, on_saved)
        except GmetuiError as error:
            return str(error)
        if has_changed:
            self.record_edit(Edit("list", description=change))
        return None

    def toggle_saved(self, program: Program) -> None:
        """Save a program to the shortlist, or remove it."""
        was_saved = program.id in self.shortlist
        label = program_label(self.catalog, program)
        change = f"removed {label}" if was_saved else f"added {label}"
        if self.save_shortlist(self.shortlist.with_entry_toggled(entry_of(self.catalog, program)), change):
            message = f"Removed {label}" if was_saved else f"★ Saved {label}"
            self._notifier.notify_status(f"{message} ({len(self.shortlist):,} on the list)")

    # Marks.

    def toggle_mark(self, program: Program) -> None:
        """Mark or unmark a program for comparison."""
        before = self.marks.value
        is_marked = program.id in before
        after = tuple(marked for marked in before if marked != program.id) if is_marked else (*before, program.id)
        self.set_marks(after, f"{'unmarked' if is_marked else 'marked'} {program_label(self.catalog, program)}")

    def unmark_all(self) -> None:
        """Unmark all programs that are marked for comparison, as one edit."""
        count = len(self.marks.value)
        if not count:
            self._notifier.notify_status("No programs are marked for comparison.")
            return
        self.set_marks((), f"unmarked {plural(count, 'program')}")
        self._notifier.notify_status(f"Unmarked {plural(count, 'program')}; u undoes it.")

    def set_marks(self, program_ids: tuple[str, ...], description: str) -> None:
        """Mark other programs, as one edit."""
        edit = Edit("marks", " ".join(self.marks.value), " ".join(program_ids), description)
        self.marks.set(program_ids)
        self.record_edit(edit)

    def mark_top_of_list(self, count: int) -> None:
        """Mark the first programs of the shortlist, if there are any."""
        listed_ids = [entry.id for entry in self.shortlist if entry.id in self.catalog.program]
        if listed_ids:
            self.set_marks(tuple(listed_ids[:count]), "marked the top of the shortlist")

    # Undo.

    def record_edit(self, edit: Edit) -> None:
        """Remember an edit so that it can be undone."""
        self.update_state(self.state._replace(undo_stack=self.state.undo_stack.push(edit)))

    def undo(self, *kinds: str) -> Edit | None:
        """Undo the last edit of some kinds and return it. The caller shows the query of a query edit."""
        stack, edit = self.state.undo_stack.undo(*kinds)
        self.update_state(self.state._replace(undo_stack=stack))
        if edit is None or edit.kind == "list":
            return self._step_list(self.open_list.undo) if "list" in kinds else None
        if edit.kind == "marks":
            self.marks.set(tuple(edit.before.split()))
        elif edit.kind == TRIAGE_EDIT:
            self.triage.restore(self.catalog, edit.before)
        return edit

    def redo(self, *kinds: str) -> Edit | None:
        """Redo the last undone edit of some kinds and return it. The caller shows the query of a query edit."""
        stack, edit = self.state.undo_stack.redo(*kinds)
        self.update_state(self.state._replace(undo_stack=stack))
        if edit is None or edit.kind == "list":
            return self._step_list(self.open_list.redo) if "list" in kinds else None
        if edit.kind == "marks":
            self.marks.set(tuple(edit.after.split()))
        elif edit.kind == TRIAGE_EDIT:
            self.triage.restore(self.catalog, edit.after)
        return edit

    def _step_list(self, step: Callable[[], str | None]) -> Edit | None:
        """Undo or redo a change to the list. Its file keeps its own history, including earlier sessions."""
        try:
            description = step()
        except GmetuiError as error:
            self._notifier.notify_error(str(error))
            return None
        return Edit("list", description=description) if description else None
