"""The catalog with its index, as quickly as it can be had: compiled where the wheel carries it, else from TOML.

The two compiled files are marked with a digest of the TOML files they were made from, which stay the source of truth:
a file that is stale, damaged or missing is passed over.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from .catalog import compiled as compiled_catalog
from .catalog.loading import bundled_files, digest, load_catalog
from .catalog.model import Catalog

CATALOG, INDEX = "_catalog.json", "_index.json"
_HERE = Path(__file__).resolve().parent
_DAMAGED = (OSError, ValueError, KeyError, TypeError, AttributeError)


def load(data: Sequence[str | Path] = (), *, bundled: bool = True) -> Catalog:
    """Return the catalog, as `catalog.loading.load_catalog` does; raises what it raises."""
    return (_compiled() if bundled and not data else None) or load_catalog(data, bundled=bundled)


def _compiled() -> Catalog | None:
    try:
        content = (_HERE / CATALOG).read_bytes()
        mark = digest(bundled_files())
        catalog = compiled_catalog.loads(content, mark)
    except _DAMAGED:
        return None
    if catalog is not None:
        _remember_index(catalog, mark)
    return catalog


def _remember_index(catalog: Catalog, mark: str) -> None:
    from .searching import compiled as compiled_index
    from .searching.answer import remember

    try:
        index = compiled_index.loads((_HERE / INDEX).read_bytes(), catalog, mark)
    except _DAMAGED:
        return  # it is built when first asked for
    if index is not None:
        remember(index)


def write_compiled(directory: Path) -> None:
    """Check the bundled data and write it compiled into `directory`. Raises `DataError` when it is wrong."""
    from .searching import compiled as compiled_index
    from .searching.building import build_index

    catalog, mark = load_catalog(), digest(bundled_files())
    for name, text in (
        (CATALOG, compiled_catalog.dumps(catalog, mark)),
        (INDEX, compiled_index.dumps(build_index(catalog), mark)),
    ):
        (directory / name).write_text(text, encoding="utf-8", newline="\n")
