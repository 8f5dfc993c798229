"""The list as a value: adding, removing, moving, and editing entries and columns."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gmetui.catalog.catalog import Catalog
from gmetui.shortlist.columns import custom_column
from gmetui.shortlist.entries import Entry, Shortlist, entry_of
from gmetui.shortlist.fact_changes import fingerprint, snapshot_of

PROGRAM_IDS = st.lists(st.sampled_from("abcdef"), unique=True, max_size=6)


def list_of(program_ids: list[str]) -> Shortlist:
    return Shortlist(entries=tuple(Entry(program_id) for program_id in program_ids))


def ids(shortlist: Shortlist) -> list[str]:
    return [entry.id for entry in shortlist]


@given(PROGRAM_IDS, st.sampled_from("abcdef"))
def test_toggling_twice_restores_the_list_without_the_entry(start: list[str], program_id: str) -> None:
    shortlist, entry = list_of(start), Entry(program_id)
    toggled_twice = shortlist.with_entry_toggled(entry).with_entry_toggled(entry)
    assert toggled_twice.without_entry(program_id) == shortlist.without_entry(program_id)
    assert ids(shortlist.with_entry(entry)).count(program_id) == 1


@given(PROGRAM_IDS, st.sampled_from("abcdef"), st.integers(-3, 9))
def test_moving_changes_only_one_position(start: list[str], program_id: str, position: int) -> None:
    shortlist = list_of(start)
    moved = shortlist.with_position(program_id, position)
    if program_id not in start:
        assert moved is shortlist
        return
    assert ids(moved).index(program_id) == max(0, min(position, len(start) - 1))
    assert ids(moved.without_entry(program_id)) == ids(shortlist.without_entry(program_id))


def test_note_and_status_are_replaced() -> None:
    shortlist = list_of(["a", "b"]).with_note("a", "x").with_status("a", "applied")
    assert shortlist.entries[0] == Entry("a", note="x", status="applied")
    assert shortlist.with_note("z", "x") is shortlist


def test_rating_is_clamped() -> None:
    shortlist = list_of(["a"])
    assert shortlist.with_rating("a", 9).entries[0].rating == 5
    assert shortlist.with_rating("a", -1) == shortlist


def test_tags_are_sanitized_and_unique() -> None:
    assert list_of(["b"]).with_tags("b", ["x", " x ", "", "y\x1b"]).entries[0].tags == ("x", "y")


def test_dates_are_in_date_order_and_removable() -> None:
    shortlist = list_of(["a"]).with_date("a", "interview", "2027-02-03").with_date("a", "deadline", "2026-12-01")
    assert shortlist.entries[0].dates == (("deadline", "2026-12-01"), ("interview", "2027-02-03"))
    moved_up = shortlist.with_date("a", "interview", "2026-11-01")
    assert moved_up.entries[0].dates == (("interview", "2026-11-01"), ("deadline", "2026-12-01"))
    assert shortlist.with_date("a", "interview", "").with_date("a", "deadline", "") == list_of(["a"])


def test_invalid_date_is_rejected() -> None:
    with pytest.raises(ValueError, match=r"2026-02-30|day is out of range|Invalid"):
        list_of(["a"]).with_date("a", "interview", "2026-02-30")


def test_comment_replaces_the_earlier_one_of_its_reviewer() -> None:
    shortlist = list_of(["a"]).with_comment("a", "Dr. Grey", "good").with_comment("a", "Dr. Yang", "far")
    shortlist = shortlist.with_comment("a", " Dr. Grey ", "very\ngood")
    assert dict(shortlist.entries[0].comments) == {"Dr. Yang": "far", "Dr. Grey": "very\ngood"}
    assert dict(shortlist.with_comment("a", "Dr. Grey", " ").entries[0].comments) == {"Dr. Yang": "far"}


def columns_list() -> Shortlist:
    shortlist = list_of(["a", "b"])
    for column in (custom_column("near", "1-5", 3), custom_column("pay", "number"), custom_column("h1b", "yes/no")):
        shortlist = shortlist.with_column(column)
    return shortlist.with_value("a", "pay", 60).with_value("a", "near", 5).with_value("a", "h1b", False)


def test_values_are_in_column_order() -> None:
    shortlist = columns_list()
    assert shortlist.entries[0].values == (("near", 5), ("pay", 60), ("h1b", False))
    assert shortlist.with_value("a", "pay", None).entries[0].values == (("near", 5), ("h1b", False))


def test_renamed_column_keeps_its_position_and_values() -> None:
    renamed = columns_list().with_column(custom_column("close", "1-5", 2), "near")
    assert [column.name for column in renamed.columns] == ["close", "pay", "h1b"]
    assert renamed.entries[0].value("close") == 5
    assert renamed.entries[0].value("near") is None


def test_values_that_do_not_fit_a_new_kind_are_dropped() -> None:
    rating_column = columns_list().with_column(custom_column("pay", "1-5"))
    assert rating_column.entries[0].value("pay") is None, "60 is not a rating"
    text_column = columns_list().with_column(custom_column("pay", "text"))
    assert text_column.entries[0].value("pay") == "60"


def test_removed_column_takes_its_values_along() -> None:
    shortlist = columns_list().without_column("pay")
    assert [column.name for column in shortlist.columns] == ["near", "h1b"]
    assert shortlist.entries[0].values == (("near", 5), ("h1b", False))


def test_new_entry_has_names_and_a_fingerprint(catalog: Catalog) -> None:
    program = catalog.programs[0]
    entry = entry_of(catalog, program)
    assert (entry.id, entry.name) == (program.id, program.name)
    assert entry.institution == catalog.institution[program.institution].name
    assert entry.fingerprint == fingerprint(snapshot_of(catalog, program))
