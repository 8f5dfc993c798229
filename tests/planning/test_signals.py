"""Signals by specialty and season, and how long a list is said to be."""

from __future__ import annotations

from dataclasses import replace

import pytest

from gmetui.catalog.catalog import Catalog
from gmetui.documents.signals_document import signals_document
from gmetui.planning.list_sizes import NO_GUIDANCE, list_sizes
from gmetui.planning.signals import SignalCounts, SignalMeter, allotment_of, signal_meters
from gmetui.reports.document_text import document_text
from gmetui.shortlist.entries import Entry, Shortlist, entry_of


def signaled(catalog: Catalog, specialty: str, gold: int, silver: int, plain: int = 0) -> list[Entry]:
    """Return entries of one program's specialty, with the signals given."""
    program = next(program for program in catalog.programs if program.specialty == specialty)
    signals = ["gold"] * gold + ["silver"] * silver + ["signal"] * plain
    return [replace(entry_of(catalog, program), signal=signal) for signal in signals]


def only_meter(catalog: Catalog, entries: list[Entry], season: str = "2026-27") -> SignalMeter:
    (meter,) = signal_meters(catalog, entries, season)
    return meter


@pytest.mark.parametrize(
    ("gold", "silver", "remaining", "excess"), [(2, 12, (1, 0), 0), (4, 10, (-1, 2), 1), (0, 0, (3, 12), 0)]
)
def test_internal_medicine(
    bundled_catalog: Catalog, gold: int, silver: int, remaining: tuple[int, int], excess: int
) -> None:
    entries = signaled(bundled_catalog, "internal-medicine", gold, silver) or [
        entry_of(bundled_catalog, next(p for p in bundled_catalog.programs if p.specialty == "internal-medicine"))
    ]
    meter = only_meter(bundled_catalog, entries)
    assert meter.allotted == SignalCounts(3, 12)
    assert meter.given == SignalCounts(gold, silver)
    assert meter.remaining == SignalCounts(*remaining, plain=0)
    assert meter.excess == excess
    assert meter.allotment
    assert meter.allotment.third_party


def test_what_was_not_found_has_no_number(bundled_catalog: Catalog) -> None:
    meter = only_meter(bundled_catalog, signaled(bundled_catalog, "obstetrics-and-gynecology", 1, 5))
    assert meter.allotment is None
    assert meter.remaining is None
    earlier = {(row.season, row.gold, row.silver) for row in meter.last_known}
    assert {("2025-26", 3, 15), ("2023-24", 3, 15)} <= earlier
    text = document_text(signals_document(bundled_catalog, [meter], [], "2026-27"))
    assert "0 allotments found, 1 not found" in text
    assert "The number of 2026–27 was not found: what is left can't be told" in text
    assert "can't tell" in text


def test_no_number_by_default(bundled_catalog: Catalog) -> None:
    assert allotment_of(bundled_catalog, "medical-genetics-and-genomics", "2026-27") is None


def test_a_shared_allotment_is_one_meter(catalog: Catalog) -> None:
    entries = signaled(catalog, "pediatrics", 0, 0, 2) + signaled(catalog, "family-medicine", 0, 0, 4)
    meter = only_meter(catalog, entries)
    assert meter.specialties == ("pediatrics", "family-medicine")
    assert meter.given.total == 6
    assert meter.excess == 1
    assert "1 over" in document_text(signals_document(catalog, [meter], [], "2026-27"))


def test_radiology_shares_with_interventional(bundled_catalog: Catalog) -> None:
    for specialty in ("radiology-diagnostic", "interventional-radiology-integrated"):
        allotment = allotment_of(bundled_catalog, specialty, "2026-27")
        assert allotment
        assert (allotment.gold, allotment.silver) == (6, 9)


def test_list_sizes(bundled_catalog: Catalog, catalog: Catalog) -> None:
    program = next(program for program in bundled_catalog.programs if program.specialty == "internal-medicine")
    (size,) = list_sizes(bundled_catalog, [entry_of(bundled_catalog, program)], 2026)
    assert size.guidance is None
    assert "nrmp.org" in NO_GUIDANCE
    surgery = next(program for program in catalog.programs if program.specialty == "surgery")
    (old,) = list_sizes(catalog, [entry_of(catalog, surgery)], 2026)
    assert old.guidance
    assert old.is_old


def test_a_signal_of_an_entry(catalog: Catalog) -> None:
    entry = entry_of(catalog, catalog.programs[0])
    shortlist = Shortlist(entries=(entry,)).with_signal(entry.id, "gold")
    assert shortlist.entries[0].signal == "gold"
    assert shortlist.with_signal(entry.id, "").entries[0].signal == ""
    with pytest.raises(ValueError, match="gold, silver, signal"):
        shortlist.with_signal(entry.id, "bronze")
