"""Differences between two versions as sentences."""

from __future__ import annotations

from gmetui.shortlist.columns import custom_column
from gmetui.shortlist.diff import differences
from gmetui.shortlist.entries import Entry, Shortlist

OLD = Shortlist(entries=tuple(Entry(program_id, program_id.upper(), "H") for program_id in "abc"))


def test_equal_versions_have_no_differences() -> None:
    assert differences(OLD, OLD) == []


def test_programs_added_removed_moved_and_edited() -> None:
    new = OLD.with_position("c", 0).without_entry("b").with_entry(Entry("d", "D", "H"))
    new = new.with_status("a", "applied").with_rating("c", 4)
    assert differences(OLD, new) == [
        "added: D, H",
        "removed: B, H",
        "moved up 1: C, H",
        "rating changed: C, H: none → 4",
        "moved down 1: A, H",
        "status changed: A, H: none → applied",
    ]


def test_every_field_of_an_entry() -> None:
    new = OLD.with_note("a", "two\nlines").with_tags("a", ["near", "big"]).with_date("a", "interview", "2027-01-05")
    new = new.with_comment("a", "Dr. Grey", "good").with_score("a", 0)
    assert differences(OLD, new) == [
        "tags changed: A, H: none → near, big",
        "dates changed: A, H: none → interview Jan 5, 2027",
        "note changed: A, H: none → two lines",
        "comments changed: A, H: none → Dr. Grey: good",
        "score changed: A, H: none → 0",
    ]


def test_columns_and_their_values() -> None:
    added = OLD.with_column(custom_column("near", "1-5", 2)).with_value("a", "near", 4)
    assert differences(OLD, added) == ["column added: near", "“near” changed: A, H: none → 4"]
    changed = added.with_column(custom_column("near", "1-5", 5, ">= 2"))
    assert differences(added, changed) == [
        "column changed: near: 1-5, weight 2 → 1-5, weight 5, must be >= 2",
    ]
    assert differences(added, OLD) == ["column removed: near", "“near” changed: A, H: 4 → none"]


def test_entry_without_a_name_is_shown_by_its_id() -> None:
    assert differences(Shortlist(), Shortlist(entries=(Entry("x-1"),))) == ["added: x-1"]
