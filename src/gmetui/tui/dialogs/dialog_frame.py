"""The frame of every dialog: title and × in the upper border, and in the lower one its keys, which can be clicked."""

from __future__ import annotations

from collections.abc import Mapping

from rich.cells import cell_len
from textual.containers import Vertical
from textual.content import Content
from textual.events import Click
from textual.message import Message

from ..rendering.spans import fit
from ..safe_text import safe_line

CLOSE_SIGN = "×"
_HINT_GAP = " · "
_BORDER_MARGIN = 3  # cells of a corner, a piece of line, and a blank
_CLOSE_WIDTH = 6  # cells from the right edge in which a click closes the dialog
#: The keys that a hint may begin with, by what is written on screen.
_HINT_KEYS: Mapping[str, str] = {
    "esc": "escape",
    "enter": "enter",
    "tab": "tab",
    "ctrl+s": "ctrl+s",
    "ctrl+e": "ctrl+e",
    "ctrl+x": "ctrl+x",
}


class DialogFrame(Vertical):
    """The content of a dialog in a border.

    `hints` says which keys do what: "enter saves · esc cancels". A click on a hint presses its key.
    """

    DEFAULT_CSS = """
    DialogFrame {
        width: 76;
        max-width: 96%;
        height: auto;
        max-height: 100%;
        background: $surface;
        border: round $secondary;
        border-subtitle-color: $foreground;
    }
    """

    class CloseClicked(Message):
        """The × was clicked."""

    class KeyClicked(Message):
        """A hint was clicked; `key` is the name of its key."""

        def __init__(self, key: str) -> None:
            self.key = key
            super().__init__()

    def __init__(self, title: str, hints: str, *, id: str, classes: str = "") -> None:
        super().__init__(id=id, classes=classes)
        self.title = title
        self._hints = hints
        self.border_subtitle = _hint_line(hints)

    def set_title(self, title: str) -> None:
        """Show another title."""
        self.title = title
        self._show_title()

    def on_resize(self) -> None:
        """Fit the title to the width."""
        self._show_title()

    def _show_title(self) -> None:
        width = self.outer_size.width - 2 * _BORDER_MARGIN
        title = fit(self.title, min(cell_len(self.title), width - len(CLOSE_SIGN) - 2))
        line = "─" * (width - cell_len(title) - len(CLOSE_SIGN) - 2)
        self.border_title = safe_line(
            ((title, "bold $foreground"), (f" {line} ", "$secondary"), (CLOSE_SIGN, "bold $accent"))
        )

    def on_click(self, event: Click) -> None:
        """Close the dialog or press a key, if the click was on the border."""
        width, height = self.outer_size
        x, y = event.screen_x - self.region.x, event.screen_y - self.region.y
        if y == 0 and x >= width - _CLOSE_WIDTH:
            event.stop()
            self.post_message(self.CloseClicked())
        elif y == height - 1:
            event.stop()
            key = _key_at(self._hints, x - (width - _BORDER_MARGIN - cell_len(self._hints)))
            if key:
                self.post_message(self.KeyClicked(key))


def _hint_line(hints: str) -> Content:
    """Return the hints with their keys in the color of keys."""
    spans: list[tuple[str, str]] = []
    for hint in hints.split(_HINT_GAP):
        key_label, _, description = hint.partition(" ")
        is_key = key_label in _HINT_KEYS
        spans += [(_HINT_GAP, "$foreground 65%")] if spans else []
        spans += [(key_label, "$accent" if is_key else "$foreground 65%"), (f" {description}", "$foreground 65%")]
    return safe_line(spans)


def _key_at(hints: str, x: int) -> str | None:
    """Return the key of the hint at a position in the hints, or None."""
    start = 0
    for hint in hints.split(_HINT_GAP):
        end = start + cell_len(hint)
        if start <= x < end:
            return _HINT_KEYS.get(hint.partition(" ")[0])
        start = end + len(_HINT_GAP)
    return None
