"""What is on screen until the programs are opened: the first screen as their compiled file holds it."""

from __future__ import annotations

from textual.app import ComposeResult

from ...documents.start_page import StartPage
from ..keymap import KeyMap
from ..widgets.bars import StatusBar
from ..widgets.query_input import QueryInput
from ..widgets.start_view import StartView
from .framed_screen import FramedScreen
from .search_box import SearchBox

_PANE_ID = "query"


class _NoSearch:
    """Handles what is typed before there is anything to search: the Explore screen searches for it."""

    is_browsing_history = False

    def query_typed(self, text: str) -> None:
        """Leave the text in the search box."""

    def suggest(self, text: str) -> str | None:
        """Suggest nothing."""
        return None

    def recall_query(self, step: int) -> None:
        """Recall nothing."""

    def focus_list(self) -> None:
        """Stay in the search box."""

    def accept(self) -> None:
        """Stay in the search box."""


class OpeningScreen(FramedScreen):
    """Looks like the Explore screen, which takes its place. It takes text; other keys wait for that screen.

    It imports no program, no search, and no list, so that it's there in half the time. Without a page, it says that the
    programs are being loaded.
    """

    AUTO_FOCUS = f"#{_PANE_ID}"

    def __init__(self, page: StartPage, key_map: KeyMap, query_text: str) -> None:
        super().__init__("explore", page.data, key_map)
        self.query_input = QueryInput(query_text, _NoSearch(), id=_PANE_ID)
        self._page = page
        self.show_keys_of(_PANE_ID, key_map)

    def compose_panes(self) -> ComposeResult:
        """Lay out what the Explore screen begins with."""
        search_box, status = SearchBox(self.query_input), StatusBar(id="status")
        search_box.show_total(self._page.data.program_count)
        status.show_examples(self._page.examples)
        yield search_box
        yield status
        yield StartView(self._page, id="start")
