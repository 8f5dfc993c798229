"""What stands beside a program's page: your notes and dates, what to ask the program, and how sure the facts are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from ...documents.document import (
    MARK_MEANINGS,
    Block,
    DisagreementVersions,
    Document,
    Link,
    signs_of,
    values_in,
)
from ...documents.source_words import short_address
from ...shortlist.entries import Entry
from ...text import format_date
from .document_header import NO_REMARKS, HeadingRemarks
from .spans import BLANK_LINE, StyledLine, align_right, fit, wrap

_INDENT = 2
_NO_NOTE = "No note yet."
_ORDINAL_ENDINGS = {1: "st", 2: "nd", 3: "rd"}


def heading_remarks(entry: Entry | None, rank: int, today: date) -> HeadingRemarks:
    """Return the place of a program on the shortlist, its status and its next date. `rank` counts from 1."""
    if entry is None:
        return NO_REMARKS
    coming = next(((label, iso_day) for label, iso_day in entry.dates if iso_day[:10] >= today.isoformat()), None)
    next_date = f"{coming[0].capitalize()} {format_date(coming[1])} ({_days_until(coming[1], today)})" if coming else ""
    status = entry.status.capitalize()
    return HeadingRemarks(f"★ {_ordinal(rank)} on your shortlist", " · ".join(filter(None, (status, next_date))))


def aside_lines(
    document: Document, entry: Entry | None, pane_width: int, keys: tuple[str, str]
) -> tuple[StyledLine, ...]:
    """Return the lines of the pane; `keys` are the ones that write a note and show more pages."""
    note_key, web_key = keys
    aside_rows: list[StyledLine] = []
    note = entry.note if entry else ""
    dates = [f"{format_date(iso_day)}  {label}" for label, iso_day in entry.dates] if entry else []
    missing = ", ".join(row.label for row in document.not_published)
    disputes = [block for block in _overview(document) if isinstance(block, DisagreementVersions)]
    topics = dict.fromkeys(dispute.topic or "another fact" for dispute in disputes)
    signs = [f"{sign}  {MARK_MEANINGS[sign]}" for sign in signs_of(document)]
    addresses = [short_address(link.key) for link in _web_links(document)]
    aside_rows += _part("Your note", [note or _NO_NOTE], pane_width, note_key, "text" if note else "muted")
    aside_rows += _part("Your dates", dates, pane_width)
    aside_rows += _part("Ask the program", [f"Not published: {missing}"] if missing else [], pane_width)
    aside_rows += _part("Pages disagree", [*topics], pane_width, str(len(disputes)))
    aside_rows += _part("How sure is this", [*document.reliability, *signs], pane_width)
    aside_rows += _part("Web page", addresses[:1], pane_width, web_key)
    return tuple(aside_rows)


def note_line(entry: Entry | None, pane_width: int) -> StyledLine:
    """Return the note on one line, for a screen that has no room beside the page."""
    if entry is None or not entry.note:
        return BLANK_LINE
    return ((" Note: ", "label"), (fit(" ".join(entry.note.split()), pane_width - 7), "text"))


def _part(
    title: str, part_texts: Sequence[str], pane_width: int, right_text: str = "", style: str = "text"
) -> Iterator[StyledLine]:
    if not part_texts:
        return
    heading = title.upper()
    yield ((" │ ", "muted"), (heading, "heading"), (align_right(right_text, pane_width - 4 - len(heading)), "key"))
    for text in part_texts:
        for text_line in wrap(text, pane_width - 3 - _INDENT):
            yield ((" │ ", "muted"), (text_line, style))
    yield ((" │", "muted"),)


def _overview(document: Document) -> tuple[Block, ...]:
    return document.sections[0].blocks if document.sections else ()


def _web_links(document: Document) -> Iterator[Link]:
    for value in values_in(_overview(document)):
        if value.link is not None and value.link.kind == "url":
            yield value.link


def _ordinal(number: int) -> str:
    ending = "th" if number % 100 in (11, 12, 13) else _ORDINAL_ENDINGS.get(number % 10, "th")
    return f"{number}{ending}"


def _days_until(iso_day: str, today: date) -> str:
    days = (date.fromisoformat(iso_day[:10]) - today).days
    return {0: "today", 1: "tomorrow"}.get(days, f"in {days} days")
