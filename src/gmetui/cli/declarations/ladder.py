"""`gmetui ladder`: what training can follow, and every way to become something."""

from __future__ import annotations

from ...lean_typing import TYPE_CHECKING
from ..command import Command, Example
from ..command_options import add_format, add_profile_option
from .season import PLAN_FORMATS

if TYPE_CHECKING:
    from ..command_parser import CommandParser


def _ladder(parser: CommandParser) -> None:
    parser.add_argument(
        "start",
        nargs="?",
        metavar="START",
        help="a specialty, the id of a program, or me: the training of your profile",
    )
    parser.add_argument("--from", dest="from_start", metavar="START", help="START, as an option")
    parser.add_argument(
        "--to", metavar="SPECIALTY", help="every way to become it; with START, those that go on from it"
    )
    parser.add_argument("--here", action="store_true", help="only what the institution of the program has")
    add_profile_option(parser)
    add_format(parser, PLAN_FORMATS)


LADDER = Command(
    "ladder",
    "show what training can follow, and the ways to a specialty",
    "ladder",
    "ladder_command",
    _ladder,
    (
        Example("ladder internal-medicine", "every fellowship after internal medicine, with the years in all"),
        Example("ladder --to pain-medicine", "every way to become it"),
        Example("ladder larkspur-internal-medicine-residency --here", "what you could stay for"),
        Example("ladder me --to cardiology --format json", "from the training of your profile, for a script"),
    ),
)
