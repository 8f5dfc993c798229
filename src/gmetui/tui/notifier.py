"""How objects without a screen of their own tell the user something."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol


class Notifier(Protocol):
    """Shows messages."""

    def notify_status(self, message: str) -> None:
        """Show a short confirmation, in place of the one before."""

    def notify_error(self, message: str) -> None:
        """Show what went wrong, for longer."""

    def call_later(self, callback: Callable[..., Any], *args: Any, **kwargs: Any) -> bool:
        """Call something in the thread of the screen, after the messages that are waiting there."""
