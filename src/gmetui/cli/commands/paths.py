"""`gmetui paths`: where files are stored."""

from __future__ import annotations

from ...datafiles.files import bundled_data_directory
from ...lean_typing import TYPE_CHECKING
from ...storage.paths import user_paths
from ...storage.profile_files import profile_path
from ..output import print_line, write_json

if TYPE_CHECKING:
    from argparse import Namespace


def paths_command(options: Namespace) -> int:
    """Run `gmetui paths`."""
    paths = user_paths()
    path_by_name = {
        "data": str(bundled_data_directory()),
        "settings": str(paths.settings),
        "profile": str(profile_path(paths)),
        "shortlists": str(paths.shortlists),
        "programs": str(paths.programs),
        "cache": str(paths.cache),
        "state": str(paths.state),
        "columns": str(paths.column_overrides),
    }
    if options.format == "json":
        write_json(path_by_name)
    else:
        for name, path in path_by_name.items():
            print_line(f"{name}: {path}")
    return 0
