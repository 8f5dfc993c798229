"""One-line bars with parts to click: the search status and the keys of the focused pane."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from textual.content import Content
from textual.events import Click, MouseMove
from textual.message import Message
from textual.style import Style
from textual.visual import VisualType
from textual.widgets import Static

from ...search import Results
from ..actions import ACTIONS_BY_ID
from ..keymap import KeyMap
from ..rendering.spans import BLANK_LINE, Span, StyledLine, cell_width, fit
from ..rendering.styles import build_styles
from ..safe_text import safe_content, safe_line

_MAX_CHIPS = 20  # more fit on no screen
_MAX_CHIP_WIDTH = 30


class Bar(Static):
    """A line of styled text. Subclasses build it for a width, and handle clicks on its spans."""

    DEFAULT_CSS = "Bar { height: 1; text-wrap: nowrap; text-overflow: clip; }"

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._line: StyledLine = BLANK_LINE
        self._styles: dict[str, Style] = {}
        self._mouse_x = 0

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

    def span_tooltip(self, index: int) -> str | None:
        """Return the tooltip of a span of the line."""
        return None

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

    def on_mouse_move(self, event: MouseMove) -> None:
        """Note the position for the tooltip."""
        self._mouse_x = event.x

    @property
    def tooltip(self) -> VisualType | None:
        """The tooltip for the span under the mouse."""
        index = self._span_at(self._mouse_x)
        text = None if index is None else self.span_tooltip(index)
        return safe_content(text) if text else None

    @tooltip.setter
    def tooltip(self, tooltip: VisualType | None) -> None:
        """Ignore the value: the tooltip depends on the span."""


class StatusBar(Bar):
    """How many programs match, a chip for each term of the query, and warnings."""

    class ChipClosed(Message):
        """A chip was clicked: its clause is to be removed from the query."""

        def __init__(self, clause_index: int) -> None:
            self.clause_index = clause_index
            super().__init__()

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._results: Results | None = None

    def show_results(self, results: Results) -> None:
        """Show the status of other results."""
        self._results = results
        self.refresh()

    def get_line(self, width: int) -> StyledLine:
        """Return the status; where not all chips fit, the newest ones."""
        return tuple(span for span, _ in self._fitting_parts(width))

    def span_clicked(self, index: int) -> None:
        """Close the chip that was clicked."""
        _, clause_index = self._fitting_parts(self.size.width)[index]
        if clause_index is not None:
            self.post_message(self.ChipClosed(clause_index))

    def _fitting_parts(self, width: int) -> list[tuple[Span, int | None]]:
        if self._results is None:
            return []
        clause_count = len(self._results.query.clauses)
        first = max(0, clause_count - _MAX_CHIPS)
        parts = list(_status_parts(self._results, first))
        while first < clause_count - 1 and cell_width([span for span, _ in parts]) > width:
            first += 1
            parts = list(_status_parts(self._results, first))
        return parts


def _status_parts(results: Results, first_clause: int) -> Iterator[tuple[Span, int | None]]:
    """Yield the spans of a status, each with the index of the clause it is a chip of."""
    yield (f" {results.total:,} of {len(results.index.catalog.programs):,}", "strong"), None
    yield (" programs  ", "muted"), None
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
    for warning in results.warnings:
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
    """The most useful keys of the focused pane, as many as fit. Each can be clicked."""

    class ActionSelected(Message):
        """A key was clicked."""

        def __init__(self, action_id: str) -> None:
            self.action_id = action_id
            super().__init__()

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._keys: tuple[_KeyHint, ...] = ()

    def show_actions(self, action_ids: Sequence[str], key_map: KeyMap) -> None:
        """Show the keys of some actions."""
        keys = tuple(
            _KeyHint(action_id, key_map.label(action_id), ACTIONS_BY_ID[action_id].label) for action_id in action_ids
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
        spans: list[Span] = [(" ", "text")]
        for key in self._fitting_keys(width):
            spans += [(key.key_name, "key"), (f" {key.label}{' ' * _KEY_GAP}", "muted")]
        return tuple(spans)

    def span_clicked(self, index: int) -> None:
        """Run the action of the key that was clicked."""
        action_id = self._action_at(index)
        if action_id is not None:
            self.post_message(self.ActionSelected(action_id))

    def span_tooltip(self, index: int) -> str | None:
        """Return what the key does."""
        action_id = self._action_at(index)
        return None if action_id is None else ACTIONS_BY_ID[action_id].help

    def _action_at(self, index: int) -> str | None:
        keys = self._fitting_keys(self.size.width)
        return keys[(index - 1) // 2].action_id if index and (index - 1) // 2 < len(keys) else None
