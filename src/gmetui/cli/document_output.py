"""Documents on standard output: as text, Markdown or a web page."""

from __future__ import annotations

from ..errors import UsageError
from ..lean_typing import TYPE_CHECKING
from .output import print_line, print_page
from .terminal import text_width

if TYPE_CHECKING:
    from ..catalog.catalog import Catalog
    from ..documents.document import Document


def require_single(format_name: str, count: int, noun: str) -> None:
    """Raise a usage error for a format that shows one document, unless there is exactly one."""
    if format_name in ("markdown", "html") and count != 1:
        raise UsageError(f"gmetui: --format {format_name} shows a single {noun}, not {count}; name one by its id")


def print_document(document: Document, catalog: Catalog, format_name: str, width: int = 0) -> None:
    """Print a document in a format other than JSON; `width` is that of text, by default the terminal's."""
    if format_name == "markdown":
        from ..export.markdown import document_markdown

        print_line(document_markdown(document), end="")
    elif format_name == "html":
        from ..export.html import document_html

        print_line(document_html(document), end="")
    else:
        from ..reports.document_text import document_text

        print_page(document_text(document, catalog.edition.read_by, width or text_width()))
