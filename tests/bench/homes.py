"""Makes home directories in which gmetui opens a catalog of a given number of programs, compiled.

    python tests/bench homes SIZE [--into DIRECTORY]

The programs are those of `mixed_catalog`. They are compiled directly: an empty list stands in for imported ones, since
reading a million programs from TOML takes minutes, and the file that is compiled from them is the same. Other
benchmarks make the homes that they need below `.benchmarks/homes`, and use them until the code or the data changes.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple
from unittest.mock import patch

from gmetui import Catalog, load_catalog, loader

from .measure import GMETUI, PYTHON, STORE, Usage, argument_parser, progress, run
from .synthetic import mixed_catalog
from .terminal import with_environment

#: In place of a size: the bundled programs, as the package has them compiled.
BUNDLED = "bundled"


class Home(NamedTuple):
    """A home directory with a compiled catalog, and what compiling it took if that was done just now."""

    directory: Path
    usage: Usage | None = None

    def command(self, *arguments: str) -> tuple[str, ...]:
        """Return a command of gmetui in this home."""
        return with_environment((*GMETUI, *arguments), GMETUI_HOME=str(self.directory))

    def catalog(self) -> Catalog:
        """Return the catalog that gmetui opens in this home."""
        os.environ["GMETUI_HOME"] = str(self.directory)
        return load_catalog()

    def compiled_file(self) -> Path:
        """Return the file that is opened."""
        return Path(self.sources().compiled_file)

    def is_fresh(self) -> bool:
        """Tell whether the compiled catalog is there and follows from the present code and data."""
        sources = self.sources()
        is_made = self.directory.is_dir() and (bool(sources.imported) or self.directory.name == BUNDLED)
        return is_made and sources.open_compiled(lambda _: None, loader.open_catalog) is not None

    def sources(self) -> loader.CatalogSources:
        """Return what the catalog is made from."""
        os.environ["GMETUI_HOME"] = str(self.directory)
        return loader.CatalogSources(tuple(sorted((self.directory / "programs").glob("*.toml"))), (), True)


def open_home(size: str) -> Home:
    """Return a home with a catalog of `size` programs, or with the bundled ones; make it unless it is fresh.

    Another process makes it, so that this one doesn't hold the programs.
    """
    home = Home(STORE / "homes" / size)
    if home.is_fresh():
        return home
    progress(f"compiling {size} programs")
    usage = run(PYTHON, str(Path(__file__).parent), "homes", size, "--into", str(home.directory))
    return home._replace(usage=usage)


def store_catalog(catalog: Catalog, directory: Path) -> Home:
    """Compile a catalog into an empty directory as a home. Raises OSError when it could not be written."""
    home = Home(directory)
    empty_list = directory / "programs" / "synthetic.toml"
    empty_list.parent.mkdir(parents=True)
    empty_list.write_text("# stands in for imported lists\n", encoding="utf-8")
    os.environ["GMETUI_HOME"] = str(directory)
    with patch.object(loader, "read_catalog_and_problems", return_value=(catalog, [])):
        load_catalog()
    if not home.is_fresh():
        raise OSError(f"no compiled catalog in {directory}")
    return home


def make_home(size: str, directory: Path) -> None:
    """Make a home from scratch."""
    shutil.rmtree(directory, ignore_errors=True)
    directory.mkdir(parents=True)
    if size == BUNDLED:
        loader.write_compiled(Path(loader.__file__).parent)
    else:
        store_catalog(mixed_catalog(int(size)), directory)


def main(arguments: Sequence[str]) -> None:
    """Make one home and print where it is."""
    parser = argument_parser("homes", __doc__)
    parser.add_argument("size", help=f"a number of programs, or “{BUNDLED}”")
    parser.add_argument("--into", type=Path)
    options = parser.parse_args(arguments)
    directory = options.into or STORE / "homes" / options.size
    make_home(options.size, directory)
    print(directory)
