"""The season: dates, fees and signals of the application services and matches, and the rules that go with them.

Nothing is ever moved from one cycle to the next. A cycle without an entry was not found, and `SeasonGap` says where to
look. `third_party` marks what only pages of neither the service nor its official body state.
"""

# Annotations are evaluated here, not deferred as in other modules: `schema` reads the keys from them at every start.

from decimal import Decimal
from itertools import pairwise
from typing import Annotated

from .annotations import Key
from .ids import SourceId, SpecialtyId
from .items import CatalogValue
from .vocabulary import AUDIENCES, CURRENCIES, FEE_PURPOSES, FEE_SCOPES, NATURES, RULE_TOPICS, SEASON_EVENTS, ZONES

#: The season of a fact whose page names none.
UNDATED_SEASON = "undated"


class SeasonDate(CatalogValue, frozen=True, kw_only=True):
    """A date of an application service or match, in one cycle.

    `on`, or `first` and `last`, are `YYYY-MM-DD` or `YYYY-MM`; without a year `MM-DD` or `MM`.
    """

    id: Annotated[str, Key("Id", "short and permanent", shape="id")]
    service: Annotated[str, Key("Service", "id in services.toml", shape="id")]
    cycle: Annotated[str, Key("Cycle", "the application year, such as 2026-27; “undated” where the page names none")]
    part: Annotated[str | None, Key("Part", "the part of the service it belongs to: fellowship, July cycle")] = None
    specialties: Annotated[tuple[SpecialtyId, ...], Key("Specialties", "ids; left out: all that use the service")] = ()
    what: Annotated[str, Key("Event", "what happens", SEASON_EVENTS)]
    nature: Annotated[
        str,
        Key(
            "Nature",
            "deadline: late is too late; target: a recommendation; release: something is given out; other: not stated",
            NATURES,
        ),
    ]
    audience: Annotated[str, Key("Audience", "whom it binds", AUDIENCES)] = "applicants"
    on: Annotated[str | None, Key("On", "YYYY-MM-DD or YYYY-MM; without a year MM-DD or MM", shape="moment")] = None
    first: Annotated[str | None, Key("First", "where it is a span", shape="moment")] = None
    last: Annotated[str | None, Key("Last", "where it is a span", shape="moment")] = None
    time: Annotated[str | None, Key("Time", "HH:MM on the clock of `zone`", shape="clock time")] = None
    zone: Annotated[str | None, Key("Time zone", "ET or PT; only with a time", ZONES)] = None
    start: Annotated[str | None, Key("Training starts", "academic year, where it isn't the one after the cycle")] = None
    text: Annotated[str, Key("Text", "what happens, in our words")]
    note: Annotated[str | None, Key("Note", "anything else about it")] = None
    disagrees: Annotated[str | None, Key("Disagrees with", "id of the date that another page gives", shape="id")] = None
    doubtful: Annotated[bool, Key("Doubtful", "true: one page alone states it, against the usual practice")] = False
    source: Annotated[tuple[SourceId, ...], Key("Source", "the pages that state it")]
    third_party: Annotated[bool, Key("Third party", "true: no official page was read")] = False

    @property
    def moment(self) -> str:
        """The date, or the first day of the span, as the page gives it."""
        return self.on or self.first or ""


class Tier(CatalogValue, frozen=True, kw_only=True):
    """A price for some of the applications: `each` one costs so much, or all of them together cost `flat`."""

    first: Annotated[int, Key("From", "number of the first application at this price")]
    last: Annotated[int | None, Key("To", "number of the last one; left out: no end")] = None
    each: Annotated[Decimal | None, Key("Each", "price of one", shape="money")] = None
    flat: Annotated[Decimal | None, Key("Together", "price of all of them, even of one", shape="money")] = None

    def price(self, count: int) -> Decimal:
        """Return what `count` applications of this tier cost."""
        if not count:
            return Decimal(0)
        return self.flat if self.flat is not None else count * (self.each or Decimal(0))


class Surcharge(CatalogValue, frozen=True, kw_only=True):
    """What some people pay besides."""

    what: Annotated[str, Key("For", "who pays it")]
    amount: Annotated[Decimal, Key("Amount", "per person", shape="money")]


class FeeExample(CatalogValue, frozen=True, kw_only=True):
    """A worked example of the page: `gmetui check` calculates it again."""

    programs: Annotated[tuple[int, ...], Key("Programs", "number of programs in each specialty")]
    total: Annotated[Decimal, Key("Total", "what the page calculates", shape="money")]


