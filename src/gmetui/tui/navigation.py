"""Moving between screens, and back and forward through what was viewed."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Protocol, runtime_checkable

from textual.app import App
from textual.screen import Screen
from textual.widget import AwaitMount

from ..session.history import Location
from .actions import ACTIONS_BY_ID
from .contexts import SCREEN_LAYOUTS, locate_action

if TYPE_CHECKING:
    from .session import Session

HOME = "explore"


@runtime_checkable
class Destination(Protocol):
    """A screen that can be navigated to."""

    @property
    def history_key(self) -> str:
        """What is viewed: a query, or the id of a row."""

    def restore(self, history_key: str) -> None:
        """View something again."""

    def focus_pane(self, pane_id: str) -> None:
        """Go to a pane."""


class Navigator:
    """Switches screens. The home screen is always open; each other screen is created when it is first opened."""

    def __init__(self, app: App[None], session: Session, create_screen: Callable[[str], Screen[None]]) -> None:
        self.screen_name = HOME
        self._app = app
        self._session = session
        self._create_screen = create_screen

    @property
    def location(self) -> Location:
        """The screen that is open and what is viewed there."""
        screen = self._app.screen
        return Location(self.screen_name, screen.history_key if isinstance(screen, Destination) else "")

    def visit(self) -> None:
        """Remember the present location, to which going back returns."""
        self._session.history = self._session.history.visit(self.location)

    def open(self, name: str) -> AwaitMount | None:
        """Go to a screen; return what to await until it is ready, if anything."""
        if name == self.screen_name:
            return None
        self.visit()
        return self._switch(name)

    def _switch(self, name: str) -> AwaitMount | None:
        if self.screen_name != HOME:
            self._app.pop_screen()
        self.screen_name = name
        if name == HOME:
            return None
        if not self._app.is_screen_installed(name):
            self._app.install_screen(self._create_screen(name), name)
        return self._app.push_screen(name)

    def close(self, screen: Screen[Any]) -> None:
        """Go to the home screen and forget a screen, which is created again when it is next opened."""
        if self._app.screen is screen and self.screen_name != HOME:
            self._switch(HOME)
        self._app.uninstall_screen(screen)

    def forget_screens(self) -> None:
        """Forget all screens but the home screen, which are created again when they are next opened."""
        for name in SCREEN_LAYOUTS:
            if name != HOME and self._app.is_screen_installed(name):
                screen = self._app.get_screen(name)
                self._app.uninstall_screen(name)
                screen.remove()

    def move(self, step: int) -> bool:
        """Go back (-1) or forward (1); return False at the end of the history."""
        history = self._session.history
        history, location = (history.back if step < 0 else history.forward)(self.location)
        if location is None:
            return False
        self._session.history = history
        if location.screen != self.screen_name:
            self._switch(location.screen)
        screen = self._app.screen
        assert isinstance(screen, Destination)
        screen.restore(location.target)
        return True

    async def perform(self, action_id: str) -> None:
        """Run an action where it works: in the focused pane, in another one, or on another screen."""
        app = self._app
        command = ACTIONS_BY_ID[action_id].command
        focused_id = app.screen.focused.id or "" if app.screen.focused else ""
        screen_name, pane_id = locate_action(action_id, self.screen_name, focused_id)
        if not screen_name:
            await app.run_action(command, default_namespace=app)
            return
        opening = self.open(screen_name)
        if opening is not None:
            await opening
        screen = app.screen
        if pane_id and pane_id != focused_id and isinstance(screen, Destination):
            screen.focus_pane(pane_id)
        namespace = screen.query_one(f"#{pane_id}") if pane_id else screen
        await app.run_action(command, default_namespace=namespace)
