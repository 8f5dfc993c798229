"""Three-way merge: no change of either side is lost."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from gmetui.shortlist.columns import custom_column
from gmetui.shortlist.entries import Entry, Shortlist
from gmetui.shortlist.merge import join_entries, merge, merge_texts

PROGRAM_IDS = st.lists(st.sampled_from("abcdef"), unique=True, max_size=6)
NOTES = st.dictionaries(st.sampled_from("abcdef"), st.text("xyz", min_size=1, max_size=3), max_size=3)
BASE = Shortlist(entries=(Entry("a", "A", "H"), Entry("b", "B", "H")))


def list_of(program_ids: list[str], notes: dict[str, str] | None = None) -> Shortlist:
    shortlist = Shortlist(entries=tuple(Entry(program_id) for program_id in program_ids))
    for program_id, note in (notes or {}).items():
        shortlist = shortlist.with_note(program_id, note)
    return shortlist


def ids(shortlist: Shortlist) -> list[str]:
    return [entry.id for entry in shortlist]


@given(PROGRAM_IDS, PROGRAM_IDS, PROGRAM_IDS, NOTES, NOTES)
def test_no_addition_or_edit_is_lost(
    base: list[str], ours: list[str], theirs: list[str], our_notes: dict[str, str], their_notes: dict[str, str]
) -> None:
    our_list, their_list = list_of(ours, our_notes), list_of(theirs, their_notes)
    merged = merge(list_of(base), our_list, their_list)
    merged_ids = set(ids(merged))
    assert len(ids(merged)) == len(merged_ids)
    for program_id in "abcdef":
        our_note, their_note = our_notes.get(program_id, ""), their_notes.get(program_id, "")
        in_ours, in_theirs = program_id in ours, program_id in theirs
        edited = (in_ours and bool(our_note)) or (in_theirs and bool(their_note))
        added = program_id not in base and (in_ours or in_theirs)
        assert (program_id in merged_ids) == ((in_ours and in_theirs) or edited or added)
        entry = merged.entry(program_id)
        if entry is not None:
            assert not in_ours or our_note in entry.note
            assert not in_theirs or their_note in entry.note


@given(PROGRAM_IDS, PROGRAM_IDS, NOTES)
def test_only_our_changes(base: list[str], ours: list[str], notes: dict[str, str]) -> None:
    assert merge(list_of(base), list_of(ours, notes), list_of(base)) == list_of(ours, notes)


@given(PROGRAM_IDS, PROGRAM_IDS, NOTES)
def test_only_their_changes(base: list[str], theirs: list[str], notes: dict[str, str]) -> None:
    assert merge(list_of(base), list_of(base), list_of(theirs, notes)) == list_of(theirs, notes)


def test_our_order_wins_if_we_reordered() -> None:
    base, ours, theirs = list_of(["a", "b", "c"]), list_of(["c", "a", "b"]), list_of(["d", "b", "a", "c"])
    assert ids(merge(base, ours, theirs)) == ["c", "a", "b", "d"]


def test_their_order_wins_if_we_did_not_reorder() -> None:
    base, ours, theirs = list_of(["a", "b", "c"]), list_of(["a", "c", "x"]), list_of(["c", "d", "b", "a"])
    assert ids(merge(base, ours, theirs)) == ["c", "d", "a", "x"]


def test_different_fields_of_one_entry_are_both_changed() -> None:
    ours = BASE.with_rating("a", 5).with_date("a", "interview", "2027-01-15").with_note("a", "mine")
    theirs = BASE.with_status("a", "invited").with_date("a", "deadline", "2026-12-01").with_note("a", "theirs")
    entry = merge(BASE, ours, theirs).entries[0]
    assert (entry.rating, entry.status) == (5, "invited")
    assert entry.dates == (("deadline", "2026-12-01"), ("interview", "2027-01-15"))
    assert entry.note == "theirs\n\nmine"


def test_the_same_field_changed_on_both_sides_is_ours() -> None:
    merged = merge(BASE, BASE.with_status("a", "applied"), BASE.with_status("a", "invited"))
    assert merged.entries[0].status == "applied"


def test_a_note_deleted_on_our_side_and_edited_on_theirs_stays() -> None:
    base = BASE.with_note("a", "old")
    assert merge(base, base.with_note("a", ""), base.with_note("a", "new")).entries[0].note == "new"
    assert merge(base, base.with_note("a", "new"), base.with_note("a", "")).entries[0].note == "new"


def test_the_same_edit_on_both_sides_is_made_once() -> None:
    edited = BASE.with_note("a", "same")
    assert merge(BASE, edited, edited.with_rating("b", 2)).entries[0].note == "same"


def test_dates_values_and_comments_removed_on_one_side_are_removed() -> None:
    base = BASE.with_column(custom_column("pay", "number")).with_value("a", "pay", 60)
    base = base.with_date("a", "interview", "2027-01-15").with_comment("a", "Dr. Grey", "good")
    removed = base.with_value("a", "pay", None).with_date("a", "interview", "").with_comment("a", "Dr. Grey", "")
    other = base.with_rating("a", 3).with_date("a", "deadline", "2026-12-01")
    for merged in (merge(base, removed, other), merge(base, other, removed)):
        entry = merged.entries[0]
        assert (entry.values, entry.comments) == ((), ())
        assert entry.dates == (("deadline", "2026-12-01"),)
        assert entry.rating == 3


def test_columns_and_values_of_both_sides() -> None:
    ours = BASE.with_column(custom_column("near", "1-5", 2)).with_value("a", "near", 4)
    theirs = BASE.with_column(custom_column("pay", "number")).with_value("a", "pay", 60)
    merged = merge(BASE, ours, theirs)
    assert {column.name for column in merged.columns} == {"near", "pay"}
    assert dict(merged.entries[0].values) == {"near": 4, "pay": 60}


def test_a_value_that_does_not_fit_the_new_kind_makes_a_text_column() -> None:
    base = BASE.with_column(custom_column("pay", "text"))
    ours = base.with_value("a", "pay", "good")
    theirs = base.with_column(custom_column("pay", "number", 2)).with_value("b", "pay", 7)
    for merged in (merge(base, ours, theirs), merge(base, theirs, ours)):
        assert [column.kind for column in merged.columns] == ["text"]
        assert [entry.value("pay") for entry in merged] == ["good", "7"]
    assert merge(base, base.with_value("a", "pay", "12"), theirs).entries[0].value("pay") == 12


def test_a_column_removed_on_one_side_goes_with_its_values() -> None:
    base = BASE.with_column(custom_column("pay", "number"))
    merged = merge(base, base.without_column("pay"), base.with_value("a", "pay", 3).with_rating("b", 2))
    assert not merged.columns
    assert not merged.entries[0].values
    assert merged.entries[1].rating == 2


def test_an_entry_removed_on_one_side_stays_if_the_other_edited_it() -> None:
    assert "a" in merge(BASE, BASE.without_entry("a"), BASE.with_note("a", "x"))
    assert "a" in merge(BASE, BASE.with_note("a", "x"), BASE.without_entry("a"))
    assert "a" not in merge(BASE, BASE.without_entry("a"), BASE.with_note("b", "x"))
    assert "a" not in merge(BASE, BASE.with_note("b", "x"), BASE.without_entry("a"))


def test_both_sides_add_the_same_program() -> None:
    added = BASE.with_entry(Entry("c", "C", "H"))
    merged = merge(BASE, added.with_rating("c", 3), added.with_status("c", "applied"))
    assert merged.entry("c") == Entry("c", "C", "H", status="applied", rating=3)


def test_comments_of_one_reviewer_are_joined() -> None:
    ours = BASE.with_comment("a", "Dr. Grey", "good")
    theirs = BASE.with_comment("a", "Dr. Grey", "far").with_comment("b", "Dr. Yang", "yes")
    merged = merge(BASE, ours, theirs)
    assert merged.entries[0].comments == (("Dr. Grey", "far\n\ngood"),)
    assert merged.entries[1].comments == (("Dr. Yang", "yes"),)


def test_tags_of_both_sides_are_kept() -> None:
    base = BASE.with_tags("a", ["x", "y"])
    merged = merge(base, base.with_tags("a", ["y", "ours"]), base.with_tags("a", ["x", "y", "theirs"]))
    assert merged.entries[0].tags == ("y", "theirs", "ours")


@given(*[st.text("xyz", max_size=2)] * 3)
def test_no_text_of_a_conflict_is_lost(base: str, ours: str, theirs: str) -> None:
    merged = merge_texts(base, ours, theirs)
    assert ours == base or ours in merged
    assert theirs in (base, ours) or theirs in merged


def test_joined_entries_lose_no_text() -> None:
    first = Entry("a", note="one", tags=("x",), rating=2, dates=(("interview", "2027-01-15"),))
    second = Entry("a", "A", "H", note="two", tags=("y",), rating=4, score=80, dates=(("visit", "2027-01-01"),))
    joined = join_entries(first, second)
    assert (joined.note, joined.tags, joined.rating, joined.score) == ("one\n\ntwo", ("x", "y"), 2, 80)
    assert joined.dates == (("visit", "2027-01-01"), ("interview", "2027-01-15"))
    assert (joined.name, joined.institution) == ("A", "H")
    assert join_entries(first, first) == first
