"""`gmetui shortlist` and its actions that show a list and change its programs."""

from __future__ import annotations

from ...lean_typing import TYPE_CHECKING
from ..arguments import positive_integer
from ..command import Command, Example
from ..command_options import add_ids, add_record_format
from .shortlist_entries import ENTRY_ACTIONS
from .shortlist_versions import VERSION_ACTIONS

if TYPE_CHECKING:
    from ..command_parser import CommandParser

_SORT_KEYS = "score, status, rating, name, institution, date, tags or a custom column"
_LISTED_HELP = "id of a program on the list, or its beginning; - reads ids from standard input"


def _list_view(parser: CommandParser) -> None:
    add_record_format(parser, ("text", "json", "jsonl", "tsv"))
    parser.add_argument(
        "-s",
        "--sort",
        metavar="KEY",
        default="rank",
        help=f"sort by {_SORT_KEYS}; -KEY reverses it (default: rank)",
    )


def _records(parser: CommandParser) -> None:
    add_record_format(parser, ("text", "json", "jsonl", "tsv"))


def _add(parser: CommandParser) -> None:
    add_ids(parser, "id of a program, its beginning, or institution/specialty; - reads ids from standard input")


def _remove(parser: CommandParser) -> None:
    add_ids(parser, _LISTED_HELP)


def _move(parser: CommandParser) -> None:
    parser.add_argument("id", metavar="ID", help="program on the list")
    parser.add_argument("position", type=positive_integer, metavar="POSITION", help="new rank; 1 is the top")


def _order(parser: CommandParser) -> None:
    parser.add_argument("key", metavar="KEY", help=f"{_SORT_KEYS}; -KEY reverses it")


def _seen(parser: CommandParser) -> None:
    add_ids(parser, "program on the list (default: all)", nargs="*")


SHORTLIST_COMMANDS = (
    Command(
        "shortlist",
        "show or change your shortlist",
        "shortlist",
        "show_list",
        _list_view,
        (
            Example("shortlist", "your list in the order of your ranks"),
            Example("shortlist add tufts/neurology", "save a program"),
            Example("shortlist --sort -rating --json rank,name,rating", "the best rated first, as JSON"),
        ),
        "Without an action, show the list.",
    ),
    Command(
        "shortlist show",
        "show the list",
        "shortlist",
        "show_list",
        _list_view,
        (Example("shortlist show --columns rank,program,note", "only these columns"),),
    ),
    Command(
        "shortlist add",
        "add programs to the list",
        "shortlist_programs",
        "add_programs",
        _add,
        (
            Example("shortlist add tufts/neurology mgh/neurology", "save two programs"),
            Example("search cards boston -f ids | gmetui shortlist add -", "save every match of a search"),
        ),
        "All programs are added, or none if an id is unknown.",
    ),
    Command(
        "shortlist remove",
        "remove programs from the list",
        "shortlist_programs",
        "remove_programs",
        _remove,
        (Example("shortlist remove tufts-neuro", "the beginning of an id is enough"),),
    ),
    Command(
        "shortlist move",
        "move a program to another rank",
        "shortlist_programs",
        "move_program",
        _move,
        (Example("shortlist move tufts-neuro 1", "rank it first"),),
    ),
    Command(
        "shortlist order",
        "rank the programs by a sort key",
        "shortlist_programs",
        "order_list",
        _order,
        (Example("shortlist order score", "the highest score first"), Example("shortlist order -name", "from Z to A")),
    ),
    *ENTRY_ACTIONS,
    Command(
        "shortlist changed",
        "list what changed in the data since you added the programs",
        "shortlist_changes",
        "changed_command",
        lambda parser: add_record_format(parser, ("text", "json", "jsonl"), with_columns=False),
        (Example("shortlist changed", "each fact before and after"),),
    ),
    Command(
        "shortlist seen",
        "mark changes as seen",
        "shortlist_changes",
        "seen_command",
        _seen,
        (Example("shortlist seen", "all changes"), Example("shortlist seen tufts-neuro", "those of one program")),
    ),
    Command(
        "shortlist lists",
        "list the names of your lists",
        "shortlist",
        "lists_command",
        _records,
        (Example("shortlist lists", "names, and how many programs each has"),),
    ),
    *VERSION_ACTIONS,
)
