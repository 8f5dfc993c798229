"""One program compared with the reader's profile: its requirements, each with its state, and what that rests on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from itertools import chain

from ..catalog.catalog import Catalog
from ..catalog.demands import institution_visas
from ..catalog.facts import Citation, citations
from ..catalog.items import Requirement
from ..catalog.models import Program
from ..planning.findings import AGAINST, MEETS, UNKNOWN
from ..planning.fit_words import FIT_NOTE, NO_PROMISE, letters_words, question_words
from ..planning.profile import Profile
from ..planning.program_fit import ProgramFit
from ..planning.requirement_fit import STATE_WORDS, FitGroup, JudgedItem, Level, compared_words
from ..planning.visa_fit import VisaFinding
from ..text import format_date
from .document import Block, Document, FactRow, Group, Paragraph, Section, Value, values_in
from .fact_rows import HOSPITAL_WIDE, RecordFacts, institution_record_facts, with_qualifiers
from .institution_document import section_sources
from .program_requirements import with_requirements


def program_fit_document(catalog: Catalog, program: Program, fit: ProgramFit, profile: Profile) -> Document:
    """Return one program's requirements, each with its state."""
    sections = (Section("requirements", "Required", fit_blocks(catalog, program, fit, profile)),)
    asked = [question_words(question) for question in fit.questions(profile)]
    return Document(
        kind="program",
        id=program.id,
        title=catalog.title_of(program),
        subtitle=f"compared with your profile · start {format_date(f'{fit.year.start:%Y-%m}')}",
        sections=sections,
        reliability=(*((f"Worth adding to your profile: {'; '.join(asked)}.",) if asked else ()), FIT_NOTE),
        sources=section_sources(sections),
    )


