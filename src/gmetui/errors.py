"""Every error that gmetui reports in a sentence instead of a traceback, and the exit code each one gives.

    GmetuiError                      2  anything below
    ├── UsageError                   2  the command line is wrong
    ├── ReleaseError                 2  a file that `gmetui edition --write` updates does not have the expected form
    ├── DataError                    3  data files have problems; `problems` lists them
    ├── DamagedFileError             3  one of the user's files is not what it should be; it was left untouched
    ├── UnreadableListError          3  a file to import is not a program list or shortlist
    │   └── NoProgramsError          3  it is a table, but no row of it is a program
    ├── FileError                    4  a file cannot be read or written; nothing half-written remains
    └── UnknownIdError               5  no program, institution, list … has that id

The message of each is complete: it starts with `gmetui:` or with the file and line, and names what failed and why.
"""

from __future__ import annotations

from collections.abc import Sequence

from .lean_typing import ClassVar, NamedTuple

_MAX_LISTED_PROBLEMS = 20


class Problem(NamedTuple):
    """One problem in one data file.

    A `fatal` problem stops loading. The others are reported by `gmetui check` only: text that was repaired while
    reading, an id that contradicts its entry. A `doubtful` one deserves a look and may be right.
    """

    file: str
    line: int
    key: str
    message: str
    hint: str = ""
    fatal: bool = True
    doubtful: bool = False

    def __str__(self) -> str:
        """Return `file:line: key: message; hint`."""
        hint = f"; {self.hint}" if self.hint else ""
        return f"{self.file}:{self.line}: {self.key}: {self.message}{hint}"


class GmetuiError(Exception):
    """The root of all errors that are reported without a traceback."""

    exit_code: ClassVar[int] = 2


class UsageError(GmetuiError):
    """The command line is wrong."""


class ReleaseError(GmetuiError):
    """A file that `gmetui edition --write` updates does not have the expected form; the message names it."""


class DataError(GmetuiError):
    """Data files have problems; `problems` holds every one that was detected, in file order."""

    exit_code = 3

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        lines = [str(problem) for problem in self.problems[:_MAX_LISTED_PROBLEMS]]
        if len(self.problems) > _MAX_LISTED_PROBLEMS:
            lines.append(f"and {len(self.problems) - _MAX_LISTED_PROBLEMS} more; `gmetui check` lists them all")
        super().__init__("\n".join(lines))


class DamagedFileError(GmetuiError):
    """One of the user's files exists but is not what it should be; it was left untouched."""

    exit_code = 3


class UnreadableListError(GmetuiError):
    """A file to import is not a program list or a shortlist, or is too large to be one."""

    exit_code = 3


class NoProgramsError(UnreadableListError):
    """A table in which no row is a program; the message says why, without naming the file."""


class FileError(GmetuiError):
    """A file or directory cannot be read or written; nothing half-written remains. The message names it."""

    exit_code = 4


class UnknownIdError(GmetuiError):
    """No program, institution, list … has that id, or several can be meant; the message suggests similar ones."""

    exit_code = 5

    def __init__(
        self,
        kind: str,
        wanted: str,
        known_ids: Sequence[str] = (),
        *,
        suggestions: Sequence[str] | None = None,
        reason: str = "",
    ) -> None:
        """Suggest the `known_ids` that are like the wanted one, or else the `suggestions`.

        `reason` says why the id is not accepted, where it isn't unknown.
        """
        from .text import closest_matches, sanitize

        matches = closest_matches(wanted, known_ids, limit=3) if suggestions is None else suggestions
        listed = ", ".join(f"“{match}”" for match in matches)
        hint = f"; did you mean {listed}?" if matches else ""
        if reason:
            super().__init__(f"gmetui: {kind} “{sanitize(wanted)}” {reason}{hint}")
        else:
            super().__init__(f"gmetui: unknown {kind} “{sanitize(wanted)}”{hint}")

    @classmethod
    def of_all(cls, errors: Sequence[UnknownIdError]) -> UnknownIdError:
        """Return one error with the messages of several."""
        combined = cls("", "")
        combined.args = ("\n".join(map(str, errors)),)
        return combined
