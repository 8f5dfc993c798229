from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from gmetui.shortlist.entries import Entry, Shortlist
from gmetui.shortlist.versions import differences, merged

IDS = st.lists(st.sampled_from("abcdef"), unique=True, max_size=6)
NOTES = st.dictionaries(st.sampled_from("abcdef"), st.text("xyz", max_size=3), max_size=3)


def listed(ids: list[str]) -> Shortlist:
    return Shortlist(entries=tuple(Entry(own) for own in ids))


def ids(shortlist: Shortlist) -> list[str]:
    return [entry.id for entry in shortlist]


@given(IDS, st.sampled_from("abcdef"), st.integers(-3, 9))
def test_the_laws_of_a_list(start: list[str], own: str, place: int) -> None:
    shortlist = listed(start)
    assert shortlist.toggled(Entry(own)).toggled(Entry(own)).removed(own) == shortlist.removed(own)
    assert ids(shortlist.added(Entry(own))).count(own) == 1
    moved = shortlist.moved(own, place)
    assert sorted(ids(moved)) == sorted(start)
    if own in start:
        assert ids(moved).index(own) == max(0, min(place, len(start) - 1))
        assert [i for i in ids(moved) if i != own] == [i for i in start if i != own]
    else:
        assert moved is shortlist


def test_notes_and_status() -> None:
    shortlist = listed(["a", "b"]).noted("a", "x").with_status("a", "applied")
    assert shortlist.entries[0] == Entry("a", note="x", status="applied")
    assert shortlist.noted("z", "x") is shortlist


@given(IDS, IDS, IDS, NOTES)
def test_two_windows_lose_nothing(base: list[str], ours: list[str], theirs: list[str], notes: dict[str, str]) -> None:
    old, mine, other = listed(base), listed(ours), listed(theirs)
    for own, note in notes.items():
        mine = mine.noted(own, note)
    result = merged(old, mine, other)
    found = set(ids(result))
    assert len(ids(result)) == len(found)
    assert set(ours) - set(base) <= found
    assert set(theirs) - set(base) <= found
    assert not ((set(base) - set(ours)) - {own for own in theirs if own not in base}) & found
    for own, note in notes.items():
        if own in ours and note:
            entry = result.entry(own)
            assert entry is None or entry.note == note or own not in found


@given(IDS, IDS)
def test_nothing_from_the_other_side_changes_nothing(base: list[str], ours: list[str]) -> None:
    assert merged(listed(base), listed(ours), listed(base)) == listed(ours)


@given(IDS, IDS)
def test_nothing_from_our_side_takes_theirs(base: list[str], theirs: list[str]) -> None:
    assert ids(merged(listed(base), listed(base), listed(theirs))) == theirs


def test_our_order_holds_when_we_changed_it() -> None:
    base, ours, theirs = listed(["a", "b", "c"]), listed(["c", "a", "b"]), listed(["a", "b", "c", "d"])
    assert ids(merged(base, ours, theirs)) == ["c", "a", "b", "d"]


def test_ratings_and_tags() -> None:
    shortlist = Shortlist("x", (Entry("a", "A", "H"), Entry("b", "B", "H")))
    assert shortlist.rated("a", 9).entries[0].rating == 5
    assert shortlist.rated("a", -1) == shortlist
    assert shortlist.tagged("b", ["x", " x ", "", "y\x1b"]).entries[1].tags == ("x", "y")


def test_what_is_different_between_two_versions() -> None:
    old = Shortlist("x", tuple(Entry(own, own.upper(), "H") for own in "abc"))
    new = old.moved("c", 0).removed("b").added(Entry("d", "D", "H")).with_status("a", "applied").rated("c", 4)
    assert differences(old, new) == [
        "added: D, H",
        "removed: B, H",
        "up 1: C, H",
        "rating: C, H: none → 4",
        "down 1: A, H",
        "status: A, H: none → applied",
    ]
    assert differences(old, old) == []
