"""Lists on their way out: one table of columns, one module a format, the same bytes for screen and command line."""

from .formats import EXTENSIONS, FORMATS, export

__all__ = ["EXTENSIONS", "FORMATS", "export"]
