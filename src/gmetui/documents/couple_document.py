"""The page of a couple: the rows of both lists, what is left out, and what to know."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..catalog.catalog import Catalog
from ..planning.couple_lists import PARTNERS, RankedChoice
from ..planning.couples import MAX_ROWS, NO_MATCH_CODE, CouplePlan, PairRow
from ..planning.prices import fees_for, money_text
from ..text import plural
from .couple_words import (
    PARTNER_POSSESSIVES,
    choice_text,
    counts_text,
    list_heading,
    miles_text,
    ranks_text,
    row_sentence,
    row_texts,
    short_titles,
)
from .document import Block, Document, Group, Paragraph, Section, Table, TableRow, Value
from .institution_document import section_sources
from .season_words import THIRD_PARTY_QUALIFIER, rule_value, season_citations

#: Matches with the rules of the NRMP.
_NRMP = ("nrmp", "mpsm")
#: Rules of the data that hold for every couple, and those that come with a match or a choice.
_RULES = ("couples-pair", "couples-equal", "couples-repeat", "couples-distance")
_OTHER_RULES, _NO_MATCH_RULE, _PRIMARY_RULE = "couples-nms", "couples-no-match", "couples-primary"


def couple_document(catalog: Catalog, couple_plan: CouplePlan, season: str, partner_name: str) -> Document:
    """Return the page of the rows of a couple for a season; `partner_name` is the partner's file or list."""
    match_name = catalog.service[couple_plan.match_id].name if couple_plan.match_id else ""
    sections = (
        Section("rows", "Rows", tuple(_rows(catalog, couple_plan))),
        Section("left-out", "Left out", tuple(_exclusions(couple_plan))),
        Section(
            "know", "What to know", tuple(couple_notes(catalog, couple_plan, season)) if not couple_plan.refusal else ()
        ),
    )
    filled_sections = tuple(section for section in sections if section.blocks)
    counts = counts_text(couple_plan) if couple_plan.rows else ""
    return Document(
        kind="plan",
        id="couple",
        title=f"Couple: you and {partner_name}",
        subtitle=" · ".join(filter(None, (match_name, counts))),
        sections=filled_sections,
        sources=section_sources(filled_sections),
    )


def _rows(catalog: Catalog, couple_plan: CouplePlan) -> Iterator[Block]:
    if couple_plan.refusal:
        yield Paragraph(Value(couple_plan.refusal), "warning")
        return
    if not couple_plan.rows:
        yield Paragraph(Value(empty_text(couple_plan)))
        return
    titles = [short_titles(catalog, couple_plan.listed(partner)) for partner in PARTNERS]
    headings = (
        "Row",
        *(list_heading(catalog, partner, couple_plan.listed(partner)) for partner in PARTNERS),
        "Miles",
        "Ranks",
    )
    yield Table(
        headings,
        tuple(
            TableRow(
                (
                    Value(f"{number}"),
                    Value(choice_text(pair_row.mine, titles[0])),
                    Value(choice_text(pair_row.theirs, titles[1])),
                    Value(miles_text(pair_row)),
                    Value(ranks_text(pair_row)),
                )
            )
            for number, pair_row in enumerate(couple_plan.rows, 1)
        ),
    )
    for sentence, numbers in _without_place(couple_plan).items():
        yield Paragraph(Value(f"{_rows_text(numbers)}: {sentence[:1].lower()}{sentence[1:]}"))


def _without_place(couple_plan: CouplePlan) -> dict[str, list[int]]:
    """Return the numbers of the rows in which one of the couple goes without a place, by who that is."""
    numbers: dict[str, list[int]] = {}
    for number, pair_row in enumerate(couple_plan.rows, 1):
        if pair_row.mine is None or pair_row.theirs is None:
            numbers.setdefault(row_sentence(pair_row), []).append(number)
    return numbers


