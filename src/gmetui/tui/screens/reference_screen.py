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

from ...catalog.catalog import Catalog
from ...catalog.ids import InstitutionId, SpecialtyId
from ...catalog.models import Specialty
from ...catalog.training_length import total_years, years_text
from ..actions import bindings
from ..context import AppContext
from ..contexts import REFERENCE_ACTIONS
from ..rendering.page_writer import Page
from ..rendering.reference_pages import coverage_page, institution_page, specialty_page
from ..widgets.page_view import PageView
from ..widgets.reference_list import ReferenceItem, ReferenceList
from .base_screen import BaseScreen
from .pane_pair import PanePair
from .title_bar import TitleBar

_MAX_DEPTH = 4  # nested specialties; a cycle in the data must not hang the screen


class Reference(NamedTuple):
    """What a screen lists: its rows, the page of a row by width, and the query that finds a row's programs."""

    name: str
    headings: tuple[str, ...]
    items: Callable[[Catalog], Sequence[ReferenceItem]]
    page: Callable[[Catalog, str, int], Page]
    query_text: Callable[[str], str]


class ReferenceScreen(BaseScreen):
    """A list of things to read about, and their pages."""

    AUTO_FOCUS = "#items"
    BINDINGS: ClassVar[list[BindingType]] = bindings(*REFERENCE_ACTIONS)

    def __init__(self, context: AppContext, reference: Reference) -> None:
        super().__init__(context, reference.name)
        self.reference = reference
        self.items = ReferenceList(reference.headings, reference.items(self.catalog), id="items")
        self.page = PageView(id="page")
        self._panes = PanePair(self, self.items, self.items, self.page)

    def compose_panes(self) -> ComposeResult:
        """Lay out the panes."""
        with Horizontal(id="panes"):
            yield self.items
            yield self.page

    def on_mount(self) -> None:
        """Follow the shortlist, and show the first page."""
        self.items.cursor_callback = self._show_page
        title_bar = self.query_one(TitleBar)
        current_list = self.context.session.open_list.current
        self.subscribe(current_list, lambda shortlist: title_bar.set_saved_count(len(shortlist)))
        self._show_page()

    def _show_page(self) -> None:
        item = self.items.item
        page = partial(self.reference.page, self.catalog, item.key) if item else None
        self.page.show_page((lambda width, _: page(width)) if page else None)

    def arrange_panes(self) -> None:
        """Show the list and the page side by side, or the one in use."""
        self._panes.arrange(is_narrow=self.is_narrow)

    def focus_pane(self, pane_id: str) -> None:
        """Go to a pane."""
        pane = self._panes.select(page=pane_id == "page")
        self.arrange_panes()
        self.set_focus(pane)

    @property
    def history_key(self) -> str:
        """The row under the cursor."""
        return self.items.item.key if self.items.item else ""

    def restore(self, history_key: str) -> None:
        """Put the cursor on a row."""
        self.items.go_to(history_key)

    @on(ReferenceList.Opened)
    def action_open(self) -> None:
        """Read the page."""
        self.focus_pane("page")

    def action_next_pane(self, step: int) -> None:
        """Go to the other pane."""
        self.focus_pane("items" if self._panes.page_has_focus else "page")

    def action_back(self) -> None:
        """Go back one level: from the page to the list, and from the list to the Explore screen."""
        if self._panes.page_has_focus:
            self.focus_pane("items")
        else:
            self.context.action_open_screen("explore")

    def action_show_programs(self) -> None:
        """Show the programs of the row."""
        item = self.items.item
        if item is not None:
            self.context.open_query(self.reference.query_text(item.key))


def _institution_items(catalog: Catalog) -> list[ReferenceItem]:
    return [
        ReferenceItem(institution.id, institution.name, values=(str(len(catalog.programs_of(institution.id))),))
        for institution in catalog.institutions
    ]


def _specialty_items(catalog: Catalog) -> list[ReferenceItem]:
    """Return the specialties, each below its parent, with their years of training and number of programs."""
    program_counts = Counter(program.specialty for program in catalog.programs)
    children: dict[str, list[Specialty]] = {}
    for specialty in sorted(catalog.specialties, key=lambda specialty: specialty.label.casefold()):
        children.setdefault(specialty.builds_on[0] if specialty.builds_on else "", []).append(specialty)
    items: list[ReferenceItem] = []

    def add_children(parent_id: str, depth: int) -> None:
        for specialty in children.get(parent_id, ()):
            shortest = specialty.length_years
            years = years_text((shortest, specialty.length_years_max or shortest) if shortest else None)
            total = years_text(total_years(catalog, specialty.id))
            program_count = program_counts[specialty.id]
            values = (years, total, str(program_count or "–"))
            items.append(ReferenceItem(specialty.id, specialty.label, depth, values, is_muted=not program_count))
            if depth < _MAX_DEPTH:
                add_children(specialty.id, depth + 1)

    add_children("", 0)
    return items


def _coverage_items(catalog: Catalog) -> list[ReferenceItem]:
    """Return all institutions, counting each program once, under its sponsor."""
    everything = ReferenceItem("", "All institutions", values=(str(len(catalog.programs)),))
    return [
        everything,
        *(
            ReferenceItem(institution.id, institution.name, values=(str(len(catalog.sponsored_by(institution.id))),))
            for institution in catalog.institutions
        ),
    ]


INSTITUTIONS = Reference(
    "institutions",
    ("Institution", "Programs"),
    _institution_items,
    lambda catalog, key, width: institution_page(catalog, catalog.institution[InstitutionId(key)], width),
    lambda key: f"institution:{key}",
)
SPECIALTIES = Reference(
    "specialties",
    ("Specialty", "Years", "Total", "Programs"),
    _specialty_items,
    lambda catalog, key, width: specialty_page(catalog, catalog.specialty[SpecialtyId(key)], width),
    lambda key: f"specialty:{key}",
)
COVERAGE = Reference(
    "coverage",
    ("Institution", "Programs"),
    _coverage_items,
    lambda catalog, key, width: coverage_page(catalog, key or None, width),
    lambda key: f"institution:{key}" if key else "",
)
