"""Institutions and specialties: a list at the left, the page of its row at the right."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import ClassVar, NamedTuple

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal

from ...catalog.catalog import Catalog
from ...catalog.models import Institution, Specialty
from ...catalog.training_length import total_years, years_text
from ...catalog.us_states import STATES
from ..actions import bindings
from ..context import AppContext
from ..contexts import REFERENCE_ACTIONS
from ..rendering.page import Page, PageState
from ..rendering.reference_pages import institution_page, specialty_page
from ..widgets.page_pane import PAGE_TOP, PagePosition
from ..widgets.page_view import PageView
from ..widgets.reference_list import ReferenceItem, ReferenceList
from .filter_row import FilterRow
from .list_screen import ListScreen
from .reading_key import parse_reading_key, reading_key

_MAX_DEPTH = 4  # nested specialties; a cycle in the data must not hang the screen


class Reference(NamedTuple):
    """What a screen lists: its rows, the page of a row by width, and the query that finds a row's programs."""

    name: str
    headings: tuple[str, ...]
    items: Callable[[Catalog], Sequence[ReferenceItem]]
    page: Callable[[Catalog, str, int, PageState], Page]
    query_text: Callable[[str], str]
    filter_hint: str


class ReferenceScreen(ListScreen):
    """A list of things to read about, and their pages."""

    AUTO_FOCUS = "#items"
    BINDINGS: ClassVar[list[BindingType]] = bindings(*REFERENCE_ACTIONS)

    def __init__(self, context: AppContext, reference: Reference) -> None:
        self.reference = reference
        self.items = ReferenceList(reference.headings, reference.items(context.catalog), id="items")
        self.page = PageView(id="page")
        panes = self.items, self.items, self.page
        super().__init__(context, reference.name, panes, self.items.show_matches, reference.filter_hint)

    def compose_panes(self) -> ComposeResult:
        """Lay out the panes."""
        yield FilterRow(self.filter)
        with Horizontal(id="panes"):
            yield self.items
            yield self.page

    def on_mount(self) -> None:
        """Show the first page."""
        self.items.cursor_callback = self._show_page
        self._show_page()

    def _show_page(self, position: PagePosition = PAGE_TOP) -> None:
        item = self.items.item
        page = partial(self.reference.page, self.catalog, item.key) if item else None
        self.page.show_page((lambda width, _min_lines, state: page(width, state)) if page else None, position)

    @property
    def history_key(self) -> str:
        """The row under the cursor, and where the reader is on its page."""
        key = self.items.item.key if self.items.item else ""
        return reading_key(key, key if self.page_has_focus else "", self.page.position)

    def restore(self, history_key: str) -> None:
        """Put the cursor on a row, and return to the place on its page."""
        key, page_id, position = parse_reading_key(history_key)
        self.items.go_to(key)
        if page_id:
            self._show_page(position)
            self.read_page()

    @property
    def ladder_start(self) -> str:
        """The specialty under the cursor."""
        return self.items.item.key if self.items.item and self.reference.name == "specialties" else ""

    @on(ReferenceList.Opened)
    def action_open(self) -> None:
        """Read the page."""
        self.read_page()

    def action_show_programs(self) -> None:
        """Show the programs of the row."""
        item = self.items.item
        if item is not None:
            self.context.open_query(self.reference.query_text(item.key))


def _institution_items(catalog: Catalog) -> list[ReferenceItem]:
    return [
        ReferenceItem(
            institution.id,
            institution.name,
            values=(institution.state or "–", str(len(catalog.programs_of(institution.id)))),
            other_names=(institution.short_name, *institution.also_called, *_places(institution)),
        )
        for institution in catalog.institutions
    ]


def _places(institution: Institution) -> tuple[str, ...]:
    """Return the city and the state of an institution, by name and by its letters."""
    state = institution.state or ""
    return tuple(filter(None, (institution.city, state, STATES.get(state))))


def _specialty_items(catalog: Catalog) -> list[ReferenceItem]:
    """Return the specialties, each below its parent, with their years of training and number of programs."""
    children: dict[str, list[Specialty]] = {}
    for specialty in sorted(catalog.specialties, key=lambda specialty: specialty.label.casefold()):
        children.setdefault(specialty.builds_on[0] if specialty.builds_on else "", []).append(specialty)
    items: list[ReferenceItem] = []

    def add_children(parent_id: str, depth: int) -> None:
        for specialty in children.get(parent_id, ()):
            shortest = specialty.length_years
            years = years_text((shortest, specialty.length_years_max or shortest) if shortest else None)
            total = years_text(total_years(catalog, specialty.id))
            program_count = len(catalog.programs_in(specialty.id))
            values = (years, total, str(program_count or "–"))
            other_names = (specialty.name, *specialty.abbreviations, *specialty.synonyms)
            is_muted = not program_count
            items.append(ReferenceItem(specialty.id, specialty.label, depth, values, is_muted, other_names))
            if depth < _MAX_DEPTH:
                add_children(specialty.id, depth + 1)

    add_children("", 0)
    return items


INSTITUTIONS = Reference(
    "institutions",
    ("Institution", "State", "Programs"),
    _institution_items,
    institution_page,
    lambda key: f"institution:{key}",
    "Filter the hospitals: mass general, texas …",
)
SPECIALTIES = Reference(
    "specialties",
    ("Specialty", "Years", "Total", "Programs"),
    _specialty_items,
    specialty_page,
    lambda key: f"specialty:{key}",
    "Filter the specialties: cards, pediatric …",
)
