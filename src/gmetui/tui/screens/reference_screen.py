"""Institutions, specialties and the coverage of the data: a list at the left, the page of its row at the right."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from functools import partial
from typing import ClassVar, NamedTuple

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.widget import Widget

from ...catalog.models import Catalog, Specialty
from ...catalog.training_length import years_in_all, years_text
from ..actions import bindings
from ..contexts import REFERENCE
from ..rendering.page_writer import Detail
from ..rendering.reference_pages import coverage_page, institution_page, specialty_page
from ..widgets.bars import KeyBar
from ..widgets.page_view import ReadingPane
from ..widgets.reference_list import Choice, ChoiceList
from .base_screen import Place, TitleBar, too_small


class Reference(NamedTuple):
    """What a place lists: its rows, the page of a row, and the query that asks for a row's programs."""

    name: str
    headings: tuple[str, ...]
    choices: Callable[[Catalog], Sequence[Choice]]
    page: Callable[[Catalog, str, int], Detail]
    query: Callable[[str], str]


class ReferenceScreen(Place):
    """A place to read in."""

    AUTO_FOCUS = "#choices"
    BINDINGS: ClassVar[list[BindingType]] = bindings(*REFERENCE)

    def __init__(self, catalog: Catalog, reference: Reference) -> None:
        super().__init__(catalog)
        self.reference = reference
        self._reading = False
        self.list = ChoiceList(reference.headings, reference.choices(catalog), id="choices")
        self.page = ReadingPane(id="page")

    def compose(self) -> ComposeResult:
        """Lay the panes out."""
        yield TitleBar(self.catalog, self.reference.name, id="title")
        with Horizontal(id="panes"):
            yield self.list
            yield self.page
        yield KeyBar(id="keys")
        yield too_small()

    def on_mount(self) -> None:
        """Follow the shortlist, and show the first page."""
        self.list.on_moved = self._follow
        self.watch(self.app, "shortlist", lambda shortlist: self.query_one(TitleBar).show_count(len(shortlist)))
        self._follow()

    def _follow(self) -> None:
        choice = self.list.choice
        page = partial(self.reference.page, self.catalog, choice.key) if choice else None
        self.page.show_page((lambda width, _: page(width)) if page else None)

    def lay_panes(self) -> None:
        """Show the list and the page side by side, or the one in use."""
        self.list.display = not self.narrow or not self._reading
        self.page.display = not self.narrow or self._reading

    def focus_pane(self, name: str) -> None:
        """Go to a pane."""
        self._go_to(reading=name == "page")

    @property
    def what(self) -> str:
        """The row under the cursor."""
        return self.list.choice.key if self.list.choice else ""

    def look_at(self, what: str) -> None:
        """Put the cursor on a row."""
        self.list.go_to(what)

    def _go_to(self, *, reading: bool) -> None:
        self._reading = reading
        self.lay_panes()
        pane: Widget = self.page if reading else self.list
        self.set_focus(pane)

    @on(ChoiceList.Opened)
    def action_open(self) -> None:
        """Read the page."""
        self._go_to(reading=True)

    def action_next_pane(self, step: int) -> None:
        """Go to the other pane."""
        self._go_to(reading=self.focused is self.list)

    def action_back(self) -> None:
        """Go back one level: to the list, and from the list to where programs are found."""
        if self.focused is self.page:
            self._go_to(reading=False)
        else:
            self.gmetui.action_place("explore")

    def action_programs(self) -> None:
        """Show the programs that the row stands for."""
        choice = self.list.choice
        if choice is not None:
            self.gmetui.explore(self.reference.query(choice.key))


def _institution_rows(catalog: Catalog) -> list[Choice]:
    return [Choice(i.id, i.name, cells=(str(len(catalog.programs_of(i.id))),)) for i in catalog.institutions]


def _specialty_rows(catalog: Catalog) -> list[Choice]:
    """The specialties, each below the one it builds on, with years and how many programs there are here."""
    here = Counter(program.specialty for program in catalog.programs)
    below: dict[str, list[Specialty]] = {}
    for specialty in sorted(catalog.specialties, key=lambda specialty: specialty.label.casefold()):
        below.setdefault(specialty.parents[0] if specialty.parents else "", []).append(specialty)
    rows: list[Choice] = []

    def add(parent: str, depth: int) -> None:
        for specialty in below.get(parent, ()):
            own = specialty.length_years
            years = years_text((own, specialty.length_years_max or own) if own else None)
            whole = years_text(years_in_all(catalog, specialty.id))
            count = here[specialty.id]
            cells = (years, whole, str(count or "–"))
            rows.append(Choice(specialty.id, specialty.label, depth, cells, faint=not count))
            if depth < _DEEPEST:
                add(specialty.id, depth + 1)

    add("", 0)
    return rows


_DEEPEST = 4  # specialties under each other; a ring in the data must not hang the screen


def _coverage_rows(catalog: Catalog) -> list[Choice]:
    """Each program once, with the institution it stands under."""
    every = Choice("", "All institutions", cells=(str(len(catalog.programs)),))
    return [every, *(Choice(i.id, i.name, cells=(str(len(catalog.sponsored_by(i.id))),)) for i in catalog.institutions)]


INSTITUTIONS = Reference(
    "Institutions",
    ("Institution", "Programs"),
    _institution_rows,
    lambda catalog, key, width: institution_page(catalog, catalog.institution[key], width),
    lambda key: f"institution:{key}",
)
SPECIALTIES = Reference(
    "Specialties",
    ("Specialty", "Years", "In all", "Here"),
    _specialty_rows,
    lambda catalog, key, width: specialty_page(catalog, catalog.specialty[key], width),
    lambda key: f"specialty:{key}",
)
COVERAGE = Reference(
    "Coverage",
    ("Whose programs", "Programs"),
    _coverage_rows,
    lambda catalog, key, width: coverage_page(catalog, key or None, width),
    lambda key: f"institution:{key}" if key else "",
)
