"""The application: its screens, the actions that work everywhere, and what screens and dialogs use of it."""

from __future__ import annotations

import asyncio
import gc
import signal
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import PurePath
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

from textual.app import App
from textual.binding import BindingType
from textual.events import AppBlur, Event
from textual.message_pump import MessagePump
from textual.screen import ModalScreen, Screen

from ..catalog.ids import ProgramId
from ..documents.start_page import StartPage
from ..storage.paths import Paths
from .actions import bindings
from .catalog_loader import CatalogLoader
from .contexts import GLOBAL_ACTIONS
from .delayed_call import DelayedCall
from .dialogs.dismissal import close_dialog
from .global_dialogs import GLOBAL_DIALOGS
from .navigation import HOME, Navigator
from .preferences import Preferences, read_preferences
from .screens.opening_screen import OpeningScreen
from .terminal_app import QUIT_BINDING, TerminalApp
from .themes import DARK, THEMES

if TYPE_CHECKING:
    from ..catalog.catalog import Catalog
    from ..session.state import SessionState
    from ..storage.lost_programs import LostPrograms
    from ..storage.review_store import ReviewStore
    from .query_controller import QueryController
    from .screens.explore_screen import ExploreScreen
    from .session import Session
    from .widgets.query_input import QueryInput

Result = TypeVar("Result")

_PROGRAMS_MODE = "programs"
_STARTUP_TIME = 0.5  # seconds after which the first frames are out
_CHECK_INTERVAL = 2.0  # seconds between checks whether another program changed the list
_SAVE_DELAY = 2.0  # seconds after a change until what is open is written
_CLOSE_DELAY = 0.05  # seconds after which a screen that failed to open can be closed
_DRAFT_DELAY = 0.3  # seconds after typing until a draft is written
_COMPARED_BY_DEFAULT = 4  # programs at the top of the shortlist


def _settle(show_list: Callable[[], None]) -> None:
    """Show the list behind the first screen, and import what the first typo needs.

    Then turn garbage collection on, but never for what start-up created.
    """
    show_list()
    gc.freeze()
    gc.enable()
    import rapidfuzz.distance
    import rapidfuzz.process  # noqa: F401  # takes 30 ms, which a mistyped word would otherwise wait for


def _load_default_catalog(**options: Any) -> Catalog:
    from ..loader import load_catalog

    return load_catalog(**options)


def _exit_on_signals(app: App[None]) -> None:
    """Exit cleanly when the process is terminated or its terminal is closed."""
    for number in (signal.SIGTERM, getattr(signal, "SIGHUP", signal.SIGTERM)):
        with suppress(NotImplementedError, RuntimeError, ValueError):  # on Windows, and in threads of tests
            asyncio.get_running_loop().add_signal_handler(number, app.exit, None, 128 + number)


