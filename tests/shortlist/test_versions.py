"""Two copies of a list that grew apart, field by field."""

from __future__ import annotations

from gmetui.shortlist.columns import named_column
from gmetui.shortlist.entries import Entry, Shortlist
from gmetui.shortlist.versions import differences, merged

BASE = Shortlist(entries=(Entry("a", "A", "H"), Entry("b", "B", "H")))


def test_both_change_one_entry_and_nothing_is_lost() -> None:
    ours = BASE.rated("a", 5).dated("a", "interview", "2027-01-15").noted("a", "mine")
    theirs = BASE.with_status("a", "invited").dated("a", "deadline", "2026-12-01").noted("a", "theirs")
    entry = merged(BASE, ours, theirs).entries[0]
    assert (entry.rating, entry.status) == (5, "invited")
    assert entry.dates == (("deadline", "2026-12-01"), ("interview", "2027-01-15"))
    assert entry.note == "theirs\n\nmine"


def test_columns_and_values_of_both_stay() -> None:
    ours = BASE.with_column(named_column("near", "1-5", 2)).valued("a", "near", 4)
    theirs = BASE.with_column(named_column("pay", "number")).valued("a", "pay", 60)
    joined = merged(BASE, ours, theirs)
    assert {own.name for own in joined.columns} == {"near", "pay"}
    assert dict(joined.entries[0].own) == {"near": 4, "pay": 60}


def test_one_changes_the_kind_of_a_column_while_the_other_fills_it_in() -> None:
    base = BASE.with_column(named_column("pay", "text"))
    ours, theirs = (
        base.valued("a", "pay", "good"),
        base.with_column(named_column("pay", "number", 2)).valued("b", "pay", 7),
    )
    for joined in (merged(base, ours, theirs), merged(base, theirs, ours)):
        assert [own.kind for own in joined.columns] == ["text"]
        assert [entry.value("pay") for entry in joined] == ["good", "7"]
    assert merged(base, base.valued("a", "pay", "12"), theirs).entries[0].value("pay") == 12


def test_one_removes_a_column_that_the_other_fills_in() -> None:
    base = BASE.with_column(named_column("pay", "number"))
    joined = merged(base, base.without_column("pay"), base.valued("a", "pay", 3).rated("b", 2))
    assert not joined.columns
    assert not joined.entries[0].own
    assert joined.entries[1].rating == 2


def test_what_one_removed_stays_where_the_other_changed_it() -> None:
    assert "a" in merged(BASE, BASE.removed("a"), BASE.noted("a", "x"))
    assert "a" in merged(BASE, BASE.noted("a", "x"), BASE.removed("a"))
    assert "a" not in merged(BASE, BASE.removed("a"), BASE.noted("b", "x"))


def test_both_add_the_same_program() -> None:
    ours, theirs = (BASE.added(Entry("c", "C", "H")) for _ in range(2))
    joined = merged(BASE, ours.rated("c", 3), theirs.with_status("c", "applied"))
    assert joined.entry("c") == Entry("c", "C", "H", status="applied", rating=3)


def test_differences_name_columns_and_values() -> None:
    new = (
        BASE.with_column(named_column("near", "1-5", 2))
        .valued("a", "near", 4)
        .remarked("b", "Dr", "good")
        .scored("b", 0)
    )
    assert differences(BASE, new) == [
        "column added: near",
        "near: A, H: none → 4",
        "remarks: B, H: none → Dr good",
        "score: B, H: none → 0",
    ]
    changed = new.with_column(named_column("near", "1-5", 5, ">= 2"))
    assert differences(new, changed) == ["column near: 1-5, weight 2 → 1-5, weight 5, must be >= 2"]
