"""The undo stack."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from gmetui.session.undo import EDIT_KINDS, Edit, UndoStack

EDITS = st.lists(st.builds(Edit, st.sampled_from(EDIT_KINDS), st.text(max_size=3), st.text(max_size=3)), max_size=30)


@given(EDITS)
def test_undoing_and_redoing_everything_changes_nothing(edits: list[Edit]) -> None:
    stack = UndoStack()
    for edit in edits:
        stack = stack.push(edit)
    current = stack
    for expected in reversed(edits):
        current, undone = current.undo()
        assert undone == expected
    assert current.undo() == (current, None)
    for expected in edits:
        current, redone = current.redo()
        assert redone == expected
    assert current == stack
    assert current.redo() == (current, None)


@given(EDITS, st.sampled_from(EDIT_KINDS))
def test_only_edits_of_the_given_kind_are_undone_and_redone(edits: list[Edit], kind: str) -> None:
    stack = UndoStack(tuple(edits))
    undone_edits = []
    while (result := stack.undo(kind))[1] is not None:
        stack, undone = result
        assert undone is not None
        undone_edits.append(undone)
    assert undone_edits == [edit for edit in reversed(edits) if edit.kind == kind]
    assert list(stack.done) == [edit for edit in edits if edit.kind != kind]
    assert stack.redo(*(other for other in EDIT_KINDS if other != kind)) == (stack, None)


def test_a_new_edit_discards_what_could_be_redone() -> None:
    stack, _ = UndoStack((Edit("query", "a", "b"),)).undo()
    assert stack.undone
    assert stack.push(Edit("marks")).undone == ()


def test_the_oldest_edits_are_forgotten() -> None:
    stack = UndoStack()
    for number in range(250):
        stack = stack.push(Edit("query", str(number)))
    assert [edit.before for edit in stack.done] == [str(number) for number in range(50, 250)]
