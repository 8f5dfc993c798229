"""The season of a draft: every service, specialty and page that it names must exist."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from ..catalog.season import Season
from ..text import did_you_mean
from .draft import CatalogDraft, Node

#: The keys that hold ids of services, specialties and pages.
_SERVICE_KEYS = ("service", "also_for", "services")
_SPECIALTY_KEYS = ("specialty", "specialties", "shared_with")
_PAGE_KEYS = ("source", "scope_source")


def season_of(draft: CatalogDraft) -> Season:
    """Return the season that was read, in the order of the data."""
    return Season(
        dates=tuple(node.value for node in draft.season_dates.values()),
        fees=tuple(node.value for node in draft.fees.values()),
        signals=tuple(node.value for node in draft.signals),
        rules=tuple(node.value for node in draft.season_rules.values()),
        guidance=tuple(node.value for node in draft.guidance),
        gaps=tuple(node.value for node in draft.season_gaps),
    )


def season_nodes(draft: CatalogDraft) -> Iterator[Node[Any]]:
    """Yield every table of the season."""
    yield from draft.season_dates.values()
    yield from draft.fees.values()
    yield from draft.season_rules.values()
    yield from draft.signals
    yield from draft.guidance
    yield from draft.season_gaps


def check_season(draft: CatalogDraft) -> None:
    """Report ids that nothing has."""
    for node in season_nodes(draft):
        _check_keys(node, _SERVICE_KEYS, draft.services, "service")
        _check_keys(node, _SPECIALTY_KEYS, draft.specialties, "specialty")
        _check_keys(node, _PAGE_KEYS, draft.sources, "page")
    for date in draft.season_dates.values():
        _check_keys(date, ("disagrees",), draft.season_dates, "date")
    for fee in draft.fees.values():
        _check_keys(fee, ("disagrees",), draft.fees, "fee")


def _check_keys(node: Node[Any], keys: Iterable[str], known_ids: Mapping[str, object], noun: str) -> None:
    for key in keys:
        wanted = getattr(node.value, key, None) or ()
        for wanted_id in (wanted,) if isinstance(wanted, str) else wanted:
            if wanted_id not in known_ids:
                hint = did_you_mean(wanted_id, known_ids) or f"add a {noun} with that id"
                node.report(key, f"unknown {noun} “{wanted_id}”", hint)
