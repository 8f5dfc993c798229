from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gmetui.session.undo import Step, Steps
from gmetui.storage.session_file import State, read_state, write_state

WHOLE = State(
    True,
    "cards",
    "tufts-x",
    "shortlist",
    ("a", "b"),
    ("city",),
    ("one", "cards"),
    Steps((Step("query", "one", "cards", "the query cards"),), (Step("marks", "", "a", "marked A"),)),
)


def test_there_and_back(tmp_path: Path) -> None:
    write_state(tmp_path / "state.json", WHOLE)
    assert read_state(tmp_path / "state.json") == WHOLE


def test_no_file_is_a_first_start(tmp_path: Path) -> None:
    assert read_state(tmp_path / "state.json") == State()


@pytest.mark.parametrize(
    "raw",
    [b"", b"{", b"[]", b"null", b"\xff\xfe", b"[" * 5000, b'{"met": 1, "query": 3, "marks": "x", "done": [[1]]}'],
)
def test_a_broken_file_is_a_first_start(tmp_path: Path, raw: bytes) -> None:
    (tmp_path / "state.json").write_bytes(raw)
    assert read_state(tmp_path / "state.json") == State()


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(), lambda x: st.lists(x) | st.lists(x, max_size=4)
)


@given(st.dictionaries(st.sampled_from([*State._fields, "done", "undone"]), JSON))
def test_anything_can_stand_there(tmp_path_factory: pytest.TempPathFactory, found: dict[str, object]) -> None:
    file = tmp_path_factory.mktemp("state") / "state.json"
    file.write_text(json.dumps(found), encoding="utf-8")
    assert isinstance(read_state(file), State)


def test_a_book_pasted_into_the_query_line_is_not_remembered(tmp_path: Path) -> None:
    book = "cards " * 20_000
    steps = Steps(
        (Step("query", "", book, "a book"), Step("query", book, "", "none"), Step("marks", "", "a", "marked"))
    )
    write_state(tmp_path / "state.json", WHOLE._replace(query=book, steps=steps))
    read = read_state(tmp_path / "state.json")
    assert read.query == ""
    assert [step.about for step in read.steps.done] == ["marks"]
    assert read.marks == WHOLE.marks


def test_a_query_is_remembered_once_and_last() -> None:
    state = State().with_asked("a").with_asked("b").with_asked("a").with_asked("")
    assert state.asked == ("b", "a")
    assert State().with_asked("x" * 5000).asked == ()
