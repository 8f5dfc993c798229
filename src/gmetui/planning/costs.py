"""What the applications of a season cost, by the prices that pages state. Exact decimals; no currency is converted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

from ..catalog.catalog import Catalog
from ..catalog.models import Program
from ..catalog.season import Fee, Tier
from .prices import fees_for, other_price
from .service_needs import services_of

#: What is never part of the sum.
NOT_COUNTED = ("travel", "lodging", "clothing", "tax by billing address", "late registration")
_PERCENT = Decimal(100)
_LICENSING_EXAM = "USMLE"


class Applications(NamedTuple):
    """How many programs of a specialty are applied to through a service."""

    specialty: str
    service: str
    program_count: int


class CostRequest(NamedTuple):
    """What is to be paid for in a season.

    `ranks` is the number of different program codes on the primary list, 0 if that isn't known yet. `passed_exams` and
    a certificate that was issued (`is_certified`) cost nothing more.
    """

    season: str
    applications: tuple[Applications, ...] = ()
    ranks: int = 0
    is_couple: bool = False
    is_international: bool = False
    needs_visa: bool = False
    has_fee_assistance: bool = False
    electives: int = 0
    passed_exams: tuple[str, ...] = ()
    is_certified: bool = False


class CostLine(NamedTuple):
    """A price times a number. `other_amount` is what another page's price gives, if one disagrees."""

    fee: Fee
    quantity: int
    amount: Decimal
    specialties: tuple[str, ...] = ()
    tiers: tuple[tuple[Tier, int], ...] = ()
    next_amount: Decimal | None = None
    other: Fee | None = None
    other_amount: Decimal | None = None

    @property
    def least(self) -> Decimal:
        """The lower amount."""
        return min(self.amount, self.amount if self.other_amount is None else self.other_amount)

    @property
    def most(self) -> Decimal:
        """The higher amount."""
        return max(self.amount, self.amount if self.other_amount is None else self.other_amount)


class Assistance(NamedTuple):
    """What residency applications cost with fee assistance, by the announcement and by the page's own example.

    `by_announcement` is None where more applications are sent than it covers.
    """

    fee: Fee
    full: Decimal
    by_announcement: Decimal | None
    by_example: Decimal | None


class CostTotal(NamedTuple):
    """A sum in one currency: one figure, or a range where pages disagree."""

    currency: str
    least: Decimal
    most: Decimal


class CostPlan(NamedTuple):
    """Every line of a request.

    `unknown` are charges whose amount was not found, `unpriced` applications without a price.
    """

    request: CostRequest
    lines: tuple[CostLine, ...]
    totals: tuple[CostTotal, ...]
    unknown: tuple[Fee, ...] = ()
    unpriced: tuple[Applications, ...] = ()
    assistance: Assistance | None = None

    @property
    def application_total(self) -> Decimal:
        """What the applications alone cost in dollars."""
        amounts = (line.amount for line in self.lines if line.fee.purpose == "application")
        return sum(amounts, Decimal(0))

    @property
    def other_season_lines(self) -> tuple[CostLine, ...]:
        """The lines whose price is of another season, or of none."""
        return tuple(line for line in self.lines if line.fee.season != self.request.season)


def applications_of(catalog: Catalog, programs: Iterable[Program], season: str) -> tuple[Applications, ...]:
    """Return how many of some programs are applied to in each specialty, through the service that has a price."""
    counts = Counter(
        (program.specialty, application_service(catalog, services_of(catalog, program), season)) for program in programs
    )
    return tuple(Applications(specialty, service, count) for (specialty, service), count in counts.items() if service)


def application_service(catalog: Catalog, service_ids: Iterable[str], season: str) -> str:
    """Return the first service that takes applications: one with a price, if any has one; "" if none takes them."""
    taking = [service_id for service_id in service_ids if catalog.service[service_id].role in ("application", "both")]
    priced = [service_id for service_id in taking if _has_price(catalog, service_id, season)]
    return next(iter(priced or taking), "")


