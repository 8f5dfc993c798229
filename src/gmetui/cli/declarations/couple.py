"""The command of couples: the rows of two lists."""

from __future__ import annotations

from ...lean_typing import TYPE_CHECKING
from ..arguments import argument_error
from ..command import Command, Example
from ..command_options import add_choice, add_format

if TYPE_CHECKING:
    from ..command_parser import CommandParser

#: What `--format` takes; the extension of `--output` stands for one, too.
COUPLE_FORMATS = ("text", "json", "csv", "tsv", "markdown", "html")
_MAX_MILES = 99_999


def _miles(text: str) -> int:
    """Return a number of miles, 0 for the same city. Raises `ArgumentTypeError`, which the parser reports."""
    if text.isascii() and text.isdecimal() and len(text) <= len(str(_MAX_MILES)):
        return int(text)
    raise argument_error("must be a number of miles, 0 for the same city")


def _couple(parser: CommandParser) -> None:
    parser.add_argument("--with", dest="file", metavar="FILE", help="your partner's list, as exported to TOML")
    parser.add_argument("--with-list", metavar="NAME", help="another list of yours, instead of a file")
    add_choice(parser, ("--order",), ("sum", "mine", "theirs", "near"), "RULE", "order of the rows")
    parser.add_argument("--miles", type=_miles, metavar="N", help="only pairs up to N miles apart; 0: the same city")
    parser.add_argument(
        "--no-match", metavar="WHOSE", help="rows in which the other goes unmatched: mine, theirs or mine,theirs"
    )
    parser.add_argument("--advanced", action="store_true", help="pair programs with advanced positions only, too")
    parser.add_argument("--season", metavar="SEASON", help="season of the fee (default: the current one)")
    parser.add_argument("--save", action="store_true", help="remember the partner and these choices")
    add_choice(parser, ("--half",), ("mine", "theirs"), "WHOSE", "only one half of the rows")
    parser.add_argument("-o", "--output", metavar="FILE", help="write the rows to FILE.csv, .xlsx, .txt, .tsv or .json")
    parser.add_argument("--force", action="store_true", help="replace an existing file without asking")
    add_format(parser, COUPLE_FORMATS)


COUPLE = Command(
    "couple",
    "pair your list with your partner's, for the Couples Match",
    "couple",
    "couple_command",
    _couple,
    (
        Example("couple --with partner.toml", "all pairs of both lists, by the sum of the ranks"),
        Example("couple --with partner.toml --order near --miles 30", "near pairs first, and none beyond 30 miles"),
        Example("couple --with partner.toml --output couple.xlsx", "both lists, a sheet for each partner"),
        Example("couple --half theirs --output partner.csv", "your partner's half, once the partner is saved"),
    ),
    "The order that you made on the Plan screen is used where there is one. gmetui only reads the partner's list.",
)
