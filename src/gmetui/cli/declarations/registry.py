"""Every command, in the groups of the help. To add one, add it to a group here, and its module to `commands`."""

from __future__ import annotations

from ..command import Command, CommandGroup
from .data import DATA
from .files import EXPORT, IMPORT, IMPORTS
from .general import EXPLORE, GENERAL
from .ladder import LADDER
from .profile import PROFILE
from .programs import PROGRAMS
from .reference import REFERENCE
from .season import SEASON
from .shortlist import SHORTLIST_COMMANDS
from .triage import TRIAGE_COMMANDS

#: The groups of commands, in the order of the help. Actions follow their command.
GROUPS: tuple[CommandGroup, ...] = (
    PROGRAMS,
    REFERENCE,
    CommandGroup("Your shortlist", (*SHORTLIST_COMMANDS, EXPORT, *TRIAGE_COMMANDS)),
    PROFILE,
    SEASON,
    CommandGroup("Training", (LADDER,)),
    CommandGroup("Lists from elsewhere", (IMPORT, *IMPORTS)),
    DATA,
    GENERAL,
)
#: Every command by name: "search", "shortlist add"; "" opens the explorer.
COMMANDS: dict[str, Command] = {
    EXPLORE.name: EXPLORE,
    **{command.name: command for group in GROUPS for command in group.commands},
}


def subcommands(name: str) -> dict[str, Command]:
    """Return the commands below a command by their last word: its actions, or for "" every command."""
    return {
        command.name.rpartition(" ")[2]: command
        for command in COMMANDS.values()
        if command.name and command.parent == name
    }
