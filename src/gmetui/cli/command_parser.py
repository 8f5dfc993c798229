"""The parser of one command: argparse with our messages and our help, and the options that several commands share."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NoReturn

from ..errors import UsageError
from ..text import did_you_mean, sanitize
from .command import Command
from .help_layout import command_help, usage
from .output import print_error, print_page

TEXT_FORMATS = ("text", "json")
TABLE_FORMATS = ("table", "json", "jsonl", "tsv")
COLOR_CHOICES = ("auto", "always", "never")


class CommandParser(argparse.ArgumentParser):
    """The parser of one command. `takes_query` is true where the words are a query, in which -word excludes a word."""

    takes_query = False
    color = False  # Python 3.14 colors help with escape sequences

    def __init__(self, command: Command) -> None:
        super().__init__(prog=command.prog, allow_abbrev=False, add_help=False)
        self.command = command
        self.add_argument("-h", "--help", action="store_true", help="show this help and exit")
        command.add_arguments(self)
        self._common_group = add_common_options(self)

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
        return command_help(self.command, list(self.own_arguments()))

    def format_usage(self) -> str:
        """Return how the command is used, in a line."""
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


def add_common_options(parser: argparse.ArgumentParser) -> argparse._ArgumentGroup:
    """Add the options of every command, which may be given before or after its name."""
    group = parser.add_argument_group("common options")
    group.add_argument(
        "-d", "--data", action="append", default=[], metavar="DIR", help="add or override data with the files in DIR"
    )
    group.add_argument("--no-bundled", action="store_true", help="use only the data that --data names")
    group.add_argument("-l", "--list", metavar="NAME", help="shortlist to use (default: default)")
    group.add_argument(
        "--list-file", metavar="FILE", help="shared list to read and comment on; the file is not changed"
    )
    group.add_argument(
        "--by", default="", metavar="NAME", help="your name, as the reviewer of a shared list and on exported web pages"
    )
    add_choice(group, ("--color",), COLOR_CHOICES, "WHEN", "when to use color", default="auto")
    group.add_argument("--no-color", action="store_true", help="same as --color never")
    group.add_argument("--no-pager", action="store_true", help="print long pages without a pager")
    group.add_argument("-q", "--quiet", action="store_true", help="print no messages except errors")
    return group


def one_of(choices: Sequence[str], noun: str) -> Callable[[str], str]:
    """Return a converter that accepts only the choices. It raises `ArgumentTypeError`, which the parser reports."""

    def convert(text: str) -> str:
        if text in choices:
            return text
        hint = did_you_mean(text, choices) or f"use {', '.join(choices)}"
        raise argparse.ArgumentTypeError(f"unknown {noun} “{sanitize(text)}”; {hint}")

    return convert


def add_choice(
    parser: argparse._ActionsContainer,
    names: Sequence[str],
    choices: Sequence[str],
    metavar: str,
    description: str,
    default: str | None = None,
) -> None:
    """Add an option with a few values; its help lists them."""
    listed = f"{', '.join(choices)} (default: {default})" if default else ", ".join(choices)
    parser.add_argument(
        *names,
        choices=choices,
        default=default,
        metavar=metavar,
        type=one_of(choices, metavar.casefold() if metavar != "WHEN" else "value"),
        help=f"{description}: {listed}",
    )


def add_format(parser: CommandParser, choices: Sequence[str] = TEXT_FORMATS) -> None:
    """Add `--format`, whose default is the first choice."""
    add_choice(parser, ("-f", "--format"), choices, "FORMAT", "output format", default=choices[0])


def add_record_format(
    parser: CommandParser, choices: Sequence[str] = TABLE_FORMATS, *, with_columns: bool = True
) -> None:
    """Add the options of a command that lists records: the format, the fields of JSON, the columns of a table."""
    add_format(parser, choices)
    parser.add_argument(
        "-j", "--json", dest="json_fields", metavar="FIELDS", help="JSON with these fields only, such as id,name,visa"
    )
    parser.add_argument("--jsonl", action="store_true", help="JSON Lines: one record a line")
    if with_columns:
        parser.add_argument(
            "-c", "--columns", metavar="NAMES", help="columns of the table, in order, such as program,visa,id"
        )


def add_query(parser: CommandParser, description: str) -> None:
    """Add the query of a command, and the option to ignore what is wrong with it."""
    parser.takes_query = True
    parser.add_argument("query", nargs="*", metavar="QUERY", help=description)
    parser.add_argument("--lenient", action="store_true", help="ignore parts of the query that are not understood")


def add_ids(parser: CommandParser, description: str, *, nargs: str = "+") -> None:
    """Add the ids of programs."""
    parser.add_argument("ids", nargs=nargs, metavar="ID", help=description)
