"""Which profile the command line means: `--profile NAME`, else the setting `profile`, else the default one."""

from __future__ import annotations

from ..errors import UnknownIdError, UsageError
from ..lean_typing import TYPE_CHECKING
from .output import print_status

if TYPE_CHECKING:
    from argparse import Namespace

    from ..planning.profile import Profile
    from ..storage.profiles import StoredProfile


def profile_name(options: Namespace) -> str:
    """Return the name of the profile that the command line or the settings name."""
    from ..storage.paths import user_paths
    from ..storage.profile_files import DEFAULT_NAME
    from ..storage.settings import read_settings

    named = getattr(options, "profile", None) or read_settings(user_paths().settings)[0].profile
    return str(named or DEFAULT_NAME)


def open_profile(options: Namespace) -> StoredProfile:
    """Return the profile that the command line means, an empty one where the default one does not exist.

    Raises `UnknownIdError` for another one that does not exist, and `DataError` for one that is wrong.
    """
    from ..errors import FileError
    from ..storage.paths import require_slug, user_paths
    from ..storage.profile_files import DEFAULT_NAME, profile_names
    from ..storage.profiles import read_profile

    name, paths = profile_name(options), user_paths()
    try:
        require_slug(name)
    except FileError as error:
        raise UsageError(str(error).replace("a list", "a profile")) from error
    stored = read_profile(paths, name)
    if not stored.exists and name != DEFAULT_NAME:
        raise UnknownIdError("profile", name, profile_names(paths))
    for key in stored.newer_keys:
        print_status(f"gmetui: {stored.path.name}: “{key}” is of a newer gmetui; it was left as it is")
    return stored


def require_profile(options: Namespace) -> StoredProfile:
    """Return the profile that the command line means. Raises `UsageError` where there is none."""
    stored = open_profile(options)
    if not stored.exists:
        raise UsageError(
            "gmetui: there is no profile yet; make one with `gmetui profile set degree MD` and more of what you know"
        )
    return stored


def read_profile(options: Namespace) -> Profile:
    """Return what the profile tells, as `open_profile` does."""
    return open_profile(options).profile
