"""What comes next in a season: the reader's dates, those of listed programs, and those of services, in one line.

Nothing is ever moved from one cycle to the next: a service without dates of this cycle has its last earlier ones beside
it, and the page where the new ones will be.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Literal, NamedTuple

from ..catalog.catalog import Catalog
from ..catalog.ids import ProgramId
from ..catalog.items import Deadline
from ..catalog.models import Program
from ..catalog.season import SeasonDate, SeasonGap, SeasonRule
from ..shortlist.date_entry import stored_day
from ..shortlist.entries import Entry
from ..shortlist.timeline import span_of
from .clock_times import instant_of, span_of_date
from .cycle import current_cycle, cycle_order, first_year
from .service_needs import LIST_SCOPE, SeasonScope, ServiceNeed, concerns, service_needs

_SEASON_MONTH = 7  # a program's date without a cycle belongs to the season that begins in July


class SeasonEvent(NamedTuple):
    """A day or a span on the line of time.

    `time` is the clock time in its own `zone`, or the reader's own time without a zone; `instant` the same in UTC.
    `alternatives` are the dates that other pages give. `program_ids` are the programs it concerns.
    """

    first: date
    last: date
    origin: Literal["yours", "program", "service"]
    what: str
    text: str
    program_ids: tuple[str, ...] = ()
    time: str = ""
    zone: str = ""
    instant: datetime | None = None
    season_date: SeasonDate | None = None
    alternatives: tuple[SeasonDate, ...] = ()
    deadline: Deadline | None = None

    @property
    def program_id(self) -> str:
        """The first program that it concerns, "" for a day of the reader's own that concerns none."""
        return self.program_ids[0] if self.program_ids else ""

    @property
    def is_third_party(self) -> bool:
        """Whether no official page states it."""
        stated = self.season_date or self.deadline
        return stated is not None and stated.third_party

    def days_until(self, today: date) -> int:
        """Return the days from today to its first day; 0 while it lasts, negative once it is over."""
        if self.last < today:
            return (self.last - today).days
        return max(0, (self.first - today).days)


class UndatedFact(NamedTuple):
    """What a program's page says about dates, without a day in this cycle."""

    program_id: ProgramId
    deadline: Deadline


class LastKnown(NamedTuple):
    """The newest earlier cycle of a service, or of a part of it, that has no dates in this one."""

    service: str
    part: str | None
    cycle: str
    dates: tuple[SeasonDate, ...]


class MissingDates(NamedTuple):
    """A service, or a part of it, without dates of this cycle; `gap` names the official page, if one is known."""

    service: str
    part: str | None
    gap: SeasonGap | None


class SeasonPlan(NamedTuple):
    """The plan of one cycle. `coming` starts with what runs now, `past` with what ended last.

    `for_others` are dates of this cycle for programs, schools, or people the reader isn't.
    """

    cycle: str
    today: date
    needs: tuple[ServiceNeed, ...]
    coming: tuple[SeasonEvent, ...]
    past: tuple[SeasonEvent, ...]
    for_others: tuple[SeasonEvent, ...]
    undated: tuple[UndatedFact, ...]
    last_known: tuple[LastKnown, ...]
    missing: tuple[MissingDates, ...]
    rules: tuple[SeasonRule, ...]

    @property
    def events(self) -> tuple[SeasonEvent, ...]:
        """All events that concern the reader, by date."""
        return tuple(sorted((*self.coming, *self.past), key=_by_date))


def plan_season(
    catalog: Catalog,
    entries: Iterable[Entry],
    today: date,
    cycle: str = "",
    scope: SeasonScope = LIST_SCOPE,
    personal_events: Iterable[SeasonEvent] = (),
) -> SeasonPlan:
    """Return the plan of a cycle, the current one unless named, for the entries of a list and the reader's own days."""
    cycle = cycle or current_cycle(today)
    entries = tuple(entries) if scope.follows_list else ()
    programs = [program for entry in entries if (program := catalog.program.get(entry.id))]
    needs = service_needs(catalog, programs, scope)
    dates_by_need = {service_need: _dates_of(catalog, service_need) for service_need in needs}
    own_dates = [date for dates in dates_by_need.values() for date in dates if date.cycle == cycle]
    programs_of = {service_need.service: service_need.programs for service_need in needs}
    events = [season_event for entry in entries for season_event in _personal_events(entry)]
    events += [season_event for season_event in personal_events if current_cycle(season_event.first) == cycle]
    events += [season_event for program in programs for season_event in _program_events(program, cycle)]
    events += _service_events([date for date in own_dates if _is_for_reader(date, scope)], programs_of)
    others = _service_events([date for date in own_dates if not _is_for_reader(date, scope)], programs_of)
    last_known = tuple(
        earlier
        for service_need, dates in dates_by_need.items()
        for earlier in _last_known(service_need, [date for date in dates if _is_for_reader(date, scope)], cycle)
    )
    return SeasonPlan(
        cycle=cycle,
        today=today,
        needs=needs,
        coming=_coming(events, today),
        past=tuple(
            sorted((season_event for season_event in events if season_event.last < today), key=_by_date, reverse=True)
        ),
        for_others=tuple(sorted(others, key=_by_date)),
        undated=tuple(fact for program in programs for fact in _undated_facts(program, cycle)),
        last_known=last_known,
        missing=tuple(_missing(catalog, needs, own_dates, last_known, cycle)),
        rules=tuple(rule for rule in catalog.season.rules if rule.about == "season" and _matters(rule, needs)),
    )


