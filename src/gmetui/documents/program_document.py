"""The document of a program: its own words first, then what its hospital, its specialty, and the country add."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from functools import lru_cache

from ..catalog.catalog import Catalog
from ..catalog.completeness import COUNTED_FIELDS, NAME_ONLY, completeness, is_name_only
from ..catalog.confirmation import confirmed_facts
from ..catalog.facts import UNDATED, Citation, program_citations
from ..catalog.ids import SourceId
from ..catalog.item_notes import Qualifier
from ..catalog.kinds import Publisher
from ..catalog.models import Program
from ..catalog.pay import pay_scale
from ..catalog.schema import PROGRAM
from ..catalog.training_length import next_programs, years_text
from ..catalog.vocabulary import KIND_LABELS, SHORT_KIND_LABELS
from ..catalog.years import year_of
from ..text import lowercase_words, plural
from .deadlines import DeadlineTime, deadline_time, event_label
from .document import (
    Block,
    Document,
    FactRow,
    Group,
    Link,
    Paragraph,
    Section,
    SourceEntry,
    Table,
    TableRow,
    Value,
    cited_in,
)
from .fact_rows import (
    HOSPITAL_WIDE,
    RecordFacts,
    institution_record_facts,
    specialty_record_facts,
    stored_value,
    with_qualifiers,
    without_aspect,
)
from .fact_strip import UNDATED_FACT, fact_strip
from .institution_blocks import (
    about_blocks,
    applying_blocks,
    disagreement_blocks,
    linked_row,
    pay_blocks,
    rows_by_topic,
    statement_blocks,
    visiting_blocks,
)
from .program_requirements import requirement_section

#: Facts of the overview. The strip shows the first ones in short; they are repeated only where there is more to say.
_STRIP_FIELDS = ("length_years", "positions_per_year", "application_service", "match")
_OVERVIEW_FIELDS = ("start", "visa", "accreditation", "parent_specialty", "specialty_as_named", "other_names", "campus")
_CODE_FIELDS = ("acgme_id", "nrmp_codes", "contact_office", "url", "also_listed")
_TRAINING_FIELDS = ("tracks", "sites", "curriculum")
SECTION_TITLES: Mapping[str, str] = {
    "overview": "Overview",
    "requirements": "Requirements",
    "dates": "Dates",
    "training": "Training",
    "next": "What's next",
    "pay": "Pay",
    "mission": "Mission",
    "hospital": "Hospital",
}
_PUBLISHERS: tuple[tuple[Publisher, str], ...] = (
    ("institution", "by the institution"),
    ("official", "by official bodies"),
    ("third-party", "by third parties"),
)
_MAX_INSTITUTIONS = 256  # whose parts of the document are kept for their next program
_FIELD_KEYS = tuple(field.key for field in PROGRAM)
#: By page id, a page behind the program with the names of the facts that it states.
_Pages = Mapping[SourceId, tuple[Citation, tuple[str, ...]]]
_TIMETABLE_FIELDS = ("apply_from", "read_from", "match_month")


def program_document(
    catalog: Catalog, program: Program, today: date, *, section_count: int | None = None, with_sources: bool = True
) -> Document:
    """Return everything there is to say about a program. `today` tells past cycles from coming ones.

    With `section_count` only so many sections have content, and the document is not complete. Leave out the sources if
    the document is to be shortened, and add those of what remains.
    """
    program_facts = RecordFacts(catalog, program)
    institution = catalog.institution[program.institution]
    strip = fact_strip(catalog, program, program_facts, today)
    builders: Mapping[str, Callable[[], Iterable[Block]]] = {
        "overview": lambda: _overview(catalog, program, program_facts, strip),
        "requirements": lambda: requirement_section(catalog, program, program_facts),
        "dates": lambda: _dates(catalog, program, program_facts, today),
        "training": lambda: _training(program_facts),
        "next": lambda: _next_steps(catalog, program),
        "pay": lambda: _pay(catalog, program, program_facts),
        "mission": lambda: (*statement_blocks(catalog, program), *_sponsor_statements(catalog, institution.id)),
        "hospital": lambda: _hospital(catalog, institution.id),
    }
    written_keys = tuple(builders)[:section_count]
    sections = tuple(
        Section(key, SECTION_TITLES[key], tuple(build()) if key in written_keys else ())
        for key, build in builders.items()
    )
    is_complete = section_count is None
    pages = program_citations(catalog, program, program_facts.stated(_FIELD_KEYS)) if is_complete else None
    return Document(
        kind="program",
        id=program.id,
        title=program.name,
        subtitle=_subtitle(catalog, program),
        strip=strip,
        sections=sections,
        not_published=_not_published(program_facts, strip),
        reliability=_reliability(catalog, program, pages),
        sources=_sources(program, pages, sections) if pages is not None and with_sources else (),
        is_complete=is_complete,
    )


def _subtitle(catalog: Catalog, program: Program) -> str:
    """Return the hospital, the kind unless the name says it, and the location."""
    names_kind = SHORT_KIND_LABELS[program.kind].casefold() in program.name.casefold()
    kind = "" if names_kind else KIND_LABELS[program.kind]
    location = ", ".join(filter(None, catalog.location_of(program)))
    return " · ".join(filter(None, (catalog.institution[program.institution].name, kind, location)))


def _overview(
    catalog: Catalog, program: Program, program_facts: RecordFacts, strip: tuple[FactRow, ...]
) -> Iterator[Block]:
    if program.provenance.third_party:
        text = "From third parties only; no page of the institution describes this program."
        yield Paragraph(Value(text), "warning")
    if is_name_only(program):
        yield Paragraph(Value(f"{NAME_ONLY}."), "warning")
    short_texts = {value.measured_text for row in strip for value in row.values}
    for row in program_facts.stated_rows(_STRIP_FIELDS):
        if any(value.measured_text not in short_texts for value in row.values):
            yield row
    for key in _OVERVIEW_FIELDS:
        yield from program_facts.stated_rows((key,))
        if key == "visa" and not program.visa:
            yield from _sponsor_visas(catalog, program)
    link = Link("specialty", program.specialty)
    specialty = (value._replace(link=link, qualifiers=()) for value in program_facts.values("specialty"))
    yield FactRow("specialty", "Specialty", tuple(specialty))
    yield from _institution_rows(catalog, program, program_facts)
    yield from program_facts.stated_rows(("highlights",))
    yield from map(linked_row, program_facts.stated_rows(_CODE_FIELDS))
    yield from disagreement_blocks(catalog, program)


def _sponsor_visas(catalog: Catalog, program: Program) -> Iterator[FactRow]:
    values = institution_record_facts(catalog, program.institution).values("visa")
    if values:
        yield FactRow("visa", "Visa", with_qualifiers(values, HOSPITAL_WIDE))


def _institution_rows(catalog: Catalog, program: Program, program_facts: RecordFacts) -> Iterator[FactRow]:
    """Yield the sponsor, and the institutions that run the program with it."""
    link = Link("institution", program.institution)
    sponsor = (value._replace(link=link, qualifiers=()) for value in program_facts.values("institution"))
    yield FactRow("institution", "Hospital", tuple(sponsor))
    partner_values = []
    for stored_item, value in zip(program.joint_with, program_facts.values("joint_with"), strict=True):
        sites = (catalog.site.get(site_id) for site_id in stored_item.site)
        partner_id = next(
            (site.institution for site in sites if site and site.institution in catalog.institution), None
        )
        partner_values.append(value._replace(link=Link("institution", partner_id)) if partner_id else value)
    if partner_values:
        yield FactRow("joint_with", "Joint with", tuple(partner_values))


def _dates(catalog: Catalog, program: Program, program_facts: RecordFacts, today: date) -> Iterator[Block]:
    """Yield the coming dates, those without a year, the typical timetable, and the past cycles."""
    dated = []
    for stored_item, value in zip(program.deadlines, program_facts.values("deadlines"), strict=True):
        deadline_moment = deadline_time(stored_item, value.citations, today)
        dated.append((deadline_moment, event_label(stored_item), _with_period(value, deadline_moment)))
    dated.sort(key=lambda entry: (entry[0].state == "undated", entry[0].moment or "9999"))
    current = [(label, value) for deadline_moment, label, value in dated if deadline_moment.state != "past"]
    latest_first = sorted(dated, key=lambda entry: -entry[0].year)
    past = [(label, value) for deadline_moment, label, value in latest_first if deadline_moment.state == "past"]
    yield from rows_by_topic("deadlines", current)
    if not dated:
        yield FactRow("deadlines", "This program")
    yield from _typical_timetable(catalog, program)
    if past:
        yield Group("Past cycles", tuple(rows_by_topic("deadlines", past)))


def _with_period(value: Value, deadline_moment: DeadlineTime) -> Value:
    """Return a date with its cycle or year, or the remark that its page gives none."""
    value = without_aspect(value, "as_of")
    if deadline_moment.state == "undated" and not deadline_moment.period:
        return with_qualifiers([value], UNDATED_FACT)[0]
    period = deadline_moment.period or deadline_moment.moment[:4]
    if deadline_moment.state == "past":
        return with_qualifiers([value], Qualifier("past", period or "past"))[0]
    return with_qualifiers([value], Qualifier("as_of", period))[0] if period else value


def _typical_timetable(catalog: Catalog, program: Program) -> Iterator[Group]:
    specialty = catalog.specialty[program.specialty]
    fact_rows = specialty_record_facts(catalog, specialty.id).stated_rows(_TIMETABLE_FIELDS)
    if fact_rows:
        cycle = f", {specialty.cycle}" if specialty.cycle else ""
        yield Group(f"Typical for {lowercase_words(specialty.label)}{cycle}", fact_rows)


def _training(program_facts: RecordFacts) -> Iterator[Block]:
    fact_rows = program_facts.stated_rows(_TRAINING_FIELDS)
    yield from fact_rows or (FactRow("tracks", "Tracks, sites and curriculum"),)


def _next_steps(catalog: Catalog, program: Program) -> Iterator[Block]:
    """Yield the programs of the institution that build on this one, with their years and all years to their end."""
    yield from RecordFacts(catalog, program).stated_rows(("own_residents",))
    next_steps = next_programs(catalog, program)
    institution = catalog.institution[program.institution]
    fact_rows = []
    for step in next_steps.steps:
        name = Value(step.program.name, link=Link("program", step.program.id))
        years, total = (Value(years_text(years) or "—") for years in (step.years, step.total))
        fact_rows.append(TableRow((name, years, total), step.depth))
    if fact_rows:
        heading = f"Fellowships you could stay for at {institution.short_name}"
        yield Table((heading, "Years", "Total"), tuple(fact_rows))
        if next_steps.unlisted_count:
            unlisted = plural(next_steps.unlisted_count, "more program")
            yield Paragraph(Value(f"Not listed: {unlisted} after this one."), "muted")
        if next_steps.omits_later:
            yield Paragraph(Value("What builds on these programs in turn is on their pages."), "muted")
        yield Paragraph(Value("Total counts from PGY-1, this program included."), "muted")
    else:
        yield Paragraph(Value(f"No program of {institution.short_name} in this data builds on this one."), "muted")


def _pay(catalog: Catalog, program: Program, program_facts: RecordFacts) -> Iterator[Block]:
    institution = catalog.institution[program.institution]
    pairs = zip(program.benefits, program_facts.values("benefits"), strict=True)
    fact_rows = tuple(
        rows_by_topic("benefits", ((stored_item.topic or "benefits", value) for stored_item, value in pairs))
    )
    if fact_rows:
        yield Group("This program", fact_rows)
    else:
        yield FactRow("benefits", "This program")
    yield from pay_blocks(catalog, institution, pay_scale(catalog, program))


@lru_cache(maxsize=_MAX_INSTITUTIONS)
def _sponsor_statements(catalog: Catalog, institution_id: str) -> tuple[Block, ...]:
    return tuple(statement_blocks(catalog, catalog.institution[institution_id]))


@lru_cache(maxsize=_MAX_INSTITUTIONS)
def _hospital(catalog: Catalog, institution_id: str) -> tuple[Block, ...]:
    """Return what the hospital says of itself, which is the same for all of its programs."""
    institution = catalog.institution[institution_id]
    name = stored_value(catalog, institution, "name", institution.name)
    return (
        FactRow("institution", "Hospital", (name._replace(link=Link("institution", institution.id)),)),
        *about_blocks(catalog, institution),
        *applying_blocks(catalog, institution),
        *visiting_blocks(catalog, institution, are_closed=True),
    )


def _not_published(program_facts: RecordFacts, strip: tuple[FactRow, ...]) -> tuple[FactRow, ...]:
    """Return what applicants ask and nobody publishes, as rows without values; the hospital may answer for visas."""
    answered = {row.key for row in strip if any(HOSPITAL_WIDE in value.qualifiers for value in row.values)}
    missing = (field for field in COUNTED_FIELDS if not program_facts.states(field.key))
    return tuple(FactRow(field.key, field.label) for field in missing if field.key not in answered)


def _reliability(catalog: Catalog, program: Program, pages: _Pages | None) -> tuple[str, ...]:
    """Return how many facts are known and, with their pages, who publishes them, when, and how many are unsure."""
    stated, total = completeness(catalog, program)
    sentences = [f"{stated} of {total} facts known"]
    if pages is None:
        return tuple(sentences)
    cited = [citation for citation, labels in pages.values() if labels]
    counts = Counter(citation.source.publisher for citation in cited)
    publishers = ", ".join(f"{counts[publisher]} {text}" for publisher, text in _PUBLISHERS if counts[publisher])
    years = sorted({year for citation in cited if (year := year_of(citation.as_of))})
    span = UNDATED if not years else str(years[0]) if years[0] == years[-1] else f"{years[0]} to {years[-1]}"
    if cited:
        who = publishers.split(" ", 1)[1] if len(counts) == 1 else f"({publishers})"
        sentences.append(f"{plural(len(cited), 'page')} {who}, {span}")
    confirmed, stored = confirmed_facts(program)
    if program.provenance.confirmed and confirmed < stored:  # else nobody compared any of them again
        sentences.append(f"{stored - confirmed} of {stored} details unconfirmed")
    return tuple(sentences)


def _sources(program: Program, pages: _Pages, sections: tuple[Section, ...]) -> tuple[SourceEntry, ...]:
    """Return the pages that state the program's facts, then the other pages that the document cites, in its order."""
    entries = {
        source_id: SourceEntry(citation, tuple(dict.fromkeys(labels)))
        for source_id, (citation, labels) in pages.items()
        if labels or source_id in program.provenance.listed_in
    }
    for section in sections:
        for citation in cited_in(section.blocks):
            entries.setdefault(citation.source.id, SourceEntry(citation))
    return tuple(entries.values())
