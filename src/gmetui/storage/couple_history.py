"""The earlier states of the file of a couple, so that its rows can be undone in a later session too.

They are a stack beside the file: `couples/LIST/000003.toml` is what `couples/LIST.toml` was before its third change. A
change adds a file, undo takes the last one away, and the oldest beyond a limit are deleted. They are a convenience: a
state that cannot be written, or is damaged, is left out without a word, and never stops a change.
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from ..errors import GmetuiError
from .couples import CoupleFile, read_couple, write_couple
from .numbered_files import NumberedFiles, discard

MAX_STATES = 50


def earlier_states(couple_path: Path) -> list[CoupleFile]:
    """Return the earlier states of a file, the latest last."""
    states = []
    with suppress(GmetuiError):
        for state_path in _files(couple_path).paths().values():
            with suppress(GmetuiError):
                states.append(read_couple(state_path))
    return states


def write_change(couple_path: Path, couple: CoupleFile, before: CoupleFile) -> None:
    """Write what a couple chose, and remember what it was before. Raises `FileError` if the file cannot be written."""
    write_couple(couple_path, couple)
    files = _files(couple_path)
    with suppress(GmetuiError):
        numbered = files.paths()
        _, state_path = files.next_path(numbered)
        write_couple(state_path, before)
        for old_path in list(numbered.values())[: -MAX_STATES + 1]:
            discard(old_path)


def write_undone(couple_path: Path, couple: CoupleFile) -> None:
    """Write the latest earlier state, which is none any more. Raises `FileError` if the file cannot be written."""
    write_couple(couple_path, couple)
    with suppress(GmetuiError):
        for latest_path in list(_files(couple_path).paths().values())[-1:]:
            discard(latest_path)


def _files(couple_path: Path) -> NumberedFiles:
    return NumberedFiles(couple_path.with_suffix(""), ".toml")
