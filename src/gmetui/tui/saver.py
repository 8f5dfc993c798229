"""Saving beside the screen: quick saves are done when the call returns, slow ones go on in a thread."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, wait
from typing import Any, TypeVar

from ..errors import FileError
from ..storage.save_queue import SaveQueue

Result = TypeVar("Result")

_PATIENCE = 0.1  # seconds to wait for a save, too short to be noticed


class Saver:
    """Runs saves one after the other. `call_later` runs a function in the thread of the screen."""

    def __init__(self, call_later: Callable[..., Any]) -> None:
        self._call_later = call_later
        self._queue = SaveQueue()
        self._is_closed = False

    @property
    def is_busy(self) -> bool:
        """Whether saves are still going on."""
        return bool(self._queue.pending())

    def run(self, description: str, save: Callable[[], Result], patience: float | None = None) -> Future[Result]:
        """Run a save, or a read, after those before it. Usually it is done on return; the future may have an exception.

        `patience` is how many seconds to wait for it.
        """
        if self._is_closed:
            return _refused()
        was_busy = self.is_busy
        future = self._queue.submit(description, save)
        if not was_busy:
            wait([future], _PATIENCE if patience is None else patience)
        return future

    def when_done(self, future: Future[Result], callback: Callable[[Future[Result]], object]) -> None:
        """Call `callback` in the thread of the screen once a save is done."""
        future.add_done_callback(lambda done: self._call_later(callback, done))

    def close(self) -> list[str]:
        """Wait for the saves, at most two seconds. Return the descriptions of those that aren't done."""
        self._is_closed = True
        return list(filter(None, self._queue.close()))


def _refused() -> Future[Any]:
    future: Future[Any] = Future()
    future.set_exception(FileError("gmetui: cannot save: gmetui is closing"))
    return future
