"""What stands beside a list: former facts, remarks on a list handed over, versions by day, a place that vanishes."""

from __future__ import annotations

import shutil
import tomllib
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gmetui.catalog.models import Catalog, ProgramId
from gmetui.shortlist.columns import KINDS, Value, named_column
from gmetui.shortlist.entries import Entry, Shortlist, entry_of
from gmetui.shortlist.fact_changes import facts_of, mark_of, news_of
from gmetui.shortlist.versions import merged
from gmetui.storage.external_editor import edited
from gmetui.storage.fact_snapshots import KnownFacts, keep_known
from gmetui.storage.paths import user_paths
from gmetui.storage.review_store import HandedList
from gmetui.storage.shortlist_file import list_tables, read_list, written
from gmetui.storage.shortlist_store import ShortlistStore
from gmetui.storage.storage_errors import BrokenFileError, FileError


@pytest.fixture
def store(home: Path) -> ShortlistStore:
    return ShortlistStore(user_paths().shortlist("default"))


def whole() -> Shortlist:
    shortlist = Shortlist(entries=(Entry("a", "A", "H"), Entry("b", "B", "H")))
    for column in (
        named_column("near family", "1-5", 3, ">= 2"),
        named_column("pay", "number", -1.5),
        named_column("h1b", "yes/no"),
        named_column("visit", "date"),
        named_column("said", "text"),
    ):
        shortlist = shortlist.with_column(column)
    for name, value in (
        ("near family", 4),
        ("pay", 65000.5),
        ("h1b", False),
        ("visit", "2027-01-02"),
        ("said", "x\ny"),
    ):
        shortlist = shortlist.valued("a", name, value)
    return shortlist.valued("a", "said", "x\ny").scored("b", 0).remarked("a", "Dr. Grey", "ask\nabout research")


def test_own_columns_are_there_after_a_restart(store: ShortlistStore) -> None:
    store.save(whole(), "made")
    assert ShortlistStore(store.path).load() == store.shortlist
    assert ShortlistStore(store.path).load().entries == whole().entries


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("column = 3", "column: must be [[column]] tables"),
        ("[[column]]\nkind = 'text'", "column[0].name: is missing"),
        ("[[column]]\nname = 'x'\nkind = 'colour'", "column[0].kind: must be one of text, number"),
        ("[[column]]\nname = 'x'\nkind = 'number'\nmust = '>= many'", "column[0]: “many” is no number"),
        ("[[column]]\nname = 'x'\nweight = 'big'", "column[0].weight: must be a number"),
        ("[[column]]\nname = 'x'\nkind = '1-5'\n[[program]]\nid = 'a'\nown = {x = 9}", "program[0].own.x: “9” is no"),
        ("[[program]]\nid = 'a'\nown = 3", "program[0].own: must be a table"),
        ("[[program]]\nid = 'a'\nscore = 101", "program[0].score: must be a whole number from 0 to 100"),
        ("[[program]]\nid = 'a'\nremarks = {x = 3}", "program[0].remarks: must be texts"),
    ],
)
def test_a_mistake_in_columns_is_named(store: ShortlistStore, content: str, said: str) -> None:
    store.path.parent.mkdir(parents=True)
    store.path.write_text(content, encoding="utf-8")
    with pytest.raises(BrokenFileError) as caught:
        store.load()
    assert said in str(caught.value)
    assert store.path.read_text(encoding="utf-8") == content


def test_what_was_written_by_hand_without_declaring_it_is_a_column(store: ShortlistStore) -> None:
    store.path.parent.mkdir(parents=True)
    store.path.write_text("[[program]]\nid = 'a'\n[program.own]\nmiles = 12\nday = 2027-01-02\n", encoding="utf-8")
    shortlist = store.load()
    assert [(own.name, own.kind) for own in shortlist.columns] == [("miles", "number"), ("day", "date")]
    store.save(shortlist.rated("a", 1), "rated")
    assert ShortlistStore(store.path).load().entries[0].value("miles") == 12


def test_versions_are_bounded_packed_and_found_by_day(store: ShortlistStore) -> None:
    kept = ShortlistStore(store.path, keep=10)
    for number in range(25):
        kept.save(whole().noted("a", str(number)), f"noted {number}")
    versions = kept.versions()
    assert [own.revision for own in versions] == list(range(25, 15, -1))
    assert {own.size for own in versions} == {2}
    found = kept.saved_on("2999-01-01")
    assert found == versions[0]
    assert kept.saved_on("2000-01-01") is None
    again = kept.version(20)
    assert again is not None
    assert again.entries[0].note == "19"
    assert kept.undo() == "noted 24"


