"""The commands about the reader: what their profile tells, and which programs' pages count against it."""

from __future__ import annotations

from ...lean_typing import TYPE_CHECKING
from ..arguments import positive_integer
from ..command import Command, CommandGroup, Example
from ..command_options import add_choice, add_format, add_profile_option, add_query, add_record_format

if TYPE_CHECKING:
    from ..command_parser import CommandParser

_KEY_HELP = "such as graduation, visa.needed, aim.start; `gmetui help profile` explains them all"
_KINDS = ("residency", "fellowship", "combined", "other")
_KEYS = (
    "Keys: degree, school_country, graduation, citizenship, residence, languages, letters, military, home, "
    "visa.needed, visa.will_take, visa.in_us_as, aim.start, aim.kind, aim.specialties, and lists with entries: "
    "exam (name, passed, planned, taken, attempts, score), certificate (name, issued, expected), "
    "training (specialty, program, first, last, finished, accredited, country), license (state, kind), "
    "clinical (country, kind, months, last). Every key is optional; dates are 2027, 2027-05, or a day; countries "
    "and languages are names or their codes, states have two letters. A profile stays on this "
    "computer: it is in no export, no shared list, and no served page."
)
FIT_FORMATS = ("table", "text", "json", "jsonl", "tsv", "markdown", "html")


def _show(parser: CommandParser) -> None:
    add_profile_option(parser)
    add_format(parser, ("text", "json", "markdown"))


def _set(parser: CommandParser) -> None:
    parser.add_argument("profile_key", metavar="KEY", help=_KEY_HELP)
    parser.add_argument("values", nargs="+", metavar="VALUE", help="the value, or several of a list; none: it is empty")
    add_profile_option(parser)


def _unset(parser: CommandParser) -> None:
    parser.add_argument("profile_key", metavar="KEY", help=f"{_KEY_HELP}; exam.2 is the second exam")
    add_profile_option(parser)


def _add(parser: CommandParser) -> None:
    parser.add_argument("table", metavar="LIST", help="exam, certificate, training, license, or clinical")
    parser.add_argument("values", nargs="+", metavar="KEY=VALUE", help='such as "Step 1" passed=2023-05-15 attempts=1')
    add_profile_option(parser)


def _fits(parser: CommandParser) -> None:
    add_query(parser, "words and filters, or ids of programs; nothing: your list")
    add_record_format(parser, FIT_FORMATS)
    add_choice(parser, ("--kind",), _KINDS, "KIND", "only programs of this kind")
    parser.add_argument("-n", "--limit", type=positive_integer, metavar="N", help="show at most N programs")
    parser.add_argument("--details", action="store_true", help="each program with its requirements")
    add_profile_option(parser)


PROFILE = CommandGroup(
    "You",
    (
        Command(
            "fits",
            "compare what programs' pages state with your profile",
            "fits",
            "fits_command",
            _fits,
            (
                Example("fits", "the programs of your list"),
                Example("fits 'specialty:internal-medicine -fits:no'", "those that nothing stated counts against"),
                Example("fits tufts-pathology-residency --details", "one program, requirement by requirement"),
                Example("fits kind:residency --format json", "every state with its text and page, for a script"),
            ),
            "Three states: meets, does not meet, can't tell, each with its reason. A page that says nothing is can't "
            "tell. It is a reading of what pages state; ask the program before you decide.",
        ),
        Command(
            "profile",
            "show your profile, what it leaves open, and where it is",
            "profile",
            "profile_command",
            _show,
            (
                Example("profile", "what it tells, and what would change an answer"),
                Example("profile set graduation 2019-06", "one key; the others stay as they are"),
                Example('profile add exam "Step 1" passed=2023-05-15 attempts=1', "an exam"),
                Example("profile set training none", "says that there is none; without it, nothing is known"),
            ),
            _KEYS,
        ),
        Command(
            "profile set",
            "change one key of your profile",
            "profile",
            "set_command",
            _set,
            (
                Example("profile set degree MBBS", "a degree; several: MD PhD"),
                Example("profile set visa.will_take J-1 H-1B", "the visas you would take, the best first"),
            ),
        ),
        Command(
            "profile unset",
            "forget one key of your profile, or one entry",
            "profile",
            "unset_command",
            _unset,
            (Example("profile unset exam.2", "the second exam"), Example("profile unset letters", "a key")),
        ),
        Command(
            "profile add",
            "add an exam, a certificate, training, a license, or clinical experience",
            "profile",
            "add_command",
            _add,
            (
                Example("profile add exam 'Step 2 CK' passed=2026-07-30 score=245", "an exam with its score"),
                Example("profile add certificate ECFMG issued=2024-08-01", "the ECFMG certificate"),
                Example("profile add clinical hands-on months=6 country=US", "clinical experience"),
            ),
        ),
        Command(
            "profile check",
            "check your profile; every problem names its line",
            "profile",
            "check_command",
            add_profile_option,
            (Example("profile check", "exits with 3 when something is wrong"),),
        ),
        Command(
            "profile path",
            "print where your profile is",
            "profile",
            "path_command",
            add_profile_option,
            (Example("profile path", "the file, to open it in an editor"),),
        ),
    ),
)
