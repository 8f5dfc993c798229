"""Where the user's files are: below `GMETUI_HOME`, or else in the standard directories of the platform."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from ..errors import FileError
from ..text import is_slug, sanitize

_MAX_NAME_LENGTH = 100  # letters; file systems allow 255 bytes, and gmetui appends to it
#: The longest path below a home: a version of a list with a long name, while it is written.
_LONGEST_PATH = f"shortlists/history/{'x' * _MAX_NAME_LENGTH}/.000000000.toml.gz.00000000.tmp"
#: Of settings, data, cache, and state: the variable that names the directory, and the default below the home.
_XDG_DIRECTORIES = (
    ("XDG_CONFIG_HOME", ".config"),
    ("XDG_DATA_HOME", ".local/share"),
    ("XDG_CACHE_HOME", ".cache"),
    ("XDG_STATE_HOME", ".local/state"),
)
#: Windows opens devices by these names, whatever their extension.
_RESERVED_NAMES = frozenset(
    ("con", "prn", "aux", "nul", *(f"{port}{number}" for port in ("com", "lpt") for number in range(1, 10)))
)


class Paths(NamedTuple):
    """The files and directories of one user, whether they exist or not."""

    settings: Path
    shortlists: Path
    programs: Path
    cache: Path
    state: Path
    column_overrides: Path
    calendars: Path

    def couple(self, list_name: str) -> Path:
        """Return the file of what a couple chose for the list `name`. Raises `FileError` if the name isn't a slug."""
        return self.shortlists.parent / "couples" / f"{require_slug(list_name)}.toml"

    @property
    def triage(self) -> Path:
        """The file of the programs that were passed over."""
        return self.shortlists.parent / "triage.toml"

    def shortlist(self, list_name: str) -> Path:
        """Return the file of the list `name`. Raises `FileError` if the name isn't a slug: it could lead elsewhere."""
        return self.shortlists / f"{require_slug(list_name)}.toml"


def require_slug(list_name: str) -> str:
    """Return the name of a list. Raises `FileError` if it isn't a slug: as a file name it could lead elsewhere."""
    if len(list_name) > _MAX_NAME_LENGTH:
        beginning = sanitize(list_name[:20])
        raise FileError(
            f"gmetui: “{beginning}…” cannot name a list: it has {len(list_name):,} letters; use at most "
            f"{_MAX_NAME_LENGTH}"
        )
    if list_name in _RESERVED_NAMES:
        raise FileError(f"gmetui: “{list_name}” cannot name a list: Windows reserves that name")
    if not is_slug(list_name):
        raise FileError(
            f"gmetui: “{sanitize(list_name)}” cannot name a list; use lowercase letters, digits and hyphens"
        )
    return list_name


def _paths_below(settings: Path, data: Path, cache: Path, state: Path) -> Paths:
    return Paths(
        settings=settings / "settings.toml",
        shortlists=data / "shortlists",
        programs=data / "programs",
        cache=cache,
        state=state / "state.json",
        column_overrides=state / "columns.json",
        calendars=data / "calendars",
    )


def _platform_directories() -> Iterator[Path]:
    """Yield the directories of settings, data, cache, and state of this platform."""
    from platformdirs import PlatformDirs

    names = PlatformDirs("gmetui", appauthor=False)
    return map(Path, (names.user_config_dir, names.user_data_dir, names.user_cache_dir, names.user_state_dir))


def _linux_directories() -> Iterator[Path]:
    """Yield those of the XDG Base Directory Specification, as platformdirs does, which takes 5 ms to import.

    A relative path in a variable is invalid, and ignored.
    """
    for variable, default in _XDG_DIRECTORIES:
        named = Path(os.environ.get(variable, ""))
        yield (named if named.is_absolute() else Path.home() / default) / "gmetui"


def user_paths() -> Paths:
    """Return the paths of this user. Creates no directory. Raises `FileError` if the user has no home directory."""
    home = os.environ.get("GMETUI_HOME")
    if home:
        try:
            root = Path(home).expanduser()
            (root / _LONGEST_PATH).lstat()
        except RuntimeError as error:
            raise FileError(f"gmetui: cannot use GMETUI_HOME={sanitize(home)}: there is no such user") from error
        except OSError as error:
            if error.errno in (errno.ENAMETOOLONG, errno.ELOOP):
                beginning = f"{sanitize(home[:20])}{'…' * (len(home) > 20)}"
                raise FileError(f"gmetui: cannot use GMETUI_HOME={beginning}: {error.strerror}") from error
        names = ("settings.toml", "shortlists", "programs", "cache", "state.json", "columns.json", "calendars")
        return Paths(*(root / name for name in names))
    try:
        return _paths_below(*(_linux_directories() if sys.platform == "linux" else _platform_directories()))
    except RuntimeError as error:
        raise FileError("gmetui: cannot find your home directory; set HOME or GMETUI_HOME to a directory") from error
