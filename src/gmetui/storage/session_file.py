"""What was open when gmetui was left: a file of gmetui's own, in which nobody writes by hand.

It is read leniently: what is wrong in it is passed over, since nothing of a person's own work stands there.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, NamedTuple

from ..session.undo import ABOUT, Step, Steps
from ..text import clean
from .atomic import write_atomic

_LARGEST = 1_000_000  # bytes
_ASKED = 200  # queries that are remembered
_LONGEST = 2_000  # letters of a remembered query


class State(NamedTuple):
    """What was asked, read and marked last, and what was asked before."""

    met: bool = False  # whether the first hint was read
    query: str = ""
    program: str = ""
    place: str = "explore"
    marks: tuple[str, ...] = ()
    opened: tuple[str, ...] = ()  # facets that show all their values
    asked: tuple[str, ...] = ()
    steps: Steps = Steps()
    name: str = "default"  # of the list

    def with_asked(self, line: str) -> State:
        """Return the state with one more query asked, newest last, each once."""
        if not line or len(line) > _LONGEST:
            return self
        return self._replace(asked=(*(own for own in self.asked if own != line), line)[-_ASKED:])


def read_state(path: Path) -> State:
    """Return what was open; without a readable file, the state of a first start."""
    try:
        if path.stat().st_size > _LARGEST:
            return State()
        raw = path.read_bytes()
    except OSError:
        return State()
    import json

    try:
        found = json.loads(raw)
    except (ValueError, RecursionError):
        return State()
    return _state(found) if isinstance(found, dict) else State()


def _state(found: dict[str, Any]) -> State:
    def texts(key: str) -> tuple[str, ...]:
        value = found.get(key)
        return tuple(clean(own) for own in value if isinstance(own, str)) if isinstance(value, list) else ()

    def text(key: str, default: str = "") -> str:
        value = found.get(key)
        return clean(value) if isinstance(value, str) else default

    steps = Steps(*(_steps(found.get(key)) for key in ("done", "undone")))
    return State(
        found.get("met") is True,
        text("query"),
        text("program"),
        text("place", "explore"),
        texts("marks"),
        texts("opened"),
        texts("asked")[-_ASKED:],
        steps,
        text("name", "default"),
    )


def _steps(value: object) -> tuple[Step, ...]:
    """Return the steps that are whole."""
    rows = value if isinstance(value, list) else []
    whole = (row for row in rows if isinstance(row, list) and len(row) == len(Step._fields))
    return tuple(
        Step(*map(clean, row)) for row in whole if all(isinstance(own, str) for own in row) and row[0] in ABOUT
    )


def write_state(path: Path, state: State) -> None:
    """Remember what is open. Raises `FileError`."""
    import json

    fields = state._asdict()
    steps = fields.pop("steps")
    fields["query"] = state.query if len(state.query) <= _LONGEST else ""
    ways = {"done": _short(steps.done), "undone": _short(steps.undone)}
    write_atomic(path, json.dumps({**fields, **ways}, ensure_ascii=False))


def _short(steps: tuple[Step, ...]) -> list[Step]:
    """Return the steps that are worth remembering: a book pasted into the query line is not."""
    return [step for step in steps if len(step.before) + len(step.after) <= 2 * _LONGEST]
