"""The shortlist that is open: its value, its file, and what happens to the file from outside."""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path
from typing import TypeVar

from ..catalog.catalog import Catalog
from ..errors import DamagedFileError, GmetuiError
from ..shortlist.diff import differences
from ..shortlist.entries import Shortlist
from ..storage.fact_snapshots import FactSnapshots, save_snapshots
from ..storage.lost_programs import LostPrograms
from ..storage.paths import Paths
from ..storage.review_store import ReviewStore
from ..storage.shortlist_store import ShortlistStore
from .notifier import Notifier
from .observable import Observable
from .saver import Saver

Result = TypeVar("Result")


class OpenShortlist:
    """Loads and saves the open shortlist; reports failures and changes made by other programs.

    `current` is the list as the user sees it. It is ahead of the file while a save takes long, and what is on disk
    again after that. `on_lost_programs` is called when the file lacks programs of its last version.
    """

    def __init__(
        self,
        paths: Paths,
        name: str,
        notifier: Notifier,
        saver: Saver,
        *,
        review: ReviewStore | None = None,
        version_limit: int | None = None,
    ) -> None:
        """Prepare to open the list `name`, or the shared list in `review`. Call `load` next."""
        self.review = review
        self.snapshots = FactSnapshots(paths.shortlists)
        self.on_lost_programs: Callable[[LostPrograms], None] = lambda lost: None
        self._paths = paths
        self._notifier = notifier
        self._saver = saver
        self._version_limit = version_limit
        self._is_damaged = False
        self._is_missing = False
        self._loading: Future[Shortlist] | None = None  # the reading of the list, if that takes long
        self._unsaved: list[tuple[Shortlist, str]] = []  # lists before changes that are being saved, and the changes
        self.store: ShortlistStore = review or self._store_of(name)
        self.current = Observable(Shortlist(self.store.name))

    def _store_of(self, name: str) -> ShortlistStore:
        return ShortlistStore(self._paths.shortlist(name), self._version_limit)

    def load(self, report: Callable[[str], None], patience: float | None = None) -> None:
        """Read the list; report what is wrong with its file and start with an empty list then.

        If that takes longer than `patience` seconds, start with an empty list and call `show_loaded` next. What is
        added to it meanwhile is saved after the list is read, and merged with it.
        """
        loading = self._saver.run("", self.store.load, patience)
        if loading.done():
            self._finish_loading(loading, report)
        else:
            self._loading = loading
            self.current.set(Shortlist(self.store.name))
            report(f"Reading the list “{self.store.name}” takes long; it will be shown as soon as it is read.")

    def show_loaded(self) -> None:
        """Show a list whose reading took long, once it is read. Call this when there is a screen."""
        loading, self._loading = self._loading, None
        store = self.store

        def show(done: Future[Shortlist]) -> None:
            if store is self.store:
                self._finish_loading(done, self._notifier.notify_error)
                self._notifier.notify_status(f"Read the list “{store.name}”")

        if loading is not None:
            self._saver.when_done(loading, show)

    def _finish_loading(self, loading: Future[Shortlist], report: Callable[[str], None]) -> None:
        try:
            shortlist = loading.result()
        except DamagedFileError as error:
            self._is_damaged = True
            report(f"{error}. Starting with an empty list. The damaged file will be renamed when you make a change.")
            shortlist = Shortlist(self.store.name)
        except GmetuiError as error:
            report(str(error))
            shortlist = Shortlist(self.store.name)
        if not self._unsaved:
            self.current.set(shortlist)
        self._report_notices(report)

    def _report_notices(self, report: Callable[[str], None]) -> None:
        lost = self.store.lost_programs
        for notice in self.store.notices:
            if not lost or notice != lost.text:  # which is a question
                report(notice)
        if lost:
            self.on_lost_programs(lost)

    def switch_to(self, name: str) -> None:
        """Open another list. Raises `FileError` if that can't be its name."""
        self.store = self._store_of(name)
        self._is_damaged = self._is_missing = False
        self._unsaved.clear()
        self.load(self._notifier.notify_error)
        self.show_loaded()

    def read_beside(self, read: Callable[[ShortlistStore], Result], show: Callable[[Result], object]) -> None:
        """Read something of the list, such as its versions, and show it: at once, or later if the disk takes long."""
        store = self.store

        def finish(reading: Future[Result]) -> None:
            if store is not self.store:
                return
            try:
                content = reading.result()
            except GmetuiError as error:
                self._notifier.notify_error(str(error))
            else:
                show(content)

        reading = self._saver.run("", lambda: read(store))
        if reading.done():
            finish(reading)
        else:
            self._notifier.notify_status("Reading …")
            self._saver.when_done(reading, finish)

    # Saving.

    def save(self, catalog: Catalog, shortlist: Shortlist, change: str, on_saved: Callable[[], None]) -> bool:
        """Write a changed list; return whether its value is different now. Raises `GmetuiError`.

        If that takes long it goes on in a thread, and failures are reported later. `on_saved` is called at the end.
        """
        before, store = self.current.value, self.store
        is_damaged, self._is_damaged = self._is_damaged, False

        def write() -> Path | None:
            backup = store.rename_as_backup() if is_damaged else None
            save_snapshots(self.snapshots, catalog, before, shortlist)
            store.save(shortlist, change, base=before)
            return backup

        writing = self._saver.run(change, write)
        if writing.done():
            try:
                self._finish(writing, on_saved)
            except GmetuiError:
                self._is_damaged = is_damaged and self.store.path.exists()
                raise
        else:
            self._unsaved.append((before, change))
            self.current.set(shortlist)
            self._notifier.call_later(self._notifier.notify_status, f"Saving … ({change})")
            self._saver.when_done(writing, lambda done: self._finish_later(done, store, change, on_saved))
        return self.current.value != before

    def _finish(self, writing: Future[Path | None], on_saved: Callable[[], None]) -> None:
        backup = writing.result()
        if backup:
            self._notifier.notify_error(f"The damaged list was renamed to {backup.name}.")
        on_saved()
        self.restore()

    def _finish_later(
        self, writing: Future[Path | None], store: ShortlistStore, change: str, on_saved: Callable[[], None]
    ) -> None:
        try:
            self._finish(writing, on_saved)
        except GmetuiError as error:
            self._notifier.notify_error(f"Not saved: {change}. {error}")
            self.restore()
        else:
            if store is self.store and not self._saver.is_busy:
                self._notifier.notify_status(f"Saved: {change}")

    def restore(self) -> None:
        """Show what is on disk, unless something is still being saved."""
        if not self._saver.is_busy and not self._is_damaged:
            self._unsaved.clear()
            self.current.set(self.store.shortlist)

    def undo(self) -> str | None:
        """Undo the last change of the list and return its description, or None. Raises `GmetuiError`."""
        return self._step(self.store.undo, self._unsaved)

    def redo(self) -> str | None:
        """Redo the change that was undone last and return its description, or None. Raises `GmetuiError`."""
        return self._step(self.store.redo, [])

    def _step(self, step: Callable[[], str | None], unsaved: list[tuple[Shortlist, str]]) -> str | None:
        """Undo or redo a change on disk. While saves go on, first show the list before the last of them."""
        stepping = self._saver.run("undo or redo", step)
        if stepping.done():
            description = stepping.result()
            self.restore()
            return description
        before, change = unsaved.pop() if unsaved else (self.current.value, "a change, once the saves are done")
        self.current.set(before)
        self._saver.when_done(stepping, self._finish_step)
        return change

    def _finish_step(self, stepping: Future[str | None]) -> None:
        error = stepping.exception()
        if error:
            self._notifier.notify_error(str(error))
        self.restore()

    # Changes by other programs.

    def check_for_changes(self) -> None:
        """Show what another program wrote to the file meanwhile. Saving merges with it in any case."""
        if self._is_damaged or self._saver.is_busy:
            return
        before, store = self.current.value, self.store
        checking = self._saver.run("", lambda: _read_changes(store, has_entries=bool(before.entries)))
        if checking.done():
            self._show_changes(checking, before, store)
        else:
            self._saver.when_done(checking, lambda done: self._show_changes(done, before, store))

    def _show_changes(self, checking: Future[str], before: Shortlist, store: ShortlistStore) -> None:
        if store is not self.store:
            return
        try:
            outcome = checking.result()
        except GmetuiError as error:
            self._is_damaged = isinstance(error, DamagedFileError)
            self._notifier.notify_error(str(error))
            return
        if outcome == _GONE and not self._is_missing:
            message = f"The file of this list is gone: {self.store.path}. Your next change writes it again."
            self._notifier.notify_error(message)
        self._is_missing = outcome == _GONE
        if outcome != _CHANGED:
            return
        self.restore()
        if self.current.value != before:
            self._notifier.notify_status(_describe(differences(before, self.current.value)))
        self._report_notices(self._notifier.notify_error)


_UNCHANGED, _CHANGED, _GONE = "unchanged", "changed", "gone"


def _read_changes(store: ShortlistStore, *, has_entries: bool) -> str:
    """Read a list again if its file has changed; a file that is gone doesn't count. Raises `GmetuiError`."""
    if not store.changed_by_others():
        return _UNCHANGED
    if has_entries and not os.path.lexists(store.path):
        return _GONE
    store.load()
    return _CHANGED


def _describe(changes: list[str]) -> str:
    if not changes:
        return "Your list was changed by another program."
    more = f", and {len(changes) - 1} more" if len(changes) > 1 else ""
    return f"Changed by another program: {changes[0]}{more}"
