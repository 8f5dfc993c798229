"""The actions of `gmetui shortlist` for undo, redo, and the versions of a list."""

from __future__ import annotations

from ...lean_typing import TYPE_CHECKING
from ..command import Command, Example
from ..command_options import add_format, add_record_format

if TYPE_CHECKING:
    from ..command_parser import CommandParser

_VERSION_HELP = "version number, or a day such as 2027-01-12"


def _history(parser: CommandParser) -> None:
    add_record_format(parser, ("text", "json", "jsonl", "tsv"))


def _versions(parser: CommandParser) -> None:
    parser.add_argument("old", metavar="VERSION", help=_VERSION_HELP)
    parser.add_argument("new", nargs="?", metavar="VERSION", help="the version to compare it with (default: the list)")
    add_format(parser)


def _restore(parser: CommandParser) -> None:
    parser.add_argument("version", metavar="VERSION", help=_VERSION_HELP)


VERSION_ACTIONS = (
    Command(
        "shortlist undo",
        "undo the last change",
        "shortlist_history",
        "undo_command",
        examples=(Example("shortlist undo", "`gmetui shortlist redo` reverses it"),),
    ),
    Command(
        "shortlist redo",
        "redo the last undone change",
        "shortlist_history",
        "redo_command",
        examples=(Example("shortlist redo", "after an undo"),),
    ),
    Command(
        "shortlist history",
        "list earlier versions of the list",
        "shortlist_history",
        "history_command",
        _history,
        (Example("shortlist history", "every version with its change"),),
    ),
    Command(
        "shortlist versions",
        "compare two versions, or a version and the list",
        "shortlist_history",
        "compare_versions",
        _versions,
        (
            Example("shortlist versions 3", "what changed since version 3"),
            Example("shortlist versions 2027-01-12 2027-02-01", "between two days"),
        ),
    ),
    Command(
        "shortlist restore",
        "restore an earlier version",
        "shortlist_history",
        "restore_version",
        _restore,
        (Example("shortlist restore 3", "version 3 becomes the newest; undo reverses it"),),
    ),
)
