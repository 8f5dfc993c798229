"""The actions of `gmetui shortlist` that write about a program, and those for custom columns."""

from __future__ import annotations

from ...lean_typing import TYPE_CHECKING
from ..arguments import rating
from ..command import Command, Example
from ..command_options import add_choice, add_record_format

if TYPE_CHECKING:
    from ..command_parser import CommandParser

_SIGNALS = ("gold", "silver", "signal")  # of `shortlist.entries`, which is not imported for help
_COLUMN_KINDS = ("text", "number", "yes/no", "date", "1-5")


def _add_id(parser: CommandParser) -> None:
    parser.add_argument("id", metavar="ID", help="program on the list: its id or the beginning of it")


def _note(parser: CommandParser) -> None:
    _add_id(parser)
    description = "'' removes the note, - reads it from standard input; without TEXT, $EDITOR opens"
    parser.add_argument("text", metavar="TEXT", nargs="?", help=description)


def _remark(parser: CommandParser) -> None:
    _add_id(parser)
    parser.add_argument("reviewer", metavar="WHO", help="name of the person")
    parser.add_argument("text", metavar="TEXT", help="the comment; '' removes it")


def _status(parser: CommandParser) -> None:
    _add_id(parser)
    parser.add_argument("value", metavar="STATUS", help="interested, applied, invited … or any text; '' clears it")


def _signal(parser: CommandParser) -> None:
    _add_id(parser)
    parser.add_argument("signal", metavar="SIGNAL", help=f"{', '.join(_SIGNALS)}; '' removes it")


def _rate(parser: CommandParser) -> None:
    _add_id(parser)
    parser.add_argument("rating", type=rating, metavar="1-5", help="5 is best; 0 clears the rating")


def _tag(parser: CommandParser) -> None:
    _add_id(parser)
    parser.add_argument("tags", nargs="*", metavar="TAG", help="all tags of the program; none clears them")


def _date(parser: CommandParser) -> None:
    _add_id(parser)
    description = "what and when, such as: interview Jan 12 9:30am; the name and '' remove a date"
    parser.add_argument("words", nargs="+", metavar="WHAT_AND_WHEN", help=description)


def _records(parser: CommandParser) -> None:
    add_record_format(parser, ("text", "json", "jsonl", "tsv"))


def _dates(parser: CommandParser) -> None:
    _records(parser)
    parser.add_argument("--own", action="store_true", help="without the dates of services")
    parser.add_argument("--past", action="store_true", help="also list past dates, after those to come")


def _column(parser: CommandParser) -> None:
    parser.add_argument("name", metavar="NAME", help="heading of the column")
    add_choice(parser, ("--kind",), _COLUMN_KINDS, "KIND", "kind of its values, text if it is new")
    parser.add_argument(
        "--weight", type=float, metavar="N", help="weight in the score; negative if lower values are better"
    )
    parser.add_argument("--must", metavar="RULE", help="condition a program must meet, such as yes or '>= 3'")
    parser.add_argument("--rename", metavar="NAME", help="new name")
    parser.add_argument("--remove", action="store_true", help="remove the column and its values")


def _set(parser: CommandParser) -> None:
    _add_id(parser)
    parser.add_argument("column", metavar="COLUMN", help="name of the custom column")
    parser.add_argument("value", metavar="VALUE", help="its value for the program; '' clears it")


def _score(parser: CommandParser) -> None:
    _add_id(parser)
    parser.add_argument("score", metavar="0-100", help="your score; '' restores the calculated one")


ENTRY_ACTIONS = (
    Command(
        "shortlist note",
        "write a note on a program",
        "shortlist_edit",
        "note_program",
        _note,
        (
            Example("shortlist note tufts-neuro 'ask about nights'", "replace the note"),
            Example("shortlist note tufts-neuro", "edit it in $EDITOR"),
        ),
    ),
    Command(
        "shortlist remark",
        "add somebody else's comment on a program",
        "shortlist_edit",
        "comment_program",
        _remark,
        (Example("shortlist remark tufts-neuro 'Dr. Grey' 'good teachers'", "what an advisor said"),),
    ),
    Command(
        "shortlist status",
        "set your application status for a program",
        "shortlist_edit",
        "set_status",
        _status,
        (Example("shortlist status tufts-neuro applied", "you applied"),),
    ),
    Command(
        "shortlist signal",
        "note the program signal that you give a program",
        "shortlist_edit",
        "signal_program",
        _signal,
        (Example("shortlist signal tufts-neuro gold", "one of your gold signals"),),
    ),
    Command(
        "shortlist rate",
        "rate a program",
        "shortlist_edit",
        "rate_program",
        _rate,
        (Example("shortlist rate tufts-neuro 5", "the best rating"),),
    ),
    Command(
        "shortlist tag",
        "set the tags of a program",
        "shortlist_edit",
        "tag_program",
        _tag,
        (Example("shortlist tag tufts-neuro 'near home' research", "two tags, in place of the others"),),
    ),
    Command(
        "shortlist date",
        "add a date for a program",
        "shortlist_edit",
        "date_program",
        _date,
        (
            Example("shortlist date tufts-neuro interview Jan 12 9:30am", "a date with a time"),
            Example("shortlist date tufts-neuro interview ''", "remove it"),
        ),
    ),
    Command(
        "shortlist dates",
        "list your dates, the programs' and the services', next first",
        "shortlist",
        "dates_command",
        _dates,
        (Example("shortlist dates", "what comes next"), Example("shortlist dates --past", "past ones too")),
    ),
    Command(
        "shortlist column",
        "add or change a custom column",
        "shortlist_edit",
        "change_column",
        _column,
        (
            Example("shortlist column 'Near family' --kind 1-5 --weight 3", "a rating that counts in the score"),
            Example("shortlist column H-1B --kind yes/no --must yes", "a requirement"),
        ),
    ),
    Command(
        "shortlist columns",
        "list custom columns, their weights and how many programs have a value",
        "shortlist",
        "columns_command",
        _records,
        (Example("shortlist columns", "all custom columns of the list"),),
    ),
    Command(
        "shortlist set",
        "set the value of a custom column",
        "shortlist_edit",
        "set_value",
        _set,
        (Example("shortlist set tufts-neuro 'Near family' 4", "one value"),),
    ),
    Command(
        "shortlist score",
        "replace the calculated score of a program",
        "shortlist_edit",
        "score_program",
        _score,
        (Example("shortlist score tufts-neuro 90", "your own score, from 0 to 100"),),
    ),
)
