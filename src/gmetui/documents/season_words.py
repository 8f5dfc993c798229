"""The words for the dates of a season: days with their weekday, distances, and what a date is about."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date, tzinfo

from ..catalog.catalog import Catalog
from ..catalog.facts import Citation, citations
from ..catalog.ids import SourceId
from ..catalog.item_notes import THIRD_PARTY, Qualifier
from ..catalog.models import Provenance
from ..catalog.season import SeasonDate, SeasonRule
from ..planning.clock_times import clock_text, reader_clock
from ..planning.season_plan import LastKnown, SeasonEvent, plan_season
from ..shortlist.entries import Entry
from ..shortlist.timeline import distance_text
from ..text import format_date, plural
from .document import Value

_DAYS_PER_YEAR = 365
_YEAR = re.compile(r", \d{4}\b")
THIRD_PARTY_QUALIFIER = Qualifier("third_party", THIRD_PARTY)
_NO_PROVENANCE = Provenance()


def season_citations(catalog: Catalog, source_ids: Iterable[SourceId]) -> tuple[Citation, ...]:
    """Return pages of the season as citations, each once."""
    return citations(catalog, _NO_PROVENANCE, dict.fromkeys(source_ids))


def cycle_text(cycle: str) -> str:
    """Return a cycle as people read it: "2026–27"."""
    return cycle.replace("-", "–")


def day_text(first: date, last: date) -> str:
    """Return a day with its weekday, a month, or a span: "Wed, Mar 3, 2027", "August 2028", "Dec 1, 2026 – …"."""
    if first == last:
        return f"{first:%a}, {format_date(first.isoformat())}"
    if first.day == 1 and (first.year, first.month) == (last.year, last.month) and (last - first).days >= 27:
        return format_date(first.isoformat()[:7])
    return f"{format_date(first.isoformat())} – {format_date(last.isoformat())}"


def short_day_text(first: date, last: date, today: date) -> str:
    """Return a day without its year if it is less than a year away: "Wed, Mar 3", "Dec 1 – Feb 28"."""
    day = day_text(first, last)
    is_near = max(abs((first - today).days), abs((last - today).days)) < _DAYS_PER_YEAR
    return _YEAR.sub("", day) if is_near else day


def moment_text(moment: str) -> str:
    """Return a date as its page gives it, with a year or without: "Sep 24, 2025", "Jan 20", "February"."""
    if len(moment) >= len("2026-09"):
        return format_date(moment)
    return format_date(f"2000-{moment}").replace(", 2000", "").replace(" 2000", "")


def event_distance(season_event: SeasonEvent, today: date) -> str:
    """Return how far away an event is: "in 50 days"."""
    return distance_text(season_event.first, season_event.last, today)


def event_clock(season_event: SeasonEvent) -> str:
    """Return the clock time of an event: "9:00 PM ET"; the reader's own times have no zone."""
    return " ".join(filter(None, (clock_text(season_event.time) if season_event.time else "", season_event.zone)))


def event_title(catalog: Catalog, season_event: SeasonEvent) -> str:
    """Return what an event is about: "NRMP Main Match · Ranking opens", "Interview · MGH · Internal Medicine"."""
    if season_event.season_date:
        return f"{catalog.service[season_event.season_date.service].name} · {season_event.text}"
    program = catalog.program.get(season_event.program_id)
    title = catalog.title_of(program) if program else season_event.program_id
    text = f"{season_event.text[:1].upper()}{season_event.text[1:]}"
    return f"{text} · {title}" if title else text


def event_text(catalog: Catalog, season_event: SeasonEvent, zone: tzinfo | None) -> str:
    """Return what an event is about, with what a reader must know of it; `zone` is the reader's."""
    remarks = "; ".join(_remarks(season_event, season_event.season_date, zone)) if season_event.season_date else ""
    if season_event.origin == "yours":
        remarks = "yours"
    return event_title(catalog, season_event) + (f" ({remarks})" if remarks else "")


def reminder_text(catalog: Catalog, season_event: SeasonEvent, today: date) -> str:
    """Return an event in one line: "in 50 days: Interview · MGH · Internal Medicine, Fri, Jan 15, 2027"."""
    when = " ".join(filter(None, (day_text(season_event.first, season_event.last), event_clock(season_event))))
    mark = " (third party)" if season_event.is_third_party else ""
    return f"{event_distance(season_event, today)}: {event_title(catalog, season_event)}, {when}{mark}"


def next_reminder(catalog: Catalog, entries: Sequence[Entry], today: date) -> str:
    """Return what comes next for a list in one line, such as "in 50 days: Interview · MGH …"; "" without any date."""
    coming = plan_season(catalog, entries, today).coming if entries else ()
    return reminder_text(catalog, coming[0], today) if coming else ""


def _remarks(season_event: SeasonEvent, season_date: SeasonDate, zone: tzinfo | None) -> Iterable[str]:
    if season_date.nature == "target":
        yield "a target, no deadline"
    if season_date.start:
        yield f"training from {cycle_text(season_date.start)}"
    if season_event.instant is not None:
        local = season_event.instant.astimezone(zone)
        own_clock = reader_clock(season_event.instant, zone)
        if clock_text(f"{local:%H:%M}") != clock_text(season_event.time) or local.date() != season_event.first:
            yield f"{own_clock} your time"
    for other in season_event.alternatives:
        when = moment_text(other.moment)
        yield f"another page: {when}"
    if season_date.doubtful:
        yield "on one page only"
    elif len(season_date.source) > 1:
        yield f"on {plural(len(season_date.source), 'page')}"


def date_value(catalog: Catalog, season_date: SeasonDate) -> Value:
    """Return a date of a service as a value: "Mar 3, 2027, 9:00 PM ET: Rank lists must be certified"."""
    span = f"{moment_text(season_date.first)} – {moment_text(season_date.last or '')}" if season_date.first else ""
    clock = f", {clock_text(season_date.time)} {season_date.zone}" if season_date.time else ""
    return Value(
        f"{span or moment_text(season_date.moment)}{clock}: {season_date.text}",
        qualifiers=(THIRD_PARTY_QUALIFIER,) if season_date.third_party else (),
        citations=season_citations(catalog, season_date.source),
    )


def rule_value(catalog: Catalog, rule: SeasonRule) -> Value:
    """Return a rule with the season it was read for."""
    period = (Qualifier("past", f"{cycle_text(rule.season)} season"),) if rule.season else ()
    marks = (THIRD_PARTY_QUALIFIER,) if rule.third_party else ()
    return Value(rule.text, qualifiers=(*period, *marks), citations=season_citations(catalog, rule.source))


def last_known_text(earlier: LastKnown) -> str:
    """Return the earlier dates of a service: "2025–26 was: Sep 3, 2025 (Applications can be submitted); …"."""
    dates = "; ".join(f"{moment_text(each.moment)} ({each.text})" for each in earlier.dates)
    label = "without a year" if earlier.cycle == "undated" else f"{cycle_text(earlier.cycle)} was"
    return f"{earlier.part}, {label}: {dates}" if earlier.part else f"{label}: {dates}"
