"""What applicants to a program need: what the program asks, then its hospital, then what holds everywhere."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache

from ..catalog.catalog import Catalog
from ..catalog.facts import physician_rules
from ..catalog.item_notes import Qualifier
from ..catalog.models import GeneralRequirement, Program
from ..catalog.scope import scopes_of, sponsor_requirements
from ..catalog.us_states import STATES
from ..text import lowercase_words
from .document import Block, Document, FactRow, Group, Paragraph, Value
from .fact_rows import RecordFacts, institution_record_facts, stored_value
from .institution_blocks import rows_by_topic

#: Strength of a requirement -> the heading above it; None where the page leaves the strength open.
_STRENGTH_HEADINGS = {
    "required": "Required by this program",
    "preferred": "Preferred, not required",
    "considered": "Considered",
    None: "Also",
}
_ONLY_OPEN_HEADING = "Stated by this program"  # where the page leaves the strength of everything open


def requirement_section(catalog: Catalog, program: Program, facts: RecordFacts) -> Iterator[Block]:
    """Yield the program's own requirements by strength, then its hospital's, its specialty's, and general rules."""
    if program.requirements:
        yield from _by_strength(program, facts)
    else:
        yield FactRow("requirements", "This program")
    yield from _sponsor_group(catalog, program)
    specialty = catalog.specialty[program.specialty]
    if specialty.prerequisite:
        value = stored_value(catalog, specialty, "prerequisite", specialty.prerequisite)
        row = FactRow("prerequisite", "Prerequisite", (value,))
        yield Group(f"Typical for {lowercase_words(specialty.label)}", (row,))
    yield from _general_group(catalog, program)


def _by_strength(program: Program, facts: RecordFacts) -> Iterator[Group]:
    pairs = list(zip(program.requirements, facts.values("requirements"), strict=True))
    for strength, heading in _STRENGTH_HEADINGS.items():
        values = [(item.topic, value) for item, value in pairs if item.strength == strength]
        if values:
            is_only_group = strength is None and len(values) == len(pairs)
            yield Group(_ONLY_OPEN_HEADING if is_only_group else heading, tuple(rows_by_topic("requirements", values)))


def _sponsor_group(catalog: Catalog, program: Program) -> Iterator[Group]:
    institution = catalog.institution[program.institution]
    concerned = sponsor_requirements(catalog, program)
    values = institution_record_facts(catalog, institution.id).values("requirements") if concerned else ()
    pairs = [
        (item.topic, _with_scope(value, item.scope))
        for item, value in zip(institution.requirements, values, strict=False)
        if item in concerned
    ]
    if pairs:
        yield Group(f"Required by {institution.short_name}", tuple(rows_by_topic("requirements", pairs)))


def _with_scope(value: Value, scope: tuple[str, ...]) -> Value:
    """Return a value that says whom a rule of the institution concerns, unless it concerns every program."""
    if not scope:
        return value
    return value._replace(qualifiers=(Qualifier("applies_to", f"for {' and '.join(scope)}"), *value.qualifiers))


def _general_group(catalog: Catalog, program: Program) -> tuple[Group, ...]:
    if "physicians" not in scopes_of(catalog, program):
        return ()
    return _rules_group(catalog, program.kind == "fellowship", catalog.location_of(program)[1])


@lru_cache(maxsize=128)
def _rules_group(catalog: Catalog, is_fellowship: bool, state: str | None) -> tuple[Group, ...]:
    """Return the general rules, if there are any: the same ones for every fellowship or residency of a state."""
    rules = physician_rules(catalog, is_fellowship, state)
    areas = ["US", *dict.fromkeys(STATES.get(rule.state, rule.state) for rule in rules if rule.state)]
    rows = tuple(_rule_row(catalog, rule) for rule in rules)
    group = Group(f"General rules ({' and '.join(areas)})", rows, is_closed=True, size=len(rows))
    return (group,) if rules else ()


def _rule_row(catalog: Catalog, rule: GeneralRequirement) -> FactRow:
    label = f"{rule.topic[:1].upper()}{rule.topic[1:]}" + (f" ({rule.state})" if rule.state else "")
    return FactRow("rule", label, (stored_value(catalog, rule, "text", rule.text),))


def with_hint(document: Document, hint: str) -> Document:
    """Return the document of a program with a line below its requirements."""
    return with_requirements(document, lambda blocks: (*blocks, Paragraph(Value(hint), "muted")))


def with_requirements(document: Document, change: Callable[[tuple[Block, ...]], tuple[Block, ...]]) -> Document:
    """Return a document with other blocks in its section of requirements, if that is written already."""
    sections = tuple(
        section._replace(blocks=change(section.blocks)) if section.id == "requirements" and section.blocks else section
        for section in document.sections
    )
    return document._replace(sections=sections)
