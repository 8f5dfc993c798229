"""A list of options that is filtered by typing, on top of Textual's OptionList."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from rich.cells import cell_len
from rich.style import Style as RichStyle
from textual.css.styles import RulesMap
from textual.events import Click
from textual.message import Message
from textual.strip import Strip
from textual.style import Style
from textual.visual import RenderOptions, Visual
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from ...search.normalize import fold_word, raw_words
from ..rendering.spans import StyledLine, fit
from ..rendering.styles import build_styles
from ..safe_text import safe_segment
from .line_view import RIGHT_BUTTON

SIGN_WIDTH = 3


class ListOption(NamedTuple):
    """An option: a key for the program, a label, a detail on the right, a sign on the left, and names to find it by."""

    key: str
    label: str
    detail: str = ""
    sign: str = " "
    aliases: tuple[str, ...] = ()


def matching_options(options: Sequence[ListOption], text: str) -> list[ListOption]:
    """Return the options that have every typed word or its beginning.

    First comes the one with just these words as its label, then those with all of them in their label, then in any of
    their names; then those whose label begins with the first word, then the others.
    """
    prefixes = _folded_words(text)
    if not prefixes:
        return list(options)
    by_rank: tuple[list[ListOption], ...] = ([], [], [], [], [])
    for option in options:
        label_words = _folded_words(option.label)
        words = [*label_words, *(word for name in option.aliases for word in _folded_words(name))]
        if all(any(word.startswith(prefix) for word in words) for prefix in prefixes):
            ranks = (
                label_words == prefixes,
                all(prefix in label_words for prefix in prefixes),
                all(prefix in words for prefix in prefixes),
                words[0].startswith(prefixes[0]),
                True,
            )
            by_rank[ranks.index(True)].append(option)
    return [option for options_of_rank in by_rank for option in options_of_rank]


@lru_cache(maxsize=50_000)
def _folded_words(name: str) -> tuple[str, ...]:
    return tuple(map(fold_word, raw_words(name)))


class FilteredOptionList(OptionList, can_focus=False):
    """Options that match a text. The input above it keeps the focus and moves the highlight."""

    DEFAULT_CSS = """
    FilteredOptionList {
        border: none;
        padding: 0;
        scrollbar-size-vertical: 1;
        & > .option-list--option { padding: 0; }
        & > .option-list--option-highlighted {
            color: $foreground;
            background: $secondary 60%;
            text-style: bold;
        }
    }
    """

    class Chosen(Message):
        """An option was chosen; `alternate` tells whether by the right mouse button or the key for the other choice."""

        def __init__(self, option: ListOption, *, alternate: bool) -> None:
            self.option = option
            self.alternate = alternate
            super().__init__()

    def __init__(
        self,
        load_options: Callable[[], Sequence[ListOption]],
        search_more: Callable[[str], Sequence[ListOption]] | None = None,
        *,
        empty_text: str = "No matches.",
        has_right_click: bool = False,
        id: str | None = None,
    ) -> None:
        """Show what `load_options` returns, filtered by a text, and below it what `search_more` returns for it.

        `empty_text` stands there if there are no options at all. The right mouse button makes the alternate choice with
        `has_right_click`, or else does nothing.
        """
        super().__init__(id=id)
        self._empty_text = empty_text
        self._has_right_click = has_right_click
        self._load_options = load_options
        self._search_more = search_more
        self._filter_text = ""
        self._text_styles: dict[str, RichStyle] = {}
        self.all_options = list(load_options())
        self.visible_options: list[ListOption] = []
        self._show_matching()

    @property
    def chosen_option(self) -> ListOption | None:
        """The highlighted option."""
        index = self.highlighted
        return self.visible_options[index] if index is not None and self.visible_options else None

    @property
    def text_styles(self) -> Mapping[str, RichStyle]:
        """The styles of spans in the current theme."""
        self._text_styles = self._text_styles or build_styles(self.app.theme_variables)
        return self._text_styles

    def notify_style_update(self) -> None:
        """Drop cached styles after a change of theme."""
        self._text_styles = {}
        super().notify_style_update()

    def filter(self, text: str) -> None:
        """Show the options that match a text."""
        self._filter_text = text
        self._show_matching()

    def reload(self) -> None:
        """Load the options again. Known ones keep their order, and the highlight its row."""
        positions = {option.key: index for index, option in enumerate(self.all_options)}
        options = self._load_options()
        self.all_options = sorted(options, key=lambda option: positions.get(option.key, len(positions)))
        highlighted, scroll_y = self.highlighted, self.scroll_y
        self._show_matching()
        if self.visible_options:
            self.highlighted = highlighted or 0
            self.scroll_to(y=scroll_y, animate=False, immediate=True)

    def _show_matching(self) -> None:
        self.visible_options = matching_options(self.all_options, self._filter_text)
        if self._search_more is not None and self._filter_text.strip():
            keys = {option.key for option in self.visible_options}
            others = self._search_more(self._filter_text)
            self.visible_options += (option for option in others if option.key not in keys)
        if self.visible_options:
            self.set_options(Option(_OptionRow(option, self)) for option in self.visible_options)
            self.highlighted = 0
        else:
            message = "No matches." if self.all_options or self._filter_text.strip() else self._empty_text
            self.set_options([Option(_OptionRow(ListOption("", message), self), disabled=True)])

    def highlight_key(self, key: str) -> None:
        """Move the highlight to the option of a key, if it is visible."""
        index = next((index for index, option in enumerate(self.visible_options) if option.key == key), None)
        if index is not None and key:
            self.highlighted = index

    def choose(self, *, alternate: bool) -> None:
        """Choose the highlighted option."""
        if self.chosen_option is not None:
            self.post_message(self.Chosen(self.chosen_option, alternate=alternate))

    def action_move(self, step: int) -> None:
        """Move the highlight by options, not beyond the ends."""
        if self.visible_options and self.highlighted is not None:
            self.highlighted = max(0, min(self.highlighted + step, len(self.visible_options) - 1))

    def action_page(self, step: int) -> None:
        """Move the highlight by pages."""
        self.action_move(step * max(1, self.size.height - 1))

    def on_click(self, event: Click) -> None:
        """Choose the clicked option. Textual's own handler doesn't tell the mouse buttons apart."""
        event.prevent_default()
        index = event.style.meta.get("option")
        is_alternate = event.button == RIGHT_BUTTON or event.ctrl
        if index is not None and self.visible_options and (self._has_right_click or not is_alternate):
            self.highlighted = index
            self.choose(alternate=is_alternate)


class _OptionRow(Visual):
    """Draws an option on one line: sign, label and, on the right, its detail."""

    def __init__(self, option: ListOption, option_list: FilteredOptionList) -> None:
        self._option = option
        self._option_list = option_list

    def render_strips(self, width: int, height: int | None, style: Style, options: RenderOptions) -> list[Strip]:
        text_styles = self._option_list.text_styles
        spans = [(text, style.rich_style + text_styles[name]) for text, name in self._line(width)]
        return [Strip([safe_segment(text, text_style) for text, text_style in spans]).adjust_cell_length(width)]

    def _line(self, width: int) -> StyledLine:
        option = self._option
        detail = f" {option.detail} "
        detail_width = cell_len(detail)
        if SIGN_WIDTH + cell_len(option.label) + detail_width > width:  # the label is more important
            detail_width = max(min(detail_width, width // 3), width - SIGN_WIDTH - cell_len(option.label))
            detail = fit(detail, detail_width)
        label_width = width - SIGN_WIDTH - detail_width
        label_style = "text" if option.key or option.detail else "muted"
        return (
            (f" {option.sign} ", "warning" if option.sign == "−" else "tick"),
            (fit(option.label, label_width), label_style),
            (detail, "muted"),
        )

    def get_optimal_width(self, rules: RulesMap, container_width: int) -> int:
        return container_width

    def get_height(self, rules: RulesMap, width: int) -> int:
        return 1
