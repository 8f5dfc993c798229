"""Saving beside the screen: a thread runs saves in order, so that nothing waits for a lock or a slow disk."""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future
from typing import Any, TypeVar

_Result = TypeVar("_Result")
CLOSE_TIMEOUT = 2.0  # seconds


class SaveQueue:
    """Saves in the order in which they were submitted, each in full, in one thread of its own.

    The thread ends with the program even if a save hangs: `close` waits for a bounded time and returns what isn't
    saved. A list that was edited while an earlier save is pending must be saved with `ShortlistStore.save(…, base=…)`.
    """

    def __init__(self) -> None:
        self._condition = threading.Condition()
        self._pending: deque[tuple[str, Future[Any], Callable[[], None]]] = deque()
        self._thread: threading.Thread | None = None
        self._is_closed = False

    def submit(self, description: str, save: Callable[[], _Result]) -> Future[_Result]:
        """Run `save` after those before it. The future holds its result or its exception, such as `FileError`.

        Raises RuntimeError after `close`.
        """
        future: Future[_Result] = Future()

        def run() -> None:
            if future.set_running_or_notify_cancel():
                try:
                    future.set_result(save())
                except BaseException as error:  # noqa: BLE001  # it belongs to the caller
                    future.set_exception(error)

        with self._condition:
            if self._is_closed:
                raise RuntimeError("the queue is closed")
            self._pending.append((description, future, run))
            if self._thread is None:
                self._thread = threading.Thread(target=self._run_saves, name="gmetui-saves", daemon=True)
                self._thread.start()
            self._condition.notify_all()
        return future

    def pending(self) -> list[str]:
        """Return the descriptions of saves that aren't finished, in order. Callbacks of a future don't see its own."""
        with self._condition:
            return [description for description, future, _ in self._pending if not future.done()]

    def wait(self, timeout: float) -> list[str]:
        """Wait until everything is saved, at most `timeout` seconds. Return the descriptions of what isn't."""
        deadline = time.monotonic() + timeout
        with self._condition:
            while self._pending and (seconds := deadline - time.monotonic()) > 0:
                self._condition.wait(seconds)
        return self.pending()

    def close(self, timeout: float = CLOSE_TIMEOUT) -> list[str]:
        """Accept no more saves, then wait as `wait` does."""
        with self._condition:
            self._is_closed = True
            self._condition.notify_all()
        return self.wait(timeout)

    def _run_saves(self) -> None:
        while True:
            with self._condition:
                while not self._pending:
                    if self._is_closed:
                        return
                    self._condition.wait()
                _, _, run = self._pending[0]
            run()
            with self._condition:
                self._pending.popleft()
                self._condition.notify_all()
