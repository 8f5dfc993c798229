"""The commands about programs: `search`, `show` and `compare`."""

from __future__ import annotations

from ...lean_typing import TYPE_CHECKING
from ..arguments import positive_integer
from ..command import Command, CommandGroup, Example
from ..command_options import DOCUMENT_FORMATS, add_format, add_ids, add_profile_option, add_query, add_record_format

if TYPE_CHECKING:
    from ..command_parser import CommandParser

_ID_HELP = "id of a program, its beginning, or institution/specialty; - reads ids from standard input"


def _search(parser: CommandParser) -> None:
    add_query(parser, "words and filters; `gmetui help queries` explains them")
    add_record_format(parser, ("table", "json", "jsonl", "csv", "tsv", "ids"))
    parser.add_argument("-n", "--limit", type=positive_integer, metavar="N", help="show at most N programs")
    parser.add_argument("-s", "--sort", metavar="KEY", help="sort by name, length, positions …; -KEY reverses it")
    parser.add_argument("--facets", action="store_true", help="also count the programs for each filter value")
    add_profile_option(parser)


def _show(parser: CommandParser) -> None:
    add_ids(parser, _ID_HELP)
    add_record_format(parser, ("text", "json", "jsonl"), with_columns=False)


def _compare(parser: CommandParser) -> None:
    add_ids(parser, _ID_HELP)
    add_format(parser, (*DOCUMENT_FORMATS, "csv"))
    parser.add_argument("--everything", action="store_true", help="list every field in full below what decides")
    parser.add_argument("--differences", action="store_true", help="with --everything: only fields that differ")


PROGRAMS = CommandGroup(
    "Programs",
    (
        Command(
            "search",
            "search programs, best match first",
            "search",
            "search_command",
            _search,
            (
                Example("search cards boston", "cardiology in Boston"),
                Example("search kind:residency inst:tufts,mgh -n 10", "ten residencies at either hospital"),
                Example(
                    "search peds no:visa --json id,name,institution", "pediatrics whose pages state no visa, as JSON"
                ),
                Example("search 'heart failure' -f ids | gmetui shortlist add -", "save every match"),
            ),
            "On a terminal, results are a table; in a pipe, tab-separated lines without headings, whose columns do not "
            "depend on the terminal. A query that is not understood is an error.",
        ),
        Command(
            "show",
            "show full details of programs, with sources",
            "show",
            "show_command",
            _show,
            (
                Example("show tufts-cardiovascular-disease-fellowship", "one program, each fact with its source"),
                Example("show tufts/cardiology", "the same, by institution and specialty"),
                Example("search cards -f ids | gmetui show - --jsonl", "every match in full, one JSON object a line"),
            ),
        ),
        Command(
            "compare",
            "compare programs side by side",
            "compare",
            "compare_command",
            _compare,
            (
                Example("compare tufts/neurology mgh/neurology", "what decides between two programs"),
                Example("compare tufts/neurology mgh/neurology --everything --differences", "every field that differs"),
                Example("compare tufts/neurology mgh/neurology -f csv > fields.csv", "as a spreadsheet"),
            ),
        ),
    ),
)
