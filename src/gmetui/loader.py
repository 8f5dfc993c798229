"""The catalog with its index, as quickly as it can be had: compiled where the wheel carries it, else from TOML.

The two compiled files are marked with a digest of the TOML files they were made from, which stay the source of truth:
a file that is stale, damaged or missing is passed over. Lists that a person brought in, and large directories of their
own (`--data`), are compiled the same way into the cache, marked with the sizes and times of their files. Never pickle:
reading them can only make the catalog's own classes.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from .catalog.models import Catalog
from .datafiles import snapshot as compiled_catalog
from .datafiles.files import bundled_files, digest, load_catalog
from .errors import GmetuiError

CATALOG, INDEX = "_catalog.json", "_index.json"
#: Bytes of TOML from which a compiled copy is kept: reading them takes about half a second.
WORTH_CACHING = 1_000_000
_KEPT = 4  # directories whose compiled copy is kept
_OURS = re.compile(r"[0-9a-f]{16}(?:-alone)?")
_HERE = Path(__file__).resolve().parent
_DAMAGED = (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError)


def _say(complaint: str) -> None:
    sys.stderr.write(f"{complaint}\n")


def load(
    data: Sequence[str | Path] = (), *, bundled: bool = True, complain: Callable[[str], None] = _say, without: str = ""
) -> Catalog:
    """Return the catalog, as `catalog.loading.load_catalog` does; raises what it raises.

    With the bundled data come the lists that the person brought in. One of them that is wrong is left out, and
    `complain` is told: it must not keep gmetui from starting. The one called `without` is not asked for.
    """
    brought = tuple(file for file in imports() if file.stem != without) if bundled else ()
    places = (*brought, *data)
    if not places:
        return (_compiled() if bundled else None) or load_catalog(data, bundled=bundled)
    mark = _mark(places, bundled=bundled, least=0 if brought else WORTH_CACHING)
    if mark is None:
        return _load(brought, data, bundled=bundled, complain=complain)[0]
    from .storage.paths import user_paths

    name = digest([(str(Path(place).resolve()), b"") for place in places])[:16]
    directory = user_paths().cache / f"{name}{'' if bundled else '-alone'}"
    catalog = _read(directory, mark)
    if catalog is None:
        catalog, whole = _load(brought, data, bundled=bundled, complain=complain)
        if whole:
            _keep(catalog, directory, mark)
    return catalog


def imports() -> tuple[Path, ...]:
    """Return the files of the lists that the person brought in."""
    from .storage.paths import user_paths

    return tuple(sorted(user_paths().programs.glob("*.toml")))


def _load(
    brought: Sequence[Path], data: Sequence[str | Path], *, bundled: bool, complain: Callable[[str], None]
) -> tuple[Catalog, bool]:
    """Return the catalog from its files, and whether every list that was brought in is in it."""
    try:
        return load_catalog((*brought, *data), bundled=bundled), True
    except GmetuiError:
        good = tuple(file for file in brought if _is_good(file, complain))
        if good == tuple(brought):
            raise
        return load_catalog((*good, *data), bundled=bundled), False


def _is_good(file: Path, complain: Callable[[str], None]) -> bool:
    try:
        load_catalog((file,))
    except GmetuiError as error:
        first = str(error).partition("\n")[0]
        complain(f"gmetui: the list {file.stem} that you brought in is left out: {first}")
        return False
    return True


def is_ready(data: Sequence[str | Path] = (), *, bundled: bool = True) -> bool:
    """Tell whether `load` will be quick: small data, or none of a person's own."""
    if bundled and imports():
        return False
    return not data or _mark(data, bundled=bundled, least=WORTH_CACHING) is None


def _mark(data: Sequence[str | Path], *, bundled: bool, least: int) -> str | None:
    """Return what stands for the state of all files, or None where they are smaller than `least` bytes."""
    found, size = [], 0
    try:
        for place in map(Path, data):
            for file in [place] if place.is_file() else sorted(place.rglob("*.toml")):
                about = file.stat()
                size += about.st_size
                found.append((str(file.resolve()), f"{about.st_size} {about.st_mtime_ns}".encode()))
    except OSError:
        return None
    if size < least:
        return None
    return digest([*(bundled_files() if bundled else ()), *found])


def _keep(catalog: Catalog, directory: Path, mark: str) -> None:
    """Write the compiled catalog and its index into the cache, where that can be written to."""
    from .search import index_snapshot as compiled_index
    from .search.engine import index_of
    from .storage.atomic import write_atomic
    from .storage.storage_errors import FileError

    try:
        write_atomic(directory / INDEX, compiled_index.dumps(index_of(catalog), mark))
        write_atomic(directory / CATALOG, compiled_catalog.dumps(catalog, mark))
    except FileError:
        return  # a cache that cannot be written costs time, nothing else
    _forget(directory)


def _forget(newest: Path) -> None:
    """Remove what was compiled longest ago, so that the cache does not grow with every directory that was looked at."""
    import shutil

    try:
        kept = sorted(newest.parent.glob(f"*/{CATALOG}"), key=lambda file: file.stat().st_mtime_ns, reverse=True)
    except OSError:
        return  # another gmetui tidies up
    for file in kept[_KEPT:]:
        if _OURS.fullmatch(file.parent.name):
            shutil.rmtree(file.parent, ignore_errors=True)


def _compiled() -> Catalog | None:
    return _read(_HERE, digest(bundled_files()))


def _read(directory: Path, mark: str) -> Catalog | None:
    try:
        catalog = compiled_catalog.loads((directory / CATALOG).read_bytes(), mark)
    except _DAMAGED:
        return None
    if catalog is not None:
        _remember_index(catalog, directory, mark)
    return catalog


def _remember_index(catalog: Catalog, directory: Path, mark: str) -> None:
    from .search import index_snapshot as compiled_index
    from .search.engine import remember

    try:
        index = compiled_index.loads((directory / INDEX).read_bytes(), catalog, mark)
    except _DAMAGED:
        return  # it is built when first asked for
    if index is not None:
        remember(index)


def write_compiled(directory: Path) -> None:
    """Check the bundled data and write it compiled into `directory`. Raises `DataError` when it is wrong."""
    from .search import index_snapshot as compiled_index
    from .search.index_builder import build_index

    catalog, mark = load_catalog(), digest(bundled_files())
    for name, text in (
        (CATALOG, compiled_catalog.dumps(catalog, mark)),
        (INDEX, compiled_index.dumps(build_index(catalog), mark)),
    ):
        (directory / name).write_text(text, encoding="utf-8", newline="\n")
