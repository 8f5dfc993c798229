"""What all screens have in common: a title bar, panes, the keys of the focused pane, and commands for one program."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.events import Resize
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Label

from ...catalog.catalog import Catalog
from ...catalog.models import Program
from ...text import is_web_url
from ..context import AppContext
from ..contexts import PANES, SCREEN_LAYOUTS, active_actions
from ..observable import Observable
from ..widgets.bars import KeyBar
from ..widgets.page_view import PageView
from .title_bar import TitleBar

_MIN_WIDTH, _MIN_HEIGHT = 60, 16


class BaseScreen(Screen[None]):
    """A screen with a title bar, panes and a key bar. `screen_name` is its name in `contexts`."""

    NARROW_WIDTH: ClassVar[int] = 90  # columns below which one pane has the screen to itself

    def __init__(self, context: AppContext, screen_name: str) -> None:
        super().__init__()
        self.context = context
        self.screen_name = screen_name
        self._unsubscribes: list[Callable[[], None]] = []

    @property
    def catalog(self) -> Catalog:
        """The programs."""
        return self.context.catalog

    @property
    def is_narrow(self) -> bool:
        """Whether there is room for one pane only."""
        return self.size.width < self.NARROW_WIDTH

    @property
    def program(self) -> Program | None:
        """The program that commands act on, if any."""
        return None

    def compose_panes(self) -> ComposeResult:
        """Yield what is between the title bar and the key bar."""
        yield from ()

    def compose(self) -> ComposeResult:
        """Lay out the screen."""
        yield TitleBar(self.catalog, self.screen_name, id="title")
        yield from self.compose_panes()
        yield KeyBar(id="keys")
        yield Label(f"gmetui needs {_MIN_WIDTH} columns and {_MIN_HEIGHT} rows.", id="small", markup=False)

    def subscribe(self, observable: Observable[Any], callback: Callable[[Any], None]) -> None:
        """Call `callback` now and whenever a value changes, as long as the screen exists."""
        self._unsubscribes.append(observable.watch(callback))

    def on_unmount(self) -> None:
        """Stop watching values."""
        for unsubscribe in self._unsubscribes:
            unsubscribe()
        self._unsubscribes.clear()

    def arrange_panes(self) -> None:
        """Show the panes that there is room for."""

    def focus_pane(self, pane_id: str) -> None:
        """Go to a pane."""
        self.set_focus(self.query_one(f"#{pane_id}", Widget))

    def action_focus_pane(self, pane_id: str) -> None:
        """Go to a pane."""
        self.focus_pane(pane_id)

    def resize_pane(self, step: int) -> None:
        """Make the focused pane wider (1) or narrower (-1)."""
        self.context.notify_status("This pane has a fixed width.")

    @property
    def history_key(self) -> str:
        """What is viewed, for the navigation history."""
        return ""

    def restore(self, history_key: str) -> None:
        """View something again that `history_key` returned."""

    def show_section(self, title: str) -> None:
        """Go to a section of the page."""
        page = self.query_one(PageView)
        self.focus_pane(page.id or "")
        page.call_after_refresh(page.scroll_to_title, title)

    def on_resize(self, event: Resize) -> None:
        """Arrange the panes for another size."""
        self.set_class(event.size.width < _MIN_WIDTH or event.size.height < _MIN_HEIGHT, "-too-small")
        self.arrange_panes()

    def set_focus(self, widget: Widget | None, scroll_visible: bool = True, from_app_focus: bool = False) -> None:
        """Focus a pane and show its keys, in one frame."""
        super().set_focus(widget, scroll_visible, from_app_focus)
        pane_id = self.focused.id or "" if self.focused else ""
        if pane_id not in SCREEN_LAYOUTS[self.screen_name].panes:
            return
        action_ids = PANES[pane_id].key_bar
        if pane_id != "query":  # the search box handles some keys of its own
            working = active_actions(self.screen_name, pane_id)
            action_ids = tuple(action_id for action_id in action_ids if action_id in working)
        self.query_one(KeyBar).show_actions(action_ids, self.context.session.key_map)

    @on(KeyBar.ActionSelected)
    async def _run_clicked_action(self, event: KeyBar.ActionSelected) -> None:
        await self.context.perform_action(event.action_id)

    @on(TitleBar.PaletteRequested)
    async def _open_palette(self) -> None:
        await self.context.perform_action("palette")

    @on(TitleBar.ScreenSelected)
    def _open_screen(self, event: TitleBar.ScreenSelected) -> None:
        self.context.action_open_screen(event.screen_name)

    @on(PageView.UrlSelected)
    def _open_url(self, event: PageView.UrlSelected) -> None:
        self.open_web_page(event.url)

    @on(PageView.QuerySelected)
    def _follow_query(self, event: PageView.QuerySelected) -> None:
        self.follow_query(event.query)

    def follow_query(self, query_text: str) -> None:
        """Follow a link that stands for a query."""
        self.context.open_query(query_text)

    def open_web_page(self, url: str | None) -> None:
        """Open a web page in the browser; anything but a web address is refused."""
        if url is None:
            self.context.notify_status("No web page is known.")
        elif is_web_url(url):
            self.context.open_url(url)
        else:
            self.context.notify_error(f"Not a web address: {url}")

    def action_source(self) -> None:
        """Open the program's web page, or else one of its sources."""
        program = self.program
        if program is not None:
            source_urls = (self.catalog.source[source_id].url for source_id in program.provenance.source)
            self.open_web_page(program.url or next((url for url in source_urls if url), None))

    def action_copy(self) -> None:
        """Copy what identifies the program."""
        program = self.program
        if program is not None:
            institution_name = self.catalog.institution[program.institution].name
            text = "\n".join(filter(None, (program.name, institution_name, program.url)))
            self.context.notify_status(f"{self.context.copy_text(text)}: name, institution and web address.")
