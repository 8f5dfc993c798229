"""Options that several commands share. argparse is imported when a command line is parsed, not to declare options."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from ..lean_typing import TYPE_CHECKING, Any
from ..text import did_you_mean, sanitize
from .arguments import argument_error

if TYPE_CHECKING:
    from typing import Protocol

    class OptionContainer(Protocol):
        """What options are added to: a parser, or a group of its options."""

        def add_argument(self, *names: str, **keywords: Any) -> Any:
            """Add an argument or option."""

    class QueryContainer(OptionContainer, Protocol):
        """A parser whose words may be a query."""

        takes_query: bool


TEXT_FORMATS = ("text", "json")
#: The formats of a document; JSON has the stored fields instead.
DOCUMENT_FORMATS = ("text", "json", "markdown", "html")
TABLE_FORMATS = ("table", "json", "jsonl", "tsv")
COLOR_CHOICES = ("auto", "always", "never")


def one_of(choices: Sequence[str], noun: str) -> Callable[[str], str]:
    """Return a converter that accepts only the choices. It raises `ArgumentTypeError`, which the parser reports."""

    def convert(text: str) -> str:
        if text in choices:
            return text
        hint = did_you_mean(text, choices) or f"use {', '.join(choices)}"
        raise argument_error(f"unknown {noun} “{sanitize(text)}”; {hint}")

    return convert


def add_choice(
    parser: OptionContainer,
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


def add_format(parser: OptionContainer, choices: Sequence[str] = TEXT_FORMATS) -> None:
    """Add `--format`, whose default is the first choice."""
    add_choice(parser, ("-f", "--format"), choices, "FORMAT", "output format", default=choices[0])


def add_record_format(
    parser: OptionContainer, choices: Sequence[str] = TABLE_FORMATS, *, with_columns: bool = True
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


def add_query(parser: QueryContainer, description: str) -> None:
    """Add the query of a command, and the option to ignore what is wrong with it."""
    parser.takes_query = True
    parser.add_argument("query", nargs="*", metavar="QUERY", help=description)
    parser.add_argument("--lenient", action="store_true", help="ignore parts of the query that are not understood")


def add_ids(parser: OptionContainer, description: str, *, nargs: str = "+") -> None:
    """Add the ids of programs."""
    parser.add_argument("ids", nargs=nargs, metavar="ID", help=description)


def add_profile_option(parser: OptionContainer) -> None:
    """Add `--profile NAME`."""
    parser.add_argument("--profile", metavar="NAME", help="the profile to compare with (default: the setting profile)")


def add_common_options(group: OptionContainer) -> None:
    """Add the options of every command, which may be given before or after its name."""
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
