"""A page to read, with a cursor that goes from value to value: what it names opens, and its sources are shown."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from textual.binding import BindingType
from textual.message import Message

from ..actions import bindings
from ..contexts import PAGE_ACTIONS
from ..rendering.page import STRIP_SOURCES, Page, PageStop
from .page_pane import PagePane

if TYPE_CHECKING:
    from ...documents.document import Link


class PageView(PagePane):
    """A page with a cursor."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(*PAGE_ACTIONS)

    class LinkSelected(Message):
        """A link to a record or a web page was followed."""

        def __init__(self, link: Link) -> None:
            self.link = link
            super().__init__()

    class QuerySelected(Message):
        """The search is to be narrowed to the programs that share a value."""

        def __init__(self, query: str) -> None:
            self.query = query
            super().__init__()

    class NothingToNarrow(Message):
        """No search finds the programs that share the value under the cursor."""

    class NoMoreMatches(Message):
        """The page has no further match in the direction of `step`."""

        def __init__(self, step: int) -> None:
            self.step = step
            super().__init__()

    def action_section(self, step: int) -> None:
        """Scroll to the next or the previous section."""
        self.scroll_to_section(self.section + step)

    def action_numbered_section(self, number: str) -> None:
        """Scroll to the section of a number; to the next one where the command has no key."""
        self.scroll_to_section(int(number) - 1 if number.isdecimal() else self.section + 1)

    def action_move(self, step: int) -> None:
        """Go to the next stop in sight; scroll by a line where there is none."""
        full_page = self._get_complete_page()
        page_stop = self.stop
        end_line = self.top_line + self.visible_line_count
        if full_page is None:
            return
        if page_stop is None or not self.top_line <= page_stop.last_line or not page_stop.first_line < end_line:
            line_after, line_before = self.top_line - 1, end_line
        else:
            line_after, line_before = page_stop.last_line, page_stop.first_line
        is_cut = page_stop is not None and (
            page_stop.last_line >= end_line if step > 0 else page_stop.first_line < self.top_line
        )
        if step > 0:
            candidates = (each for each in full_page.stops if line_after < each.first_line < end_line)
        else:
            candidates = (each for each in reversed(full_page.stops) if self.top_line <= each.last_line < line_before)
        target_line = None if is_cut else next(candidates, None)
        if target_line is None:
            self.scroll_to_line(self.top_line + step)
        else:
            self._select(target_line)

    def action_page(self, step: int) -> None:
        """Scroll by pages; the cursor comes along."""
        self.scroll_to_line(self.top_line + step * max(1, self.visible_line_count - 1))
        self._select_visible()

    def action_end(self, direction: int) -> None:
        """Scroll to the top (-1) or the bottom (1); the cursor comes along."""
        full_page = self._get_complete_page()
        self.scroll_to_line(0 if direction < 0 else self.line_count())
        if full_page is not None and full_page.stops:
            self._select(full_page.stops[0 if direction < 0 else -1], scroll=False)

    def _select_visible(self) -> None:
        full_page = self._get_complete_page()
        end_line = self.top_line + self.visible_line_count
        if full_page is not None:
            visible = (page_stop for page_stop in full_page.stops if self.top_line <= page_stop.first_line < end_line)
            self._select(next(visible, None), scroll=False)

    def _select(self, page_stop: PageStop | None, *, scroll: bool = True) -> None:
        self._match_line = None
        self._stop_key = page_stop.key if page_stop else ""
        if page_stop is not None and scroll:
            self.scroll_line_into_view(page_stop.last_line)
            self.scroll_line_into_view(page_stop.first_line)
        self.redraw()

    def action_link(self, step: int) -> None:
        """Go to the next link, starting with those in sight."""
        full_page = self._get_complete_page()
        links = [page_stop for page_stop in full_page.stops if page_stop.is_link] if full_page else []
        target_line = self._next_line([page_stop.first_line for page_stop in links], step)
        if target_line is not None:
            self._select(next(page_stop for page_stop in links if page_stop.first_line == target_line))

    def action_find(self, step: int) -> None:
        """Go to the next match, or report that there is none."""
        if not self._go_to_match(self.matching_lines(), step):
            self.post_message(self.NoMoreMatches(step))

    def matching_lines(self) -> list[int]:
        """Return the numbers of the lines with a match."""
        full_page = self._get_complete_page()
        highlighter = self._highlighter
        if full_page is None or highlighter is None:
            return []
        return [number for number, line in enumerate(full_page.lines) if any(highlighter(text) for text, _ in line)]

    def select_first_match(self, step: int) -> bool:
        """Go to the first match, or for a negative step the last one; return whether there is one."""
        self._match_line, self._stop_key = None, ""
        self.top_line = 0 if step > 0 else max(0, self.line_count() - self.visible_line_count)
        return self._go_to_match(self.matching_lines(), step)

    def _go_to_match(self, candidates: Sequence[int], step: int) -> bool:
        target_line = self._next_line(candidates, step)
        if target_line is None:
            return False
        self._match_line, self._stop_key = target_line, ""
        self.scroll_line_into_view(target_line)
        self.redraw()
        return True

    def _next_line(self, candidates: Sequence[int], step: int) -> int | None:
        """Return the next candidate after the cursor, or after the edge of the part in sight."""
        page_stop = self.stop
        position = page_stop.first_line if page_stop else self._match_line
        if position is None or not self.top_line <= position < self.top_line + self.visible_line_count:
            position = self.top_line - 1 if step > 0 else self.top_line + self.visible_line_count
        if step > 0:
            return next((line_number for line_number in candidates if line_number > position), None)
        return next((line_number for line_number in reversed(candidates) if line_number < position), None)

    # What the cursor is on.

    def action_follow(self) -> None:
        """Open what the value names; show the sources of any other value."""
        page_stop = self.stop
        if page_stop is None:
            self.action_link(1)
        elif not self._follow(page_stop):
            self.action_show_source()

    def _follow(self, page_stop: PageStop) -> bool:
        if page_stop.link is not None:
            self.post_message(self.LinkSelected(page_stop.link))
        elif page_stop.group:
            self._state = self._state.with_group_toggled(page_stop.group)
            self._rewrite_at(page_stop.first_line)
        return page_stop.is_link

    def action_show_source(self) -> None:
        """Show the pages that state the value under the cursor, or hide them again; without a cursor, the strip's."""
        page_stop = self.stop
        self._state = self._state.with_sources_toggled(page_stop.key if page_stop else STRIP_SOURCES)
        self.rewrite()
        self.complete()
        if page_stop is not None:
            stop_now = self.stop
            self.scroll_line_into_view(min(stop_now.last_line + 2 if stop_now else 0, self.line_count() - 1))

    @property
    def source_url(self) -> str | None:
        """The address of the first page that states the value under the cursor."""
        page_stop = self.stop
        if page_stop is None:
            return None
        if page_stop.link is not None and page_stop.link.kind == "url":
            return page_stop.link.key
        return next((citation.source.url for citation in page_stop.citations if citation.source.url), None)

    def narrowing_query(self, page_stop: PageStop) -> str | None:
        """Return the search for programs that share the value of a stop, if there is one."""
        return None

    def action_narrow(self) -> None:
        """Narrow the search to the programs that share the value under the cursor."""
        query = self.narrowing_query(self.stop) if self.stop else None
        if query:
            self.post_message(self.QuerySelected(query))
        else:
            self.post_message(self.NothingToNarrow())

    def _rewrite_at(self, line_number: int) -> None:
        """Write the page again, and keep the cursor at a line."""
        self.rewrite()
        full_page = self._get_complete_page()
        if full_page is not None:
            self._select(
                next((page_stop for page_stop in full_page.stops if page_stop.first_line >= line_number), None)
            )

    # Focus and mouse.

    def on_focus(self) -> None:
        """Show the cursor."""
        super().on_focus()
        self.redraw()

    def on_blur(self) -> None:
        """Hide the cursor."""
        super().on_blur()
        self.redraw()

    def line_clicked(self, line_number: int, x: int) -> None:
        """Open what was clicked, or put the cursor there."""
        page_stop = _stop_at(self._get_page(self.text_width), line_number)
        if page_stop is not None and not self._follow(page_stop):
            self._select(page_stop)

    def line_right_clicked(self, line_number: int, x: int) -> None:
        """Narrow the search to the programs that share the clicked value."""
        page_stop = _stop_at(self._get_page(self.text_width), line_number)
        if page_stop is not None:
            self._select(page_stop)
            self.action_narrow()


def _stop_at(full_page: Page | None, line_number: int) -> PageStop | None:
    stops = full_page.stops if full_page is not None else ()
    return next((page_stop for page_stop in stops if page_stop.first_line <= line_number <= page_stop.last_line), None)
