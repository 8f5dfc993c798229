"""Today's date, in one place so that tests can set it."""

from __future__ import annotations

from datetime import date


def today() -> date:
    """Return the user's local date."""
    return date.today()  # noqa: DTZ011
