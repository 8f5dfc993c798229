"""What open programs are worked with: the session, the Explore screen, and the way to the other screens."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from textual.app import App
from textual.screen import Screen

from ..catalog.catalog import Catalog
from ..session.state import SessionState
from ..storage.lost_programs import LostPrograms
from ..storage.paths import Paths
from .context import AppContext
from .delayed_call import DelayedCall
from .navigation import HOME, Navigator
from .preferences import Start
from .screens.base_screen import BaseScreen
from .screens.explore_screen import ExploreScreen
from .session import Session

_STARTUP_TIME = 0.5  # seconds after which the first frames are out
_CHECK_INTERVAL = 2.0  # seconds between checks whether another program changed the list
_SAVE_DELAY = 2.0  # seconds after a change until what is open is written
_DRAFT_DELAY = 0.3  # seconds after typing until a draft is written


class Workspace:
    """Everything that needs programs. `is_ready` tells whether there has been a screen with them."""

    def __init__(self, app: App[None], context: AppContext, paths: Paths, catalog: Catalog, start: Start) -> None:
        """Read the user's files. `app` and `context` are the application."""
        self.is_ready = False
        self._app = app
        self._context = context
        self._start = start
        self.session = Session(paths, context, start.preferences, list_name=start.list_name, review=start.review)
        self.session.on_change = DelayedCall(app, _SAVE_DELAY, self.save_state).request
        self.session.drafts.on_change = DelayedCall(app, _DRAFT_DELAY, self.session.drafts.write).request
        self.session.use_catalog(catalog)
        self.navigator = Navigator(app, self.session, self._create_screen)

    def _create_screen(self, name: str) -> Screen[None]:
        from .screens.registry import SCREENS

        return SCREENS[name](self._context)

    def create_explore_screen(self) -> ExploreScreen:
        """Return the screen to start on, which searches at once."""
        start = self._start
        self.explore_screen = ExploreScreen(self._context, start.initial_text, self._show_last_state, start.page)
        return self.explore_screen

    def finish_start(self, settle: Callable[[Callable[[], None]], None]) -> None:
        """Report problems of the user's files; call `settle` when the first frames are out."""
        for message in self.session.startup_errors:
            self._context.notify_error(message)
        self.session.open_list.on_lost_programs = self._offer_lost_programs
        self.session.open_list.show_loaded()
        self._app.set_timer(_STARTUP_TIME, partial(settle, self.explore_screen.panes.show_waiting_results))

    def _show_last_state(self) -> None:
        """Restore what was open, once there is a screen with programs; from here on it is remembered."""
        self.is_ready = True
        lost_programs = self.session.store.lost_programs
        if lost_programs:
            self._app.call_after_refresh(self._offer_lost_programs, lost_programs)
        for opened in (self.session.open_list, self.session.profile):
            self._app.set_interval(_CHECK_INTERVAL, opened.check_for_changes)
        if self.session.review:
            self._app.call_after_refresh(self._context.action_open_screen, "shortlist")
        elif self._start.query_text is None:
            self.explore_screen.reopen(self.session.state)

    def _offer_lost_programs(self, lost: LostPrograms) -> None:
        from .dialogs.lost_programs_dialog import offer_restoring

        if self.is_ready and not self._app.screen.is_modal:
            offer_restoring(self._context, lost)
        elif self.is_ready:
            self._context.notify_error(f"{lost.text}, or press H in the shortlist.")

    def use_catalog(self, catalog: Catalog) -> None:
        """Show other programs; the other screens are created again when they are next opened."""
        self.navigator.open(HOME)
        self.navigator.forget_screens()
        self.session.use_catalog(catalog)
        self.explore_screen.catalog_replaced()

    def use_keys(self) -> None:
        """Show the keys of the session, which have changed."""
        for screen in self._app.screen_stack:
            if isinstance(screen, BaseScreen):
                screen.show_keys()
                screen.title_bar.refresh()

    def current_state(self) -> SessionState:
        """Return what is open now."""
        return self.explore_screen.add_state(self.session.state)._replace(screen=self.navigator.screen_name)

    def save_state(self) -> None:
        """Write what is open."""
        self.session.save_state(self.current_state())

    def close(self) -> list[str]:
        """Write what is open and what isn't saved yet; return what could not be written."""
        if self.is_ready:
            self.save_state()
        return self.session.close()
