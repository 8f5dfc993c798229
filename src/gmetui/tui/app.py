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
from .dialogs.dismissal import close_dialog
from .edit_steps import undo_or_redo
from .global_dialogs import GLOBAL_DIALOGS
from .navigation import HOME, Navigator
from .preferences import Start, read_preferences
from .screens.opening_screen import OpeningScreen
from .terminal_app import QUIT_BINDING, TerminalApp
from .themes import DARK, THEMES

if TYPE_CHECKING:
    from ..catalog.catalog import Catalog
    from .query_controller import QueryController
    from .screens.explore_screen import ExploreScreen
    from .session import Session
    from .widgets.query_input import QueryInput
    from .workspace import Workspace

Result = TypeVar("Result")

_WRITING_TIME = 0.05  # seconds in which the first frame reaches the terminal; loading would take turns with it
_PROGRAMS_MODE = "programs"
_CLOSE_DELAY = 0.05  # seconds after which a screen that failed to open can be closed
_COMPARED_BY_DEFAULT = 4  # programs at the top of the shortlist


def _settle(show_list: Callable[[], None]) -> None:
    """Show the list behind the first screen, and turn garbage collection on, but never for what start-up created."""
    show_list()
    gc.freeze()
    gc.enable()


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

    def __init__(
        self,
        catalog: Catalog | None,
        paths: Paths,
        start: Start | None = None,
        *,
        load_catalog: Callable[..., Catalog] | None = None,
    ) -> None:
        """Open `catalog`; None: show the first screen while `load_catalog` loads it.

        `load_catalog` takes the keyword arguments of `gmetui.loader.load_catalog`.
        """
        super().__init__(paths.state.parent / "error-reports")
        self.unsaved_changes: list[str] = []  # what could not be written before the application ended
        self.workspace: Workspace | None = None  # until there are programs
        self.read_catalog = load_catalog or _load_default_catalog
        self.loader = CatalogLoader(self, None if catalog else self._load_catalog, self._catalog_loaded)
        self.catalog_warnings: list[str] = []  # problems of imported lists, filled by whoever loads the catalog
        self._paths = paths
        self._start = start or Start(read_preferences(paths))
        preferences = self._start.preferences
        for theme in THEMES:
            self.register_theme(theme)
        theme_name = preferences.settings.theme
        self.start_with_theme(theme_name if theme_name in self.available_themes else DARK.name)
        if preferences.settings.keys:
            self.set_keymap(preferences.key_map.textual_keymap)
        if catalog is not None:
            self._open(catalog)

    @property
    def _open_workspace(self) -> Workspace:
        assert self.workspace is not None  # no key reaches what needs programs before there are any
        return self.workspace

    @property
    def session(self) -> Session:
        """Settings, keys, the shortlist, marks and undo."""
        return self._open_workspace.session

    @property
    def navigator(self) -> Navigator:
        """The way between the screens."""
        return self._open_workspace.navigator

    @property
    def explore_screen(self) -> ExploreScreen:
        """The Explore screen."""
        return self._open_workspace.explore_screen

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
        if self.workspace is not None:
            return self.workspace.create_explore_screen()
        start = self._start
        return OpeningScreen(start.page or StartPage(), start.preferences.key_map, start.initial_text)

    def on_mount(self) -> None:
        """Load the programs, if need be."""
        _exit_on_signals(self)
        if self.workspace is None:
            self.screen.call_after_refresh(self.set_timer, _WRITING_TIME, self.loader.start)
        else:
            self._finish_start()

    def _load_catalog(self) -> Catalog:
        """Load the programs, and import what shows them; in a thread."""
        from . import workspace  # noqa: F401

        return self.read_catalog()

    def _catalog_loaded(self, catalog: Catalog) -> None:
        """Show the programs once the search box has all that was typed."""
        screen = self.screen
        assert isinstance(screen, OpeningScreen)
        self.loader.stop_typing()
        screen.query_input.call_later(self._show_catalog, catalog, screen.query_input)

    def _show_catalog(self, catalog: Catalog, query_input: QueryInput) -> None:
        if query_input.value != self._start.initial_text:
            self._start = self._start._replace(query_text=query_input.value)
        self._open(catalog)
        self.add_mode(_PROGRAMS_MODE, self._open_workspace.create_explore_screen)
        self.switch_mode(_PROGRAMS_MODE)  # the default screen can't be replaced
        self._finish_start()

    def _open(self, catalog: Catalog) -> None:
        from .workspace import Workspace

        self.workspace = Workspace(self, self, self._paths, catalog, self._start)

    def _finish_start(self) -> None:
        for warning in self.catalog_warnings:
            self.notify_error(warning)
        self._open_workspace.finish_start(_settle)
        self.run_worker(self.loader.replay(super().on_event))

    async def on_event(self, event: Event) -> None:
        """Keep keys while the catalog is loading, and the focus when the browser tab loses it."""
        if not isinstance(event, AppBlur) and not self.loader.buffer(event):
            await super().on_event(event)

    def on_unmount(self) -> None:
        """Write what was open and what is not yet saved."""
        if self.workspace is not None:
            self.unsaved_changes = self.workspace.close()

    # Moving around.

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
        """Show other programs."""
        self._open_workspace.use_catalog(catalog)

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
        undo_or_redo(self, is_undo=True)

    def action_redo(self) -> None:
        """Redo the edit that was undone last."""
        undo_or_redo(self, is_undo=False)

    def action_resize_pane(self, step: int) -> None:
        """Make the focused pane wider (1) or narrower (-1), and remember it."""
        from .screens.base_screen import BaseScreen

        screen = self.screen
        if isinstance(screen, BaseScreen):
            screen.resize_pane(step)

    def use_keys(self) -> None:
        """Use the keys of the session, which have changed."""
        self.set_keymap(self.session.key_map.textual_keymap)
        self._open_workspace.use_keys()

    # Dialogs.

    def open_dialog(self, dialog: ModalScreen[Result], callback: Callable[[Result | None], Any] | None = None) -> None:
        """Show a dialog; `callback` gets what it is dismissed with."""
        self.push_screen(dialog, callback)

    def action_show_dialog(self, name: str) -> None:
        """Show one of the dialogs that open from everywhere, unless a dialog is open already."""
        if not self.screen.is_modal:
            GLOBAL_DIALOGS[name](self)

    # After an error.

    @property
    def can_go_on(self) -> bool:
        """Whether there is a screen to go on with."""
        return self.workspace is not None and self.workspace.is_ready and self.is_running

    def remember(self) -> Callable[[], None]:
        """Return a function that restores the present state."""
        return self.session.remember() if self.workspace else super().remember()

    def close_broken(self, pump: MessagePump) -> bool:
        """Close a dialog or a screen that could not be shown; return False if it can't be closed."""
        if isinstance(pump, ModalScreen):
            self.set_timer(_CLOSE_DELAY, partial(close_dialog, pump))  # it is still being opened
        elif isinstance(pump, Screen):
            self.set_timer(_CLOSE_DELAY, partial(self.navigator.close, pump))
        return pump is not self.explore_screen

    def before_crash(self) -> None:
        """Write what is not saved."""
        if self.workspace is not None:
            self.session.drafts.write()
