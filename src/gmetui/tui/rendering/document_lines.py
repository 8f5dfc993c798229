"""A document as the lines of a page. Only exceptions are marked; sources are shown where the reader asks for them."""

from __future__ import annotations

from collections.abc import Sequence

from ...documents.chart_lines import chart_lines
from ...documents.document import (
    MARK_MEANINGS,
    MARKS,
    Block,
    Chart,
    Checklist,
    DisagreementVersions,
    Document,
    FactRow,
    Group,
    Link,
    Paragraph,
    Quotation,
    Section,
    SourceEntry,
    Table,
    Timeline,
    Value,
    signs_of,
)
from ...documents.source_words import address_text, source_remarks
from .document_header import NO_REMARKS, HeadingRemarks, document_heading
from .line_writer import INDENT, LineWriter
from .page import NOTHING_OPEN, STRIP_SOURCES, Page, PageState, PageStop
from .spans import BLANK_LINE, Span, fit, wrap
from .timeline_lines import timeline_lines
from .value_spans import aligned_cells, column_widths, share_a_line, value_spans, wrap_spans

_MAX_VALUES, _MAX_ROWS = 6, 12  # a longer list or table ends in "n more" until it is opened
_TONES = {"plain": "text", "warning": "warning", "muted": "muted"}
#: Labels that say what comparing a requirement with a profile finds.
_LABEL_STYLES = {"fit-does-not-meet": "warning", "fit-cannot-tell": "strong", "fit-meets": "star"}
_OPEN, _CLOSED = "▾", "▸"
NOT_PUBLISHED = "Not published."


def document_page(
    document: Document,
    width: int,
    state: PageState = NOTHING_OPEN,
    min_lines: int | None = None,
    remarks: HeadingRemarks = NO_REMARKS,
    *,
    with_summary: bool = True,
) -> Page:
    """Return the page of a document for `width` cells, or only its first sections with at least `min_lines` lines.

    The summary says what nobody publishes and how sure the facts are; it is left out where it stands beside the page.
    """
    writer = _DocumentWriter(max(20, width), state)
    sections = list(document.sections)
    while sections and (min_lines is None or len(writer.lines) < min_lines):
        if not document.is_complete and not sections[0].blocks:
            break
        section = sections.pop(0)
        is_first = not writer.sections
        writer.write_section(section, strip=document.strip if is_first else ())
        if is_first and with_summary:
            writer.write_summary(document)
    is_complete = document.is_complete and not sections
    if is_complete and document.sources:
        writer.write_sources(document.sources)
    unwritten = [section.title for section in sections]
    if not is_complete:
        unwritten.append("Sources")
    starts = (*writer.sections, *((title, len(writer.lines)) for title in unwritten))
    heading = document_heading(document, max(20, width), remarks)
    return Page(heading, tuple(writer.lines), starts, tuple(writer.stops), is_complete)


