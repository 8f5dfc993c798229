"""The frame of all screens: a title bar, the keys, and what a terminal shows that is too small."""

from __future__ import annotations

from collections.abc import Set

from textual.app import ComposeResult
from textual.events import Resize
from textual.geometry import Size
from textual.screen import Screen
from textual.widgets import Label

from ...documents.start_page import DataNote
from ..contexts import PANES, TYPING_PANES, active_actions
from ..keymap import KeyMap
from ..widgets.bars import KeyBar
from .title_bar import TitleBar

_MIN_WIDTH, _MIN_HEIGHT = 60, 16
_TALL_HEIGHT = 32  # rows from which the search box has a border


class FramedScreen(Screen[None]):
    """A screen with bars at the top and at the bottom. `screen_name` is its name in `contexts`."""

    def __init__(self, screen_name: str, data: DataNote, key_map: KeyMap) -> None:
        super().__init__()
        self.screen_name = screen_name
        self.title_bar = TitleBar(data, screen_name, key_map, id="title")
        self.key_bar = KeyBar(id="keys")

    def compose_panes(self) -> ComposeResult:
        """Yield what is between the title bar and the key bar."""
        yield from ()

    def compose(self) -> ComposeResult:
        """Lay out the screen, for its size from the first frame on."""
        self._set_size_classes(self.app.size)
        yield self.title_bar
        yield from self.compose_panes()
        yield self.key_bar
        yield Label(f"gmetui needs {_MIN_WIDTH} columns and {_MIN_HEIGHT} rows.", id="small", markup=False)

    def show_keys_of(self, pane_id: str, key_map: KeyMap, idle_ids: Set[str] = frozenset()) -> None:
        """Show the keys of a pane, without those of actions that have nothing to act on."""
        working = active_actions(self.screen_name, pane_id)
        action_ids = [
            action_id for action_id in PANES[pane_id].key_bar if action_id in working and action_id not in idle_ids
        ]
        self.key_bar.show_actions(action_ids, key_map, is_typing=pane_id in TYPING_PANES)

    def arrange_panes(self) -> None:
        """Show the panes that there is room for."""

    def on_resize(self, event: Resize) -> None:
        """Arrange the panes for another size."""
        self._set_size_classes(event.size)
        self.arrange_panes()

    def _set_size_classes(self, size: Size) -> None:
        self.set_class(size.width < _MIN_WIDTH or size.height < _MIN_HEIGHT, "-too-small")
        self.set_class(size.height >= _TALL_HEIGHT, "-tall")
