"""Let pilots wait until every message is handled, instead of until the process seems to do nothing.

Textual's own wait compares CPU time with the clock. On a busy machine a process that gets no time looks idle, so that a
test may look at the screen too early; on an idle one each key costs at least 40 ms. Here a pilot goes on when no widget
has a message left: the same on any machine, and many times faster. What a timer does later needs `support.until`.
"""

from __future__ import annotations

import asyncio
import time
from typing import Any

import pytest
import textual.app
import textual.message_pump
import textual.pilot
from textual._context import active_app
from textual._queue import Queue
from textual._wait import wait_for_idle
from textual.app import App
from textual.message_pump import MessagePump
from textual.screen import Screen
from textual.timer import Timer

_QUIET_ROUNDS = 3  # turns of the event loop in which nothing was left to do
_EAGER_ROUNDS = 200  # turns before waiting lets the processor go
_SOON = 0.25  # seconds
_PATIENCE = 2.0  # seconds; a handler that waits for a disk or a lock is left alone then


async def wait_until_settled(min_sleep: float = 0, max_sleep: float = _PATIENCE) -> None:
    """Return when no widget of the running application has a message, a callback or a layout left."""
    app = active_app.get(None)
    if app is None:
        await wait_for_idle(min_sleep)
        return
    deadline = time.monotonic() + max(max_sleep, _PATIENCE)
    quiet_rounds = rounds = 0
    while quiet_rounds < _QUIET_ROUNDS and time.monotonic() < deadline:
        await asyncio.sleep(0 if rounds < _EAGER_ROUNDS else 0.002)
        rounds += 1
        quiet_rounds = quiet_rounds + 1 if _is_settled(app) else 0


class _WatchedQueue(Queue[Any]):
    """A queue of messages that tells whether its reader waits for the next one, and so has handled the last."""

    is_awaited = False

    async def get(self) -> Any:
        if not self.ready_event.is_set():
            self.is_awaited = True
            try:
                await self.ready_event.wait()
            finally:
                self.is_awaited = False
        return self.get_nowait()


def _is_settled(app: App[Any]) -> bool:
    """Return whether nothing is left to handle; lay out the screen that is waiting for its timer."""
    pumps: list[MessagePump] = [app, *app._registry]
    if any(map(_is_busy, pumps)):
        return False
    screen = app._screen_stack[-1] if app._screen_stack else None
    if screen is not None and screen.is_current and _waits_for_layout(screen):
        screen._on_timer_update()
        return False
    return True


def _is_busy(pump: MessagePump) -> bool:
    if pump._closed or not pump._running:
        return False
    queue: Queue[Any] = pump._message_queue
    has_messages = bool(pump._next_callbacks) or not (queue.empty() and getattr(queue, "is_awaited", True))
    return has_messages or any(map(_is_due, pump._timers))


def _is_due(timer: Timer) -> bool:
    """Return whether a timer will call once, so soon that a person sees no pause."""
    task: asyncio.Task[None] | None = timer._task
    return timer._repeat == 0 and timer._interval <= _SOON and task is not None and not task.done()


def _waits_for_layout(screen: Screen[Any]) -> bool:
    return bool(screen._layout_required or screen._scroll_required or screen._recompose_required or screen._callbacks)


def install(monkeypatch: pytest.MonkeyPatch) -> None:
    """Use this wait in every pilot of a test."""
    monkeypatch.setattr(textual.message_pump, "Queue", _WatchedQueue)
    monkeypatch.setattr(textual.pilot, "wait_for_idle", wait_until_settled)
    monkeypatch.setattr(textual.app, "wait_for_idle", wait_until_settled)
