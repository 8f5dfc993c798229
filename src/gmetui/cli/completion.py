"""What a word on the command line can become, for bash, zsh, and fish. argcomplete speaks with the shells.

The shells run `gmetui` with _ARGCOMPLETE set. Commands, options, and choices come from the parsers; queries, ids, and
the names of files, lists, and columns from the completers here.
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from argcomplete import CompletionFinder  # type: ignore[attr-defined]
from argcomplete.completers import SuppressCompleter

from ..catalog.catalog import Catalog
from ..errors import GmetuiError
from ..loader import load_catalog
from ..shortlist.entries import STATUSES, Shortlist
from .command_parser import CommandParser, parser_arguments
from .declarations.registry import COMMANDS, subcommands

_Completer = Callable[[str, argparse.Namespace], Iterable[str] | Mapping[str, str]]
_MAX_QUERY_COMPLETIONS = 60
_FILE_NAMES = frozenset(("FILE", "DIR", "PATH", "OLD_DIR", "NEW_DIR", "ROOT"))


def complete_command_line() -> None:
    """Write the completions that the shell asks for, and exit."""
    parser = completion_parser()
    _Finder()(parser, always_complete_options=False, default_completer=SuppressCompleter())


def completion_parser() -> CommandParser:
    """Return a parser with every command below it, whose arguments have completers."""
    parser = CommandParser(COMMANDS[""])
    _add_completers(parser)
    _add_subparsers(parser, "")
    return parser


def _add_subparsers(parser: CommandParser, name: str) -> None:
    commands = [command for command in subcommands(name).values() if not command.is_hidden]
    if not commands:
        return
    children = parser.add_subparsers(parser_class=_subparser)  # type: ignore[call-overload]
    for command in commands:
        child = children.add_parser(command.name.rpartition(" ")[2], help=command.summary, command=command)
        _add_completers(child)
        _add_subparsers(child, command.name)


def _subparser(prog: str, **keywords: object) -> CommandParser:
    """Return the parser of the command that `add_parser` passes on."""
    command = keywords["command"]
    return CommandParser(command)  # type: ignore[arg-type]


def _add_completers(parser: CommandParser) -> None:
    for action in parser_arguments(parser):
        completer = _completer_of(parser, action)
        if completer is not None:
            action.completer = _Adapter(completer)  # type: ignore[attr-defined]


class _Adapter:
    """A completer in the form that argcomplete calls. Errors give no completions."""

    def __init__(self, completer: _Completer) -> None:
        self._completer = completer

    def __call__(self, prefix: str, parsed_args: argparse.Namespace, **_: object) -> Iterable[str] | Mapping[str, str]:
        with suppress(GmetuiError, OSError):
            return self._completer(prefix, parsed_args)
        return ()


def _completer_of(parser: CommandParser, action: argparse.Action) -> _Completer | None:
    metavar = str(action.metavar or "")
    if metavar in _FILE_NAMES:
        return file_names
    if metavar == "ID" and parser.command.parent == "shortlist" and parser.command.name != "shortlist add":
        return _listed_ids
    return _BY_DESTINATION.get(action.dest) or _BY_METAVAR.get(metavar)


def file_names(prefix: str, _: argparse.Namespace | None = None) -> Iterator[str]:
    """Yield the files and directories that a name can become; directories end with a slash."""
    head, slash, tail = prefix.rpartition("/")
    directory = Path(head + slash or ".").expanduser()
    for entry in sorted(os.scandir(directory), key=lambda entry: entry.name):
        if entry.name.startswith(tail) and (tail or not entry.name.startswith(".")):
            yield f"{head}{slash}{entry.name}{'/' if entry.is_dir() else ''}"


def _catalog(options: argparse.Namespace) -> Catalog:
    data, no_bundled = getattr(options, "data", None) or (), getattr(options, "no_bundled", False)
    return load_catalog(data, bundled=not no_bundled, report=lambda _: None)


def _shortlist(options: argparse.Namespace) -> Shortlist:
    from ..storage.paths import user_paths
    from ..storage.shortlist_store import ShortlistStore

    return ShortlistStore(user_paths().shortlist(getattr(options, "list", None) or "default")).load()


def _query_words(prefix: str, options: argparse.Namespace) -> list[str]:
    from ..search.engine import index_of
    from ..search.suggest import complete

    completions = complete(index_of(_catalog(options)), prefix)[:_MAX_QUERY_COMPLETIONS]
    start = prefix.rfind(" ") + 1  # of the word that is completed
    return [completion.line[start:] for completion in completions]


def _program_ids(prefix: str, options: argparse.Namespace) -> dict[str, str]:
    return {program.id: program.name for program in _catalog(options).programs if program.id.startswith(prefix)}


def _listed_ids(_: str, options: argparse.Namespace) -> dict[str, str]:
    return {entry.id: entry.name for entry in _shortlist(options)}


def _institutions(_: str, options: argparse.Namespace) -> dict[str, str]:
    return {institution.id: institution.name for institution in _catalog(options).institutions}


def _sites(_: str, options: argparse.Namespace) -> dict[str, str]:
    return {site.id: site.name for site in _catalog(options).sites}


def _services(_: str, options: argparse.Namespace) -> dict[str, str]:
    return {service.id: service.name for service in _catalog(options).services}


def _specialties(_: str, options: argparse.Namespace) -> dict[str, str]:
    return {specialty.id: specialty.label for specialty in _catalog(options).specialties}


def _list_names(_: str, __: argparse.Namespace) -> Sequence[str]:
    from ..storage.paths import user_paths
    from ..storage.shortlist_store import list_names

    return list_names(user_paths().shortlists)


def _imports(_: str, __: argparse.Namespace) -> Sequence[str]:
    from ..storage.import_store import ImportStore
    from ..storage.paths import user_paths

    store = ImportStore(user_paths().programs)
    return [*(imported.name for imported in store.lists()), *store.removed_names()]


def _custom_columns(_: str, options: argparse.Namespace) -> list[str]:
    return [column.name for column in _shortlist(options).columns]


def _search_keys(_: str, __: argparse.Namespace) -> list[str]:
    from ..search.sort import SORT_KEYS

    return list(SORT_KEYS)


def _list_keys(_: str, options: argparse.Namespace) -> list[str]:
    from ..shortlist.scores import sort_keys

    return list(sort_keys(_shortlist(options)))


def _sort_keys(prefix: str, options: argparse.Namespace) -> list[str]:
    return _search_keys(prefix, options) if hasattr(options, "query") else _list_keys(prefix, options)


def _profile_keys(_: str, __: argparse.Namespace) -> dict[str, str]:
    from ..planning.profile_edits import profile_keys

    return {key.text: key.field.meaning for key in profile_keys()}


def _profile_tables(_: str, __: argparse.Namespace) -> list[str]:
    from ..planning.profile_edits import NAME_KEYS

    return list(NAME_KEYS)


def _profile_names(_: str, __: argparse.Namespace) -> Sequence[str]:
    from ..storage.paths import user_paths
    from ..storage.profile_files import profile_names

    return profile_names(user_paths())


def _help_topics(_: str, __: argparse.Namespace) -> list[str]:
    return [*subcommands(""), "options", "queries", "environment", "codes"]


_BY_METAVAR: Mapping[str, _Completer] = {
    "START": lambda prefix, options: {
        "me": "your training",
        **_specialties(prefix, options),
        **_program_ids(prefix, options),
    },
    "ID": _program_ids,
    "QUERY": _query_words,
    "INSTITUTION": _institutions,
    "SITE": _sites,
    "SERVICE": _services,
    "SPECIALTY": _specialties,
    "IMPORT": _imports,
    "COLUMN": _custom_columns,
    "STATUS": lambda *_: STATUSES,
    "SHELL": lambda *_: ("bash", "zsh", "fish"),
    "COMMAND": _help_topics,
}
#: Where the name of the value says too little.
_BY_DESTINATION: Mapping[str, _Completer] = {
    "list": _list_names,
    "with_list": _list_names,
    "sort": _sort_keys,
    "key": _list_keys,
    "profile": _profile_names,
    "profile_key": _profile_keys,
    "table": _profile_tables,
}


class _Finder(CompletionFinder):
    """A finder that knows that options may stand between words, and that -word excludes a word from a query."""

    def _get_completions(
        self, comp_words: list[str], cword_prefix: str, cword_prequote: str, last_wordbreak_pos: int | None
    ) -> list[str]:
        assert isinstance(self._parser, CommandParser)
        words = options_first(self._parser, comp_words[1:])
        completions: list[str] = super()._get_completions(  # type: ignore[no-untyped-call]
            [*comp_words[:1], *words], cword_prefix, cword_prequote, last_wordbreak_pos
        )
        return completions

    def collect_completions(
        self, active_parsers: list[argparse.ArgumentParser], parsed_args: argparse.Namespace, cword_prefix: str
    ) -> list[str]:
        """Return completions; after a hyphen, also words that a query excludes."""
        completions: list[str] = super().collect_completions(active_parsers, parsed_args, cword_prefix)
        takes_query = getattr(active_parsers[-1], "takes_query", False)
        if takes_query and len(cword_prefix) > 1 and cword_prefix[0] == "-" != cword_prefix[1]:
            words = _Adapter(_query_words)(cword_prefix[1:], parsed_args=parsed_args)
            completions += [f"-{word}" for word in words]
        return completions


def options_first(parser: CommandParser, words: Sequence[str]) -> list[str]:
    """Return the words of a command line with the options of the command before its arguments, as argparse needs it.

    An option at the end whose value is still to come stays there.
    """
    names: list[str] = []
    options: list[str] = []
    arguments: list[str] = []
    children: Mapping[str, CommandParser] = _children(parser)
    pending = list(reversed(words))
    while pending:
        word = pending.pop()
        action = parser.options_by_name().get(word.partition("=")[0]) if word.startswith("-") else None
        if action is not None:
            takes_next = action.nargs != 0 and "=" not in word
            if takes_next and not pending:
                return [*names, *options, *arguments, word]
            options += [word, *([pending.pop()] if takes_next else [])]
        elif not arguments and word in children:
            names += [*options, word]
            options = []
            parser = children[word]
            children = _children(parser)
        else:
            if not names and not arguments:  # words that are no command are a search
                parser, names = children["search"], ["search"]
            arguments.append(word)
    return [*names, *options, *arguments]


def _children(parser: CommandParser) -> Mapping[str, CommandParser]:
    actions = [action for action in parser_arguments(parser) if isinstance(action, argparse._SubParsersAction)]
    return actions[0].choices if actions else {}
