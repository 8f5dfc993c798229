"""The rows of a couple: all pairs of two lists in an order of the couple's choosing, each row once.

A row holds a place on both lists, so that both halves have the same length. Nothing is cut at the limit of the match,
no row without a place for one partner comes by itself, and no row is called better than another.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import product
from typing import Literal, NamedTuple

from ..catalog.catalog import Catalog
from .couple_lists import PARTNERS, Exclusion, Partner, RankedChoice, is_same_city, miles_of, pair_lists

OrderRule = Literal["sum", "mine", "theirs", "near"]
#: By which rules rows can be ordered, with what each means.
ORDER_RULES: Mapping[OrderRule, str] = {
    "sum": "sum of the ranks, then the smaller worst rank, then yours",
    "mine": "your ranks, then your partner's",
    "theirs": "your partner's ranks, then yours",
    "near": "same city, up to 30 miles, up to 100, farther; then the sum of the ranks",
}
#: The limit of rows and the code of a row without a place, by the rules of the NRMP.
MAX_ROWS = 300
NO_MATCH_CODE = "999999999"
_DISTANCE_BANDS = (0, 30, 100)  # miles
_UNKNOWN_BAND = len(_DISTANCE_BANDS) + 1
#: More pairs than this are refused: nobody ranks two hundred programs.
_MAX_PAIRS = 40_000

#: What identifies a row: the ids of both programs, "" for No Match.
RowKey = tuple[str, str]


class CoupleChoices(NamedTuple):
    """What a couple chose: a rule, a limit of miles, No Match rows, and what they moved or took out by hand.

    `no_match` are the partners whose programs get rows in which the other one goes without a place, in the order of
    these rows. `order` is the couple's own order, () while the rule decides.
    """

    rule: OrderRule = "sum"
    miles: int | None = None
    no_match: tuple[Partner, ...] = ()
    order: tuple[RowKey, ...] = ()
    removed: tuple[RowKey, ...] = ()
    allows_advanced: bool = False


class PairRow(NamedTuple):
    """A row of both lists. A partner without a choice goes without a place. `miles` is None if it is unknown."""

    mine: RankedChoice | None
    theirs: RankedChoice | None
    miles: int | None = None
    same_city: bool = False
    is_new: bool = False

    @property
    def key(self) -> RowKey:
        """What identifies the row."""
        return (self.mine.program_id if self.mine else "", self.theirs.program_id if self.theirs else "")

    def choice(self, partner: Partner) -> RankedChoice | None:
        """Return the choice of one partner."""
        return self.mine if partner == "mine" else self.theirs


class CouplePlan(NamedTuple):
    """The rows of a couple in their order, what is not among them, and what to know.

    `possible` is the number of pairs. `far_count` of them are beyond the miles, `removed_count` were taken out.
    `ordered_keys` are the rows in their order with those beyond the miles, which keep their places.
    """

    match_id: str | None
    choices: CoupleChoices
    rows: tuple[PairRow, ...] = ()
    ordered_keys: tuple[RowKey, ...] = ()
    possible: int = 0
    far_count: int = 0
    removed_count: int = 0
    exclusions: tuple[Exclusion, ...] = ()
    refusal: str = ""
    mine: tuple[RankedChoice, ...] = ()
    theirs: tuple[RankedChoice, ...] = ()

    @property
    def no_match_count(self) -> int:
        """How many rows are without a place for one partner."""
        return sum(pair_row.mine is None or pair_row.theirs is None for pair_row in self.rows)

    @property
    def over_limit(self) -> int:
        """How many rows are over the limit."""
        return max(0, len(self.rows) - MAX_ROWS)

    @property
    def warning_ids(self) -> tuple[str, ...]:
        """What needs attention in these lists, by short names."""
        advanced = (
            f"{'my' if partner == 'mine' else 'partner'}-advanced"
            for partner in PARTNERS
            if any(choice.has_advanced for choice in self.listed(partner))
        )
        choices = (*self.mine, *self.theirs)
        found = {
            "over-limit": self.over_limit > 0,
            "unknown-match": any(not choice.match_ids for choice in choices),
            "unknown-codes": any(choice.code is None for choice in choices),
            "unknown-cities": any(
                pair_row.miles is None for pair_row in self.rows if pair_row.mine and pair_row.theirs
            ),
            "other-match": any(exclusion.reason == "other-match" for exclusion in self.exclusions),
        }
        return (*advanced, *(warning_id for warning_id, is_given in found.items() if is_given))

    def listed(self, partner: Partner) -> tuple[RankedChoice, ...]:
        """Return the programs of one partner that are paired."""
        return self.mine if partner == "mine" else self.theirs


def plan_couple(
    catalog: Catalog, mine: Sequence[RankedChoice], theirs: Sequence[RankedChoice], choices: CoupleChoices
) -> CouplePlan:
    """Return the rows of two lists as the couple chose them."""
    lists = pair_lists(catalog, mine, theirs, allows_advanced=choices.allows_advanced)
    if len(lists.mine) * len(lists.theirs) > _MAX_PAIRS:
        counts = f"{len(lists.mine):,} and {len(lists.theirs):,} programs"
        return CouplePlan(None, choices, refusal=f"{counts} give more than {_MAX_PAIRS:,} pairs: shorten a list.")
    pairs = [_pair(first, second) for first, second in product(lists.mine, lists.theirs)]
    removed = frozenset(choices.removed)
    remaining = [pair_row for pair_row in pairs if pair_row.key not in removed]
    no_match = [
        pair_row
        for pair_row in _no_match_rows(lists.mine, lists.theirs, choices.no_match)
        if pair_row.key not in removed
    ]
    rows = _in_order(remaining, no_match, choices)
    near_rows = [pair_row for pair_row in rows if not _is_far(pair_row, choices.miles)]
    return CouplePlan(
        lists.match_id,
        choices,
        tuple(near_rows),
        tuple(pair_row.key for pair_row in rows),
        len(pairs),
        len(rows) - len(near_rows),
        sum(pair_row.key in removed for pair_row in pairs),
        lists.exclusions,
        lists.refusal,
        lists.mine,
        lists.theirs,
    )


def _pair(mine: RankedChoice, theirs: RankedChoice) -> PairRow:
    return PairRow(mine, theirs, miles_of(mine, theirs), is_same_city(mine, theirs))


def _no_match_rows(
    mine: Iterable[RankedChoice], theirs: Iterable[RankedChoice], partners: Iterable[Partner]
) -> Iterator[PairRow]:
    """Yield a row for each program of the partners who would match alone."""
    for partner in dict.fromkeys(partners):
        if partner == "mine":
            yield from (PairRow(choice, None) for choice in mine)
        else:
            yield from (PairRow(None, choice) for choice in theirs)


def _is_far(pair_row: PairRow, miles: int | None) -> bool:
    """Tell whether a row is beyond the miles. Unknown cities stay in."""
    return miles is not None and pair_row.miles is not None and pair_row.miles > miles


def _in_order(pairs: Iterable[PairRow], no_match: Iterable[PairRow], choices: CoupleChoices) -> list[PairRow]:
    """Return the rows: those of the couple's own order, new pairs by the rule, then new rows without a place."""
    positions = {key: index for index, key in enumerate(choices.order)}
    by_rule = [*sorted(pairs, key=lambda pair_row: _sort_key(pair_row, choices.rule)), *no_match]
    placed = sorted(
        (pair_row for pair_row in by_rule if pair_row.key in positions), key=lambda pair_row: positions[pair_row.key]
    )
    others = [pair_row for pair_row in by_rule if pair_row.key not in positions]
    if not positions:
        return others
    return [
        *placed,
        *(pair_row._replace(is_new=pair_row.mine is not None and pair_row.theirs is not None) for pair_row in others),
    ]


