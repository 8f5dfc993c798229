"""The registry of export formats. To add a format, write its module and add one entry to `FORMATS`.

The command line, its shell completion, the export dialog and the documentation take the formats from here. A writer's
module is imported when it is first used, because some of them depend on libraries that are slow to import.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from importlib import import_module
from pathlib import PurePath
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
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


def _writer(module: str, function: str) -> Writer:
    """Return a writer that imports its module on the first call."""

    def write(table: ExportTable) -> bytes:
        content: bytes = getattr(import_module(f"{__package__}.{module}"), function)(table)
        return content

    return write


def _by_name(formats: Iterable[Format]) -> dict[str, Format]:
    return {export_format.name: export_format for export_format in formats}


_WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
#: Every export format by name, in the order in which they are offered.
FORMATS = _by_name(
    (
        Format("csv", "CSV", "csv", "text/csv", _writer("csv", "write_csv")),
        Format("tsv", "TSV", "tsv", "text/tab-separated-values", _writer("csv", "write_tsv")),
        Format("xlsx", "Excel", "xlsx", _WORKBOOK, _writer("xlsx", "write_xlsx"), is_binary=True),
        Format("html", "Web page (HTML)", "html", "text/html", _writer("html", "write_html")),
        Format("markdown", "Markdown", "md", "text/markdown", _writer("markdown", "write_markdown")),
        Format("text", "Plain text", "txt", "text/plain", _writer("plain_text", "write_text")),
        Format("ics", "Calendar (ICS)", "ics", "text/calendar", _writer("ics", "write_ics")),
        Format("json", "JSON", "json", "application/json", _writer("json", "write_json")),
        Format("toml", "TOML", "toml", "application/toml", _writer("toml", "write_toml")),
    )
)


def export_table(table: ExportTable, format_name: str) -> bytes:
    """Return `table` as a file in the named format. The command line and the dialog write the same bytes."""
    return FORMATS[format_name].write(table)


def format_of_path(path: PurePath) -> Format | None:
    """Return the format that a file name's extension stands for, or None."""
    suffix = path.suffix.removeprefix(".").casefold()
    matches = (choice for choice in FORMATS.values() if suffix in (choice.extension, choice.name))
    return next(matches, None)