def test_versions_of_the_time_before_packing_are_read(store: ShortlistStore) -> None:
    store.save(whole(), "made")
    packed = next((store.path.parent / "history" / "default").glob("*.gz"))
    packed.unlink()
    old = 'saved_at = "2026-01-02T00:00:00+00:00"\nchange = "old"\nformat = 1\n[[program]]\nid = "a"\n'
    packed.with_name("000001.toml").write_text(old, encoding="utf-8")
    assert [(own.change, own.size) for own in store.versions()] == [("old", 1)]
    version = store.version(1)
    assert version is not None
    assert len(version) == 1


def test_undo_leads_back_to_columns_edited_by_hand(store: ShortlistStore) -> None:
    store.save(whole(), "made")
    edited = store.path.read_text(encoding="utf-8").replace("weight = 3", "weight = 9")
    store.path.write_text(edited, encoding="utf-8")
    other = ShortlistStore(store.path)
    other.load()
    other.save(other.shortlist.rated("a", 4), "rated")
    assert other.undo() == "rated"
    assert other.shortlist.columns[0].weight == 9
    assert other.undo() == "edited by hand"
    assert other.shortlist.columns[0].weight == 3


def test_a_place_that_vanished_loses_nothing(store: ShortlistStore) -> None:
    store.save(whole(), "made")
    shutil.rmtree(store.path.parent)
    assert store.changed_by_others()
    store.save(store.shortlist.rated("a", 2), "rated")
    assert [entry.id for entry in ShortlistStore(store.path).load()] == ["a", "b"]


def test_a_place_that_cannot_be_written_is_named(store: ShortlistStore) -> None:
    store.save(whole(), "made")
    before = store.path.read_bytes()
    store.path.parent.rename(store.path.parent.with_name("elsewhere"))
    store.path.parent.write_text("a file stands where the directory was", encoding="utf-8")
    with pytest.raises(FileError, match="cannot"):
        store.save(store.shortlist.rated("a", 2), "rated")
    assert (store.path.parent.with_name("elsewhere") / "default.toml").read_bytes() == before


def test_a_change_from_outside_is_noticed(store: ShortlistStore) -> None:
    store.save(whole(), "made")
    assert not store.changed_by_others()
    other = ShortlistStore(store.path)
    other.load()
    other.save(other.shortlist.rated("b", 3), "rated")
    assert store.changed_by_others()
    assert store.load().entries[1].rating == 3
    assert not store.changed_by_others()


def test_what_changed_in_a_program_is_said_until_it_is_seen(home: Path, small: Catalog) -> None:
    kept = KnownFacts(user_paths().shortlists)
    program = small.program["harbor-cardiology"]
    entry = entry_of(small, program)
    keep_known(kept, small, Shortlist(), Shortlist(entries=(entry,)))
    facts = KnownFacts(user_paths().shortlists).facts
    assert news_of(small, entry.id, entry.known, facts) is None
    other = program._replace(name="Heart Fellowship", length_years=4)
    later = replace(small, programs=tuple(other if own is program else own for own in small.programs))
    news = news_of(later, entry.id, entry.known, facts)
    assert news is not None
    assert [own.words for own in news.changed] == [f"Name: {program.name} → Heart Fellowship", "Length: 3 → 4"]
    assert news_of(later, entry.id, mark_of(facts_of(later, other)), facts) is None
    assert news_of(later, entry.id, "", facts) is None, "nothing was known when it was added"
    lost = news_of(later, entry.id, entry.known, lambda mark: None)
    assert lost is not None
    assert lost.words() == ["The data says something else; what it said before is not kept."]


def test_a_program_that_is_gone_says_what_was_known_and_what_it_may_be_now(home: Path, small: Catalog) -> None:
    kept = KnownFacts(user_paths().shortlists)
    program = small.program["harbor-cardiology"]
    entry = entry_of(small, program)
    keep_known(kept, small, Shortlist(), Shortlist(entries=(entry,)))
    renamed = program._replace(id=ProgramId("harbor-heart"))
    later = replace(small, programs=tuple(renamed if own is program else own for own in small.programs))
    news = news_of(later, entry.id, entry.known, kept.facts)
    assert news is not None
    assert news.gone
    assert news.now is not None
    assert news.now.id == "harbor-heart"
    assert "Length: 3" in news.words()


def test_damaged_facts_are_passed_over(home: Path, small: Catalog) -> None:
    kept = KnownFacts(user_paths().shortlists)
    entry = entry_of(small, small.programs[0])
    keep_known(kept, small, Shortlist(), Shortlist(entries=(entry,)))
    file = next(user_paths().shortlists.glob("known/*.gz"))
    file.write_bytes(file.read_bytes()[:30])
    assert KnownFacts(user_paths().shortlists).facts(entry.known) is None


def handed(tmp_path: Path) -> Path:
    store = ShortlistStore(tmp_path / "handed.toml")
    store.save(whole(), "made")
    return store.path


