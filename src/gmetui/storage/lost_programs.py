"""Noticing that a list file lost programs outside gmetui: it was emptied, deleted, cut off, or is an older copy."""

from __future__ import annotations

from typing import NamedTuple

from ..text import plural
from .list_history import ListHistory


class LostPrograms(NamedTuple):
    """A version of a list that has programs (or at least changes) that the list file lacks."""

    list_name: str
    revision: int
    program_count: int
    missing_count: int

    @property
    def restore_command(self) -> str:
        """The command that makes the version the list again."""
        option = "" if self.list_name == "default" else f" --list {self.list_name}"
        return f"gmetui shortlist restore {self.revision}{option}"

    @property
    def text(self) -> str:
        """One sentence that says what is missing and how to get it back."""
        if self.missing_count:
            programs = plural(self.program_count - self.missing_count, "program")
            problem = (
                f"the list “{self.list_name}” has {programs}, but version {self.revision} has {self.program_count:,}"
            )
        else:
            problem = f"the file of the list “{self.list_name}” lacks the changes of version {self.revision}"
        return f"{problem}; to restore that version, run: {self.restore_command}"


def find_lost_programs(
    history: ListHistory, list_name: str, program_count: int, revision: int | None, newest_revision: int
) -> LostPrograms | None:
    """Return the version to offer for a list file, or None if nothing is missing. Raises `FileError`.

    `program_count` is that of the file. `revision` is the version that the file claims to be, None if it names none;
    `newest_revision` is the newest version when gmetui wrote the file. After an undo the two differ.
    """
    is_outdated = history.newest_revision() > newest_revision
    version = history.newest_version() if is_outdated or revision is None else history.version(revision)
    if version is None or (version.revision <= newest_revision and is_outdated):
        return None
    missing_count = max(0, version.program_count - program_count)
    if not missing_count and not is_outdated:
        return None
    return LostPrograms(list_name, version.revision, version.program_count, missing_count)
