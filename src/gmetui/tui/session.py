"""What is a person's own while gmetui is open: settings, keys, the shortlist, marks, and what was open last."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from textual.reactive import var
from textual.timer import Timer

from ..catalog.models import NO_PROGRAMS, Catalog, Program
from ..errors import GmetuiError
from ..search import Query
from ..session.undo import Step, Steps
from ..shortlist.entries import Shortlist, entry_of
from ..shortlist.versions import differences
from ..storage.fact_snapshots import KnownFacts, keep_known
from ..storage.paths import Paths
from ..storage.review_store import HandedList
from ..storage.session_file import State, read_state, write_state
from ..storage.settings import Settings, change_setting, read_settings
from ..storage.shortlist_store import KEPT, ShortlistStore
from ..storage.storage_errors import BrokenFileError, FileError
from ..text import clean, is_id
from .keymap import KeyMap
from .loading import PatientApp
from .settings_check import judged
from .themes import DARK, THEMES

_SHORT = 2.5  # seconds that a word in passing stays
_LONG = 15.0  # seconds that a message about a person's own files stays
_REMEMBER = 2.0  # seconds after which what is open is written down


class PersonalApp(PatientApp):
    """Owns the catalog and everything of a person's own; says what is wrong with it, and keeps each change."""

    shortlist: var[Shortlist] = var(Shortlist, init=False)
    marks: var[tuple[str, ...]] = var((), init=False)

    def __init__(
        self,
        catalog: Catalog | None,
        paths: Paths,
        list_name: str | None,
        read: Callable[[], Catalog] | None,
        handed: HandedList | None,
    ) -> None:
        super().__init__(read if catalog is None else None, self.use)
        self.catalog = catalog or NO_PROGRAMS
        self.paths = paths
        self.settings = Settings()
        self.state = read_state(paths.state)
        self.handed = handed
        self.known = KnownFacts(paths.shortlists)
        self._asked_for = list_name
        self.key_map = KeyMap()
        self.shown = False  # whether there has been a screen with programs on it
        self._broken = False
        self._missed = False
        self._forgetful = False
        self._later: Timer | None = None
        self.complaints: list[str] = []
        for theme in THEMES:
            self.register_theme(theme)
        self._read_own()

    def use(self, catalog: Catalog) -> None:
        """Show programs that were being read."""
        self.catalog = catalog

    def _last_list(self) -> str:
        """Return the list that was open last, if it is still there."""
        name = self.state.name
        return name if is_id(name) and self.paths.shortlist(name).exists() else "default"

    def _read_own(self) -> None:
        """Read every file of the person's own; what is wrong is said once there is a screen to say it on."""
        try:
            self.settings, self.complaints = read_settings(self.paths.settings)
        except FileError as error:
            self.complaints = [str(error)]
        self.store = self.handed or self._store_of(self._asked_for or self._last_list())
        self.key_map, wrong = judged(self.settings)
        self.complaints += (f"settings: {words}" for words in wrong)
        self.theme = self.settings.theme if self.settings.theme in self.available_themes else DARK.name
        if self.settings.keys:
            self.set_keymap(self.key_map.for_textual)
        self.set_reactive(PersonalApp.marks, self.state.marks)
        self.set_reactive(PersonalApp.shortlist, self._load_list(self.complaints.append))

    def _store_of(self, name: str) -> ShortlistStore:
        return ShortlistStore(self.paths.shortlist(name), self.settings.number("versions") or KEPT)

    def _load_list(self, complain: Callable[[str], None]) -> Shortlist:
        try:
            return self.store.load()
        except BrokenFileError as error:
            self._broken = True
            words = "The list begins empty; your next change keeps the broken file under another name."
            complain(f"{error}. {words}")
        except FileError as error:
            complain(str(error))
        return Shortlist(self.store.name)

    def open_list(self, name: str) -> None:
        """Go on with another list; what was done with the one before is undone there."""
        if self.handed:
            self.tell("This list was handed to you; start gmetui without --list-file for your own.")
            return
        if name == self.store.name:
            return
        self.store = self._store_of(name)
        self._broken = False
        steps = self.state.steps
        kept = (tuple(step for step in way if step.about != "list") for way in steps)
        self.remember(self.state._replace(steps=Steps(*kept), name=name))
        self.shortlist = self._load_list(self.complain)
        self.tell(f"The list {name}, {len(self.shortlist)} in all")

    # Settings and what was open.

    def choose(self, key: str | tuple[str, ...], value: Any) -> bool:
        """Write one setting at once; on failure the reason is shown."""
        try:
            aside = change_setting(self.paths.settings, key, value)
            self.settings, _ = read_settings(self.paths.settings)
        except GmetuiError as error:
            self.complain(str(error))
            return False
        if aside:
            self.complain(f"The settings could not be read; they are kept as {aside.name}.")
        return True

    def watch_theme(self, theme: str) -> None:
        """Keep the choice of colours."""
        if self.is_running and theme != (self.settings.theme or DARK.name):
            self.choose("theme", theme)

    def open_now(self) -> State:
        """Return what is open now."""
        return self.state._replace(marks=self.marks)

    def remember(self, state: State | None = None) -> None:
        """Write down soon what is open; many changes are written once."""
        if state is not None:
            self.state = state
        if self._later is None and self.is_running:
            self._later = self.set_timer(_REMEMBER, self._remember)

    def _remember(self) -> None:
        self._later = None
        if self.handed:
            return  # what is open belongs to one's own lists
        state = self.open_now()
        try:
            write_state(self.paths.state, state)
        except FileError as error:
            if self.is_running and not self._forgetful:
                self._forgetful = True  # said once is enough
                self.complain(f"{error}; what is open is not remembered")

    def on_unmount(self) -> None:
        """Write down what was open."""
        if self.shown:
            self._remember()

    # The shortlist.

    def change_list(self, shortlist: Shortlist, change: str) -> bool:
        """Write a changed shortlist at once; on failure the list stays as it was and the reason is shown."""
        before = self.shortlist
        try:
            if self._broken:
                aside = self.store.set_aside()
                self._broken = False
                self.complain(f"The broken list is kept as {aside.name}.")
            keep_known(self.known, self.catalog, before, shortlist)
            self.shortlist = self.store.save(shortlist, change)
        except GmetuiError as error:
            self.complain(str(error))
            return False
        if self.shortlist != before:
            self.done(Step("list", words=change))
        return True

    def look_again(self) -> None:
        """Show what another gmetui wrote into the list meanwhile; a change of ours is joined with it anyway."""
        if self._broken or not self.store.changed_by_others():
            return
        before = self.shortlist
        if before.entries and not self.store.path.exists():
            if not self._missed:
                self.complain(f"The file of this list is gone: {self.store.path}. Your next change writes it again.")
            self._missed = True
            return
        self._missed = False
        try:
            self.shortlist = self.store.load()
        except GmetuiError as error:
            self._broken = isinstance(error, BrokenFileError)
            self.complain(str(error))
            return
        if self.shortlist != before:
            lines = differences(before, self.shortlist)
            more = f", and {len(lines) - 1} more" if len(lines) > 1 else ""
            self.tell(f"Changed outside: {lines[0]}{more}" if lines else "Your list was changed outside.")

    def toggle_listed(self, program: Program) -> None:
        """Put a program on the list, or take it off."""
        kept = program.id in self.shortlist
        change = f"removed {program.name}" if kept else f"added {program.name}"
        if self.change_list(self.shortlist.toggled(entry_of(self.catalog, program)), change):
            count = len(self.shortlist)
            self.tell(f"{'Off' if kept else '★ On'} the shortlist, {count} in all")

    # Marks.

    def toggle_mark(self, program: Program) -> None:
        """Mark a program to compare it, or no longer."""
        before = self.marks
        kept = tuple(own for own in before if own != program.id)
        self.marks = kept if len(kept) < len(before) else (*before, program.id)
        words = f"{'marked' if program.id in self.marks else 'unmarked'} {program.name}"
        self.done(Step("marks", " ".join(before), " ".join(self.marks), words))

    # What was done, taken back.

    def done(self, step: Step) -> None:
        """Note that something was done, so that it can be taken back."""
        self.remember(self.state._replace(steps=self.state.steps.taken(step)))

    def step(self, *, forward: bool, about: tuple[str, ...]) -> str | None:
        """Take back, or bring again, the last thing that was done about some matters; return words for it."""
        way = self.state.steps.forward if forward else self.state.steps.back
        steps, step = way(*about)
        self.remember(self.state._replace(steps=steps))
        if step is None or step.about == "list":
            return self._list_step(forward=forward) if "list" in about else None
        value = step.after if forward else step.before
        if step.about == "marks":
            self.marks = tuple(value.split())
        else:
            self.show_query(Query.parse(value))
        return step.words

    def _list_step(self, *, forward: bool) -> str | None:
        try:
            words = self.store.redo() if forward else self.store.undo()
        except GmetuiError as error:
            self.complain(str(error))
            return None
        self.shortlist = self.store.shortlist
        return words

    def show_query(self, query: Query) -> None:
        """Show a query without noting that it was asked."""

    # Messages.

    def tell(self, text: str) -> None:
        """Say something in passing; what was said before makes room."""
        self.clear_notifications()
        self.notify(clean(text), timeout=_SHORT, markup=False)

    def complain(self, text: str) -> None:
        """Say what went wrong."""
        self.notify(clean(text), severity="error", timeout=_LONG, markup=False)
