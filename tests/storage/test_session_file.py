"""The file with the state of the app: written completely, read leniently."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gmetui.session.state import SessionState
from gmetui.session.undo import Edit, UndoStack
from gmetui.storage.session_file import read_session, write_session

STATE = SessionState(
    query="cards",
    planned_applications="surgery 12",
    program_id="harbor-cardiology",
    screen="shortlist",
    marked_ids=("a", "b"),
    expanded_facets=("city",),
    recent_queries=("surgery", "cards"),
    undo_stack=UndoStack(
        (Edit("query", "surgery", "cards", "the query cards"),), (Edit("marks", "", "a", "marked A"),)
    ),
    list_name="second-choice",
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "state.json"


def test_state_is_read_back(path: Path) -> None:
    write_session(path, STATE)
    assert read_session(path) == STATE


def test_keys_of_the_file_do_not_change(path: Path) -> None:
    write_session(path, STATE)
    assert json.loads(path.read_text(encoding="utf-8")) == {
        "query": "cards",
        "program": "harbor-cardiology",
        "place": "shortlist",
        "marks": ["a", "b"],
        "opened": ["city"],
        "asked": ["surgery", "cards"],
        "name": "second-choice",
        "applications": "surgery 12",
        "done": [["query", "surgery", "cards", "the query cards"]],
        "undone": [["marks", "", "a", "marked A"]],
    }


def test_missing_file_is_a_first_start(path: Path) -> None:
    assert read_session(path) == SessionState()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b"\xff\xfe",
        b"[" * 5000,
        b'{"query": 3, "marks": "x", "done": [[1]]}',
        b'{"done": [["unknown", "", "", ""], ["query", "", ""]]}',
        b'{"query": "' + b"x" * 1_000_000 + b'"}',
    ],
    ids=["empty", "not JSON", "a list", "null", "not UTF-8", "deep", "wrong types", "invalid edits", "too large"],
)
def test_invalid_file_is_a_first_start(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    assert read_session(path) == SessionState()


JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda values: st.lists(values) | st.lists(values, max_size=4),
)


@given(st.dictionaries(st.sampled_from(["query", "place", "marks", "asked", "done", "undone"]), JSON_VALUES))
def test_any_json_is_accepted(tmp_path_factory: pytest.TempPathFactory, data: dict[str, object]) -> None:
    path = tmp_path_factory.mktemp("state") / "state.json"
    path.write_text(json.dumps(data), encoding="utf-8")
    assert isinstance(read_session(path), SessionState)


def test_very_long_queries_are_not_saved(path: Path) -> None:
    book = "cards " * 20_000
    edits = (Edit("query", "", book, "a book"), Edit("query", book, "", "none"), Edit("marks", "", "a", "marked"))
    write_session(path, STATE._replace(query=book, undo_stack=UndoStack(edits)))
    state = read_session(path)
    assert state.query == ""
    assert [edit.kind for edit in state.undo_stack.done] == ["marks"]
    assert state.marked_ids == STATE.marked_ids


def test_text_is_sanitized(path: Path) -> None:
    path.write_text('{"query": "a\\u001b[2Jb", "marks": ["x\\u202e"]}', encoding="utf-8")
    state = read_session(path)
    assert (state.query, state.marked_ids) == ("a[2Jb", ("x",))
