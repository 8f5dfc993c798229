"""Selecting text of a pane with the mouse, as in a terminal without an application: drag, then ctrl+c copies."""

from __future__ import annotations

from typing import ClassVar, NamedTuple

from rich.style import Style
from textual.actions import SkipAction
from textual.binding import Binding, BindingType
from textual.events import MouseDown, MouseMove, MouseUp
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

_LEFT_BUTTON = 1
_SELECTED = Style(reverse=True)


class _Cell(NamedTuple):
    """A position in a pane, in reading order."""

    y: int
    x: int


class SelectablePane(Widget):
    """A pane whose rows can be selected. Subclasses draw their rows through `with_selection`."""

    ALLOW_SELECT = False  # Textual's own way needs the position of each text in its style, which would cost our caches
    #: Whether dragging selects text; where it means something else, a subclass sets this to False.
    SELECTS_TEXT: ClassVar[bool] = True
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+c,super+c", "copy_selection", "copy the selected text", show=False, id="copy-selection"),
    ]

    class CopyRequested(Message):
        """The selected text is to be copied."""

        def __init__(self, text: str) -> None:
            self.text = text
            super().__init__()

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self._anchor: _Cell | None = None  # where the button went down
        self._head: _Cell | None = None  # where the mouse was dragged to
        self._is_button_down = False

    @property
    def has_selection(self) -> bool:
        """Whether text is selected. A click that ends a drag has no other effect."""
        return self._anchor is not None and self._head is not None

    def deselect_text(self) -> None:
        """Select nothing."""
        had_selection, self._anchor, self._head = self.has_selection, None, None
        if had_selection:
            self.refresh()

    def with_selection(self, strip: Strip, y: int) -> Strip:
        """Return a row with its selected cells marked."""
        start, end = self._selected_cells(y, strip.cell_length)
        if start >= end:
            return strip
        before, selected, after = strip.crop(0, start), strip.crop(start, end), strip.crop(end)
        return Strip([*before, *selected.apply_style(_SELECTED), *after])

    def _selected_cells(self, y: int, width: int) -> tuple[int, int]:
        """Return the first selected cell of a row and the one after the last; equal if none is selected."""
        if self._anchor is None or self._head is None:
            return 0, 0
        first, last = sorted((self._anchor, self._head))
        if not first.y <= y <= last.y:
            return 0, 0
        return first.x if y == first.y else 0, min(width, last.x + 1) if y == last.y else width

    @property
    def selected_text(self) -> str:
        """The selected text, without the blanks at the ends of lines."""
        size = self.size
        rows = self.render_lines(Region(0, 0, size.width, size.height))
        lines = [row.crop(*self._selected_cells(y, row.cell_length)).text.rstrip(" ┃") for y, row in enumerate(rows)]
        return "\n".join(lines).strip()

    def on_mouse_down(self, event: MouseDown) -> None:
        """Begin to select."""
        self.deselect_text()
        if self.SELECTS_TEXT and event.button == _LEFT_BUTTON and event.x < self.size.width - 1:
            self._is_button_down = True
            self._anchor = _Cell(event.y, event.x)
            self.capture_mouse()  # what lies over the pane, such as a message, would get the next positions

    def on_mouse_move(self, event: MouseMove) -> None:
        """Select up to the mouse."""
        if not self._is_button_down or self._anchor is None:
            return
        if event.button == _LEFT_BUTTON:
            self._extend_to(event.x, event.y)
        else:  # it was released elsewhere
            self._is_button_down = False
            self.release_mouse()

    def _extend_to(self, x: int, y: int) -> None:
        head = _Cell(max(0, min(y, self.size.height - 1)), max(0, min(x, self.size.width - 2)))
        if self._is_button_down and head != (self._head or self._anchor):
            self._head = head
            self.refresh()

    def on_mouse_up(self, event: MouseUp) -> None:
        """End the selection; it stays until something changes."""
        if self._is_button_down:
            self._extend_to(event.x, event.y)  # of fast moves, only the end may be reported
            self._is_button_down = False
            self.release_mouse()

    def on_blur(self) -> None:
        """Select nothing once the focus is elsewhere."""
        self.deselect_text()

    def action_copy_selection(self) -> None:
        """Copy the selected text. Without one, the key keeps its other meaning."""
        if not self.has_selection:
            raise SkipAction
        self.post_message(self.CopyRequested(self.selected_text))
