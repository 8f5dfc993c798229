"""The catalog with its search index, loaded as fast as possible: compiled where a fresh copy exists, else from TOML.

A wheel carries the bundled data compiled. Imported lists and large directories (`--data`) are compiled into the cache.
The TOML files remain the source of truth: each compiled file is marked with a key (`datafiles.snapshot_key`), and one
that is stale, damaged or missing is ignored. It is never pickle: decoding can only make the catalog's own classes.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from .catalog.catalog import Catalog
from .datafiles.files import read_catalog, read_catalog_and_problems
from .datafiles.snapshot import decode_catalog, encode_catalog
from .datafiles.snapshot_key import bundled_key, digest, key_of
from .errors import GmetuiError, Problem
from .text import sanitize

if TYPE_CHECKING:
    from .storage.import_store import ImportStore

CATALOG_FILE, INDEX_FILE = "_catalog.json", "_index.json"
#: Bytes of TOML from which a directory is compiled: reading them takes about half a second.
MIN_CACHED_SIZE = 1_000_000
_MAX_CACHED_DIRECTORIES = 4
_CACHE_NAME = re.compile(r"[0-9a-f]{16}(?:-alone)?")
_PACKAGE_DIRECTORY = Path(__file__).resolve().parent
_DAMAGE_ERRORS = (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError)


class ImportedListWarning(UserWarning):
    """An imported list is wrong and was ignored."""


def load_catalog(
    data: Sequence[str | Path] = (),
    *,
    bundled: bool = True,
    report: Callable[[str], None] | None = None,
    exclude: str = "",
) -> Catalog:
    """Return the bundled catalog with the user's imported lists and the files or directories in `data`.

    With `bundled` false, only the reference is taken from the bundled data, and no imported list. The imported list
    called `exclude` is left out. An imported list that is wrong is ignored: `report` gets a sentence about it, which
    without `report` becomes an `ImportedListWarning`. Raises `DataError` when another file is wrong and `FileError`
    when one cannot be read.
    """
    imported = tuple(file for file in imported_list_files() if file.stem != exclude) if bundled else ()
    if bundled and (notice := _import_store().ignored_files_notice()):
        (report or _warn)(f"gmetui: {notice}")
    sources = _Sources(imported, tuple(map(Path, data)), bundled)
    if not sources.paths:
        return (_load_compiled(_PACKAGE_DIRECTORY, bundled_key()) if bundled else None) or read_catalog(bundled=bundled)
    key = sources.cache_key()
    directory = sources.cache_directory() if key else None
    catalog = _load_compiled(directory, key) if directory and key else None
    if catalog is not None:
        return catalog
    catalog, is_complete = sources.read(report or _warn)
    if directory and key and is_complete:
        _store_compiled(catalog, directory, key)
    return catalog


def imported_list_files() -> tuple[Path, ...]:
    """Return the files of the user's imported lists."""
    return tuple(_import_store().files())


def _import_store() -> ImportStore:
    from .storage.import_store import ImportStore
    from .storage.paths import user_paths

    return ImportStore(user_paths().programs)


def loads_quickly(data: Sequence[str | Path] = (), *, bundled: bool = True) -> bool:
    """Tell whether `load_catalog` will be quick: no imported lists, and no large directory."""
    if bundled and imported_list_files():
        return False
    return _Sources((), tuple(map(Path, data)), bundled).cache_key() is None


def _warn(message: str) -> None:
    import warnings

    warnings.warn(message, ImportedListWarning, stacklevel=5)


