"""`gmetui paths` and `gmetui --version`: where files are stored, and which version this is."""

from __future__ import annotations

from argparse import Namespace

from ... import __version__
from ...datafiles.files import bundled_data_directory, bundled_edition
from ...storage.paths import user_paths
from ...text import format_date
from ..output import print_line, write_json


def paths_command(options: Namespace) -> int:
    """Run `gmetui paths`."""
    paths = user_paths()
    path_by_name = {
        "data": str(bundled_data_directory()),
        "settings": str(paths.settings),
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


def version_command(options: Namespace) -> int:
    """Run `gmetui version` and `gmetui --version`."""
    edition = bundled_edition()
    if getattr(options, "format", "text") == "json":
        data = {"version": edition.version, "date": edition.date, "title": edition.title, "read_by": edition.read_by}
        write_json({"version": __version__, "edition": data})
    else:
        print_line(f"gmetui {__version__}, data edition {edition.version} of {format_date(edition.date)}")
    return 0
