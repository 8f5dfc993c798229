"""The plan of a season, a calculation of costs, and signal meters as JSON."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from ..catalog.catalog import Catalog
from ..catalog.ids import SourceId
from ..catalog.schema import TABLES
from ..catalog.season import SeasonDate, SignalAllotment
from ..planning.costs import NOT_COUNTED, CostLine, CostPlan
from ..planning.list_sizes import ListSize
from ..planning.season_plan import SeasonEvent, SeasonPlan
from ..planning.signals import SignalCounts, SignalMeter


def season_json(catalog: Catalog, plan: SeasonPlan, zone_name: str) -> dict[str, Any]:
    """Return a plan; `zone_name` is the reader's time zone."""
    return {
        "cycle": plan.cycle,
        "today": plan.today.isoformat(),
        "zone": zone_name,
        "services": [
            {"service": need.service, "specialties": sorted(need.specialties), "programs": list(need.programs)}
            for need in plan.needs
        ],
        "next": [event_json(catalog, plan, event) for event in plan.coming],
        "past": [event_json(catalog, plan, event) for event in plan.past],
        "for_others": [event_json(catalog, plan, event) for event in plan.for_others],
        "undated": [
            {"program": fact.program_id, "text": fact.deadline.text, "cycle": fact.deadline.cycle}
            for fact in plan.undated
        ],
        "last_known": [
            {
                "service": earlier.service,
                "part": earlier.part,
                "cycle": earlier.cycle,
                "dates": [season_date.id for season_date in earlier.dates],
            }
            for earlier in plan.last_known
        ],
        "not_found": [
            {
                "service": missing.service,
                "part": missing.part,
                "cycle": plan.cycle,
                "look_at": missing.gap.look_at if missing.gap else None,
            }
            for missing in plan.missing
        ],
        "rules": [{"id": rule.id, "text": rule.text, "season": rule.season} for rule in plan.rules],
    }


def event_json(catalog: Catalog, plan: SeasonPlan, event: SeasonEvent) -> dict[str, Any]:
    """Return an event of a plan."""
    season_date = event.season_date
    is_span = season_date is not None and season_date.first is not None
    moment = season_date.moment if season_date else event.first.isoformat()
    return {
        "id": season_date.id if season_date else None,
        "service": season_date.service if season_date else None,
        "what": event.what,
        "nature": season_date.nature if season_date else None,
        "on": None if is_span else moment,
        "first": event.first.isoformat(),
        "last": event.last.isoformat(),
        "time": event.time or None,
        "zone": event.zone or None,
        "utc": event.instant.isoformat().replace("+00:00", "Z") if event.instant else None,
        "days": event.days_until(plan.today),
        "text": event.text,
        "own": event.origin == "yours",
        "programs": list(event.program_ids),
        "start": season_date.start if season_date else None,
        "third_party": event.is_third_party,
        "agree": len(season_date.source) if season_date else None,
        "source": pages_json(catalog, season_date.source if season_date else ()),
        "disagrees": [{"id": other.id, "on": other.moment} for other in event.alternatives],
        "note": season_date.note if season_date else None,
    }


def pages_json(catalog: Catalog, source_ids: Iterable[SourceId]) -> list[dict[str, Any]]:
    """Return pages by id, address, title and publisher."""
    pages = (catalog.source[source_id] for source_id in source_ids)
    return [{"id": page.id, "url": page.url, "title": page.title, "publisher": page.publisher} for page in pages]


def season_date_json(catalog: Catalog, season_date: SeasonDate) -> dict[str, Any]:
    """Return a date of a service with all its keys but the service, those that are not stated as null."""
    document = {
        field.key: getattr(season_date, field.key) or None
        for field in TABLES["date"]
        if field.key not in ("service", "source", "third_party", "doubtful", "specialties")
    }
    return {
        **document,
        "specialties": list(season_date.specialties),
        "doubtful": season_date.doubtful,
        "third_party": season_date.third_party,
        "source": pages_json(catalog, season_date.source),
    }


