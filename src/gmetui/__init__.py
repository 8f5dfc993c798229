"""A terminal explorer of graduate medical education in the United States.

As a library: ``from gmetui import Query, load_catalog`` and ``from gmetui.search import search``. Examples are in
docs/reference/library.md. The library never prints. Modules are imported when they are first used.
"""

from __future__ import annotations

TYPE_CHECKING = False  # `typing` takes longer to import than all that comes before an interrupt is handled
if TYPE_CHECKING:
    from typing import Any

    from .catalog.catalog import Catalog
    from .loader import load_catalog
    from .search import Query, Results

__version__ = "0.1.0"
__all__ = ["Catalog", "Query", "Results", "__version__", "load_catalog"]

_MODULES = {
    "load_catalog": "gmetui.loader",
    "Catalog": "gmetui.catalog.catalog",
    "Query": "gmetui.search",
    "Results": "gmetui.search",
}


def __getattr__(name: str) -> Any:
    module = _MODULES.get(name)
    if module is None:
        raise AttributeError(f"module 'gmetui' has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(module), name)
