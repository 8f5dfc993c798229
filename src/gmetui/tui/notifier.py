"""How objects without a screen of their own tell the user something."""

from __future__ import annotations

from typing import Protocol


class Notifier(Protocol):
    """Shows messages."""

    def notify_status(self, message: str) -> None:
        """Show a short confirmation, in place of the one before."""

    def notify_error(self, message: str) -> None:
        """Show what went wrong, for longer."""
