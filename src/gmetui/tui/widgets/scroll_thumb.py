"""Scrolling a pane by dragging the thumb of its scrollbar, which is in the last column."""

from __future__ import annotations

from textual.events import MouseDown, MouseMove, MouseUp
from textual.widget import Widget


def thumb_rows(count: int, visible_count: int, top_line: int) -> range:
    """Return the rows that the thumb covers when `visible_count` of `count` lines are in sight, from `top_line` on."""
    if visible_count <= 0 or count <= visible_count:
        return range(0)
    size = max(1, visible_count * visible_count // count)
    start = round((visible_count - size) * top_line / (count - visible_count))
    return range(start, start + size)


class ThumbDragging(Widget):
    """A pane whose thumb can be dragged. Subclasses override `has_thumb` and `drag_thumb_to`."""

    _is_dragging_thumb = False

    @property
    def has_thumb(self) -> bool:
        """Whether there is more than fits."""
        return False

    def drag_thumb_to(self, y: int) -> None:
        """Scroll so that the thumb is at row `y`."""

    def on_mouse_down(self, event: MouseDown) -> None:
        """Start dragging the thumb."""
        if event.x >= self.size.width - 1 and self.has_thumb:
            self._is_dragging_thumb = True
            self.capture_mouse()
            self.drag_thumb_to(event.y)

    def on_mouse_move(self, event: MouseMove) -> None:
        """Drag the thumb."""
        if self._is_dragging_thumb:
            self.drag_thumb_to(event.y)

    def on_mouse_up(self, event: MouseUp) -> None:
        """Stop dragging the thumb."""
        if self._is_dragging_thumb:
            self._is_dragging_thumb = False
            self.release_mouse()
