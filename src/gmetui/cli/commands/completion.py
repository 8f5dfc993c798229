"""Shell completion: `gmetui completion SHELL` prints a script that asks `gmetui complete LINE` what could follow."""

from __future__ import annotations

import argparse
from argparse import Namespace
from collections.abc import Iterable

from ...loader import load
from ...search.engine import index_of
from ...search.suggest import complete

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
SHELLS = tuple(_SCRIPTS)
_MOST = 60  # candidates: nobody reads more
#: Commands whose words are a query, and those whose words are ids of something.
_QUERIES = ("search", "export", "specialties")
_IDS = {
    "show": "programs",
    "compare": "programs",
    "shortlist": "programs",
    "institutions": "institutions",
    "sites": "sites",
    "services": "services",
}


def completion_command(options: Namespace) -> int:
    """Run `gmetui completion`."""
    print(_SCRIPTS[options.shell], end="")
    return 0


def complete_command(options: Namespace) -> int:
    """Run `gmetui complete`."""
    for candidate in list(candidates(options.line))[:_MOST]:
        print(candidate)
    return 0


def candidates(line: str) -> Iterable[str]:
    """Return what the last word of a command line could become: commands, options, ids, or terms of a query."""
    from ..parser import commands

    words = line.split(" ")[1:]  # the program's own name comes first
    last = words[-1] if words else ""
    known = commands()
    command = next((word for word in words[:-1] if word in known), None)
    if command is None:
        if any(word and not word.startswith("-") for word in words[:-1]):
            return []  # no command of ours
        return [name for name in known if name.startswith(last)]
    if last.startswith("--"):
        return [option for option in _options(known[command]) if option.startswith(last)]
    if command == "imports":
        from .import_programs import open_imports

        store = open_imports()
        first = not any(words[words.index(command) + 1 : -1])
        names = ("list", "remove", "undo", "fields") if first else (*(o.name for o in store.all()), *store.removed())
        return [name for name in names if name.startswith(last)]
    if command in _QUERIES:
        return [way.line.split(" ")[-1] for way in complete(index_of(load()), last)]
    if command in _IDS:
        return [thing.id for thing in getattr(load(), _IDS[command]) if thing.id.startswith(last)]
    return []


def _options(parser: argparse.ArgumentParser) -> list[str]:
    return [name for action in parser._actions for name in action.option_strings if name.startswith("--")]
