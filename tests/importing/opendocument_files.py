"""Write OpenDocument spreadsheets for tests."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from xml.sax.saxutils import escape, quoteattr

_NAMESPACES = "urn:oasis:names:tc:opendocument:xmlns:"
_HEAD = (
    f'<office:document-content xmlns:office="{_NAMESPACES}office:1.0" xmlns:table="{_NAMESPACES}table:1.0" '
    f'xmlns:text="{_NAMESPACES}text:1.0" xmlns:style="{_NAMESPACES}style:1.0" '
    'xmlns:xlink="http://www.w3.org/1999/xlink">'
    '<office:automatic-styles><style:style style:name="hidden" style:family="table">'
    '<style:table-properties table:display="false"/></style:style></office:automatic-styles>'
    "<office:body><office:spreadsheet>"
)
_HIDDEN = ' table:style-name="hidden"'
_TAIL = "</office:spreadsheet></office:body></office:document-content>"


def cell(text: str, attributes: str = "") -> str:
    """Return a cell with a text."""
    return f"<table:table-cell {attributes}><text:p>{escape(text)}</text:p></table:table-cell>"


def row(cells: Sequence[str], attributes: str = "") -> str:
    """Return a row of cells, which are XML."""
    return f"<table:table-row {attributes}>{''.join(cells)}</table:table-row>"


def spreadsheet(sheets: Mapping[str, Sequence[str]], hidden: Sequence[str] = ()) -> bytes:
    """Return a spreadsheet with the rows, which are XML, of each sheet."""
    tables = "".join(
        f"<table:table table:name={quoteattr(name)}{_HIDDEN if name in hidden else ''}>{''.join(rows)}</table:table>"
        for name, rows in sheets.items()
    )
    output = io.BytesIO()
    with zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", _HEAD + tables + _TAIL)
    return output.getvalue()


def plain_spreadsheet(rows: Sequence[Sequence[str]], sheet_name: str = "Sheet1") -> bytes:
    """Return a spreadsheet with one sheet of texts."""
    return spreadsheet({sheet_name: [row([cell(text) for text in cells]) for cells in rows]})
