"""The search box: the prompt and the input, with a border on tall screens."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.widgets import Label

from ...text import plural
from ..safe_text import safe_content
from ..widgets.query_input import QueryInput


class SearchBox(Horizontal):
    """Says how many programs there are to search. Its height depends on the screen alone, so that nothing moves."""

    def __init__(self, query_input: QueryInput) -> None:
        super().__init__(id="search")
        self._query_input = query_input

    def compose(self) -> ComposeResult:
        """Lay out the box."""
        yield Label(" › ", id="prompt", markup=False)
        yield self._query_input

    def show_total(self, program_count: int) -> None:
        """Show how many programs there are."""
        self.border_title = safe_content(f"Search {plural(program_count, 'program')}")
