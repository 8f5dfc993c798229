"""Reading a command line: which command it names, which words are options, and which are arguments.

Options may stand anywhere: before the command, between its words, and after them. The words are sorted here, and
checked for the one command that runs; the arguments of the others aren't declared.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property

from ..errors import UsageError
from ..lean_typing import TYPE_CHECKING
from ..text import closest_matches, sanitize
from .arguments import decode_texts
from .command import Command
from .declarations import PROGRAM_COMMANDS, program_command
from .declared_arguments import DeclaredArguments
from .output import print_error

if TYPE_CHECKING:
    from argparse import Action, Namespace

    from .command_parser import CommandParser
    from .declared_arguments import DeclaredArgument

#: Arguments that name files.
_FILE_ARGUMENTS = frozenset(("data", "list_file", "output", "file", "doubts", "paths", "old", "new", "write", "since"))
_SEARCH = "search"
_HELP_NAMES = ("-h", "--help")
_LEAST_SIMILARITY = 0.75  # of a word and the command it may be a typing mistake for


class _PartialCommandLine:
    """A command line as far as it was read. `options` are in the form --name or --name=value.

    `is_named` is set where a word names the command, and doesn't imply it.
    """

    def __init__(self, command: Command, *, is_named: bool = False) -> None:
        self.options: list[str] = []
        self.words: list[str] = []
        self.wants_help = False
        self._command, self.is_named = command, is_named

    @property
    def command(self) -> Command:
        """The command as far as it is known."""
        return self._command

    @cached_property
    def parser(self) -> CommandParser | DeclaredArguments:
        """What reads the arguments and options of the command."""
        arguments = DeclaredArguments(self._command)
        if not arguments.has_switches:
            return arguments
        from .command_parser import CommandParser

        return CommandParser(self._command)

    def enter(self, command: Command) -> None:
        """Continue with the command that a word names."""
        self._command, self.is_named = command, True
        self.__dict__.pop("parser", None)


def parse_arguments(arguments: Sequence[str]) -> Namespace:
    """Return the parsed command line. Exits with code 2 when it is invalid, as argparse does.

    Besides the arguments, the options have the `command`, and `names_list`: whether they name a list.
    """
    command_line = _read(arguments)
    if command_line.wants_help:
        from .commands.help import print_help

        print_help(command_line.command)
        raise SystemExit(0)
    options = command_line.parser.parse(command_line.options, command_line.words)
    decode_texts(options, _FILE_ARGUMENTS)
    options.command = command_line.command
    options.names_list = options.list is not None
    options.list = "default" if options.list is None else options.list
    options.color = "never" if options.no_color else options.color
    options.no_color = options.color == "never"
    return options


def _read(arguments: Sequence[str]) -> _PartialCommandLine:
    pending = list(reversed(arguments))
    if pending and pending[-1] in PROGRAM_COMMANDS:
        command_line = _PartialCommandLine(program_command(pending.pop()), is_named=True)
    else:
        from .declarations.registry import COMMANDS

        command_line = _PartialCommandLine(COMMANDS[""])
    while pending:
        argument = pending.pop()
        if argument == "--":
            command_line.words += reversed(pending)
            break
        if argument in _HELP_NAMES:
            command_line.wants_help = True
        elif argument.startswith("-") and len(argument) > 1:
            _read_option(command_line, argument, pending)
        else:
            _read_word(command_line, argument)
    if command_line.words and not command_line.command.name:  # all words after "--"
        command_line.enter(program_command(_SEARCH))
    return command_line


def _read_word(command_line: _PartialCommandLine, word: str) -> None:
    """Read a word: the name of a command or an action, or an argument."""
    name = command_line.command.name
    children: Mapping[str, Command] = {}
    if not command_line.words and (not name or command_line.is_named) and name not in PROGRAM_COMMANDS:
        from .declarations.registry import subcommands

        children = subcommands(name)
    if not children:
        command_line.words.append(word)
    elif word in children:
        command_line.enter(children[word])
    elif name:
        command_line.parser.error(_unknown_command(f"action of `{command_line.command.prog}`", word, list(children)))
    else:
        if closest_matches(word, children, limit=1, cutoff=_LEAST_SIMILARITY):
            message = _unknown_command("command", word, list(children))
            print_error(
                f"gmetui: {message}\n`gmetui search {sanitize(word)}` searches for the word; `gmetui --help` shows more"
            )
            raise SystemExit(UsageError.exit_code)
        command_line.enter(program_command(_SEARCH))  # bare words search
        command_line.words.append(word)


def _unknown_command(noun: str, word: str, names: Sequence[str]) -> str:
    matches = closest_matches(word, names, limit=2)
    hint = f"did you mean {' or '.join(f'“{match}”' for match in matches)}?" if matches else f"use {', '.join(names)}"
    return f"unknown {noun} “{sanitize(word)}”; {hint}"


def _read_option(command_line: _PartialCommandLine, argument: str, pending: list[str]) -> None:
    """Read an option, with its value from the next word where it takes one; or a word that a query excludes."""
    parser = command_line.parser
    options_by_name = parser.options_by_name()
    is_long = argument.startswith("--")
    option_name, _, value = argument.partition("=") if is_long else (argument[:2], "", argument[2:])
    action = options_by_name.get(option_name)
    has_value = "=" in argument if is_long else bool(value)
    if not is_long and has_value and not _accepts_attached(parser, action, value):
        if parser.takes_query or any(_takes_reversed_key(action) for action in parser.arguments):
            command_line.words.append(argument)
            return
        action = None
    if action is None:
        parser.error(_unknown_option(parser, argument if is_long else argument[:2], options_by_name))
    long_name = option_name if is_long else action.option_strings[-1]
    if action.nargs == 0:
        if has_value and is_long:
            parser.error(f"{long_name} takes no value")
        command_line.options.append(long_name)
        if has_value:  # several letters behind one hyphen
            pending.append(f"-{value}")
    elif has_value:
        command_line.options.append(f"{long_name}={value}")
    elif pending and not (pending[-1].startswith("--") and pending[-1] in options_by_name):
        command_line.options.append(f"{long_name}={pending.pop()}")
    elif action.dest == "json_fields":
        parser.error("--json needs field names such as id,name; --format json prints every field")
    else:
        parser.error(f"{long_name} needs a value")


def _accepts_attached(
    parser: CommandParser | DeclaredArguments, action: Action | DeclaredArgument | None, value: str
) -> bool:
    """Tell whether the letters behind a short option are its value, or further short options.

    In a query, "-name:x" excludes a term; only what cannot be one is a value there: -n10, -fjson.
    """
    if action is None:
        return False
    if action.nargs == 0:
        return f"-{value[0]}" in parser.options_by_name()
    if not parser.takes_query:
        return True
    if action.choices is not None:
        return value in action.choices
    return value.isdecimal() and action.type is not None


def _takes_reversed_key(action: Action | DeclaredArgument) -> bool:
    """Tell whether an argument is a sort key, which a hyphen reverses."""
    return not action.option_strings and action.dest == "key"


def _unknown_option(parser: CommandParser | DeclaredArguments, name: str, options_by_name: Iterable[str]) -> str:
    long_names = [known for known in options_by_name if known.startswith("--")]
    matches = closest_matches(name, long_names, limit=1) if name.startswith("--") else []
    hint = f"; did you mean “{matches[0]}”?" if matches else ""
    if not hint and not parser.command.name:
        hint = "; options of a command come after its name"
    elif not hint and parser.takes_query:
        hint = f"; to search for it, put -- before it; NOT {sanitize(name.lstrip('-'))} excludes it"
    return f"unknown option “{sanitize(name)}”{hint}"
