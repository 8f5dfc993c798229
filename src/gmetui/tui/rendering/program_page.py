"""The page of a program: what is known about it, with sources, and what is not published."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from ...catalog.catalog import Catalog
from ...catalog.completeness import NAME_ONLY, completeness, is_name_only
from ...catalog.facts import NOTE_FIELDS, SUPPLEMENTARY_FIELDS, Fact, program_citations, program_facts, specialty_facts
from ...catalog.models import Program
from ...catalog.vocabulary import KIND_LABELS
from .institution_sections import write_disagreements, write_institution, write_pay, write_statements
from .page_writer import Page, PageWriter
from .requirements import write_requirements
from .sources import write_sources
from .spans import StyledLine, fit, wrap
from .value_links import heading_links, value_targets

#: What applicants ask first; shown even if not stated.
_KEY_FIELDS = (
    "length_years",
    "positions_per_year",
    "start",
    "application_service",
    "match",
    "visa",
    "accreditation",
)
_DETAIL_FIELDS = (
    "specialty",
    "specialty_as_named",
    "parent_specialty",
    "other_names",
    "campus",
    "highlights",
    "also_listed",
)
_CODE_FIELDS = ("acgme_id", "nrmp_codes", "contact_office", "url")
_TRAINING_FIELDS = ("tracks", "sites", "sites_note", "joint_with", "curriculum")
#: Named under "Not published" where they are missing; the key fields say "not stated" themselves.
_OPTIONAL_FIELDS = (*_DETAIL_FIELDS, *_TRAINING_FIELDS, "benefits", *_CODE_FIELDS)
#: Application dates that are typical for a specialty.
_TIMETABLE_FIELDS = ("apply_from", "read_from", "match_month")


def program_page(catalog: Catalog, program: Program, width: int, min_lines: int | None = None) -> Page:
    """Return the page for a pane of `width` cells, or only its first sections with at least `min_lines` lines.

    While the cursor moves down the list only the part in sight is written, in a third of the time of the whole page.
    """
    writer = PageWriter(max(20, width))
    facts = {fact.key: fact for fact in program_facts(catalog, program)}
    sections: Mapping[str, Callable[[], None]] = {
        "Overview": lambda: _write_overview(writer, catalog, program, facts),
        "Requirements": lambda: write_requirements(writer, catalog, program, facts["requirements"]),
        "Dates": lambda: _write_dates(writer, catalog, program, facts["deadlines"]),
        "Training": lambda: _write_training(writer, catalog, program, facts),
        "Pay": lambda: _write_pay(writer, catalog, program, facts["benefits"]),
        "Mission": lambda: _write_mission(writer, catalog, program),
        "Institution": lambda: write_institution(writer, catalog, catalog.institution[program.institution]),
        "Sources": lambda: write_sources(writer, catalog, program_citations(catalog, program)),
    }
    unwritten_titles = list(sections)
    while unwritten_titles and (min_lines is None or len(writer.lines) < min_lines):
        sections[unwritten_titles.pop(0)]()
    return writer.build_page(_heading(catalog, program, width), unwritten_titles)


def _heading(catalog: Catalog, program: Program, width: int) -> tuple[StyledLine, ...]:
    institution = catalog.institution[program.institution]
    location = ", ".join(filter(None, catalog.location_of(program)))
    name_lines = wrap(program.name, width)
    if len(name_lines) > 2:
        name_lines = [name_lines[0], fit(f"{name_lines[1]} {name_lines[2]}", width)]
    subtitle = " · ".join(filter(None, (institution.name, KIND_LABELS[program.kind], location)))
    return (*(((line, "title"),) for line in name_lines), ((fit(subtitle, width), "muted"),))


def _write_overview(writer: PageWriter, catalog: Catalog, program: Program, facts: Mapping[str, Fact]) -> None:
    writer.start_section("Overview")
    if program.provenance.third_party:
        writer.add_paragraph("From third parties only; no page of the institution describes this program.", "warning")
    if is_name_only(program):
        writer.add_paragraph(f"{NAME_ONLY}.", "warning")
    for label, text, query in heading_links(catalog, program):
        writer.add_labeled_link(label, text, query)
    stated_details = [key for key in (*_DETAIL_FIELDS, *_CODE_FIELDS) if facts[key].values]
    for key in (*_KEY_FIELDS, *stated_details):
        _write_fact(writer, catalog, program, facts, key)
    if program.disagreements:
        writer.add_blank_line()
        write_disagreements(writer, catalog, program)
    stated, total = completeness(catalog, program)
    writer.add_blank_line()
    writer.add_paragraph(f"{stated} of {total} facts known.", "muted")
    missing = [key for key in _OPTIONAL_FIELDS if not facts[key].values and key not in SUPPLEMENTARY_FIELDS]
    if missing:
        writer.add_paragraph(f"Not published: {', '.join(facts[key].inline_label for key in missing)}.", "unstated")


def _write_fact(writer: PageWriter, catalog: Catalog, program: Program, facts: Mapping[str, Fact], key: str) -> None:
    """Write a fact and its note; the values lead to programs that share them."""
    fact, note = facts[key], facts.get(NOTE_FIELDS.get(key, ""))
    targets = value_targets(catalog, program, key)
    writer.add_fact(
        fact.label, fact.display_values, fact.citations, targets=targets, value_citations=fact.value_citations
    )
    if note and note.values:
        writer.add_fact("", note.qualified_values, note.citations, "muted")


def _write_dates(writer: PageWriter, catalog: Catalog, program: Program, fact: Fact) -> None:
    """Write the program's dates, and the ones that are typical for its specialty."""
    writer.start_section("Dates")
    writer.add_fact("This program", fact.qualified_values, fact.citations, value_citations=fact.value_citations)
    specialty = catalog.specialty[program.specialty]
    facts = [fact for fact in specialty_facts(catalog, specialty) if fact.key in _TIMETABLE_FIELDS and fact.values]
    if facts:
        cycle = f", {specialty.cycle}" if specialty.cycle else ""
        writer.add_blank_line()
        writer.add_paragraph(f"Typical for {specialty.label.casefold()}{cycle}", "strong")
    for timetable_fact in facts:
        writer.add_fact(timetable_fact.label, timetable_fact.qualified_values, timetable_fact.citations)


