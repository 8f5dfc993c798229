"""`gmetui paths` and `gmetui --version`: where files are stored, and which version this is."""

from __future__ import annotations

from argparse import Namespace

from ... import __version__
from ...datafiles.files import bundled_data_directory, bundled_edition
from ...storage.paths import user_paths
from ...text import format_date
from ..output import print_line


def paths_command(options: Namespace) -> int:
    """Run `gmetui paths`."""
    paths = user_paths()
    for name, path in (
        ("data", bundled_data_directory()),
        ("settings", paths.settings),
        ("shortlists", paths.shortlists),
        ("programs", paths.programs),
        ("cache", paths.cache),
        ("state", paths.state),
        ("columns", paths.column_overrides),
    ):
        print_line(f"{name}: {path}")
    return 0


def version() -> str:
    """Return the version of gmetui and of its data."""
    edition = bundled_edition()
    return f"gmetui {__version__}, data edition {edition.version} of {format_date(edition.date)}"
