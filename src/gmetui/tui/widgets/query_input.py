"""Where a query is typed. What is typed is acted on in the same event, so that line and list change in one frame."""

from __future__ import annotations

from typing import ClassVar, Protocol

from textual.binding import Binding, BindingType
from textual.suggester import Suggester
from textual.widgets import Input

from ...text import clean
from ..actions import bindings
from ..contexts import PANES


class Asker(Protocol):
    """Who acts on what is typed."""

    @property
    def turning(self) -> bool:
        """Whether an earlier query was brought back."""

    def typed(self, line: str) -> None:
        """Search for what the line says now."""

    def completed(self, line: str) -> str | None:
        """Return how the line could go on."""

    def action_asked(self, step: int) -> None:
        """Bring back an earlier query, or go on to a later one."""

    def to_list(self) -> None:
        """Go to the list."""


class _Suggestions(Suggester):
    """Shows behind the cursor how a condition could go on; the right arrow takes it."""

    def __init__(self, asker: Asker) -> None:
        super().__init__(use_cache=False, case_sensitive=True)
        self._asker = asker

    async def get_suggestion(self, value: str) -> str | None:
        """Return the line that `value` could become."""
        return self._asker.completed(value)


class QueryLine(Input):
    """An input that tells its asker each new line.

    `Input.Changed` would come one frame later, when the line has already been painted without its results.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings(*PANES["query"].own),
        Binding("down", "later", "to the list", show=False, id="query.down"),
        Binding("enter", "leave", "to the list", show=False, id="query.enter"),
    ]

    def __init__(self, line: str, asker: Asker, *, id: str | None = None) -> None:
        self._asker = asker
        self._quiet = True  # until it is mounted
        self._suggestions = _Suggestions(asker)
        super().__init__(
            line,
            placeholder="cards tufts, kind:residency, no:visa …",
            select_on_focus=False,
            compact=True,
            id=id,
        )

    def on_mount(self) -> None:
        """Begin to act on edits."""
        self._quiet = False

    def validate_value(self, value: str) -> str:
        """Keep what was pasted from acting on the terminal, and suggest only where there is something to suggest."""
        value = clean(value)
        self.suggester = self._suggestions if self._asker.completed(value) else None  # it costs a worker for each key
        return value

    def watch_value(self, value: str) -> None:
        """Act on an edit at once."""
        if not self._quiet:
            self._asker.typed(value)

    def show(self, line: str) -> None:
        """Show another line without acting on it."""
        if line != self.value:
            self._quiet = True
            with self.prevent(Input.Changed):
                self.value = line
            self.cursor_position = len(line)
            self._quiet = False

    def action_leave(self) -> None:
        """Go on to the list, before the next key is read: keys typed ahead must find it."""
        self._asker.to_list()

    def action_later(self) -> None:
        """Go on to the list, or from an earlier query to a later one."""
        if self._asker.turning:
            self._asker.action_asked(1)
        else:
            self._asker.to_list()

    def action_asked(self, step: int) -> None:
        """Bring back what was asked before."""
        self._asker.action_asked(step)
