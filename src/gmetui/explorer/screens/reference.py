"""Institutions, specialties and the coverage of the data: a list at the left, the page of its row at the right."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.widget import Widget

from ...catalog.model import Catalog, Specialty
from ..actions import bindings
from ..rendering.reference import coverage_page, institution_page, specialty_page
from ..rendering.writing import Detail
from ..widgets.bars import KeyBar
from ..widgets.choices import Choice, ChoiceList
from ..widgets.reading_pane import ReadingPane
from .places import Place, TitleBar, too_small


class ReferenceScreen(Place):
    """A place to read in. Each says what it lists, what page a row has, and what query a row stands for."""

    NAME: ClassVar[str]
    HEADINGS: ClassVar[tuple[str, ...]]
    KEYS: ClassVar[Mapping[str, tuple[str, ...]]] = {
        "choices": ("open", "programs", "next-pane", "back", "help"),
        "page": ("next-section", "programs", "next-pane", "back", "help"),
    }
    AUTO_FOCUS = "#choices"
    BINDINGS: ClassVar[list[BindingType]] = bindings("open", "programs", "next-pane", "last-pane", "back")

    def __init__(self, catalog: Catalog) -> None:
        super().__init__(catalog)
        self._reading = False

    def choices(self) -> Sequence[Choice]:
        """Return the rows of the list."""
        raise NotImplementedError

    def make_page(self, key: str, width: int) -> Detail:
        """Return the page of a row."""
        raise NotImplementedError

    def query_of(self, key: str) -> str:
        """Return the query that asks for a row's programs."""
        raise NotImplementedError

    def compose(self) -> ComposeResult:
        """Lay the panes out."""
        yield TitleBar(self.catalog, self.NAME, id="title")
        with Horizontal(id="panes"):
            yield ChoiceList(self.HEADINGS, self.choices(), id="choices")
            yield ReadingPane(id="page")
        yield KeyBar(id="keys")
        yield too_small()

    def on_mount(self) -> None:
        """Find the panes once, and show the first page."""
        self.list = self.query_one(ChoiceList)
        self.page = self.query_one(ReadingPane)
        self.watch(self.app, "shortlist", lambda shortlist: self.query_one(TitleBar).show_count(len(shortlist)))
        self._follow()

    @on(ChoiceList.Highlighted)
    def _follow(self) -> None:
        choice = self.list.choice
        self.page.show_page(partial(self.make_page, choice.key) if choice else None)

    def lay_panes(self) -> None:
        """Show the list and the page side by side, or the one in use."""
        self.list.display = not self.narrow or not self._reading
        self.page.display = not self.narrow or self._reading

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
            self.gmetui.explore(self.query_of(choice.key))


class InstitutionsScreen(ReferenceScreen):
    """What the sponsors say of themselves, how one applies, visits and is paid."""

    NAME = "Institutions"
    HEADINGS = ("Institution", "Programs")

    def choices(self) -> Sequence[Choice]:
        """Return the institutions."""
        return [
            Choice(i.id, i.name, cells=(f"{len(self.catalog.programs_of(i.id)):>5}",))
            for i in self.catalog.institutions
        ]

    def make_page(self, key: str, width: int) -> Detail:
        """Return an institution's page."""
        return institution_page(self.catalog, self.catalog.institution[key], width)

    def query_of(self, key: str) -> str:
        """Ask for an institution's programs."""
        return f"institution:{key}"


class SpecialtiesScreen(ReferenceScreen):
    """The specialties as a tree: what builds on what, how long it takes, how many programs there are here."""

    NAME = "Specialties"
    HEADINGS = ("Specialty", "Years", "Here")

    def choices(self) -> Sequence[Choice]:
        """Return the specialties, each below the one it builds on."""
        here: dict[str, int] = {}
        for program in self.catalog.programs:
            here[program.specialty] = here.get(program.specialty, 0) + 1
        below: dict[str, list[Specialty]] = {}
        for specialty in self.catalog.specialties:
            below.setdefault(specialty.parents[0] if specialty.parents else "", []).append(specialty)
        rows: list[Choice] = []

        def add(parent: str, depth: int) -> None:
            for specialty in sorted(below.get(parent, ()), key=lambda specialty: specialty.label.casefold()):
                years = str(specialty.length_years or "")
                years += f"–{specialty.length_years_max}" if specialty.length_years_max else ""
                count = here.get(specialty.id, 0)
                cells = (f"{years:>4}", f"{count or '–':>4}")
                rows.append(Choice(specialty.id, specialty.label, depth, cells, faint=not count))
                if depth < 4:  # a ring in the data must not hang the screen
                    add(specialty.id, depth + 1)

        add("", 0)
        return rows

    def make_page(self, key: str, width: int) -> Detail:
        """Return a specialty's page."""
        return specialty_page(self.catalog, self.catalog.specialty[key], width)

    def query_of(self, key: str) -> str:
        """Ask for a specialty's programs."""
        return f"specialty:{key}"


class CoverageScreen(ReferenceScreen):
    """How much is stated, by whom, and how old it is."""

    NAME = "Coverage"
    HEADINGS = ("Whose programs", "Programs")

    def choices(self) -> Sequence[Choice]:
        """Return all programs, then those of each institution."""
        every = Choice("", "All institutions", cells=(f"{len(self.catalog.programs):>5}",))
        return [
            every,
            *(
                Choice(i.id, i.name, cells=(f"{len(self.catalog.programs_of(i.id)):>5}",))
                for i in self.catalog.institutions
            ),
        ]

    def make_page(self, key: str, width: int) -> Detail:
        """Return the coverage of an institution, or of all."""
        return coverage_page(self.catalog, key or None, width)

    def query_of(self, key: str) -> str:
        """Ask for an institution's programs."""
        return f"institution:{key}" if key else ""
