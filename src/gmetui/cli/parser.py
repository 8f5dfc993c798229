"""The arguments of every command. Command modules are imported when they run, so that `--help` is fast."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping, Sequence
from typing import NoReturn

from ..errors import UsageError
from ..export.formats import FORMATS
from .arguments import decode_texts, positive_integer
from .output import print_line, print_status

SEARCH_FORMATS = ("table", "json", "csv", "ids")
COMPARE_FORMATS = ("text", "json", "csv", "markdown")
_TEXT_FORMATS = ("text", "json")
#: Arguments that name files.
_FILE_ARGUMENTS = frozenset(("data", "list_file", "output", "file", "doubts", "paths", "old", "new", "write", "since"))
_HIDDEN_COMMANDS = frozenset(("complete",))
_EPILOG = """\
exit codes: 0 success (also when nothing matches), 1 internal error, 2 invalid command line,
3 invalid data, 4 a file or standard output cannot be read or written, 5 unknown program,
list or institution, 130 interrupted, 141 standard output closed by its reader

Query language: words are joined by AND; field:value, field:a,b (either), -field:value,
"a phrase", NOT, OR, no:field (not stated), has:field, length:<=2, sort:name.
"""
_EPILOG_WIDTH = 88


def parse_arguments(arguments: Sequence[str]) -> argparse.Namespace:
    """Return the parsed command line. Exits with code 2 when it is invalid, as argparse does."""
    parser = build_parser()
    options, extra = parser.parse_known_args(["--help" if word == "-h" else word for word in arguments])
    takes_query = isinstance(getattr(options, "query", None), list)
    for word in extra:
        is_exclusion = word.startswith("-") and not word.startswith("--") and len(word) > 1
        if not (takes_query and is_exclusion):
            parser.error(f"unrecognized argument: {word}")
    if extra:
        options.query = [*options.query, *extra]  # "-kind:fellowship" belongs to the query
    decode_texts(options, _FILE_ARGUMENTS)
    options.names_list = options.list is not None
    options.list = "default" if options.list is None else options.list
    return options


class CommandParser(argparse.ArgumentParser):
    """A parser that knows its subcommands, if it has any. It sanitizes its messages, as commands do."""

    commands: Commands | None = None
    color = False  # Python 3.14 colors help with escape sequences, which `print_line` would mutilate

    def print_help(self, file: object = None) -> None:
        """Print the help to standard output."""
        print_line(self.format_help(), end="")

    def error(self, message: str) -> NoReturn:
        """Print how the command is used and what is wrong, and exit."""
        print_status(f"{self.format_usage()}{self.prog}: error: {message}")
        raise SystemExit(UsageError.exit_code)


class Commands:
    """The subcommands of a parser. `parsers` holds the parser of each by name."""

    def __init__(self, parser: CommandParser, dest: str, metavar: str, title: str) -> None:
        self._subparsers = parser.add_subparsers(dest=dest, metavar=metavar, title=title, parser_class=CommandParser)
        self.parsers: dict[str, CommandParser] = {}
        parser.commands = self

    def add(self, name: str, description: str, module: str, function: str) -> CommandParser:
        """Add a command that calls `function` of the command module `module`."""
        parser = self._subparsers.add_parser(
            name,
            help=description,
            description=f"{description[:1].upper()}{description[1:]}.",
            allow_abbrev=False,
            add_help=False,
        )
        parser.add_argument("--help", action="help", help="show this help and exit")
        parser.set_defaults(module=module, function=function)
        _add_common_options(parser)
        self.parsers[name] = parser
        return parser


class _MainParser(CommandParser):
    """A parser whose help lists the search fields, which are imported only then."""

    commands: Commands

    def format_help(self) -> str:
        from ..search.fields import field_help

        self.epilog = f"{_EPILOG}{field_help(_EPILOG_WIDTH)}\nSee docs/reference/queries.md for details."
        return super().format_help()


def build_parser() -> _MainParser:
    """Return the parser of `gmetui`."""
    parser = _MainParser(
        prog="gmetui",
        description="Explore US residencies, fellowships and other graduate medical training.\n"
        "Without a command, open the full-screen explorer.",
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
        add_help=False,
    )
    parser.set_defaults(module="explore", function="explore_command")
    parser.set_defaults(data=[], no_bundled=False, list=None, list_file=None, by="", no_color=False)
    parser.add_argument("--help", action="help", help="show this help and exit")
    parser.add_argument("--version", action=_VersionAction, nargs=0, help="show the version and the data edition")
    parser.add_argument("--query", metavar="QUERY", help="open the explorer with this query")
    _add_common_options(parser)
    Commands(parser, "command", "COMMAND", "commands")
    _add_search_commands(parser.commands)
    _add_reference_commands(parser.commands)
    _add_shortlist_commands(parser.commands)
    _add_file_commands(parser.commands)
    _add_import_commands(parser.commands)
    _add_data_commands(parser.commands)
    _add_completion_commands(parser.commands)
    return parser


def command_parsers() -> Mapping[str, CommandParser]:
    """Return the parser of each command by name, without the commands that only programs use."""
    parsers = build_parser().commands.parsers
    return {name: parser for name, parser in parsers.items() if name not in _HIDDEN_COMMANDS}


def parser_arguments(parser: argparse.ArgumentParser) -> Iterator[argparse.Action]:
    """Yield the arguments and options of a parser; the one place that relies on a private attribute of argparse."""
    yield from parser._actions


def parser_options(parser: argparse.ArgumentParser) -> Iterator[argparse.Action]:
    """Yield the options of a parser."""
    return (action for action in parser_arguments(parser) if action.option_strings)


def common_options() -> list[argparse.Action]:
    """Return the options that every command has."""
    parser = argparse.ArgumentParser(add_help=False)
    _add_common_options(parser)
    return list(parser_options(parser))


def _add_common_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of every command, which may be given before or after the command."""
    group = parser.add_argument_group("common options")

    def add(name: str, **keywords: str) -> None:
        group.add_argument(name, default=argparse.SUPPRESS, **keywords)  # type: ignore[arg-type]

    add("--data", action="append", metavar="DIR", help="add or override data with the files in DIR")
    add("--no-bundled", action="store_true", help="use only the data named by --data")
    add("--list", metavar="NAME", help="shortlist to use (default: default)")
    add("--list-file", metavar="FILE", help="shared list to read and comment on; the file is not changed")
    add("--by", metavar="NAME", help="your name as the reviewer of a shared list")
    add("--no-color", action="store_true", help="turn off color, as NO_COLOR does")


