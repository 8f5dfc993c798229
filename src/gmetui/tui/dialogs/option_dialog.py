"""A dialog to choose from a list that is filtered by typing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input

from ...text import sanitize
from ..safe_text import safe_content
from ..widgets.option_list import FilteredOptionList, ListOption
from .dismissal import close_dialog, is_on_top


class OptionDialog(ModalScreen[None]):
    """Options below an input that filters them.

    The choice goes to a callback and is not the result of the screen: Textual drops the result of a dialog that is
    opened while another one is being dismissed.
    """

    CSS_PATH = "dialogs.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "close", "close", id="options.close"),
        Binding("down,ctrl+n", "move(1)", "down", priority=True, id="options.down"),
        Binding("up,ctrl+p", "move(-1)", "up", priority=True, id="options.up"),
        Binding("pagedown", "page(1)", "page down", priority=True, id="options.page-down"),
        Binding("pageup", "page(-1)", "page up", priority=True, id="options.page-up"),
        Binding("ctrl+x", "choose_alternate", "the alternate choice", priority=True, id="options.alternate"),
    ]

    def __init__(
        self,
        title: str,
        footer: str,
        load_options: Callable[[], Sequence[ListOption]],
        on_choice: Callable[[ListOption], None],
        *,
        on_alternate: Callable[[ListOption], None] | None = None,
        keep_open: bool = False,
        search_more: Callable[[str], Sequence[ListOption]] | None = None,
        is_wide: bool = False,
    ) -> None:
        """Show what `load_options` returns, and below it what `search_more` returns for the typed text.

        `on_choice` gets the chosen option, `on_alternate` the one chosen with ctrl+x or the right mouse button; without
        it both do the same. With `keep_open`, the dialog stays and loads its options again.
        """
        super().__init__()
        self._title = title
        self._footer = footer
        self._load_options = load_options
        self._on_choice = on_choice
        self._on_alternate = on_alternate or on_choice
        self._keep_open = keep_open
        self._search_more = search_more
        self._is_wide = is_wide

    def compose(self) -> ComposeResult:
        """Show the input above the list."""
        with Vertical(id="picker", classes="-wide" if self._is_wide else "") as frame:
            frame.border_title = safe_content(self._title)
            frame.border_subtitle = safe_content(self._footer)
            yield Input(placeholder="type to find", compact=True, id="filter")
            yield FilteredOptionList(self._load_options, self._search_more, id="options")

    @property
    def options(self) -> FilteredOptionList:
        """The list."""
        return self.query_one(FilteredOptionList)

    def reload(self) -> None:
        """Load the options again, unless the dialog was closed meanwhile."""
        if self.is_attached:
            self.options.reload()

    def set_filter(self, filter_text: str) -> None:
        """Write a text into the input."""
        filter_input = self.query_one("#filter", Input)
        filter_input.value = filter_text
        filter_input.action_end()

    @on(Input.Changed)
    def _filter(self, event: Input.Changed) -> None:
        self.options.filter(sanitize(event.value))

    @on(Input.Submitted)
    def _choose(self) -> None:
        self.options.choose(alternate=False)

    def action_choose_alternate(self) -> None:
        """Make the alternate choice of the option under the cursor, once earlier keys have filtered the list."""
        self.query_one("#filter").call_later(self.call_later, self.options.choose, alternate=True)

    @on(FilteredOptionList.Chosen)
    def _handle_choice(self, event: FilteredOptionList.Chosen) -> None:
        """Pass on the choice before the next key arrives; that key is meant for what the choice opens."""
        if not (is_on_top(self) if self._keep_open else close_dialog(self)):
            return
        (self._on_alternate if event.alternate else self._on_choice)(event.option)
        if self._keep_open:
            self.reload()

    def action_move(self, step: int) -> None:
        """Move the cursor by lines."""
        self.options.action_move(step)

    def action_page(self, step: int) -> None:
        """Move the cursor by pages."""
        self.options.action_page(step)

    def action_close(self) -> None:
        """Close without a choice."""
        close_dialog(self)
