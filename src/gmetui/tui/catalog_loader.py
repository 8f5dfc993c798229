"""Loading the catalog in the background, while there is a first screen already."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from concurrent.futures import CancelledError
from contextlib import suppress
from threading import Thread
from typing import TYPE_CHECKING

from textual.app import App
from textual.events import Event, Key

from .widgets.query_input import QueryInput

if TYPE_CHECKING:
    from ..catalog.catalog import Catalog

_QUIT_KEYS = ("ctrl+q", "ctrl+c")
_EDITING_KEYS = ("backspace", "left", "right")
_HELP_CHARACTER = "?"  # which the search box understands as long as it's empty
_FOCUS_PATIENCE, _FOCUS_INTERVAL = 5.0, 0.01  # seconds to wait for the first focus, and between two looks


class CatalogLoader:
    """Loads the catalog in a thread and buffers the keys pressed meanwhile, and until a widget has the focus.

    What is typed into the search box goes there at once; other keys are replayed when the catalog is loaded. If loading
    fails, the application exits and `error` holds the exception.
    """

    def __init__(
        self, app: App[None], load: Callable[[], Catalog] | None, on_loaded: Callable[[Catalog], None]
    ) -> None:
        """Prepare to run `load`; None if the catalog is there already."""
        self.error: Exception | None = None
        self._app = app
        self._load = load
        self._on_loaded = on_loaded
        self._buffered_keys: list[Key] = []
        self._is_buffering = True
        self._takes_text = True

    @property
    def is_loading(self) -> bool:
        """Whether the catalog isn't loaded, or the keys pressed meanwhile aren't replayed yet."""
        return self._load is not None

    def start(self) -> None:
        """Load in a daemon thread, which doesn't delay quitting."""
        Thread(target=self._run, daemon=True).start()

    def _run(self) -> None:
        assert self._load is not None
        catalog = None
        try:
            catalog = self._load()
        except Exception as error:  # noqa: BLE001  # raised again by whoever started the application
            self.error = error
        if not self._app.is_running:
            return
        with suppress(RuntimeError, CancelledError):  # the application exits meanwhile
            if self.error is not None or catalog is None:
                self._app.call_from_thread(self._app.exit)
            else:
                self._app.call_from_thread(self._on_loaded, catalog)

    def buffer(self, event: Event) -> bool:
        """Keep a key press for later if need be, and return whether it was kept."""
        # A key that no widget handled comes back to the application, forwarded.
        if not self._is_buffering or not isinstance(event, Key) or event.is_forwarded or event.key in _QUIT_KEYS:
            return False
        is_typing = (event.is_printable and event.character != _HELP_CHARACTER) or event.key in _EDITING_KEYS
        if is_typing and self._takes_text and not self._buffered_keys and isinstance(self._app.focused, QueryInput):
            return False
        self._buffered_keys.append(Key(event.key, event.character))
        return True

    def stop_typing(self) -> None:
        """Keep what is typed from now on, too: the search box is about to be replaced."""
        self._takes_text = False

    async def replay(self, dispatch: Callable[[Event], Awaitable[None]]) -> None:
        """Dispatch the buffered keys in order, once a widget has the focus. Without one, a key would be lost."""
        deadline = time.monotonic() + _FOCUS_PATIENCE
        while self._app.focused is None and time.monotonic() < deadline:  # noqa: ASYNC110  # Textual tells nobody
            await asyncio.sleep(_FOCUS_INTERVAL)
        while self._buffered_keys:
            await dispatch(self._buffered_keys.pop(0))
        self._load = None
        self._is_buffering = False
