"""Where the user's files are: below `GMETUI_HOME`, or else in the standard directories of the platform."""

from __future__ import annotations

import errno
import os
import sys

from ..errors import FileError
from ..lean_typing import TYPE_CHECKING, NamedTuple
from ..text import is_slug, sanitize

if TYPE_CHECKING:
    from pathlib import Path

#: In the package, and in each directory of the cache: the catalog, and what the first screen shows.
COMPILED_FILE, START_FILE = "_catalog.gmetui", "_start.gmetui"
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


def user_paths() -> Paths:
    """Return the paths of this user. Creates no directory. Raises `FileError` if the user has no home directory."""
    from pathlib import Path

    return Paths(**{name: Path(text) for name, text in user_path_texts().items()})


def user_path_texts() -> dict[str, str]:
    """Return what `user_paths` returns as texts by name, for commands: `pathlib` takes as long to import as a search.

    Raises `FileError` if the user has no home directory.
    """
    home = os.environ.get("GMETUI_HOME")
    if home:
        return _paths_below_home(home)
    settings, data, cache, state = _linux_directories() if sys.platform == "linux" else _platform_directories()
    return {
        "settings": f"{settings}/settings.toml",
        "shortlists": f"{data}/shortlists",
        "programs": f"{data}/programs",
        "cache": cache,
        "state": f"{state}/state.json",
        "column_overrides": f"{state}/columns.json",
        "calendars": f"{data}/calendars",
    }


def _paths_below_home(home: str) -> dict[str, str]:
    """Return the paths below the directory that GMETUI_HOME names."""
    root = os.path.expanduser(home)
    if root.startswith("~"):
        raise FileError(f"gmetui: cannot use GMETUI_HOME={sanitize(home)}: there is no such user")
    try:
        os.lstat(f"{root}/{_LONGEST_PATH}")
    except OSError as error:
        if error.errno in (errno.ENAMETOOLONG, errno.ELOOP):
            beginning = f"{sanitize(home[:20])}{'…' * (len(home) > 20)}"
            raise FileError(f"gmetui: cannot use GMETUI_HOME={beginning}: {error.strerror}") from error
    names = ("settings.toml", "shortlists", "programs", "cache", "state.json", "columns.json", "calendars")
    return {field: f"{root}/{name}" for field, name in zip(Paths._fields, names, strict=True)}


def _platform_directories() -> list[str]:
    """Return the directories of settings, data, cache, and state of this platform."""
    from platformdirs import PlatformDirs

    names = PlatformDirs("gmetui", appauthor=False)
    return [names.user_config_dir, names.user_data_dir, names.user_cache_dir, names.user_state_dir]


def _linux_directories() -> list[str]:
    """Return those of the XDG Base Directory Specification, as platformdirs does, which takes 5 ms to import.

    A relative path in a variable is invalid, and ignored.
    """
    directories = []
    for variable, default in _XDG_DIRECTORIES:
        named = os.environ.get(variable, "")
        directories.append(f"{named if os.path.isabs(named) else f'{_home()}/{default}'}/gmetui")
    return directories


def _home() -> str:
    home = os.path.expanduser("~")
    if home.startswith("~"):
        raise FileError("gmetui: cannot find your home directory; set HOME or GMETUI_HOME to a directory")
    return home
