"""Pages as lines: sections, labeled facts, and sources numbered in the order they are first cited."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest
from typing import NamedTuple

from ...catalog.facts import INLINE_LABELS, NO_SOURCE, NOT_STATED, Citation
from ...catalog.ids import SourceId
from ...catalog.item_notes import versions
from ...catalog.items import Disagreement
from ...text import is_web_url
from .spans import Span, StyledLine, cell_width, fit, wrap

_LABEL_WIDTH = 15
_NARROW = 40  # page width below which a label gets a line of its own
_NARROW_INDENT = 2
_DATE_LENGTH = 18  # characters of a date in a citation mark; the Sources section shows all of it
_VERSION_WIDTH = 18  # column width below which conflicting versions are listed one below the other


class PageLine(NamedTuple):
    """One line, and what activating it does: open a URL or run a query."""

    line: StyledLine
    url: str | None = None
    query: str | None = None

    @property
    def target(self) -> str | None:
        """The URL or query the line leads to."""
        return self.url or self.query


class Page(NamedTuple):
    """A fixed heading above scrolling sections. `sections` holds (title, number of the first line)."""

    heading: tuple[StyledLine, ...]
    lines: tuple[PageLine, ...]
    sections: tuple[tuple[str, int], ...]
    is_complete: bool = True  # False while only the sections that are seen first are written


@dataclass(slots=True)
class PageWriter:
    """Builds the lines of a page of `width` cells."""

    width: int
    lines: list[PageLine] = field(default_factory=list)
    sections: list[tuple[str, int]] = field(default_factory=list)
    numbers: dict[SourceId, int] = field(default_factory=dict)
    cited: dict[SourceId, Citation] = field(default_factory=dict)

    def build_page(self, heading: Sequence[StyledLine], unwritten_sections: Sequence[str] = ()) -> Page:
        """Return the page written so far. Unwritten sections get their tabs, at the end of the lines."""
        sections = (*self.sections, *((title, len(self.lines)) for title in unwritten_sections))
        return Page(tuple(heading), tuple(self.lines), sections, not unwritten_sections)

    def start_section(self, title: str) -> None:
        """Add a section title with a rule, below a blank line."""
        if self.lines:
            self.add_blank_line()
        self.sections.append((title, len(self.lines)))
        rule = "─" * max(0, self.width - len(title) - 2)
        self.add_line((title, "heading"), (f" {rule}", "muted"))

    @property
    def section_is_empty(self) -> bool:
        """Whether the current section has only its title."""
        return len(self.lines) == self.sections[-1][1] + 1

    def add_line(self, *spans: Span, url: str | None = None, query: str | None = None) -> None:
        """Add one line."""
        self.lines.append(PageLine(spans, url, query))

    def add_blank_line(self) -> None:
        """Add an empty line."""
        self.add_line()

    def add_gap(self) -> None:
        """Add an empty line, except below a section title or another empty line."""
        if self.lines[-1].line and not self.section_is_empty:
            self.add_blank_line()

    def add_paragraph(self, text: str, style: str = "text", indent: str = "", url: str | None = None) -> None:
        """Add wrapped text."""
        for line in wrap(text, self.width - len(indent)):
            self.add_line((indent + line, style), url=url)

    def add_link(self, text: str, query: str, first_indent: str = "") -> None:
        """Add text that runs a query; `first_indent`, such as a bullet, precedes its first line."""
        for indent, line in _hang(wrap(text, self.width - len(first_indent)), first_indent):
            self.add_line((indent, "text"), (line, "lead"), query=query)

    def add_fact(
        self,
        label: str,
        values: Sequence[str],
        citations: Iterable[Citation],
        style: str = "text",
        targets: Sequence[str | None] = (),
        value_citations: Sequence[Sequence[Citation]] = (),
    ) -> None:
        """Add a label, its values and their citation marks. `targets` are the queries or URLs of the values.

        `value_citations` are the pages to name after each value, where these differ.
        """
        if not values:
            self._add_labeled_rows(label, [((NOT_STATED, "unstated"),)])
            return
        cited = value_citations or [*[()] * (len(values) - 1), tuple(citations)]
        bullet = "· " if len(values) > 1 else ""
        rows: list[StyledLine] = []
        row_targets: list[str | None] = []
        for value, target, pages in zip_longest(values, targets[: len(values)], cited):
            value_rows: list[StyledLine] = [
                ((indent, style), (line, "lead" if target else style))
                for indent, line in _hang(wrap(value, self._value_width - len(bullet)), bullet)
            ]
            row_targets += [target] * len(value_rows)
            if pages or len(values) == 1:
                marks = self.citation_marks(pages)
                value_rows = _append_marks(value_rows, marks, self._value_width, " " * len(bullet))
                row_targets += [None] * (len(value_rows) + len(rows) - len(row_targets))
            rows += value_rows
        self._add_labeled_rows(label, rows, row_targets)

    def add_labeled_text(self, label: str, text: str) -> None:
        """Add a label and text that has no source."""
        self._add_labeled_rows(label, [((line, "text"),) for line in wrap(text, self._value_width)])

    def add_labeled_link(self, label: str, text: str, query: str) -> None:
        """Add a label and text that runs a query."""
        rows: list[StyledLine] = [((line, "lead"),) for line in wrap(text, self._value_width)]
        self._add_labeled_rows(label, rows, [query] * len(rows))

    def add_checklist(self, steps: Sequence[str], citations: Iterable[Citation]) -> None:
        """Add steps, each behind a check box. The citation marks follow the last one."""
        marks = self.citation_marks(citations)
        width = self.width - 4
        for index, step in enumerate(steps):
            rows: list[StyledLine] = [((line, "text"),) for line in wrap(step, width)]
            if index == len(steps) - 1:
                rows = _append_marks(rows, marks, width, "")
            for row_index, row in enumerate(rows):
                self.add_line(("    " if row_index else "  ☐ ", "muted"), *row)

    def add_disagreement(self, disagreement: Disagreement, citations: Iterable[Citation]) -> None:
        """Add the versions of a disputed fact, in columns where the page is wide enough."""
        field_label = INLINE_LABELS.get(disagreement.about or "", "")
        topic = f" about {field_label}" if field_label else ""
        self.add_paragraph(f"Pages disagree{topic} {self.citation_marks(citations)}", "warning")
        conflicting = versions(disagreement)
        width = (self.width - 2) // len(conflicting) - 3
        if width < _VERSION_WIDTH or len(conflicting) == 1:
            for version in conflicting:
                text = f"{version.where}: {version.says}" if version.where else version.says
                self.add_paragraph(text, indent="  ")
            return
        columns = [
            [(item.where, "label"), *((line, "text") for line in wrap(item.says, width))] for item in conflicting
        ]
        for row in zip_longest(*columns, fillvalue=("", "text")):
            spans = [span for text, style in row for span in ((fit(text, width), style), (" │ ", "muted"))]
            self.add_line(("  ", "text"), *spans[:-1])

    def citation_marks(self, citations: Iterable[Citation]) -> str:
        """Return the numbers and dates of sources: "[1, undated] [2, 2023]"."""
        marks = []
        for citation in citations:
            source_id = citation.source.id
            if source_id not in self.numbers:
                self.numbers[source_id] = len(self.numbers) + 1
                self.cited[source_id] = citation
            publisher = " third party," if citation.source.publisher == "third-party" else ""
            marks.append(f"[{self.numbers[source_id]},{publisher} {_short_date(citation.date)}]")
        return " ".join(marks) or f"[{NO_SOURCE}]"

    @property
    def _value_width(self) -> int:
        return self.width - (_LABEL_WIDTH if self.width >= _NARROW else _NARROW_INDENT)

    def _add_labeled_rows(self, label: str, rows: Sequence[StyledLine], targets: Sequence[str | None] = ()) -> None:
        if self.width < _NARROW:
            self.add_paragraph(label, "label")
            first_indent = indent = " " * _NARROW_INDENT
        else:
            first_indent, indent = f"{fit(label, _LABEL_WIDTH - 1)} ", " " * _LABEL_WIDTH
        for index, (row, target) in enumerate(zip_longest(rows, targets[: len(rows)])):
            spans = ((indent if index else first_indent, "label"), *row)
            if target and is_web_url(target):
                self.add_line(*spans, url=target)
            else:
                self.add_line(*spans, query=target)


def _hang(lines: Iterable[str], bullet: str) -> list[tuple[str, str]]:
    """Pair the first line with `bullet` and the others with an indent of the same width."""
    return [(" " * len(bullet) if index else bullet, line) for index, line in enumerate(lines)]


def _append_marks(rows: list[StyledLine], marks: str, width: int, indent: str) -> list[StyledLine]:
    """Put citation marks at the end of the last row if they fit, else on rows of their own."""
    if cell_width(rows[-1]) + 1 + len(marks) <= width:
        return [*rows[:-1], (*rows[-1], (f" {marks}", "muted"))]
    return [*rows, *(((indent + line, "muted"),) for line in wrap(marks, width - len(indent)))]


def _short_date(date: str) -> str:
    return date if len(date) <= _DATE_LENGTH else f"{date[: _DATE_LENGTH - 1].rstrip(' (,;')}…"
