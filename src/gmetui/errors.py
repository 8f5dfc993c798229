"""What can be wrong with data, said so that it can be mended: file, line, key, what is wrong, what would be right."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

_SHOWN = 20


class Problem(NamedTuple):
    """One fault in one file.

    `fatal` faults stop loading. The others are named by `gmetui check` alone: text that was mended while reading, an
    id that contradicts its entry; `doubtful` ones are worth a look and may be right.
    """

    file: str
    line: int
    key: str
    wrong: str
    right: str = ""
    fatal: bool = True
    doubtful: bool = False

    def __str__(self) -> str:
        """`file:line: key: what is wrong; what would be right`."""
        remedy = f"; {self.right}" if self.right else ""
        return f"{self.file}:{self.line}: {self.key}: {self.wrong}{remedy}"


class GmetuiError(Exception):
    """The root of all errors that are told to a person without a traceback."""


class DataError(GmetuiError):
    """Data files are wrong; `problems` holds every fault that was found, in file order."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        lines = [str(problem) for problem in self.problems[:_SHOWN]]
        if len(self.problems) > _SHOWN:
            lines.append(f"and {len(self.problems) - _SHOWN} more; `gmetui check` lists them all")
        super().__init__("\n".join(lines))