def _add_format(parser: argparse.ArgumentParser, choices: Sequence[str] = _TEXT_FORMATS) -> None:
    """Add a `--format` option whose default is the first choice."""
    parser.add_argument("--format", choices=choices, default=choices[0], help=f"output format (default: {choices[0]})")


def _add_search_commands(commands: Commands) -> None:
    search = commands.add("search", "search programs, best match first", "search", "search_command")
    search.add_argument("query", nargs="*", metavar="QUERY", help="words and filters")
    _add_format(search, SEARCH_FORMATS)
    search.add_argument("--limit", type=positive_integer, metavar="N", help="show at most N programs")
    search.add_argument("--facets", action="store_true", help="count the programs for each filter value")
    search.add_argument("--sort", metavar="KEY", help="sort by name, institution, specialty, length, positions …")
    show = commands.add("show", "show full details of programs, with sources", "show", "show_command")
    show.add_argument("ids", nargs="+", metavar="ID")
    _add_format(show)
    compare = commands.add("compare", "compare programs side by side", "compare", "compare_command")
    compare.add_argument("ids", nargs="+", metavar="ID")
    compare.add_argument("--differences", action="store_true", help="show only fields that differ")
    _add_format(compare, COMPARE_FORMATS)


def _add_reference_commands(commands: Commands) -> None:
    _add_lookup(commands, "institutions", "list institutions, or show one", "institutions")
    specialties = commands.add("specialties", "search the specialty reference", "specialties", "specialties_command")
    specialties.add_argument("query", nargs="*", metavar="QUERY", help="words and filters")
    _add_format(specialties)
    _add_lookup(commands, "sites", "list training sites, or show one with its programs", "sites_services")
    description = "list application services and matches, or show one with its dates"
    _add_lookup(commands, "services", description, "sites_services")


