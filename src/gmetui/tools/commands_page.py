"""Generates docs/reference/commands.md from the declared commands: `python -m gmetui.tools.commands_page > FILE`."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Iterator

from ..cli.command import Command, Example
from ..cli.command_parser import CommandParser
from ..cli.commands.help import ENVIRONMENT, EXIT_CODES
from ..cli.declarations.registry import COMMANDS, GROUPS
from ..cli.help_layout import argument_label, full_usage, help_of, option_label

_HEADER = """# Commands

This page is generated from the parser. `gmetui COMMAND --help` shows the same.

Without a command, `gmetui` opens the explorer. Words that are no command are a search: `gmetui cards boston`. Options
may stand anywhere; everything after `--` is an argument.

Results go to standard output, messages to standard error. On a terminal, lists are tables that fit its width, and long
pages open in your pager. In a pipe, a table is tab-separated lines without headings: every row a line, every cell in
full, whatever the terminal. `--columns` chooses columns, `--json` fields; [JSON](json.md) describes them.

A program can be named by its id, by the beginning of its id, or as `institution/specialty`, if only one program is
meant. `-` reads ids from standard input.
"""


def commands_page() -> str:
    """Return the page as Markdown."""
    root = CommandParser(COMMANDS[""])
    parts = [
        _HEADER,
        "## Exit codes\n",
        _table(("exit code", "meaning"), EXIT_CODES),
        "## Environment\n",
        _table(("variable", "meaning"), ((f"`{name}`", _markdown(meaning)) for name, meaning in ENVIRONMENT)),
        "## Options for every command\n",
        _arguments_table([*root.common_options(), *root.own_arguments()]),
    ]
    for group in GROUPS:
        for command in group.commands:
            parts += _command_section(command)
    return "\n".join(part.rstrip("\n") + "\n" for part in parts)


def _command_section(command: Command) -> Iterator[str]:
    parser = CommandParser(command)
    arguments = list(parser.own_arguments())
    yield f"{'###' if command.parent else '##'} {command.prog}\n\n{command.summary[:1].upper()}{command.summary[1:]}."
    if command.details:
        yield command.details
    yield f"```sh\n{full_usage(command, arguments)}\n```"
    if arguments:
        yield _arguments_table(arguments)
    if command.examples:
        yield _examples(command.examples)


def _examples(examples: Iterable[Example]) -> str:
    lines = [line for example in examples for line in (f"# {example.meaning}", f"gmetui {example.line}")]
    return "\n".join(["```sh", *lines, "```"])


def _arguments_table(actions: Iterable[argparse.Action]) -> str:
    rows = (
        (
            f"`{option_label(action) if action.option_strings else argument_label(action)}`",
            _markdown(help_of(action)),
        )
        for action in actions
    )
    return _table(("argument", "meaning"), rows)


def _table(headings: tuple[str, str], rows: Iterable[tuple[str, str]]) -> str:
    return "\n".join(f"| {' | '.join(row)} |" for row in (headings, ("---", "---"), *rows))


def _markdown(text: str) -> str:
    return text.replace("|", "\\|")


if __name__ == "__main__":
    print(commands_page(), end="")
