"""The arguments of every command. Nothing else is imported here, so that `--help` is quick."""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence

SEARCH_FORMATS = ("table", "json", "csv", "ids")
COMPARE_FORMATS = ("text", "json", "csv", "markdown")
EXPORT_FORMATS = ("csv", "tsv", "xlsx", "html", "markdown", "text", "ics", "json", "toml")
_EPILOG = """\
exit codes: 0 done (also: nothing matched), 2 the command line is wrong, 3 data is wrong,
4 a file cannot be read or written, 5 no such program, list or institution, 130 interrupted

The query language: words are joined by AND; field:value, field:a,b (either), -field:value,
"a phrase", NOT, OR, no:field (not stated), has:field, length:<=2, sort:name.
Fields: institution, kind, specialty, family, length, positions, size, accreditation, visa, service, match, track,
topic, city, state, site, age, source, as_of, listed, acgme, id. docs/queries.md has all of it.
"""


def parse(argv: Sequence[str]) -> argparse.Namespace:
    """Read the command line. A wrong one ends the program with exit code 2, as argparse does."""
    parser = build()
    options, rest = parser.parse_known_args(["--help" if word == "-h" else word for word in argv])
    excluded = [word for word in rest if word.startswith("-") and not word.startswith("--") and len(word) > 1]
    if len(excluded) != len(rest) or (rest and not hasattr(options, "query")):
        wrong = next(word for word in rest if word not in excluded or not hasattr(options, "query"))
        parser.error(f"unrecognized argument: {wrong}")
    if rest and isinstance(options.query, list):
        options.query = [*options.query, *rest]  # "-kind:fellowship" is part of a query, not an option
    elif rest:
        parser.error(f"unrecognized argument: {rest[0]}")
    return options


def build() -> argparse.ArgumentParser:
    """Return the parser of `gmetui`."""
    parser = argparse.ArgumentParser(
        prog="gmetui",
        description="Explore residencies, fellowships and other graduate medical training; without a command, "
        "on screen.",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
        add_help=False,
    )
    parser.set_defaults(command=None, data=[], no_bundled=False, list="default", list_file=None, by="", no_color=False)
    parser.add_argument("--help", action="help", help="show this help and exit")
    parser.add_argument("--version", action=_Version, nargs=0, help="show the version and the data edition")
    parser.add_argument("--query", metavar="QUERY", help="open the explorer on this query")
    _common(parser)
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", title="commands")
    _search(commands)
    _reference(commands)
    _shortlist(commands)
    _files(commands)
    _imports(commands)
    _catalogue(commands)
    _completion(commands)
    return parser


def commands() -> Mapping[str, argparse.ArgumentParser]:
    """Return the parser of each command, by name."""
    found = next(action for action in build()._actions if isinstance(action, argparse._SubParsersAction))
    return {name: parser for name, parser in found.choices.items() if name != "complete"}


_Commands = argparse._SubParsersAction  # argparse gives its type no public name


def _common(parser: argparse.ArgumentParser) -> None:
    """Options of every command; they may stand before or after it."""
    absent = argparse.SUPPRESS
    group = parser.add_argument_group("options of every command")
    group.add_argument(
        "--data", action="append", metavar="DIR", default=absent, help="lay data files over the bundled ones"
    )
    group.add_argument("--no-bundled", action="store_true", default=absent, help="only what --data names")
    group.add_argument("--list", metavar="NAME", default=absent, help="which shortlist (default: default)")
    group.add_argument("--list-file", metavar="FILE", default=absent, help="a list handed to you; it is not changed")
    group.add_argument("--by", metavar="NAME", default=absent, help="your name beside your remarks on such a list")
    group.add_argument("--no-color", action="store_true", default=absent, help="no colour, as with NO_COLOR")


def _add(commands: _Commands, name: str, words: str, module: str, function: str) -> argparse.ArgumentParser:  # type: ignore[type-arg]
    parser: argparse.ArgumentParser = commands.add_parser(
        name, help=words, description=words[:1].upper() + words[1:] + ".", allow_abbrev=False, add_help=False
    )
    parser.add_argument("--help", action="help", help="show this help and exit")
    parser.set_defaults(module=module, function=function)
    _common(parser)
    return parser


