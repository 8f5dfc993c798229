"""What every place has: a title bar that says where one is, and what to show when there is no room."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, ClassVar, cast

from textual import on
from textual.events import Resize
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Label

from ...catalog.models import Catalog, Program
from ..contexts import PANES, ROOMS, live
from ..rendering.spans import Line, width_of
from ..widgets.bars import Bar, KeyBar
from ..widgets.page_view import ReadingPane

if TYPE_CHECKING:
    from ..app import GmetuiApp

_OLD = 400  # days after which data has missed a season
_SHORT = {"Shortlist": "List", "Institutions": "Inst.", "Specialties": "Spec.", "Coverage": "Cov."}
_ROOMY, _WIDE = 78, 90  # columns from which the places are named in full, and stand further apart
_PLACES = ("Explore", "Shortlist", "Compare", "Institutions", "Specialties", "Coverage")


def today() -> date:
    """Return the day it is for the person at the screen."""
    return date.today()  # noqa: DTZ011


class TitleBar(Bar):
    """The name, the places with the one that is open, and the edition of the data."""

    def __init__(self, catalog: Catalog, place: str, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._catalog = catalog
        self._place = place
        self._count = 0

    def use(self, catalog: Catalog) -> None:
        """Speak of another catalog."""
        self._catalog = catalog
        self.update()

    def show_count(self, count: int) -> None:
        """Show how many programs are on the shortlist."""
        self._count = count
        self.update()

    def line(self, number: int, width: int) -> Line:
        """Return the line, with the edition at its right end where there is room."""
        line: list[tuple[str, str]] = [(" ≡ gmetui  ", "heading")]
        names = [_SHORT.get(place, place) if width < _ROOMY else place for place in _PLACES]
        for place, name in zip(_PLACES, names, strict=True):
            words = f"{name} {self._count}" if place == "Shortlist" else name
            line += [(words, "tab-on" if place == self._place else "tab"), ("   " if width >= _WIDE else "  ", "text")]
        words, style = self._edition()
        used = width_of(line)
        if used + len(words) < width:
            line += [(" " * (width - used - len(words)), "text"), (words, style)]
        return tuple(line)

    def _edition(self) -> tuple[str, str]:
        """Say of when the data is, and when that is long ago, say so."""
        edition = self._catalog.edition.date
        dated = f"{edition} and your lists" if self._catalog.has_lists else f"data of {edition}"
        words = f"{len(self._catalog.programs):,} programs · {dated} " if edition else ""
        try:
            days = (today() - date.fromisoformat(edition)).days
        except ValueError:  # a person's own data may say anything
            return words, "muted"
        return (f"{words}is old: ask the programs ", "warning") if days > _OLD else (words, "muted")

    def words_at(self, number: int, x: int) -> str | None:
        """Return what the name at the left is for."""
        return "Find an action, a program, an institution, a filter …" if self.span_at(x) == 0 else None

    def clicked(self, number: int, x: int) -> None:
        """Go to the place whose name was clicked; the name at the left finds anything."""
        span = self.span_at(x)
        if span == 0:
            cast("GmetuiApp", self.app).action_find_anything()
        elif span is not None and span % 2 and span // 2 < len(_PLACES):
            cast("GmetuiApp", self.app).action_place(_PLACES[span // 2].casefold())


class Place(Screen[None]):
    """A screen with a title, panes and the keys that matter where the focus is."""

    NARROW: ClassVar[int] = 90  # columns below which one pane has the screen

    def __init__(self, catalog: Catalog) -> None:
        super().__init__()
        self.catalog = catalog

    @property
    def gmetui(self) -> GmetuiApp:
        """The application."""
        return cast("GmetuiApp", self.app)

    @property
    def narrow(self) -> bool:
        """Whether there is room for one pane only."""
        return self.size.width < self.NARROW

    @property
    def program(self) -> Program | None:
        """The program that actions are about, if any."""
        return None

    def lay_panes(self) -> None:
        """Show the panes that there is room for."""

    def focus_pane(self, name: str) -> None:
        """Go to a pane."""
        self.set_focus(self.query_one(f"#{name}"))

    def widen(self, step: int) -> None:
        """Make the pane in use wider or narrower."""
        self.gmetui.tell("This pane has one width.")

    @property
    def what(self) -> str:
        """What is looked at here, for the way back."""
        return ""

    def look_at(self, what: str) -> None:
        """Show what was looked at."""

    def read_section(self, title: str) -> None:
        """Go to a section of the page that is read."""
        page = self.query_one(ReadingPane)
        self.focus_pane(page.id or "")
        page.call_after_refresh(page.to_titled, title)

    def on_resize(self, event: Resize) -> None:
        """Arrange the panes for another size."""
        self.set_class(event.size.width < 60 or event.size.height < 16, "-too-small")
        self.lay_panes()

    def set_focus(self, widget: Widget | None, scroll_visible: bool = True, from_app_focus: bool = False) -> None:
        """Go to a pane and show its keys, in one frame."""
        super().set_focus(widget, scroll_visible, from_app_focus)
        own = self.focused.id or "" if self.focused else ""
        pane = PANES.get(own)
        if pane and own in ROOMS[self.gmetui.room].panes:
            room = self.gmetui.room
            working = {*live(room, own), *(pane.shown if own == "query" else ())}  # the line has keys of its own
            self.query_one(KeyBar).show([key for key in pane.shown if key in working], self.gmetui.key_map)

    @on(KeyBar.Chosen)
    async def _key_chosen(self, event: KeyBar.Chosen) -> None:
        await self.gmetui.perform(event.action)

    @on(ReadingPane.AddressChosen)
    def _address_chosen(self, event: ReadingPane.AddressChosen) -> None:
        self.gmetui.open_address(event.address)

    @on(ReadingPane.QueryChosen)
    def _query_chosen(self, event: ReadingPane.QueryChosen) -> None:
        self.narrow_to(event.query)

    def narrow_to(self, query: str) -> None:
        """Ask for the value that was activated."""
        self.gmetui.explore(query)

    def action_source(self) -> None:
        """Open the program's page, or the page its facts were read on."""
        program = self.program
        if program is not None:
            pages = (self.catalog.source[page].url for page in program.provenance.source)
            self.gmetui.open_address(program.url or next((url for url in pages if url), None))

    def action_copy(self) -> None:
        """Copy what names the program to the terminal's clipboard."""
        program = self.program
        if program is not None:
            institution = self.catalog.institution[program.institution].name
            from ..clipboard import copy

            text = "\n".join(filter(None, (program.name, institution, program.url)))
            self.gmetui.tell(f"{copy(self.app, text)}: name, institution and page.")


def too_small() -> Label:
    """Return what is shown instead of a screen that would break."""
    return Label("gmetui needs 60 columns and 16 rows.", id="small", markup=False)
