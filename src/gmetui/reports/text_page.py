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

    `read_by` is the month (YYYY-MM) through which the sources were read; `width` is that of the lines.
    """

    def __init__(self, title: str, read_by: str | None = None, width: int = _WIDTH) -> None:
        self._read_by = read_by
        self.width = width
        title = sanitize(title)
        self._lines = [title, "=" * min(len(title), width)]
        self._numbers: dict[tuple[str, str], int] = {}
        self._citations: list[Citation] = []

    def add_paragraph(self, text: str) -> None:
        """Add a paragraph; leading blanks indent all of it."""
        indent = " " * (len(text) - len(text.lstrip()))
        self._wrap(text.strip(), indent, indent)

    def add_heading(self, text: str) -> None:
        """Start a section."""
        lines = self._wrapped(text, "", "")
        self._lines += ["", *lines, "-" * max(map(len, lines))]

    def add_subheading(self, text: str) -> None:
        """Start a part of a section."""
        self._lines += ["", *self._wrapped(text, "", "")]

    def add_blank_line(self) -> None:
        """Add an empty line."""
        self._lines.append("")

    def add_uncited_fact(self, label: str, values: Sequence[str]) -> None:
        """Add a labeled value, or a list of values, that no page states."""
        if len(values) == 1:
            self._wrap(f"{label}: {values[0]}", "", "  ")
            return
        self._wrap(f"{label}:", "", "  ")
        for value in values:
            self._wrap(value, "  - ", "    ")

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

    def add_versions(
        self, topic: str, conflicting: Iterable[tuple[str, str]], cited_sources: Iterable[Citation]
    ) -> None:
        """Add a fact that sources disagree about: each version as (page, what it says)."""
        topic_text = f" about {topic}" if topic else ""
        self._wrap(f"Sources disagree{topic_text}: {self.references(cited_sources)}", "", "  ")
        for page_name, text in conflicting:
            self._wrap(f"{page_name}: {text}" if page_name else text, "  - ", "    ")

    def add_disagreements(self, disagreements: Iterable[Disagreement], cited_sources: Iterable[Citation]) -> None:
        """Add the facts that sources disagree about, each version with the place that states it."""
        cited = tuple(cited_sources)
        for disagreement in disagreements:
            pairs = ((version.where, version.says) for version in versions(disagreement))
            self.add_versions(INLINE_LABELS.get(disagreement.about or "", ""), pairs, cited)

    def add_quote(self, label: str, lines: Sequence[str], cited_sources: Iterable[Citation]) -> None:
        """Add a quotation."""
        self._wrap(f"{label}, quoted: {self.references(cited_sources)}", "", "  ")
        for line in lines:
            self._wrap(line, "  ", "  ")

    def add_hanging(self, start: str, text: str) -> None:
        """Add text after a start, wrapped so that its lines are below each other."""
        self._wrap(text, start, " " * len(start))

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
            lines += self._wrapped(f"[{number}] {source_name(source)} ({publisher}; {citation.date})", "", "    ")
            if source.url:
                lines.append(f"    {sanitize(source.url)}")
        return "\n".join(lines) + "\n"

    def _wrap(self, text: str, first_indent: str, next_indent: str) -> None:
        self._lines += self._wrapped(text, first_indent, next_indent)

    def _wrapped(self, text: str, first_indent: str, next_indent: str) -> list[str]:
        wrapped = textwrap.wrap(
            sanitize(text),
            self.width,
            initial_indent=first_indent,
            subsequent_indent=next_indent,
            break_long_words=False,
            break_on_hyphens=False,
        )
        return wrapped or [""]
