"""What the screens with a list and the page of its row have in common: the filter, the focus, and the way back."""

from __future__ import annotations

from collections.abc import Callable

from textual.widget import Widget

from ..context import AppContext
from ..widgets.list_filter import ListFilter
from .base_screen import BaseScreen


class ListScreen(BaseScreen):
    """A list with a filter above it and a page beside it; while the page is read, it has the screen to itself.

    `left_pane` is the list, or what contains it and more. `show_matches` filters the list by a text.
    """

    def __init__(
        self,
        context: AppContext,
        screen_name: str,
        panes: tuple[Widget, Widget, Widget],
        show_matches: Callable[[str], None],
        filter_hint: str,
    ) -> None:
        """Create a screen of `panes`: the left pane, the list in it, and the page."""
        super().__init__(context, screen_name)
        self._left_pane, self._list_pane, self._page = panes
        self._uses_page = False
        self.is_reading = False  # at full width
        self.filter = ListFilter(filter_hint, show_matches, self._focus_list, id="filter")

    @property
    def page_has_focus(self) -> bool:
        """Whether the page has the focus."""
        return self.focused is self._page

    def arrange_panes(self) -> None:
        """Show the list and the page side by side, or the one in use."""
        self._left_pane.display = not (self._uses_page and (self.is_narrow or self.is_reading))
        self._page.display = not self.is_narrow or self._uses_page

    def focus_pane(self, pane_id: str) -> None:
        """Go to the filter, the list or the page."""
        pane = {"filter": self.filter, self._page.id: self._page}.get(pane_id, self._list_pane)
        self._uses_page = pane is self._page
        self.is_reading = self.is_reading and self._uses_page
        self.arrange_panes()
        self.set_focus(pane)

    def open_page(self, key: str, section: str = "") -> None:
        """Put the cursor on a row and read its page, from a section on, as soon as the screen is laid out."""
        self.restore(key)
        self.call_after_refresh(self.read_page)
        if section:  # its line is known once the page has the width at which it is read
            self.call_after_refresh(self.call_after_refresh, self.show_section, section)

    def read_page(self) -> None:
        """Read the page at full width."""
        self.is_reading = True
        self.focus_pane(self._page.id or "")

    def _focus_list(self) -> None:
        self.set_focus(self._list_pane)

    def clear_list(self) -> bool:
        """Return the list to how it looks at first. Return False if it does already."""
        return self.filter.clear_filter()

    def action_filter_list(self) -> None:
        """Go to the filter of the list."""
        self.focus_pane("filter")

    def action_next_pane(self, step: int) -> None:
        """Go to the other pane."""
        self.focus_pane(("list" if self.page_has_focus else self._page.id) or "")

    def action_back(self) -> None:
        """Go back one level: from the page to the list, to all of its rows, and to the Explore screen."""
        if self.page_has_focus:
            self.focus_pane("list")
        elif not self.clear_list():
            self.context.action_open_screen("explore")
