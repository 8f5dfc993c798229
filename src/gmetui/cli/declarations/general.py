"""The explorer itself, its settings and files, shell completion, help, and the version."""

from __future__ import annotations

from ...lean_typing import TYPE_CHECKING
from ..arguments import port_number
from ..command import Command, CommandGroup, Example
from ..command_options import add_format

if TYPE_CHECKING:
    from ..command_parser import CommandParser

SHELLS = ("bash", "zsh", "fish")


def _explore(parser: CommandParser) -> None:
    parser.add_argument("-V", "--version", action="store_true", help="show the version and the data edition")
    parser.add_argument("--query", metavar="QUERY", help="open the explorer with this query")


def _serve(parser: CommandParser) -> None:
    parser.add_argument(
        "-p", "--port", type=port_number, default=8765, metavar="N", help="port (default: 8765; 0 picks a free one)"
    )
    parser.add_argument("--open", action="store_true", help="open the link in your browser")


def _completion(parser: CommandParser) -> None:
    parser.add_argument(
        "shell", nargs="?", metavar="SHELL", help=f"{', '.join(SHELLS)} (default: the shell you are in)"
    )
    parser.add_argument("--install", action="store_true", help="install it for your shell instead of printing it")


def _help(parser: CommandParser) -> None:
    parser.add_argument(
        "topic", nargs="*", metavar="COMMAND", help="a command, or options, queries, environment, codes"
    )


EXPLORE = Command(
    "",
    "explore US residencies, fellowships, and other graduate medical training",
    "explore",
    "explore_command",
    _explore,
)
GENERAL = CommandGroup(
    "gmetui",
    (
        Command(
            "serve",
            "open the explorer in a browser on this computer",
            "serve",
            "serve_command",
            _serve,
            (
                Example("serve --open", "in your browser"),
                Example("serve", "print a link that works once"),
                Example("serve --port 0", "on any free port"),
            ),
        ),
        Command(
            "settings",
            "show your settings and any problems",
            "settings",
            "settings_command",
            add_format,
            (Example("settings", "every setting and what it can be"),),
        ),
        Command(
            "paths",
            "show where data, settings, shortlists and the cache are stored",
            "paths",
            "paths_command",
            add_format,
            (Example("paths", "where your files are"), Example("paths -f json", "for a script")),
        ),
        Command(
            "completion",
            "print or install shell completion",
            "completion",
            "completion_command",
            _completion,
            (
                Example("completion --install", "for the shell you are in"),
                Example("completion bash > ~/.local/share/bash-completion/completions/gmetui", "by hand"),
            ),
        ),
        Command(
            "help",
            "show help for a command or a topic",
            "help",
            "help_command",
            _help,
            (Example("help shortlist date", "one action"), Example("help options", "the options of every command")),
        ),
        Command(
            "version",
            "show the version and the data edition",
            "version",
            "version_command",
            add_format,
            (Example("version", "same as gmetui --version"),),
        ),
    ),
)