def with_fit(catalog: Catalog, document: Document, program: Program, fit: ProgramFit, profile: Profile) -> Document:
    """Return the document of a program with each of its requirements compared with a profile; nothing is left out."""

    def compare(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
        *compared, note = fit_blocks(catalog, program, fit, profile)
        shown = {value.text for value in values_in(compared)}
        return (*compared, *_remaining(blocks, shown), note)

    return with_requirements(document, compare)


def _remaining(blocks: Iterable[Block], shown: Set[str]) -> Iterator[Block]:
    """Yield what of some blocks is not shown yet, under its headings."""
    for block in blocks:
        if isinstance(block, Group):
            inner = tuple(_remaining(block.blocks, shown))
            if inner:
                yield block._replace(blocks=inner, size=block.size and len(inner))
        elif isinstance(block, FactRow):
            values = tuple(value for value in block.values if value.text not in shown)
            if values:
                yield block._replace(values=values)


def fit_blocks(catalog: Catalog, program: Program, fit: ProgramFit, profile: Profile) -> tuple[Block, ...]:
    """Return the requirements of a program, each with its state, what was compared, and its pages."""
    facts = RecordFacts(catalog, program)
    values = list(zip(program.requirements, facts.values("requirements"), strict=True))
    return (
        Paragraph(Value(_capitalized(f"{fit.verdict.words} · {fit.counts.words}"))),
        *_judged_blocks(catalog, program, fit, facts, values),
        *_to_do(fit, profile, values),
        *_group_of("Considered", "about", fit, values),
        *_group_of("For other applicants", "not-for-you", fit, values, is_closed=True),
        *_also_asked(catalog, program, fit),
        Paragraph(Value(NO_PROMISE), "muted"),
    )


_StatedValues = Sequence[tuple[Requirement, Value]]


def _judged_blocks(
    catalog: Catalog, program: Program, fit: ProgramFit, facts: RecordFacts, values: _StatedValues
) -> Iterator[Block]:
    """Yield what was compared: against, can't tell, meets; the visa comes first among those with its state."""
    for state in (AGAINST, UNKNOWN, MEETS):
        if fit.visa and fit.visa.finding.state == state:
            yield from _visa_blocks(catalog, program, fit.visa, facts)
        for item in fit.in_group("judged"):
            if item.state == state:
                yield from _item_blocks(item, _value_of(item.requirement, values))


def _to_do(fit: ProgramFit, profile: Profile, values: _StatedValues) -> Iterator[Group]:
    """Yield what is to be prepared, with the letters that are needed and those there will be."""
    blocks: list[Block] = []
    for item in fit.in_group("to-do"):
        blocks.append(Paragraph(_value_of(item.requirement, values)))
        needed = item.requirement.needs.letters if item.requirement.needs else None
        if needed:
            blocks.append(Paragraph(Value(letters_words(needed, profile)), "muted"))
    if blocks:
        yield Group("To do", tuple(blocks))


def _value_of(requirement: Requirement, values: _StatedValues) -> Value:
    return next((value for stated, value in values if stated is requirement), Value(requirement.text))


def _item_blocks(item: JudgedItem, value: Value) -> Iterator[Block]:
    """Yield a requirement under its state: the text with its pages, then what the comparison says."""
    yield FactRow(f"fit-{item.state}", _capitalized(item.state_words), (value,))
    sentence = " ".join(filter(None, (item.finding.sentence, _compared_sentence(item))))
    if sentence:
        yield Paragraph(Value(sentence), "muted", is_remark=True)


def _compared_sentence(item: JudgedItem) -> str:
    """Return what of a text was compared, and what it demands besides."""
    parts = []
    if item.compared and item.finding.sentence:
        parts.append(f"Compared: {compared_words(item.compared)}.")
    if item.untested:
        parts.append(f"Not compared: {item.untested}.")
    return " ".join(parts)


def _capitalized(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}"


def _visa_blocks(catalog: Catalog, program: Program, visa: VisaFinding, facts: RecordFacts) -> Iterator[Block]:
    """Yield the visa row: what the program states, else its institutions, and what that means for the reader."""
    values = facts.values("visa")
    if not values:
        institutions = dict.fromkeys(institution.id for institution, _ in institution_visas(catalog, program))
        shared = (institution_record_facts(catalog, institution_id).values("visa") for institution_id in institutions)
        values = with_qualifiers(chain.from_iterable(shared), HOSPITAL_WIDE)
    label = _capitalized(STATE_WORDS[visa.finding.state])
    yield FactRow(f"fit-{visa.finding.state}", label, values or (Value("Visa"),))
    yield Paragraph(Value(visa.finding.sentence), "muted", is_remark=True)


def _group_of(
    title: str, group: FitGroup, fit: ProgramFit, values: _StatedValues, *, is_closed: bool = False
) -> Iterator[Group]:
    """Yield the items of a group that are not judged, under a heading."""
    shown = [_value_of(item.requirement, values) for item in fit.in_group(group)]
    if shown:
        yield Group(title, tuple(map(Paragraph, shown)), is_closed=is_closed, size=len(shown) if is_closed else None)


def _also_asked(catalog: Catalog, program: Program, fit: ProgramFit) -> Iterator[Group]:
    """Yield what the institution, the specialty and general rules ask; it counts for nothing in the verdict."""
    institution = catalog.institution[program.institution]
    stated = institution_record_facts(catalog, institution.id).values("requirements")
    values = list(zip(institution.requirements, stated, strict=True))
    titles: Mapping[Level, str] = {
        "institution": f"Also asked by {institution.short_name}",
        "specialty": f"Usual for {catalog.specialty[program.specialty].label}",
        "general": "General rules, compared",
    }
    for level, title in titles.items():
        items = [item for item in fit.also_asked if item.level == level]
        blocks = [block for item in items for block in _shared_blocks(catalog, program, item, values)]
        is_closed = level == "general"
        if blocks:
            yield Group(title, tuple(blocks), is_closed=is_closed, size=len(items) if is_closed else None)


def _shared_blocks(catalog: Catalog, program: Program, item: JudgedItem, values: _StatedValues) -> Iterator[Block]:
    """Yield a rule of the institution, the specialty or the country, with its pages."""
    if item.level == "institution":
        value = _value_of(item.requirement, values)
    else:
        value = Value(item.requirement.text, citations=_rule_pages(catalog, program, item))
    if item.group == "judged":
        yield from _item_blocks(item, value)
    else:
        yield FactRow("fit-to-do", "To do", (value,))


def _rule_pages(catalog: Catalog, program: Program, item: JudgedItem) -> tuple[Citation, ...]:
    if item.level == "specialty":
        provenance = catalog.specialty[program.specialty].provenance
        return citations(catalog, provenance, provenance.sources_of("prerequisite"))
    rule = next((rule for rule in catalog.requirements if rule.text == item.requirement.text), None)
    return citations(catalog, rule.provenance, rule.provenance.source) if rule else ()