def _has_price(catalog: Catalog, service_id: str, season: str) -> bool:
    return any(
        fees_for(catalog.season.fees, "application", season, service=service_id, audience=audience)
        for audience in ("residency", "fellowship")
    )


def plan_costs(catalog: Catalog, request: CostRequest) -> CostPlan:
    """Return what a request costs."""
    request = request._replace(applications=_summed(request.applications))
    lines: list[CostLine] = []
    unpriced: list[Applications] = []
    for group in _grouped(catalog, request):
        line = _application_line(catalog, request, group)
        if line:
            lines.append(line)
        else:
            unpriced += group
    further = {fee.id: (fee, count) for fee, count in _further_fees(catalog, request)}
    lines += [_line(catalog, request, fee, count) for fee, count in further.values() if not fee.amount_unknown]
    unknown = tuple(fee for fee, _ in further.values() if fee.amount_unknown)
    assistance = _assistance(catalog, lines) if request.has_fee_assistance else None
    return CostPlan(request, tuple(lines), _totals(lines), unknown, tuple(unpriced), assistance)


def _summed(applications: Iterable[Applications]) -> tuple[Applications, ...]:
    """Return applications with one number for each specialty and service, without those of none."""
    counts: Counter[tuple[str, str]] = Counter()
    for each in applications:
        counts[each.specialty, each.service] += each.program_count
    return tuple(Applications(specialty, service, count) for (specialty, service), count in counts.items() if count > 0)


def _grouped(catalog: Catalog, request: CostRequest) -> Iterator[tuple[Applications, ...]]:
    """Yield the applications that one row of tiers counts together."""
    groups: dict[tuple[str, str], list[Applications]] = {}
    for applications in request.applications:
        fee = _application_fee(catalog, request, applications)
        audience = audience_of(catalog, applications.specialty)
        each_specialty = fee is None or fee.scope == "specialty"
        key = (f"{applications.service} {audience}", applications.specialty if each_specialty else "")
        groups.setdefault(key, []).append(applications)
    yield from map(tuple, groups.values())


def audience_of(catalog: Catalog, specialty_id: str) -> str:
    """Return which prices hold for a specialty: those of the cycle that it applies in, else those of its kind."""
    specialty = catalog.specialty[specialty_id]
    for text in specialty.application:
        if "(fellowship" in text or "(residency" in text:
            return "fellowship" if "(fellowship" in text else "residency"
    return "fellowship" if specialty.kind == "fellowship" else "residency"


def _application_fee(catalog: Catalog, request: CostRequest, applications: Applications) -> Fee | None:
    audience = audience_of(catalog, applications.specialty)
    fees = fees_for(catalog.season.fees, "application", request.season, service=applications.service, audience=audience)
    return fees[0] if fees else None


def _application_line(catalog: Catalog, request: CostRequest, group: tuple[Applications, ...]) -> CostLine | None:
    fee = _application_fee(catalog, request, group[0])
    if fee is None:
        return None
    count = sum(applications.program_count for applications in group)
    specialties = tuple(applications.specialty for applications in group)
    return _line(catalog, request, fee, count)._replace(
        specialties=specialties, tiers=fee.counts_by_tier(count), next_amount=fee.price(count + 1) - fee.price(count)
    )


def _line(catalog: Catalog, request: CostRequest, fee: Fee, count: int) -> CostLine:
    surcharge = sum((extra.amount for extra in fee.plus), Decimal(0))
    other = other_price(catalog.season.fees, fee, request.season)
    other_amount = other.price(count) if other else None
    return CostLine(fee, count, fee.price(count) + surcharge, other=other, other_amount=other_amount)


