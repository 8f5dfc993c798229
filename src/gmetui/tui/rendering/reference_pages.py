"""The pages of institutions and specialties, and the coverage of the data."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

from ...catalog.catalog import Catalog
from ...catalog.completeness import COUNTED_FIELDS, FieldCoverage, coverage
from ...catalog.facts import NOT_STATED, institution_facts, specialty_facts
from ...catalog.models import Institution, Program, Specialty
from ...catalog.training_length import total_years, years_text
from ...catalog.vocabulary import KIND_LABELS, KINDS
from ...text import plural
from .coverage_rows import OLD_BEFORE, coverage_header, coverage_row, sum_coverage
from .institution_sections import write_about, write_applying, write_pay, write_statements, write_visiting
from .page_writer import Page, PageWriter
from .sources import edition_text, write_sources
from .spans import StyledLine, fit, wrap

#: Shown in the heading of a specialty's page, or of no use to readers.
_OMITTED_SPECIALTY_FIELDS = ("id", "name", "display", "group")
_PUBLISHER_LABELS = {"institution": "Institutions", "official": "Official bodies", "third-party": "Third parties"}


def institution_page(catalog: Catalog, institution: Institution, width: int) -> Page:
    """Return the page of an institution for a pane of `width` cells."""
    writer = PageWriter(max(20, width))
    writer.start_section("Mission")
    write_statements(writer, catalog, institution)
    _write_not_stated_if_empty(writer)
    writer.start_section("About")
    write_about(writer, catalog, institution)
    writer.start_section("Applying")
    write_applying(writer, catalog, institution)
    _write_shared_requirements(writer, catalog, institution)
    _write_not_stated_if_empty(writer)
    if institution.routes:
        writer.start_section("Visiting")
        write_visiting(writer, catalog, institution)
    writer.start_section("Pay")
    write_pay(writer, catalog, institution)
    _write_not_stated_if_empty(writer)
    programs = catalog.programs_of(institution.id)
    writer.start_section("Programs")
    _write_programs(writer, catalog, programs)
    write_sources(writer, catalog, {})
    location = ", ".join(filter(None, (institution.city, institution.state)))
    joint_count = len(programs) - len(catalog.sponsored_by(institution.id))
    joint_text = f", {joint_count} of them sponsored by a partner" if joint_count else ""
    subtitle = f"{location} · {plural(len(programs), 'program')}{joint_text}"
    return writer.build_page(_heading(institution.name, subtitle, width))


def _write_shared_requirements(writer: PageWriter, catalog: Catalog, institution: Institution) -> None:
    """Write what the institution requires for all its programs."""
    fact = next(fact for fact in institution_facts(catalog, institution) if fact.key == "requirements")
    if fact.values:
        topics = [requirement.topic for requirement in institution.requirements]
        texts = [f"{topic}: {text}" for topic, text in zip(topics, fact.qualified_values, strict=True)]
        writer.add_fact("All programs", texts, fact.citations)


def _write_not_stated_if_empty(writer: PageWriter) -> None:
    if writer.section_is_empty:
        writer.add_paragraph(NOT_STATED, "unstated")


def specialty_page(catalog: Catalog, specialty: Specialty, width: int) -> Page:
    """Return the page of a specialty for a pane of `width` cells."""
    writer = PageWriter(max(20, width))
    writer.start_section("Overview")
    _write_specialty_facts(writer, catalog, specialty)
    _write_next_specialties(writer, catalog, specialty)
    programs = [program for program in catalog.programs if program.specialty == specialty.id]
    writer.start_section("Programs")
    _write_programs(writer, catalog, programs)
    write_sources(writer, catalog, {})
    code = f"ACGME code {specialty.code}" if specialty.code else ""
    subtitle = " · ".join(filter(None, (KIND_LABELS[specialty.kind], code, plural(len(programs), "program"))))
    return writer.build_page(_heading(specialty.label, subtitle, width))


def _write_specialty_facts(writer: PageWriter, catalog: Catalog, specialty: Specialty) -> None:
    for fact in specialty_facts(catalog, specialty):
        if not fact.values or fact.key in _OMITTED_SPECIALTY_FIELDS:
            continue
        if fact.citations or fact.key in specialty.provenance.general_knowledge:
            writer.add_fact(fact.label, fact.qualified_values, fact.citations)
        else:
            writer.add_labeled_text(fact.label, fact.text)  # written for gmetui, without a source
    years = years_text(total_years(catalog, specialty.id))
    if specialty.builds_on and years:
        writer.add_labeled_text("Total years", f"{years} from PGY-1, including the training it builds on")


def _write_next_specialties(writer: PageWriter, catalog: Catalog, specialty: Specialty) -> None:
    """Write the specialties that build on this one."""
    next_specialties = [candidate for candidate in catalog.specialties if specialty.id in candidate.builds_on]
    if next_specialties:
        writer.start_section("What's next")
    for candidate in sorted(next_specialties, key=lambda candidate: candidate.label.casefold()):
        length = f", {plural(candidate.length_years, 'year')}" if candidate.length_years else ""
        text = f"{candidate.label} ({KIND_LABELS[candidate.kind].casefold()}{length})"
        writer.add_link(text, f"specialty:{candidate.id}", "  ")


def _write_programs(writer: PageWriter, catalog: Catalog, programs: Iterable[Program]) -> None:
    """Write programs as links, grouped by kind."""
    sorted_programs = sorted(programs, key=lambda program: (KINDS.index(program.kind), program.name))
    for kind, group in groupby(sorted_programs, key=lambda program: program.kind):
        writer.add_gap()
        writer.add_paragraph(KIND_LABELS[kind], "strong")
        for program in group:
            institution = catalog.institution[program.institution]
            writer.add_link(f"{program.name} · {institution.short_name}", f"id:{program.id}", "  ")
    if not sorted_programs:
        writer.add_paragraph("No programs in this data.", "muted")


def coverage_page(catalog: Catalog, institution_id: str | None, width: int) -> Page:
    """Return how complete the data is, for one institution or for all (None)."""
    writer = PageWriter(max(20, width))
    shares = [share for share in coverage(catalog, OLD_BEFORE) if institution_id in (None, share.institution)]
    writer.start_section("Facts")
    writer.add_paragraph(
        "The share of programs that state each field; and how many of these state it only through a third party, "
        f"without a date, or before {OLD_BEFORE}.",
        "muted",
    )
    writer.add_blank_line()
    writer.add_line(*coverage_header(writer.width))
    for field in COUNTED_FIELDS:
        total = sum_coverage(share for share in shares if share.field == field.key)
        query = f"has:{field.key}" + (f" institution:{institution_id}" if institution_id else "")
        writer.add_line(*coverage_row(field.label, total, writer.width), query=query)
    _write_publishers(writer, catalog)
    name = catalog.institution[institution_id].name if institution_id else "All institutions"
    return writer.build_page(_heading(name, _known_share(shares), width))


def _known_share(shares: Iterable[FieldCoverage]) -> str:
    total = sum_coverage(shares)
    if not total.programs:
        return "no programs"
    return f"{total.stated:,} of {total.programs:,} facts known ({total.stated / total.programs:.0%})"


def _write_publishers(writer: PageWriter, catalog: Catalog) -> None:
    """Write how many sources there are by publisher, and how many have a date."""
    writer.start_section("Sources")
    for publisher, label in _PUBLISHER_LABELS.items():
        count = sum(source.publisher == publisher for source in catalog.sources)
        writer.add_labeled_text(label, f"{count:,} of {len(catalog.sources):,}")
    dated_count = sum(source.as_of is not None for source in catalog.sources)
    writer.add_labeled_text("With a date", f"{dated_count:,} of {len(catalog.sources):,}")
    writer.add_labeled_text("Edition", edition_text(catalog))


def _heading(name: str, subtitle: str, width: int) -> list[StyledLine]:
    return [*(((line, "title"),) for line in wrap(name, width)[:2]), ((fit(subtitle, width), "muted"),)]
