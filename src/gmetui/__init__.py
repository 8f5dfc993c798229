"""A terminal explorer of graduate medical education in the United States.

As a library: ``from gmetui import Query, load_catalog`` and ``from gmetui.search import search``. Examples are in
docs/reference/library.md. The library never prints. Modules are imported when they are first used.
"""

from __future__ import annotations

TYPE_CHECKING = False  # `typing` takes longer to import than all that comes before an interrupt is handled
if TYPE_CHECKING:
    from typing import Any

    from .catalog.catalog import Catalog
    from .catalog.models import Institution, Program, Specialty
    from .errors import DataError, FileError, GmetuiError
    from .export.formats import export_table
    from .export.table import results_table
    from .loader import ImportedListWarning, load_catalog
    from .reports.program_records import program_records
    from .search import Query, Results

__version__ = "0.1.0"
__all__ = [
    "Catalog",
    "DataError",
    "FileError",
    "GmetuiError",
    "ImportedListWarning",
    "Institution",
    "Program",
    "Query",
    "Results",
    "Specialty",
    "__version__",
    "export_table",
    "load_catalog",
    "program_records",
    "results_table",
]

_MODULES = {
    "Catalog": "gmetui.catalog.catalog",
    "DataError": "gmetui.errors",
    "FileError": "gmetui.errors",
    "GmetuiError": "gmetui.errors",
    "ImportedListWarning": "gmetui.loader",
    "Institution": "gmetui.catalog.models",
    "Program": "gmetui.catalog.models",
    "Query": "gmetui.search",
    "Results": "gmetui.search",
    "Specialty": "gmetui.catalog.models",
    "export_table": "gmetui.export.formats",
    "load_catalog": "gmetui.loader",
    "program_records": "gmetui.reports.program_records",
    "results_table": "gmetui.export.table",
}


def __getattr__(name: str) -> Any:
    module = _MODULES.get(name)
    if module is None:
        raise AttributeError(f"module 'gmetui' has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(module), name)
