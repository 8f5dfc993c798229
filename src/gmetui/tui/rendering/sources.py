"""The Sources section of a page: each source with its publisher, its date and the facts taken from it."""

from __future__ import annotations

from collections.abc import Mapping

from ...catalog.catalog import Catalog
from ...catalog.facts import Citation, source_name
from ...catalog.ids import SourceId
from ...catalog.vocabulary import PUBLISHER_LABELS
from ...text import format_date
from .page_writer import PageWriter
from .spans import wrap

#: Sources with the labels of the fields they support; () for a source that supports none.
CitedFields = Mapping[SourceId, tuple[Citation, tuple[str, ...]]]

_INDENT = "    "


def write_sources(writer: PageWriter, catalog: Catalog, cited_fields: CitedFields) -> None:
    """Write the section: the sources cited so far and those in `cited_fields`."""
    writer.citation_marks(citation for citation, _ in cited_fields.values())
    writer.start_section("Sources")
    writer.add_paragraph(edition_text(catalog), "muted")
    for source_id, number in writer.numbers.items():
        _, field_labels = cited_fields.get(source_id, (None, ()))
        writer.add_blank_line()
        _write_source(writer, number, writer.cited[source_id], field_labels)


def edition_text(catalog: Catalog) -> str:
    """Return the edition of the data with its dates, as a sentence."""
    edition = catalog.edition
    text = f"Data edition {edition.version} of {format_date(edition.date)}"
    return f"{text}; sources read through {format_date(edition.read_by)}." if edition.read_by else f"{text}."


def _write_source(writer: PageWriter, number: int, citation: Citation, field_labels: tuple[str, ...]) -> None:
    source = citation.source
    prefix = f"[{number}] "
    for index, line in enumerate(wrap(source_name(source), writer.width - len(prefix))):
        writer.add_line((" " * len(prefix) if index else prefix, "key"), (line, "text"), url=source.url)
    style = "warning" if source.publisher == "third-party" else "muted"
    writer.add_paragraph(f"{PUBLISHER_LABELS[source.publisher]}; {citation.date}", style, _INDENT)
    if field_labels:
        writer.add_paragraph(f"source of {', '.join(dict.fromkeys(field_labels))}", "muted", _INDENT)
    if source.url:
        writer.add_paragraph(source.url, "link", _INDENT, source.url)
