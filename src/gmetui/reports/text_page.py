"""A page of plain text with numbered sources, for people who read with eyes, ears or `less`."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Sequence

from ..catalog.facts import LABELS, NO_SOURCE, Citation, source_name
from ..catalog.item_notes import versions
from ..catalog.items import Disagreement
from ..catalog.models import PUBLISHER_LABELS
from ..text import clean

_WIDTH = 100


class Page:
    """Lines of text under a title; facts refer to their pages by number. `read_by` is when these were read."""

    def __init__(self, title: str, read_by: str | None = None) -> None:
        self._read_by = read_by
        shown = clean(title)
        self._lines = [shown, "=" * min(len(shown), _WIDTH)]
        self._numbers: dict[tuple[str, str], int] = {}
        self._pages: list[Citation] = []

    def line(self, text: str) -> None:
        """Add a paragraph."""
        indent = " " * (len(text) - len(text.lstrip()))
        self._wrap(text.strip(), indent, indent)

    def heading(self, text: str) -> None:
        """Begin a section."""
        self._lines += ["", clean(text), "-" * len(text)]

    def fact(self, label: str, values: Sequence[str], cited: Iterable[Citation]) -> None:
        """Add a labelled value, or a list of them."""
        marks = self.marks(cited)
        if len(values) == 1:
            self._wrap(f"{label}: {values[0]} {marks}", "", "  ")
            return
        self._wrap(f"{label}: {marks}", "", "  ")
        for value in values:
            self._wrap(value, "  - ", "    ")

    def checklist(self, label: str, steps: Sequence[str], cited: Iterable[Citation]) -> None:
        """Add steps with a box before each."""
        self._wrap(f"{label}: {self.marks(cited)}", "", "  ")
        for step in steps:
            self._wrap(step, "  [ ] ", "      ")

    def disagreements(self, items: Iterable[Disagreement], cited: Iterable[Citation]) -> None:
        """Add what pages disagree about, each version with the page that has it."""
        marks = self.marks(cited)
        for item in items:
            field = LABELS.get(item.about or "", "")
            self._wrap(f"Pages disagree{f' about {field}' if field else ''}: {marks}", "", "  ")
            for version in versions(item):
                self._wrap(f"{version.where}: {version.says}" if version.where else version.says, "  - ", "    ")

    def quote(self, label: str, lines: Sequence[str], cited: Iterable[Citation]) -> None:
        """Add a quotation."""
        self._wrap(f"{label}, quoted: {self.marks(cited)}", "", "  ")
        for line in lines:
            self._wrap(line, "  ", "  ")

    def read_beside(self, cited: Iterable[Citation]) -> None:
        """Add pages that were read about the same thing without giving a fact of their own."""
        self.marks(cited)

    def text(self) -> str:
        """Return the whole page with its sources."""
        lines = list(self._lines)
        if self._pages:
            lines += ["", "Sources", "-------"]
            lines += [f"Read as stored copies up to {self._read_by}."] if self._read_by else []
        for number, citation in enumerate(self._pages, 1):
            source = citation.source
            kind = PUBLISHER_LABELS[source.publisher]
            lines.append(clean(f"[{number}] {source_name(source)} ({kind}; {citation.date})"))
            if source.url:
                lines.append(f"    {clean(source.url)}")
        return "\n".join(lines) + "\n"

    def raw(self, text: str) -> None:
        """Add a line as it is; it was cleaned and cut before."""
        self._lines.append(text)

    def marks(self, cited: Iterable[Citation]) -> str:
        """Return the numbers of pages, which are given out as pages come up."""
        marks = []
        for citation in cited:
            key = (citation.source.id, citation.date)
            if key not in self._numbers:
                self._pages.append(citation)
                self._numbers[key] = len(self._pages)
            third = ", third party" if citation.source.publisher == "third-party" else ""
            marks.append(f"[{self._numbers[key]}{third}]")
        return "".join(marks) or f"[{NO_SOURCE}]"

    def _wrap(self, text: str, first: str, rest: str) -> None:
        wrapped = textwrap.wrap(
            clean(text),
            _WIDTH,
            initial_indent=first,
            subsequent_indent=rest,
            break_long_words=False,
            break_on_hyphens=False,
        )
        self._lines += wrapped or [""]