def _add_lookup(commands: Commands, name: str, description: str, module: str) -> None:
    """Add a command that lists all records of a kind, or shows one."""
    command = commands.add(name, description, module, f"{name}_command")
    command.add_argument("id", nargs="?", metavar="ID", help="id or name of the one to show")
    _add_format(command)


def _add_shortlist_commands(commands: Commands) -> None:
    shortlist = commands.add("shortlist", "show or change your shortlist", "shortlist", "show_list")
    _add_list_view(shortlist)
    actions = Commands(shortlist, "action", "ACTION", "actions (default: show)")
    _add_list_view(actions.add("show", "show the list", "shortlist", "show_list"))
    for name, description in (("add", "add programs to the list"), ("remove", "remove programs from the list")):
        action = actions.add(name, description, "shortlist", f"{name}_programs")
        action.add_argument("ids", nargs="+", metavar="ID")
    move = actions.add("move", "move a program to another rank", "shortlist", "move_program")
    move.add_argument("id", metavar="ID")
    move.add_argument("position", type=positive_integer, metavar="POSITION", help="1 is the top")
    order = actions.add("order", "rank the programs by a sort key", "shortlist", "order_list")
    order.add_argument("key", metavar="KEY", help="sort key, as for `show --sort`; -KEY reverses it")
    _add_annotation_actions(actions)
    _add_column_actions(actions)
    _add_change_actions(actions)
    _add_history_actions(actions)


def _add_list_view(parser: argparse.ArgumentParser) -> None:
    _add_format(parser)
    keys = "score, status, rating, name, institution, date, tags or a custom column"
    parser.add_argument("--sort", metavar="KEY", default="rank", help=f"sort by {keys} (default: rank)")


def _add_annotation_actions(actions: Commands) -> None:
    def add(name: str, description: str, function: str) -> argparse.ArgumentParser:
        parser = actions.add(name, description, "shortlist_edit", function)
        parser.add_argument("id", metavar="ID")
        return parser

    note = add("note", "write a note on a program", "note_program")
    description = "'' removes the note, - reads it from standard input; without TEXT, $EDITOR opens"
    note.add_argument("text", metavar="TEXT", nargs="?", help=description)
    comment = add("remark", "add somebody else's comment on a program", "comment_program")
    comment.add_argument("reviewer", metavar="WHO", help="name of the person")
    comment.add_argument("text", metavar="TEXT", help="'' removes the comment")
    status = add("status", "set your application status for a program", "set_status")
    status.add_argument("value", metavar="VALUE", help="interested, applied, invited … or any text; '' clears it")
    rate = add("rate", "rate a program", "rate_program")
    rate.add_argument("rating", type=int, choices=range(6), metavar="1-5", help="0 clears the rating")
    tag = add("tag", "set the tags of a program", "tag_program")
    tag.add_argument("tags", nargs="*", metavar="TAG", help="none clears them")
    day = add("date", "add a date for a program", "date_program")
    day.add_argument("label", metavar="WHAT", help="interview, deadline, follow-up … or any text")
    day.add_argument("day", metavar="DAY", help="such as 2027-01-15; '' removes the date")
    _add_format(actions.add("dates", "list your dates and published ones, next first", "shortlist", "dates_command"))