def _search(commands: _Commands) -> None:  # type: ignore[type-arg]
    search = _add(commands, "search", "programs that match, best first", "search", "search_command")
    search.add_argument("query", nargs="*", metavar="QUERY", help="words and conditions")
    search.add_argument("--format", choices=SEARCH_FORMATS, default="table", help="(default: table)")
    search.add_argument("--limit", type=_count, metavar="N", help="at most N programs")
    search.add_argument("--facets", action="store_true", help="how many programs each value would leave")
    search.add_argument("--sort", metavar="KEY", help="name, institution, specialty, length, positions, dates …")
    show = _add(commands, "show", "programs whole, with the source and date of each fact", "show", "show_command")
    show.add_argument("ids", nargs="+", metavar="ID")
    show.add_argument("--format", choices=("text", "json"), default="text", help="(default: text)")
    compare = _add(commands, "compare", "programs side by side", "compare", "compare_command")
    compare.add_argument("ids", nargs="+", metavar="ID")
    compare.add_argument("--differences", action="store_true", help="leave out what is the same for all")
    compare.add_argument("--format", choices=COMPARE_FORMATS, default="text", help="(default: text)")


def _reference(commands: _Commands) -> None:  # type: ignore[type-arg]
    words = "the institutions, or one whole"
    institutions = _add(commands, "institutions", words, "institutions", "institutions_command")
    institutions.add_argument("id", nargs="?", metavar="ID")
    institutions.add_argument("--format", choices=("text", "json"), default="text", help="(default: text)")
    words = "the specialty reference, searched like programs"
    specialties = _add(commands, "specialties", words, "specialties", "specialties_command")
    specialties.add_argument("query", nargs="*", metavar="QUERY")
    specialties.add_argument("--format", choices=("text", "json"), default="text", help="(default: text)")
    for name, words in (
        ("sites", "the places where trainees work, or one with its programs"),
        ("services", "application services and matches, or one with its dates"),
    ):
        command = _add(commands, name, words, "sites_services", f"{name}_command")
        command.add_argument("id", nargs="?", metavar="ID")
        command.add_argument("--format", choices=("text", "json"), default="text", help="(default: text)")


def _shortlist(commands: _Commands) -> None:  # type: ignore[type-arg]
    shortlist = _add(commands, "shortlist", "your own ordered list", "shortlist", "show_list")
    _shown(shortlist)
    actions = shortlist.add_subparsers(dest="action", metavar="ACTION", title="actions (default: show)")
    _shown(_add(actions, "show", "the list in rank order, or by something else", "shortlist", "show_list"))
    for name, words in (("add", "put programs at the end"), ("remove", "take programs off the list")):
        action = _add(actions, name, words, "shortlist", f"{name}_programs")
        action.add_argument("ids", nargs="+", metavar="ID")
    move = _add(actions, "move", "put a program at a position", "shortlist", "move_program")
    move.add_argument("id", metavar="ID")
    move.add_argument("position", type=_count, metavar="POSITION", help="1 is the top")
    order = _add(actions, "order", "take an order, such as score, as your ranks", "shortlist", "order_list")
    order.add_argument("key", metavar="KEY", help="what `show --sort` takes; -KEY turns it round")
    _remarks(actions)
    _columns(actions)
    _news(actions)
    _versions(actions)


