"""A person's own columns: what may stand in them, knock-outs, scores, and orders."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gmetui.shortlist.columns import KINDS, Value, fits, kind_of, knocks_out, named_column, read_value, shown
from gmetui.shortlist.entries import Entry, Shortlist
from gmetui.shortlist.scores import in_order, orders, standings


@pytest.mark.parametrize(
    ("kind", "typed", "value"),
    [
        ("text", " x\x1b y ", "x y"),
        ("number", "65,000", 65000),
        ("number", "$65,000.50", 65000.5),
        ("number", "-3", -3),
        ("yes/no", "Y", True),
        ("yes/no", "TRUE", True),
        ("yes/no", "no", False),
        ("date", "2027-01-15", "2027-01-15"),
        ("date", "1/5/2027", "2027-01-05"),
        ("date", "2027-01-15 00:00:00", "2027-01-15"),
        ("1-5", "4.0", 4),
        ("1-5", "", None),
    ],
)
def test_what_is_typed_is_read(kind: str, typed: str, value: Value | None) -> None:
    assert read_value(kind, typed) == value
    if value is not None:
        assert type(read_value(kind, typed)) is type(value)
        assert fits(kind, value)


@pytest.mark.parametrize(
    ("kind", "typed"),
    [
        *(("number", typed) for typed in ("many", "1,2", "1e999", "9" * 40, "٣")),
        *(("yes/no", "maybe"), ("date", "soon"), ("date", "13/40/2027")),
        *(("1-5", "6"), ("1-5", "0"), ("1-5", "2.5")),
    ],
)
def test_what_makes_no_sense_is_said(kind: str, typed: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        read_value(kind, typed)


@given(st.sampled_from(KINDS), st.text(max_size=12) | st.integers().map(str) | st.floats().map(str))
def test_what_is_shown_is_read_again(kind: str, typed: str) -> None:
    try:
        value = read_value(kind, typed)
    except ValueError:
        return
    assert read_value(kind, shown(value)) == value


@pytest.mark.parametrize(
    ("cells", "kind"),
    [
        (["1", "5", ""], "1-5"),
        (["yes", "No"], "yes/no"),
        (["2027-01-01", "1/2/2027"], "date"),
        (["7", "65,000"], "number"),
        (["7", "many"], "text"),
        (["", ""], "text"),
    ],
)
def test_the_kind_of_a_column_of_a_spreadsheet(cells: list[str], kind: str) -> None:
    assert kind_of(cells) == kind


@pytest.mark.parametrize(
    ("kind", "must", "value", "out"),
    [
        ("yes/no", "yes", False, True),
        ("yes/no", "yes", True, False),
        ("yes/no", "yes", None, False),
        ("1-5", ">= 3", 2, True),
        ("1-5", ">=3", 3, False),
        ("number", "< 10", 10, True),
        ("number", "10", 10, False),
        ("date", "<= 2027-07-01", "2027-07-02", True),
        ("text", "Boston", "boston", False),
        ("text", "Boston", "Worcester", True),
        ("text", "", "Worcester", False),
    ],
)
def test_knock_outs(kind: str, must: str, value: Value | None, out: bool) -> None:
    assert knocks_out(named_column("x", kind, must=must), value) is out


@pytest.mark.parametrize(
    ("name", "kind", "weight", "must"),
    [
        *(("", "text", 0, ""), ("x" * 61, "text", 0, ""), ("x", "colour", 0, ""), ("x", "text", 2, "")),
        *(("x", "number", math.inf, ""), ("x", "number", 0, ">= many"), ("x", "yes/no", 0, "> no")),
    ],
)
def test_columns_that_make_no_sense(name: str, kind: str, weight: float, must: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        named_column(name, kind, weight, must)


def weighed() -> Shortlist:
    shortlist = Shortlist(entries=tuple(Entry(own, own.upper(), "H") for own in "abcd"))
    for column in (
        named_column("near", "1-5", 3),
        named_column("pay", "number", 1),
        named_column("miles", "number", -1),
        named_column("h1b", "yes/no", 0, "yes"),
    ):
        shortlist = shortlist.with_column(column)
    for own, near, pay, miles in (("a", 5, 60, 10), ("b", 1, 80, 0), ("c", 3, 70, 5)):
        shortlist = shortlist.valued(own, "near", near).valued(own, "pay", pay).valued(own, "miles", miles)
    return shortlist


def test_scores_are_the_weighted_mean_and_can_be_overridden() -> None:
    found = standings(weighed())
    # a: near 1, pay 0, miles 0 of weights 3 1 1; b: near 0, pay 1, miles 1; c: in the middle of all
    assert [found[own].score for own in "abcd"] == [60, 40, 50, None]
    assert found["d"].words == ""
    assert standings(weighed().scored("b", 99))["b"].words == "99!"
    assert standings(weighed().valued("a", "pay", None))["a"].words.endswith("?")
    out = standings(weighed().valued("a", "h1b", False).scored("a", 100))["a"]
    assert (out.score, out.lacks, out.words) == (None, ("h1b",), "out")


def test_orders_put_what_is_not_filled_in_last_both_ways() -> None:
    shortlist = weighed()
    assert [entry.id for entry in in_order(shortlist, "score")] == ["a", "c", "b", "d"]
    assert [entry.id for entry in in_order(shortlist, "-score")] == ["b", "c", "a", "d"]
    assert [entry.id for entry in in_order(shortlist, "miles")] == ["b", "c", "a", "d"]
    assert [entry.id for entry in in_order(shortlist, "pay")] == ["b", "c", "a", "d"]
    assert in_order(shortlist, "rank") is shortlist
    assert in_order(shortlist, "nothing") is shortlist
    statuses = shortlist.with_status("c", "invited").with_status("b", "interested").with_status("a", "own word")
    assert [entry.id for entry in in_order(statuses, "status")] == ["b", "c", "a", "d"]


@given(st.data())
def test_every_order_keeps_everybody(data: st.DataObject) -> None:
    shortlist = weighed().rated("b", 3).tagged("a", ["x"]).dated("d", "interview", "2027-01-01")
    key = data.draw(st.sampled_from([*orders(shortlist)])) if data.draw(st.booleans()) else "-score"
    assert sorted(entry.id for entry in in_order(shortlist, key)) == list("abcd")


def test_a_column_renamed_changed_and_removed_takes_its_values_along() -> None:
    shortlist = weighed()
    renamed = shortlist.with_column(named_column("close", "1-5", 2), "near")
    assert [own.name for own in renamed.columns] == ["close", "pay", "miles", "h1b"]
    assert renamed.entries[0].value("close") == 5
    assert renamed.entries[0].value("near") is None
    graded = shortlist.with_column(named_column("pay", "1-5"))
    assert graded.entries[0].value("pay") is None, "60 is no grade"
    assert "pay" not in dict(shortlist.without_column("pay").entries[0].own)
