"""The layout of help: usage, two columns of arguments, and examples, folded to the width of the terminal."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Sequence

from ..lean_typing import TYPE_CHECKING
from .command import Command, Example
from .terminal import terminal_width

if TYPE_CHECKING:
    import argparse

_MAX_WIDTH, _MIN_WIDTH = 100, 40
_MAX_LABEL_WIDTH, _NARROW = 28, 60
_INDENT = "  "


def help_width() -> int:
    """Return how wide help is: as the terminal, within limits."""
    return max(_MIN_WIDTH, min(terminal_width(), _MAX_WIDTH))


def command_help(command: Command, arguments: Sequence[argparse.Action], width: int = 0) -> str:
    """Return the help of a command."""
    width = width or help_width()
    parts = [
        folded(f"{command.summary[:1].upper()}{command.summary[1:]}.", width),
        *(folded(paragraph, width) for paragraph in filter(None, command.details.split("\n\n"))),
        folded(f"Usage: {usage(command, arguments)}", width, hanging=7),
    ]
    positionals = [(argument_label(action), help_of(action)) for action in arguments if not action.option_strings]
    options = [(option_label(action), help_of(action)) for action in arguments if action.option_strings]
    options.append(("-h, --help", "show this help and exit"))
    parts += _section("Arguments", positionals, width) + _section("Options", options, width)
    if command.examples:
        parts.append("\n".join(["Examples", *example_lines(command.examples, width)]))
    parts.append(folded("`gmetui help options` lists the options of every command.", width))
    return "\n\n".join(parts) + "\n"


def usage(command: Command, arguments: Sequence[argparse.Action]) -> str:
    """Return a command with its arguments."""
    words = [argument_usage(action) for action in arguments if not action.option_strings]
    return " ".join([command.prog, *words, "[OPTIONS]"])


def full_usage(command: Command, arguments: Sequence[argparse.Action]) -> str:
    """Return a command with its arguments and every option of its own."""
    return " ".join([command.prog, *map(argument_usage, arguments)])


def argument_usage(action: argparse.Action) -> str:
    """Return an argument or option as in a synopsis: "ID…", "[--limit N]"."""
    if action.option_strings:
        names = action.option_strings
        name = names[0] if f"--no-{names[0].removeprefix('--')}" in names else names[-1]
        return f"[{' '.join(filter(None, (name, value_name(action))))}]"
    label = argument_label(action)
    return f"[{label}]" if action.nargs in ("?", "*") else label


def argument_label(action: argparse.Action) -> str:
    """Return the name of a positional argument, with "…" where there can be several."""
    return f"{action.metavar or action.dest.upper()}{'…' if action.nargs in ('+', '*') else ''}"


def option_label(action: argparse.Action) -> str:
    """Return the names of an option and what it takes."""
    return " ".join(filter(None, (", ".join(action.option_strings), value_name(action))))


def value_name(action: argparse.Action) -> str:
    """Return the name of what an option takes, or ""."""
    return "" if action.nargs == 0 else str(action.metavar or action.dest.upper())


def help_of(action: argparse.Action) -> str:
    """Return what an argument means."""
    return (action.help or "").replace("%%", "%")


def definition_lines(pairs: Iterable[tuple[str, str]], width: int) -> list[str]:
    """Return labels with their meanings beside them, or below where the label is long or the terminal narrow."""
    pairs = list(pairs)
    label_width = min(_MAX_LABEL_WIDTH, max((len(label) for label, _ in pairs), default=0))
    column = len(_INDENT) + label_width + 2 if width >= _NARROW else 2 * len(_INDENT) + 2
    lines: list[str] = []
    for label, meaning in pairs:
        texts = textwrap.wrap(meaning, max(20, width - column), break_on_hyphens=False)
        if len(label) + len(_INDENT) + 2 <= column and texts:
            lines.append(f"{_INDENT}{label}".ljust(column) + texts.pop(0))
        else:
            lines.append(f"{_INDENT}{label}")
        lines += [" " * column + text for text in texts]
    return lines


def example_lines(examples: Iterable[Example], width: int) -> list[str]:
    """Return examples: what each does, and its command line, which is not folded so that it can be copied."""
    lines: list[str] = []
    for example in examples:
        lines += [f"{_INDENT}# {line}" for line in textwrap.wrap(example.meaning, width - 4)]
        lines.append(f"{_INDENT}gmetui {example.line}".rstrip())
    return lines


def folded(text: str, width: int, hanging: int = 0) -> str:
    """Return a paragraph folded to the width."""
    return textwrap.fill(text, width, subsequent_indent=" " * hanging, break_long_words=False, break_on_hyphens=False)


def _section(title: str, pairs: Sequence[tuple[str, str]], width: int) -> list[str]:
    return ["\n".join([title, *definition_lines(pairs, width)])] if pairs else []
