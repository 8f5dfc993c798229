"""Today's date and the time zone for the commands, in one place so that tests can set them."""

from __future__ import annotations

import os
import time
from datetime import date, tzinfo


def today() -> date:
    """Return the user's local date."""
    return date.today()  # noqa: DTZ011


def zone_name() -> str:
    """Return the name of the user's time zone, as well as it can be told: "America/New_York", else "EST"."""
    named = os.environ.get("TZ", "").removeprefix(":")
    if named:
        return named
    _, _, zone = os.path.realpath("/etc/localtime").partition("zoneinfo/")
    return zone or time.tzname[0]


def zone() -> tzinfo | None:
    """Return the user's time zone; None is that of this computer."""
    return None
