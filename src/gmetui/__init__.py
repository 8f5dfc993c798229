"""gmetui: a terminal explorer of graduate medical education in the United States.

As a library: ``from gmetui import load_catalog, Query, search``. Nothing heavy is imported until it is used.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .catalog.model import Catalog
    from .prepared import load as load_catalog
    from .searching import Query, Results, search

__version__ = "0.1.0"
__all__ = ["Catalog", "Query", "Results", "__version__", "load_catalog", "search"]

_HOMES = {
    "load_catalog": "gmetui.prepared",
    "Catalog": "gmetui.catalog.model",
    "Query": "gmetui.searching",
    "Results": "gmetui.searching",
    "search": "gmetui.searching.answer",
}


def __getattr__(name: str) -> Any:
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module 'gmetui' has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(home), "load" if name == "load_catalog" else name)