def _add_column_actions(actions: Commands) -> None:
    column = actions.add("column", "add or change a custom column", "shortlist_edit", "change_column")
    column.add_argument("name", metavar="NAME")
    kinds = ("text", "number", "yes/no", "date", "1-5")
    column.add_argument("--kind", choices=kinds, help="kind of its values (default: text)")
    column.add_argument(
        "--weight", type=float, metavar="N", help="weight in the score; negative if lower values are better"
    )
    column.add_argument("--must", metavar="RULE", help="condition a program must meet, such as yes or '>= 3'")
    column.add_argument("--rename", metavar="NAME", help="new name")
    column.add_argument("--remove", action="store_true", help="remove the column and its values")
    description = "list custom columns, their weights and how many programs have a value"
    _add_format(actions.add("columns", description, "shortlist", "columns_command"))
    value = actions.add("set", "set the value of a custom column", "shortlist_edit", "set_value")
    value.add_argument("id", metavar="ID")
    value.add_argument("column", metavar="COLUMN")
    value.add_argument("value", metavar="VALUE", help="'' clears it")
    score = actions.add("score", "replace the calculated score of a program", "shortlist_edit", "score_program")
    score.add_argument("id", metavar="ID")
    score.add_argument("score", metavar="0-100", help="'' restores the calculated score")


def _add_change_actions(actions: Commands) -> None:
    description = "list what changed in the data since you added the programs"
    _add_format(actions.add("changed", description, "shortlist", "changed_command"))
    seen = actions.add("seen", "mark changes as seen", "shortlist", "seen_command")
    seen.add_argument("ids", nargs="*", metavar="ID", help="(default: all programs)")


def _add_history_actions(actions: Commands) -> None:
    actions.add("lists", "list the names of your lists", "shortlist", "lists_command")
    actions.add("undo", "undo the last change", "shortlist_history", "undo_command")
    actions.add("redo", "redo the last undone change", "shortlist_history", "redo_command")
    _add_format(actions.add("history", "list earlier versions of the list", "shortlist_history", "history_command"))
    versions = actions.add(
        "versions", "compare two versions, or a version and the list", "shortlist_history", "compare_versions"
    )
    version_help = "version number, or a day such as 2027-01-12"
    versions.add_argument("old", metavar="VERSION", help=version_help)
    versions.add_argument("new", nargs="?", metavar="VERSION", help="(default: the current list)")
    restore = actions.add("restore", "restore an earlier version", "shortlist_history", "restore_version")
    restore.add_argument("version", metavar="VERSION", help=version_help)


def _add_file_commands(commands: Commands) -> None:
    export = commands.add("export", "export the shortlist, or the matches of a query", "export", "export_command")
    export.add_argument("query", nargs="*", metavar="QUERY", help="words and filters (default: the shortlist)")
    export.add_argument(
        "--format", choices=tuple(FORMATS), help="file format (default: by the extension of FILE, else text)"
    )
    export.add_argument("--no-notes", action="store_true", help="omit your notes and reviewers' comments")
    export.add_argument(
        "--note-of",
        action="append",
        default=[],
        metavar="ID",
        help="include notes on this program only (repeatable)",
    )
    export.add_argument("--no-remarks", action="store_true", help="omit everything you wrote; export only the programs")
    export.add_argument("--output", metavar="FILE", default="-", help="(default: standard output)")
    check = commands.add("check", "report problems in data files", "check", "check_command")
    check.add_argument("paths", nargs="*", metavar="PATH", help="directories or files to check with the bundled data")
    check.add_argument("--stale", action="store_true", help="list the programs to read again first, and why")
    serve = commands.add("serve", "open the explorer in a browser on this computer", "serve", "serve_command")
    serve.add_argument("--port", type=int, default=8765, metavar="N", help="(default: 8765; 0 picks a free port)")
    _add_format(commands.add("settings", "show your settings and any problems", "settings", "settings_command"))
    description = "show where data, settings, shortlists and the cache are stored"
    commands.add("paths", description, "paths", "paths_command")