def test_a_list_that_was_handed_over_is_not_changed(tmp_path: Path) -> None:
    file = handed(tmp_path)
    before = file.read_bytes()
    reader = HandedList(file, "Dr. Grey")
    shortlist = reader.load()
    for changed in (
        shortlist.rated("a", 5),
        shortlist.removed("a"),
        shortlist.moved("a", 1),
        shortlist.noted("a", "x"),
    ):
        with pytest.raises(FileError, match="handed to you"):
            reader.save(changed, "x")
    reader.save(shortlist.remarked("b", "Dr. Grey", "strong\nprogram"), "remark")
    assert file.read_bytes() == before
    again = HandedList(file, "")
    assert dict(again.load().entries[1].remarks) == {"Dr. Grey": "strong\nprogram"}
    assert again.reader == "Dr. Grey", "the file beside says who reads"
    assert reader.undo() == "your remark"
    assert not HandedList(file, "Dr. Grey").load().entries[1].remarks
    assert reader.redo() == "your remark"
    assert not list(tmp_path.glob("*remarks*.lock"))


@pytest.mark.parametrize("content", ["x = 1", "program = 1", "[["])
def test_what_is_no_list_cannot_be_opened(tmp_path: Path, content: str) -> None:
    file = tmp_path / "x.toml"
    file.write_text(content, encoding="utf-8")
    with pytest.raises(BrokenFileError, match="x.toml"):
        HandedList(file, "x").load()
    with pytest.raises(FileError, match="no such file"):
        HandedList(tmp_path / "none.toml", "x").load()


def test_a_note_is_written_in_the_persons_editor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    script = tmp_path / "editor.sh"
    script.write_text('#!/bin/sh\nprintf "more\\033[2J\\n" >> "$1"\n', encoding="utf-8")
    script.chmod(0o755)
    monkeypatch.setenv("EDITOR", f"'{script}'")
    monkeypatch.delenv("VISUAL", raising=False)
    assert edited("first") == "first\nmore[2J"
    monkeypatch.setenv("EDITOR", "false")
    with pytest.raises(FileError, match="ended with 1"):
        edited("first")
    monkeypatch.setenv("EDITOR", "no-such-editor-anywhere")
    with pytest.raises(FileError, match="cannot run"):
        edited("first")
    monkeypatch.delenv("EDITOR")
    with pytest.raises(FileError, match="no editor"):
        edited("first")


NAMES = st.sampled_from(["pay", "near", "Said"])
PROGRAMS = st.sampled_from("abc")
CHANGES = st.lists(
    st.one_of(
        st.tuples(st.just("column"), NAMES, st.sampled_from(KINDS)),
        st.tuples(st.just("drop"), NAMES, st.just("")),
        st.tuples(st.just("value"), NAMES, PROGRAMS),
        st.tuples(st.just("note"), st.text(max_size=5), PROGRAMS),
        st.tuples(st.just("remove"), st.just(""), PROGRAMS),
        st.tuples(st.just("add"), st.just(""), PROGRAMS),
        st.tuples(st.just("date"), st.sampled_from(["2027-01-01", "2027-02-02", ""]), PROGRAMS),
    ),
    max_size=8,
)
FILLED: dict[str, Value] = {"text": "words", "number": 3.5, "yes/no": True, "date": "2027-01-02", "1-5": 4}


def after(shortlist: Shortlist, changes: list[tuple[str, str, str]]) -> Shortlist:
    for what, one, other in changes:
        if what == "column":
            shortlist = shortlist.with_column(named_column(one, other))
        elif what == "drop":
            shortlist = shortlist.without_column(one)
        elif what == "value" and (column := shortlist.column(one)):
            shortlist = shortlist.valued(other, one, FILLED[column.kind])
        elif what == "note":
            shortlist = shortlist.noted(other, one.strip())
        elif what == "date":
            shortlist = shortlist.dated(other, "interview", one)
        elif what == "remove":
            shortlist = shortlist.removed(other)
        elif what == "add":
            shortlist = shortlist.added(Entry(other, other.upper(), "H"))
    return shortlist


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=120, deadline=None)
@given(first=CHANGES, ours=CHANGES, theirs=CHANGES)
def test_whatever_two_copies_do_the_file_is_read_again(
    tmp_path: Path,
    first: list[tuple[str, str, str]],
    ours: list[tuple[str, str, str]],
    theirs: list[tuple[str, str, str]],
) -> None:
    base = after(Shortlist("x", (Entry("a", "A", "H"),)), first)
    joined = merged(base, after(base, ours), after(base, theirs))
    again = read_list(tomllib.loads(written(list_tables(joined))), "x", tmp_path)
    assert again.columns == joined.columns
    assert [entry.id for entry in again] == [entry.id for entry in joined]
    for entry, read in zip(joined, again, strict=True):
        assert (read.own, read.dates) == (entry.own, entry.dates)