def _sort_key(pair_row: PairRow, rule: OrderRule) -> tuple[int, ...]:
    assert pair_row.mine is not None
    assert pair_row.theirs is not None
    mine, theirs = pair_row.mine.rank, pair_row.theirs.rank
    if rule == "mine":
        return mine, theirs
    if rule == "theirs":
        return theirs, mine
    by_sum = (mine + theirs, max(mine, theirs), mine)
    return (_band(pair_row), *by_sum) if rule == "near" else by_sum


def _band(pair_row: PairRow) -> int:
    """Return the number of the distance band of a row: the nearest is 0, unknown cities are last."""
    if pair_row.miles is None:
        return _UNKNOWN_BAND
    return next(
        (
            band
            for band, limit in enumerate(_DISTANCE_BANDS)
            if pair_row.miles <= limit and (limit or pair_row.same_city)
        ),
        len(_DISTANCE_BANDS),
    )


# What the couple changes by hand.


def with_row_moved(couple_plan: CouplePlan, index: int, step: int) -> CoupleChoices:
    """Return the choices with a row moved up (-1) or down (1) past its neighbor on the screen."""
    target = index + step
    if not (0 <= index < len(couple_plan.rows) and 0 <= target < len(couple_plan.rows)):
        return couple_plan.choices
    moved_key = couple_plan.rows[index].key
    order = [key for key in couple_plan.ordered_keys if key != moved_key]
    order.insert(order.index(couple_plan.rows[target].key) + (step > 0), moved_key)
    return couple_plan.choices._replace(order=tuple(order))


def without_row(couple_plan: CouplePlan, index: int) -> CoupleChoices:
    """Return the choices with a row taken out."""
    if not 0 <= index < len(couple_plan.rows):
        return couple_plan.choices
    return couple_plan.choices._replace(removed=(*couple_plan.choices.removed, couple_plan.rows[index].key))


def with_rule(choices: CoupleChoices, rule: OrderRule) -> CoupleChoices:
    """Return the choices with the rows in the order of a rule, in place of the couple's own."""
    return choices._replace(rule=rule, order=())
