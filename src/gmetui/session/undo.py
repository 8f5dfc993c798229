"""The undo stack of the app: edits of the query, of the marks, of the shortlist, and of what was passed over."""

from __future__ import annotations

from typing import NamedTuple

#: What an edit can change. A list edit holds no content: the list's file keeps its own versions.
EDIT_KINDS = ("query", "marks", "list", "triage")
_MAX_EDITS = 200  # the number of edits that can be undone


class Edit(NamedTuple):
    """One edit: its kind, the text or ids before and after, and a description such as "marked MGH"."""

    kind: str
    before: str = ""
    after: str = ""
    description: str = ""


class UndoStack(NamedTuple):
    """Edits that can be undone and redone; the last of each is next."""

    done: tuple[Edit, ...] = ()
    undone: tuple[Edit, ...] = ()

    def push(self, edit: Edit) -> UndoStack:
        """Return the stack with a new edit. Nothing can be redone after it."""
        return UndoStack((*self.done, edit)[-_MAX_EDITS:])

    def undo(self, *kinds: str) -> tuple[UndoStack, Edit | None]:
        """Return the stack and the edit to undo: the last one of these kinds (any if none is named), or None."""
        index = _last_index(self.done, kinds)
        if index is None:
            return self, None
        return UndoStack(_without(self.done, index), (*self.undone, self.done[index])), self.done[index]

    def redo(self, *kinds: str) -> tuple[UndoStack, Edit | None]:
        """Return the stack and the edit to redo: the last undone one of these kinds, or None."""
        index = _last_index(self.undone, kinds)
        if index is None:
            return self, None
        return UndoStack((*self.done, self.undone[index]), _without(self.undone, index)), self.undone[index]


def _last_index(edits: tuple[Edit, ...], kinds: tuple[str, ...]) -> int | None:
    indexes = range(len(edits) - 1, -1, -1)
    return next((index for index in indexes if not kinds or edits[index].kind in kinds), None)


def _without(edits: tuple[Edit, ...], index: int) -> tuple[Edit, ...]:
    return edits[:index] + edits[index + 1 :]
