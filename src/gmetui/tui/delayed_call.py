"""A call that is made a while after it was requested, once for all requests until then."""

from __future__ import annotations

from collections.abc import Callable

from textual.message_pump import MessagePump
from textual.timer import Timer


class DelayedCall:
    """Calls a function `delay` seconds after the first request, as long as an application, screen or widget runs."""

    def __init__(self, pump: MessagePump, delay: float, function: Callable[[], None]) -> None:
        self._pump = pump
        self._delay = delay
        self._function = function
        self._timer: Timer | None = None

    def request(self) -> None:
        """Request a call."""
        if self._timer is None and self._pump.is_running:
            self._timer = self._pump.set_timer(self._delay, self._call)

    def flush(self) -> None:
        """Make a call now that was requested and not made yet."""
        if self._timer is not None:
            self._timer.stop()
            self._call()

    def cancel(self) -> None:
        """Forget the requests."""
        if self._timer is not None:
            self._timer.stop()
            self._timer = None

    def _call(self) -> None:
        self._timer = None
        self._function()
