"""The words of a ladder: years as ranges, postgraduate years, a chain of specialties, how a rung is applied for."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from ..catalog.catalog import Catalog
from ..catalog.items import Track
from ..catalog.models import Program, Specialty
from ..planning.ladder import Rung
from ..planning.ladder_paths import EndMonths
from ..planning.training_years import Years
from ..text import format_date, plural

#: Behind a number of years that no page states, or a sum with one.
GENERAL_MARK = "†"
GENERAL_NOTE = f"{GENERAL_MARK} wholly or partly general knowledge, no source"
FULL_TIME_NOTE = "Years are full-time years, without a gap, a chief year or added research years"
TRACKS_NOTE = "The years that follow are those of the program; a track of another length moves them."
NO_PROMISE_NOTE = "No page here promises a place to its own residents"
SWITCHING_NOTE = (
    "Whether years of another specialty count is for the program and its Review Committee; none are subtracted here"
)
_NOT_STATED = "—"
_FIRST_YEARS = {
    "included": "PGY-1 is part of it",
    "either": "PGY-1 here or elsewhere",
    "separate": "a clinical year comes first",
}
#: What to do where a program, or a track of it, starts after a year elsewhere.
FIRST_YEAR_ELSEWHERE = "PGY-1 elsewhere: apply for it separately, rank it on a supplemental list; start one year later"


def other_track_lengths(program: Program) -> tuple[tuple[Track, str], ...]:
    """Return the tracks that take another time than their program, each with its length: "1 year", "3–4 years"."""
    lengths = ((track, track.length_years, track.length_years_max or track.length_years) for track in program.tracks)
    return tuple(
        (track, plural(least, "year") if least == most else f"{least}–{most} years")
        for track, least, most in lengths
        if least and (least, most) != (program.length_years, program.length_years)
    )


def years_figure(years: Years) -> str:
    """Return years for a narrow column: "3", "3–4", "6+" for at least six, "—" for an unknown length."""
    mark = GENERAL_MARK if years.is_general_knowledge else ""
    if years.most is None:
        return f"{years.least}+{mark}" if years.least else _NOT_STATED
    return f"{_span(years)}{mark}"


def years_phrase(years: Years) -> str:
    """Return years in words: "3 years", "3 to 4 years", "at least 6 years", "not stated"."""
    if years.most is None:
        return f"at least {_counted(str(years.least))}" if years.least else "length not stated"
    return _counted(_span(years).replace("–", " to "))


def _span(years: Years) -> str:
    return str(years.least) if years.least == years.most else f"{years.least}–{years.most}"


def _counted(figure: str) -> str:
    return f"{figure} year" if figure == "1" else f"{figure} years"


def pgy_text(rung: Rung) -> str:
    """Return the postgraduate years of a rung: "PGY-4 to PGY-6", or "" where they can't be told."""
    if rung.pgy is None:
        return ""
    first, last = rung.pgy
    return f"PGY-{first}" if first == last else f"PGY-{first} to PGY-{last}"


def first_year_text(specialty: Specialty) -> str:
    """Return what a residency says about its first year: "PGY-1 here or elsewhere, 3 years in the program"."""
    text = _FIRST_YEARS.get(specialty.base_year or "", "")
    if specialty.base_year == "either" and specialty.program_years:
        return f"{text}, {_counted(str(specialty.program_years))} in the program"
    return text


def starts_after_first_year(rung: Rung, specialty: Specialty) -> bool:
    """Tell whether a residency that may begin with PGY-1 begins after it."""
    return specialty.base_year == "either" and rung.before.least > 0 and not rung.base


def chain_text(catalog: Catalog, rungs: Sequence[Rung]) -> str:
    """Return a chain with the years of each rung: "Internal medicine 3 → Cardiology 3"."""
    return " → ".join(f"{catalog.specialty[rung.specialty].label} {years_figure(rung.years)}" for rung in rungs)


def month_range_text(months: EndMonths) -> str:
    """Return when training ends: "June 2031", "June 2031 to June 2032"."""
    first, last = format_date(months.first), format_date(months.last)
    return first if first == last else f"{first} to {last}"


def remaining_text(today: date, until: date) -> str:
    """Return how long a training still lasts: "1 year 7 months"; "" once it is over."""
    months = (until.year - today.year) * 12 + until.month - today.month + (1 if until.day > today.day else 0)
    years, months = divmod(max(0, months), 12)
    parts = (_counted(str(years)) if years else "", f"{months} month{'' if months == 1 else 's'}" if months else "")
    return " ".join(filter(None, parts))


def until_text(until: date, today: date) -> str:
    """Return the last day of a training and how long it still lasts: "until Jun 30, 2028, 1 year 7 months to go"."""
    remaining = remaining_text(today, until)
    return f"until {format_date(until.isoformat())}{f', {remaining} to go' if remaining else ''}"


def application_text(catalog: Catalog, specialty: Specialty) -> str:
    """Return how a specialty is applied for, in short: "ERAS July, NRMP MPSM December"."""
    services = [catalog.service[service_id].name for service_id in specialty.application_ids]
    matches = [catalog.service[service_id].name for service_id in specialty.match_ids]
    parts = []
    if services:
        parts.append(_with_month("/".join(services), specialty.apply_from))
    if matches:
        others = [name for name in matches if name not in services] or matches
        parts.append(_with_month("/".join(others), specialty.match_month))
    return ", ".join(dict.fromkeys(parts)) or (specialty.application[0] if specialty.application else "not stated")


def _with_month(name: str, month: str | None) -> str:
    return f"{name} {month[:3]}" if month else name
