"""The commands of the season: what comes next, what it costs, and where signals go."""

from __future__ import annotations

from ...lean_typing import TYPE_CHECKING
from ..arguments import positive_integer
from ..command import Command, CommandGroup, Example
from ..command_options import add_format, add_profile_option
from .couple import COUPLE

if TYPE_CHECKING:
    from ..command_parser import CommandParser

SEASON_FORMATS = ("text", "json", "ics", "markdown", "html")
PLAN_FORMATS = ("text", "json", "markdown", "html")


def _season(parser: CommandParser) -> None:
    from argparse import BooleanOptionalAction

    parser.add_argument("--all", action="store_true", help="every service, not only those of your list")
    parser.add_argument("--service", action="append", default=[], metavar="SERVICE", help="a service (repeatable)")
    parser.add_argument(
        "--specialty", action="append", default=[], metavar="SPECIALTY", help="services of a specialty (repeatable)"
    )
    parser.add_argument("--cycle", metavar="CYCLE", help="such as 2026-27 (default: the one that leads to next July)")
    parser.add_argument(
        "--international",
        action=BooleanOptionalAction,
        help="with dates for international graduates, or without (default: as your profile says)",
    )
    parser.add_argument("-n", "--next", type=positive_integer, metavar="N", help="only the next N dates, one a line")
    parser.add_argument("-o", "--output", metavar="FILE", help="write a calendar to FILE.ics")
    parser.add_argument(
        "--remind",
        action="append",
        type=positive_integer,
        metavar="DAYS",
        help="reminders in the calendar (default: 7, 1)",
    )
    parser.add_argument(
        "--import",
        dest="calendar",
        action="append",
        default=[],
        metavar="FILE",
        help="read a calendar file (.ics) of a --service (repeatable; - is standard input)",
    )
    parser.add_argument("--forget", metavar="SERVICE", help="remove the imported calendar of a service")
    add_profile_option(parser)
    add_format(parser, SEASON_FORMATS)


def _costs(parser: CommandParser) -> None:
    from argparse import BooleanOptionalAction

    description = "a number of programs, such as internal-medicine=35 (repeatable; default: your list)"
    parser.add_argument("--apply", action="append", default=[], metavar="SPECIALTY=N", help=description)
    parser.add_argument("--from-list", action="store_true", help="count the programs of your list, besides --apply")
    parser.add_argument("--status", metavar="STATUS", help="only those of your list with this status")
    parser.add_argument("--season", metavar="SEASON", help="such as 2026-27 (default: the current one)")
    parser.add_argument("--ranks", type=positive_integer, metavar="N", help="different programs on your rank list")
    parser.add_argument("--couple", action="store_true", help="match as a couple")
    parser.add_argument(
        "--international",
        action=BooleanOptionalAction,
        help="with ECFMG certification, token, and exams (default: as your profile says)",
    )
    parser.add_argument(
        "--visa", action=BooleanOptionalAction, help="with J-1 sponsorship and visa (default: as your profile says)"
    )
    parser.add_argument("--fap", action="store_true", help="with AAMC fee assistance")
    parser.add_argument("--electives", type=positive_integer, metavar="N", help="electives applied to through VSLO")
    add_profile_option(parser)
    add_format(parser, PLAN_FORMATS)


def _signals(parser: CommandParser) -> None:
    parser.add_argument("--season", metavar="SEASON", help="such as 2026-27 (default: the current one)")
    add_profile_option(parser)
    add_format(parser, PLAN_FORMATS)


SEASON = CommandGroup(
    "The season",
    (
        Command(
            "season",
            "show what comes next for your list, and the dates of every service",
            "season",
            "season_command",
            _season,
            (
                Example("season", "your dates, the programs' and the services' in one line of time"),
                Example("season --next 3", "three lines, for a shell prompt"),
                Example("season --output season.ics", "a calendar with reminders"),
                Example("season --import carms.ics --service carms", "the dates of a service's own calendar too"),
                Example("season --specialty ophthalmology --format json", "one specialty, for a script"),
            ),
        ),
        Command(
            "costs",
            "calculate what the applications of a season cost",
            "season",
            "costs_command",
            _costs,
            (
                Example("costs", "the programs of your list"),
                Example("costs --apply internal-medicine=35 --apply anesthesiology=12", "numbers typed in"),
            ),
        ),
        Command(
            "signals",
            "show the signals of each specialty: allotted, given, left",
            "season",
            "signals_command",
            _signals,
            (Example("signals", "a meter for each specialty of your list"),),
        ),
        COUPLE,
    ),
)
