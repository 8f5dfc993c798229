"""The rows of a couple: worked examples of every rule, refusals, what is changed by hand, and that no row is lost."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gmetui.catalog.catalog import Catalog
from gmetui.catalog.gazetteer import Point
from gmetui.documents.couple_document import couple_notes, empty_text
from gmetui.export.couple import half_cells
from gmetui.planning.couple_lists import RankedChoice, code_to_enter, pair_lists, ranked_choices
from gmetui.planning.couples import (
    MAX_ROWS,
    ORDER_RULES,
    CoupleChoices,
    CouplePlan,
    PairRow,
    plan_couple,
    with_row_moved,
    with_rule,
    without_row,
)
from gmetui.shortlist.entries import Entry, entry_of

MAIN_MATCH, SF_MATCH = "nrmp-main-match", "sf-match"
BOSTON, WORCESTER, CHICAGO = Point(42.36, -71.06), Point(42.27, -71.81), Point(41.84, -87.68)
CITIES = {"Boston": BOSTON, "Worcester": WORCESTER, "Chicago": CHICAGO, "Somewhere": None}


def choice(program_id: str, rank: int, city: str = "Boston", match_id: str = MAIN_MATCH) -> RankedChoice:
    return RankedChoice(
        rank,
        program_id,
        f"Program {program_id}",
        program_id.upper(),
        "internal-medicine",
        city,
        "MA",
        CITIES[city],
        frozenset([match_id]),
    )


def listed(*cities: str, prefix: str = "a", match_id: str = MAIN_MATCH) -> tuple[RankedChoice, ...]:
    return tuple(choice(f"{prefix}{rank}", rank, city, match_id) for rank, city in enumerate(cities, 1))


def ranks(plan: CouplePlan) -> list[tuple[int, int]]:
    return [(row.mine.rank if row.mine else 0, row.theirs.rank if row.theirs else 0) for row in plan.rows]


def plan_of(
    catalog: Catalog,
    mine: Sequence[RankedChoice],
    theirs: Sequence[RankedChoice],
    choices: CoupleChoices | None = None,
) -> CouplePlan:
    return plan_couple(catalog, mine, theirs, choices or CoupleChoices())


MINE = listed("Boston", "Boston", "Worcester")
THEIRS = listed("Boston", "Boston", "Worcester", prefix="b")


def test_all_pairs_by_the_sum_of_the_ranks(catalog: Catalog) -> None:
    plan = plan_of(catalog, MINE, THEIRS)
    assert ranks(plan) == [(1, 1), (1, 2), (2, 1), (2, 2), (1, 3), (3, 1), (2, 3), (3, 2), (3, 3)]
    assert [row.miles for row in plan.rows] == [0, 0, 0, 0, 39, 39, 39, 39, 0]
    assert plan.possible == 9
    assert plan.match_id == MAIN_MATCH
    assert not plan.warning_ids or "unknown-codes" in plan.warning_ids


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("mine", [(1, 1), (1, 2), (1, 3), (2, 1), (2, 2), (2, 3), (3, 1), (3, 2), (3, 3)]),
        ("theirs", [(1, 1), (2, 1), (3, 1), (1, 2), (2, 2), (3, 2), (1, 3), (2, 3), (3, 3)]),
        ("near", [(1, 1), (1, 2), (2, 1), (2, 2), (3, 3), (1, 3), (3, 1), (2, 3), (3, 2)]),
    ],
)
def test_other_orders(catalog: Catalog, rule: str, expected: list[tuple[int, int]]) -> None:
    choices = with_rule(CoupleChoices(), next(known for known in ORDER_RULES if known == rule))
    assert ranks(plan_of(catalog, MINE, THEIRS, choices)) == expected


def test_near_orders_by_bands_and_unknown_cities_last(catalog: Catalog) -> None:
    theirs = listed("Chicago", "Somewhere", "Worcester", "Boston", prefix="b")
    plan = plan_of(catalog, listed("Boston"), theirs, CoupleChoices(rule="near"))
    assert [row.theirs.city for row in plan.rows if row.theirs] == ["Boston", "Worcester", "Chicago", "Somewhere"]
    assert "unknown-cities" in plan.warning_ids


def test_rows_beyond_the_miles_are_counted_and_unknown_ones_stay(catalog: Catalog) -> None:
    theirs = listed("Boston", "Worcester", "Chicago", "Somewhere", prefix="b")
    plan = plan_of(catalog, listed("Boston"), theirs, CoupleChoices(miles=39))
    assert ranks(plan) == [(1, 1), (1, 2), (1, 4)]
    assert plan.far_count == 1
    assert ranks(plan_of(catalog, listed("Boston"), theirs, CoupleChoices(miles=0))) == [(1, 1), (1, 4)]


def test_no_match_rows_come_only_when_asked_for_and_last(catalog: Catalog) -> None:
    assert plan_of(catalog, MINE, THEIRS).no_match_count == 0
    plan = plan_of(catalog, MINE, THEIRS, CoupleChoices(no_match=("mine", "theirs")))
    assert len(plan.rows) == 15
    assert ranks(plan)[9:] == [(1, 0), (2, 0), (3, 0), (0, 1), (0, 2), (0, 3)]
    other = plan_of(catalog, MINE, THEIRS, CoupleChoices(no_match=("theirs",)))
    assert ranks(other)[9:] == [(0, 1), (0, 2), (0, 3)]


@pytest.mark.parametrize(("first_size", "second_size"), [(3, 3), (18, 18), (20, 25)])
def test_nothing_is_cut_over_the_limit(catalog: Catalog, first_size: int, second_size: int) -> None:
    first, second = listed(*["Boston"] * first_size), listed(*["Worcester"] * second_size, prefix="b")
    plan = plan_of(catalog, first, second)
    assert len(plan.rows) == plan.possible == first_size * second_size
    assert plan.over_limit == max(0, first_size * second_size - MAX_ROWS)
    assert ("over-limit" in plan.warning_ids) is (plan.over_limit > 0)
    assert len({row.key for row in plan.rows}) == len(plan.rows)


def test_far_too_many_pairs_are_refused(catalog: Catalog) -> None:
    plan = plan_of(catalog, listed(*["Boston"] * 300), listed(*["Boston"] * 300, prefix="b"))
    assert plan.refusal == "300 and 300 programs give more than 40,000 pairs: shorten a list."
    assert not plan.rows


def test_different_matches_are_refused_with_the_one_that_comes_first(catalog: Catalog) -> None:
    later = tuple(each._replace(specialty="internal-medicine") for each in MINE)
    earlier = listed("Boston", prefix="b", match_id=SF_MATCH)
    plan = plan_of(catalog, later, tuple(each._replace(specialty="surgery") for each in earlier))
    assert plan.refusal.startswith("Both must be in the same match: your programs are in NRMP Main")
    assert not plan.rows


def test_a_program_in_another_match_is_left_out_with_the_reason(catalog: Catalog) -> None:
    mixed = (*THEIRS, choice("b9", 4, match_id=SF_MATCH))
    plan = plan_of(catalog, MINE, mixed)
    assert plan.possible == 9
    (exclusion,) = plan.exclusions
    assert (exclusion.partner, exclusion.choice.program_id, exclusion.reason) == ("theirs", "b9", "other-match")
    assert "both must be in the same match" in exclusion.text


def test_advanced_positions_are_left_out_unless_asked_for(catalog: Catalog) -> None:
    advanced = choice("b1", 1)._replace(has_advanced=True, has_other_positions=False)
    plan = plan_of(catalog, MINE, (advanced, choice("b2", 2)))
    assert [exclusion.reason for exclusion in plan.exclusions] == ["advanced"]
    assert plan.possible == 3
    assert plan_of(catalog, MINE, (advanced,), CoupleChoices(allows_advanced=True)).possible == 3
    both = choice("b1", 1)._replace(has_advanced=True)
    assert "partner-advanced" in plan_of(catalog, MINE, (both,)).warning_ids
    assert "my-advanced" in plan_of(catalog, (both,), THEIRS).warning_ids


def test_several_codes_are_offered_and_only_advanced_programs_need_a_supplemental_list(catalog: Catalog) -> None:
    several = choice("a1", 1)._replace(code=None, codes=("1261040C0", "1261040A0"), has_advanced=True)
    only_advanced = choice("b1", 1)._replace(has_advanced=True, has_other_positions=False)
    plan = plan_of(catalog, (several,), (only_advanced,), CoupleChoices(allows_advanced=True))
    notes = [note.value.text for note in couple_notes(catalog, plan, "2026-27")]
    assert any("choose the track" in note and "1261040C0, 1261040A0" in note for note in notes)
    assert any(note.startswith("Only advanced positions on your partner's list") for note in notes)
    assert any(note.startswith("On your list") and "also offers advanced positions" in note for note in notes)
    assert half_cells(1, several)[1] == "several codes; choose the track: 1261040C0, 1261040A0"


def test_an_unknown_match_is_paired_and_said(catalog: Catalog) -> None:
    unknown = choice("b1", 1)._replace(match_ids=frozenset())
    plan = plan_of(catalog, MINE, (unknown,))
    assert plan.possible == 3
    assert "unknown-match" in plan.warning_ids


@pytest.mark.parametrize(
    ("codes", "has_tracks", "code"),
    [
        ([], False, None),
        (["9901140C0"], True, "9901140C0"),
        (["9901140C0", "9901140P0"], True, "9901140C0"),
        (["9901140C0", "9901140C1"], True, None),
        (["9901140P0"], True, None),
        (["9901140P0"], False, "9901140P0"),
        (["9901140F0"], False, "9901140F0"),
        (["9901140A0", "9901140P0"], True, "9901140A0"),
    ],
)
def test_the_code_to_enter(codes: list[str], has_tracks: bool, code: str | None) -> None:
    assert code_to_enter(codes, has_tracks=has_tracks) == code


def test_choices_of_a_list(catalog: Catalog) -> None:
    medicine = catalog.program["larkspur-internal-medicine-residency"]
    choices = ranked_choices(catalog, [entry_of(catalog, medicine), Entry("gone", "Gone Program", "Gone Hospital")])
    assert choices[0].code == "9901140C0"
    assert choices[0].match_ids == {MAIN_MATCH}
    assert choices[0].location == "Port Ellery, MA"
    assert choices[0].point == catalog.gazetteer.point_of("Port Ellery", "MA")
    assert choices[1].title == "Gone Hospital · Gone Program"
    assert choices[1].point is None
    assert pair_lists(catalog, choices, choices).match_id == MAIN_MATCH


# Changes by hand.


def test_moving_a_row_makes_the_order_the_couple_s_own(catalog: Catalog) -> None:
    plan = plan_of(catalog, MINE, THEIRS)
    choices = with_row_moved(plan, 8, -1)
    moved = plan_of(catalog, MINE, THEIRS, choices)
    assert ranks(moved) == [(1, 1), (1, 2), (2, 1), (2, 2), (1, 3), (3, 1), (2, 3), (3, 3), (3, 2)]
    assert ranks(plan_of(catalog, MINE, THEIRS, with_row_moved(moved, 7, 1))) == ranks(plan)
    assert with_row_moved(plan, 0, -1) == plan.choices
    assert with_row_moved(plan, 8, 1) == plan.choices
    assert ranks(plan_of(catalog, MINE, THEIRS, with_rule(choices, "sum"))) == ranks(plan)


def test_a_row_that_is_taken_out_can_come_back(catalog: Catalog) -> None:
    plan = plan_of(catalog, MINE, THEIRS)
    choices = without_row(plan, 0)
    shorter = plan_of(catalog, MINE, THEIRS, choices)
    assert (1, 1) not in ranks(shorter)
    assert (shorter.removed_count, len(shorter.rows), shorter.possible) == (1, 8, 9)
    assert ranks(plan_of(catalog, MINE, THEIRS, choices._replace(removed=()))) == ranks(plan)
    assert without_row(plan, 99) == plan.choices


def test_rows_beyond_the_miles_keep_their_places(catalog: Catalog) -> None:
    near = plan_of(catalog, MINE, THEIRS, CoupleChoices(miles=0))
    moved = with_row_moved(near, 4, -1)  # the row of Worcester, past that of 2 + 2
    everything = plan_of(catalog, MINE, THEIRS, moved._replace(miles=None))
    assert ranks(everything) == [(1, 1), (1, 2), (2, 1), (3, 3), (2, 2), (1, 3), (3, 1), (2, 3), (3, 2)]
    assert not any(row.is_new for row in everything.rows)


def test_pairs_of_a_new_program_come_after_the_couple_s_own_order(catalog: Catalog) -> None:
    choices = with_row_moved(plan_of(catalog, MINE[:2], THEIRS[:2]), 3, -1)
    plan = plan_of(catalog, MINE, THEIRS[:2], choices._replace(no_match=("mine",)))
    assert ranks(plan)[:4] == [(1, 1), (1, 2), (2, 2), (2, 1)]
    assert [(row.is_new, rank) for row, rank in zip(plan.rows, ranks(plan), strict=True)][4:] == [
        (True, (3, 1)),
        (True, (3, 2)),
        (False, (1, 0)),
        (False, (2, 0)),
        (False, (3, 0)),
    ]


def test_rows_of_a_program_that_left_are_gone_and_return_to_their_places(catalog: Catalog) -> None:
    choices = with_row_moved(plan_of(catalog, MINE, THEIRS), 8, -1)
    without = plan_of(catalog, MINE[:2], THEIRS, choices)
    assert len(without.rows) == 6
    assert ranks(plan_of(catalog, MINE, THEIRS, choices))[7] == (3, 3)


ROWS = st.lists(st.sampled_from(sorted(CITIES)), max_size=6)
STEPS = st.lists(st.tuples(st.sampled_from(["up", "down", "out"]), st.integers(0, 40)), max_size=12)


@given(
    ROWS,
    ROWS,
    st.sampled_from(sorted(ORDER_RULES)),
    st.none() | st.integers(0, 100),
    st.lists(st.sampled_from(["mine", "theirs"]), max_size=3),
    STEPS,
)
def test_every_row_is_once_and_both_halves_are_equal(
    catalog: Catalog,
    mine_cities: list[str],
    their_cities: list[str],
    rule: str,
    miles: int | None,
    no_match: list[str],
    steps: list[tuple[str, int]],
) -> None:
    mine, theirs = listed(*mine_cities), listed(*their_cities, prefix="b")
    partners = tuple(partner for partner in ("mine", "theirs") if partner in no_match)
    choices = CoupleChoices(next(known for known in ORDER_RULES if known == rule), miles, partners)
    removed = 0
    for step, index in steps:
        plan = plan_of(catalog, mine, theirs, choices)
        if step == "out":
            removed += index < len(plan.rows)
            choices = without_row(plan, index)
        else:
            choices = with_row_moved(plan, index, 1 if step == "down" else -1)
    plan = plan_of(catalog, mine, theirs, choices)
    keys = [row.key for row in plan.rows]
    assert len(set(keys)) == len(keys)
    halves = [[row.choice(partner) for row in plan.rows] for partner in ("mine", "theirs")]
    assert len(halves[0]) == len(halves[1]) == len(plan.rows)
    assert all(row.mine or row.theirs for row in plan.rows)
    expected = {row.key for row in _expected_rows(mine, theirs, partners, miles)}
    assert set(keys) <= expected
    assert len(expected) - len(keys) == len(expected & set(choices.removed)) <= removed
    assert plan.possible == len(mine) * len(theirs)


def _expected_rows(
    mine: Sequence[RankedChoice], theirs: Sequence[RankedChoice], partners: Sequence[str], miles: int | None
) -> list[PairRow]:
    distances = {("Boston", "Worcester"): 39, ("Boston", "Chicago"): 857, ("Worcester", "Chicago"): 816}
    rows = []
    for first, second in product(mine, theirs):
        pair = tuple(sorted((str(first.city), str(second.city)), key=list(CITIES).index))
        distance = 0 if pair[0] == pair[1] else distances.get((pair[0], pair[1]))
        if miles is None or distance is None or distance <= miles:
            rows.append(PairRow(first, second))
    if "mine" in partners:
        rows += [PairRow(each, None) for each in mine]
    if "theirs" in partners:
        rows += [PairRow(None, each) for each in theirs]
    return rows


def test_the_match_that_comes_first_is_named(bundled_catalog: Catalog) -> None:
    """Ophthalmology matches before internal medicine does."""
    eyes = tuple(each._replace(specialty="ophthalmology") for each in listed("Boston", prefix="b", match_id=SF_MATCH))
    refusal = plan_of(bundled_catalog, MINE, eyes).refusal
    assert "Both must be in the same match" in refusal
    assert "SF Match comes first: it can be ranked knowing nothing of the other." in refusal


def test_why_there_are_no_rows_is_said(catalog: Catalog) -> None:
    advanced = choice("b1", 1)._replace(has_advanced=True, has_other_positions=False)
    far = listed("Chicago", prefix="b")
    assert empty_text(plan_of(catalog, (), THEIRS)) == "Your list is empty."
    assert empty_text(plan_of(catalog, MINE, ())) == "Your partner's list is empty."
    assert empty_text(plan_of(catalog, MINE, (advanced,))) == "Your partner's list has no program that can be paired."
    assert empty_text(plan_of(catalog, MINE, far, CoupleChoices(miles=10))) == "No pair is within 10 miles."
    removed = CoupleChoices(removed=(("a1", "b1"),))
    assert empty_text(plan_of(catalog, MINE[:1], THEIRS[:1], removed)) == "All rows were removed."
