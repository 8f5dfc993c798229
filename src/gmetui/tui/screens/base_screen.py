"""What all screens have in common: panes, the keys of the focused pane, and commands for one program."""

from __future__ import annotations

from collections.abc import Callable, Set
from typing import Any, ClassVar

from textual import on
from textual.geometry import Region
from textual.widget import Widget
from textual.widgets import Tooltip

from ...catalog.catalog import Catalog
from ...catalog.models import Program
from ...documents.start_choices import data_note
from ...text import is_web_url
from ..context import AppContext
from ..contexts import SCREEN_LAYOUTS
from ..observable import Observable
from ..widgets.bars import KeyBar
from ..widgets.page_view import PageView
from .framed_screen import FramedScreen
from .title_bar import TitleBar


class BaseScreen(FramedScreen):
    """A screen with panes."""

    NARROW_WIDTH: ClassVar[int] = 90  # columns below which one pane has the screen to itself

    def __init__(self, context: AppContext, screen_name: str) -> None:
        super().__init__(screen_name, data_note(context.catalog), context.session.key_map)
        self.context = context
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

    @property
    def ladder_start(self) -> str:
        """The id of the program or specialty at which a ladder of training starts, or "" for the reader's own."""
        return self.program.id if self.program else ""

    def show_ladder(self, start: str) -> None:
        """Show the ladder of training from a program or specialty, on the screen that has one."""

    def on_mount(self) -> None:
        """Show how many programs are on the shortlist and how many are marked."""
        session, title_bar = self.context.session, self.title_bar
        self.subscribe(session.open_list.current, lambda shortlist: title_bar.set_count("shortlist", len(shortlist)))
        self.subscribe(session.marks, lambda marked_ids: title_bar.set_count("compare", len(marked_ids)))

    def get_widget_at(self, x: int, y: int) -> tuple[Widget, Region]:
        """Return the widget that the mouse is on. A tooltip is never in the way of a click."""
        for widget, region in self.get_widgets_at(x, y):
            if not isinstance(widget, Tooltip):
                return widget, region
        return super().get_widget_at(x, y)

    def subscribe(self, observable: Observable[Any], callback: Callable[[Any], None]) -> None:
        """Call `callback` now and whenever a value changes, as long as the screen exists."""
        self._unsubscribes.append(observable.watch(callback))

    def on_unmount(self) -> None:
        """Stop watching values."""
        for unsubscribe in self._unsubscribes:
            unsubscribe()
        self._unsubscribes.clear()

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

    def set_focus(self, widget: Widget | None, scroll_visible: bool = True, from_app_focus: bool = False) -> None:
        """Focus a pane and show its keys, in one frame."""
        super().set_focus(widget, scroll_visible, from_app_focus)
        self.show_keys()

    def show_keys(self) -> None:
        """Show the keys that work where the cursor is."""
        pane_id = self.focused.id or "" if self.focused else ""
        if pane_id in SCREEN_LAYOUTS[self.screen_name].panes:
            self.show_keys_of(pane_id, self.context.session.key_map, self.idle_actions())

    def idle_actions(self) -> Set[str]:
        """Return the ids of actions that have nothing to act on now, such as those for a program in an empty list."""
        return frozenset()

    @on(KeyBar.ActionSelected)
    async def _run_clicked_action(self, event: KeyBar.ActionSelected) -> None:
        await self.context.perform_action(event.action_id)

    @on(TitleBar.ActionSelected)
    async def _run_title_action(self, event: TitleBar.ActionSelected) -> None:
        await self.context.perform_action(event.action_id)

    @on(PageView.LinkSelected)
    def _follow_link(self, event: PageView.LinkSelected) -> None:
        kind, key = event.link
        if kind == "url":
            self.open_web_page(key)
        elif kind == "program":
            self.context.open_program(key)
        else:
            self.context.open_reference("institutions" if kind == "institution" else "specialties", key)

    @on(PageView.NothingToNarrow)
    def _refuse_narrowing(self) -> None:
        self.context.notify_status("No filter for this value.")

    @on(PageView.QuerySelected)
    def _follow_query(self, event: PageView.QuerySelected) -> None:
        self.follow_query(event.query)

    def follow_query(self, query_text: str) -> None:
        """Search for the programs that share a value."""
        self.context.open_query(query_text)

    def open_web_page(self, url: str | None) -> None:
        """Open a web page in the browser; anything but a web address is refused."""
        if url is None:
            self.context.notify_status("No web page is known.")
        elif is_web_url(url):
            self.context.open_url(url)
        else:
            self.context.notify_error(f"Not a web address: {url}")

    def find_target(self) -> Program | None:
        """Return the program that a command changes, if any."""
        return self.program

    def action_mark(self) -> None:
        """Mark or unmark the program for comparison."""
        program = self.find_target()
        if program is not None:
            self.context.session.toggle_mark(program)

    def action_save(self) -> None:
        """Save the program to the shortlist, or remove it."""
        program = self.find_target()
        if program is not None:
            self.context.session.toggle_saved(program)

    def action_source(self) -> None:
        """Open the page that states the value under the cursor, else the program's page or one of its sources."""
        page = self.focused
        program = self.program
        if isinstance(page, PageView) and page.source_url:
            self.open_web_page(page.source_url)
        elif program is not None:
            source_urls = (self.catalog.source[source_id].url for source_id in program.provenance.source)
            self.open_web_page(program.url or next((url for url in source_urls if url), None))

    def action_copy(self) -> None:
        """Copy what identifies the program."""
        program = self.program
        if program is not None:
            institution_name = self.catalog.institution[program.institution].name
            text = "\n".join(filter(None, (program.name, institution_name, program.url)))
            self.context.notify_status(f"{self.context.copy_text(text)}: name, institution and web address.")

    def action_ladder(self) -> None:
        """See what training can follow the program or the specialty under the cursor."""
        start = self.ladder_start
        self.context.action_open_screen("plan")
        screen = self.context.screen
        if isinstance(screen, BaseScreen):
            screen.show_ladder(start)
