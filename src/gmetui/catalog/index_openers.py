"""How to open the index that is stored beside a catalog. A command that searches nothing imports no search."""

from __future__ import annotations

from collections.abc import Callable
from weakref import WeakKeyDictionary

from ..lean_typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .catalog import Catalog

#: Returns the index of a catalog that it gets. It must not hold the catalog.
OpenIndex = Callable[["Catalog"], Any]

_openers: WeakKeyDictionary[Catalog, OpenIndex] = WeakKeyDictionary()


def register_index_opener(catalog: Catalog, open_index: OpenIndex) -> None:
    """Make a search of a catalog open its stored index instead of building one."""
    _openers[catalog] = open_index


def index_opener(catalog: Catalog) -> OpenIndex | None:
    """Return how to open the index of a catalog, None where none is stored."""
    return _openers.get(catalog)
