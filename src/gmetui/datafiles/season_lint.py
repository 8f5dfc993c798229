"""What `gmetui check` reports about dates, fees and signals: contradictions, and arithmetic that is not the page's."""

from __future__ import annotations

from datetime import date
from typing import Any

from ..catalog.season import Fee, SeasonDate, SignalAllotment
from .draft import CatalogDraft, Node
from .season_references import season_nodes

_AMOUNT_KEYS = ("tiers", "flat", "each", "percent_off", "amount_unknown")


def lint_season(draft: CatalogDraft) -> None:
    """Report everything about the season that is well formed but wrong, or deserves a look."""
    for season_date in draft.season_dates.values():
        _lint_date(season_date)
    for fee in draft.fees.values():
        _lint_fee(fee)
    for signal in draft.signals:
        _lint_signal(signal)
    _lint_disagreements(draft.season_dates)
    _lint_disagreements(draft.fees)
    _lint_sources(draft)


def _lint_date(node: Node[SeasonDate]) -> None:
    season_date = node.value
    has_span = bool(season_date.first or season_date.last)
    if has_span and not (season_date.first and season_date.last):
        _report(node, "first", "a span has a first and a last day", "write both, or `on`")
    if bool(season_date.on) == has_span:
        _report(node, "on", "has no date, or two", "write `on`, or `first` and `last`")
    if season_date.zone and not season_date.time:
        _report(node, "zone", "stands without a time", "leave it out")
    if season_date.time and not season_date.zone:
        _report(node, "time", "stands without its zone", "write ET or PT")
    if season_date.first and season_date.last and season_date.first > season_date.last:
        _report(node, "last", "comes before the first day", "correct one of them")
    for key in ("on", "first", "last"):
        moment = getattr(season_date, key)
        if moment and len(moment) == len("2026-09-23") and not _is_day(moment):
            _report(node, key, f"“{moment}” is no day of the calendar", "correct it")


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _lint_fee(node: Node[Fee]) -> None:
    fee = node.value
    amounts = [key for key in _AMOUNT_KEYS if getattr(fee, key)]
    if len(amounts) != 1:
        _report(node, "flat", "has no amount, or two", f"write one of {', '.join(_AMOUNT_KEYS)}")
    if not fee.has_gapless_tiers:
        _report(node, "tiers", "do not start at 1, or leave a gap", "each starts after the one before it")
    if not fee.services and not fee.payee:
        _report(node, "service", "is missing", "name the service, or the payee")
    for index, example in enumerate(fee.examples):
        counts = (sum(example.programs),) if fee.scope == "season" else example.programs
        total = sum(map(fee.price, counts))
        if total != example.total:
            _report(node, f"examples[{index}].total", f"the tiers give {total}", "correct the tiers or the example")


def _lint_signal(node: Node[SignalAllotment]) -> None:
    signal = node.value
    if (signal.gold or signal.silver) and (signal.gold or 0) + (signal.silver or 0) != signal.total:
        _report(node, "total", "is not the sum of gold and silver", "correct one of them")


def _lint_disagreements(nodes: dict[str, Any]) -> None:
    """Report a disagreement that only one side knows of."""
    for node_id, node in nodes.items():
        other_id = node.value.disagrees
        if other_id in nodes and nodes[other_id].value.disagrees != node_id:
            _report(node, "disagrees", f"“{other_id}” does not name this one", f'write disagrees = "{node_id}" there')


def _lint_sources(draft: CatalogDraft) -> None:
    """Report what rests on third parties alone and does not say so."""
    for node in season_nodes(draft):
        if "third_party" not in node.value.__struct_fields__ or node.value.third_party:
            continue
        pages = [draft.sources[page].value for page in node.value.source if page in draft.sources]
        if pages and all(page.publisher == "third-party" for page in pages):
            _report(node, "third_party", "every page is a third party's", "write third_party = true")


def _report(node: Node[Any], key: str, message: str, hint: str) -> None:
    node.report(key, message, hint, fatal=False)
