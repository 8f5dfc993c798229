"""The dialog that chooses a file: recent files where people keep lists, or any path that is typed."""

from __future__ import annotations

import stat
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from ...errors import GmetuiError
from ...storage.output_file import output_path
from ...text import format_date, sanitize
from ..context import AppContext
from ..widgets.option_list import ListOption
from .dismissal import close_dialog
from .option_dialog import OptionDialog

_EXTENSIONS = frozenset(
    (
        *(".csv", ".tsv", ".txt", ".xlsx", ".xlsm", ".ods", ".json", ".jsonl", ".ndjson", ".toml"),
        *(".html", ".htm", ".md"),
    )
)
_MAX_SHOWN_PATH = 30  # characters of a directory
_MAX_FILES, _MAX_DIRECTORY_ENTRIES = 200, 5_000


def short_path(path: Path) -> str:
    """Return the absolute path with "~" for the home directory, as it can be shown."""
    with suppress(OSError, RuntimeError):  # there may be no working directory and no home
        path = path.absolute()
        home = Path.home()
        path = Path("~") / path.relative_to(home) if path.is_relative_to(home) else path
    return sanitize(str(path))


def target_text(file_name: str) -> str:
    """Return where a file would be written, and whether one is there: "~/list.csv · new file"; "" for a wrong name."""
    try:
        path = output_path(file_name)
    except GmetuiError:
        return ""  # said when it is entered
    state = {"": "new file", "file": "replaces a file"}.get(file_kind(path), "not a file")
    return f"{short_path(path)} · {state}"


def file_kind(path: Path) -> str:
    """Return "directory", "file", "special", or "" if there is no such file or it can't be one, such as a long name."""
    try:
        mode = path.stat().st_mode
    except (OSError, ValueError):
        return ""
    return "directory" if stat.S_ISDIR(mode) else "file" if stat.S_ISREG(mode) else "special"


def choose_file(context: AppContext, title: str, on_choice: Callable[[Path], None], *, start: str = "") -> None:
    """Let the user choose a file, or type its path, which is completed directory by directory from `start`."""
    recent = [_option_of(file) for file in _recent_files()]

    def choose(option: ListOption) -> None:
        path = Path(option.key)
        if file_kind(path) == "directory":
            dialog.set_filter(f"{option.key.rstrip('/')}/")
        else:
            close_dialog(dialog)
            on_choice(path)

    dialog = OptionDialog(
        title,
        "enter opens · esc cancels",
        lambda: recent,
        choose,
        keep_open=True,
        search_more=complete_path,
        placeholder="type to find, or a path such as ~/Downloads/",
        empty_text="No lists in this folder, Downloads, Documents or Desktop. Type a path.",
        min_rows=12,
    )
    context.open_dialog(dialog)
    if start:
        dialog.call_after_refresh(dialog.set_filter, f"{start.rstrip('/')}/")


def _recent_files() -> list[Path]:
    """Return files that may be lists, the newest first."""
    directories: list[Path] = []
    with suppress(OSError):  # the working directory was deleted
        directories.append(Path.cwd())
    with suppress(RuntimeError):  # there is no home directory
        directories += (Path.home() / name for name in ("Downloads", "Documents", "Desktop"))
    times: dict[Path, float] = {}
    for directory in dict.fromkeys(directories):
        for file in _entries(directory):
            with suppress(OSError):
                if file.suffix.casefold() in _EXTENSIONS and file.is_file():
                    times[file] = file.stat().st_mtime
    return sorted(times, key=lambda file: -times[file])[:_MAX_FILES]


def _entries(directory: Path) -> Iterator[Path]:
    """Yield what a directory holds, except hidden files; nothing if it can't be read."""
    with suppress(OSError):
        for number, file in enumerate(directory.iterdir()):
            if number > _MAX_DIRECTORY_ENTRIES:
                return
            if not file.name.startswith("."):
                yield file


def complete_path(typed_path: str) -> Sequence[ListOption]:
    """Return the files and directories whose path begins with a text, if the text is a path."""
    typed_path = typed_path.strip().strip("'\"")
    is_list_name = typed_path.casefold().endswith(".toml") and not typed_path.startswith("~")
    if is_list_name and not file_kind(Path(typed_path)):  # choosing it says that there is no such file
        return (ListOption(typed_path, typed_path, "no such file"),)
    if not typed_path.startswith(("/", "~", ".")) and ":" not in typed_path[:3] and not is_list_name:
        return ()
    with suppress(OSError, RuntimeError, ValueError):  # RuntimeError: there is no such home directory
        path = Path(typed_path).expanduser()
        if path.is_file():
            return (_option_of(path),)
        directory, prefix = (path, "") if typed_path.endswith(("/", "\\")) else (path.parent, path.name)
        matches = (entry for entry in _entries(directory) if entry.name.startswith(prefix))
        return [_option_of(entry) for entry in _sorted(matches)]
    return ()


def _sorted(files: Iterable[Path]) -> list[Path]:
    """Return directories first, then files, each by name."""
    return sorted(files, key=lambda file: (not file.is_dir(), file.name.casefold()))[:_MAX_FILES]


def _option_of(path: Path) -> ListOption:
    """Return a file or a directory as an option: its name, and where it is."""
    shown_path, directory = short_path(path), short_path(path.parent)
    details, sign = [directory if len(directory) <= _MAX_SHOWN_PATH else f"…{directory[1 - _MAX_SHOWN_PATH :]}"], " "
    with suppress(OSError):
        status = path.stat()
        if path.is_dir():
            sign = "▸"
        else:
            day = datetime.fromtimestamp(status.st_mtime).astimezone().date().isoformat()
            details += [_size_text(status.st_size), format_date(day)]
    return ListOption(str(path), sanitize(path.name) or shown_path, "  ".join(details), sign, (shown_path,))


def _size_text(size: int) -> str:
    return f"{size / 1_000_000:,.1f} MB" if size >= 1_000_000 else f"{max(1, size // 1000):,} kB"
