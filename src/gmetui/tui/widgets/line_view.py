"""The base of the big panes: lines drawn straight to the screen, with their own scroll position and scrollbar.

A pane has no child widgets and no layout, so a list of a million rows draws only those in sight. It doesn't use
`virtual_size`: setting it lays out the whole screen, which takes longer than everything else a key press does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import ClassVar, NamedTuple

from rich.segment import Segment
from rich.style import Style
from textual.binding import BindingType
from textual.color import Color
from textual.events import Click, MouseMove, MouseScrollDown, MouseScrollUp
from textual.filter import LineFilter
from textual.geometry import Region
from textual.strip import Strip
from textual.visual import VisualType

from ..actions import bindings
from ..contexts import SCROLL_ACTIONS
from ..rendering.spans import BLANK_LINE, StyledLine
from ..rendering.styles import build_styles
from ..safe_text import safe_content, safe_segment
from .scroll_thumb import ThumbDragging, thumb_rows
from .selectable_pane import SelectablePane

RIGHT_BUTTON = 3
_WHEEL_STEP = 3  # lines
_STRIP_CACHE_SIZE = 2000


class _Row(NamedTuple):
    """What a row of the pane shows: a line, with or without the cursor and the thumb of the scrollbar.

    `ground` is the style of the whole row, if it has one: the title of a pane, or a selected row.
    """

    line: StyledLine
    has_cursor: bool = False
    has_thumb: bool = False
    ground: str = ""


class LineView(ThumbDragging, SelectablePane, can_focus=True):
    """A pane of lines. Subclasses override `line_count`, `get_line` and, for fixed lines on top, `header_lines`.

    The first of the fixed lines is the title, which is lit while the pane has the focus.
    """

    BINDINGS: ClassVar[list[BindingType]] = bindings(*SCROLL_ACTIONS)

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self.top_line = 0
        self._theme_styles: dict[str, Style] = {}
        self._style_cache: dict[tuple[str, str], Style] = {}
        self._strip_cache: dict[_Row, Strip] = {}
        self._filters: list[tuple[LineFilter, Color]] = []
        self._drawn_rows: list[_Row] = []
        self._mouse_position = 0, 0

    # Overridden by subclasses.

    def line_count(self) -> int:
        """Return the number of scrolling lines."""
        return 0

    def get_line(self, line_number: int, width: int) -> StyledLine:
        """Return line `line_number`."""
        return BLANK_LINE

    def header_lines(self, width: int) -> tuple[StyledLine, ...]:
        """Return the fixed lines on top."""
        return ()

    def has_cursor(self, line_number: int) -> bool:
        """Return whether the cursor is on line `line_number`."""
        return False

    def row_ground(self, line_number: int) -> str:
        """Return the style of the whole row of line `line_number`, or ""."""
        return ""

    def tooltip_at(self, line_number: int, x: int) -> str | None:
        """Return the tooltip for cell `x` of line `line_number`."""
        return None

    def line_clicked(self, line_number: int, x: int) -> None:
        """Handle a click on line `line_number`."""

    def line_right_clicked(self, line_number: int, x: int) -> None:
        """Handle a right click or a ctrl+click on line `line_number`."""

    def header_clicked(self, line_number: int, x: int) -> None:
        """Handle a click on fixed line `line_number`."""

    # Drawing.

    @property
    def header_height(self) -> int:
        """The number of fixed lines. Override it where that is known without making them."""
        return len(self.header_lines(self.text_width))

    @property
    def visible_line_count(self) -> int:
        """How many lines fit below the header."""
        return max(1, self.size.height - self.header_height)

    @property
    def text_width(self) -> int:
        """The width of a line; the last column belongs to the scrollbar."""
        return max(1, self.size.width - 1)

    def redraw(self) -> None:
        """Refresh the rows that changed since they were drawn, and no other part of the screen."""
        previous_rows, self._drawn_rows = self._drawn_rows, self._build_rows()
        if len(previous_rows) != len(self._drawn_rows):
            self.refresh()
            return
        pairs = zip(previous_rows, self._drawn_rows, strict=True)
        for start, stop in _true_runs(before != after for before, after in pairs):
            self.deselect_text()
            self.refresh(Region(0, start, self.size.width, stop - start))

    def render_lines(self, crop: Region) -> list[Strip]:
        """Draw the rows of `crop`. A pane has no border or padding, so Textual's cache for those isn't needed."""
        size = self.size
        if len(self._drawn_rows) != size.height:
            self._drawn_rows = self._build_rows()
        rows = enumerate(self._drawn_rows[crop.y : crop.bottom], crop.y)
        strips = [self.with_selection(self._get_strip(row), y) for y, row in rows]
        if crop.x or crop.width < size.width:
            strips = [strip.crop(crop.x, crop.right) for strip in strips]
        return strips

    def _build_rows(self) -> list[_Row]:
        """Return the header and the lines in sight, one for each row of the pane."""
        width, height = self.size.width - 1, self.size.height
        count, header = self.line_count(), self.header_lines(max(1, width))
        visible_count = max(0, height - len(header))
        thumb = thumb_rows(count, visible_count, self.top_line)
        title_ground = "title-row-focused" if self.has_focus else "title-row"
        rows = [_Row(line, ground="" if index else title_ground) for index, line in enumerate(header)]
        for y in range(visible_count):
            line_number = self.top_line + y
            is_line = line_number < count
            line = self.get_line(line_number, width) if is_line else BLANK_LINE
            ground = self.row_ground(line_number) if is_line else ""
            rows.append(_Row(line, self.has_cursor(line_number), y in thumb, ground))
        return rows[:height]

    def _get_strip(self, row: _Row) -> Strip:
        strip = self._strip_cache.get(row)
        if strip is None:
            if len(self._strip_cache) > _STRIP_CACHE_SIZE:
                self._strip_cache.clear()
            strip = self._draw_row(row)
            if not self._strip_cache:
                self._filters = [(line_filter, self.background_colors[1]) for line_filter in self.get_line_filters()]
            for line_filter, background in self._filters:
                strip = strip.apply_filter(line_filter, background)
            self._strip_cache[row] = strip
        return strip

    def _draw_row(self, row: _Row) -> Strip:
        cursor_style = "cursor" if self.has_focus else "cursor-unfocused"
        ground = cursor_style if row.has_cursor else row.ground
        segments = [safe_segment(text, self._style_of(name, ground)) for text, name in row.line if text]
        segments = _fitted(segments, self.text_width, self._style_of("text", ground))
        if row.ground == "title-row-focused":
            segments = [safe_segment("▌", self._style_of("pane-focused", ground)), *Strip(segments).crop(1)]
        thumb_style = self._style_of("thumb" if row.has_thumb else "text", ground if "title" in row.ground else "")
        return Strip([*segments, safe_segment("┃" if row.has_thumb else " ", thumb_style)], self.text_width + 1)

    def _style_of(self, name: str, ground: str = "") -> Style:
        """Return the style of a name on the ground of a row."""
        style = self._style_cache.get((name, ground))
        if style is None:
            self._theme_styles = self._theme_styles or build_styles(self.app.theme_variables)
            style = self.rich_style + self._theme_styles[name]
            if ground:
                style += self._theme_styles[ground]
            self._style_cache[name, ground] = style
        return style

    def notify_style_update(self) -> None:
        """Drop cached styles after a change of theme or focus."""
        self._theme_styles = {}
        self._clear_style_caches()
        super().notify_style_update()

    def _clear_style_caches(self) -> None:
        self._style_cache = {}
        self._strip_cache = {}

    # Scrolling.

    def scroll_to_line(self, line_number: int) -> None:
        """Make line `line_number` the top line, as far as there are lines below it."""
        top_line = max(0, min(line_number, self.line_count() - self.visible_line_count))
        if top_line != self.top_line:
            self.top_line = top_line
            self.redraw()

    def scroll_line_into_view(self, line_number: int) -> None:
        """Scroll no further than needed to show line `line_number`."""
        if line_number < self.top_line:
            self.scroll_to_line(line_number)
        elif line_number >= self.top_line + self.visible_line_count:
            self.scroll_to_line(line_number - self.visible_line_count + 1)

    def action_move(self, step: int) -> None:
        """Scroll by lines."""
        self.scroll_to_line(self.top_line + step)

    def action_page(self, step: int) -> None:
        """Scroll by pages."""
        self.action_move(step * max(1, self.visible_line_count - 1))

    def action_end(self, direction: int) -> None:
        """Scroll to the top (-1) or the bottom (1)."""
        self.action_move(direction * self.line_count())

    def on_resize(self) -> None:
        """Keep the scroll position within the lines."""
        self._strip_cache = {}
        self._drawn_rows = []
        self.top_line = max(0, min(self.top_line, self.line_count() - self.visible_line_count))

    def on_focus(self) -> None:
        """Light the title, and draw the cursor as active."""
        self._focus_changed()

    def on_blur(self) -> None:
        """Draw the title and the cursor as inactive."""
        self._focus_changed()

    def _focus_changed(self) -> None:
        self._clear_style_caches()
        self._drawn_rows = []
        self.refresh()

    # Mouse.

    def on_mouse_scroll_down(self, event: MouseScrollDown) -> None:
        """Scroll with the wheel."""
        event.stop()
        self.scroll_to_line(self.top_line + _WHEEL_STEP)

    def on_mouse_scroll_up(self, event: MouseScrollUp) -> None:
        """Scroll with the wheel."""
        event.stop()
        self.scroll_to_line(self.top_line - _WHEEL_STEP)

    @property
    def has_thumb(self) -> bool:
        """Whether there are more lines than fit."""
        return self.line_count() > self.visible_line_count

    def drag_thumb_to(self, y: int) -> None:
        """Scroll so that the thumb is at row `y`."""
        share = (y - self.header_height) / max(1, self.visible_line_count - 1)
        self.scroll_to_line(round(share * (self.line_count() - self.visible_line_count)))

    def on_mouse_move(self, event: MouseMove) -> None:
        """Note the position for the tooltip."""
        self._mouse_position = event.x, event.y

    @property
    def tooltip(self) -> VisualType | None:
        """The tooltip for the line under the mouse."""
        x, y = self._mouse_position
        line_number = self.top_line + y - self.header_height
        text = self.tooltip_at(line_number, x) if self.top_line <= line_number < self.line_count() else None
        return safe_content(text) if text else None

    @tooltip.setter
    def tooltip(self, tooltip: VisualType | None) -> None:
        """Ignore the value: the tooltip depends on the line."""

    def on_click(self, event: Click) -> None:
        """Pass a click to the line under the mouse."""
        if event.x >= self.text_width or self.has_selection:
            return
        header_height = self.header_height
        if event.y < header_height:
            self.header_clicked(event.y, event.x)
            return
        line_number = self.top_line + event.y - header_height
        if line_number < self.line_count():
            is_right_click = event.button == RIGHT_BUTTON or event.ctrl
            handle_click = self.line_right_clicked if is_right_click else self.line_clicked
            handle_click(line_number, event.x)


class CursorView(LineView):
    """A pane with a cursor that keys and clicks move.

    `cursor_callback` runs when the cursor moves. A message would have its effect drawn a frame later.
    """

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self.cursor = 0
        self.cursor_callback: Callable[[], None] | None = None

    def has_cursor(self, line_number: int) -> bool:
        """Return whether the cursor is on line `line_number`."""
        return line_number == self.cursor

    def is_selectable(self, line_number: int) -> bool:
        """Return whether the cursor can be on line `line_number`."""
        return True

    def cursor_moved(self) -> None:
        """Run the callback."""
        if self.cursor_callback is not None:
            self.cursor_callback()

    def move_cursor_to(self, line_number: int, direction: int = 1) -> None:
        """Move the cursor to a line or the next selectable one in `direction`, else in the other direction."""
        line_number = max(0, min(line_number, self.line_count() - 1))
        target = self._next_selectable(line_number, direction)
        if target is None:
            target = self._next_selectable(line_number, -direction)
        if target is None:
            return
        if target != self.cursor:
            self.cursor = target
            self.redraw()
            self.cursor_moved()
        self.scroll_line_into_view(target)

    def _next_selectable(self, line_number: int, direction: int) -> int | None:
        line_numbers = range(line_number, self.line_count() if direction > 0 else -1, direction)
        return next(filter(self.is_selectable, line_numbers), None)

    def scroll_line_into_view(self, line_number: int) -> None:
        """Scroll no further than needed to show line `line_number` and the headings right above it."""
        heading = line_number
        while 0 < heading <= self.line_count() and not self.is_selectable(heading - 1):
            heading -= 1
        super().scroll_line_into_view(heading)
        super().scroll_line_into_view(line_number)

    def action_move(self, step: int) -> None:
        """Move the cursor by lines."""
        self.move_cursor_to(self.cursor + step, 1 if step > 0 else -1)

    def line_clicked(self, line_number: int, x: int) -> None:
        """Move the cursor to the clicked line."""
        if self.is_selectable(line_number):
            self.move_cursor_to(line_number)

    def on_resize(self) -> None:
        """Keep the cursor in sight, unless the whole pane is hidden."""
        super().on_resize()
        if self.size.height:
            self.scroll_line_into_view(self.cursor)


def _fitted(segments: list[Segment], width: int, style: Style) -> list[Segment]:
    """Return segments padded or cut to `width` cells."""
    free_cells = width - sum(segment.cell_length for segment in segments)
    if free_cells < 0:
        return [*Strip(segments).crop(0, width)]
    return [*segments, safe_segment(" " * free_cells, style)] if free_cells else segments


def _true_runs(flags: Iterator[bool]) -> Iterator[tuple[int, int]]:
    """Yield (start, stop) of each run of true values."""
    start: int | None = None
    index = -1
    for index, flag in enumerate(flags):
        if flag and start is None:
            start = index
        elif not flag and start is not None:
            yield start, index
            start = None
    if start is not None:
        yield start, index + 1
