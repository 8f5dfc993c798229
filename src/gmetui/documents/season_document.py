"""The page of a season: what comes next, the year as a picture, what has no date, and where to look."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import tzinfo

from ..catalog.catalog import Catalog
from ..catalog.facts import Citation
from ..catalog.item_notes import Qualifier
from ..planning.cycle import match_year
from ..planning.season_plan import SeasonEvent, SeasonPlan
from ..text import format_date, plural
from .document import (
    Block,
    Chart,
    ChartRow,
    ChartSpan,
    Document,
    FactRow,
    Group,
    Link,
    Paragraph,
    Section,
    Timeline,
    TimelineRow,
    Value,
)
from .institution_document import section_sources
from .season_words import (
    THIRD_PARTY_QUALIFIER,
    cycle_text,
    day_text,
    event_clock,
    event_distance,
    event_text,
    last_known_text,
    rule_value,
    season_citations,
)

_SIGNS = {"deadline": "◆", "result": "●", "target": "◇"}
_OTHER_SIGN = "○"
_LEGEND = "│ today  ○ opens, released  ◆ due  ◇ target  ● result  ━ lasts"
_MAX_OPEN_MISSING = 8  # services without dates that are listed without being asked for
#: What a reader must know of every date.
NOTICE = "No date is carried over from another year"


def season_document(
    catalog: Catalog,
    season_plan: SeasonPlan,
    zone: tzinfo | None,
    list_size: int | None,
    specialties: Sequence[str] = (),
) -> Document:
    """Return the page of a plan. `zone` is the reader's; `list_size` None is a plan that isn't about the list.

    `specialties` are what the plan is about instead of an empty list.
    """
    sections = (
        Section("next", "Next", tuple(_next(catalog, season_plan, zone))),
        Section("year", "The season at a glance", tuple(_chart(catalog, season_plan))),
        Section("undated", "Not dated in this cycle", tuple(_undated(catalog, season_plan))),
        Section("missing", "Not found", tuple(_missing(catalog, season_plan))),
    )
    filled_sections = tuple(section for section in sections if section.blocks)
    year = match_year(season_plan.cycle)
    subject = _subject(catalog, list_size, specialties)
    return Document(
        kind="plan",
        id=f"season-{season_plan.cycle}",
        title=f"Season {cycle_text(season_plan.cycle)}",
        subtitle=" · ".join(filter(None, (f"the {year} Match" if year else "", subject))),
        sections=filled_sections,
        reliability=(f"Today is {season_plan.today:%A}, {format_date(season_plan.today.isoformat())}", NOTICE),
        sources=section_sources(filled_sections),
    )


def _subject(catalog: Catalog, list_size: int | None, specialties: Sequence[str]) -> str:
    if list_size is None:
        return ""
    if specialties and not list_size:
        labels = ", ".join(catalog.specialty[specialty_id].label for specialty_id in specialties)
        return f"{labels}, as your profile says: your list is empty"
    return f"for {plural(list_size, 'program')} on your list" if list_size else "all services: your list is empty"


def _next(catalog: Catalog, season_plan: SeasonPlan, zone: tzinfo | None) -> Iterator[Block]:
    if season_plan.coming:
        yield _timeline(catalog, season_plan, season_plan.coming, zone)
    elif season_plan.past:
        yield Paragraph(Value(f"The season {cycle_text(season_plan.cycle)} is over."))
    else:
        yield Paragraph(Value(f"No dates of {cycle_text(season_plan.cycle)} were found."))
    if season_plan.past:
        past = _timeline(catalog, season_plan, season_plan.past, zone, is_muted=True)
        yield Group("Over", (past,), is_closed=True, size=len(season_plan.past))
    if season_plan.for_others:
        others = _timeline(catalog, season_plan, season_plan.for_others, zone, is_muted=True)
        title = "For programs, schools, or international graduates"
        yield Group(title, (others,), is_closed=True, size=len(season_plan.for_others))
    for rule in season_plan.rules:
        yield Paragraph(rule_value(catalog, rule))


def _timeline(
    catalog: Catalog,
    season_plan: SeasonPlan,
    events: Iterable[SeasonEvent],
    zone: tzinfo | None,
    *,
    is_muted: bool = False,
) -> Timeline:
    rows = (
        TimelineRow(
            event_distance(season_event, season_plan.today),
            day_text(season_event.first, season_event.last),
            event_clock(season_event),
            _event_value(catalog, season_event, zone),
        )
        for season_event in events
    )
    return Timeline(tuple(rows), is_muted)


def _event_value(catalog: Catalog, season_event: SeasonEvent, zone: tzinfo | None) -> Value:
    listed = season_event.season_date is None and season_event.program_id in catalog.program
    return Value(
        event_text(catalog, season_event, zone),
        qualifiers=(THIRD_PARTY_QUALIFIER,) if season_event.is_third_party else (),
        citations=event_citations(catalog, season_event),
        link=Link("program", season_event.program_id) if listed else None,
    )


def event_citations(catalog: Catalog, season_event: SeasonEvent) -> tuple[Citation, ...]:
    """Return the pages that state an event, those of another day included."""
    if season_event.season_date:
        dates = (season_event.season_date, *season_event.alternatives)
        return season_citations(catalog, (source for each in dates for source in each.source))
    program = catalog.program.get(season_event.program_id) if season_event.deadline else None
    if program is None or season_event.deadline is None:
        return ()
    return season_citations(catalog, season_event.deadline.source or program.provenance.sources_of("deadlines"))


def _chart(catalog: Catalog, season_plan: SeasonPlan) -> Iterator[Block]:
    """Yield the year of a plan, if it has any date: a row for the reader, one for programs, one for each service."""
    rows: dict[str, list[ChartSpan]] = {}
    for season_event in season_plan.events:
        if season_event.season_date:
            label = catalog.service[season_event.season_date.service].name
            sign = _SIGNS.get(season_event.season_date.nature, _OTHER_SIGN)
        else:
            label = "Yours" if season_event.origin == "yours" else "Programs"
            sign = _SIGNS["deadline"] if season_event.what in ("application", "documents") else _OTHER_SIGN
        rows.setdefault(label, []).append(ChartSpan(season_event.first, season_event.last, sign))
    first_labels = [label for label in ("Yours", "Programs") if label in rows]
    labels = [*first_labels, *(label for label in rows if label not in first_labels)]
    if rows:
        yield Chart(tuple(ChartRow(label, tuple(rows[label])) for label in labels), season_plan.today, _LEGEND)


def _undated(catalog: Catalog, season_plan: SeasonPlan) -> Iterator[Block]:
    for program_id in dict.fromkeys(fact.program_id for fact in season_plan.undated):
        program = catalog.program[program_id]
        shared = program.provenance.sources_of("deadlines")
        values = tuple(
            Value(
                fact.deadline.text,
                qualifiers=_period(fact.deadline.cycle),
                citations=season_citations(catalog, fact.deadline.source or shared),
            )
            for fact in season_plan.undated
            if fact.program_id == program_id
        )
        yield Group(catalog.title_of(program), tuple(map(Paragraph, values)))
    last_known = tuple(_last_known(catalog, season_plan))
    if last_known:
        yield Group("The last dates of services", last_known)


def _last_known(catalog: Catalog, season_plan: SeasonPlan) -> Iterator[Block]:
    for earlier in season_plan.last_known:
        third_party = (THIRD_PARTY_QUALIFIER,) if all(each.third_party for each in earlier.dates) else ()
        value = Value(
            last_known_text(earlier),
            qualifiers=(Qualifier("past", "earlier cycle"), *third_party),
            citations=season_citations(catalog, (source for each in earlier.dates for source in each.source)),
        )
        yield FactRow("last_known", catalog.service[earlier.service].name, (value,))


def _period(cycle: str | None) -> tuple[Qualifier, ...]:
    return (Qualifier("past", f"{cycle_text(cycle)} cycle"),) if cycle else (Qualifier("undated", "no year"),)


def _missing(catalog: Catalog, season_plan: SeasonPlan) -> Iterator[Block]:
    """Yield a row for each service without dates of this cycle; the parts that share a page share a row."""
    parts: dict[tuple[str, str], list[str]] = {}
    for missing in season_plan.missing:
        key = (missing.service, missing.gap.look_at if missing.gap else "")
        parts.setdefault(key, []).append(missing.part or "")
    rows = tuple(
        _missing_row(catalog.service[service_id].name, season_plan.cycle, look_at, part_names)
        for (service_id, look_at), part_names in parts.items()
    )
    if len(rows) <= _MAX_OPEN_MISSING:
        yield from rows
    else:
        yield Group("Services without dates of this cycle", rows, is_closed=True, size=len(rows))


def _missing_row(label: str, cycle: str, look_at: str, part_names: Iterable[str]) -> FactRow:
    part_text = "; ".join(filter(None, part_names))
    start = f"{part_text}: " if part_text else ""
    looked = Value(f"{start}{cycle_text(cycle)} not found" + ("; look at" if look_at else ""))
    page = (Value(look_at, link=Link("url", look_at)),) if look_at else ()
    return FactRow("missing", label, (looked, *page))
