"""`gmetui triage` and its actions: what was passed over in a quick pass over many programs."""

from __future__ import annotations

from ...lean_typing import TYPE_CHECKING
from ..command import Command, Example
from ..command_options import add_choice, add_ids, add_record_format, one_of

if TYPE_CHECKING:
    from ..command_parser import CommandParser

VERDICTS = ("maybe", "no")  # of `shortlist.triage`, which is not imported for help
TRIAGE_FORMATS = ("table", "json", "jsonl", "csv", "tsv")
DECISIONS = ("interested", *VERDICTS)


def _list(parser: CommandParser) -> None:
    add_choice(parser, ("--verdict",), VERDICTS, "VERDICT", "only these")
    add_record_format(parser, TRIAGE_FORMATS)
    parser.add_argument("-o", "--output", metavar="FILE", help="write the list to FILE.csv, .tsv or .json")
    parser.add_argument("--force", action="store_true", help="replace an existing file without asking")


def _set(parser: CommandParser) -> None:
    parser.add_argument(
        "decision", type=one_of(DECISIONS, "decision"), metavar="DECISION", help=f"one of {', '.join(DECISIONS)}"
    )
    add_ids(parser, "id of a program, its beginning, or institution/specialty; - reads ids from standard input")


def _clear(parser: CommandParser) -> None:
    add_ids(parser, "id of a program that was passed over; - reads ids from standard input", nargs="*")
    parser.add_argument("--all", action="store_true", help="every program")


TRIAGE_COMMANDS = (
    Command(
        "triage",
        "show what you passed over",
        "triage",
        "list_command",
        _list,
        (
            Example("triage", "the programs that you passed over, as maybe or no"),
            Example("search 'triage:new kind:residency'", "the residencies that you haven't decided on"),
            Example("export 'triage:maybe' --output maybe.csv", "as a spreadsheet, as any search"),
        ),
        details="In the explorer, press d in the list: one program at a time, one key each.",
    ),
    Command(
        "triage list",
        "show what you passed over",
        "triage",
        "list_command",
        _list,
        (
            Example("triage list --verdict maybe --format json", "for a script"),
            Example("triage list --output passed-over.csv", "as a spreadsheet"),
        ),
    ),
    Command(
        "triage set",
        "decide on programs: interested, maybe or no",
        "triage",
        "set_command",
        _set,
        (
            Example("triage set no larkspur-surgery-residency", "pass it over"),
            Example("triage set interested larkspur/neurology", "add it to your shortlist"),
        ),
    ),
    Command(
        "triage clear",
        "forget what you decided",
        "triage",
        "clear_command",
        _clear,
        (
            Example("triage clear larkspur-surgery-residency", "it counts as not decided again"),
            Example("triage clear --all", "start over; your shortlist stays"),
        ),
    ),
)
