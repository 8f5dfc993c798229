"""Choosing a file: what lies where people keep lists, and any path that is typed, completed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from textual.widgets import Input

from ...text import clean
from ..widgets.option_list import Pick
from .export_dialog import short
from .pickers import Picker

if TYPE_CHECKING:
    from ..app import GmetuiApp

_ENDINGS = frozenset((".csv", ".tsv", ".txt", ".xlsx", ".json", ".jsonl", ".ndjson", ".toml"))
_MOST, _LOOKED_AT = 200, 5_000  # files that are shown, and entries of a directory that are looked at


def pick_file(app: GmetuiApp, title: str, chosen: Callable[[Path], None]) -> None:
    """Let a person choose a file, or type its path."""
    found = [_pick(file) for file in _likely()]

    def act(pick: Pick, aside: bool) -> None:
        path = Path(pick.key)
        if path.is_dir():
            app.screen.query_one(Input).value = f"{pick.key.rstrip('/')}/"
            app.screen.query_one(Input).action_end()
        else:
            app.screen.dismiss()
            chosen(path)

    foot = "type to find, or a path · enter opens · esc closes"
    app.push_screen(Picker(title, foot, lambda: found, act, stays=True, further=_typed))


def _likely() -> list[Path]:
    """Return the files that may be lists, the newest first."""
    places = (Path.cwd(), Path.home() / "Downloads", Path.home() / "Documents", Path.home() / "Desktop")
    files: dict[Path, float] = {}
    for place in dict.fromkeys(places):
        for file in _entries(place):
            with suppress(OSError):
                if file.suffix.casefold() in _ENDINGS and file.is_file():
                    files[file] = file.stat().st_mtime
    return sorted(files, key=lambda file: -files[file])[:_MOST]


def _entries(place: Path) -> Iterator[Path]:
    with suppress(OSError):
        for number, file in enumerate(place.iterdir()):
            if number > _LOOKED_AT:
                return
            if not file.name.startswith("."):
                yield file


def _typed(line: str) -> Sequence[Pick]:
    """Return the file or the directories that a typed path begins."""
    text = line.strip().strip("'\"")
    if not text.startswith(("/", "~", ".")) and ":" not in text[:3]:
        return ()
    with suppress(OSError, RuntimeError, ValueError):  # no such home
        path = Path(text).expanduser()
        if path.is_file():
            return (_pick(path),)
        place, begin = (path, "") if text.endswith(("/", "\\")) else (path.parent, path.name)
        near = (own for own in _entries(place) if own.name.startswith(begin))
        return [_pick(own) for own in _sorted(near)]
    return ()


def _sorted(files: Iterable[Path]) -> list[Path]:
    return sorted(files, key=lambda file: (not file.is_dir(), file.name.casefold()))[:_MOST]


def _pick(path: Path) -> Pick:
    right, sign = "", " "
    with suppress(OSError):
        about = path.stat()
        if path.is_dir():
            sign = "▸"
        else:
            day = datetime.fromtimestamp(about.st_mtime).astimezone().strftime("%Y-%m-%d")
            right = f"{_size(about.st_size)}  {day}"
    return Pick(str(path), clean(short(path)), right, sign, (clean(path.name),))


def _size(size: int) -> str:
    return f"{size / 1_000_000:,.1f} MB" if size >= 1_000_000 else f"{max(1, size // 1000):,} kB"