def _rows_text(numbers: Sequence[int]) -> str:
    """Return numbers of rows, those that follow each other as a span: "Rows 5–8, 12"."""
    spans: list[list[int]] = []
    for number in numbers:
        if spans and number == spans[-1][-1] + 1:
            spans[-1].append(number)
        else:
            spans.append([number])
    texts = (f"{span[0]}–{span[-1]}" if len(span) > 1 else f"{span[0]}" for span in spans)
    return f"{'Row' if len(numbers) == 1 else 'Rows'} {', '.join(texts)}"


def empty_text(couple_plan: CouplePlan) -> str:
    """Return why there are no rows."""
    if couple_plan.far_count:
        return f"No pair is within {plural(couple_plan.choices.miles or 0, 'mile')}."
    if couple_plan.removed_count:
        return "All rows were removed."
    for partner in PARTNERS:
        if not couple_plan.listed(partner):
            owner = "Your" if partner == "mine" else "Your partner's"
            is_left_out = any(exclusion.partner == partner for exclusion in couple_plan.exclusions)
            return f"{owner} list has no program that can be paired." if is_left_out else f"{owner} list is empty."
    return "There are no pairs."


def _exclusions(couple_plan: CouplePlan) -> Iterator[Block]:
    for partner in PARTNERS:
        excluded = [exclusion for exclusion in couple_plan.exclusions if exclusion.partner == partner]
        if excluded:
            texts = (f"{each.choice.rank} {each.choice.title}: {each.text}" for each in excluded)
            name = PARTNER_POSSESSIVES[partner]
            yield Group(f"{name[:1].upper()}{name[1:]}", tuple(Paragraph(Value(text)) for text in texts))


def couple_notes(catalog: Catalog, couple_plan: CouplePlan, season: str) -> Iterator[Paragraph]:
    """Yield what a couple should know, what needs attention first."""
    if couple_plan.over_limit:
        rows = plural(couple_plan.over_limit, "row")
        verb = "is" if couple_plan.over_limit == 1 else "are"
        yield Paragraph(Value(f"{rows} {verb} over the limit of {MAX_ROWS}. Nothing was cut."), "warning")
    yield from _rule_notes(catalog, couple_plan)
    yield from _fee_notes(catalog, couple_plan, season)
    yield Paragraph(
        Value("Each of you enters and certifies the list of your own half; both have the same number of rows.")
    )
    yield from _code_notes(couple_plan)
    yield from _position_notes(couple_plan)
    yield from _unknown_notes(couple_plan)
    yield Paragraph(Value("Miles are straight lines between cities (US Census Bureau, 2025), never travel."), "muted")


def _rule_notes(catalog: Catalog, couple_plan: CouplePlan) -> Iterator[Paragraph]:
    rule_ids = [*_RULES]
    if couple_plan.match_id and not couple_plan.match_id.startswith(_NRMP):
        yield Paragraph(Value("These are rules of the NRMP. Ask your match for its own."), "warning")
        rule_ids.append(_OTHER_RULES)
    if couple_plan.no_match_count:
        rule_ids.append(_NO_MATCH_RULE)
    if any(choice.has_advanced for choice in (*couple_plan.mine, *couple_plan.theirs)):
        rule_ids.append(_PRIMARY_RULE)
    for rule in catalog.season.rules:
        if rule.id in rule_ids:
            yield Paragraph(rule_value(catalog, rule))


def _fee_notes(catalog: Catalog, couple_plan: CouplePlan, season: str) -> Iterator[Paragraph]:
    fees = fees_for(catalog.season.fees, "couple", season, service=couple_plan.match_id or "", audience="couples")
    for fee in fees:
        amount = f"{money_text(fee.flat, fee.currency)} each" if fee.flat is not None else "a fee"
        due = f", due {fee.due}" if fee.due else ""
        refund = "; it is not refunded" if fee.refundable is False else ""
        yield Paragraph(
            Value(
                f"Matching as a couple costs {amount}{due}{refund}",
                qualifiers=(THIRD_PARTY_QUALIFIER,) if fee.third_party else (),
                citations=season_citations(catalog, fee.source),
            )
        )


