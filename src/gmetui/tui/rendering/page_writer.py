"""Lines in the making: sections, labelled facts, and pages numbered as they are first cited."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest
from typing import NamedTuple

from ...catalog.facts import LABELS, NO_SOURCE, NOT_STATED, Citation
from ...catalog.item_notes import versions
from ...catalog.items import Disagreement
from ...catalog.models import SourceId
from ...text import is_address
from .spans import Line, fit, wrap

_LABEL = 15
_DATE = 18  # letters of a page's date beside a fact; the sources have the whole
_COLUMN = 18  # cells below which versions stand under each other
_NARROW = 40  # cells below which labels stand on lines of their own


class DetailLine(NamedTuple):
    """One line, and what activating it does: open an address, or ask a query."""

    line: Line
    address: str | None = None
    query: str | None = None

    @property
    def target(self) -> str | None:
        """Where the line leads, if anywhere."""
        return self.address or self.query


class Detail(NamedTuple):
    """A page: a heading that stays and sections that scroll."""

    heading: tuple[Line, ...]
    lines: tuple[DetailLine, ...]
    sections: tuple[tuple[str, int], ...]  # title and the line it begins on
    whole: bool = True  # whether every section is written, or only those that are seen first


@dataclass(slots=True)
class Writer:
    """Lines in the making, with pages numbered as they are first cited."""

    width: int
    lines: list[DetailLine] = field(default_factory=list)
    sections: list[tuple[str, int]] = field(default_factory=list)
    numbers: dict[SourceId, int] = field(default_factory=dict)
    cited: dict[SourceId, Citation] = field(default_factory=dict)

    def section(self, title: str) -> None:
        """Begin a section."""
        if self.lines:
            self.blank()
        self.sections.append((title, len(self.lines)))
        rule = "─" * max(0, self.width - len(title) - 2)
        self.add((title, "heading"), (f" {rule}", "muted"))

    @property
    def is_at_heading(self) -> bool:
        """Whether nothing was written into the section yet."""
        return len(self.lines) == self.sections[-1][1] + 1

    def add(self, *spans: tuple[str, str], address: str | None = None, query: str | None = None) -> None:
        """Add one line."""
        self.lines.append(DetailLine(spans, address, query))

    def link(self, text: str, query: str, indent: str = "") -> None:
        """Add a line that asks a query when it is activated."""
        for number, part in enumerate(wrap(text, self.width - len(indent))):
            self.add((indent if not number else " " * len(indent), "text"), (part, "lead"), query=query)

    def page(self, heading: Sequence[Line], unwritten: Sequence[str] = ()) -> Detail:
        """Return what was written, as a page, with the titles of sections that are still to be written."""
        sections = (*self.sections, *((title, len(self.lines)) for title in unwritten))
        return Detail(tuple(heading), tuple(self.lines), sections, not unwritten)

    def blank(self) -> None:
        """Add an empty line."""
        self.add()

    def gap(self) -> None:
        """Add an empty line, but not right below a section's title."""
        if self.lines[-1].line and len(self.lines) > self.sections[-1][1] + 1:
            self.blank()

    def text(self, text: str, style: str = "text", indent: str = "", address: str | None = None) -> None:
        """Add a paragraph."""
        for part in wrap(text, self.width - len(indent)):
            self.add((indent + part, style), address=address)

    def marks(self, cited: Iterable[Citation]) -> str:
        """Return the numbers of pages with what they speak of: "[1, undated] [2, 2023]"."""
        marks = []
        for citation in cited:
            own = citation.source.id
            if own not in self.numbers:
                self.numbers[own] = len(self.numbers) + 1
                self.cited[own] = citation
            third = " third party," if citation.source.publisher == "third-party" else ""
            date = citation.date if len(citation.date) <= _DATE else f"{citation.date[: _DATE - 1].rstrip(' (,;')}…"
            marks.append(f"[{self.numbers[own]},{third} {date}]")
        return " ".join(marks) or f"[{NO_SOURCE}]"

    def fact(
        self,
        label: str,
        values: Sequence[str],
        cited: Iterable[Citation],
        style: str = "text",
        queries: Sequence[str | None] = (),
    ) -> None:
        """Write a label and its values, then the pages. A value with a query or an address leads there."""
        if not values:
            self._labelled(label, [((NOT_STATED, "unstated"),)])
            return
        rows: list[Line] = []
        asked: list[str | None] = []
        marks = self.marks(cited)
        room = self.width - (_LABEL if self.width >= _NARROW else 2)
        for place, value in enumerate(values):
            bullet = "· " if len(values) > 1 else ""
            query = queries[place] if place < len(queries) else None
            for number, part in enumerate(wrap(value, room - len(bullet))):
                lead = bullet if not number else " " * len(bullet)
                rows.append(((lead, style), (part, "lead" if query else style)))
                asked.append(query)
            if place == len(values) - 1:
                rows = _with_marks(rows, marks, room, " " * len(bullet))
        self._labelled(label, rows, asked)

    def plain(self, label: str, text: str) -> None:
        """Write a label and words that no page stands behind."""
        room = self.width - (_LABEL if self.width >= _NARROW else 2)
        self._labelled(label, [((part, "text"),) for part in wrap(text, room)])

    def labelled(self, label: str, text: str, query: str) -> None:
        """Write a label and words that lead to a query."""
        room = self.width - (_LABEL if self.width >= _NARROW else 2)
        rows: list[Line] = [((part, "lead"),) for part in wrap(text, room)]
        self._labelled(label, rows, [query] * len(rows))

    def checklist(self, steps: Sequence[str], cited: Iterable[Citation]) -> None:
        """Write steps with a box before each; the pages follow the last."""
        marks = self.marks(cited)
        for number, step in enumerate(steps):
            rows: list[Line] = [((part, "text"),) for part in wrap(step, self.width - 4)]
            if number == len(steps) - 1:
                rows = _with_marks(rows, marks, self.width - 4, "")
            for place, row in enumerate(rows):
                self.add(("  ☐ " if not place else "    ", "muted"), *row)

    def versions(self, item: Disagreement, cited: Iterable[Citation]) -> None:
        """Write what pages disagree about, each version in a column under the page that has it."""
        field = LABELS.get(item.about or "", "")
        self.text(f"Pages disagree{f' about {field}' if field else ''} {self.marks(cited)}", "warning")
        found = versions(item)
        column = (self.width - 2) // len(found) - 3
        if column < _COLUMN or len(found) == 1:
            for version in found:
                self.text(f"{version.where}: {version.says}" if version.where else version.says, "text", "  ")
            return
        cells = [
            [(version.where, "label"), *((part, "text") for part in wrap(version.says, column))] for version in found
        ]
        for row in zip_longest(*cells, fillvalue=("", "text")):
            spans = [span for text, style in row for span in ((fit(text, column), style), (" │ ", "muted"))]
            self.add(("  ", "text"), *spans[:-1])

    def _labelled(self, label: str, rows: Sequence[Line], queries: Sequence[str | None] = ()) -> None:
        if self.width < _NARROW:
            self.text(label, "label")
        for number, row in enumerate(rows):
            head = fit(label, _LABEL - 1) + " " if not number else " " * _LABEL
            start = ("  ", "text") if self.width < _NARROW else (head, "label")
            lead = queries[number] if number < len(queries) else None
            if lead and is_address(lead):
                self.add(start, *row, address=lead)
            else:
                self.add(start, *row, query=lead)


def _with_marks(rows: list[Line], marks: str, room: int, indent: str) -> list[Line]:
    """Put the page marks behind the last row, or on rows of their own where there is no room."""
    last = rows[-1]
    used = sum(len(text) for text, _ in last)
    if used + 1 + len(marks) <= room:
        return [*rows[:-1], (*last, (f" {marks}", "muted"))]
    return [*rows, *(((indent + part, "muted"),) for part in wrap(marks, room - len(indent)))]
