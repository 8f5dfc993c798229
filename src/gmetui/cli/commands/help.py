"""`gmetui help`: the help of gmetui, of a command, and of topics that concern every command."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from ...errors import UsageError
from ...lean_typing import TYPE_CHECKING
from ...text import closest_matches, sanitize
from ..command import Command, Example
from ..declarations.registry import COMMANDS, GROUPS
from ..help_layout import definition_lines, example_lines, folded, help_of, help_width, option_label
from ..output import print_page

if TYPE_CHECKING:
    from argparse import Namespace

EXIT_CODES = (
    ("0", "success, even when nothing matches"),
    ("1", "internal error; GMETUI_DEBUG=1 shows the details"),
    ("2", "invalid command line, or a query that is not understood"),
    ("3", "invalid data"),
    ("4", "a file or standard output cannot be read or written"),
    ("5", "unknown program, list, institution, or version"),
    ("130", "interrupted"),
    ("141", "the reader of standard output closed it"),
)
ENVIRONMENT = (
    ("GMETUI_HOME", "directory for everything that gmetui stores; `gmetui paths` shows where it is"),
    ("GMETUI_PAGER, PAGER", "pager for long pages (default: less); cat or an empty value turns it off"),
    ("COLUMNS", "width of tables and text"),
    ("NO_COLOR", "no color"),
    ("CLICOLOR_FORCE, FORCE_COLOR", "color in pipes too"),
    ("FORCE_HYPERLINK", "1 or 0: links on names in tables, whatever the terminal"),
    ("GMETUI_FORCE_TTY", "in pipes, tables and text as on a terminal"),
    ("EDITOR, VISUAL", "editor for notes"),
    ("GMETUI_NO_PROFILE", "no profile is read or written, as in `gmetui serve`"),
    ("GMETUI_DEBUG", "details of internal errors"),
)
EXAMPLES = (
    Example("", "open the full-screen explorer"),
    Example("cards boston", "search; same as `gmetui search cards boston`"),
    Example("show tufts/cardiology", "one program in full"),
    Example("shortlist add tufts/cardiology", "save it"),
    Example("export -o list.xlsx", "take your shortlist to Excel"),
)
_TITLE = "Explore US residencies, fellowships, and other graduate medical training."
_TOPICS = ("options", "queries", "environment", "codes")
_QUERY_HELP = """\
Words are joined by AND: “cards tufts” finds cardiology at Tufts. Abbreviations, synonyms, and typing mistakes are
understood.

field:value filters; field:a,b is either; -field:value or NOT excludes; OR is one or the other; "a phrase" is exact.
near:boston,50 is within 50 miles of a city or hospital, and sort:near puts the nearest first.
no:field is not stated, has:field is stated; length:<=2 compares; sort:name orders, and -sort:name reverses it.

A query that is not understood is an error; --lenient ignores what is wrong.
"""
_QUERY_EXAMPLES = (
    Example("search kind:residency inst:tufts,mgh", "residencies at either hospital"),
    Example("search peds -kind:fellowship 'length:<=3'", "at most three years, no fellowships"),
    Example("search cards no:deadline", "cardiology whose pages give no deadline"),
)


def help_command(options: Namespace) -> int:
    """Run `gmetui help`. Raises `UsageError` for an unknown command or topic."""
    name = " ".join(options.topic)
    pages: dict[str, Callable[[], str]] = {
        "options": _options_page,
        "queries": _queries_page,
        "environment": lambda: _definitions_page("Environment", ENVIRONMENT),
        "codes": lambda: _definitions_page("Exit codes", EXIT_CODES),
    }
    if name in pages:
        print_page(pages[name]())
        return 0
    command = COMMANDS.get(name)
    if command is None:
        matches = closest_matches(name, (*COMMANDS, *_TOPICS), limit=2)
        hint = (
            f"did you mean {' or '.join(f'“{match}”' for match in matches)}?" if matches else "`gmetui help` lists them"
        )
        raise UsageError(f"gmetui: no help on “{sanitize(name)}”; {hint}")
    print_help(command)
    return 0


def print_help(command: Command) -> None:
    """Print the help of a command, or of gmetui as a whole."""
    if not command.name:
        print_main_help()
        return
    from ..command_parser import CommandParser

    print_page(CommandParser(command).format_help() + _action_list(command))


def print_main_help() -> int:
    """Print the help of gmetui as a whole."""
    print_page(main_help())
    return 0


def main_help() -> str:
    """Return the help of gmetui: every command, in groups."""
    width = help_width()
    usage_lines = (("gmetui", "open the full-screen explorer"), ("gmetui COMMAND …", "run a command"))
    parts = [
        folded(_TITLE, width),
        "\n".join(["Usage", *definition_lines((*usage_lines, ("gmetui WORDS…", "search programs")), width)]),
    ]
    for group in GROUPS:
        pairs = [(command.name, command.summary) for command in group.commands if not command.parent]
        parts.append("\n".join([group.title, *definition_lines(pairs, width)]))
    parts.append("\n".join(["Examples", *example_lines(EXAMPLES, width)]))
    topics = (
        ("gmetui help COMMAND", "a command, with examples"),
        ("gmetui help options", "the options of every command"),
        ("gmetui help queries", "the query language"),
        ("gmetui help environment", "environment variables"),
        ("gmetui help codes", "exit codes"),
    )
    parts.append("\n".join(["More help", *definition_lines(topics, width)]))
    return "\n\n".join(parts) + "\n"


def _action_list(command: Command) -> str:
    """Return the actions of a command, if it has any."""
    pairs = [
        (action.name.removeprefix(f"{command.name} "), action.summary)
        for action in COMMANDS.values()
        if action.parent == command.name
    ]
    return "\n" + "\n".join(["Actions", *definition_lines(pairs, help_width())]) + "\n" if pairs else ""


def _options_page() -> str:
    from ..command_parser import CommandParser

    parser = CommandParser(COMMANDS[""])
    actions = [*parser.common_options(), *(action for action in parser.own_arguments() if action.option_strings)]
    pairs = [(option_label(action), help_of(action)) for action in actions if action.dest != "query"]
    pairs.append(("-h, --help", "show the help of the command"))
    return _definitions_page("Options of every command, before or after its name", pairs)


def _definitions_page(title: str, pairs: Sequence[tuple[str, str]]) -> str:
    return "\n".join([title, *definition_lines(pairs, help_width())]) + "\n"


def _queries_page() -> str:
    from ...search.fields import field_help

    width = help_width()
    paragraphs = [folded(" ".join(paragraph.split()), width) for paragraph in _QUERY_HELP.split("\n\n")]
    examples = "\n".join(["Examples", *example_lines(_QUERY_EXAMPLES, width)])
    return "\n\n".join(["Queries", *paragraphs, field_help(width).strip(), examples]) + "\n"
