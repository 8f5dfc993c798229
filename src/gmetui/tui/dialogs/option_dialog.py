"""A dialog to choose from a list that is filtered by typing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import ClassVar

from rich.cells import cell_len
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Input, OptionList

from ...text import sanitize
from ..widgets.option_list import SIGN_WIDTH, FilteredOptionList, ListOption
from .dialog import Dialog
from .dialog_frame import DialogFrame
from .dismissal import close_dialog, is_on_top

_MIN_WIDTH, _SEARCH_WIDTH, _MAX_WIDTH = 40, 76, 100  # cells; the second is for options that are yet to be found
_MAX_ROWS = 18
_SHORT = 5  # options
_FRAME_WIDTH, _FRAME_HEIGHT = 6, 3  # cells of the border, the blanks and the scroll bar; of the border and the input
_TITLE_MARGIN = 10  # cells beside the title, with the ×
_GAP = 2  # cells between a label and its detail


class OptionDialog(Dialog):
    """Options below an input that filters them. It is as large as its options, up to a limit.

    It shows what `load_options` returns, and below it what `search_more` returns for the typed text; `min_rows` leaves
    room for that. `on_choice` gets the chosen option, `on_alternate` the one chosen with ctrl+x, or by a right click
    if `has_right_click`; without it both do the same. `on_highlight` gets each option that the cursor moves to,
    and `on_cancel` is called if the dialog is closed without a choice. With `keep_open`, the dialog stays and loads its
    options again. The cursor starts at the option of `start_key`.
    """

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
        on_highlight: Callable[[ListOption], None] | None = None,
        on_cancel: Callable[[], None] | None = None,
        keep_open: bool = False,
        search_more: Callable[[str], Sequence[ListOption]] | None = None,
        placeholder: str = "type to find",
        empty_text: str = "No matches.",
        start_key: str = "",
        min_rows: int = 0,
        is_wide: bool = False,
        has_right_click: bool = False,
    ) -> None:
        super().__init__()
        self._title = title
        self._footer = footer
        self._load_options = load_options
        self._on_choice = on_choice
        self._on_alternate = on_alternate or on_choice
        self._on_highlight = on_highlight
        self._on_cancel = on_cancel
        self._keep_open = keep_open
        self._search_more = search_more
        self._placeholder = placeholder
        self._empty_text = empty_text
        self._start_key = start_key
        self._min_rows = min_rows
        self._is_wide = is_wide
        self._has_right_click = has_right_click
        self._fitted_width, self._fitted_height = 0, 0

    def compose(self) -> ComposeResult:
        """Show the input above the list."""
        with DialogFrame(self._title, self._footer, id="picker", classes="-wide" if self._is_wide else ""):
            yield Input(placeholder=self._placeholder, compact=True, id="filter")
            yield FilteredOptionList(
                self._load_options,
                self._search_more,
                empty_text=self._empty_text,
                has_right_click=self._has_right_click,
                id="options",
            )

    def on_mount(self) -> None:
        """Fit the dialog to its options."""
        self.query_one("#filter").set_class(self._is_short, "-hidden")
        self._fit()
        self.options.highlight_key(self._start_key)

    @property
    def options(self) -> FilteredOptionList:
        """The list."""
        return self.query_one(FilteredOptionList)

    @property
    def _is_short(self) -> bool:
        """Whether there are so few options that nobody needs to find one by typing."""
        return self._search_more is None and len(self.options.all_options) <= _SHORT

    def _fit(self) -> None:
        """Make the dialog as large as its options; it only grows, so that it doesn't jump."""
        if self._is_wide:
            return
        frame, options = self.query_one("#picker"), self.options.all_options
        row_count = len(options) + (self._search_more is not None)  # it may find one more
        rows = max(1, self._min_rows, min(row_count, _MAX_ROWS))
        border_width = max(cell_len(self._title) + _TITLE_MARGIN, cell_len(self._footer) + _FRAME_WIDTH)
        min_width = _SEARCH_WIDTH if self._min_rows else _MIN_WIDTH
        width = max(_content_width(options or (ListOption("", self._empty_text),)), border_width, min_width)
        self._fitted_height = max(rows + _FRAME_HEIGHT - self._is_short, self._fitted_height)
        self._fitted_width = max(min(width, _MAX_WIDTH), self._fitted_width)
        frame.styles.height, frame.styles.width = self._fitted_height, self._fitted_width

    def reload(self) -> None:
        """Load the options again, unless the dialog was closed meanwhile."""
        if self.is_attached:
            self.options.reload()
            self._fit()

    def set_filter(self, filter_text: str) -> None:
        """Write a text into the input."""
        filter_input = self.query_one("#filter", Input)
        filter_input.value = filter_text
        filter_input.action_end()

    @on(Input.Changed)
    def _filter(self, event: Input.Changed) -> None:
        event.input.set_class(self._is_short and not event.value, "-hidden")
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

    @on(OptionList.OptionHighlighted)
    def _highlighted(self) -> None:
        option = self.options.chosen_option
        if self._on_highlight is not None and option is not None and is_on_top(self):
            self._on_highlight(option)

    def action_move(self, step: int) -> None:
        """Move the cursor by lines."""
        self.options.action_move(step)

    def action_page(self, step: int) -> None:
        """Move the cursor by pages."""
        self.options.action_page(step)

    def action_close(self) -> None:
        """Close without a choice."""
        if close_dialog(self) and self._on_cancel is not None:
            self._on_cancel()


def _content_width(options: Iterable[ListOption]) -> int:
    """Return the width of a dialog in which all options can be read."""
    widths = (cell_len(option.label) + (cell_len(option.detail) + _GAP if option.detail else 0) for option in options)
    return max(widths, default=0) + SIGN_WIDTH + _FRAME_WIDTH
