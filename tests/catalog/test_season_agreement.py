"""Imported dates beside those of the data: the same day and kind agree, two of a kind disagree, the rest is new."""

from __future__ import annotations

from msgspec.structs import replace

from gmetui.catalog.ids import SourceId
from gmetui.catalog.season import SeasonDate
from gmetui.catalog.season_agreement import joined_dates

BUNDLED = SeasonDate(
    id="b",
    service="eras",
    cycle="2026-27",
    what="application",
    nature="deadline",
    on="2026-09-24",
    text="Deadline",
    source=(SourceId("page"),),
    third_party=True,
)
IMPORTED = replace(BUNDLED, id="i", source=(SourceId("file"),), third_party=False, time="12:00", zone="ET")


def test_the_same_day_and_kind_agree() -> None:
    (joined,) = joined_dates([BUNDLED], [IMPORTED]).values()
    assert (joined.id, joined.source, joined.third_party) == ("b", ("page", "file"), False)
    assert (joined.time, joined.zone) == ("12:00", "ET")


def test_another_day_disagrees_on_both_sides() -> None:
    joined = joined_dates([BUNDLED], [replace(IMPORTED, on="2026-09-25")])
    assert (joined["b"].disagrees, joined["i"].disagrees) == ("i", "b")
    assert joined["b"].source == ("page",)


def test_another_time_of_the_day_disagrees() -> None:
    joined = joined_dates([replace(BUNDLED, time="09:00", zone="ET")], [IMPORTED])
    assert joined["b"].disagrees == "i"


def test_the_same_instant_on_two_clocks_agrees() -> None:
    west = replace(BUNDLED, time="23:59", zone="PT")
    east = replace(IMPORTED, on="2026-09-25", time="02:59")
    assert list(joined_dates([west], [east])) == ["b"]


def test_what_cannot_be_compared_is_new() -> None:
    later = replace(IMPORTED, on="2026-12-24")
    unknown = replace(IMPORTED, nature="other")
    other_cycle = replace(IMPORTED, cycle="2027-28")
    for imported in (later, unknown, other_cycle):
        assert joined_dates([BUNDLED], [imported]) == {"b": BUNDLED, "i": imported}


def test_two_of_a_kind_contradict_nothing() -> None:
    first, second = replace(IMPORTED, on="2026-09-25"), replace(IMPORTED, id="j", on="2026-09-26")
    assert joined_dates([BUNDLED], [first, second]) == {"b": BUNDLED, "i": first, "j": second}
    fellowship = replace(BUNDLED, part="fellowship")
    assert joined_dates([fellowship], [first]) == {"b": fellowship, "i": first}


def test_an_id_of_the_data_is_not_replaced() -> None:
    assert joined_dates([BUNDLED], [replace(IMPORTED, id="b")]) == {"b": BUNDLED}
