"""A page as a value: sections of blocks, with every value's unit, qualifiers and sources kept apart.

Whoever shows a page (the screen, plain text, Markdown, HTML) renders this value, so that they cannot disagree. Nothing
here is cut, wrapped or styled. Every block type is listed in `Block`; a renderer handles each of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Literal

from ..catalog.facts import Citation
from ..catalog.item_notes import Aspect, Qualifier
from ..lean_typing import NamedTuple

#: Aspects that are shown as a sign behind the value, so that an exception is seen without a word.
MARKS: Mapping[Aspect, str] = {"third_party": "*", "hospital": "~", "unconfirmed": "?"}
#: What the signs mean, for a legend.
MARK_MEANINGS: Mapping[str, str] = {"*": "only another source says it", "~": "hospital-wide", "?": "unconfirmed"}


class Link(NamedTuple):
    """What a value names, to be opened: a record by its id, or a web page by its address."""

    kind: Literal["program", "institution", "specialty", "url"]
    key: str


class Value(NamedTuple):
    """One value. `citations` are the pages that state it; () where no page does, such as for a sum of years."""

    text: str
    unit: str = ""
    qualifiers: tuple[Qualifier, ...] = ()
    citations: tuple[Citation, ...] = ()
    link: Link | None = None

    @property
    def mark(self) -> str:
        """The signs of the exceptions: "*", "~", "*?", or "" for a value that its own page states."""
        if not self.qualifiers:
            return ""
        aspects = {qualifier.aspect for qualifier in self.qualifiers}
        return "".join(sign for aspect, sign in MARKS.items() if aspect in aspects)

    @property
    def is_past(self) -> bool:
        """Whether the value describes a past cycle."""
        return any(qualifier.aspect == "past" for qualifier in self.qualifiers)

    @property
    def measured_text(self) -> str:
        """The value with its unit: "3 years"."""
        return f"{self.text} {self.unit}" if self.unit else self.text

    def display(self, *, omit: Iterable[Aspect] = ()) -> str:
        """Return the value with its unit and its qualifiers, except those of some aspects: "3 years · third party"."""
        if not self.qualifiers:
            return self.measured_text
        omitted = frozenset(omit)
        qualifiers = ", ".join(qualifier.text for qualifier in self.qualifiers if qualifier.aspect not in omitted)
        return f"{self.measured_text} · {qualifiers}" if qualifiers else self.measured_text

    def marked_display(self) -> str:
        """Return the value with signs in place of the exceptions that have one: "3 years*"."""
        remarks = ", ".join(each.text for each in self.qualifiers if each.aspect not in MARKS)
        signed_text = f"{self.measured_text}{self.mark}"
        return f"{signed_text} · {remarks}" if remarks else signed_text


class FactRow(NamedTuple):
    """A labeled fact with its values; without values nobody publishes it. `key` is the data key, where it has one."""

    key: str
    label: str
    values: tuple[Value, ...] = ()


class Paragraph(NamedTuple):
    """Text without a label. A warning is what readers must not miss; muted is what explains.

    A remark is about the fact above it, and stands under its value.
    """

    value: Value
    tone: Literal["plain", "warning", "muted"] = "plain"
    is_remark: bool = False


class Quotation(NamedTuple):
    """An official statement, word for word, one text for each paragraph. `note` is a remark on it."""

    title: str
    paragraphs: tuple[str, ...]
    citations: tuple[Citation, ...] = ()
    note: str = ""


class TableRow(NamedTuple):
    """A row of a table, one value for each column. `depth` indents a row that belongs to the one above it."""

    cells: tuple[Value, ...]
    depth: int = 0


class Table(NamedTuple):
    """Rows under headings; the first column is text, the others are short. The first heading may be ""."""

    headings: tuple[str, ...]
    rows: tuple[TableRow, ...]


class TimelineRow(NamedTuple):
    """A day on a line of time: how far it is, its date, its time if it has one, and what happens."""

    distance: str
    day: str
    clock: str
    value: Value


class Timeline(NamedTuple):
    """Days below each other, in the order in which they are read."""

    rows: tuple[TimelineRow, ...]
    is_muted: bool = False


class ChartSpan(NamedTuple):
    """A day or a span in a chart, with the sign that marks it."""

    first: date
    last: date
    sign: str


class ChartRow(NamedTuple):
    """A row of a chart: whose days they are."""

    label: str
    spans: tuple[ChartSpan, ...]


class Chart(NamedTuple):
    """A picture of a year: months as columns, one row for each service. `legend` explains the signs."""

    rows: tuple[ChartRow, ...]
    today: date
    legend: str


class DisagreementVersions(NamedTuple):
    """A fact that pages state differently: each version as (page, what it says). `topic` is the fact's label or ""."""

    topic: str
    versions: tuple[tuple[str, str], ...]
    citations: tuple[Citation, ...] = ()