class _DocumentWriter(LineWriter):
    """Writes the blocks of a document."""

    def write_section(self, section: Section, strip: Sequence[FactRow] = ()) -> None:
        self.start_section(section.id, section.title)
        if STRIP_SOURCES in self.state.shown_sources:
            self._write_strip_sources(strip)
        if not section.blocks:
            self.add(((" " * INDENT + NOT_PUBLISHED, "unstated"),))
        self.write_blocks(section.blocks)

    def _write_strip_sources(self, strip: Sequence[FactRow]) -> None:
        """Write the facts of the heading with the pages that state them."""
        for fact_row in strip:
            for value in fact_row.values:
                self.add_labeled(fact_row.label, *wrap_spans(value_spans(value), self.value_width))
                stop_key = f"{STRIP_SOURCES}/{fact_row.key}/{value.text}"
                self._write_sources_of(PageStop(stop_key, len(self.lines) - 1, len(self.lines) - 1, value.citations))
        if strip:
            self.add(BLANK_LINE)

    def write_summary(self, document: Document) -> None:
        """Write what nobody publishes, how sure the facts are, and what the signs mean."""
        signs = [f"{sign} {MARK_MEANINGS[sign]}" for sign in signs_of(document)]
        remarks = " · ".join((*document.reliability, *signs))
        if document.not_published or remarks:
            self.add(BLANK_LINE)
        if document.not_published:
            labels = [
                fact_row.label if fact_row.label[:2].isupper() else fact_row.label.casefold()
                for fact_row in document.not_published
            ]
            self.add_wrapped(f"Not published: {', '.join(labels)}. Ask the program.", "unstated")
        if remarks:
            self.add_wrapped(remarks, "muted")

    def write_sources(self, entries: Sequence[SourceEntry]) -> None:
        self.start_section("sources", "Sources")
        for source_number, entry in enumerate(entries):
            first_line = len(self.lines)
            source = entry.citation.source
            self.add(((" " * INDENT, "text"), (fit(address_text(source), self.width - INDENT).rstrip(), "link")))
            labels = f"states {', '.join(entry.fact_labels)}" if entry.fact_labels else ""
            remarks = " · ".join(filter(None, (*source_remarks(entry.citation), labels)))
            style = "warning" if source.publisher == "third-party" else "muted"
            self.add_wrapped(remarks, style, INDENT + 2)
            link = Link("url", source.url) if source.url else None
            self.stops.append(PageStop(f"sources/{source_number}", first_line, len(self.lines) - 1, link=link))

    def write_blocks(self, blocks: Sequence[Block]) -> None:
        for block in blocks:
            if isinstance(block, FactRow):
                self._write_row(block)
            elif isinstance(block, Group):
                self._write_group(block)
            elif isinstance(block, Table):
                self._write_table(block)
            elif isinstance(block, Timeline):
                self._write_timeline(block)
            elif isinstance(block, Chart):
                self._write_chart(block)
            elif isinstance(block, Paragraph):
                self._write_paragraph(block)
            else:
                self._write_cited_text(block)

    def _write_group(self, group: Group) -> None:
        parent, self.path = self.path, f"{self.path}/{group.title}"
        is_open = not group.is_closed or self.path in self.state.open_groups
        if not group.is_closed:
            self.add_gap()
        sign = f" {_OPEN if is_open else _CLOSED}" if group.is_closed else ""
        count = f": {group.size}" if group.size is not None and group.is_closed else ""
        first_line = len(self.lines)
        style = "lead" if group.is_closed else "strong"
        self.add_wrapped(f"{group.title}{count}{sign}", style)
        if group.is_closed:
            self.stops.append(PageStop(self.path, first_line, len(self.lines) - 1, group=self.path))
        if is_open:
            self.write_blocks(group.blocks)
        self.path = parent

    # Facts.

    def _write_row(self, fact_row: FactRow) -> None:
        stop_prefix = f"{self.path}/{fact_row.key}/{fact_row.label}"
        if not fact_row.values:
            self.add_labeled(fact_row.label, ((NOT_PUBLISHED.rstrip(".").casefold(), "unstated"),))
            return
        if share_a_line(fact_row.values):
            self._write_inline(fact_row, stop_prefix)
            return
        is_open = len(fact_row.values) <= _MAX_VALUES or stop_prefix in self.state.open_groups
        visible_values = fact_row.values if is_open else fact_row.values[: _MAX_VALUES - 1]
        for value_index, value in enumerate(visible_values):
            bullet = "· " if len(fact_row.values) > 1 else ""
            self._write_value(fact_row, value, value_index, stop_prefix, bullet)
        if len(fact_row.values) > _MAX_VALUES:
            hidden = len(fact_row.values) - len(visible_values)
            shown_text = f"fewer {_OPEN}" if is_open else f"{hidden} more {_CLOSED}"
            self.add_labeled("", ((shown_text, "lead"),))
            self.stops.append(PageStop(stop_prefix, len(self.lines) - 1, len(self.lines) - 1, group=stop_prefix))

    def _write_inline(self, fact_row: FactRow, stop_prefix: str) -> None:
        """Write short values that the same pages state on one line."""
        spans: list[Span] = []
        for value_index, value in enumerate(fact_row.values):
            spans += [*(((" · ", "muted"),) if value_index else ()), *value_spans(value)]
        first_line = len(self.lines)
        style = _LABEL_STYLES.get(fact_row.key, "label")
        self.add_labeled(fact_row.label, *wrap_spans(spans, self.value_width), style=style)
        self._add_stop(f"{stop_prefix}/0", first_line, fact_row, fact_row.values[0], 0)

    def _write_value(self, fact_row: FactRow, value: Value, value_index: int, stop_prefix: str, bullet: str) -> None:
        rows = wrap_spans(value_spans(value), self.value_width - len(bullet))
        first_line = len(self.lines)
        hanging = [
            ((" " * len(bullet) if position else bullet, "muted"), *styled_line)
            for position, styled_line in enumerate(rows)
        ]
        style = _LABEL_STYLES.get(fact_row.key, "label")
        self.add_labeled("" if value_index else fact_row.label, *hanging, style=style)
        self._add_stop(f"{stop_prefix}/{value_index}", first_line, fact_row, value, value_index)

    def _add_stop(self, stop_key: str, first_line: int, fact_row: FactRow, value: Value, value_index: int) -> None:
        last = len(self.lines) - 1
        remark = ", ".join(each.text for each in value.qualifiers if each.aspect in MARKS)
        page_stop = PageStop(
            stop_key, first_line, last, value.citations, value.link, "", fact_row.key, value_index, remark
        )
        self._finish_stop(page_stop)

    def _finish_stop(self, page_stop: PageStop) -> None:
        """Add a stop, followed by its sources if the reader asked for them."""
        self.stops.append(page_stop)
        if page_stop.key in self.state.shown_sources:
            self._write_sources_of(page_stop)

    def _write_sources_of(self, page_stop: PageStop) -> None:
        for source_number, citation in enumerate(page_stop.citations):
            first_line = len(self.lines)
            indent = " " * (INDENT + 2)
            address = fit(address_text(citation.source), self.width - len(indent) - 2).rstrip()
            self.add(((f"{indent}↳ ", "muted"), (address, "link")))
            self.add_wrapped(" · ".join(source_remarks(citation)), "muted", len(indent) + 2)
            link = Link("url", citation.source.url) if citation.source.url else None
            self.stops.append(
                PageStop(f"{page_stop.key}/source/{source_number}", first_line, len(self.lines) - 1, link=link)
            )
        if page_stop.remark:
            self.add_wrapped(page_stop.remark, "warning", INDENT + 4)
        if not page_stop.citations:
            self.add(((f"{' ' * (INDENT + 2)}↳ no source", "muted"),))

    # Other blocks.

    def _write_paragraph(self, paragraph: Paragraph) -> None:
        first_line = len(self.lines)
        indent = self.value_indent if paragraph.is_remark else INDENT
        self.add_wrapped(paragraph.value.display(), _TONES[paragraph.tone], indent)
        if paragraph.value.citations or paragraph.value.link:
            stop_key = f"{self.path}/paragraph/{first_line - self.sections[-1][1]}"
            self._finish_stop(
                PageStop(stop_key, first_line, len(self.lines) - 1, paragraph.value.citations, paragraph.value.link)
            )

    def _write_table(self, table: Table) -> None:
        stop_prefix = f"{self.path}/{table.headings[0]}"
        widths = column_widths(table, self.width - INDENT)
        name_width = self.width - INDENT - sum(widths)
        self.add_gap()
        headings = aligned_cells(table.headings[1:], widths)
        self.add(((" " * INDENT, "text"), (fit(table.headings[0], name_width), "strong"), (headings, "label")))
        is_open = len(table.rows) <= _MAX_ROWS or stop_prefix in self.state.open_groups
        for row_index, table_row in enumerate(table.rows if is_open else table.rows[: _MAX_ROWS - 1]):
            name, *cells = table_row.cells
            indent = " " * (INDENT + 2 * table_row.depth)
            title = f"{'then ' if table_row.depth else ''}{name.text}{name.mark}"
            name_text = fit(title, name_width - 2 * table_row.depth)
            figures = aligned_cells([f"{cell.measured_text}{cell.mark}" for cell in cells], widths)
            self.add(((indent, "text"), (name_text, "lead" if name.link else "text"), (figures, "text")))
            line_number = len(self.lines) - 1
            self._finish_stop(
                PageStop(f"{stop_prefix}/{row_index}", line_number, line_number, name.citations, name.link)
            )
        if len(table.rows) > _MAX_ROWS:
            shown_text = f"fewer {_OPEN}" if is_open else f"{len(table.rows) - _MAX_ROWS + 1} more {_CLOSED}"
            self.add(((" " * INDENT, "text"), (shown_text, "lead")))
            self.stops.append(PageStop(stop_prefix, len(self.lines) - 1, len(self.lines) - 1, group=stop_prefix))

    def _write_timeline(self, timeline: Timeline) -> None:
        for row_index, rows in enumerate(timeline_lines(timeline, self.width - INDENT)):
            first_line = len(self.lines)
            for row in rows:
                self.add(((" " * INDENT, "text"), *row))
            value = timeline.rows[row_index].value
            remark = ", ".join(each.text for each in value.qualifiers if each.aspect in MARKS)
            stop_key = f"{self.path}/timeline/{row_index}"
            self._finish_stop(
                PageStop(stop_key, first_line, len(self.lines) - 1, value.citations, value.link, remark=remark)
            )

    def _write_chart(self, chart: Chart) -> None:
        for line_number, chart_line in enumerate(chart_lines(chart, self.width - INDENT)):
            is_frame = line_number < 2 or chart_line.endswith(chart.legend[-8:])
            self.add(((f"{' ' * INDENT}{chart_line}"[: self.width], "muted" if is_frame else "text"),))

    def _write_cited_text(self, block: Quotation | DisagreementVersions | Checklist) -> None:
        """Write a quotation, the versions of a fact, or steps; all of it has the same sources."""
        self.add_gap()
        first_line = len(self.lines)
        if isinstance(block, Quotation):
            self.add_wrapped(block.title, "strong")
            for paragraph_index, quoted_text in enumerate(block.paragraphs):
                closing = "”" if paragraph_index == len(block.paragraphs) - 1 else ""
                self.add_wrapped(f"{'' if paragraph_index else '“'}{quoted_text}{closing}", "quote", INDENT + 1)
            if block.note:
                self.add_wrapped(block.note, "muted", INDENT + 1)
        elif isinstance(block, DisagreementVersions):
            topic = f" about {block.topic}" if block.topic else ""
            self.add_wrapped(f"Pages disagree{topic}", "warning")
            for place, says in block.versions:
                self.add_wrapped(f"{place}: {says}" if place else says, "text", INDENT + 2)
        else:
            if block.title:
                self.add_wrapped(block.title, "strong")
            for step in block.steps:
                for line_index, text_line in enumerate(wrap(step, self.width - INDENT - 2)):
                    self.add(((" " * INDENT + ("  " if line_index else "☐ "), "muted"), (text_line, "text")))
        stop_key = f"{self.path}/text/{first_line - self.sections[-1][1]}"
        self._finish_stop(PageStop(stop_key, first_line, len(self.lines) - 1, block.citations))