def _code_notes(couple_plan: CouplePlan) -> Iterator[Paragraph]:
    """Yield how many programs have codes here, and the codes of those that have several."""
    with_codes = [sum(bool(choice.codes) for choice in couple_plan.listed(partner)) for partner in PARTNERS]
    sizes = [len(couple_plan.listed(partner)) for partner in PARTNERS]
    if with_codes != sizes:
        text = f"NRMP codes: {with_codes[0]} of your {sizes[0]} known, {with_codes[1]} of your partner's {sizes[1]}"
        yield Paragraph(Value(f"{text}; look up the rest. No Match is {NO_MATCH_CODE}."))
    choices = (*couple_plan.mine, *couple_plan.theirs)
    several = dict.fromkeys(
        f"{choice.title} ({', '.join(choice.codes)})" for choice in choices if choice.code is None and choice.codes
    )
    if several:
        yield Paragraph(Value(f"Several codes; choose the track: {'; '.join(several)}."))


def _position_notes(couple_plan: CouplePlan) -> Iterator[Paragraph]:
    for partner in PARTNERS:
        owner = "your" if partner == "mine" else "your partner's"
        advanced = [choice for choice in couple_plan.listed(partner) if choice.has_advanced]
        advanced_only = [choice for choice in advanced if not choice.has_other_positions]
        if advanced_only:
            text = f"Only advanced positions on {owner} list: {_titles(advanced_only)}"
            yield Paragraph(Value(f"{text}. They need a supplemental list for the first year, which is not paired."))
        both = [choice for choice in advanced if choice.has_other_positions]
        if both:
            offers = "also offers" if len(both) == 1 else "also offer"
            text = f"On {owner} list, {_titles(both)} {offers} advanced positions"
            yield Paragraph(Value(f"{text}; only these need a supplemental list for the first year."))


def _unknown_notes(couple_plan: CouplePlan) -> Iterator[Paragraph]:
    unknown_match = [choice for choice in (*couple_plan.mine, *couple_plan.theirs) if not choice.match_ids]
    if unknown_match:
        names = _titles(unknown_match)
        yield Paragraph(Value(f"No page states the match of {names}. A partner outside the match is no couple."))
    without_distance = sum(
        bool(pair_row.mine and pair_row.theirs and pair_row.miles is None) for pair_row in couple_plan.rows
    )
    if without_distance:
        rows = plural(without_distance, "row")
        yield Paragraph(Value(f"{rows} without a distance: the city of a program is unknown."))


def _titles(choices: list[RankedChoice]) -> str:
    return "; ".join(dict.fromkeys(choice.title for choice in choices))


def couple_notes_document(
    catalog: Catalog, couple_plan: CouplePlan, pair_row: PairRow | None, season: str, partner_name: str
) -> Document:
    """Return the page beside the rows: what a row means, what is left out, and what to know."""
    sections = (
        Section("row", "This row", tuple(Paragraph(Value(text)) for text in row_texts(pair_row)) if pair_row else ()),
        Section("left-out", "Left out", tuple(_exclusions(couple_plan))),
        Section(
            "know", "What to know", tuple(couple_notes(catalog, couple_plan, season)) if not couple_plan.refusal else ()
        ),
    )
    filled_sections = tuple(section for section in sections if section.blocks)
    match_name = catalog.service[couple_plan.match_id].name if couple_plan.match_id else ""
    return Document(
        kind="plan",
        id="couple",
        title=f"You and {partner_name}",
        subtitle=" · ".join(filter(None, (match_name, counts_text(couple_plan) if couple_plan.possible else ""))),
        sections=filled_sections,
        sources=section_sources(filled_sections),
    )
