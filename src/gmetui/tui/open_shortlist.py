"""The shortlist that is open: its value, its file, and what happens to the file from outside."""

from __future__ import annotations

from collections.abc import Callable

from ..catalog.catalog import Catalog
from ..errors import DamagedFileError, FileError, GmetuiError
from ..shortlist.diff import differences
from ..shortlist.entries import Shortlist
from ..storage.fact_snapshots import FactSnapshots, save_snapshots
from ..storage.paths import Paths
from ..storage.review_store import ReviewStore
from ..storage.shortlist_store import ShortlistStore
from .notifier import Notifier
from .observable import Observable


class OpenShortlist:
    """Loads and saves the open shortlist; reports failures and changes made by other programs."""

    def __init__(
        self,
        paths: Paths,
        name: str,
        notifier: Notifier,
        *,
        review: ReviewStore | None = None,
        version_limit: int | None = None,
    ) -> None:
        """Prepare to open the list `name`, or the shared list in `review`. Call `load` next."""
        self.review = review
        self.snapshots = FactSnapshots(paths.shortlists)
        self._paths = paths
        self._notifier = notifier
        self._version_limit = version_limit
        self._is_damaged = False
        self._is_missing = False
        self.store: ShortlistStore = review or self._store_of(name)
        self.current = Observable(Shortlist(self.store.name))

    def _store_of(self, name: str) -> ShortlistStore:
        return ShortlistStore(self._paths.shortlist(name), self._version_limit)

    def load(self, report: Callable[[str], None]) -> None:
        """Read the list; report what is wrong with its file and start with an empty list then."""
        try:
            shortlist = self.store.load()
        except DamagedFileError as error:
            self._is_damaged = True
            report(f"{error}. Starting with an empty list. The damaged file will be renamed when you make a change.")
            shortlist = Shortlist(self.store.name)
        except FileError as error:
            report(str(error))
            shortlist = Shortlist(self.store.name)
        self.current.set(shortlist)

    def switch_to(self, name: str) -> None:
        """Open another list."""
        self.store = self._store_of(name)
        self._is_damaged = self._is_missing = False
        self.load(self._notifier.notify_error)

    def save(self, catalog: Catalog, shortlist: Shortlist, change: str) -> bool:
        """Write a changed list; return whether its value is different now. Raises `GmetuiError`."""
        before = self.current.value
        if self._is_damaged:
            backup = self.store.rename_as_backup()
            self._is_damaged = False
            self._notifier.notify_error(f"The damaged list was renamed to {backup.name}.")
        save_snapshots(self.snapshots, catalog, before, shortlist)
        self.current.set(self.store.save(shortlist, change))
        return self.current.value != before

    def undo(self) -> str | None:
        """Undo the last change of the list and return its description, or None. Raises `GmetuiError`."""
        description = self.store.undo()
        self.current.set(self.store.shortlist)
        return description

    def redo(self) -> str | None:
        """Redo the change that was undone last and return its description, or None. Raises `GmetuiError`."""
        description = self.store.redo()
        self.current.set(self.store.shortlist)
        return description

    def check_for_changes(self) -> None:
        """Show what another program wrote to the file meanwhile. Saving merges with it in any case."""
        if self._is_damaged or not self.store.changed_by_others():
            return
        before = self.current.value
        if before.entries and not self.store.path.exists():
            if not self._is_missing:
                message = f"The file of this list is gone: {self.store.path}. Your next change writes it again."
                self._notifier.notify_error(message)
            self._is_missing = True
            return
        self._is_missing = False
        try:
            self.current.set(self.store.load())
        except GmetuiError as error:
            self._is_damaged = isinstance(error, DamagedFileError)
            self._notifier.notify_error(str(error))
            return
        if self.current.value != before:
            self._notifier.notify_status(_describe(differences(before, self.current.value)))


def _describe(changes: list[str]) -> str:
    if not changes:
        return "Your list was changed by another program."
    more = f", and {len(changes) - 1} more" if len(changes) > 1 else ""
    return f"Changed by another program: {changes[0]}{more}"
