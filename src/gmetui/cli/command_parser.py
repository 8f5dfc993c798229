"""The parser of one command: argparse with our messages, our help, and the options of every command."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping, Sequence
from functools import partial

from ..errors import UsageError
from ..lean_typing import NoReturn
from ..text import sanitize
from .command import Command
from .command_options import add_common_options
from .output import print_error, print_page

_UNUSED_WIDTH = 80


class CommandParser(argparse.ArgumentParser):
    """The parser of one command. `takes_query` is true where the words are a query, in which -word excludes a word."""

    takes_query = False
    color = False  # Python 3.14 colors help with escape sequences

    def __init__(self, command: Command) -> None:
        # argparse formats each argument to check it; help is laid out elsewhere. Without a width it imports `shutil`.
        formatter = partial(argparse.HelpFormatter, width=_UNUSED_WIDTH)
        super().__init__(prog=command.prog, allow_abbrev=False, add_help=False, formatter_class=formatter)
        self.command = command
        self.add_argument("-h", "--help", action="store_true", help="show this help and exit")
        command.add_arguments(self)
        self._common_group = self.add_argument_group("common options")
        add_common_options(self._common_group)

    @property
    def arguments(self) -> Iterator[argparse.Action]:
        """All arguments and options."""
        return parser_arguments(self)

    def parse(self, options: Sequence[str], words: Sequence[str]) -> argparse.Namespace:
        """Return the values of the arguments and options, given as --name, --name=value, and words.

        Exits with code 2 when something is wrong.
        """
        separator = ["--"] if words else []
        namespace, extra = self.parse_known_args([*options, *separator, *words])
        extra = [word for word in extra if word != "--"]
        if extra:
            self.error(f"unexpected {'option' if extra[0].startswith('--') else 'argument'} “{sanitize(extra[0])}”")
        return namespace

    def own_arguments(self) -> Iterator[argparse.Action]:
        """Yield the arguments and options of this command alone."""
        common = {action.dest for action in group_actions(self._common_group)}
        return (action for action in parser_arguments(self) if action.dest not in {"help", *common})

    def common_options(self) -> Iterator[argparse.Action]:
        """Yield the options that every command has."""
        return group_actions(self._common_group)

    def options_by_name(self) -> Mapping[str, argparse.Action]:
        """Return the options by each of their names."""
        return {name: action for action in parser_arguments(self) for name in action.option_strings}

    def format_help(self) -> str:
        """Return the help, folded to the terminal."""
        from .help_layout import command_help

        return command_help(self.command, list(self.own_arguments()))

    def format_usage(self) -> str:
        """Return how the command is used, in a line."""
        from .help_layout import usage

        return f"usage: {usage(self.command, list(self.own_arguments()))}\n"

    def print_help(self, file: object = None) -> None:
        """Print the help to standard output."""
        print_page(self.format_help())

    def error(self, message: str) -> NoReturn:
        """Print what is wrong and how the command is used, and exit."""
        print_error(
            f"{self.prog}: {message.removeprefix('argument ')}\n{self.format_usage()}`{self.prog} --help` shows more"
        )
        raise SystemExit(UsageError.exit_code)


def parser_arguments(parser: argparse.ArgumentParser) -> Iterator[argparse.Action]:
    """Yield the arguments and options of a parser. Only this and `group_actions` rely on how argparse stores them."""
    yield from parser._actions


def group_actions(group: argparse._ArgumentGroup) -> Iterator[argparse.Action]:
    """Yield the arguments of a group."""
    yield from group._group_actions