class Fee(CatalogValue, frozen=True, kw_only=True):
    """A price of one season. It has one of `tiers`, `flat`, `each`, or `percent_off`; or its amount is unknown."""

    id: Annotated[str, Key("Id", "short and permanent", shape="id")]
    service: Annotated[str | None, Key("Service", "id in services.toml", shape="id")] = None
    also_for: Annotated[tuple[str, ...], Key("Also for", "ids of more services with this price", shape="ids")] = ()
    payee: Annotated[str | None, Key("Paid to", "who is paid, where it is no service")] = None
    season: Annotated[str, Key("Season", "such as 2026-27; “undated” where the page names none")]
    purpose: Annotated[str, Key("Purpose", "what is paid for", FEE_PURPOSES)]
    audience: Annotated[str | None, Key("Audience", "left out: everybody", AUDIENCES)] = None
    item: Annotated[str, Key("Item", "what is paid for, in words")]
    currency: Annotated[str, Key("Currency", "of every amount", CURRENCIES)]
    tiers: Annotated[tuple[Tier, ...], Key("Tiers", "prices by the number of applications")] = ()
    scope: Annotated[
        str | None, Key("Scope", "what the tiers count anew for; unknown: the page does not say", FEE_SCOPES)
    ] = None
    scope_source: Annotated[tuple[SourceId, ...], Key("Source of the scope", "where it is another page")] = ()
    scope_note: Annotated[str | None, Key("Scope note", "how the scope is known")] = None
    flat: Annotated[Decimal | None, Key("Amount", "one amount per person", shape="money")] = None
    each: Annotated[Decimal | None, Key("Each", "amount for each one", shape="money")] = None
    above: Annotated[int | None, Key("Above", "number that is free of this charge")] = None
    counts: Annotated[str | None, Key("Counts", "what is counted")] = None
    included: Annotated[int | None, Key("Included", "number of applications included")] = None
    plus: Annotated[tuple[Surcharge, ...], Key("Plus", "what some people pay besides")] = ()
    percent_off: Annotated[int | None, Key("Discount", "percent")] = None
    example_percent_off: Annotated[
        int | None, Key("Discount of the example", "percent that the page's own example takes off, where it differs")
    ] = None
    up_to_applications: Annotated[int | None, Key("Discount limit", "number of applications discounted")] = None
    amount_unknown: Annotated[bool, Key("Unknown", "true: there is a charge, and its amount was not found")] = False
    refundable: Annotated[bool | None, Key("Refundable", "whether money comes back; left out: not stated")] = None
    tax: Annotated[str | None, Key("Tax", "what tax is added")] = None
    due: Annotated[str | None, Key("Due", "when it is due")] = None
    paid_by: Annotated[str | None, Key("Paid by", "who pays, where it isn't the applicant")] = None
    examples: Annotated[tuple[FeeExample, ...], Key("Examples", "worked examples of the page")] = ()
    superseded: Annotated[bool, Key("Superseded", "true: a later price list replaced it; never used")] = False
    disagrees: Annotated[str | None, Key("Disagrees with", "id of the price that another page gives", shape="id")] = (
        None
    )
    disagreement: Annotated[str | None, Key("Disagreement", "what its pages disagree about")] = None
    doubtful: Annotated[bool, Key("Doubtful", "true: one page alone states it")] = False
    note: Annotated[str | None, Key("Note", "anything else about it")] = None
    source: Annotated[tuple[SourceId, ...], Key("Source", "the pages that state it")]
    third_party: Annotated[bool, Key("Third party", "true: no official page was read")] = False

    @property
    def services(self) -> tuple[str, ...]:
        """The ids of the services with this price."""
        return (self.service, *self.also_for) if self.service else self.also_for

    def counts_by_tier(self, count: int) -> tuple[tuple[Tier, int], ...]:
        """Return each tier that `count` applications reach, with how many of them are in it."""
        reached = []
        for tier in self.tiers:
            within = min(count, tier.last or count) - tier.first + 1
            if within > 0:
                reached.append((tier, within))
        return tuple(reached)

    def price(self, count: int) -> Decimal:
        """Return what `count` cost: by the tiers, by the charge for each one above the free ones, or the flat amount.

        A surcharge is not included.
        """
        if self.tiers:
            return sum((tier.price(within) for tier, within in self.counts_by_tier(count)), Decimal(0))
        if self.each is not None:
            return max(0, count - (self.above or 0)) * self.each
        return (self.flat or Decimal(0)) if count else Decimal(0)

    @property
    def has_gapless_tiers(self) -> bool:
        """Whether the tiers start at one and follow each other."""
        starts_at_one = not self.tiers or self.tiers[0].first == 1
        return starts_at_one and all(later.first == (earlier.last or 0) + 1 for earlier, later in pairwise(self.tiers))