def _write_training(writer: PageWriter, catalog: Catalog, program: Program, facts: Mapping[str, Fact]) -> None:
    writer.start_section("Training")
    stated_keys = [key for key in _TRAINING_FIELDS if facts[key].values]
    for key in stated_keys:
        _write_fact(writer, catalog, program, facts, key)
    if not stated_keys:
        writer.add_paragraph("Tracks, sites and curriculum: not stated", "unstated")
    _write_next_programs(writer, catalog, program)


def _write_next_programs(writer: PageWriter, catalog: Catalog, program: Program) -> None:
    """Write the programs of the same institution that build on this one's specialty."""
    next_programs = [
        candidate
        for candidate in catalog.programs_of(program.institution)
        if program.specialty in catalog.specialty[candidate.specialty].builds_on
    ]
    if next_programs:
        institution = catalog.institution[program.institution]
        writer.add_blank_line()
        writer.add_paragraph(f"Fellowships you could stay for at {institution.short_name}", "strong")
    for next_program in next_programs:
        writer.add_link(next_program.name, f"id:{next_program.id}", "· ")


def _write_pay(writer: PageWriter, catalog: Catalog, program: Program, fact: Fact) -> None:
    """Write what the program states about pay and benefits, and what its sponsor pays."""
    writer.start_section("Pay")
    writer.add_fact("This program", fact.qualified_values, fact.citations, value_citations=fact.value_citations)
    institution = catalog.institution[program.institution]
    if institution.benefits or any(salary.institution == institution.id for salary in catalog.salaries):
        writer.add_blank_line()
        writer.add_paragraph(f"All programs of {institution.short_name}", "strong")
        write_pay(writer, catalog, institution)


def _write_mission(writer: PageWriter, catalog: Catalog, program: Program) -> None:
    writer.start_section("Mission")
    if not program.statements:
        writer.add_fact("This program", (), ())
    for entity in (program, catalog.institution[program.institution]):
        write_statements(writer, catalog, entity)
