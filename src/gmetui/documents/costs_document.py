"""The page of what a season costs: applications, what comes besides them, and what the sum leaves out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..catalog.catalog import Catalog
from ..catalog.season import UNDATED_SEASON, Fee
from ..planning.costs import NOT_COUNTED, Assistance, CostLine, CostPlan, CostRequest
from ..planning.prices import money_text
from ..text import plural
from .document import Block, Document, FactRow, Link, Paragraph, Section, Table, TableRow, Value
from .institution_document import section_sources
from .season_words import THIRD_PARTY_QUALIFIER, cycle_text, season_citations

_SCOPES = {
    "specialty": "Each specialty is counted on its own.",
    "season": "All fellowship programs of the season count together.",
    "unknown": "The page doesn't say whether each specialty is counted on its own.",
}


def costs_document(catalog: Catalog, cost_plan: CostPlan, subject: str) -> Document:
    """Return the page of a calculation; `subject` says what was counted, such as “12 programs on your list”."""
    sections = (
        Section("applications", "Applications", tuple(_applications(catalog, cost_plan))),
        Section("besides", "Besides them", tuple(_besides(catalog, cost_plan))),
        Section("total", "Together", tuple(_total(cost_plan))),
        Section("limits", "What to know", tuple(_limits(catalog, cost_plan))),
    )
    filled_sections = tuple(section for section in sections if section.blocks)
    return Document(
        kind="plan",
        id=f"costs-{cost_plan.request.season}",
        title=f"Costs of the season {cycle_text(cost_plan.request.season)}",
        subtitle=" · ".join(filter(None, (subject, _included(cost_plan.request)))),
        sections=filled_sections,
        sources=section_sources(filled_sections),
    )


def _included(request: CostRequest) -> str:
    """Return whose fees are included besides those that everybody pays."""
    included = ["of international graduates"] if request.is_international else []
    included += ["of the J-1"] if request.needs_visa else []
    return f"with the fees {' and '.join(included)}" if included else ""


def _applications(catalog: Catalog, cost_plan: CostPlan) -> Iterator[Block]:
    cost_lines = [cost_line for cost_line in cost_plan.lines if cost_line.fee.purpose == "application"]
    if not cost_lines and not cost_plan.unpriced:
        yield Paragraph(Value("No programs are counted. Save some to your list, or type numbers in."))
        return
    if cost_lines:
        rows = tuple(
            TableRow((_line_value(catalog, cost_line, _application_text(catalog, cost_line)), *_figures(cost_line)))
            for cost_line in cost_lines
        )
        yield Table(("Application", "Programs", "Sum"), rows)
    yield from _scopes(catalog, cost_lines)
    more = tuple(Value(_next_text(catalog, cost_line)) for cost_line in cost_lines)
    if more:
        yield FactRow("next", "One more", more)
    if cost_plan.unpriced:
        values = tuple(
            Value(
                f"{plural(each.program_count, 'application')} in {catalog.specialty[each.specialty].label} through "
                f"{catalog.service[each.service].name if each.service else 'the programs'}"
            )
            for each in cost_plan.unpriced
        )
        yield FactRow("unpriced", "No price found", values)


def _scopes(catalog: Catalog, cost_lines: Iterable[CostLine]) -> Iterator[Paragraph]:
    """Yield what the tiers of a service count together, with the services where they differ."""
    payees: dict[str, dict[str, None]] = {}
    for cost_line in cost_lines:
        if cost_line.fee.scope:
            payees.setdefault(cost_line.fee.scope, {})[_payee(catalog, cost_line.fee)] = None
    for scope, names in payees.items():
        sentence = _SCOPES[scope]
        named_sentence = f"{', '.join(names)}: {sentence[:1].lower()}{sentence[1:]}"
        yield Paragraph(Value(named_sentence if len(payees) > 1 else sentence), "muted")


def _application_text(catalog: Catalog, cost_line: CostLine) -> str:
    return (
        f"{_payee(catalog, cost_line.fee)} · {_specialties(catalog, cost_line.specialties)}: {_tiers_text(cost_line)}"
    )


def _figures(cost_line: CostLine) -> tuple[Value, Value]:
    return Value(f"{cost_line.quantity:,}"), Value(_amount_text(cost_line))


def _next_text(catalog: Catalog, cost_line: CostLine) -> str:
    price = _money(cost_line, cost_line.next_amount) if cost_line.next_amount else "nothing more"
    return f"{_specialties(catalog, cost_line.specialties)}: program {cost_line.quantity + 1} costs {price}"


def _specialties(catalog: Catalog, specialty_ids: Iterable[str]) -> str:
    return ", ".join(catalog.specialty[specialty_id].label for specialty_id in specialty_ids)


def _payee(catalog: Catalog, fee: Fee) -> str:
    return catalog.service[fee.service].name if fee.service else fee.payee or ""


def _line_value(catalog: Catalog, cost_line: CostLine, text: str) -> Value:
    other_sources = cost_line.other.source if cost_line.other else ()
    return Value(
        text,
        qualifiers=(THIRD_PARTY_QUALIFIER,) if cost_line.fee.third_party else (),
        citations=season_citations(catalog, (*cost_line.fee.source, *other_sources)),
    )


def _tiers_text(cost_line: CostLine) -> str:
    """Return the prices of the tiers reached: "30 × $11 + 5 × $30"."""
    parts = []
    for tier, count in cost_line.tiers:
        flat = tier.flat is not None
        parts.append(
            f"{_money(cost_line, tier.flat)} for {count}" if flat else f"{count} × {_money(cost_line, tier.each)}"
        )
    return " + ".join(parts)


def _money(cost_line: CostLine, amount: object) -> str:
    return money_text(amount, cost_line.fee.currency)  # type: ignore[arg-type]  # a Decimal where a tier has that price


def _amount_text(cost_line: CostLine) -> str:
    text = money_text(cost_line.amount, cost_line.fee.currency)
    return (
        text
        if cost_line.other_amount is None
        else f"{text} or {money_text(cost_line.other_amount, cost_line.fee.currency)}"
    )


def _besides(catalog: Catalog, cost_plan: CostPlan) -> Iterator[Block]:
    cost_lines = [cost_line for cost_line in cost_plan.lines if cost_line.fee.purpose != "application"]
    rows = []
    for cost_line in cost_lines:
        each = (
            f" ({cost_line.quantity - (cost_line.fee.above or 0)} × {_money(cost_line, cost_line.fee.each)})"
            if cost_line.fee.each
            else ""
        )
        surcharge = "".join(f", {extra.what}" for extra in cost_line.fee.plus)
        text = f"{_payee(catalog, cost_line.fee)} · {cost_line.fee.item}{surcharge}{each}"
        rows.append(TableRow((_line_value(catalog, cost_line, text), Value(_amount_text(cost_line)))))
    if rows:
        yield Table(("Charge", "Sum"), tuple(rows))


def _total(cost_plan: CostPlan) -> Iterator[Block]:
    for total in cost_plan.totals:
        least, most = money_text(total.least, total.currency), money_text(total.most, total.currency)
        text = least if total.least == total.most else f"{least} to {most}"
        if cost_plan.unknown or cost_plan.unpriced:
            text += " and more"
        yield FactRow("total", "Sum", (Value(text),))
    if cost_plan.assistance:
        yield FactRow("assistance", "With fee assistance", tuple(_assistance_values(cost_plan.assistance)))


def _assistance_values(assistance: Assistance) -> Iterator[Value]:
    full = money_text(assistance.full)
    if assistance.by_announcement is None:
        limit = assistance.fee.up_to_applications
        yield Value(f"It covers up to {limit} applications; what it makes of {full} can't be told")
        return
    yield Value(f"{money_text(assistance.by_announcement)} instead of {full} for applications, by the announcement")
    if assistance.by_example is not None:
        yield Value(f"{money_text(assistance.by_example)} instead of {full}, by the example of the fee page")
    yield Value("The two official figures disagree: ask before you pay")


def _limits(catalog: Catalog, cost_plan: CostPlan) -> Iterator[Block]:
    yield FactRow("not_counted", "Not counted", (Value(", ".join(NOT_COUNTED)),))
    cost_lines = cost_plan.lines
    refused = dict.fromkeys(
        _payee(catalog, cost_line.fee) for cost_line in cost_lines if cost_line.fee.refundable is False
    )
    if refused:
        yield FactRow("refund", "Not refunded", (Value(", ".join(refused)),))
    if cost_plan.unknown:
        unknown = (f"{_payee(catalog, fee)}: {fee.item}, amount not found" for fee in cost_plan.unknown)
        yield FactRow("unknown", "Unknown", tuple(map(Value, unknown)))
    if any(cost_line.fee.purpose == "registration" for cost_line in cost_lines):
        yield FactRow("apart", "Apart", (Value("Applying does not register you for a match"),))
    others = cost_plan.other_season_lines
    if others:
        values = (
            f"{_payee(catalog, cost_line.fee)}, {cost_line.fee.item}: {_season_text(cost_line.fee)}"
            for cost_line in others
        )
        yield FactRow("other_season", "Other seasons", tuple(map(Value, values)))
    notes = dict.fromkeys(
        f"{_payee(catalog, cost_line.fee)}: {cost_line.fee.note}" for cost_line in cost_lines if cost_line.fee.note
    )
    if notes:
        yield FactRow("notes", "Notes", tuple(map(Value, notes)))
    pages = [
        gap.look_at
        for gap in catalog.season.gaps
        if set(gap.services) & {cost_line.fee.service for cost_line in cost_lines}
    ]
    if pages:
        links = (Value(page, link=Link("url", page)) for page in dict.fromkeys(pages))
        yield FactRow("look_at", "Official pages", tuple(links))


def _season_text(fee: Fee) -> str:
    return "no season on the page" if fee.season == UNDATED_SEASON else f"price of {cycle_text(fee.season)}"
