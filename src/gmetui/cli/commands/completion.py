"""Shell completion: `gmetui completion SHELL` prints a script that calls `gmetui complete LINE` for candidates."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterable
from itertools import islice

from ...search.engine import index_of
from ...search.suggest import complete
from ..context import read_catalog
from ..output import print_line
from ..parser import command_parsers, parser_options

_SCRIPTS = {
    "bash": """\
_gmetui() {
    local line="${COMP_LINE:0:$COMP_POINT}"
    local cur="${line##* }"
    mapfile -t COMPREPLY < <(gmetui complete "$line" 2>/dev/null)
    if [[ "$cur" == *:* && "$COMP_WORDBREAKS" == *:* ]]; then
        local head="${cur%"${cur##*:}"}"
        COMPREPLY=("${COMPREPLY[@]#"$head"}")
    fi
}
complete -o nospace -F _gmetui gmetui
""",
    "zsh": """\
#compdef gmetui
_gmetui() {
    local -a found
    found=("${(@f)$(gmetui complete "$LBUFFER" 2>/dev/null)}")
    compadd -Q -S '' -- $found
}
compdef _gmetui gmetui
""",
    "fish": """\
complete -c gmetui -f -a '(gmetui complete (commandline -cp) 2>/dev/null)'
""",
}
_MAX_CANDIDATES = 60
#: Commands whose arguments are a query.
_QUERY_COMMANDS = frozenset(("search", "export", "specialties"))
#: Commands whose arguments are ids -> the attribute of the catalog that has them.
_ID_COMMANDS = {
    "show": "programs",
    "compare": "programs",
    "shortlist": "programs",
    "institutions": "institutions",
    "sites": "sites",
    "services": "services",
}
_IMPORT_ACTIONS = ("list", "remove", "undo", "fields")


def completion_command(options: Namespace) -> int:
    """Run `gmetui completion`."""
    print_line(_SCRIPTS[options.shell], end="")
    return 0


def complete_command(options: Namespace) -> int:
    """Run `gmetui complete`."""
    for candidate in islice(candidates(options), _MAX_CANDIDATES):
        print_line(candidate)
    return 0


def candidates(options: Namespace) -> Iterable[str]:
    """Return what the last word of `options.line` can become: commands, options, their values, ids or query terms."""
    *words, last_word = options.line.split(" ")[1:] or [""]  # the first word is the program's name
    parsers = command_parsers()
    command = next((word for word in words if word in parsers), None)
    if command is None:
        has_unknown_word = any(word and not word.startswith("-") for word in words)
        return [] if has_unknown_word else _starting_with(last_word, parsers)
    if last_word.startswith("--"):
        names = (name for action in parser_options(parsers[command]) for name in action.option_strings)
        return _starting_with(last_word, names)
    for action in parser_options(parsers[command]):
        if words[-1] in action.option_strings and action.choices:
            return _starting_with(last_word, map(str, action.choices))
    if command == "imports":
        return _starting_with(last_word, _import_words(words[words.index(command) + 1 :]))
    if command in _QUERY_COMMANDS:
        completions = complete(index_of(read_catalog(options)), last_word)
        return [completion.line.split(" ")[-1] for completion in completions]
    if command in _ID_COMMANDS:
        records = getattr(read_catalog(options), _ID_COMMANDS[command])
        return _starting_with(last_word, (record.id for record in records))
    return []


def _import_words(words_before: Iterable[str]) -> Iterable[str]:
    """Return the actions of `gmetui imports`, or after one of them the names of lists."""
    from .import_programs import open_imports

    if not any(words_before):
        return _IMPORT_ACTIONS
    store = open_imports()
    return (*(imported.name for imported in store.lists()), *store.removed_names())


def _starting_with(prefix: str, names: Iterable[str]) -> list[str]:
    return [name for name in names if name.startswith(prefix)]
