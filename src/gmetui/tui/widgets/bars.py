"""One-line bars with parts to click: the search status and the keys of the focused pane."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from textual.content import Content
from textual.events import Click
from textual.message import Message
from textual.style import Style
from textual.widgets import Static

from ..actions import ACTIONS_BY_ID
from ..keymap import KeyMap
from ..rendering.spans import BLANK_LINE, Span, StyledLine, cell_width, fit
from ..rendering.styles import build_styles
from ..safe_text import safe_line

if TYPE_CHECKING:
    from ...search import Results

_MAX_CHIPS = 20  # more fit on no screen
_MAX_CHIP_WIDTH = 30


class Bar(Static):
    """A line of styled text. Subclasses build it for a width, and handle clicks on its spans."""

    DEFAULT_CSS = "Bar { height: 1; text-wrap: nowrap; text-overflow: clip; }"

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._line: StyledLine = BLANK_LINE
        self._styles: dict[str, Style] = {}

    def show_line(self, line: StyledLine) -> None:
        """Show another line."""
        if line != self._line:
            self._line = line
            self.refresh()

    def get_line(self, width: int) -> StyledLine:
        """Return the line for a width."""
        return self._line

    def span_clicked(self, index: int) -> None:
        """Handle a click on a span of the line."""

    def render(self) -> Content:
        """Return the line as Textual content."""
        if not self._styles:
            rich_styles = build_styles(self.app.theme_variables)
            self._styles = {name: Style.from_rich_style(style) for name, style in rich_styles.items()}
        return safe_line((text, self._styles[name]) for text, name in self.get_line(self.size.width))

    def notify_style_update(self) -> None:
        """Drop cached styles after a change of theme."""
        self._styles = {}
        super().notify_style_update()

    def _span_at(self, x: int) -> int | None:
        end = 0
        for index, span in enumerate(self.get_line(self.size.width)):
            end += cell_width((span,))
            if x < end:
                return index
        return None

    def on_click(self, event: Click) -> None:
        """Pass a click to the span under the mouse."""
        index = self._span_at(event.x)
        if index is not None:
            self.span_clicked(index)


class StatusBar(Bar):
    """A chip for each term of the query, the sort order, and warnings; or searches to try while there is no query."""

    class ChipClosed(Message):
        """A chip was clicked: its clause is to be removed from the query."""

        def __init__(self, clause_index: int) -> None:
            self.clause_index = clause_index
            super().__init__()

    class ExampleSelected(Message):
        """One of the searches to try was clicked."""

        def __init__(self, query_text: str) -> None:
            self.query_text = query_text
            super().__init__()

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._results: Results | None = None
        self._examples: Sequence[str] = ()

    def show_results(self, results: Results) -> None:
        """Show the status of other results."""
        self._results = results
        self.refresh()

    def show_examples(self, examples: Sequence[str]) -> None:
        """Show searches to try, while there is no query."""
        self._results = None
        self._examples = examples
        self.refresh()

    def get_line(self, width: int) -> StyledLine:
        """Return the status; where not all chips fit, the newest ones."""
        if self._results is None:
            return _example_line(self._examples, width)
        return tuple(span for span, _ in self._fitting_parts(self._results, width))

    def span_clicked(self, index: int) -> None:
        """Close the chip, or run the example, that was clicked."""
        if self._results is None:
            if index % 2 and index // 2 < len(self._examples):
                self.post_message(self.ExampleSelected(self._examples[index // 2]))
            return
        _, clause_index = self._fitting_parts(self._results, self.size.width)[index]
        if clause_index is not None:
            self.post_message(self.ChipClosed(clause_index))

    def _fitting_parts(self, results: Results, width: int) -> list[tuple[Span, int | None]]:
        clause_count = len(results.query.clauses)
        first = max(0, clause_count - _MAX_CHIPS)
        parts = list(_status_parts(results, first))
        while first < clause_count - 1 and cell_width([span for span, _ in parts]) > width:
            first += 1
            parts = list(_status_parts(results, first))
        return parts


def _example_line(examples: Sequence[str], width: int) -> StyledLine:
    """Return the examples that fit, each at an odd index of the spans."""
    spans: list[Span] = []
    for example in examples:
        part = [("  ·  " if spans else " Try ", "muted"), (example, "key")]
        if cell_width([*spans, *part]) > width:
            break
        spans += part
    return tuple(spans)


def _status_parts(results: Results, first_clause: int) -> Iterator[tuple[Span, int | None]]:
    """Yield the spans of a status, each with the index of the clause it is a chip of."""
    yield (" ", "text"), None
    if first_clause:
        yield ("‹ ", "muted"), None
    for clause_index in range(first_clause, len(results.query.clauses)):
        text = fit(results.query.clause_text(clause_index), _MAX_CHIP_WIDTH).rstrip()
        if clause_index in results.ignored_clauses:
            yield (f"“{text}” ignored ×", "muted"), clause_index
        else:
            yield (f" {text} × ", "chip"), clause_index
        yield (" ", "text"), None
    if results.query.sort:
        yield (f"sorted by {results.query.sort}  ", "muted"), None
    if results.left_out_by_fit:
        yield (f"{results.left_out_by_fit:,} left out by your profile  ", "muted"), None
    shown_in_list = set() if results.total else {mistake.message for mistake in results.mistakes}
    for warning in results.warnings:
        if warning not in shown_in_list:
            yield (f" ! {warning}", "warning"), None


class _KeyHint(NamedTuple):
    action_id: str
    key_name: str
    label: str

    @property
    def width(self) -> int:
        return len(self.key_name) + len(self.label) + 1


_KEY_GAP = 3


class KeyBar(Bar):
    """The most useful keys that work where the cursor is, as many as fit. Each can be clicked.

    The last one, which leads to all others, is always at the right end, and the others begin at the left.
    """

    class ActionSelected(Message):
        """A key was clicked."""

        def __init__(self, action_id: str) -> None:
            self.action_id = action_id
            super().__init__()

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._keys: tuple[_KeyHint, ...] = ()

    def show_actions(self, action_ids: Sequence[str], key_map: KeyMap, *, is_typing: bool = False) -> None:
        """Show the keys of some actions; those that work while letters are typed, if `is_typing`."""
        label = key_map.typing_label if is_typing else key_map.label
        keys = tuple(
            _KeyHint(action_id, label(action_id), ACTIONS_BY_ID[action_id].label)
            for action_id in action_ids
            if label(action_id)
        )
        if keys != self._keys:
            self._keys = keys
            self.refresh()

    def _fitting_keys(self, width: int) -> tuple[_KeyHint, ...]:
        """Return the keys that fit; the last one, which leads to all others, always stays."""
        keys = self._keys
        while len(keys) > 1 and 1 + sum(key.width + _KEY_GAP for key in keys) - _KEY_GAP > width:
            keys = (*keys[:-2], keys[-1])
        return keys

    def get_line(self, width: int) -> StyledLine:
        """Return the keys and their labels."""
        keys = self._fitting_keys(width)
        free_width = max(0, width - 2 - sum(key.width + _KEY_GAP for key in keys) + _KEY_GAP)
        spans: list[Span] = [(" ", "text")]
        for index, key in enumerate(keys, 1):
            gap = _KEY_GAP + (free_width if index == len(keys) - 1 else 0)
            spans += [(key.key_name, "key"), (f" {key.label}{' ' * gap if index < len(keys) else ''}", "muted")]
        return tuple(spans)

    def span_clicked(self, index: int) -> None:
        """Run the action of the key that was clicked."""
        action_id = self._action_at(index)
        if action_id is not None:
            self.post_message(self.ActionSelected(action_id))

    def _action_at(self, index: int) -> str | None:
        keys = self._fitting_keys(self.size.width)
        return keys[(index - 1) // 2].action_id if index and (index - 1) // 2 < len(keys) else None
