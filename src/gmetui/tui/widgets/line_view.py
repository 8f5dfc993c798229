"""What all panes are: lines drawn straight to the screen, with a scroll position and a bar of their own.

No child widgets and no layout: a pane of a million lines draws the ones that are seen. `virtual_size` is not used,
because setting it lays the screen out anew, which costs more than everything else on a key press.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual.binding import BindingType
from textual.color import Color
from textual.content import Content
from textual.events import Click, MouseDown, MouseMove, MouseScrollDown, MouseScrollUp, MouseUp
from textual.filter import LineFilter
from textual.geometry import Region
from textual.strip import Strip
from textual.visual import VisualType
from textual.widget import Widget

from ..actions import bindings
from ..contexts import LINES
from ..rendering.spans import BLANK, Line
from ..rendering.styles import palette

_OTHER = 3  # the number of the right button
_WHEEL = 3  # lines one step of the wheel scrolls
_STRIPS = 2000  # drawn lines that are remembered
#: What one row shows: its line, whether the cursor is on it, whether the bar's thumb is beside it.
_Drawn = tuple[Line, bool, bool]


class LineView(Widget, can_focus=True):
    """A pane of lines. Subclasses give `count`, `line` and, for lines that stay on top, `head`."""

    ALLOW_SELECT = False
    BINDINGS: ClassVar[list[BindingType]] = bindings(*LINES)

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self.top = 0
        self._palette: dict[str, Style] = {}
        self._styles_now: dict[tuple[str, bool], Style] = {}
        self._strips: dict[_Drawn, Strip] = {}
        self._filters: list[tuple[LineFilter, Color]] = []
        self._drawn: list[_Drawn] = []
        self._dragging = False
        self._mouse = 0, 0

    # What a subclass gives.

    def count(self) -> int:
        """Return how many lines scroll."""
        return 0

    def line(self, number: int, width: int) -> Line:
        """Return line `number`."""
        return BLANK

    def head(self, width: int) -> tuple[Line, ...]:
        """Return the lines that stay on top."""
        return ()

    def has_cursor(self, number: int) -> bool:
        """Tell whether the cursor stands on line `number`."""
        return False

    def clicked(self, number: int, x: int) -> None:
        """Act on a click on line `number`."""

    def clicked_aside(self, number: int, x: int) -> None:
        """Act on a click with the other button, or with ctrl, on line `number`."""

    def words_at(self, number: int, x: int) -> str | None:
        """Return more about line `number`, shown while the mouse rests on it."""
        return None

    def head_clicked(self, number: int, x: int) -> None:
        """Act on a click on line `number` of the head."""

    # Drawing.

    @property
    def room(self) -> int:
        """How many lines are seen at once."""
        return max(1, self.size.height - len(self.head(self.text_width)))

    @property
    def text_width(self) -> int:
        """How many cells a line has; the last column is the bar's."""
        return max(1, self.size.width - 1)

    def update(self) -> None:
        """Draw the lines anew that are not what was drawn last; the rest of the screen is left alone."""
        before, width = self._drawn, self.size.width
        now = self._drawn = self._all_drawn()
        if len(before) != len(now):
            self.refresh()
            return
        start: int | None = None
        for y in range(len(now) + 1):
            changed = y < len(now) and now[y] != before[y]
            if changed and start is None:
                start = y
            elif not changed and start is not None:
                self.refresh(Region(0, start, width, y - start))
                start = None

    def render_lines(self, crop: Region) -> list[Strip]:
        """Draw the lines of `crop`. A pane has no border or padding, so the cache for those is passed by."""
        size = self.size
        if len(self._drawn) != size.height:
            self._drawn = self._all_drawn()
        strips = [self._strip_of(self._drawn[y]) for y in crop.line_range if y < len(self._drawn)]
        if crop.x or crop.width < size.width:
            strips = [strip.crop(crop.x, crop.right) for strip in strips]
        return strips

    def _strip_of(self, drawn: _Drawn) -> Strip:
        strip = self._strips.get(drawn)
        if strip is None:
            if len(self._strips) > _STRIPS:
                self._strips.clear()
            strip = self._strip(*drawn)
            if not self._strips:
                self._filters = [(line_filter, self.background_colors[1]) for line_filter in self.get_line_filters()]
            for line_filter, background in self._filters:
                strip = strip.apply_filter(line_filter, background)
            self._strips[drawn] = strip
        return strip

    def _all_drawn(self) -> list[_Drawn]:
        """Return what each row of the pane shows now: its line, whether the cursor and the bar are there."""
        width, height = self.size.width - 1, self.size.height
        count, head = self.count(), self.head(max(1, width))
        room = height - len(head)
        rows: list[_Drawn] = [(line, False, False) for line in head]
        bar = self._bar(count, room)
        for y in range(max(0, room)):
            number = self.top + y
            line = self.line(number, width) if number < count else BLANK
            rows.append((line, self.has_cursor(number), y in bar))
        return rows[:height]

    def _strip(self, line: Line, cursor: bool, bar: bool) -> Strip:
        segments = [Segment(text, self._style(name, cursor)) for text, name in line if text]
        base = self._style("text", cursor)
        end = Segment("┃" if bar else " ", self._style("thumb" if bar else "text", False))
        return Strip([*Strip(segments).adjust_cell_length(self.text_width, base), end])

    def _style(self, name: str, cursor: bool) -> Style:
        style = self._styles_now.get((name, cursor))
        if style is None:
            self._palette = self._palette or palette(self.app.theme_variables)
            style = self.rich_style + self._palette[name]
            if cursor:
                style += self._palette["cursor" if self.has_focus else "cursor-away"]
            self._styles_now[name, cursor] = style
        return style

    def notify_style_update(self) -> None:
        """Forget styles that a theme or the focus has changed."""
        self._palette = {}
        self._restyle()
        super().notify_style_update()

    def _restyle(self) -> None:
        self._styles_now = {}
        self._strips = {}

    def _bar(self, count: int, room: int) -> range:
        """Return the rows that the thumb of the bar covers."""
        if room <= 0 or count <= room:
            return range(0)
        size = max(1, room * room // count)
        start = round((room - size) * self.top / (count - room))
        return range(start, start + size)

    # Scrolling.

    def scroll_top(self, top: int) -> None:
        """Show line `top` first, as far as there are lines."""
        top = max(0, min(top, self.count() - self.room))
        if top != self.top:
            self.top = top
            self.update()

    def show_line(self, number: int) -> None:
        """Scroll as little as it takes to see line `number`."""
        if number < self.top:
            self.scroll_top(number)
        elif number >= self.top + self.room:
            self.scroll_top(number - self.room + 1)

    def action_move(self, step: int) -> None:
        """Scroll by lines."""
        self.scroll_top(self.top + step)

    def action_page(self, step: int) -> None:
        """Scroll by pages."""
        self.action_move(step * max(1, self.room - 1))

    def action_end(self, direction: int) -> None:
        """Scroll to one end."""
        self.action_move(direction * self.count())

    def on_resize(self) -> None:
        """Keep the scroll position within the lines."""
        self._strips = {}
        self._drawn = []
        self.top = max(0, min(self.top, self.count() - self.room))

    def on_focus(self) -> None:
        """Draw the cursor as the one that keys move."""
        self._restyle()
        self.refresh()

    def on_blur(self) -> None:
        """Draw the cursor as one that rests."""
        self._restyle()
        self.refresh()

    # Mouse.

    def on_mouse_scroll_down(self, event: MouseScrollDown) -> None:
        """Scroll with the wheel."""
        event.stop()
        self.scroll_top(self.top + _WHEEL)

    def on_mouse_scroll_up(self, event: MouseScrollUp) -> None:
        """Scroll with the wheel."""
        event.stop()
        self.scroll_top(self.top - _WHEEL)

    def on_mouse_down(self, event: MouseDown) -> None:
        """Take hold of the bar."""
        if event.x >= self.text_width and self.count() > self.room:
            self._dragging = True
            self.capture_mouse()
            self._drag_to(event.y)

    def on_mouse_move(self, event: MouseMove) -> None:
        """Drag the bar; otherwise remember where the mouse is, for what is said about it there."""
        self._mouse = event.x, event.y
        if self._dragging:
            self._drag_to(event.y)

    @property
    def tooltip(self) -> VisualType | None:
        """What is said about the line under the mouse."""
        x, y = self._mouse
        number = self.top + y - len(self.head(self.text_width))
        words = self.words_at(number, x) if self.top <= number < self.count() else None
        return Content(words) if words else None

    @tooltip.setter
    def tooltip(self, tooltip: VisualType | None) -> None:
        """Say nothing: a pane's words depend on the line."""

    def on_mouse_up(self, event: MouseUp) -> None:
        """Let go of the bar."""
        if self._dragging:
            self._dragging = False
            self.release_mouse()

    def _drag_to(self, y: int) -> None:
        share = (y - len(self.head(self.text_width))) / max(1, self.room - 1)
        self.scroll_top(round(share * (self.count() - self.room)))

    def on_click(self, event: Click) -> None:
        """Hand a click to the line it fell on."""
        if event.x >= self.text_width:
            return
        head = len(self.head(self.text_width))
        if event.y < head:
            self.head_clicked(event.y, event.x)
            return
        number = self.top + event.y - head
        if number < self.count():
            act = self.clicked_aside if event.button == _OTHER or event.ctrl else self.clicked
            act(number, event.x)


class CursorView(LineView):
    """A pane with a cursor that keys and clicks move.

    `on_moved` is called when it has moved. A message would do, but what follows would be drawn a frame later.
    """

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self.cursor = 0
        self.on_moved: Callable[[], None] | None = None

    def has_cursor(self, number: int) -> bool:
        """Tell whether the cursor stands on line `number`."""
        return number == self.cursor

    def choosable(self, number: int) -> bool:
        """Tell whether the cursor may stand on line `number`."""
        return True

    def moved(self) -> None:
        """Say that the cursor has moved."""
        if self.on_moved is not None:
            self.on_moved()

    def move_to(self, number: int, direction: int = 1) -> None:
        """Put the cursor on line `number`, or the nearest one in `direction`, else back, that can be chosen."""
        number = max(0, min(number, self.count() - 1))
        place = self._choosable_from(number, direction)
        if place is None:
            place = self._choosable_from(number, -direction)
        if place is None:
            return
        if place != self.cursor:
            self.cursor = place
            self.update()
            self.moved()
        self.show_line(place)

    def _choosable_from(self, number: int, direction: int) -> int | None:
        count = self.count()
        while 0 <= number < count:
            if self.choosable(number):
                return number
            number += direction
        return None

    def show_line(self, number: int) -> None:
        """Scroll as little as it takes to see line `number` and the headings right above it."""
        heading = number
        while 0 < heading <= self.count() and not self.choosable(heading - 1):
            heading -= 1
        super().show_line(heading)
        super().show_line(number)

    def action_move(self, step: int) -> None:
        """Move the cursor by lines."""
        self.move_to(self.cursor + step, 1 if step > 0 else -1)

    def clicked(self, number: int, x: int) -> None:
        """Put the cursor where the click fell."""
        if self.choosable(number):
            self.move_to(number)

    def on_resize(self) -> None:
        """Keep the cursor in sight."""
        super().on_resize()
        self.show_line(self.cursor)