def _matters(rule: SeasonRule, needs: Sequence[ServiceNeed]) -> bool:
    """Tell whether all services of a rule are needed, by one of its specialties if it names any."""
    relevant = [
        service_need.service
        for service_need in needs
        if not rule.specialties or not service_need.specialties.isdisjoint(rule.specialties)
    ]
    return set(rule.services) <= set(relevant)


def _dates_of(catalog: Catalog, service_need: ServiceNeed) -> list[SeasonDate]:
    return [date for date in catalog.season.dates if concerns(catalog, service_need, date)]


def _is_for_reader(season_date: SeasonDate, scope: SeasonScope) -> bool:
    """Tell whether a date binds the reader, or is when something reaches them."""
    if season_date.audience == "international graduates":
        return scope.is_international
    return season_date.audience == "applicants" or season_date.nature in ("release", "result")


def _coming(events: Iterable[SeasonEvent], today: date) -> tuple[SeasonEvent, ...]:
    """Return the events that are not over: those that run today first, then by date."""
    coming = (season_event for season_event in events if season_event.last >= today)
    return tuple(sorted(coming, key=lambda season_event: (season_event.first > today, *_by_date(season_event))))


def _by_date(season_event: SeasonEvent) -> tuple[date, str, str]:
    return season_event.first, season_event.time, season_event.text


def _personal_events(entry: Entry) -> Iterator[SeasonEvent]:
    for label, when in entry.dates:
        day = stored_day(when)
        yield SeasonEvent(day, day, "yours", label, label, (entry.id,), time=when[11:])


def _program_events(program: Program, cycle: str) -> Iterator[SeasonEvent]:
    """Yield the dates of a program that belong to a cycle, each once."""
    seen: set[tuple[str, date, date]] = set()
    for deadline in program.deadlines:
        for published in deadline.dates:
            span = span_of(published)
            if span is None or not _belongs_to(deadline, span[0], cycle) or (published.what, *span) in seen:
                continue
            seen.add((published.what, *span))
            text = deadline.text if len(deadline.dates) == 1 else published.what
            yield SeasonEvent(*span, "program", published.what, text, (program.id,), deadline=deadline)


def _belongs_to(deadline: Deadline, first_day: date, cycle: str) -> bool:
    """Tell whether a program's date is of a cycle: as its page names it, else by the year from July on."""
    stated_year = first_year(deadline.cycle or "")
    if stated_year is not None:
        return stated_year == first_year(cycle)
    return current_cycle(first_day) == cycle


def _undated_facts(program: Program, cycle: str) -> Iterator[UndatedFact]:
    """Yield what the page says about dates that is not on the line of time."""
    for deadline in program.deadlines:
        spans = [span for season_event in deadline.dates if (span := span_of(season_event))]
        if not any(_belongs_to(deadline, span[0], cycle) for span in spans):
            yield UndatedFact(program.id, deadline)


def _service_events(dates: Sequence[SeasonDate], programs_of: Mapping[str, tuple[str, ...]]) -> list[SeasonEvent]:
    """Return dates as events; two that contradict each other are one event."""
    by_id = {season_date.id: season_date for season_date in dates}
    merged_ids: set[str] = set()
    events = []
    for season_date in dates:
        span = span_of_date(season_date)
        if span is None or season_date.id in merged_ids:
            continue
        other = by_id.get(season_date.disagrees or "")
        merged_ids.update((season_date.id, *((other.id,) if other else ())))
        events.append(
            SeasonEvent(
                *span,
                "service",
                season_date.what,
                season_date.text,
                programs_of.get(season_date.service, ()),
                season_date.time or "",
                season_date.zone or "",
                instant_of(season_date),
                season_date,
                (other,) if other else (),
            )
        )
    return events


def _last_known(service_need: ServiceNeed, dates: Sequence[SeasonDate], cycle: str) -> Iterator[LastKnown]:
    """Yield the newest earlier dates of each part of a service that has none in this cycle."""
    for part in dict.fromkeys(season_date.part for season_date in dates):
        of_part = [season_date for season_date in dates if season_date.part == part]
        if any(season_date.cycle == cycle for season_date in of_part):
            continue
        earlier = [date for date in of_part if cycle_order(date.cycle) < cycle_order(cycle)]
        if earlier:
            newest = max((season_date.cycle for season_date in earlier), key=cycle_order)
            newest_dates = tuple(season_date for season_date in earlier if season_date.cycle == newest)
            yield LastKnown(service_need.service, part, newest, newest_dates)


def _missing(
    catalog: Catalog,
    needs: Sequence[ServiceNeed],
    own_dates: Sequence[SeasonDate],
    last_known: Sequence[LastKnown],
    cycle: str,
) -> Iterator[MissingDates]:
    """Yield the services, and parts of services, that have no date in this cycle."""
    for service_need in needs:
        if all(season_date.service != service_need.service for season_date in own_dates):
            yield MissingDates(service_need.service, None, _gap_of(catalog, service_need.service, None, cycle))
            continue
        for part in dict.fromkeys(
            earlier.part for earlier in last_known if earlier.service == service_need.service and earlier.part
        ):
            yield MissingDates(service_need.service, part, _gap_of(catalog, service_need.service, part, cycle))


def _gap_of(catalog: Catalog, service_id: str, part: str | None, cycle: str) -> SeasonGap | None:
    """Return what was looked for in vain, first of all for the part; of another cycle if there is none of this one."""
    gaps = [gap for gap in catalog.season.gaps if service_id in gap.services]
    gaps.sort(key=lambda gap: (gap.cycle != cycle, not (part and gap.part and part.startswith(gap.part))))
    return gaps[0] if gaps else None