class _Sources(NamedTuple):
    """What a catalog is made from besides the bundled data."""

    imported: tuple[Path, ...]
    data: tuple[Path, ...]
    bundled: bool

    @property
    def paths(self) -> tuple[Path, ...]:
        return (*self.imported, *self.data)

    def cache_key(self) -> str | None:
        """Return the key of a compiled copy, or None where the files are too small for one or cannot be read."""
        try:
            files = [file for path in self.paths for file in _toml_files(path)]
            size = sum(file.stat().st_size for file in files)
            if not files or (size < MIN_CACHED_SIZE and not self.imported):
                return None
            return key_of(files, bundled=self.bundled)
        except OSError:
            return None

    def cache_directory(self) -> Path:
        """Return where a compiled copy is stored: one directory per combination of paths."""
        from .storage.paths import user_paths

        name = digest((str(path.resolve()), b"") for path in self.paths)[:16]
        return user_paths().cache / f"{name}{'' if self.bundled else '-alone'}"

    def read(self, report: Callable[[str], None]) -> tuple[Catalog, bool]:
        """Return the catalog from its TOML files, and whether every imported list is in it.

        What does not fit in a list is left out, and reported once, since the catalog is compiled without it.
        """
        try:
            catalog, problems = read_catalog_and_problems(self.paths, bundled=self.bundled)
        except GmetuiError:
            valid = self._valid_lists(report)
            if valid == self.imported:
                raise
            return read_catalog((*valid, *self.data), bundled=self.bundled), False
        _report_list_problems(self.imported, problems, report)
        return catalog, True

    def _valid_lists(self, report: Callable[[str], None]) -> tuple[Path, ...]:
        """Return the imported lists that can be read together, in order; each is tried beside the valid ones."""
        valid: tuple[Path, ...] = ()
        for file in self.imported:
            try:
                read_catalog((*valid, file))
            except GmetuiError as error:
                first_problem = str(error).partition("\n")[0]
                report(f"gmetui: ignoring the imported list “{file.stem}”: {first_problem}")
            else:
                valid = (*valid, file)
        return valid


def _toml_files(path: Path) -> list[Path]:
    return [path] if path.is_file() else sorted(path.rglob("*.toml"))


def _report_list_problems(lists: Sequence[Path], problems: Sequence[Problem], report: Callable[[str], None]) -> None:
    """Report what was left out of imported lists: the first problem of each, and how many there are."""
    for file in lists:
        of_list = [problem for problem in problems if problem.file == sanitize(str(file))]
        if of_list:
            first, more = of_list[0], f", and {len(of_list) - 1:,} more" if len(of_list) > 1 else ""
            where = f"line {first.line}: {first.key}"
            report(f"gmetui: part of the imported list “{file.stem}” is left out: {where}: {first.message}{more}")


def _load_compiled(directory: Path, key: str) -> Catalog | None:
    """Return a compiled catalog whose index is ready, or None where it is stale, damaged or missing."""
    try:
        catalog = decode_catalog((directory / CATALOG_FILE).read_bytes(), key)
    except _DAMAGE_ERRORS:
        return None
    if catalog is not None:
        _load_compiled_index(catalog, directory, key)
    return catalog


def _load_compiled_index(catalog: Catalog, directory: Path, key: str) -> None:
    from .search.engine import register_index
    from .search.index_snapshot import decode_index

    try:
        index = decode_index((directory / INDEX_FILE).read_bytes(), catalog, key)
    except _DAMAGE_ERRORS:
        return  # it is built when first needed
    if index is not None:
        register_index(index)


def _store_compiled(catalog: Catalog, directory: Path, key: str) -> None:
    """Write a catalog and its index into the cache, if the cache can be written to."""
    from .errors import FileError
    from .search.engine import index_of
    from .search.index_snapshot import encode_index
    from .storage.atomic import write_atomic

    try:
        write_atomic(directory / INDEX_FILE, encode_index(index_of(catalog), key))
        write_atomic(directory / CATALOG_FILE, encode_catalog(catalog, key))
    except FileError:
        return  # without a cache, loading is slow and nothing else
    _prune_cache(directory.parent)


def _prune_cache(cache: Path) -> None:
    """Remove all but the last few compiled directories."""
    import shutil

    try:
        compiled = sorted(cache.glob(f"*/{CATALOG_FILE}"), key=lambda file: file.stat().st_mtime_ns, reverse=True)
    except OSError:
        return  # another process is pruning
    for file in compiled[_MAX_CACHED_DIRECTORIES:]:
        if _CACHE_NAME.fullmatch(file.parent.name):
            shutil.rmtree(file.parent, ignore_errors=True)


def write_compiled(directory: Path) -> None:
    """Check the bundled data and write it compiled into `directory`. Raises `DataError` when it is wrong."""
    from .search.index_builder import build_index
    from .search.index_snapshot import encode_index

    catalog, key = read_catalog(), bundled_key()
    (directory / CATALOG_FILE).write_bytes(encode_catalog(catalog, key))
    (directory / INDEX_FILE).write_text(encode_index(build_index(catalog), key), encoding="utf-8", newline="\n")