class Checklist(NamedTuple):
    """Steps to take, all stated by the same pages."""

    title: str
    steps: tuple[str, ...]
    citations: tuple[Citation, ...] = ()


class Group(NamedTuple):
    """Blocks under a heading. A closed group shows its title and `size`, how many items it has, until it is opened."""

    title: str
    blocks: tuple[Block, ...]
    is_closed: bool = False
    size: int | None = None


Block = FactRow | Paragraph | Quotation | Table | Timeline | Chart | DisagreementVersions | Checklist | Group


class Section(NamedTuple):
    """A numbered part of the page. `id` is the same for all pages of a kind; an empty section says "not stated"."""

    id: str
    title: str
    blocks: tuple[Block, ...]


class SourceEntry(NamedTuple):
    """A page behind the document, with the labels of the facts it states; () if it was only read."""

    citation: Citation
    fact_labels: tuple[str, ...] = ()


class Document(NamedTuple):
    """Everything there is to say about one subject.

    `strip` are the facts that people ask first, each with one short value or more, or none if nobody publishes it.
    `not_published` are facts without values. `reliability` are sentences on how sure the facts are. `sources` come last
    on a page, as a section of their own. A document that is not complete has the content of its first sections only.
    """

    kind: Literal["program", "institution", "specialty", "service", "comparison", "coverage", "plan"]
    id: str
    title: str
    subtitle: str
    strip: tuple[FactRow, ...] = ()
    sections: tuple[Section, ...] = ()
    not_published: tuple[FactRow, ...] = ()
    reliability: tuple[str, ...] = ()
    sources: tuple[SourceEntry, ...] = ()
    is_complete: bool = True


def blocks_within(blocks: Iterable[Block]) -> Iterator[Block]:
    """Yield blocks and, after each group, the blocks in it."""
    for block in blocks:
        yield block
        if isinstance(block, Group):
            yield from blocks_within(block.blocks)


def values_in(blocks: Iterable[Block]) -> Iterator[Value]:
    """Yield the values of blocks in the order of the page."""
    for block in blocks_within(blocks):
        if isinstance(block, FactRow):
            yield from block.values
        elif isinstance(block, Paragraph):
            yield block.value
        elif isinstance(block, Table):
            yield from (cell for row in block.rows for cell in row.cells)
        elif isinstance(block, Timeline):
            yield from (row.value for row in block.rows)


def cited_in(blocks: Iterable[Block]) -> Iterator[Citation]:
    """Yield the citations of blocks in the order of the page, with repetitions."""
    for block in blocks_within(blocks):
        if isinstance(block, Quotation | DisagreementVersions | Checklist):
            yield from block.citations
        elif not isinstance(block, Group):
            for value in block.values if isinstance(block, FactRow) else values_in((block,)):
                yield from value.citations


def signs_of(document: Document) -> tuple[str, ...]:
    """Return the signs that occur in a document, for its legend."""
    rows = (*document.strip, *(block for section in document.sections for block in section.blocks))
    marks = "".join(value.mark for value in values_in(rows))
    return tuple(sign for sign in MARK_MEANINGS if sign in marks)
