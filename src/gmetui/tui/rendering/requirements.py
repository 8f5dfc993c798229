"""The Requirements section: of the program, its sponsor, its specialty, the country and the state."""

from __future__ import annotations

from collections.abc import Sequence

from ...catalog.catalog import Catalog
from ...catalog.facts import NOT_STATED, Citation, Fact, after_runs, citations, general_rules, item_citations
from ...catalog.item_notes import qualifiers_of
from ...catalog.items import Requirement
from ...catalog.models import Program
from ...catalog.scope import sponsor_requirements
from ...catalog.us_states import STATES
from .page_writer import PageWriter

#: Strength of a requirement -> the heading above it; None where the page leaves the strength open.
_STRENGTH_HEADINGS = {
    "required": "Required by this program",
    "preferred": "Preferred, not required",
    "considered": "Considered",
    None: "Also",
}
_ONLY_OPEN_HEADING = "Stated by this program"  # where the page leaves the strength of everything open


def write_requirements(writer: PageWriter, catalog: Catalog, program: Program, fact: Fact) -> None:
    """Write the section; `fact` is the program's own requirements."""
    writer.start_section("Requirements")
    if program.requirements:
        _write_by_strength(writer, catalog, program, fact.shared_citations or fact.citations)
    else:
        writer.add_paragraph(_STRENGTH_HEADINGS["required"], "strong")
        writer.add_line((NOT_STATED, "unstated"))
    _write_sponsor_requirements(writer, catalog, program)
    _write_typical_requirements(writer, catalog, program)
    _write_general_rules(writer, catalog, program)


def _write_sponsor_requirements(writer: PageWriter, catalog: Catalog, program: Program) -> None:
    institution = catalog.institution[program.institution]
    requirements = sponsor_requirements(catalog, program)
    if requirements:
        writer.add_blank_line()
        writer.add_paragraph(f"Required by {institution.short_name}", "strong")
        source_ids = institution.provenance.sources_of("requirements")
        _write_by_topic(writer, catalog, requirements, citations(catalog, institution.provenance, source_ids))


def _write_typical_requirements(writer: PageWriter, catalog: Catalog, program: Program) -> None:
    specialty = catalog.specialty[program.specialty]
    if specialty.prerequisite:
        writer.add_blank_line()
        writer.add_paragraph(f"Typical for {specialty.label.casefold()}", "strong")
        source_ids = specialty.provenance.sources_of("prerequisite")
        cited = citations(catalog, specialty.provenance, source_ids)
        writer.add_fact("Prerequisite", [specialty.prerequisite], cited)


def _write_general_rules(writer: PageWriter, catalog: Catalog, program: Program) -> None:
    rules = general_rules(catalog, program)
    if rules:
        areas = ["US", *dict.fromkeys(STATES.get(rule.state, rule.state) for rule in rules if rule.state)]
        writer.add_blank_line()
        writer.add_paragraph(f"General rules ({' and '.join(areas)})", "strong")
    for rule in rules:
        label = _topic_label(rule.topic) + (f" ({rule.state})" if rule.state else "")
        cited = citations(catalog, rule.provenance, rule.provenance.sources_of("text"))
        writer.add_fact(label, [rule.text], cited)


def _write_by_strength(writer: PageWriter, catalog: Catalog, program: Program, cited: Sequence[Citation]) -> None:
    third_party = "requirements" in program.provenance.third_party_fields
    for strength, heading in _STRENGTH_HEADINGS.items():
        group = [requirement for requirement in program.requirements if requirement.strength == strength]
        if group:
            is_only_group = len(group) == len(program.requirements)
            writer.add_gap()
            writer.add_paragraph(_ONLY_OPEN_HEADING if strength is None and is_only_group else heading, "strong")
            _write_by_topic(writer, catalog, group, cited, third_party=third_party)


def _write_by_topic(
    writer: PageWriter,
    catalog: Catalog,
    requirements: Sequence[Requirement],
    cited: Sequence[Citation],
    *,
    third_party: bool = False,
) -> None:
    """Write requirements by topic; `cited` are the pages of those that name none of their own."""
    rows_by_topic: dict[str, list[tuple[str, tuple[Citation, ...]]]] = {}
    for requirement in requirements:
        qualifiers = ", ".join(
            qualifier.text
            for qualifier in qualifiers_of(requirement, third_party=third_party)
            if qualifier.aspect != "strength"
        )
        text = f"{requirement.text} · {qualifiers}" if qualifiers else requirement.text
        pages = item_citations(catalog, requirement) or tuple(cited)
        rows_by_topic.setdefault(requirement.topic, []).append((text, pages))
    for topic, rows in rows_by_topic.items():
        texts = [text for text, _pages in rows]
        writer.add_fact(_topic_label(topic), texts, cited, value_citations=after_runs([pages for _, pages in rows]))


def _topic_label(topic: str) -> str:
    return topic[:1].upper() + topic[1:]
