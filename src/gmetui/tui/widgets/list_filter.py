"""The box above a list that shows only the rows with some words. It filters as one types."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.widgets import Input

from ...search.normalize import fold_word, raw_words
from ...text import sanitize
from ..actions import bindings
from ..contexts import PANES

_MAX_LENGTH = 200  # characters


class ListFilter(Input):
    """Filters a list in place. `text_changed` gets each new text, `focus_list` goes to the list."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings(*PANES["filter"].actions),
        Binding("down", "focus_list", "to the list", show=False, id="filter.down"),
    ]

    def __init__(
        self, placeholder: str, text_changed: Callable[[str], None], focus_list: Callable[[], None], *, id: str
    ) -> None:
        self._text_changed = text_changed
        self._focus_list = focus_list
        super().__init__(placeholder=placeholder, select_on_focus=False, compact=True, max_length=_MAX_LENGTH, id=id)

    def validate_value(self, value: str) -> str:
        """Remove control characters from pasted text."""
        return sanitize(value)

    def watch_value(self, value: str) -> None:
        """Filter at once."""
        if self.is_mounted:
            self._text_changed(value)

    def action_focus_list(self) -> None:
        """Go to the list."""
        self._focus_list()

    def clear_filter(self) -> bool:
        """Show all rows again and go to the list. Return False if there was nothing to clear or leave."""
        if not self.value and not self.has_focus:
            return False
        self.value = ""
        self._focus_list()
        return True


def has_words(names: Iterable[str], text: str) -> bool:
    """Tell whether each word of `text` begins a word of `names`, whatever the case and the accents."""
    words = [fold_word(word) for name in names for word in raw_words(name)]
    return all(any(word.startswith(fold_word(typed)) for word in words) for typed in raw_words(text))
