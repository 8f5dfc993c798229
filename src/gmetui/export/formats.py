"""The registry of export formats. To add a format, write its module and add one entry to `FORMATS`.

The command line, its shell completion, the export dialog and the documentation take the formats from here. A writer's
module is imported when it is first used, because some of them depend on libraries that are slow to import.
"""

from __future__ import annotations

from codecs import BOM_UTF8
from collections.abc import Callable, Iterable
from importlib import import_module

from ..lean_typing import TYPE_CHECKING, NamedTuple
from ..text import sanitize

if TYPE_CHECKING:
    from pathlib import PurePath

    from .table import ExportTable

Writer = Callable[["ExportTable"], bytes]


class Format(NamedTuple):
    """A file format for a list of programs. A binary one cannot be printed on a terminal."""

    name: str  # on the command line
    label: str  # in the export dialog
    extension: str  # without the dot
    media_type: str
    write: Writer
    is_binary: bool = False
    has_byte_order_mark: bool = False  # in a file, where Excel needs it to detect UTF-8; never in a pipe


def _writer(module: str, function: str) -> Writer:
    """Return a writer that imports its module on the first call."""

    def write(table: ExportTable) -> bytes:
        content: bytes = getattr(import_module(f"{__package__}.{module}"), function)(table)
        return content

    return write


def _by_name(formats: Iterable[Format]) -> dict[str, Format]:
    return {export_format.name: export_format for export_format in formats}


_WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
#: Extensions that other programs open by, and that would only fail with the content of another format.
_FOREIGN_EXTENSIONS = frozenset((".pdf", ".xls", ".ods", ".numbers", ".doc", ".docx", ".odt", ".rtf", ".png", ".zip"))
#: Every export format by name, in the order in which they are offered.
FORMATS = _by_name(
    (
        Format("xlsx", "Excel (XLSX)", "xlsx", _WORKBOOK, _writer("xlsx", "write_xlsx"), is_binary=True),
        Format("csv", "CSV", "csv", "text/csv", _writer("csv", "write_csv"), has_byte_order_mark=True),
        Format("html", "Web page (HTML)", "html", "text/html", _writer("html", "write_html")),
        Format("ics", "Calendar (ICS)", "ics", "text/calendar", _writer("ics", "write_ics")),
        Format("markdown", "Markdown", "md", "text/markdown", _writer("markdown", "write_markdown")),
        Format("text", "Text", "txt", "text/plain", _writer("plain_text", "write_text")),
        Format("tsv", "TSV", "tsv", "text/tab-separated-values", _writer("csv", "write_tsv")),
        Format("json", "JSON", "json", "application/json", _writer("json", "write_json")),
        Format("toml", "TOML", "toml", "application/toml", _writer("toml", "write_toml")),
    )
)


def export_table(table: ExportTable, format_name: str) -> bytes:
    """Return `table` in the named format, as another program reads it from a pipe."""
    return FORMATS[format_name].write(table)


def export_file(table: ExportTable, format_name: str) -> bytes:
    """Return `table` as a file in the named format. The command line and the dialog write the same bytes."""
    mark = BOM_UTF8 if FORMATS[format_name].has_byte_order_mark else b""
    return mark + export_table(table, format_name)


def format_of_path(path: PurePath) -> Format | None:
    """Return the format that a file name's extension stands for, or None."""
    suffix = path.suffix.removeprefix(".").casefold()
    matches = (choice for choice in FORMATS.values() if suffix in (choice.extension, choice.name))
    return next(matches, None)


def is_foreign(path: PurePath) -> bool:
    """Tell whether a file name promises a kind of file that gmetui doesn't write, so that no format belongs there."""
    return path.suffix.casefold() in _FOREIGN_EXTENSIONS


def unknown_extension(path: PurePath) -> str:
    """Return why no format can be told from a file name, with the extensions that are known."""
    extensions = ", ".join(f".{export_format.extension}" for export_format in FORMATS.values())
    if path.suffix.casefold() == ".pdf":
        return "cannot export to PDF; export a web page (.html) and print it to PDF from a browser"
    ending = f"a file that ends in “{sanitize(path.suffix)}”" if path.suffix else "a file whose name has no extension"
    return f"cannot export to {ending}; use {extensions}"
