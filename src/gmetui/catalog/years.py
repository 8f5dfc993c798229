"""Years in dates as pages give them: in words, as cycles or academic years."""

from __future__ import annotations

import re
from functools import lru_cache

_YEAR = re.compile(r"\b(?:19|20)\d\d\b")


@lru_cache(maxsize=10_000)
def year_of(date: str | None) -> int | None:
    """Return the last year that a date in words names, or None: "2024-25 recruitment year" is 2024."""
    years = _YEAR.findall(date or "")
    return int(years[-1]) if years else None
