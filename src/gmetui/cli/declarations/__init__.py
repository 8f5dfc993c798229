"""The commands, declared without the code that runs them. `registry` has all of them; importing one group is faster."""

from __future__ import annotations

from ..command import Command

#: The commands of `programs`, which scripts call again and again. They have no actions.
PROGRAM_COMMANDS = ("search", "show", "compare")


def program_command(name: str) -> Command:
    """Return one of `PROGRAM_COMMANDS`, without importing the other declarations."""
    from .programs import PROGRAMS

    return next(command for command in PROGRAMS.commands if command.name == name)
