"""`gmetui paths` and `gmetui --version`: what this copy is and where its files are."""

from __future__ import annotations

from argparse import Namespace

from ... import __version__
from ...datafiles.files import bundled_edition, data_root
from ...storage.paths import user_paths
from ...text import clean


def paths_command(options: Namespace) -> int:
    """Run `gmetui paths`."""
    paths = user_paths()
    for name, place in (
        ("data", data_root()),
        ("settings", paths.settings),
        ("shortlists", paths.shortlists),
        ("programs", paths.programs),
        ("cache", paths.cache),
        ("state", paths.state),
        ("columns", paths.columns),
    ):
        print(f"{name}: {clean(str(place))}")
    return 0


def version() -> str:
    """Return the version of gmetui and of its data."""
    edition = bundled_edition()
    return f"gmetui {__version__}, data edition {edition.version} of {edition.date}"
