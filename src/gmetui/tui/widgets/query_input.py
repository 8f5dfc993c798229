"""The search box. What is typed is handled in the same event, so that text and list change in one frame."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, ClassVar, Protocol

from textual.binding import Binding, BindingType
from textual.events import Key, Paste
from textual.geometry import Region
from textual.suggester import Suggester
from textual.widgets import Input

from ...text import sanitize
from ..actions import bindings
from ..contexts import PANES
from ..delayed_call import DelayedCall

if TYPE_CHECKING:
    from typing import Self

_MAX_LENGTH = 5_000  # characters of a query
_SLOW_SEARCH = 0.05  # seconds; a search that takes longer is not repeated for each key
_SEARCH_DELAY = 0.15  # seconds


class QueryHandler(Protocol):
    """What handles the text in the search box."""

    @property
    def is_browsing_history(self) -> bool:
        """Whether an earlier query is shown."""

    def query_typed(self, text: str) -> None:
        """Search for a new text."""

    def suggest(self, text: str) -> str | None:
        """Return a completion of the text, or None."""

    def recall_query(self, step: int) -> None:
        """Show an earlier query (-1) or a later one (1)."""

    def focus_list(self) -> None:
        """Go to the list of programs."""

    def accept(self) -> None:
        """Go to the list of programs, or search for what a query with a mistake was meant for."""


class _Completions(Suggester):
    """Offers a completion of the query in gray; the right arrow accepts it."""

    def __init__(self, handler: QueryHandler) -> None:
        super().__init__(use_cache=False, case_sensitive=True)
        self._handler = handler

    async def get_suggestion(self, value: str) -> str | None:
        """Return the completion of `value`."""
        return self._handler.suggest(value)


class QueryInput(Input):
    """An input that passes each new text to its handler at once.

    A handler of `Input.Changed` would run one frame later, after the text had been painted without its results.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings(*PANES["query"].actions),
        Binding("down", "later_query", "to the list", show=False, id="query.down"),
    ]

    def __init__(self, query_text: str, handler: QueryHandler, *, id: str | None = None) -> None:
        self._handler = handler
        self._is_silent = True  # until it is mounted
        self._completions = _Completions(handler)
        self._search_time = 0.0  # seconds, of the last search
        self._slow_search = DelayedCall(self, _SEARCH_DELAY, self._search)
        self._initial_text = query_text  # an Input can be given a value only once there is a screen
        super().__init__(
            placeholder="cards tufts, kind:residency, no:visa …",
            select_on_focus=False,
            compact=True,
            id=id,
        )

    def on_mount(self) -> None:
        """Show the initial text and start handling edits."""
        self.set_query_text(self._initial_text)
        self._is_silent = False

    def refresh(self, *regions: Region, repaint: bool = True, layout: bool = False, recompose: bool = False) -> Self:
        """Draw anew. The size never depends on the text, although an `Input` lays out the whole screen for each key."""
        return super().refresh(*regions, repaint=repaint, layout=layout and not self.is_mounted, recompose=recompose)

    def validate_value(self, value: str) -> str:
        """Remove control characters from pasted text, and enable completions only if there is one."""
        if len(value) > _MAX_LENGTH:
            value = value[:_MAX_LENGTH]
            self.app.notify(f"Searching for the first {_MAX_LENGTH:,} characters.", severity="warning", markup=False)
        value = sanitize(value)
        self.suggester = self._completions if self._handler.suggest(value) else None  # a suggester costs a worker a key
        return value

    async def _on_key(self, event: Key) -> None:
        """Open the help by the key that opens it elsewhere, while there is nothing to add it to."""
        if event.character == "?" and not self.value:
            event.stop()
            event.prevent_default()
            await self.run_action("app.show_dialog('help')")

    def _on_paste(self, event: Paste) -> None:
        """Paste several lines as one. Textual would drop all but the first."""
        line = " ".join(filter(None, map(str.strip, event.text.splitlines())))
        super()._on_paste(Paste(line))
        event.stop()
        event.prevent_default()

    def watch_value(self, value: str) -> None:
        """Handle an edit at once, unless the last one took long: then once for everything typed meanwhile."""
        if self._is_silent:
            return
        if self._search_time > _SLOW_SEARCH:
            self._slow_search.request()
        else:
            self._search()

    def _search(self) -> None:
        start = time.perf_counter()
        self._handler.query_typed(self.value)
        self._search_time = time.perf_counter() - start

    def apply_typed(self) -> None:
        """Handle edits that wait for it."""
        self._slow_search.flush()

    def set_query_text(self, query_text: str) -> None:
        """Show another text without searching for it."""
        self._slow_search.cancel()
        if query_text != self.value:
            self._is_silent = True
            with self.prevent(Input.Changed):
                self.value = query_text
            self.cursor_position = len(query_text)
            self._is_silent = False

    def action_focus_list(self) -> None:
        """Go to the list before the next key is read, so that keys typed ahead reach it; or correct a mistake."""
        self.apply_typed()
        self._handler.accept()

    def action_later_query(self) -> None:
        """Go from an earlier query to a later one, or to the list."""
        self.apply_typed()
        if self._handler.is_browsing_history:
            self._handler.recall_query(1)
        else:
            self._handler.focus_list()

    def action_recall_query(self, step: int) -> None:
        """Show an earlier query."""
        self.apply_typed()
        self._handler.recall_query(step)
