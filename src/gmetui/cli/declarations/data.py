"""The commands about the data as a whole: coverage, changes, checks, the edition, and the schemas."""

from __future__ import annotations

from ...lean_typing import TYPE_CHECKING
from ..arguments import year
from ..command import Command, CommandGroup, Example
from ..command_options import add_format, add_record_format, one_of

if TYPE_CHECKING:
    from ..command_parser import CommandParser

SCHEMA_KINDS = ("data", "output")


def _coverage(parser: CommandParser) -> None:
    parser.add_argument("id", nargs="?", metavar="ID", help="institution to count in detail (default: all)")
    parser.add_argument(
        "--older-than", type=year, default=2020, metavar="YEAR", help="count older sources (default: 2020)"
    )
    add_record_format(parser, ("text", "json", "jsonl", "tsv"))


def _changes(parser: CommandParser) -> None:
    parser.add_argument("old", metavar="OLD_DIR", help="data directory of before")
    parser.add_argument("new", nargs="?", metavar="NEW_DIR", help="data directory of now (default: the bundled data)")
    add_record_format(parser, ("text", "json", "jsonl"), with_columns=False)


def _check(parser: CommandParser) -> None:
    parser.add_argument("paths", nargs="*", metavar="PATH", help="directories or files to check with the bundled data")
    parser.add_argument("--stale", action="store_true", help="list the programs to read again first, and why")
    add_record_format(parser, ("text", "json", "jsonl"), with_columns=False)


def _edition(parser: CommandParser) -> None:
    add_format(parser)
    parser.add_argument("--write", metavar="ROOT", help="update edition.toml, CHANGELOG.md and README.md below ROOT")
    parser.add_argument("--since", metavar="OLD_DIR", help="data of the previous edition, to list what changed")
    parser.add_argument("--name", dest="version_name", metavar="VERSION", help="such as 2026.12 (default: unchanged)")
    parser.add_argument("--day", metavar="DAY", help="date, such as 2026-12-01 (default: unchanged)")
    parser.add_argument("--title", metavar="TEXT", help="what the data covers (default: unchanged)")


def _schema(parser: CommandParser) -> None:
    parser.add_argument(
        "kind",
        nargs="?",
        metavar="WHAT",
        default="data",
        type=one_of(SCHEMA_KINDS, "schema"),
        choices=SCHEMA_KINDS,
        help="data: data files (default); output: the JSON of commands",
    )


DATA = CommandGroup(
    "Data",
    (
        Command(
            "coverage",
            "count how many programs state each field, and how good the sources are",
            "data",
            "coverage_command",
            _coverage,
            (
                Example("coverage", "useful programs by institution, and each field over all of them"),
                Example("coverage tufts", "each field at one institution"),
                Example("coverage --older-than 2023 --jsonl", "count sources before 2023 as old"),
            ),
        ),
        Command(
            "changes",
            "compare two data directories, field by field",
            "data",
            "changes_command",
            _changes,
            (
                Example("changes old-data/", "what the bundled data changed"),
                Example("changes a/ b/ --jsonl", "as JSON"),
            ),
        ),
        Command(
            "check",
            "report problems in data files",
            "check",
            "check_command",
            _check,
            (
                Example("check my-data/", "every problem with its file and line"),
                Example("check --stale", "which programs to read again first"),
            ),
        ),
        Command(
            "edition",
            "show the figures of the data edition, or update a source tree with them",
            "data",
            "edition_command",
            _edition,
            (Example("edition", "how much is in the data"),),
            "--write and the options after it are for maintainers; CONTRIBUTING.md explains a release.",
        ),
        Command(
            "schema",
            "print the JSON Schema of data files, or of the JSON that commands print",
            "data",
            "schema_command",
            _schema,
            (Example("schema > schema.json", "for editors of data files"), Example("schema output", "for scripts")),
        ),
    ),
)
