"""The file that holds the state of the app between runs.

Users don't edit this file and it holds none of their work, so it is read leniently: anything invalid is ignored.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ..errors import GmetuiError
from ..session.state import MAX_QUERIES, MAX_QUERY_LENGTH, SessionState
from ..session.undo import EDIT_KINDS, Edit, UndoStack
from ..text import sanitize
from .atomic import file_lock, write_atomic
from .regular_file import read_user_file

_MAX_BYTES = 1_000_000
_LOCK_TIMEOUT = 1.0  # seconds; the state is written while the app closes


def read_session(state_path: Path) -> SessionState:
    """Return the saved state, or that of a first start if the file is missing or invalid."""
    import json

    try:
        state_data = json.loads(read_user_file(state_path, _MAX_BYTES) or b"{}")
    except (GmetuiError, ValueError, RecursionError):
        return SessionState()
    return _parse_state(state_data) if isinstance(state_data, dict) else SessionState()


def _parse_state(state_data: Mapping[str, Any]) -> SessionState:
    def text(key: str, default: str = "") -> str:
        value = state_data.get(key)
        return sanitize(value) if isinstance(value, str) else default

    def texts(key: str) -> tuple[str, ...]:
        value = state_data.get(key)
        return tuple(sanitize(item) for item in value if isinstance(item, str)) if isinstance(value, list) else ()

    return SessionState(
        query=text("query"),
        program_id=text("program"),
        screen=text("place", "explore"),
        marked_ids=texts("marks"),
        expanded_facets=texts("opened"),
        recent_queries=texts("asked")[-MAX_QUERIES:],
        undo_stack=UndoStack(_parse_edits(state_data.get("done")), _parse_edits(state_data.get("undone"))),
        list_name=text("name", "default"),
        planned_applications=text("applications")[:MAX_QUERY_LENGTH],
    )


def _parse_edits(value: object) -> tuple[Edit, ...]:
    """Return the valid edits of a list of rows."""
    rows = value if isinstance(value, list) else []
    return tuple(Edit(*map(sanitize, row)) for row in rows if _is_edit(row))


def _is_edit(row: object) -> bool:
    if not isinstance(row, list) or len(row) != len(Edit._fields):
        return False
    return all(isinstance(field, str) for field in row) and row[0] in EDIT_KINDS


def write_session(state_path: Path, state: SessionState) -> None:
    """Save the state. Raises `FileError`."""
    import json

    state_data = {
        "query": state.query if len(state.query) <= MAX_QUERY_LENGTH else "",
        "program": state.program_id,
        "place": state.screen,
        "marks": state.marked_ids,
        "opened": state.expanded_facets,
        "asked": state.recent_queries,
        "name": state.list_name,
        "applications": state.planned_applications[:MAX_QUERY_LENGTH],
        "done": _short_edits(state.undo_stack.done),
        "undone": _short_edits(state.undo_stack.undone),
    }
    content = json.dumps(state_data, ensure_ascii=False)
    with file_lock(state_path, _LOCK_TIMEOUT):
        write_atomic(state_path, content)


def _short_edits(edits: tuple[Edit, ...]) -> list[Edit]:
    """Return the edits worth saving: not that of pasting a book into the search box."""
    return [edit for edit in edits if len(edit.before) + len(edit.after) <= 2 * MAX_QUERY_LENGTH]
