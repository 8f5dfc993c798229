"""The files of imported lists and calendars in a directory, which every start looks for; storing them takes more."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence

from ..lean_typing import TYPE_CHECKING
from ..text import is_slug, sanitize
from .paths import user_path_texts

if TYPE_CHECKING:
    from pathlib import Path

    from ..errors import Problem

SUFFIX = ".toml"


def file_names(directory: str | Path, suffix: str = SUFFIX) -> list[str]:
    """Return the sorted names of the files with a suffix, none where there is no such directory."""
    try:
        return sorted(name for name in os.listdir(directory) if name.endswith(suffix))
    except OSError:
        return []


def list_file_names(directory: str | Path) -> list[str]:
    """Return the names of the files of lists; other files, such as copies by a sync tool, are left out."""
    return [name for name in file_names(directory) if is_slug(name.removesuffix(SUFFIX))]


def ignored_file_names(directory: str | Path) -> list[str]:
    """Return the names of files beside the lists that look like lists and are ignored."""
    names = [name for name in file_names(directory) if not is_slug(name.removesuffix(SUFFIX))]
    return [name for name in names if not name.startswith(".")]


def imported_files(exclude: str = "", staged_name: str = "") -> tuple[str, ...]:
    """Return the files of the imported lists, then those of the calendars.

    The list named `exclude` is left out; the file called `staged_name` is one of them although it isn't there yet.
    """
    paths = user_path_texts()
    lists, calendars = paths["programs"], paths["calendars"]
    list_names = {name for name in list_file_names(lists) if name != f"{exclude}{SUFFIX}"}
    list_names |= {staged_name} if staged_name else set()
    return (
        *(f"{lists}/{name}" for name in sorted(list_names)),
        *(f"{calendars}/{name}" for name in list_file_names(calendars)),
    )


def title_of_list_file(file: str | Path) -> str:
    """Return what an imported file is and its name, for messages."""
    directory, name = os.path.split(file)
    noun = "calendar" if directory == user_path_texts()["calendars"] else "list"
    return f"{noun} “{name.removesuffix('.toml')}”"


def list_problem_messages(lists: Sequence[str | Path], problems: Sequence[Problem]) -> Iterator[str]:
    """Yield what was left out of imported lists: the first problem of each, and how many there are."""
    for file in lists:
        of_list = [problem for problem in problems if problem.file == sanitize(os.path.normpath(file))]
        if of_list:
            first, more = of_list[0], f", and {len(of_list) - 1:,} more" if len(of_list) > 1 else ""
            where = f"line {first.line}: {first.key}"
            title = title_of_list_file(file)
            yield f"gmetui: part of the imported {title} is left out: {where}: {first.message}{more}"
