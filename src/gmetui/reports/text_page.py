"""A page of plain text with numbered sources, for terminals, screen readers and pagers."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Sequence

from ..catalog.facts import INLINE_LABELS, NO_SOURCE, Citation, source_name
from ..catalog.item_notes import versions
from ..catalog.items import Disagreement
from ..catalog.vocabulary import PUBLISHER_LABELS
from ..text import format_date, sanitize

_WIDTH = 100


class TextPage:
    """Lines of text under a title. Facts refer to their sources by number; the sources follow at the end.

    `read_by` is the month (YYYY-MM) through which the sources were read.
    """

    def __init__(self, title: str, read_by: str | None = None) -> None:
        self._read_by = read_by
        title = sanitize(title)
        self._lines = [title, "=" * min(len(title), _WIDTH)]
        self._numbers: dict[tuple[str, str], int] = {}
        self._citations: list[Citation] = []

    def add_paragraph(self, text: str) -> None:
        """Add a paragraph; leading blanks indent all of it."""
        indent = " " * (len(text) - len(text.lstrip()))
        self._wrap(text.strip(), indent, indent)

    def add_heading(self, text: str) -> None:
        """Start a section."""
        self._lines += ["", sanitize(text), "-" * len(text)]

    def add_cited_fact(self, label: str, values: Sequence[str], value_citations: Sequence[Sequence[Citation]]) -> None:
        """Add a labeled list of values, each followed by its own sources; () where the next value has the same."""
        if sum(map(bool, value_citations)) < 2:
            self.add_fact(label, values, value_citations[-1])
            return
        self._wrap(f"{label}:", "", "  ")
        for value, cited_sources in zip(values, value_citations, strict=True):
            references = f" {self.references(cited_sources)}" if cited_sources else ""
            self._wrap(f"{value}{references}", "  - ", "    ")

    def add_fact(self, label: str, values: Sequence[str], cited_sources: Iterable[Citation]) -> None:
        """Add a labeled value, or a list of values."""
        references = self.references(cited_sources)
        if len(values) == 1:
            self._wrap(f"{label}: {values[0]} {references}", "", "  ")
            return
        self._wrap(f"{label}: {references}", "", "  ")
        for value in values:
            self._wrap(value, "  - ", "    ")

    def add_checklist(self, label: str, steps: Sequence[str], cited_sources: Iterable[Citation]) -> None:
        """Add steps with a check box before each."""
        self._wrap(f"{label}: {self.references(cited_sources)}", "", "  ")
        for step in steps:
            self._wrap(step, "  [ ] ", "      ")

    def add_disagreements(self, disagreements: Iterable[Disagreement], cited_sources: Iterable[Citation]) -> None:
        """Add the facts that sources disagree about, each version with the place that states it."""
        references = self.references(cited_sources)
        for disagreement in disagreements:
            field_label = INLINE_LABELS.get(disagreement.about or "", "")
            topic = f" about {field_label}" if field_label else ""
            self._wrap(f"Sources disagree{topic}: {references}", "", "  ")
            for version in versions(disagreement):
                text = f"{version.where}: {version.says}" if version.where else version.says
                self._wrap(text, "  - ", "    ")

    def add_quote(self, label: str, lines: Sequence[str], cited_sources: Iterable[Citation]) -> None:
        """Add a quotation."""
        self._wrap(f"{label}, quoted: {self.references(cited_sources)}", "", "  ")
        for line in lines:
            self._wrap(line, "  ", "  ")

    def add_line(self, text: str) -> None:
        """Add a line as it is, already sanitized and cut to the width."""
        self._lines.append(text)

    def cite(self, cited_sources: Iterable[Citation]) -> None:
        """List sources at the end that no fact refers to."""
        self.references(cited_sources)

    def references(self, cited_sources: Iterable[Citation]) -> str:
        """Return the numbers of sources, assigned in the order in which they are first cited."""
        references = []
        for citation in cited_sources:
            key = (citation.source.id, citation.date)
            if key not in self._numbers:
                self._citations.append(citation)
                self._numbers[key] = len(self._citations)
            suffix = ", third party" if citation.source.publisher == "third-party" else ""
            references.append(f"[{self._numbers[key]}{suffix}]")
        return "".join(references) or f"[{NO_SOURCE}]"

    def text(self) -> str:
        """Return the page with its sources."""
        lines = list(self._lines)
        if self._citations:
            lines += ["", "Sources", "-------"]
            if self._read_by:
                lines.append(f"Read through {format_date(self._read_by)}.")
        for number, citation in enumerate(self._citations, 1):
            source = citation.source
            publisher = PUBLISHER_LABELS[source.publisher]
            lines.append(sanitize(f"[{number}] {source_name(source)} ({publisher}; {citation.date})"))
            if source.url:
                lines.append(f"    {sanitize(source.url)}")
        return "\n".join(lines) + "\n"

    def _wrap(self, text: str, first_indent: str, next_indent: str) -> None:
        wrapped = textwrap.wrap(
            sanitize(text),
            _WIDTH,
            initial_indent=first_indent,
            subsequent_indent=next_indent,
            break_long_words=False,
            break_on_hyphens=False,
        )
        self._lines += wrapped or [""]
