"""The commands that write and read files: `export`, `import` and `imports`."""

from __future__ import annotations

from ...export.formats import FORMATS
from ...lean_typing import TYPE_CHECKING
from ..command import Command, Example
from ..command_options import add_choice, add_format, add_query, add_record_format

if TYPE_CHECKING:
    from ..command_parser import CommandParser


def _export(parser: CommandParser) -> None:
    add_query(parser, "words and filters (default: the shortlist)")
    description = "file format, by the extension of FILE if you give none, else text"
    add_choice(parser, ("-f", "--format"), tuple(FORMATS), "FORMAT", description)
    parser.add_argument("-o", "--output", metavar="FILE", default="-", help="file to write (default: standard output)")
    parser.add_argument("--no-notes", action="store_true", help="omit your notes and reviewers' comments")
    parser.add_argument(
        "--note-of",
        action="append",
        default=[],
        metavar="ID",
        help="include notes on this program only (repeatable)",
    )
    parser.add_argument("--no-remarks", action="store_true", help="omit everything you wrote; export only the programs")
    parser.add_argument("--past", action="store_true", help="of a calendar: include dates that are past")
    parser.add_argument("--force", action="store_true", help="replace FILE if it exists")


def _import(parser: CommandParser) -> None:
    parser.add_argument("file", metavar="FILE", help="a file, or - for standard input")
    kinds = ("programs", "shortlist")
    parser.add_argument(
        "--as",
        dest="kind",
        choices=kinds,
        metavar="KIND",
        help="how to read the file: programs or shortlist (default: detected; see docs/guide/import.md)",
    )
    parser.add_argument("--dry-run", action="store_true", help="show what would happen without saving anything")
    parser.add_argument("--sheet", metavar="NAME", help="sheet of a workbook, by name or number (default: all)")
    add_format(parser)
    parser.add_argument(
        "--match",
        action="append",
        default=[],
        metavar="ROW=ID",
        help="of a shortlist: program for an unmatched row (repeatable)",
    )
    description = "of a shortlist: keep rows without a program as entries of their own"
    parser.add_argument("--keep-unmatched", action="store_true", help=description)
    description = "of a program list: field of a column; `gmetui imports fields` lists the fields (repeatable)"
    parser.add_argument("--map", action="append", default=[], metavar="COLUMN=FIELD", help=description)
    description = "of a program list: its name; an existing name updates that list (default: the file's name)"
    parser.add_argument("--name", metavar="NAME", help=description)
    parser.add_argument("--source", metavar="TITLE", help="of a program list: its title")
    parser.add_argument("--url", metavar="ADDRESS", help="of a program list: web address where it is published")
    parser.add_argument("--as-of", metavar="DATE", help="of a program list: its date or cycle (default: date unknown)")
    description = "of a program list: write doubtful rows to a CSV file to correct and import"
    parser.add_argument("--doubts", metavar="FILE", help=description)
    description = "of a program list: report every row, not only the first of each kind"
    parser.add_argument("--verbose", action="store_true", help=description)


def _imports(parser: CommandParser) -> None:
    add_record_format(parser, ("text", "json", "jsonl"), with_columns=False)


def _import_name(parser: CommandParser) -> None:
    parser.add_argument("name", metavar="IMPORT", help="name of the imported list")


EXPORT = Command(
    "export",
    "export the shortlist, or the matches of a query",
    "export",
    "export_command",
    _export,
    (
        Example("export -o list.xlsx", "your shortlist for Excel"),
        Example("export cards boston -o cards.csv", "the matches of a query"),
        Example("export -f ics -o interviews.ics", "your dates as a calendar"),
        Example("export --no-remarks -o programs.html", "a web page without anything you wrote"),
    ),
)
IMPORT = Command(
    "import",
    "import a program list or a shortlist: CSV, Excel, OpenDocument, JSON, a web page, text",
    "import_shortlist",
    "import_command",
    _import,
    (
        Example("import list.xlsx --dry-run", "what an edited shortlist would change"),
        Example("import programs.csv --as programs --as-of 2026", "a program list"),
        Example("import list.csv --match 12=tufts-neurology-residency", "name the program of row 12"),
    ),
)
IMPORTS = (
    Command(
        "imports",
        "list or manage imported program lists",
        "import_programs",
        "list_imports",
        _imports,
        (Example("imports", "every imported list"), Example("imports undo national", "its previous version")),
        "Without an action, list them.",
    ),
    Command(
        "imports list",
        "list imported program lists",
        "import_programs",
        "list_imports",
        _imports,
        (Example("imports list --jsonl", "one JSON object a list"),),
    ),
    Command(
        "imports remove",
        "remove an imported list",
        "import_programs",
        "remove_import",
        _import_name,
        (Example("imports remove national", "`gmetui imports undo national` restores it"),),
    ),
    Command(
        "imports undo",
        "restore the previous version of a list",
        "import_programs",
        "undo_import",
        _import_name,
        (Example("imports undo national", "a second undo reverses the first"),),
    ),
    Command(
        "imports fields",
        "list the fields for --map",
        "import_programs",
        "fields_command",
        _imports,
        (Example("imports fields", "the fields a column can be mapped to"),),
    ),
)
