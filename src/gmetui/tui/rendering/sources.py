"""The pages behind what is shown, each with who speaks, of when, and which facts it gave."""

from __future__ import annotations

from collections.abc import Mapping

from ...catalog.facts import Citation, source_name
from ...catalog.models import PUBLISHER_LABELS, Catalog, SourceId
from .page_writer import Writer
from .spans import wrap

#: Pages with the names of the fields they gave; () for a page that was read beside them.
Given = Mapping[SourceId, tuple[Citation, tuple[str, ...]]]


def write_sources(writer: Writer, catalog: Catalog, given: Given) -> None:
    """Write the section on sources: every page cited so far, and those of `given`."""
    for citation, _ in given.values():
        writer.marks([citation])
    writer.section("Sources")
    read_by = catalog.edition.read_by
    edition = f"Data edition {catalog.edition.version} of {catalog.edition.date}"
    writer.text(f"{edition}; pages read up to {read_by}." if read_by else f"{edition}.", "muted")
    for own, number in writer.numbers.items():
        citation = writer.cited[own]
        source = citation.source
        writer.blank()
        head = f"[{number}] "
        for place, part in enumerate(wrap(source_name(source), writer.width - len(head))):
            writer.add((head if not place else " " * len(head), "key"), (part, "text"), address=source.url)
        about = f"{PUBLISHER_LABELS[source.publisher]}; {citation.date}"
        writer.text(about, "warning" if source.publisher == "third-party" else "muted", "    ")
        fields = given[own][1] if own in given else ()
        if fields:
            writer.text(f"gave {', '.join(dict.fromkeys(fields))}", "muted", "    ")
        if source.url:
            writer.text(source.url, "link", "    ", source.url)
