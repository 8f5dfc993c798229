"""Today's date and the time zone, in one place so that tests can set them."""

from __future__ import annotations

from datetime import date, tzinfo


def today() -> date:
    """Return the user's local date."""
    return date.today()  # noqa: DTZ011


def zone() -> tzinfo | None:
    """Return the user's time zone; None is that of this computer."""
    return None
