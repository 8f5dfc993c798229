"""Which programs should be read again first, and why."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from ..lean_typing import NamedTuple
from .catalog import Catalog
from .confirmation import confirmed_facts
from .models import Program
from .years import year_of


class StaleProgram(NamedTuple):
    """A program to read again, the reasons, most pressing first, and the addresses of its pages."""

    program: Program
    reasons: tuple[str, ...]
    urls: tuple[str, ...]
    score: int


#: How pressing a reason is. A date of a past season misleads most.
_PAST_CYCLE, _UNCONFIRMED, _OLD_ADDRESS, _SAVED = 8, 4, 2, 1


def stale_programs(catalog: Catalog, season: int, saved_ids: Collection[str] = ()) -> list[StaleProgram]:
    """Return the programs with a reason to read them again, most pressing first.

    `season` is the year in which the current season ends, such as 2027 for 2026-27. `saved_ids` are programs on the
    user's shortlists; they come first among equals.
    """
    stale = []
    for program in catalog.programs:
        reasons = dict(_reasons(catalog, program, season))
        if reasons:
            score = sum(reasons.values()) + _SAVED * (program.id in saved_ids)
            stale.append(StaleProgram(program, tuple(reasons), _urls(catalog, program), score))
    return sorted(stale, key=lambda entry: -entry.score)


def _reasons(catalog: Catalog, program: Program, season: int) -> Iterator[tuple[str, int]]:
    """Yield each reason to read a program again with its weight."""
    years = [year for deadline in program.deadlines if (year := _last_year(deadline)) is not None]
    if years and max(years) < season - 1:
        yield f"dates of {max(years)}", _PAST_CYCLE
    confirmed, total = confirmed_facts(program)
    if confirmed < total:
        yield f"{total - confirmed} of {total} facts unconfirmed", _UNCONFIRMED
    if any(catalog.source[page].old_address for page in program.provenance.pages if page in catalog.source):
        yield "page at an old address", _OLD_ADDRESS


def _last_year(deadline: object) -> int | None:
    """Return the last year that a deadline names: in its dates, its cycle, or its text."""
    texts = [str(moment) for event in getattr(deadline, "dates", ()) for moment in (event.on, event.first, event.last)]
    texts += [getattr(deadline, "cycle", None) or "", getattr(deadline, "text", "")]
    return max((year for text in texts if (year := year_of(text)) is not None), default=None)


def _urls(catalog: Catalog, program: Program) -> tuple[str, ...]:
    sources = (catalog.source[page] for page in program.provenance.source if page in catalog.source)
    return tuple(source.url for source in sources if source.url)
