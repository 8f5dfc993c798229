"""Loading the catalog in the background, so that the UI starts before the catalog is loaded."""

from __future__ import annotations

from asyncio import sleep
from collections.abc import Awaitable, Callable
from contextlib import suppress
from threading import Thread

from textual.app import App
from textual.events import Event, Key

from ..catalog.catalog import Catalog
from ..search.engine import index_of
from .widgets.query_input import QueryInput

_QUIT_KEYS = ("ctrl+q", "ctrl+c")
_EDITING_KEYS = ("backspace", "left", "right")
_KEY_PAUSE = 0.02  # seconds between replayed keys, enough for each to take effect


class CatalogLoader:
    """Loads the catalog in a thread and buffers the keys pressed meanwhile.

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

    @property
    def is_loading(self) -> bool:
        """Whether keys are still buffered: the catalog isn't loaded, or the keys aren't replayed yet."""
        return self._load is not None

    def start(self) -> None:
        """Load in a daemon thread, which doesn't delay quitting."""
        Thread(target=self._run, daemon=True).start()

    def _run(self) -> None:
        assert self._load is not None
        catalog = None
        try:
            catalog = self._load()
            index_of(catalog)
        except Exception as error:  # noqa: BLE001  # raised again by whoever started the application
            self.error = error
        with suppress(RuntimeError):  # the application has exited meanwhile
            if self.error is not None or catalog is None:
                self._app.call_from_thread(self._app.exit)
            else:
                self._app.call_from_thread(self._on_loaded, catalog)

    def buffer(self, event: Event) -> bool:
        """Keep a key press for later if need be, and return whether it was kept."""
        # A key that no widget handled comes back to the application, forwarded.
        if not self.is_loading or not isinstance(event, Key) or event.is_forwarded or event.key in _QUIT_KEYS:
            return False
        is_typing = event.is_printable or event.key in _EDITING_KEYS
        if is_typing and not self._buffered_keys and isinstance(self._app.focused, QueryInput):
            return False
        self._buffered_keys.append(Key(event.key, event.character))
        return True

    async def replay(self, dispatch: Callable[[Event], Awaitable[None]]) -> None:
        """Dispatch the buffered keys in order, each after the one before has taken effect."""
        while self._buffered_keys:
            await dispatch(self._buffered_keys.pop(0))
            await sleep(_KEY_PAUSE)
        self._load = None
