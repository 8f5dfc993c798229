"""How sources read: an address on one line, and what to know about a page."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import unquote, urlsplit

from ..catalog.facts import Citation
from ..catalog.models import Source
from ..catalog.vocabulary import PUBLISHER_LABELS
from ..text import format_date

_UNDATED_PAGE = "date unknown"


def address_text(source: Source) -> str:
    """Return a page as its host and its title, "larkspur.example.edu › How to apply", or its id."""
    if not source.url:
        return source.title or source.id
    return short_address(source.url, source.title or "")


def short_address(url: str, title: str = "") -> str:
    """Return a web address as its host and a title, or the end of its path: "larkspur.example.edu › surgery"."""
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").removeprefix("www.")
    except ValueError:
        return title or url
    segments = [segment for segment in unquote(parts.path).split("/") if segment]
    title = title or (segments[-1].replace("-", " ") if segments else "")
    return " › ".join(filter(None, (host, title)))


def source_remarks(citation: Citation) -> Iterator[str]:
    """Yield the date of a page, its publisher, when it was read, and what makes it doubtful."""
    source = citation.source
    yield format_date(citation.as_of) if citation.as_of else _UNDATED_PAGE
    yield PUBLISHER_LABELS[source.publisher]
    if source.read:
        yield f"read in {format_date(source.read)}"
    if source.old_address:
        yield "old address"
    if source.copy_of:
        yield f"copy of {source.copy_of}"