def costs_json(catalog: Catalog, plan: CostPlan) -> dict[str, Any]:
    """Return a calculation. Amounts are numbers; totals by currency, dollars first."""
    totals = [
        {
            "currency": total.currency,
            "least": _number(total.least),
            "most": _number(total.most),
            "and_more": bool(plan.unknown or plan.unpriced),
        }
        for total in plan.totals
    ]
    nothing = {"currency": "USD", "least": 0, "most": 0, "and_more": bool(plan.unknown or plan.unpriced)}
    return {
        "season": plan.request.season,
        "currency": "USD",
        "lines": [_line_json(catalog, cost_line) for cost_line in plan.lines],
        "applications": _number(plan.application_total),
        "total": totals[0] if totals else nothing,
        "totals": totals,
        "assistance": _assistance_json(plan),
        "other_season": [cost_line.fee.id for cost_line in plan.other_season_lines],
        "not_counted": list(NOT_COUNTED),
        "not_refunded": [cost_line.fee.id for cost_line in plan.lines if cost_line.fee.refundable is False],
        "unknown": [fee.id for fee in plan.unknown],
        "no_price": [
            {"specialty": each.specialty, "service": each.service, "n": each.program_count} for each in plan.unpriced
        ],
        "disagree": [cost_line.fee.id for cost_line in plan.lines if cost_line.other],
    }


def _line_json(catalog: Catalog, cost_line: CostLine) -> dict[str, Any]:
    tiers = [
        {"n": count, "each": _number(tier.each)} if tier.flat is None else {"n": count, "flat": _number(tier.flat)}
        for tier, count in cost_line.tiers
    ]
    return {
        "fee": cost_line.fee.id,
        "service": cost_line.fee.service,
        "payee": cost_line.fee.payee,
        "item": cost_line.fee.item,
        "specialty": cost_line.specialties[0] if len(cost_line.specialties) == 1 else None,
        "specialties": list(cost_line.specialties),
        "n": cost_line.quantity,
        "tiers": tiers,
        "amount": _number(cost_line.amount),
        "other": _number(cost_line.other_amount),
        "next": _number(cost_line.next_amount),
        "currency": cost_line.fee.currency,
        "season": cost_line.fee.season,
        "third_party": cost_line.fee.third_party,
        "source": pages_json(catalog, cost_line.fee.source),
    }


def _assistance_json(plan: CostPlan) -> dict[str, Any] | None:
    if plan.assistance is None:
        return None
    assistance = plan.assistance
    return {
        "fee": assistance.fee.id,
        "full": _number(assistance.full),
        "by_announcement": _number(assistance.by_announcement),
        "by_example": _number(assistance.by_example),
    }


def _number(amount: Decimal | None) -> int | float | None:
    if amount is None:
        return None
    return int(amount) if amount == int(amount) else float(amount)


def signals_json(
    catalog: Catalog, meters: Sequence[SignalMeter], sizes: Sequence[ListSize], season: str
) -> dict[str, Any]:
    """Return the meters of a season and what is said about the size of the list."""
    return {
        "season": season,
        "meters": [_meter_json(catalog, signal_meter) for signal_meter in meters],
        "list_sizes": [
            {
                "specialty": size.specialty,
                "programs": size.program_count,
                "guidance": size.guidance.text if size.guidance else None,
                "year": size.guidance.year if size.guidance else None,
                "source": pages_json(catalog, size.guidance.source if size.guidance else ()),
            }
            for size in sizes
        ],
    }


def _meter_json(catalog: Catalog, signal_meter: SignalMeter) -> dict[str, Any]:
    return {
        "specialties": list(signal_meter.specialties),
        "service": signal_meter.allotment.service if signal_meter.allotment else None,
        "have": _counts_json(signal_meter.allotted),
        "given": _counts_json(signal_meter.given),
        "left": _counts_json(signal_meter.remaining),
        "over": signal_meter.excess,
        "programs": list(signal_meter.program_ids),
        "third_party": signal_meter.allotment.third_party if signal_meter.allotment else None,
        "source": pages_json(catalog, signal_meter.allotment.source if signal_meter.allotment else ()),
        "last_known": [_allotment_json(allotment) for allotment in signal_meter.last_known],
    }


def _counts_json(counts: SignalCounts | None) -> dict[str, int] | None:
    if counts is None:
        return None
    return {"gold": counts.gold, "silver": counts.silver, "signal": counts.plain, "total": counts.total}


def _allotment_json(allotment: SignalAllotment) -> dict[str, Any]:
    return {
        "season": allotment.season,
        "gold": allotment.gold,
        "silver": allotment.silver,
        "total": allotment.total,
        "third_party": allotment.third_party,
    }
