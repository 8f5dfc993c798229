"""The application: owns the catalog, the settings and the shortlist; screens ask it for everything on the disk."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import PurePath
from typing import ClassVar

from textual.app import SystemCommand
from textual.binding import BindingType
from textual.reactive import var
from textual.screen import Screen

from ..catalog.errors import GmetuiError
from ..catalog.model import NO_PROGRAMS, Catalog, Program
from ..catalog.text import clean, is_address
from ..planning.shortlist import Shortlist, entry_of
from ..searching import Query
from ..storage.errors import BrokenFileError, FileError
from ..storage.paths import Paths
from ..storage.settings import Settings, read_settings, write_settings
from ..storage.shortlists import ShortlistStore
from .actions import ACTIONS, bindings
from .patience import PatientApp
from .screens.explore import ExploreScreen
from .theme import DARK, THEMES

_SETTLED = 0.5  # seconds after which the first frames are surely out
_TOP = 4  # programs of the shortlist that are compared when none is marked
_SHORT = 2.5  # seconds that a word in passing stays
_LONG = 15.0  # seconds that a message about a person's own files stays


class GmetuiApp(PatientApp):
    """gmetui on screen."""

    TITLE = "gmetui"
    CSS_PATH: ClassVar[list[str | PurePath]] = ["screens/places.tcss"]
    BINDINGS: ClassVar[list[BindingType]] = bindings(
        "quit",
        "palette",
        "theme",
        "help",
        "explore",
        "shortlist",
        "compare",
        "institutions",
        "specialties",
        "coverage",
        "undo",
        "redo",
    )

    shortlist: var[Shortlist] = var(Shortlist, init=False)
    marks: var[tuple[str, ...]] = var((), init=False)

    def __init__(
        self,
        catalog: Catalog | None,
        paths: Paths,
        *,
        list_name: str = "default",
        line: str = "",
        read: Callable[[], Catalog] | None = None,
    ) -> None:
        """Open on `catalog`, or (None) at once on nothing while `read` fetches one."""
        super().__init__(read if catalog is None else None, self.use)
        self.catalog = catalog or NO_PROGRAMS
        self.paths = paths
        self.settings = Settings()
        self.store = ShortlistStore(paths.shortlist(list_name))
        self._line = line
        self._broken = False
        self._place = "explore"
        for theme in THEMES:
            self.register_theme(theme)
        self._complaints = self._read_settings()
        self._complaints += self._read_shortlist()

    def get_default_screen(self) -> Screen[None]:
        """Open on the explorer."""
        return ExploreScreen(self.catalog, self._line)

    def on_mount(self) -> None:
        """Say what was wrong with the person's files, once there is a screen to say it on."""
        for complaint in self._complaints:
            self.complain(complaint)
        if self.reading:
            self.fetch()
        else:
            self.set_timer(_SETTLED, self._settle)

    def use(self, catalog: Catalog) -> None:
        """Show programs that were being read."""
        self.catalog = catalog
        screen = self.screen_stack[0]
        assert isinstance(screen, ExploreScreen)
        screen.use(catalog)
        self.set_timer(_SETTLED, self._settle)

    @staticmethod
    def _settle() -> None:
        """Collect garbage again, but never what was made while starting; get ready for the first typo."""
        gc.freeze()
        gc.enable()
        import rapidfuzz.distance
        import rapidfuzz.process  # noqa: F401  # 30 ms that a mistyped word would otherwise wait for

    # Settings.

    def _read_settings(self) -> list[str]:
        try:
            self.settings, complaints = read_settings(self.paths.settings)
        except FileError as error:
            complaints = [str(error)]
        theme = self.settings.theme or DARK.name
        if theme not in self.available_themes:
            complaints.append(f"settings: no theme {theme!r}; {DARK.name} is used")
            theme = DARK.name
        self.theme = theme
        return complaints

    def watch_theme(self, theme: str) -> None:
        """Keep the choice of colours."""
        if not self.is_running or theme == (self.settings.theme or DARK.name):
            return
        self.settings = self.settings.with_theme(theme)
        try:
            aside = write_settings(self.paths.settings, self.settings)
        except GmetuiError as error:
            self.complain(str(error))
            return
        if aside:
            self.complain(f"The settings could not be read; they are kept as {aside.name}.")

    # The shortlist.

    def _read_shortlist(self) -> list[str]:
        try:
            self.set_reactive(GmetuiApp.shortlist, self.store.load())
        except BrokenFileError as error:
            self._broken = True
            return [f"{error}. The list begins empty; your next change keeps the broken file under another name."]
        except FileError as error:
            return [str(error)]
        return []

    def change_list(self, shortlist: Shortlist, change: str) -> bool:
        """Write a changed shortlist at once; on failure the list stays as it was and the reason is shown."""
        try:
            if self._broken:
                aside = self.store.set_aside()
                self._broken = False
                self.complain(f"The broken list is kept as {aside.name}.")
            self.shortlist = self.store.save(shortlist, change)
        except GmetuiError as error:
            self.complain(str(error))
            return False
        return True

    def toggle_listed(self, program: Program) -> None:
        """Put a program on the list, or take it off."""
        kept = program.id in self.shortlist
        change = f"removed {program.name}" if kept else f"added {program.name}"
        if self.change_list(self.shortlist.toggled(entry_of(self.catalog, program)), change):
            count = len(self.shortlist)
            self.tell(f"{'Off' if kept else '★ On'} the shortlist, {count} in all")

    def action_undo(self) -> None:
        """Take back the last change of the list."""
        self._step(forward=False)

    def action_redo(self) -> None:
        """Bring back what was undone."""
        self._step(forward=True)

    def _step(self, *, forward: bool) -> None:
        try:
            done = self.store.redo() if forward else self.store.undo()
        except GmetuiError as error:
            self.complain(str(error))
            return
        self.shortlist = self.store.shortlist
        if done:
            self.tell(f"{'Done again' if forward else 'Undone'}: {done}")
        else:
            self.tell("Nothing to bring back." if forward else "Nothing to undo.")

    # Marks.

    def toggle_mark(self, program: Program) -> None:
        """Mark a program to compare it, or no longer."""
        kept = tuple(own for own in self.marks if own != program.id)
        self.marks = kept if len(kept) < len(self.marks) else (*self.marks, program.id)

    def action_compare(self) -> None:
        """Set the marked programs side by side; without marks, those at the top of the shortlist."""
        if not self.marks:
            self.marks = tuple(entry.id for entry in self.shortlist if entry.id in self.catalog.program)[:_TOP]
        self.action_place("compare")

    # Places and messages.

    def action_place(self, name: str) -> None:
        """Go to a place. Each is made when it is first gone to, and keeps its state."""
        if self.screen.is_modal or self._place == name or self.catalog is NO_PROGRAMS:
            return  # a place that is made before the programs are read would stay empty
        if self._place != "explore":
            self.pop_screen()
        self._place = name
        if name == "explore":
            return
        if not self.is_screen_installed(name):
            from .screens.atlas import PLACES

            self.install_screen(PLACES[name](self.catalog), name)
        self.push_screen(name)

    def explore(self, line: str) -> None:
        """Go to the programs that a query asks for."""
        self.action_place("explore")
        screen = self.screen
        assert isinstance(screen, ExploreScreen)
        screen.ask(Query.parse(line), keep=False)
        screen.to_list()

    def action_help(self) -> None:
        """Show the keys."""
        from .screens.help import HelpScreen

        if not self.screen.is_modal:
            self.push_screen(HelpScreen(self.catalog))

    def open_address(self, address: str | None) -> None:
        """Open a page in the browser; only web addresses, and the whole address is shown."""
        if address is None:
            self.tell("No page is known.")
        elif is_address(address):
            self.open_url(address)
            self.tell(f"Opening {address}")
        else:
            self.complain(f"Not a web address: {address}")

    def tell(self, text: str) -> None:
        """Say something in passing; what was said before makes room."""
        self.clear_notifications()
        self.notify(clean(text), timeout=_SHORT, markup=False)

    def complain(self, text: str) -> None:
        """Say what went wrong."""
        self.notify(clean(text), severity="error", timeout=_LONG, markup=False)

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """Offer every action by name."""
        for action in ACTIONS:
            if action.group not in ("Moving",) and action.id not in ("palette", "back", "remove"):
                yield SystemCommand(action.words.capitalize(), action.help, partial(self.perform, action.name))

    async def perform(self, action: str) -> None:
        """Run an action where its key would have run it: in the focused pane, the screen or here."""
        bare = action.partition("(")[0]
        for place in (self.screen.focused, self.screen, self):
            if place is not None and hasattr(place, f"action_{bare}"):
                await self.run_action(action, default_namespace=place)
                return
