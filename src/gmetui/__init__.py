"""gmetui: a terminal explorer of graduate medical education in the United States.

As a library: ``from gmetui import load_catalog, Query`` and ``from gmetui.search import search``. Nothing heavy is
imported until it is used.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .catalog.models import Catalog
    from .loader import load as load_catalog
    from .search import Query, Results

__version__ = "0.1.0"
__all__ = ["Catalog", "Query", "Results", "__version__", "load_catalog"]

_HOMES = {
    "load_catalog": "gmetui.loader",
    "Catalog": "gmetui.catalog.models",
    "Query": "gmetui.search",
    "Results": "gmetui.search",
}


def __getattr__(name: str) -> Any:
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module 'gmetui' has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(home), "load" if name == "load_catalog" else name)
