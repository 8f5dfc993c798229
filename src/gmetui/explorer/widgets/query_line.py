"""Where a query is typed. What is typed is acted on in the same event, so that line and list change in one frame."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.suggester import Suggester
from textual.widgets import Input

from ...catalog.text import clean


class _Suggestions(Suggester):
    """Shows behind the cursor how a condition could go on; the right arrow takes it."""

    def __init__(self, suggest: Callable[[str], str | None]) -> None:
        super().__init__(use_cache=False, case_sensitive=True)
        self._suggest = suggest

    async def get_suggestion(self, value: str) -> str | None:
        """Return the line that `value` could become."""
        return self._suggest(value)


class QueryLine(Input):
    """An input that calls `on_edit` with each new line.

    `Input.Changed` would come one frame later, when the line has already been painted without its results.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "leave", "to the list", show=False, id="query.down"),
        Binding("enter", "leave", "to the list", show=False, id="query.enter"),
    ]

    def __init__(
        self,
        line: str,
        on_edit: Callable[[str], None],
        on_leave: Callable[[], None],
        suggest: Callable[[str], str | None],
        *,
        id: str | None = None,
    ) -> None:
        self._edited = on_edit
        self._left = on_leave
        self._quiet = True  # until it is mounted
        self._suggest = suggest
        self._suggestions = _Suggestions(suggest)
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
        self.suggester = self._suggestions if self._suggest(value) else None  # it costs a worker for each key
        return value

    def watch_value(self, value: str) -> None:
        """Act on an edit at once."""
        if not self._quiet:
            self._edited(value)

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
        self._left()