def _further_fees(catalog: Catalog, request: CostRequest) -> Iterator[tuple[Fee, int]]:
    """Yield the prices besides those of the applications, with their numbers."""
    fees, season = catalog.season.fees, request.season
    applications = request.applications
    audiences = sorted({audience_of(catalog, each.specialty) for each in applications})
    for service_id in dict.fromkeys(each.service for each in applications):
        yield from ((fee, 1) for fee in fees_for(fees, "transcript", season, service=service_id)[:1])
    for match in dict.fromkeys(match for each in applications for match in catalog.specialty[each.specialty].match_ids):
        for audience in audiences:
            yield from ((fee, 1) for fee in fees_for(fees, "registration", season, service=match, audience=audience))
        yield from _rank_fees(fees, request, match)
    if request.is_international:
        yield from ((fee, 1) for fee in _international_fees(fees, request))
    if request.needs_visa:
        yield from ((fee, 1) for fee in fees if fee.purpose == "visa" and not fee.paid_by)
    if request.electives:
        yield from ((fee, request.electives) for fee in fees_for(fees, "elective", season))


def _rank_fees(fees: Sequence[Fee], request: CostRequest, match: str) -> Iterator[tuple[Fee, int]]:
    """Yield what a long list and a couple pay in a match."""
    for fee in fees_for(fees, "further programs", request.season, service=match):
        if request.ranks > (fee.above or 0):
            yield fee, request.ranks
    for fee in fees_for(fees, "long list", request.season, service=match):
        if request.ranks >= (fee.above or 0):
            yield fee, 1
    if request.is_couple:
        yield from ((fee, 1) for fee in fees_for(fees, "couple", request.season, service=match, audience="couples"))


def _international_fees(fees: Sequence[Fee], request: CostRequest) -> Iterator[Fee]:
    """Yield what graduates of schools abroad pay: certification, token, and the exams priced for this very season."""
    purposes: tuple[str, ...] = ("token",) if request.is_certified else ("certification", "token")
    for purpose in purposes:
        for fee in fees_for(fees, purpose, request.season, audience="international graduates"):
            if fee.currency == "USD":
                yield fee
    yield from (
        fee for fee in fees if fee.purpose == "exam" and fee.season == request.season and _is_ahead(fee, request)
    )


def _is_ahead(fee: Fee, request: CostRequest) -> bool:
    """Tell whether an exam is still to be paid: it isn't passed, and belongs to no certificate that was issued."""
    if request.is_certified and not fee.item.startswith(_LICENSING_EXAM):  # a test of English
        return False
    return not fee.item.startswith(request.passed_exams)


def _totals(lines: Iterable[CostLine]) -> tuple[CostTotal, ...]:
    sums: dict[str, list[Decimal]] = {}
    for line in lines:
        total = sums.setdefault(line.fee.currency, [Decimal(0), Decimal(0)])
        total[0] += line.least
        total[1] += line.most
    return tuple(CostTotal(currency, least, most) for currency, (least, most) in sums.items())


def _assistance(catalog: Catalog, lines: Iterable[CostLine]) -> Assistance | None:
    """Return what fee assistance makes of the residency applications of its service."""
    discounts: Mapping[str, Fee] = {
        fee.service: fee for fee in catalog.season.fees if fee.purpose == "discount" and fee.service
    }
    covered = [
        line
        for line in lines
        if line.fee.purpose == "application" and line.fee.audience == "residency" and line.fee.service in discounts
    ]
    if not covered:
        return None
    fee = discounts[covered[0].fee.service or ""]
    full = sum((line.amount for line in covered), Decimal(0))
    count = sum(line.quantity for line in covered)
    is_covered = fee.up_to_applications is None or count <= fee.up_to_applications
    by_announcement = full * (100 - (fee.percent_off or 0)) / _PERCENT if is_covered else None
    by_example = None
    if fee.example_percent_off is not None and is_covered:
        share = full * (100 - fee.example_percent_off) / _PERCENT
        by_example = share.quantize(Decimal(1), ROUND_HALF_UP)
    return Assistance(fee, full, by_announcement, by_example)