def _add_import_commands(commands: Commands) -> None:
    description = "import a program list or an edited shortlist: CSV, Excel, JSON, TOML or text"
    importer = commands.add("import", description, "import_shortlist", "import_command")
    importer.add_argument("file", metavar="FILE")
    importer.add_argument(
        "--as",
        dest="kind",
        choices=("programs", "shortlist"),
        help="how to read the file (default: detected; see docs/guide/import.md)",
    )
    importer.add_argument("--dry-run", action="store_true", help="show what would happen without saving anything")
    _add_format(importer)
    shortlist = importer.add_argument_group("for a shortlist")
    shortlist.add_argument(
        "--match", action="append", default=[], metavar="ROW=ID", help="program for an unmatched row (repeatable)"
    )
    programs = importer.add_argument_group("for a program list")
    description = "field of a column; `gmetui imports fields` lists the fields (repeatable)"
    programs.add_argument("--map", action="append", default=[], metavar="COLUMN=FIELD", help=description)
    programs.add_argument("--sheet", metavar="NAME", help="sheet of a workbook, by name or number (default: all)")
    description = "name for the list; an existing name updates that list (default: the file's name)"
    programs.add_argument("--name", metavar="NAME", help=description)
    programs.add_argument("--source", metavar="TITLE", help="title of the list")
    programs.add_argument("--url", metavar="ADDRESS", help="web address where it is published")
    programs.add_argument("--as-of", metavar="DATE", help="date or cycle of the list (default: date unknown)")
    programs.add_argument("--doubts", metavar="FILE", help="write doubtful rows to a CSV file to correct and import")
    programs.add_argument("--verbose", action="store_true", help="report every row, not only the first of each kind")

    imports = commands.add("imports", "list or manage imported program lists", "import_programs", "list_imports")
    _add_format(imports)
    actions = Commands(imports, "action", "ACTION", "actions (default: list)")
    _add_format(actions.add("list", "list imported program lists", "import_programs", "list_imports"))
    remove = actions.add("remove", "remove an imported list", "import_programs", "remove_import")
    remove.add_argument("name", metavar="NAME")
    undo = actions.add("undo", "restore the previous version of a list", "import_programs", "undo_import")
    undo.add_argument("name", metavar="NAME")
    _add_format(actions.add("fields", "list the fields for --map", "import_programs", "fields_command"))


def _add_data_commands(commands: Commands) -> None:
    description = "count how many programs state each field, and how good the sources are"
    coverage = commands.add("coverage", description, "data", "coverage_command")
    coverage.add_argument(
        "--older-than", type=positive_integer, default=2020, metavar="YEAR", help="count older sources (default: 2020)"
    )
    _add_format(coverage)
    changes = commands.add("changes", "compare two data directories, field by field", "data", "changes_command")
    changes.add_argument("old", metavar="OLD_DIR")
    changes.add_argument("new", nargs="?", metavar="NEW_DIR", help="(default: the bundled data)")
    _add_format(changes)
    description = "show the figures of the data edition, or update a source tree with them"
    edition = commands.add("edition", description, "data", "edition_command")
    edition.add_argument("--write", metavar="ROOT", help="update edition.toml, CHANGELOG.md and README.md below ROOT")
    edition.add_argument("--since", metavar="OLD_DIR", help="data of the previous edition, to list what changed")
    edition.add_argument("--name", dest="version_name", metavar="VERSION", help="such as 2026.12 (default: unchanged)")
    edition.add_argument("--day", metavar="DAY", help="date, such as 2026-12-01 (default: unchanged)")
    edition.add_argument("--title", metavar="TEXT", help="what the data covers (default: unchanged)")
    _add_format(edition)
    commands.add("schema", "print the JSON Schema of data files, for editors", "data", "schema_command")


def _add_completion_commands(commands: Commands) -> None:
    completion = commands.add("completion", "print a shell completion script", "completion", "completion_command")
    completion.add_argument("shell", choices=("bash", "zsh", "fish"))
    complete = commands.add("complete", "list completions, for these scripts", "completion", "complete_command")
    complete.add_argument("line", metavar="LINE", help="command line up to the cursor")


class _VersionAction(argparse.Action):
    """Print the version and exit. The version of the data is read only then."""

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        from .commands.paths import version

        print_line(version())
        parser.exit(0)
