"""What is asked of applicants: by the program, its sponsor, its specialty, the country and the state, told apart."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ...catalog.facts import NOT_STATED, Citation, Fact, citations, general_requirements
from ...catalog.items import Requirement
from ...catalog.models import Catalog, Program
from .page_writer import Writer

#: Headings over requirements of one strength; None is for what a page says without making it clear.
_STRENGTHS = (
    ("required", "Required"),
    ("preferred", "Preferred, not required"),
    ("considered", "Considered"),
    (None, "Also said"),
)


def write_requirements(writer: Writer, catalog: Catalog, program: Program, asked: Fact) -> None:
    """Write the section on requirements."""
    writer.section("Requirements")
    writer.text("This program asks", "strong")
    if program.requirements:
        _by_strength(writer, program.requirements, asked)
    else:
        writer.add((NOT_STATED, "unstated"))
    institution = catalog.institution[program.institution]
    if institution.requirements:
        writer.blank()
        writer.text(f"{institution.short} asks every applicant", "strong")
        provenance = institution.provenance
        cited = citations(catalog, provenance, provenance.pages("requirements"))
        _by_topic(writer, ((item, item.text) for item in institution.requirements), cited)
    specialty = catalog.specialty[program.specialty]
    if specialty.prerequisite:
        writer.blank()
        writer.text(f"Usual in {specialty.label.casefold()}, not this program's words", "strong")
        pages = specialty.provenance.pages("prerequisite")
        writer.fact("Prerequisite", [specialty.prerequisite], citations(catalog, specialty.provenance, pages))
    rules = general_requirements(catalog, program)
    if rules:
        writer.blank()
        writer.text("Rules of the country and the state, not this program's words", "strong")
    for rule in rules:
        pages = () if "text" in rule.provenance.general_knowledge else rule.provenance.source
        label = f"{rule.topic.capitalize()}{f' ({rule.state})' if rule.state else ''}"
        writer.fact(label, [rule.text], citations(catalog, rule.provenance, pages))


def _by_strength(writer: Writer, requirements: Sequence[Requirement], asked: Fact) -> None:
    rows = list(zip(requirements, asked.shown, strict=True))
    groups = [(title, [row for row in rows if row[0].strength == strength]) for strength, title in _STRENGTHS]
    written = [(title, found) for title, found in groups if found]
    for title, found in written:
        if len(written) > 1 or found[0][0].strength != "required":
            writer.text(title, "muted")
        _by_topic(writer, found, asked.citations)


def _by_topic(writer: Writer, rows: Iterable[tuple[Requirement, str]], cited: tuple[Citation, ...]) -> None:
    topics: dict[str, list[str]] = {}
    for requirement, text in rows:
        topics.setdefault(requirement.topic, []).append(text.removesuffix(f" · {requirement.strength}"))
    for topic, texts in topics.items():
        writer.fact(topic.capitalize(), texts, cited)