def _shown(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--format", choices=("text", "json"), default="text", help="(default: text)")
    words = "score, status, rating, name, institution, date, tags or a column of yours (default: rank)"
    parser.add_argument("--sort", metavar="KEY", default="rank", help=words)


def _remarks(actions: _Commands) -> None:  # type: ignore[type-arg]
    def about(name: str, words: str, function: str) -> argparse.ArgumentParser:
        parser = _add(actions, name, words, "shortlist_edit", function)
        parser.add_argument("id", metavar="ID")
        return parser

    note = about("note", "write a note on a program", "note_program")
    words = "'' removes the note, - reads it from standard input; without it your $EDITOR opens"
    note.add_argument("text", metavar="TEXT", nargs="?", help=words)
    remark = about("remark", "write down what somebody else says of a program", "remark_program")
    remark.add_argument("who", metavar="WHO")
    remark.add_argument("text", metavar="TEXT", help="'' removes it")
    status = about("status", "say how far you are with a program", "set_status")
    status.add_argument("value", metavar="VALUE", help="interested, applied, invited … or your own; '' removes it")
    rate = about("rate", "say how much you like a program", "rate_program")
    rate.add_argument("rating", type=int, choices=range(6), metavar="1-5", help="0 takes the rating away")
    tag = about("tag", "give a program tags in place of those it has", "tag_program")
    tag.add_argument("tags", nargs="*", metavar="TAG", help="none takes them away")
    day = about("date", "write down a date of your own", "date_program")
    day.add_argument("what", metavar="WHAT", help="interview, deadline, follow-up … or your own word")
    day.add_argument("day", metavar="DAY", help="such as 2027-01-15; '' takes it away")
    words = "your dates and the published ones, what comes next first"
    dates = _add(actions, "dates", words, "shortlist", "dates_command")
    dates.add_argument("--format", choices=("text", "json"), default="text", help="(default: text)")


def _columns(actions: _Commands) -> None:  # type: ignore[type-arg]
    words = "make a column of your own, or change one"
    column = _add(actions, "column", words, "shortlist_edit", "change_column")
    column.add_argument("name", metavar="NAME")
    kinds = ("text", "number", "yes/no", "date", "1-5")
    column.add_argument("--kind", choices=kinds, help="what stands in it (default: text)")
    words = "how much it counts in the score; below 0 where less is better"
    column.add_argument("--weight", type=float, metavar="N", help=words)
    column.add_argument("--must", metavar="RULE", help="what knocks out who lacks it, such as yes or '>= 3'")
    column.add_argument("--rename", metavar="NAME", help="another name for it")
    column.add_argument("--remove", action="store_true", help="take it and what stands in it away")
    words = "your columns, what they weigh and how far they are filled in"
    columns = _add(actions, "columns", words, "shortlist", "columns_command")
    columns.add_argument("--format", choices=("text", "json"), default="text", help="(default: text)")
    value = _add(actions, "set", "fill in one of your columns", "shortlist_edit", "set_value")
    value.add_argument("id", metavar="ID")
    value.add_argument("column", metavar="COLUMN")
    value.add_argument("value", metavar="VALUE", help="'' takes it away")
    score = _add(
        actions, "score", "put a score of your own in place of the weighted one", "shortlist_edit", "score_program"
    )
    score.add_argument("id", metavar="ID")
    score.add_argument("score", metavar="0-100", help="'' leaves the score to your columns")


def _news(actions: _Commands) -> None:  # type: ignore[type-arg]
    words = "what the data says otherwise since you added a program"
    changed = _add(actions, "changed", words, "shortlist", "changed_command")
    changed.add_argument("--format", choices=("text", "json"), default="text", help="(default: text)")
    seen = _add(actions, "seen", "say that you know what changed", "shortlist", "seen_command")
    seen.add_argument("ids", nargs="*", metavar="ID", help="(default: all)")


def _versions(actions: _Commands) -> None:  # type: ignore[type-arg]
    _add(actions, "lists", "the names of your lists", "shortlist", "lists_command")
    _add(actions, "undo", "take the last change back", "shortlist_history", "undo_command")
    _add(actions, "redo", "bring it again", "shortlist_history", "redo_command")
    history = _add(actions, "history", "the former versions", "shortlist_history", "history_command")
    history.add_argument("--format", choices=("text", "json"), default="text", help="(default: text)")
    words = "what is different between two former versions, or one and the list"
    versions = _add(actions, "versions", words, "shortlist_history", "compare_versions")
    versions.add_argument("old", metavar="VERSION", help="its number, or a day such as 2027-01-12")
    versions.add_argument("new", nargs="?", metavar="VERSION", help="(default: the list as it is)")
    restore = _add(actions, "restore", "bring a former version back", "shortlist_history", "restore_version")
    restore.add_argument("version", metavar="VERSION", help="its number, or a day such as 2027-01-12")


def _files(commands: _Commands) -> None:  # type: ignore[type-arg]
    words = "the shortlist, or with a query its matches, as a file"
    export = _add(commands, "export", words, "export", "export_command")
    export.add_argument("query", nargs="*", metavar="QUERY")
    export.add_argument("--format", choices=EXPORT_FORMATS, help="(default: by the file's ending, else text)")
    export.add_argument("--no-notes", action="store_true", help="leave out your notes, to hand it to somebody")
    words = "of your notes only those on these programs go with it (may be given again)"
    export.add_argument("--note-of", action="append", default=[], metavar="ID", help=words)
    export.add_argument("--no-remarks", action="store_true", help="nothing that you wrote: only the programs")
    export.add_argument("--output", metavar="FILE", default="-", help="(default: standard output)")
    check = _add(commands, "check", "every problem of data files, as file:line: key: problem", "check", "check")
    check.add_argument("paths", nargs="*", metavar="PATH", help="directories or files laid over the bundled data")
    serve = _add(commands, "serve", "the explorer in a browser on this machine", "serve", "serve_command")
    serve.add_argument("--port", type=int, default=8765, metavar="N", help="(default: 8765; 0 takes any that is free)")
    words = "what you have chosen, what could be chosen, and what is wrong with the file"
    settings = _add(commands, "settings", words, "settings", "settings_command")
    settings.add_argument("--format", choices=("text", "json"), default="text", help="(default: text)")
    _add(commands, "paths", "where data, settings, shortlists and cache live", "paths", "paths_command")


def _imports(commands: _Commands) -> None:  # type: ignore[type-arg]
    words = "a list of programs, or a shortlist that was edited elsewhere: CSV, Excel, JSON, TOML, text"
    bring = _add(commands, "import", words, "import_shortlist", "import_command")
    bring.add_argument("file", metavar="FILE")
    words = "(default: what the file looks like; docs/importing.md says how that is told)"
    bring.add_argument("--as", dest="kind", choices=("programs", "shortlist"), help=words)
    bring.add_argument("--dry-run", action="store_true", help="say what would happen, and change nothing")
    bring.add_argument("--format", choices=("text", "json"), default="text", help="(default: text)")
    words = "a row that was not understood is this program (may be given again)"
    listed = bring.add_argument_group("for a shortlist")
    listed.add_argument("--match", action="append", default=[], metavar="ROW=ID", help=words)
    group = bring.add_argument_group("for a list of programs")
    words = "this column is that; `gmetui imports fields` names the fields (may be given again)"
    group.add_argument("--map", action="append", default=[], metavar="COLUMN=FIELD", help=words)
    group.add_argument("--sheet", metavar="NAME", help="one sheet of a workbook, by name or number (default: all)")
    words = "what to keep it as; the same name refreshes (default: the file's)"
    group.add_argument("--name", metavar="NAME", help=words)
    group.add_argument("--source", metavar="TITLE", help="what the list is")
    group.add_argument("--url", metavar="ADDRESS", help="where it is published")
    group.add_argument("--as-of", metavar="DATE", help="the date or cycle it speaks of (default: undated)")
    group.add_argument("--doubts", metavar="FILE", help="write the doubtful rows as CSV, to be corrected and imported")
    group.add_argument("--verbose", action="store_true", help="name every row, not only the first of each kind")
    words = "the lists of programs that you brought in"
    imports = _add(commands, "imports", words, "import_programs", "list_imports")
    imports.add_argument("--format", choices=("text", "json"), default="text", help="(default: text)")
    actions = imports.add_subparsers(dest="action", metavar="ACTION", title="actions (default: list)")
    listing = _add(actions, "list", words, "import_programs", "list_imports")
    listing.add_argument("--format", choices=("text", "json"), default="text", help="(default: text)")
    remove = _add(actions, "remove", "take a list away", "import_programs", "remove_import")
    remove.add_argument("name", metavar="NAME")
    undo = _add(actions, "undo", "bring back a list as it was before", "import_programs", "undo_import")
    undo.add_argument("name", metavar="NAME")
    fields = _add(actions, "fields", "what a column can be, for --map", "import_programs", "fields_command")
    fields.add_argument("--format", choices=("text", "json"), default="text", help="(default: text)")


def _catalogue(commands: _Commands) -> None:  # type: ignore[type-arg]
    words = "how much of each field is stated, third-party, undated or old"
    coverage = _add(commands, "coverage", words, "data", "coverage_command")
    coverage.add_argument("--older-than", type=_count, default=2020, metavar="YEAR", help="(default: 2020)")
    coverage.add_argument("--format", choices=("text", "json"), default="text", help="(default: text)")
    words = "what is different between two directories of data, field by field"
    changes = _add(commands, "changes", words, "data", "changes_command")
    changes.add_argument("old", metavar="OLD_DIR")
    changes.add_argument("new", nargs="?", metavar="NEW_DIR", help="(default: the bundled data)")
    changes.add_argument("--format", choices=("text", "json"), default="text", help="(default: text)")
    words = "the figures of the data; with --write, the files of a source tree that say them"
    edition = _add(commands, "edition", words, "data", "edition_command")
    edition.add_argument("--write", metavar="ROOT", help="bring edition.toml, CHANGELOG.md and README.md up to date")
    edition.add_argument("--since", metavar="OLD_DIR", help="the data of the edition before, for the changelog")
    edition.add_argument("--name", dest="version_name", metavar="VERSION", help="such as 2026.12 (default: as it is)")
    edition.add_argument("--day", metavar="DAY", help="its date, such as 2026-12-01 (default: as it is)")
    edition.add_argument("--title", metavar="TEXT", help="what the data covers (default: as it is)")
    edition.add_argument("--format", choices=("text", "json"), default="text", help="(default: text)")
    words = "the JSON Schema of data files, for editors"
    _add(commands, "schema", words, "data", "schema_command")


def _completion(commands: _Commands) -> None:  # type: ignore[type-arg]
    completion = _add(
        commands, "completion", "a script that completes in your shell", "completion", "completion_command"
    )
    completion.add_argument("shell", choices=("bash", "zsh", "fish"))
    words = "what a command line could go on as; completion scripts ask this"
    complete = _add(commands, "complete", words, "completion", "complete_command")
    complete.add_argument("line", metavar="LINE", help="the command line up to the cursor")


def _count(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("must be 1 or more")
    return number


class _Version(argparse.Action):
    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        from .commands.paths import version

        print(version())
        parser.exit(0)
