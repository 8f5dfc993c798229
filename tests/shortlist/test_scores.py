"""Scores from custom columns, and sorting."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gmetui.shortlist.columns import custom_column
from gmetui.shortlist.entries import Entry, Shortlist
from gmetui.shortlist.scores import column_values, scores, sort_keys, sorted_by


@pytest.fixture
def shortlist() -> Shortlist:
    """Four programs: a, b and c are filled in, d is blank."""
    return weighted_list()


def weighted_list() -> Shortlist:
    shortlist = Shortlist(entries=tuple(Entry(program_id, program_id.upper(), "H") for program_id in "abcd"))
    for column in (
        custom_column("near", "1-5", 3),
        custom_column("pay", "number", 1),
        custom_column("miles", "number", -1),
        custom_column("h1b", "yes/no", 0, "yes"),
    ):
        shortlist = shortlist.with_column(column)
    for program_id, near, pay, miles in (("a", 5, 60, 10), ("b", 1, 80, 0), ("c", 3, 70, 5)):
        shortlist = shortlist.with_value(program_id, "near", near)
        shortlist = shortlist.with_value(program_id, "pay", pay).with_value(program_id, "miles", miles)
    return shortlist


def ids(shortlist: Shortlist) -> list[str]:
    return [entry.id for entry in shortlist]


def test_score_is_the_weighted_mean(shortlist: Shortlist) -> None:
    # With weights 3, 1 and 1: a is 1, 0, 0; b is 0, 1, 1; c is in the middle of all three columns.
    assert [scores(shortlist)[program_id].value for program_id in "abcd"] == [60, 40, 50, None]
    assert scores(shortlist)["d"].text == ""


def test_manual_score_replaces_the_computed_one(shortlist: Shortlist) -> None:
    assert scores(shortlist.with_score("b", 99))["b"].text == "99!"
    assert scores(shortlist.with_score("b", 101))["b"].value == 100
    assert scores(shortlist.with_score("b", 99).with_score("b", None))["b"].text == "40"


def test_score_with_blank_columns_is_marked(shortlist: Shortlist) -> None:
    # Only near and miles are left for a: (3 * 1 + 1 * 0) / 4.
    assert scores(shortlist.with_value("a", "pay", None))["a"].text == "75?"


def test_violated_requirement_removes_the_score(shortlist: Shortlist) -> None:
    score = scores(shortlist.with_value("a", "h1b", False).with_score("a", 100))["a"]
    assert (score.value, score.violations, score.text) == (None, ("h1b",), "out")


def test_column_with_a_single_value_scores_in_the_middle() -> None:
    shortlist = Shortlist(entries=(Entry("a"), Entry("b"))).with_column(custom_column("pay", "number", 2))
    shortlist = shortlist.with_value("a", "pay", 60).with_value("b", "pay", 60)
    assert [score.value for score in scores(shortlist).values()] == [50, 50]


def test_yes_no_column_scores_all_or_nothing() -> None:
    shortlist = Shortlist(entries=(Entry("a"), Entry("b"))).with_column(custom_column("h1b", "yes/no", 1))
    assert scores(shortlist.with_value("a", "h1b", True))["a"].value == 100
    assert scores(shortlist.with_value("a", "h1b", False))["a"].value == 0


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        ("score", "acbd"),
        ("-score", "bcad"),
        ("miles", "bcad"),
        ("pay", "bcad"),
        ("near", "acbd"),
        ("-near", "bcad"),
    ],
)
def test_sort_puts_missing_values_last_in_both_directions(shortlist: Shortlist, key: str, expected: str) -> None:
    assert ids(sorted_by(shortlist, key)) == list(expected)


def test_sort_by_rank_or_an_unknown_key_changes_nothing(shortlist: Shortlist) -> None:
    assert sorted_by(shortlist, "rank") is shortlist
    assert sorted_by(shortlist, "unknown") is shortlist


def test_sort_by_status_follows_the_season(shortlist: Shortlist) -> None:
    shortlist = shortlist.with_status("c", "invited").with_status("b", "interested").with_status("a", "waiting")
    assert ids(sorted_by(shortlist, "status")) == ["b", "c", "a", "d"]


def test_ties_keep_the_rank_order() -> None:
    shortlist = Shortlist(entries=tuple(Entry(program_id, rating=3) for program_id in "cab"))
    assert ids(sorted_by(shortlist, "rating")) == ["c", "a", "b"]
    assert ids(sorted_by(shortlist, "-rating")) == ["c", "a", "b"]


@given(st.data())
def test_sorting_loses_no_entry(data: st.DataObject) -> None:
    shortlist = weighted_list().with_rating("b", 3).with_tags("a", ["x"]).with_date("d", "interview", "2027-01-01")
    key = data.draw(st.sampled_from([*sort_keys(shortlist)])) if data.draw(st.booleans()) else "-score"
    assert sorted(ids(sorted_by(shortlist, key))) == list("abcd")


def test_filled_in_columns_are_listed_as_text(shortlist: Shortlist) -> None:
    entry = shortlist.with_value("a", "h1b", True).entries[0]
    values = [(column.name, text) for column, text in column_values(shortlist, entry)]
    assert values == [("near", "5"), ("pay", "60"), ("miles", "10"), ("h1b", "yes")]
