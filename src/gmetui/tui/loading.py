"""An application that opens before its programs are read, and loses no key meanwhile."""

from __future__ import annotations

from asyncio import sleep
from collections.abc import Callable
from contextlib import suppress
from threading import Thread

from textual.app import App
from textual.events import AppBlur, Event, Key

from ..catalog.models import Catalog
from ..search.engine import index_of
from .widgets.query_input import QueryLine

_LEAVING = ("ctrl+q", "ctrl+c")
_KEY = 0.02  # seconds in which a key that was kept is surely acted on


class PatientApp(App[None]):
    """Reads the programs in a thread where that takes a while, and then hands them to `use`."""

    def __init__(self, read: Callable[[], Catalog] | None, use: Callable[[Catalog], None]) -> None:
        super().__init__()
        self._use = use
        self.failure: Exception | None = None
        self._read = read
        self._waiting: list[Key] = []

    @property
    def reading(self) -> bool:
        """Whether the programs are still being read."""
        return self._read is not None

    def fetch(self) -> None:
        """Begin to read, in a thread that does not hold up leaving."""
        Thread(target=self._fetch, daemon=True).start()

    def _fetch(self) -> None:
        assert self._read is not None
        catalog = None
        try:
            catalog = self._read()
            index_of(catalog)
        except Exception as error:  # noqa: BLE001  # whoever opened the application raises it
            self.failure = error
        with suppress(RuntimeError):  # somebody has left meanwhile
            if self.failure is not None or catalog is None:
                self.call_from_thread(self.exit)
            else:
                self.call_from_thread(self._fetched, catalog)

    def _fetched(self, catalog: Catalog) -> None:
        self._use(catalog)
        self.run_worker(self._hand_on())

    async def _hand_on(self) -> None:
        """Act on the keys that came meanwhile, in their order; each is done with before the next."""
        while self._waiting:
            await super().on_event(self._waiting.pop(0))
            await sleep(_KEY)
        self._read = None

    async def on_event(self, event: Event) -> None:
        """Keep keys while programs are read: text goes into the line at once, everything else waits."""
        if isinstance(event, AppBlur):
            return  # the focus stays where it is: in a browser this comes late, and would take away the first keys
        # A key that nobody took comes back here, forwarded.
        if self.reading and isinstance(event, Key) and not event.is_forwarded and event.key not in _LEAVING:
            typed = event.is_printable or event.key in ("backspace", "left", "right")
            if self._waiting or not typed or not isinstance(self.focused, QueryLine):
                self._waiting.append(Key(event.key, event.character))
                return
        await super().on_event(event)
