"""Generates docs/man/gmetui.1 from the declared commands: `python -m gmetui.tools.man_page > FILE`."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Iterator

from .. import __version__
from ..cli.command import Command
from ..cli.command_parser import CommandParser
from ..cli.commands.help import ENVIRONMENT, EXAMPLES, EXIT_CODES
from ..cli.declarations.registry import COMMANDS, GROUPS
from ..cli.help_layout import argument_label, full_usage, help_of, option_label

_DESCRIPTION = (
    "gmetui searches and compares graduate medical training in the United States, and keeps a ranked shortlist. "
    "Without a command it opens the full-screen explorer. Words that are no command are a search. Options may stand "
    "anywhere; everything after -- is an argument.",
    "Results go to standard output, messages to standard error. On a terminal, lists are tables that fit its width, "
    "and long pages open in a pager. In a pipe, a table is tab-separated lines without headings.",
    "A program can be named by its id, by the beginning of its id, or as institution/specialty, if only one program is "
    "meant.",
)


def man_page() -> str:
    """Return the page in the man macros of roff."""
    root = CommandParser(COMMANDS[""])
    lines = [
        f'.TH GMETUI 1 "" "gmetui {__version__}" "User Commands"',
        ".SH NAME",
        r"gmetui \- explore US residencies, fellowships, and other graduate medical training",
        ".SH SYNOPSIS",
        *_synopsis("gmetui [OPTIONS]"),
        *_synopsis("gmetui COMMAND [ARGUMENTS] [OPTIONS]"),
        *_synopsis("gmetui WORDS…"),
        ".SH DESCRIPTION",
        *_paragraphs(_DESCRIPTION),
        ".SH OPTIONS",
        "Every command takes these, before or after its name.",
        *_arguments([*root.common_options(), *root.own_arguments()]),
        ".SH COMMANDS",
    ]
    for group in GROUPS:
        for command in group.commands:
            lines += _command(command)
    lines += [".SH EXIT STATUS", *_definitions(EXIT_CODES), ".SH ENVIRONMENT", *_definitions(ENVIRONMENT)]
    lines += [".SH EXAMPLES", *_definitions((f"gmetui {line}".rstrip(), meaning) for line, meaning in EXAMPLES)]
    lines += [".SH SEE ALSO", "https://gmetui.github.io/gmetui/"]
    return "\n".join(lines) + "\n"


def _command(command: Command) -> Iterator[str]:
    parser = CommandParser(command)
    arguments = list(parser.own_arguments())
    yield f".SS {_escape(command.prog)}"
    yield _text(f"{command.summary[:1].upper()}{command.summary[1:]}.")
    yield from _paragraphs(filter(None, [command.details]))
    yield ".PP"
    yield from _synopsis(full_usage(command, arguments))
    yield from _arguments(arguments)
    for example in command.examples:
        yield from (".PP", f"{_text(example.meaning)}:", ".RS", ".nf", f"gmetui {_escape(example.line)}", ".fi", ".RE")


def _arguments(actions: Iterable[argparse.Action]) -> Iterator[str]:
    return _definitions(
        (option_label(action) if action.option_strings else argument_label(action), help_of(action))
        for action in actions
    )


def _definitions(pairs: Iterable[tuple[str, str]]) -> Iterator[str]:
    for label, meaning in pairs:
        yield from (".TP", rf"\fB{_escape(label)}\fR", _text(meaning))


def _synopsis(line: str) -> Iterator[str]:
    yield from (".br", rf"\fB{_escape(line)}\fR")


def _paragraphs(paragraphs: Iterable[str]) -> Iterator[str]:
    for paragraph in paragraphs:
        yield from (".PP", _text(paragraph))


def _text(text: str) -> str:
    """Return a line of text that roff doesn't take for a request."""
    escaped = _escape(text)
    return rf"\&{escaped}" if escaped[:1] in (".", "'") else escaped


def _escape(text: str) -> str:
    return text.replace("\\", "\\e").replace("-", r"\-").replace("…", "...")


if __name__ == "__main__":
    print(man_page(), end="")
