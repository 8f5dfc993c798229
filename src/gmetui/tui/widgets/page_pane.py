"""The lines of a page: a fixed heading with numbered tabs, and scrolling sections."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from textual.timer import Timer

from ..rendering.page import NOTHING_OPEN, Page, PageState, PageStop
from ..rendering.page_tabs import TabRows, visible_tabs
from ..rendering.spans import BLANK_LINE, Span, StyledLine, highlight
from .line_view import LineView

MARGIN = 1  # empty cells on the left
_MIN_PAGE_WIDTH, _MAX_PAGE_WIDTH = 10, 116  # longer lines are hard to read
_MIN_HEADER = 5  # name, place, an empty line, tabs, and a rule
_TALL = 26  # lines from which on the tabs may take two
_COMPLETION_DELAY = 0.3  # seconds without another page, after which the rest of a page is written

#: Returns the (start, end) ranges of a text that match the search.
Highlighter = Callable[[str], list[tuple[int, int]]]
#: Writes a page for a width, with at least so many lines, or all of it for None, and with what the reader opened.
PageSource = Callable[[int, int | None, PageState], Page]


class PagePosition(NamedTuple):
    """Where a reader is on a page: the top line, the stop under the cursor, and what is open."""

    top_line: int = 0
    stop_key: str = ""
    state: PageState = NOTHING_OPEN


PAGE_TOP = PagePosition()


class PagePane(LineView):
    """Shows a page. Its lines are written when they are first drawn at a width."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._page_source: PageSource | None = None
        self._written_page: tuple[int, Page] | None = None  # width, page
        self._completion_timer: Timer | None = None
        self._writes_visible_part_first = False
        self._highlighter: Highlighter | None = None
        self._state = NOTHING_OPEN
        self._stop_key = ""  # of the stop under the cursor
        self._match_line: int | None = None  # the match last gone to

    def show_page(self, page_source: PageSource | None, position: PagePosition = PAGE_TOP) -> None:
        """Show a page from its top, or from `position`. The visible part is written at once, the rest a moment later.

        While the cursor moves down a list, one page follows another, and only what is in sight of each is written.
        """
        self._writes_visible_part_first = self._page_source is not None  # the first page is written completely
        self._page_source = page_source
        if self._completion_timer is not None:
            self._completion_timer.stop()
        self._completion_timer = self.set_timer(_COMPLETION_DELAY, self.complete) if page_source else None
        self._match_line = None
        self.top_line, self._stop_key, self._state = position
        self.rewrite()

    def rewrite(self) -> None:
        """Write the page again: something else is open on it."""
        self._written_page = None
        self.redraw()

    @property
    def position(self) -> PagePosition:
        """Where the reader is."""
        return PagePosition(self.top_line, self._stop_key, self._state)

    def set_highlighter(self, highlighter: Highlighter | None) -> None:
        """Highlight the matches of another search."""
        if highlighter != self._highlighter:
            self._highlighter = highlighter
            self.redraw()

    def has_cursor(self, line_number: int) -> bool:
        """Return whether line `line_number` belongs to the stop or the match under the cursor."""
        if not self.has_focus:
            return False
        page_stop = self.stop
        in_stop = page_stop is not None and page_stop.first_line <= line_number <= page_stop.last_line
        return in_stop or line_number == self._match_line

    @property
    def stop(self) -> PageStop | None:
        """The stop under the cursor."""
        written_page = self._written_page[1] if self._written_page else None
        if written_page is None or not self._stop_key:
            return None
        return next((page_stop for page_stop in written_page.stops if page_stop.key == self._stop_key), None)

    # Writing.

    def _get_page(self, width: int) -> Page | None:
        """Return the page as far as it's written for a width."""
        if self._page_source is None:
            return None
        if self._written_page is None or self._written_page[0] != width:
            visible_lines = self.size.height - _MIN_HEADER
            min_lines = visible_lines if self._writes_visible_part_first and not self.top_line else None
            self._written_page = (width, self._page_source(_page_width(width), min_lines, self._state))
        return self._written_page[1]

    def complete(self) -> None:
        """Write the rest of the page."""
        written_page = self._get_page(self.text_width)
        if written_page is not None and self._page_source is not None and not written_page.is_complete:
            whole_page = self._page_source(_page_width(self.text_width), None, self._state)
            self._written_page = (self.text_width, whole_page)
            self.redraw()

    def _get_complete_page(self) -> Page | None:
        self.complete()
        return self._get_page(self.text_width)

    def scroll_to_line(self, line_number: int) -> None:
        """Make line `line_number` the top line, as far as there are lines below it."""
        self.complete()
        super().scroll_to_line(line_number)

    def line_count(self) -> int:
        """Return the number of lines of the sections."""
        written_page = self._get_page(self.text_width)
        return len(written_page.lines) if written_page else 0

    def get_line(self, line_number: int, width: int) -> StyledLine:
        """Return line `line_number` of the sections, with matches highlighted."""
        written_page = self._get_page(width)
        if written_page is None:
            return BLANK_LINE
        line = written_page.lines[line_number]
        if self._highlighter is not None:
            line = tuple(span for text, style in line for span in highlight(text, self._highlighter(text), style))
        return ((" " * MARGIN, "text"), *line)

    @property
    def header_height(self) -> int:
        """The height of the heading, the tabs and a rule."""
        written_page = self._get_page(self.text_width)
        return (
            len(written_page.heading) + len(self._tabs(written_page, self.text_width).rows) + 1 if written_page else 1
        )

    def header_lines(self, width: int) -> tuple[StyledLine, ...]:
        """Return the heading, the tabs and a rule."""
        written_page = self._get_page(width)
        if written_page is None:
            return ((("  Nothing to show.", "muted"),),)
        margin = (" " * MARGIN, "text")
        tabs = self._tabs(written_page, width)
        rule = (margin, ("─" * _page_width(width), "muted"))
        tab_lines = ((margin, *spans) for spans in self._tab_spans(tabs))
        return (*((margin, *line) for line in written_page.heading), *tab_lines, rule)

    def _tabs(self, written_page: Page, width: int) -> TabRows:
        max_rows = 2 if self.size.height >= _TALL else 1
        return visible_tabs(_titles(written_page), self.section, width - MARGIN, max_rows)

    def _tab_spans(self, tabs: TabRows) -> Iterator[StyledLine]:
        current = self.section
        for row in tabs.rows:
            spans: list[Span] = []
            for page_tab in row:
                style = "tab-active" if page_tab.section == current else "tab"
                spans += [(page_tab.title, style), (" " * tabs.gap, "text")]
            yield tuple(spans)

    # Sections.

    @property
    def section(self) -> int:
        """The index of the section at the top."""
        written_page = self._written_page[1] if self._written_page else None
        if written_page is None:
            return 0
        starts = [start_line for _, start_line in written_page.sections]
        end = self.top_line + max(1, self.size.height - len(written_page.heading) - 2)
        if self.top_line and end >= len(
            written_page.lines
        ):  # at the end of the page, where no section can reach the top
            page_stop = self.stop
            if page_stop is not None and page_stop.first_line >= self.top_line:
                return max(
                    (index for index, start_line in enumerate(starts) if start_line <= page_stop.first_line), default=0
                )
            below = (index for index, start_line in enumerate(starts) if start_line >= self.top_line)
            return next(below, len(starts) - 1)
        return max((index for index, start_line in enumerate(starts) if start_line <= self.top_line), default=0)

    def scroll_to_section(self, index: int) -> None:
        """Scroll to the section of an index, or to the first or last one, and put the cursor on its first stop."""
        written_page = self._get_complete_page()
        if written_page is None or not written_page.sections:
            return
        _, start_line = written_page.sections[max(0, min(index, len(written_page.sections) - 1))]
        self._match_line = None
        self._stop_key = next(
            (page_stop.key for page_stop in written_page.stops if page_stop.first_line >= start_line), ""
        )
        self.scroll_to_line(start_line)
        self.redraw()

    def scroll_to_title(self, title: str) -> None:
        """Scroll to the section of a title, if there is one."""
        written_page = self._get_complete_page()
        titles = [title for title, _ in written_page.sections] if written_page else []
        if title in titles:
            self.scroll_to_section(titles.index(title))

    def header_clicked(self, line_number: int, x: int) -> None:
        """Scroll to the section of the clicked tab."""
        written_page = self._get_page(self.text_width)
        if written_page is None:
            return
        tabs = self._tabs(written_page, self.text_width)
        row = line_number - len(written_page.heading)
        if 0 <= row < len(tabs.rows):
            page_tab = tabs.tab_at(row, x - MARGIN)
            if page_tab is not None:
                self.scroll_to_section(page_tab.section)


def _titles(written_page: Page) -> tuple[str, ...]:
    return tuple(title for title, _ in written_page.sections)


def _page_width(text_width: int) -> int:
    return max(_MIN_PAGE_WIDTH, min(_MAX_PAGE_WIDTH, text_width - MARGIN - 1))
