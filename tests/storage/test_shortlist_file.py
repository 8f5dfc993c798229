"""The format of a list file: everything is read back, and errors name the table and the key."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gmetui.errors import DamagedFileError
from gmetui.shortlist.columns import KINDS, Value, custom_column
from gmetui.shortlist.entries import Entry, Shortlist
from gmetui.shortlist.merge import merge
from gmetui.storage.shortlist_file import format_list, list_tables, parse_list
from gmetui.storage.shortlist_store import ShortlistStore
from support import HOSTILE_TEXTS

PATH = Path("lists") / "x.toml"


def parse(text: str) -> Shortlist:
    return parse_list(tomllib.loads(text), "x", PATH)


def written_and_parsed(shortlist: Shortlist) -> Shortlist:
    return parse(format_list(list_tables(shortlist)))


def full_list() -> Shortlist:
    shortlist = Shortlist("x", (Entry("a", "A", "H", fingerprint="0123abcd"), Entry("b", "B", "H")))
    for column in (
        custom_column("near family", "1-5", 3, ">= 2"),
        custom_column("pay", "number", -1.5),
        custom_column("h1b", "yes/no"),
        custom_column("visit", "date"),
        custom_column("remark", "text"),
    ):
        shortlist = shortlist.with_column(column)
    values: dict[str, Value] = {"near family": 4, "pay": 65000.5, "h1b": False, "visit": "2027-01-02", "remark": "x\ny"}
    for name, value in values.items():
        shortlist = shortlist.with_value("a", name, value)
    shortlist = shortlist.with_score("b", 0).with_comment("a", "Dr. Grey", "ask\nabout research")
    shortlist = shortlist.with_note("b", "line\nline").with_status("b", "applied").with_rating("b", 4)
    return shortlist.with_tags("a", ["near home"]).with_date("a", "interview", "2027-01-15")


def test_everything_is_read_back() -> None:
    assert written_and_parsed(full_list()) == full_list()


def test_keys_of_the_file_do_not_change() -> None:
    tables = tomllib.loads(format_list(list_tables(full_list())))
    assert (tables["format"], tables["name"]) == (1, "x")
    assert tables["column"][0] == {"name": "near family", "kind": "1-5", "weight": 3, "must": ">= 2"}
    assert tables["program"][0] == {
        "id": "a",
        "name": "A",
        "institution": "H",
        "known": "0123abcd",
        "tags": ["near home"],
        "dates": {"interview": "2027-01-15"},
        "own": {"near family": 4, "pay": 65000.5, "h1b": False, "visit": "2027-01-02", "remark": "x\ny"},
        "remarks": {"Dr. Grey": "ask\nabout research"},
    }
    assert tables["program"][1]["rating"] == 4
    assert tables["program"][1]["score"] == 0


def test_times_stand_beside_the_days_that_earlier_versions_read() -> None:
    shortlist = Shortlist("x", (Entry("a"),)).with_date("a", "visit", "2027-01-02")
    shortlist = shortlist.with_date("a", "interview", "2027-01-15T09:30")
    (program,) = list_tables(shortlist)["program"]
    assert program["dates"] == {"visit": "2027-01-02", "interview": "2027-01-15"}
    assert program["times"] == {"interview": "09:30"}
    assert written_and_parsed(shortlist) == shortlist
    by_hand = parse("[[program]]\nid = 'a'\n[program.dates]\nx = 2027-01-15T14:00:00\ny = '2027-01-16 08:00'\n")
    assert by_hand.entries[0].dates == (("x", "2027-01-15T14:00"), ("y", "2027-01-16T08:00"))


def test_unknown_keys_are_kept() -> None:
    text = 'mine = "kept"\ncolumn = [{name = "x", color = "red"}]\n[[program]]\nid = "a"\nroom = 4\n'
    tables = list_tables(parse(text))
    assert tables["mine"] == "kept"
    assert tables["column"][0]["color"] == "red"
    assert tables["program"][0]["room"] == 4


def test_repeated_programs_and_columns_are_read_once() -> None:
    shortlist = parse("[[program]]\nid = 'a'\nrating = 1\n[[program]]\nid = 'a'\nrating = 2\n")
    assert [(entry.id, entry.rating) for entry in shortlist] == [("a", 1)]
    shortlist = parse("column = [{name = 'x', kind = 'number'}, {name = 'x', kind = 'date'}]")
    assert [column.kind for column in shortlist.columns] == ["number"]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("format = 99", "was written by a newer version of gmetui (format 99)"),
        ("program = 3", "program: must be [[program]] tables"),
        ("[[program]]\nname = 'x'", "program[0].id: is missing"),
        ("[[program]]\nid = 'a'\nnote = 3", "program[0].note: must be text"),
        ("[[program]]\nid = 'a'\nrating = 9", "program[0].rating: must be a whole number from 0 to 5"),
        ("[[program]]\nid = 'a'\nrating = true", "program[0].rating: must be a whole number"),
        ("[[program]]\nid = 'a'\ntags = 'x'", "program[0].tags: must be a list of texts"),
        ("[[program]]\nid = 'a'\n[program.dates]\nx = 'soon'", "program[0].dates.x: must be a date such as 2027-01-15"),
        (
            "[[program]]\nid = 'a'\n[program.dates]\nx = '2027-01-15'\n[program.times]\nx = 'noon'",
            "program[0].times.x: must be a time such as 09:30",
        ),
        ("column = 3", "column: must be [[column]] tables"),
        ("[[column]]\nkind = 'text'", "column[0].name: is missing"),
        ("[[column]]\nname = 'x'\nkind = 'color'", "column[0].kind: must be one of text, number"),
        ("[[column]]\nname = 'x'\nkind = 'number'\nmust = '>= many'", "column[0]: “many” is not a number"),
        ("[[column]]\nname = 'x'\nweight = 'big'", "column[0].weight: must be a number"),
        (
            "[[column]]\nname = 'x'\nkind = '1-5'\n[[program]]\nid = 'a'\nown = {x = 9}",
            "program[0].own.x: “9” is not a whole number from 1 to 5",
        ),
        ("[[program]]\nid = 'a'\nown = 3", "program[0].own: must be a table"),
        ("[[program]]\nid = 'a'\nscore = 101", "program[0].score: must be a whole number from 0 to 100"),
        ("[[program]]\nid = 'a'\nremarks = {x = 3}", "program[0].remarks: must be texts"),
    ],
)
def test_invalid_file_is_reported_by_table_and_key(text: str, problem: str) -> None:
    with pytest.raises(DamagedFileError) as caught:
        parse(text)
    assert str(caught.value).startswith(f"{PATH}: {problem}")
    assert str(caught.value).endswith("gmetui left the file untouched")


def test_undeclared_columns_are_detected() -> None:
    shortlist = parse("[[program]]\nid = 'a'\n[program.own]\nmiles = 12\nday = 2027-01-02\n")
    assert [(column.name, column.kind) for column in shortlist.columns] == [("miles", "number"), ("day", "date")]
    assert written_and_parsed(shortlist).entries[0].value("miles") == 12


def test_values_of_an_undeclared_column_have_one_type() -> None:
    text = "[[program]]\nid = 'a'\nown = {Pay = 70000}\n[[program]]\nid = 'b'\nown = {Pay = 'about 70k'}\n"
    assert [entry.value("Pay") for entry in parse(text)] == ["70000", "about 70k"]


@pytest.mark.parametrize("hostile", HOSTILE_TEXTS)
def test_text_is_sanitized(tmp_path: Path, hostile: str) -> None:
    store = ShortlistStore(tmp_path / "x.toml")
    store.save(Shortlist(entries=(Entry("a", hostile, hostile, hostile, hostile),)), "x")
    entry = ShortlistStore(store.path).load().entries[0]
    for control in ("\x1b", "\x07", "\u202e"):
        assert control not in entry.name + entry.institution + entry.note + entry.status


def test_values_of_undeclared_columns_are_sanitized() -> None:
    shortlist = parse('[[program]]\nid = "a"\n[program.own]\n"x\\u202e" = "a\\u001b]52;c;eA==\\u0007b"\n')
    assert shortlist.entries[0].values == (("x", "a]52;c;eA==b"),)


class Change(NamedTuple):
    """A random change of a list."""

    action: str
    argument: str
    program_id: str = ""


COLUMN_NAMES = st.sampled_from(["pay", "near", "Visit"])
PROGRAM_IDS = st.sampled_from("abc")
CHANGES = st.lists(
    st.one_of(
        st.builds(Change, st.sampled_from([f"column {kind}" for kind in KINDS]), COLUMN_NAMES),
        st.builds(Change, st.just("remove column"), COLUMN_NAMES),
        st.builds(Change, st.just("value"), COLUMN_NAMES, PROGRAM_IDS),
        st.builds(Change, st.just("note"), st.text(max_size=5), PROGRAM_IDS),
        st.builds(Change, st.just("date"), st.sampled_from(["2027-01-01", "2027-02-02", ""]), PROGRAM_IDS),
        st.builds(Change, st.just("remove"), st.just(""), PROGRAM_IDS),
        st.builds(Change, st.just("add"), st.just(""), PROGRAM_IDS),
    ),
    max_size=8,
)
SAMPLE_VALUES: dict[str, Value] = {"text": "words", "number": 3.5, "yes/no": True, "date": "2027-01-02", "1-5": 4}


def changed(shortlist: Shortlist, changes: list[Change]) -> Shortlist:
    for action, argument, program_id in changes:
        if action.startswith("column "):
            shortlist = shortlist.with_column(custom_column(argument, action.removeprefix("column ")))
        elif action == "remove column":
            shortlist = shortlist.without_column(argument)
        elif action == "value" and (column := shortlist.column(argument)):
            shortlist = shortlist.with_value(program_id, argument, SAMPLE_VALUES[column.kind])
        elif action == "note":
            shortlist = shortlist.with_note(program_id, argument.strip())
        elif action == "date":
            shortlist = shortlist.with_date(program_id, "interview", argument)
        elif action == "remove":
            shortlist = shortlist.without_entry(program_id)
        elif action == "add":
            shortlist = shortlist.with_entry(Entry(program_id, program_id.upper(), "H"))
    return shortlist


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=120, deadline=None)
@given(first=CHANGES, ours=CHANGES, theirs=CHANGES)
def test_any_merged_list_is_read_back(first: list[Change], ours: list[Change], theirs: list[Change]) -> None:
    base = changed(Shortlist("x", (Entry("a", "A", "H"),)), first)
    merged = merge(base, changed(base, ours), changed(base, theirs))
    parsed = written_and_parsed(merged)
    assert parsed.columns == merged.columns
    assert [(entry.id, entry.values, entry.dates) for entry in parsed] == [
        (entry.id, entry.values, entry.dates) for entry in merged
    ]