class GmetuiApp(TerminalApp):
    """gmetui on screen."""

    TITLE = "gmetui"
    CSS_PATH: ClassVar[list[str | PurePath]] = ["screens/screens.tcss"]
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(*GLOBAL_ACTIONS), QUIT_BINDING]
    ENABLE_COMMAND_PALETTE = False  # the application has its own, with programs and filters

    session: Session
    explore_screen: ExploreScreen
    navigator: Navigator

    def __init__(
        self,
        catalog: Catalog | None,
        paths: Paths,
        *,
        preferences: Preferences | None = None,
        list_name: str | None = None,
        query_text: str | None = None,
        start_page: StartPage | None = None,
        load_catalog: Callable[..., Catalog] | None = None,
        review: ReviewStore | None = None,
    ) -> None:
        """Open `catalog`, or show `start_page` (None) while `load_catalog` loads it.

        `query_text` is searched for first; without it, the application reopens what was open last. `review` is a shared
        list to open instead of the user's own. `preferences` are read if they aren't given. `load_catalog` takes the
        keyword arguments of `gmetui.loader.load_catalog`.
        """
        super().__init__(paths.state.parent / "error-reports")
        self.unsaved_changes: list[str] = []  # what could not be written before the application ended
        self.preferences = preferences or read_preferences(paths)
        self.read_catalog = load_catalog or _load_default_catalog
        self.loader = CatalogLoader(self, None if catalog else self._load_catalog, self._catalog_loaded)
        self.catalog_warnings: list[str] = []  # problems of imported lists, filled by whoever loads the catalog
        self._paths = paths
        self._start_page = start_page
        self._list_name = list_name
        self._review = review
        self._query_text = query_text
        self._is_open = False  # whether there is a session
        self._is_ready = False  # whether there has been a screen with programs
        for theme in THEMES:
            self.register_theme(theme)
        theme_name = self.preferences.settings.theme
        self.start_with_theme(theme_name if theme_name in self.available_themes else DARK.name)
        if self.preferences.settings.keys:
            self.set_keymap(self.preferences.key_map.textual_keymap)
        if catalog is not None:
            self._open_session(catalog)

    @property
    def catalog(self) -> Catalog:
        """The programs."""
        return self.session.catalog

    @property
    def query_controller(self) -> QueryController:
        """The query of the Explore screen."""
        return self.explore_screen.query_controller

    @property
    def screen_name(self) -> str:
        """The name of the open screen."""
        return self.navigator.screen_name

    @property
    def focused_pane_id(self) -> str:
        """The id of the focused pane, or "" if none is focused."""
        return self.focused.id or "" if self.focused else ""

    # Starting up and shutting down.

    def get_default_screen(self) -> Screen[None]:
        """Start on the Explore screen, or on what stands in for it until there are programs."""
        if self._is_open:
            return self._create_explore_screen(self._start_page)
        return OpeningScreen(self._start_page or StartPage(), self.preferences.key_map, self._initial_text)

    def on_mount(self) -> None:
        """Load the programs, if need be."""
        _exit_on_signals(self)
        if self._is_open:
            self._finish_startup()
        else:
            self.screen.call_after_refresh(self.loader.start)

    @property
    def _initial_text(self) -> str:
        return self.preferences.state.query if self._query_text is None else self._query_text

    def _load_catalog(self) -> Catalog:
        """Load the programs, and import what shows them; in a thread."""
        from .screens import explore_screen  # noqa: F401

        return self.read_catalog()

    def _catalog_loaded(self, catalog: Catalog) -> None:
        """Show the programs once the search box has all that was typed."""
        screen = self.screen
        assert isinstance(screen, OpeningScreen)
        self.loader.stop_typing()
        screen.query_input.call_later(self._show_catalog, catalog, screen.query_input)

    def _show_catalog(self, catalog: Catalog, query_input: QueryInput) -> None:
        if query_input.value != self._initial_text:
            self._query_text = query_input.value
        self._open_session(catalog)
        self.add_mode(_PROGRAMS_MODE, partial(self._create_explore_screen, self._start_page))
        self.switch_mode(_PROGRAMS_MODE)  # the default screen can't be replaced
        self._finish_startup()

    def _open_session(self, catalog: Catalog) -> None:
        """Read the user's files."""
        from .session import Session

        self.session = Session(self._paths, self, self.preferences, list_name=self._list_name, review=self._review)
        self.session.on_change = DelayedCall(self, _SAVE_DELAY, self._save_state).request
        self.session.drafts.on_change = DelayedCall(self, _DRAFT_DELAY, self.session.drafts.write).request
        self.session.use_catalog(catalog)
        self.navigator = Navigator(self, self.session, self._create_screen)
        self._is_open = True

    def _create_explore_screen(self, start_page: StartPage | None) -> ExploreScreen:
        from .screens.explore_screen import ExploreScreen

        self.explore_screen = ExploreScreen(self, self._initial_text, self.ready, start_page)
        return self.explore_screen

    def _finish_startup(self) -> None:
        for message in (*self.session.startup_errors, *self.catalog_warnings):
            self.notify_error(message)
        self.session.open_list.on_lost_programs = self._offer_lost_programs
        self.session.open_list.show_loaded()
        self.run_worker(self.loader.replay(super().on_event))
        self.set_timer(_STARTUP_TIME, partial(_settle, self.explore_screen.panes.show_waiting_results))

    def ready(self) -> None:
        """Restore what was open, once there is a screen with programs; from here on it is remembered."""
        self._is_ready = True
        lost_programs = self.session.store.lost_programs
        if lost_programs:
            self.call_after_refresh(self._offer_lost_programs, lost_programs)
        for opened in (self.session.open_list, self.session.profile):
            self.set_interval(_CHECK_INTERVAL, opened.check_for_changes)
        if self.session.review:
            self.call_after_refresh(self.action_open_screen, "shortlist")
        elif self._query_text is None:
            self.explore_screen.reopen(self.session.state)

    async def on_event(self, event: Event) -> None:
        """Keep keys while the catalog is loading, and the focus when the browser tab loses it."""
        if not isinstance(event, AppBlur) and not self.loader.buffer(event):
            await super().on_event(event)

    def on_unmount(self) -> None:
        """Write what was open and what is not yet saved."""
        if self._is_ready:
            self._save_state()
        if self._is_open:
            self.unsaved_changes = self.session.close()

    def current_state(self) -> SessionState:
        """Return what is open now."""
        return self.explore_screen.add_state(self.session.state)._replace(screen=self.screen_name)

    def _save_state(self) -> None:
        self.session.save_state(self.current_state())

    # Moving around.

    def _create_screen(self, name: str) -> Screen[None]:
        from .screens.registry import SCREENS

        return SCREENS[name](self)

    def action_open_screen(self, name: str) -> None:
        """Go to a screen; each keeps its state."""
        if not self.screen.is_modal:
            self.navigator.open(name)

    def action_navigate(self, step: int) -> None:
        """Go back (-1) to what was viewed before, or forward again (1)."""
        if not self.screen.is_modal and not self.navigator.move(step):
            self.notify_status("Nothing to go back to." if step < 0 else "Nothing to go forward to.")

    def open_query(self, query_text: str) -> None:
        """Go to the Explore screen and search."""
        from ..search import Query

        self.action_open_screen(HOME)
        self.query_controller.run(Query.parse(query_text), keep_cursor=False)
        self.explore_screen.focus_list()

    def open_program(self, program_id: str) -> None:
        """Read a program. The search and the list stay as they are."""
        self.navigator.visit()
        self.action_open_screen(HOME)
        self.explore_screen.read(self.catalog.program[ProgramId(program_id)])

    def open_reference(self, screen_name: str, key: str, section: str = "") -> None:
        """Go to the page of an institution or a specialty, and to a section of it."""
        from .screens.list_screen import ListScreen

        self.action_open_screen(screen_name)
        if isinstance(self.screen, ListScreen):
            self.screen.open_page(key, section)

    def replace_catalog(self, catalog: Catalog) -> None:
        """Show other programs; the other screens are created again when they are next opened."""
        self.action_open_screen(HOME)
        self.navigator.forget_screens()
        self.session.use_catalog(catalog)
        self.explore_screen.catalog_replaced()

    # Actions.

    async def perform_action(self, action_id: str) -> None:
        """Run an action where it works: in the focused pane, in another one, or on another screen."""
        await self.navigator.perform(action_id)

    def action_compare(self) -> None:
        """Compare the marked programs; without marks, those at the top of the shortlist."""
        if not self.session.marks.value:
            self.session.mark_top_of_list(_COMPARED_BY_DEFAULT)
        self.action_open_screen("compare")

    def action_unmark_all(self) -> None:
        """Unmark all programs that are marked for comparison."""
        self.session.unmark_all()

    def action_undo(self) -> None:
        """Undo the last edit that concerns this screen."""
        self._step_through_edits(is_undo=True)

    def action_redo(self) -> None:
        """Redo the edit that was undone last."""
        self._step_through_edits(is_undo=False)

    def _step_through_edits(self, *, is_undo: bool) -> None:
        from .edit_steps import undo_or_redo

        undo_or_redo(self, is_undo=is_undo)

    def action_resize_pane(self, step: int) -> None:
        """Make the focused pane wider (1) or narrower (-1), and remember it."""
        from .screens.base_screen import BaseScreen

        screen = self.screen
        if isinstance(screen, BaseScreen):
            screen.resize_pane(step)

    def use_keys(self) -> None:
        """Use the keys of the session, which have changed."""
        from .screens.base_screen import BaseScreen

        self.set_keymap(self.session.key_map.textual_keymap)
        for screen in self.screen_stack:
            if isinstance(screen, BaseScreen):
                screen.show_keys()
                screen.title_bar.refresh()

    # Dialogs.

    def open_dialog(self, dialog: ModalScreen[Result], callback: Callable[[Result | None], Any] | None = None) -> None:
        """Show a dialog; `callback` gets what it is dismissed with."""
        self.push_screen(dialog, callback)

    def action_show_dialog(self, name: str) -> None:
        """Show one of the dialogs that open from everywhere, unless a dialog is open already."""
        if not self.screen.is_modal:
            GLOBAL_DIALOGS[name](self)

    def _offer_lost_programs(self, lost: LostPrograms) -> None:
        from .dialogs.lost_programs_dialog import offer_restoring

        if self._is_ready and not self.screen.is_modal:
            offer_restoring(self, lost)
        elif self._is_ready:
            self.notify_error(f"{lost.text}, or press H in the shortlist.")

    # After an error.

    @property
    def can_go_on(self) -> bool:
        """Whether there is a screen to go on with."""
        return self._is_ready and self.is_running

    def remember(self) -> Callable[[], None]:
        """Return a function that restores the present state."""
        return self.session.remember() if self._is_open else super().remember()

    def close_broken(self, pump: MessagePump) -> bool:
        """Close a dialog or a screen that could not be shown; return False if it can't be closed."""
        if isinstance(pump, ModalScreen):
            self.set_timer(_CLOSE_DELAY, partial(close_dialog, pump))  # it is still being opened
        elif isinstance(pump, Screen):
            self.set_timer(_CLOSE_DELAY, partial(self.navigator.close, pump))
        return pump is not self.explore_screen

    def before_crash(self) -> None:
        """Write what is not saved."""
        if self._is_open:
            self.session.drafts.write()
