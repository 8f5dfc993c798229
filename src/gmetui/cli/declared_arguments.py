"""The arguments of a command, read without argparse, which takes longer to import than a search takes.

Only what is right is read here. Whatever isn't goes to argparse (`command_parser`), which says what is wrong with it.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Mapping, Sequence
from types import SimpleNamespace

from ..lean_typing import TYPE_CHECKING, Any, NoReturn
from .command import Command
from .command_options import add_common_options

if TYPE_CHECKING:
    from argparse import Namespace

    from .command_parser import CommandParser


class DeclaredArgument:
    """An argument or option of a command. Its attributes are those of `argparse.Action`."""

    def __init__(
        self,
        *names: str,
        action: str = "store",
        nargs: str | int | None = None,
        default: Any = None,
        type: Callable[[str], object] = str,
        choices: Container[object] | None = None,
        dest: str = "",
        **_: str,
    ) -> None:
        """Keep what reading a command line takes; `action` is "store", "store_true", or "append"."""
        is_flag = action == "store_true"
        long_name = next((name for name in names if name.startswith("--")), names[0])
        self.option_strings = names if names[0].startswith("-") else ()
        self.dest = dest or long_name.lstrip("-").replace("-", "_")
        self.nargs = 0 if is_flag else nargs
        self.default = False if is_flag else default
        self.is_repeatable = action == "append"
        self.type, self.choices = type, choices

    def value(self, text: str) -> object:
        """Return what a text stands for. Raises the error of the type, or ValueError, where that is nothing."""
        value = self.type(text)
        if self.choices is not None and value not in self.choices:
            raise ValueError(text)
        return value


class DeclaredArguments:
    """The arguments and options of a command, as its declaration and the options of every command add them.

    `takes_query` is true where the words are a query, in which -word excludes a word. `has_switches` is true where an
    option can be turned off, too, which only argparse reads.
    """

    takes_query = False
    has_switches = False

    def __init__(self, command: Command) -> None:
        self.command = command
        self.arguments: list[DeclaredArgument] = []
        self.add_argument("-h", "--help", action="store_true")
        command.add_arguments(self)
        add_common_options(self)

    def add_argument(self, *names: str, **keywords: Any) -> None:
        """Add an argument or option, with the keywords of argparse."""
        self.has_switches |= not isinstance(keywords.get("action", ""), str)
        self.arguments.append(DeclaredArgument(*names, **keywords))

    def options_by_name(self) -> Mapping[str, DeclaredArgument]:
        """Return the options by each of their names."""
        return {name: argument for argument in self.arguments for name in argument.option_strings}

    def parse(self, options: Sequence[str], words: Sequence[str]) -> Namespace:
        """Return the values of the arguments and options, given as --name, --name=value, and words."""
        try:
            return self._namespace(options, words)  # type: ignore[return-value]  # with the same attributes
        except Exception:  # noqa: BLE001  # argparse meets it again, and reports it
            return self._parser().parse(options, words)

    def error(self, message: str) -> NoReturn:
        """Print what is wrong and how the command is used, and exit."""
        self._parser().error(message)

    def _parser(self) -> CommandParser:
        from .command_parser import CommandParser

        return CommandParser(self.command)

    def _namespace(self, options: Sequence[str], words: Sequence[str]) -> SimpleNamespace:
        """Return what `parse` returns. Raises any error where something is wrong."""
        values: dict[str, Any] = {argument.dest: argument.default for argument in self.arguments}
        options_by_name = self.options_by_name()
        for option in options:
            name, _, text = option.partition("=")
            argument = options_by_name[name]
            value = True if argument.nargs == 0 else argument.value(text)
            values[argument.dest] = [*(values[argument.dest] or ()), value] if argument.is_repeatable else value
        pending = list(words)
        positionals = [argument for argument in self.arguments if not argument.option_strings]
        for position, argument in enumerate(positionals):
            needed_later = sum(later.nargs in (None, "+") for later in positionals[position + 1 :])
            available = len(pending) - needed_later
            count = available if argument.nargs in ("*", "+") else min(available, 1)
            if count < 1 and argument.nargs in (None, "+"):
                raise ValueError(argument.dest)
            texts, pending = pending[: max(count, 0)], pending[max(count, 0) :]
            if texts or argument.nargs == "*":
                converted = [argument.value(text) for text in texts]
                values[argument.dest] = converted if argument.nargs in ("*", "+") else converted[0]
        if pending:
            raise ValueError(pending[0])
        return SimpleNamespace(**values)
