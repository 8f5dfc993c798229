"""Which price holds: that of the season, else the newest before it, else one whose page names no season."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from ..catalog.season import UNDATED_SEASON, Fee
from .cycle import cycle_order, first_year


def fees_for(
    fees: Iterable[Fee], purpose: str, season: str, *, service: str = "", audience: str = ""
) -> tuple[Fee, ...]:
    """Return the prices for a purpose that hold in a season, in the order of the data.

    A price of a later season never holds in an earlier one, and one that was superseded only in its own. `service`
    limits them to a service, `audience` to those who pay it.
    """
    fitting = [
        fee
        for fee in fees
        if fee.purpose == purpose
        and (not service or service in fee.services)
        and fee.audience in (None, audience)
        and (not fee.superseded or fee.season == season)
    ]
    held_seasons = [fee.season for fee in fitting if first_year(fee.season) and fee.season <= season]
    held_season = max(held_seasons, key=cycle_order, default=UNDATED_SEASON)
    return tuple(fee for fee in fitting if fee.season == held_season)


def other_price(fees: Iterable[Fee], fee: Fee, season: str) -> Fee | None:
    """Return the price that another page gives in a season or before it, unless it names no season."""
    others = (other for other in fees if other.id == fee.disagrees)
    other = next(others, None)
    is_dated = other is not None and first_year(other.season) is not None
    return other if other and is_dated and other.season <= season and not other.superseded else None


def money_text(amount: Decimal, currency: str = "USD") -> str:
    """Return an amount as people read it: "$1,234", "$309.01", "CAD 290.84"."""
    number = f"{amount:,.2f}".removesuffix(".00")
    return f"${number}" if currency == "USD" else f"{currency} {number}"