class SignalAllotment(CatalogValue, frozen=True, kw_only=True):
    """How many programs of a specialty an applicant may signal in one season; `total` 0: the specialty takes none."""

    specialty: Annotated[SpecialtyId, Key("Specialty", "id in specialties.toml")]
    shared_with: Annotated[
        tuple[SpecialtyId, ...], Key("Shared with", "ids of specialties with the same allotment")
    ] = ()
    as_named: Annotated[str | None, Key("Named as", "the page's name, where it differs")] = None
    season: Annotated[str, Key("Season", "such as 2026-27; “undated” where the page names none")]
    service: Annotated[str, Key("Service", "id of the service that carries the signals", shape="id")]
    part: Annotated[str | None, Key("Part", "the part of the service: fellowship, July cycle")] = None
    gold: Annotated[int | None, Key("Gold", "first tier, where there are two")] = None
    silver: Annotated[int | None, Key("Silver", "second tier, where there are two")] = None
    total: Annotated[int, Key("Total", "signals of all tiers", shape="size")]
    advice: Annotated[str | None, Key("Advice", "the specialty's advice on whom to signal")] = None
    statement: Annotated[str | None, Key("Statement", "what must go with a signal")] = None
    disagreement: Annotated[str | None, Key("Disagreement", "what the page says otherwise")] = None
    note: Annotated[str | None, Key("Note", "anything else about it")] = None
    source: Annotated[tuple[SourceId, ...], Key("Source", "the pages that state it")]
    third_party: Annotated[bool, Key("Third party", "true: no official page was read")] = False


class SeasonRule(CatalogValue, frozen=True, kw_only=True):
    """A rule of the season, in our words."""

    id: Annotated[str, Key("Id", "short and permanent", shape="id")]
    about: Annotated[str, Key("About", "its subject", RULE_TOPICS)]
    services: Annotated[
        tuple[str, ...], Key("Services", "ids in services.toml: it matters to who needs all of them", shape="ids")
    ] = ()
    specialties: Annotated[tuple[SpecialtyId, ...], Key("Specialties", "ids; left out: every specialty")] = ()
    text: Annotated[str, Key("Rule", "the rule in our words")]
    season: Annotated[str | None, Key("Season", "the season it was read for")] = None
    note: Annotated[str | None, Key("Note", "anything else about it")] = None
    source: Annotated[tuple[SourceId, ...], Key("Source", "the pages that state it")]
    third_party: Annotated[bool, Key("Third party", "true: no official page was read")] = False


class Guidance(CatalogValue, frozen=True, kw_only=True):
    """What a specialty's own body or a paper says about the length of a list. Never a chance."""

    specialty: Annotated[SpecialtyId, Key("Specialty", "id in specialties.toml")]
    text: Annotated[str, Key("Text", "what the page says")]
    year: Annotated[str, Key("Year", "the year or season of the figures")]
    source: Annotated[tuple[SourceId, ...], Key("Source", "the pages that state it")]
    third_party: Annotated[bool, Key("Third party", "true: no official page was read")] = False


class SeasonGap(CatalogValue, frozen=True, kw_only=True):
    """What was looked for and not found, and the official page to look at."""

    what: Annotated[str, Key("What", "what was not found")]
    cycle: Annotated[str | None, Key("Cycle", "the cycle that was looked for")] = None
    services: Annotated[tuple[str, ...], Key("Services", "ids in services.toml", shape="ids")] = ()
    part: Annotated[str | None, Key("Part", "the beginning of the part of the service, where it is one")] = None
    look_at: Annotated[str, Key("Look at", "the official page", shape="address")]


class Season(CatalogValue, frozen=True, kw_only=True):
    """Everything about the seasons, each list in the order of the data."""

    dates: tuple[SeasonDate, ...] = ()
    fees: tuple[Fee, ...] = ()
    signals: tuple[SignalAllotment, ...] = ()
    rules: tuple[SeasonRule, ...] = ()
    guidance: tuple[Guidance, ...] = ()
    gaps: tuple[SeasonGap, ...] = ()
