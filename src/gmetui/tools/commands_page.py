"""Generates docs/reference/commands.md from the parser: `python -m gmetui.tools.commands_page > FILE`."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Iterator

from ..cli.parser import CommandParser, command_parsers, common_options, parser_arguments

_HEADER = """# Commands

This page is generated from the parser. `gmetui COMMAND --help` shows the same.

Results go to standard output, messages to standard error.

| exit code | meaning |
| --- | --- |
| 0 | success, even when nothing matches |
| 1 | internal error; `GMETUI_DEBUG=1` shows the details |
| 2 | invalid command line |
| 3 | invalid data |
| 4 | a file or standard output cannot be read or written |
| 5 | unknown program, list, or institution |
| 130 | interrupted |
| 141 | the reader of standard output closed it |

Without a command, `gmetui` opens the explorer.

"""


def commands_page() -> str:
    """Return the page as Markdown."""
    parts = [_HEADER, "## Options for every command\n\n", _options_table(common_options())]
    for name, parser in command_parsers().items():
        parts += _command_section(f"gmetui {name}", parser, level=2)
    return "\n".join(part.rstrip("\n") + "\n" for part in parts)


def _command_section(title: str, parser: CommandParser, level: int) -> Iterator[str]:
    yield f"{'#' * level} {title}\n\n{parser.description}"
    arguments = list(_own_arguments(parser))
    usage = " ".join((title, *(_usage(argument) for argument in arguments)))
    yield f"```sh\n{usage}\n```"
    if arguments:
        yield _options_table(arguments)
    if parser.commands is not None:
        for name, subparser in parser.commands.parsers.items():
            yield from _command_section(f"{title} {name}", subparser, level + 1)


def _own_arguments(parser: CommandParser) -> Iterator[argparse.Action]:
    """Yield the arguments of one command, without help, the common options and its subcommands."""
    common = {action.dest for action in common_options()}
    for action in parser_arguments(parser):
        if action.dest not in common and action.dest != "help" and not isinstance(action.choices, dict):
            yield action


def _usage(action: argparse.Action) -> str:
    text = _name(action)
    if action.nargs == "+" or action.nargs == "*":
        text = f"{text}…"
    is_optional = bool(action.option_strings) or action.nargs in ("?", "*")
    return f"[{text}]" if is_optional else text


def _name(action: argparse.Action) -> str:
    choices = "|".join(map(str, action.choices)) if action.choices is not None and action.metavar is None else ""
    value = choices or str(action.metavar or action.dest.upper())
    if not action.option_strings:
        return value
    option = action.option_strings[-1]
    return option if action.nargs == 0 else f"{option} {value}"


def _options_table(actions: Iterable[argparse.Action]) -> str:
    rows = [f"| `{_name(action).replace('|', ', ')}` | {_markdown(action.help or '')} |" for action in actions]
    return "\n".join(["| argument | meaning |", "| --- | --- |", *rows])


def _markdown(text: str) -> str:
    return text.replace("%%", "%").replace("|", "\\|")


if __name__ == "__main__":
    print(commands_page(), end="")
