"""The page of program signals: a meter for each allotment, the rules, and how long a list is said to be."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from ..catalog.catalog import Catalog
from ..catalog.ids import ProgramId
from ..catalog.item_notes import Aspect, Qualifier
from ..catalog.season import Guidance, SignalAllotment
from ..planning.list_sizes import NO_GUIDANCE, ListSize
from ..planning.signals import SignalMeter
from ..text import plural
from .document import Block, Document, Group, Link, Paragraph, Section, Table, TableRow, Value
from .institution_document import section_sources
from .season_words import THIRD_PARTY_QUALIFIER, cycle_text, rule_value, season_citations


def signals_document(
    catalog: Catalog, meters: Sequence[SignalMeter], sizes: Sequence[ListSize], season: str
) -> Document:
    """Return the page of the meters of a season, and the sizes of the list."""
    sections = (
        Section("meters", "Signals", tuple(_meters(catalog, meters, season))),
        Section("rules", "Rules", tuple(_rules(catalog))),
        Section("sizes", "How long a list", tuple(_sizes(catalog, sizes))),
    )
    filled_sections = tuple(section for section in sections if section.blocks)
    found_count = sum(signal_meter.allotment is not None for signal_meter in meters)
    return Document(
        kind="plan",
        id=f"signals-{season}",
        title=f"Signals of the season {cycle_text(season)}",
        subtitle=f"{plural(found_count, 'allotment')} found, {len(meters) - found_count} not found" if meters else "",
        sections=filled_sections,
        sources=section_sources(filled_sections),
    )


def _meters(catalog: Catalog, meters: Sequence[SignalMeter], season: str) -> Iterator[Block]:
    if not meters:
        yield Paragraph(Value(f"No signals are known for the specialties of your list in {cycle_text(season)}."))
        return
    rows = tuple(_meter_row(catalog, signal_meter) for signal_meter in meters)
    yield Table(("Specialty", "Gold", "Silver", "Signals", "Left"), rows)
    for signal_meter in meters:
        remarks = tuple(_remarks(catalog, signal_meter))
        if remarks:
            yield Group(_names(catalog, signal_meter.specialties), tuple(map(Paragraph, remarks)))


def _names(catalog: Catalog, specialty_ids: Iterable[str]) -> str:
    return " and ".join(catalog.specialty[specialty_id].label for specialty_id in specialty_ids)


def _meter_row(catalog: Catalog, signal_meter: SignalMeter) -> TableRow:
    given_counts, allotted = signal_meter.given, signal_meter.allotted
    allotment = signal_meter.allotment
    name = Value(
        _names(catalog, signal_meter.specialties),
        qualifiers=(THIRD_PARTY_QUALIFIER,) if allotment and allotment.third_party else (),
        citations=season_citations(catalog, allotment.source) if allotment else (),
    )
    if allotted is None:
        cells = ("—", "—", f"{given_counts.total} given", "can't tell")
    elif allotted.gold or allotted.silver:
        plain = str(given_counts.plain) if given_counts.plain else "—"
        gold, silver = f"{given_counts.gold} of {allotted.gold}", f"{given_counts.silver} of {allotted.silver}"
        cells = (gold, silver, plain, _left_text(signal_meter))
    elif not allotted.total:
        cells = ("—", "—", f"{given_counts.total} given" if given_counts.total else "takes none", "—")
    else:
        cells = ("—", "—", f"{given_counts.total} of {allotted.plain}", _left_text(signal_meter))
    return TableRow((name, *map(Value, cells)))


def _left_text(signal_meter: SignalMeter) -> str:
    """Return how many signals of all tiers are left; "2 over" where more were given."""
    remaining = signal_meter.remaining
    if remaining is None:
        return "can't tell"
    if signal_meter.excess:
        return f"{signal_meter.excess} over"
    return str(remaining.total)


def _remarks(catalog: Catalog, signal_meter: SignalMeter) -> Iterator[Value]:
    allotment = signal_meter.allotment
    yield from _home_values(catalog, signal_meter)
    if allotment is None:
        yield Value(f"The number of {cycle_text(signal_meter.season)} was not found: what is left can't be told")
        yield from (_earlier_value(catalog, allotment_row) for allotment_row in signal_meter.last_known)
        return
    if signal_meter.excess:
        yield Value(f"{plural(signal_meter.excess, 'signal')} over the limit")
    if allotment.shared_with:
        yield Value("One allotment for both specialties")
    for text in (allotment.advice, allotment.statement, allotment.disagreement, allotment.note):
        if text:
            yield Value(text, citations=season_citations(catalog, allotment.source))


def _home_values(catalog: Catalog, signal_meter: SignalMeter) -> Iterator[Value]:
    """Yield the listed programs at the reader's home hospitals, with what the specialty advises on those."""
    advice = signal_meter.advice
    if advice is None:
        return
    for program_id in signal_meter.home_ids:
        title = catalog.title_of(catalog.program[ProgramId(program_id)])
        yield Value(
            f"{title} is at one of your home hospitals. {advice.advice} ({cycle_text(advice.season)})",
            citations=season_citations(catalog, advice.source),
            link=Link("program", program_id),
        )


def _earlier_value(catalog: Catalog, allotment_row: SignalAllotment) -> Value:
    tiers = (
        f"{allotment_row.gold} gold and {allotment_row.silver} silver"
        if allotment_row.gold and allotment_row.silver
        else plural(allotment_row.total, "signal")
    )
    marks = (THIRD_PARTY_QUALIFIER,) if allotment_row.third_party else ()
    return Value(
        f"{cycle_text(allotment_row.season)}: {tiers}",
        qualifiers=(Qualifier("past", "earlier season"), *marks),
        citations=season_citations(catalog, allotment_row.source),
    )


def _rules(catalog: Catalog) -> Iterator[Block]:
    for rule in catalog.season.rules:
        if rule.about == "signals":
            yield Paragraph(rule_value(catalog, rule))


def _sizes(catalog: Catalog, sizes: Sequence[ListSize]) -> Iterator[Block]:
    for size in sizes:
        if size.guidance is not None:
            yield Group(_size_text(catalog, size), (Paragraph(_guidance_value(catalog, size.guidance, size)),))
    others = ", ".join(_size_text(catalog, size) for size in sizes if size.guidance is None)
    if others:
        yield Group(others, (Paragraph(Value(NO_GUIDANCE), "muted"),))


def _size_text(catalog: Catalog, size: ListSize) -> str:
    return f"{catalog.specialty[size.specialty].label}: {plural(size.program_count, 'program')} on your list"


def _guidance_value(catalog: Catalog, guidance: Guidance, size: ListSize) -> Value:
    aspect: Aspect = "past" if size.is_old else "as_of"
    marks = (THIRD_PARTY_QUALIFIER,) if guidance.third_party else ()
    return Value(
        guidance.text,
        qualifiers=(Qualifier(aspect, cycle_text(guidance.year)), *marks),
        citations=season_citations(catalog, guidance.source),
    )
