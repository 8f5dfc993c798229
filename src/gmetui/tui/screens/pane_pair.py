"""A list with the page of its row beside it; a narrow screen shows one of them."""

from __future__ import annotations

from textual.screen import Screen
from textual.widget import Widget


class PanePair:
    """Knows which of the two panes is in use. `left_pane` is the list, or what contains it and more."""

    def __init__(self, screen: Screen[None], left_pane: Widget, list_pane: Widget, page: Widget) -> None:
        self._screen = screen
        self._left = left_pane
        self._list_pane = list_pane
        self._page = page
        self._is_reading = False

    @property
    def page_has_focus(self) -> bool:
        """Whether the page has the focus."""
        return self._screen.focused is self._page

    def arrange(self, *, is_narrow: bool) -> None:
        """Show both panes side by side, or the one in use."""
        self._left.display = not is_narrow or not self._is_reading
        self._page.display = not is_narrow or self._is_reading

    def select(self, *, page: bool) -> Widget:
        """Use the page or the list, and return the pane to focus."""
        self._is_reading = page
        return self._page if page else self._list_pane
