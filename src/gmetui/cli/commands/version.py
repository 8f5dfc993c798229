"""`gmetui --version` and `gmetui version`: which version this is, of the program and of the data."""

from __future__ import annotations

from ... import __version__
from ...datafiles.files import bundled_edition
from ...lean_typing import TYPE_CHECKING
from ...text import format_date
from ..output import print_line, write_json

if TYPE_CHECKING:
    from argparse import Namespace


def version_command(options: Namespace) -> int:
    """Run `gmetui version` and `gmetui --version` with other options."""
    if getattr(options, "format", "text") != "json":
        return print_version()
    edition = bundled_edition()
    data = {key: edition.get(key) for key in ("version", "date", "title", "read_by")}
    write_json({"version": __version__, "edition": data})
    return 0


def print_version() -> int:
    """Print the version and the data edition."""
    edition = bundled_edition()
    print_line(f"gmetui {__version__}, data edition {edition['version']} of {format_date(edition['date'])}")
    return 0
