"""The document of a specialty: its length and the whole way to it, how to apply, what follows, and its programs."""

from __future__ import annotations

from collections.abc import Iterator

from ..catalog.catalog import Catalog
from ..catalog.item_notes import Qualifier
from ..catalog.models import Specialty
from ..catalog.training_length import YearRange, total_years, years_text
from ..catalog.vocabulary import KIND_LABELS
from ..text import plural
from .document import Block, Document, FactRow, Link, Section, Table, TableRow, Value
from .fact_rows import RecordFacts
from .institution_document import program_blocks, section_sources

_OVERVIEW_FIELDS = (
    *(
        "about",
        "parents",
        "length_after",
        "prerequisite",
        "base_year",
        "program_years",
        "accreditation",
        "boards",
        "aoa_boards",
    ),
    *("aoa_parent_board", "note"),
)
_FIRST_YEARS = {
    "included": "included",
    "separate": "a preliminary or transitional year comes first",
    "either": "included, or a separate preliminary year",
}
_APPLYING_FIELDS = ("application", "match", "apply_from", "read_from", "match_month", "cycle")
_NAME_FIELDS = ("abbreviations", "synonyms", "variants", "names_here")


def specialty_document(catalog: Catalog, specialty: Specialty) -> Document:
    """Return everything there is to say about a specialty."""
    facts = RecordFacts(catalog, specialty)
    programs = catalog.programs_in(specialty.id)
    next_steps = tuple(_next_specialties(catalog, specialty))
    sections = (
        Section("overview", "Overview", (*_length_rows(catalog, specialty, facts), *_linked(specialty, facts))),
        Section("applying", "Applying", facts.stated_rows(_APPLYING_FIELDS)),
        *((Section("next", "What's next", next_steps),) if next_steps else ()),
        Section("programs", "Programs", tuple(program_blocks(catalog, programs))),
        Section("names", "Names", facts.stated_rows(_NAME_FIELDS)),
    )
    published_sections = tuple(section for section in sections if section.blocks)
    code = f"ACGME code {specialty.code}" if specialty.code else ""
    return Document(
        kind="specialty",
        id=specialty.id,
        title=specialty.label,
        subtitle=" · ".join(filter(None, (KIND_LABELS[specialty.kind], code, plural(len(programs), "program")))),
        sections=published_sections,
        sources=section_sources(published_sections),
    )


def _length_rows(catalog: Catalog, specialty: Specialty, facts: RecordFacts) -> Iterator[FactRow]:
    """Yield the length, and all years of training right below it where other training comes first."""
    if specialty.name != specialty.label:
        yield facts.row("name", "Official name")
    shortest = specialty.length_years
    if shortest is None:
        yield FactRow("length_years", "Length")
        return
    years = (shortest, specialty.length_years_max or shortest)
    yield FactRow("length_years", "Length", (_with_years(facts.values("length_years")[0], years),))
    total = total_years(catalog, specialty.id)
    if total and total != years:
        remark = Qualifier("as_of", "from PGY-1, with the training it builds on")
        yield FactRow("total_years", "Total years", (_with_years(Value("", qualifiers=(remark,)), total),))


def _with_years(value: Value, years: YearRange) -> Value:
    """Return a value that states years."""
    text = years_text(years)
    return value._replace(text=text, unit="year" if text == "1" else "years")


def _linked(specialty: Specialty, facts: RecordFacts) -> Iterator[FactRow]:
    """Yield the facts of the overview; specialties it builds on are links."""
    for row in facts.stated_rows(_OVERVIEW_FIELDS):
        if row.key == "parents":
            pairs = zip(row.values, specialty.parents, strict=True)
            yield row._replace(values=tuple(value._replace(link=Link("specialty", key)) for value, key in pairs))
        elif row.key == "program_years":
            years = specialty.program_years or 0
            yield row._replace(values=tuple(_with_years(value, (years, years)) for value in row.values))
        elif row.key == "base_year":
            yield row._replace(values=tuple(value._replace(text=_FIRST_YEARS[value.text]) for value in row.values))
        else:
            yield row


def _next_specialties(catalog: Catalog, specialty: Specialty) -> Iterator[Block]:
    """Yield the specialties that build on this one, with their length and the total."""
    candidates = [candidate for candidate in catalog.specialties if specialty.id in candidate.builds_on]
    rows = []
    for candidate in sorted(candidates, key=lambda candidate: candidate.label.casefold()):
        shortest = candidate.length_years
        length = years_text((shortest, candidate.length_years_max or shortest) if shortest else None)
        total = years_text(total_years(catalog, candidate.id))
        link = Link("specialty", candidate.id)
        rows.append(TableRow((Value(candidate.label, link=link), Value(length or "—"), Value(total or "—"))))
    if rows:
        yield Table((f"After {specialty.label}", "Years", "Total"), tuple(rows))
