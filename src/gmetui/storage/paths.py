"""Where the user's files are: below `GMETUI_HOME`, or else in the standard directories of the platform."""

from __future__ import annotations

import errno
import os
from dataclasses import dataclass
from pathlib import Path

from ..errors import FileError
from ..text import is_slug, sanitize

_MAX_NAME_LENGTH = 100  # letters; file systems allow 255 bytes, and gmetui appends to it
#: The longest path below a home: a version of a list with a long name, while it is written.
_LONGEST_PATH = f"shortlists/history/{'x' * _MAX_NAME_LENGTH}/.000000000.toml.gz.00000000.tmp"
#: Windows opens devices by these names, whatever their extension.
_RESERVED_NAMES = frozenset(
    ("con", "prn", "aux", "nul", *(f"{port}{number}" for port in ("com", "lpt") for number in range(1, 10)))
)


@dataclass(frozen=True, slots=True)
class Paths:
    """The files and directories of one user, whether they exist or not."""

    settings: Path
    shortlists: Path
    programs: Path
    cache: Path
    state: Path
    column_overrides: Path
    calendars: Path

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
    from platformdirs import PlatformDirs  # slow to import, and not needed with GMETUI_HOME

    directories = PlatformDirs("gmetui", appauthor=False)
    try:
        data_directory, state_directory = Path(directories.user_data_dir), Path(directories.user_state_dir)
        return Paths(
            settings=Path(directories.user_config_dir) / "settings.toml",
            shortlists=data_directory / "shortlists",
            programs=data_directory / "programs",
            cache=Path(directories.user_cache_dir),
            state=state_directory / "state.json",
            column_overrides=state_directory / "columns.json",
            calendars=data_directory / "calendars",
        )
    except RuntimeError as error:
        raise FileError("gmetui: cannot find your home directory; set HOME or GMETUI_HOME to a directory") from error
