"""The application: the places and the way between them, and what works everywhere."""

from __future__ import annotations

import asyncio
import gc
import signal
from collections.abc import Callable
from contextlib import suppress
from pathlib import PurePath
from typing import ClassVar

from textual.binding import BindingType
from textual.screen import Screen
from textual.widget import AwaitMount

from ..catalog.models import NO_PROGRAMS, Catalog
from ..loader import load
from ..search import Query
from ..session.history import Trail, Visit
from ..session.undo import Step
from ..storage.paths import Paths
from ..storage.review_store import HandedList
from ..storage.session_file import State
from ..text import is_address
from .actions import BY_ID, bindings
from .contexts import EVERYWHERE, PANES, ROOMS, in_room
from .global_actions import DialogApp
from .screens.base_screen import Place
from .screens.explore_screen import ExploreScreen

_SETTLED = 0.5  # seconds after which the first frames are surely out
_AGAIN = 2.0  # seconds after which it is seen whether somebody else changed the list
_TOP = 4  # programs of the shortlist that are compared when none is marked


class GmetuiApp(DialogApp):
    """gmetui on screen."""

    TITLE = "gmetui"
    CSS_PATH: ClassVar[list[str | PurePath]] = ["screens/screens.tcss"]
    BINDINGS: ClassVar[list[BindingType]] = bindings(*EVERYWHERE)
    ENABLE_COMMAND_PALETTE = False  # what finds anything here is a picker like the others

    def __init__(
        self,
        catalog: Catalog | None,
        paths: Paths,
        *,
        list_name: str | None = None,
        line: str | None = None,
        read: Callable[..., Catalog] | None = None,
        handed: HandedList | None = None,
    ) -> None:
        """Open on `catalog`, or (None) at once on nothing while `read` fetches one; without a `line` as it was left.

        With a list that was `handed` over, open on that. `read` takes what `prepared.load` does.
        """
        super().__init__(catalog, paths, list_name, read, handed)
        self._line = line
        self.read_programs = read or load
        self.troubles: list[str] = []  # what was wrong with lists that were brought in
        self.trail = Trail()

    def get_default_screen(self) -> Screen[None]:
        """Open on the explorer."""
        self.home = ExploreScreen(self.catalog, self.state.query if self._line is None else self._line)
        return self.home

    def on_mount(self) -> None:
        """Say what was wrong with the person's files, now that there is a screen to say it on."""
        for number in (signal.SIGTERM, getattr(signal, "SIGHUP", signal.SIGTERM)):
            with suppress(NotImplementedError, RuntimeError, ValueError):  # Windows, and threads that tests run in
                asyncio.get_running_loop().add_signal_handler(number, self.exit, None, 128 + number)
        for complaint in self.complaints:
            self.complain(complaint)
        if self.reading:
            self.fetch()
            return
        self._say_troubles()
        self.set_timer(_SETTLED, self._settle)

    def use(self, catalog: Catalog) -> None:
        """Show programs that were being read."""
        super().use(catalog)
        self.home.use(catalog)
        self.ready()
        self._say_troubles()
        self.set_timer(_SETTLED, self._settle)

    def _say_troubles(self) -> None:
        for trouble in self.troubles:
            self.complain(trouble)

    def renew(self, catalog: Catalog) -> None:
        """Go on with other programs; places are made anew when they are next gone to."""
        self.action_place("explore")
        for name in ROOMS:
            if name != "explore" and self.is_screen_installed(name):
                self.uninstall_screen(name)
        super().use(catalog)
        self.home.use(catalog)

    def ready(self) -> None:
        """Bring back what was open, now that there is a screen with programs; what is open is remembered from here."""
        if self.reading and self.catalog is NO_PROGRAMS:
            return
        self.shown = True
        self.set_interval(_AGAIN, self.look_again)
        if self.handed:
            self.call_after_refresh(self.action_place, "shortlist")
        elif self._line is None:
            self.home.reopen(self.state)

    @staticmethod
    def _settle() -> None:
        """Collect garbage again, but never what was made while starting; get ready for the first typo."""
        gc.freeze()
        gc.enable()
        import rapidfuzz.distance
        import rapidfuzz.process  # noqa: F401  # 30 ms that a mistyped word would otherwise wait for

    def open_now(self) -> State:
        """Return what is open now."""
        return self.home.open_now(super().open_now())._replace(place=self.room)

    # Places.

    def action_place(self, name: str) -> None:
        """Go to a place. Each is made when it is first gone to, and keeps its state."""
        if self.screen.is_modal or self.room == name or self.catalog is NO_PROGRAMS:
            return  # a place that is made before the programs are read would stay empty
        self.trail = self.trail.left(self.here)
        self._go_to(name)

    def _go_to(self, name: str) -> AwaitMount | None:
        if self.room != "explore":
            self.pop_screen()
        self.room = name
        if name == "explore":
            return None
        if not self.is_screen_installed(name):
            from .screens.screen_names import PLACES

            self.install_screen(PLACES[name](self.catalog), name)
        return self.push_screen(name)

    @property
    def here(self) -> Visit:
        """What is looked at now."""
        screen = self.screen
        return Visit(self.room, screen.what if isinstance(screen, Place) else "")

    def action_trail(self, step: int) -> None:
        """Go back to what was looked at before, or forward again."""
        if self.screen.is_modal:
            return
        trail, visit = (self.trail.back if step < 0 else self.trail.forward)(self.here)
        if visit is None:
            self.tell("Nothing was looked at before this." if step < 0 else "Nothing was looked at after this.")
            return
        self.trail = trail
        if visit.place != self.room:
            self._go_to(visit.place)
        screen = self.screen
        assert isinstance(screen, Place)
        screen.look_at(visit.what)

    def explore(self, line: str) -> None:
        """Go to the programs that a query asks for."""
        self.action_place("explore")
        self.home.ask(Query.parse(line), keep=False)
        self.home.to_list()

    def show_program(self, own: str) -> None:
        """Go to a program: in the list as it is, or else alone."""
        if self.home.results.row_of(own) is None:
            self.explore(f"id:{own}")
        else:
            self.action_place("explore")
            self.home.programs.go_to(own)
        self.home.action_focus_pane("detail")

    def read_about(self, place: str, key: str, section: str = "") -> None:
        """Go to a row of a place, an institution or a specialty, and to a section of its page."""
        self.action_place(place)
        screen = self.screen
        if isinstance(screen, Place):
            screen.look_at(key)
            if section:
                screen.call_after_refresh(screen.read_section, section)

    def show_query(self, query: Query) -> None:
        """Show a query without noting that it was asked."""
        self.home.show_query(query, keep=True)

    def action_compare(self) -> None:
        """Set the marked programs side by side; without marks, those at the top of the shortlist."""
        if not self.marks:
            found = tuple(entry.id for entry in self.shortlist if entry.id in self.catalog.program)[:_TOP]
            if found:
                self.done(Step("marks", "", " ".join(found), "marked the top of the shortlist"))
            self.marks = found
        self.action_place("compare")

    # What works everywhere.

    def action_undo(self) -> None:
        """Take back the last thing that was done here."""
        self._undo(forward=False)

    def action_redo(self) -> None:
        """Bring back what was undone."""
        self._undo(forward=True)

    def _undo(self, *, forward: bool) -> None:
        self.home.settle()
        about = {"shortlist": ("list",), "compare": ("marks", "list")}.get(self.room, ("query", "marks", "list"))
        words = self.step(forward=forward, about=about)
        if words:
            self.tell(f"{'Done again' if forward else 'Undone'}: {words}")
        else:
            self.tell("Nothing to bring back." if forward else "Nothing to undo.")

    def action_widen(self, step: int) -> None:
        """Make the pane in use wider or narrower, and keep it so."""
        screen = self.screen
        if isinstance(screen, Place):
            screen.widen(step)

    def open_address(self, address: str | None) -> None:
        """Open a page in the browser; only web addresses, and the whole address is shown."""
        if address is None:
            self.tell("No page is known.")
        elif is_address(address):
            self.open_url(address)
            self.tell(f"Opening {address}")
        else:
            self.complain(f"Not a web address: {address}")

    async def perform(self, own: str) -> None:
        """Run an action, by its id, where it works: in the pane in use, in another one, or in another place."""
        name = BY_ID[own].name
        if own in EVERYWHERE:
            await self.run_action(name, default_namespace=self)
            return
        room = next((room for room in (self.room, *ROOMS) if own in in_room(room)), None)
        if room is None:
            return
        if room != self.room:
            self.trail = self.trail.left(self.here)
            mounted = self._go_to(room)
            if mounted is not None:
                await mounted
        screen = self.screen
        focused = screen.focused
        if focused is None or own not in PANES[focused.id or ""].own:
            if own in ROOMS[room].actions:
                await self.run_action(name, default_namespace=screen)
                return
            pane = next(pane for pane in ROOMS[room].panes if own in PANES[pane].own)
            assert isinstance(screen, Place)
            screen.focus_pane(pane)
            focused = screen.query_one(f"#{pane}")
        await self.run_action(name, default_namespace=focused)
