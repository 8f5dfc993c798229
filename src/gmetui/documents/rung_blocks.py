"""What is known of one rung of a ladder: what must come before, its years, where its programs are, how to apply."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date

from ..catalog.catalog import Catalog
from ..catalog.models import Program, Specialty
from ..catalog.us_states import STATES
from ..planning.cycle import current_cycle
from ..planning.ladder import Rung
from ..planning.nearby_programs import RungPlaces, counts_by_state, elsewhere
from ..planning.season_plan import plan_season
from ..planning.service_needs import SeasonScope
from ..planning.signals import allotment_of
from ..planning.training_years import Years, stated_years, years_after
from ..text import plural
from .document import Block, FactRow, Link, Value
from .fact_rows import specialty_record_facts
from .ladder_words import first_year_text, pgy_text, years_phrase
from .season_words import THIRD_PARTY_QUALIFIER, cycle_text, event_title, last_known_text, season_citations
from .season_words import day_text as event_day

_MAX_NAMED = 12  # programs elsewhere that are named; of more, only the states are counted
_MAX_DATES = 4
_INCOMPLETE_LIST = re.compile(r"\b(another|other accepted|other|related)\b", re.IGNORECASE)
_INCOMPLETE_REMARK = Value("By its own words this list of specialties is not complete")
_APPLYING_FIELDS = ("application", "match", "match_month")


def rung_blocks(catalog: Catalog, rung: Rung, places: RungPlaces, today: date) -> Iterator[Block]:
    """Yield the facts of a rung, each with its pages."""
    specialty = catalog.specialty[rung.specialty]
    facts = specialty_record_facts(catalog, specialty.id)
    yield from _prerequisite(specialty, facts.stated_rows(("prerequisite",)))
    yield FactRow("in_all", "Years in all", (Value(_total_text(rung)),))
    yield from _disagreements(catalog, rung, places)
    yield from _program_rows(catalog, rung, places)
    yield from facts.stated_rows(_APPLYING_FIELDS)
    yield from season_rows(catalog, specialty, today)
    yield from facts.stated_rows(("boards", "note"))
    if specialty.accreditation == "none" or not specialty.listed:
        yield FactRow("accreditation", "Accreditation", (Value("Not an ACGME specialty in the reference"),))


def _prerequisite(specialty: Specialty, rows: Iterable[FactRow]) -> Iterator[FactRow]:
    for row in rows:
        is_incomplete = specialty.builds_on and _INCOMPLETE_LIST.search(specialty.prerequisite or "")
        yield row._replace(values=(*row.values, _INCOMPLETE_REMARK)) if is_incomplete else row


def _total_text(rung: Rung) -> str:
    """Return "6 years from PGY-1, 3 of them here (PGY-4 to PGY-6)", in words."""
    rung_years = years_phrase(rung.years)
    pgy = pgy_text(rung)
    parts = [years_phrase(rung.total), f"this rung {rung_years}" if rung.base else "", pgy]
    if rung.total.is_general_knowledge:
        parts.append("partly general knowledge")
    return " · ".join(filter(None, parts))


def _disagreements(catalog: Catalog, rung: Rung, places: RungPlaces) -> Iterator[FactRow]:
    """Yield where a program, or the text of a prerequisite, gives other years than the reference."""
    specialty = catalog.specialty[rung.specialty]
    reference = years_after(catalog, specialty, rung.base)
    values = []
    if rung.text_years is not None:
        base = catalog.specialty[rung.base].label
        values.append(
            Value(
                f"The prerequisite says {plural(rung.text_years, 'year')} after {base}, the reference "
                f"{years_phrase(reference)}"
            )
        )
    for program in places.at_institution:
        stated = stated_years(program)
        if stated and reference.is_known and not _lies_within(stated, reference):
            values.append(
                Value(
                    f"{program.name} says {years_phrase(stated)}, the reference {years_phrase(reference)}",
                    link=Link("program", program.id),
                )
            )
    if values:
        yield FactRow("disagree", "Lengths differ", tuple(values))


def _lies_within(stated: Years, reference: Years) -> bool:
    return reference.least <= stated.least <= (reference.most or reference.least)


def _program_rows(catalog: Catalog, rung: Rung, places: RungPlaces) -> Iterator[FactRow]:
    if not places.total:
        yield FactRow("programs", "Programs", (Value("None in this data"),))
        return
    labels = (("here", "Here"), ("joint", "Joint"), ("system", "Same system"))
    for proximity, label in labels:
        programs = places.programs(proximity)  # type: ignore[arg-type]  # the three words of `Proximity`
        if programs:
            yield FactRow(proximity, label, tuple(_program_value(catalog, each, proximity) for each in programs))
    others = elsewhere(catalog, rung.specialty, places)
    if others:
        label = "Elsewhere" if places.nearby else "Programs"
        yield FactRow("elsewhere", label, (Value(places_text(catalog, others)),))


def _program_value(catalog: Catalog, program: Program, proximity: str) -> Value:
    sponsor = f"{catalog.institution[program.institution].short_name} · " if proximity != "here" else ""
    years = stated_years(program)
    joint = ", run with another institution" if program.joint_with and proximity == "here" else ""
    length = f" ({years_phrase(years)}{joint})" if years else f" ({joint.removeprefix(', ')})" if joint else ""
    return Value(f"{sponsor}{program.name}{length}", link=Link("program", program.id))


def places_text(catalog: Catalog, programs: tuple[Program, ...]) -> str:
    """Return how many programs each state has, and where they are if they are few."""
    states = ", ".join(
        f"{STATES.get(state, state) or 'state not known'} {count:,}"
        for state, count in counts_by_state(catalog, programs)
    )
    counted = f"{plural(len(programs), 'program')}: {states}"
    if len(programs) > _MAX_NAMED:
        return counted
    names = dict.fromkeys(catalog.institution[program.institution].short_name for program in programs)
    return f"{counted} ({', '.join(names)})"


def season_rows(catalog: Catalog, specialty: Specialty, today: date) -> Iterator[FactRow]:
    """Yield the coming dates of a specialty's services in this cycle, else those of the last known one; its signals."""
    cycle = current_cycle(today)
    if specialty.application_ids or specialty.match_ids:
        plan = plan_season(catalog, (), today, cycle, SeasonScope(specialties=(specialty.id,)))
        dates = [
            Value(
                f"{event_day(event.first, event.last)}: {event_title(catalog, event)}",
                qualifiers=(THIRD_PARTY_QUALIFIER,) if event.is_third_party else (),
                citations=season_citations(catalog, event.season_date.source) if event.season_date else (),
            )
            for event in plan.coming[:_MAX_DATES]
        ]
        earlier = [
            Value(f"{catalog.service[known.service].name}, {last_known_text(known)}") for known in plan.last_known
        ]
        nothing = Value(f"Nothing dated from today on in {cycle_text(cycle)}")
        yield FactRow("season", f"Season {cycle_text(cycle)}", tuple(dates) or (nothing, *earlier))
    allotment = allotment_of(catalog, specialty.id, cycle)
    if allotment is not None and allotment.total:
        marks = (THIRD_PARTY_QUALIFIER,) if allotment.third_party else ()
        cited = season_citations(catalog, allotment.source)
        yield FactRow("signals", "Signals", (Value(f"{allotment.total} in {cycle_text(cycle)}", "", marks, cited),))


def start_rows(catalog: Catalog, rung: Rung) -> Iterator[FactRow]:
    """Yield what is known of the rung that a ladder starts at."""
    specialty = catalog.specialty[rung.specialty]
    years = " · ".join(filter(None, (years_phrase(rung.years), pgy_text(rung), first_year_text(specialty))))
    yield FactRow("years", "Years", (Value(years),))
