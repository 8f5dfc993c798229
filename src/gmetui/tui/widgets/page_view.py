"""A page to read: a fixed heading with tabs, and scrolling sections."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar

from textual.binding import BindingType
from textual.message import Message
from textual.timer import Timer

from ..actions import bindings
from ..contexts import PAGE_ACTIONS
from ..rendering.page_tabs import TAB_GAP, Tab, tab_at, visible_tabs
from ..rendering.page_writer import Page
from ..rendering.spans import BLANK_LINE, Span, StyledLine, highlight
from .line_view import LineView

_MARGIN = 1  # empty cells on the left
_MIN_PAGE_WIDTH = 10
_COMPLETION_DELAY = 0.3  # seconds without another page, after which the rest of a page is written

#: Returns the (start, end) ranges of a text that match the search.
Highlighter = Callable[[str], list[tuple[int, int]]]
#: Writes a page for a width, with at least so many lines, or all of it for None.
PageSource = Callable[[int, int | None], Page]


class PageView(LineView):
    """Shows a page. Its lines are written when they are first drawn at a width."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(*PAGE_ACTIONS)

    class UrlSelected(Message):
        """A link to a web page was followed."""

        def __init__(self, url: str) -> None:
            self.url = url
            super().__init__()

    class QuerySelected(Message):
        """A link that runs a query was followed."""

        def __init__(self, query: str) -> None:
            self.query = query
            super().__init__()

    class NoMoreMatches(Message):
        """The page has no further match in the direction of `step`."""

        def __init__(self, step: int) -> None:
            self.step = step
            super().__init__()

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._page_source: PageSource | None = None
        self._written_page: tuple[int, Page] | None = None  # width, page
        self._completion_timer: Timer | None = None
        self._writes_visible_part_first = False
        self._highlighter: Highlighter | None = None
        self._selected_line: int | None = None  # the link or match last gone to

    def show_page(self, page_source: PageSource | None) -> None:
        """Show a page from its top. The visible part is written at once, the rest when no other page follows soon."""
        self._writes_visible_part_first = self._page_source is not None  # the first page is written completely
        self._page_source = page_source
        self._written_page = None
        if self._completion_timer is not None:
            self._completion_timer.stop()
        self._completion_timer = self.set_timer(_COMPLETION_DELAY, self.complete) if page_source else None
        self._selected_line = None
        self.top_line = 0
        self.redraw()

    def set_highlighter(self, highlighter: Highlighter | None) -> None:
        """Highlight the matches of another search."""
        self._highlighter = highlighter
        self.redraw()

    def has_cursor(self, line_number: int) -> bool:
        """Return whether line `line_number` is the selected link or match."""
        return line_number == self._selected_line and self.has_focus

    def _get_page(self, width: int) -> Page | None:
        """Return the page as far as it's written for a width."""
        if self._page_source is None:
            return None
        if self._written_page is None or self._written_page[0] != width:
            min_lines = self.size.height if self._writes_visible_part_first and not self.top_line else None
            self._written_page = (width, self._page_source(_page_width(width), min_lines))
        return self._written_page[1]

    def complete(self) -> None:
        """Write the rest of the page."""
        page = self._get_page(self.text_width)
        if page is not None and self._page_source is not None and not page.is_complete:
            self._written_page = (self.text_width, self._page_source(_page_width(self.text_width), None))
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
        page = self._get_page(self.text_width)
        return len(page.lines) if page else 0

    def get_line(self, line_number: int, width: int) -> StyledLine:
        """Return line `line_number` of the sections, with matches highlighted."""
        page = self._get_page(width)
        if page is None:
            return BLANK_LINE
        line = page.lines[line_number].line
        if self._highlighter is not None:
            line = tuple(span for text, style in line for span in highlight(text, self._highlighter(text), style))
        return ((" " * _MARGIN, "text"), *line)

    def header_lines(self, width: int) -> tuple[StyledLine, ...]:
        """Return the heading and the tabs."""
        page = self._get_page(width)
        if page is None:
            return ((("  Nothing to show.", "muted"),),)
        margin = (" " * _MARGIN, "text")
        current = self.section
        tabs: list[Span] = []
        for tab in self._tabs(page, width):
            style = "tab-active" if tab.section == current else "tab"
            tabs += [(tab.title, style), (" " * TAB_GAP, "text")]
        return (*((margin, *line) for line in page.heading), (margin, *tabs), BLANK_LINE)

    def _tabs(self, page: Page, width: int) -> list[Tab]:
        return visible_tabs([title for title, _ in page.sections], self.section, width - _MARGIN)

    # Sections.

    @property
    def section(self) -> int:
        """The index of the section at the top."""
        page = self._written_page[1] if self._written_page else None
        if page is None:
            return 0
        starts = [start for _, start in page.sections]
        end = self.top_line + max(1, self.size.height - len(page.heading) - 2)
        if self.top_line and end >= len(page.lines):  # at the end of the page, where no section can reach the top
            below = (index for index, start in enumerate(starts) if start >= self.top_line)
            return next(below, len(starts) - 1)
        return max((index for index, start in enumerate(starts) if start <= self.top_line), default=0)

    def scroll_to_section(self, index: int) -> None:
        """Scroll to the section of an index, or to the first or last one."""
        page = self._get_complete_page()
        if page is not None:
            _, start = page.sections[max(0, min(index, len(page.sections) - 1))]
            self.scroll_to_line(start)

    def scroll_to_title(self, title: str) -> None:
        """Scroll to the section of a title, if there is one."""
        page = self._get_complete_page()
        titles = [title for title, _ in page.sections] if page else []
        if title in titles:
            self.scroll_to_section(titles.index(title))

    def action_section(self, step: int) -> None:
        """Scroll to the next or the previous section."""
        self.scroll_to_section(self.section + step)

    # Links and matches.

    def action_link(self, step: int) -> None:
        """Select the next link, starting with those in sight."""
        page = self._get_complete_page()
        targets = [line.target for line in page.lines] if page else []
        starts = [
            line_number
            for line_number, target in enumerate(targets)
            if target and (not line_number or targets[line_number - 1] != target)  # a link may take several lines
        ]
        self._select_next(starts, step)

    def action_find(self, step: int) -> None:
        """Select the next match, or report that there is none."""
        if not self._select_next(self.matching_lines(), step):
            self.post_message(self.NoMoreMatches(step))

    def matching_lines(self) -> list[int]:
        """Return the numbers of the lines with a match."""
        page = self._get_complete_page()
        highlighter = self._highlighter
        if page is None or highlighter is None:
            return []
        return [
            line_number
            for line_number, line in enumerate(page.lines)
            if any(highlighter(text) for text, _ in line.line)
        ]

    def select_first_match(self, step: int) -> bool:
        """Select the first match, or for a negative step the last one; return whether there is one."""
        self._selected_line = None
        self.top_line = 0 if step > 0 else max(0, self.line_count() - self.visible_line_count)
        return self._select_next(self.matching_lines(), step)

    def _select_next(self, candidates: Sequence[int], step: int) -> bool:
        """Select the next candidate after the selected line, or after the edge of the part in sight."""
        position = self._selected_line
        if position is None or not self.top_line <= position < self.top_line + self.visible_line_count:
            position = self.top_line - 1 if step > 0 else self.top_line + self.visible_line_count
        if step > 0:
            target = next((line_number for line_number in candidates if line_number > position), None)
        else:
            target = next((line_number for line_number in reversed(candidates) if line_number < position), None)
        if target is None:
            return False
        self._selected_line = target
        self.scroll_line_into_view(target)
        self.redraw()
        return True

    def action_follow(self) -> None:
        """Follow the selected link, or select the first one."""
        if self._selected_line is None:
            self.action_link(1)
        else:
            self._follow(self._selected_line)

    def _follow(self, line_number: int) -> None:
        page = self._get_page(self.text_width)
        is_written = page is not None and line_number < len(page.lines)  # long pages are written bit by bit
        line = page.lines[line_number] if page and is_written else None
        if line is not None and line.url:
            self.post_message(self.UrlSelected(line.url))
        elif line is not None and line.query:
            self.post_message(self.QuerySelected(line.query))

    def on_focus(self) -> None:
        """Show the selected line."""
        super().on_focus()
        self.redraw()

    def on_blur(self) -> None:
        """Hide the selected line."""
        super().on_blur()
        self.redraw()

    def header_clicked(self, line_number: int, x: int) -> None:
        """Scroll to the section of the clicked tab."""
        page = self._get_page(self.text_width)
        if page is not None and line_number == len(page.heading):
            tab = tab_at(self._tabs(page, self.text_width), x - _MARGIN)
            if tab is not None:
                self.scroll_to_section(tab.section)

    def line_clicked(self, line_number: int, x: int) -> None:
        """Follow the link that was clicked."""
        self._follow(line_number)


def _page_width(text_width: int) -> int:
    return max(_MIN_PAGE_WIDTH, text_width - _MARGIN - 1)
