"""What a command is: its name, what it does, its arguments, and examples. `declarations` has them all."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from ..lean_typing import Any, NamedTuple


class Example(NamedTuple):
    """A command line that works, without "gmetui", and what it does."""

    line: str
    meaning: str


def _add_nothing(_: object) -> None:
    """Add no arguments."""


class Command(NamedTuple):
    """A command, or an action of one: "shortlist add".

    `function` of the module `commands.MODULE` runs it. The module is imported, and the parser built, only then.
    `add_arguments` gets the `CommandParser`.
    """

    name: str
    summary: str
    module: str
    function: str
    add_arguments: Callable[[Any], None] = _add_nothing
    examples: Sequence[Example] = ()
    details: str = ""
    is_hidden: bool = False

    @property
    def parent(self) -> str:
        """The command that this is an action of, or ""."""
        return self.name.rpartition(" ")[0]

    @property
    def prog(self) -> str:
        """The words that run it."""
        return f"gmetui {self.name}".rstrip()


class CommandGroup(NamedTuple):
    """Commands under one heading of the help."""

    title: str
    commands: Sequence[Command]
