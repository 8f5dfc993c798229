"""The search box. What is typed is handled in the same event, so that text and list change in one frame."""

from __future__ import annotations

from typing import ClassVar, Protocol

from textual.binding import Binding, BindingType
from textual.suggester import Suggester
from textual.widgets import Input

from ...text import sanitize
from ..actions import bindings
from ..contexts import PANES


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
        Binding("enter", "focus_list", "to the list", show=False, id="query.enter"),
    ]

    def __init__(self, query_text: str, handler: QueryHandler, *, id: str | None = None) -> None:
        self._handler = handler
        self._is_silent = True  # until it is mounted
        self._completions = _Completions(handler)
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

    def validate_value(self, value: str) -> str:
        """Remove control characters from pasted text, and enable completions only if there is one."""
        value = sanitize(value)
        self.suggester = self._completions if self._handler.suggest(value) else None  # a suggester costs a worker a key
        return value

    def watch_value(self, value: str) -> None:
        """Handle an edit at once."""
        if not self._is_silent:
            self._handler.query_typed(value)

    def set_query_text(self, query_text: str) -> None:
        """Show another text without searching for it."""
        if query_text != self.value:
            self._is_silent = True
            with self.prevent(Input.Changed):
                self.value = query_text
            self.cursor_position = len(query_text)
            self._is_silent = False

    def action_focus_list(self) -> None:
        """Go to the list before the next key is read, so that keys typed ahead reach it."""
        self._handler.focus_list()

    def action_later_query(self) -> None:
        """Go from an earlier query to a later one, or to the list."""
        if self._handler.is_browsing_history:
            self._handler.recall_query(1)
        else:
            self._handler.focus_list()

    def action_recall_query(self, step: int) -> None:
        """Show an earlier query."""
        self._handler.recall_query(step)
