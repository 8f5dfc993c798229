"""Map: where the programs of the search are. Typing, filters and the map change the same search."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal

from ...catalog.us_map import state_name
from ...search import Results
from ...search.nearby import DEFAULT_MILES
from ...search.places import (
    MapPlace,
    narrowed_to_circle,
    narrowed_to_place,
    narrowed_to_state,
    places_of,
    without_states,
)
from ...text import plural
from ..actions import bindings
from ..context import AppContext
from ..contexts import MAP_SCREEN_ACTIONS
from ..widgets.list_filter import ListFilter
from ..widgets.map_view import MapView
from ..widgets.place_list import MapPlaceList
from .base_screen import BaseScreen
from .filter_row import FilterRow


class MapScreen(BaseScreen):
    """The search box, the map, and the cities and institutions of the state under the cursor."""

    AUTO_FOCUS = "#map"
    BINDINGS: ClassVar[list[BindingType]] = bindings(*MAP_SCREEN_ACTIONS)

    def __init__(self, context: AppContext) -> None:
        super().__init__(context, "map")
        self.query_controller = context.query_controller
        self.map = MapView(self.query_controller.results, self._results_anywhere(), id="map")
        self.places = MapPlaceList(id="places")
        self._circle_query = ""
        self.filter = ListFilter("the search, as on Explore", self._search_typed, self._leave_filter, id="filter")

    def _results_anywhere(self) -> Results:
        """Return the results of the search in all states."""
        return self.query_controller.search(without_states(self.query_controller.query))

    def compose_panes(self) -> ComposeResult:
        """Lay out the panes."""
        yield FilterRow(self.filter)
        with Horizontal(id="panes"):
            yield self.map
            yield self.places

    def on_mount(self) -> None:
        """Follow the search and the cursor."""
        self.map.cursor_callback = self._show_places
        self.subscribe(self.query_controller.shown_results, self._show_results)

    # The search.

    def _search_typed(self, text: str) -> None:
        if text != self.query_controller.text:
            self.query_controller.query_typed_elsewhere(text)

    def _leave_filter(self) -> None:
        self.query_controller.commit()
        self.set_focus(self.map)

    def _show_results(self, results: Results) -> None:
        if not self.filter.has_focus:
            self.filter.value = self.query_controller.text
        self.map.show_results(results, self._results_anywhere())
        self._show_places()

    def _show_places(self) -> None:
        state = self.map.state
        in_state = self.query_controller.search(narrowed_to_state(self.query_controller.query, state))
        self.places.show_places(state_name(state), places_of(in_state))

    # What is open.

    @property
    def history_key(self) -> str:
        """The tile under the cursor."""
        return self.map.tile.key if self.map.tile else ""

    def restore(self, history_key: str) -> None:
        """Put the cursor on a tile."""
        self.map.go_to(history_key)

    # Actions.

    @on(MapView.Opened)
    @on(MapPlaceList.Opened)
    def action_narrow_to_place(self) -> None:
        """Narrow the search to the place under the cursor, and show its programs."""
        place = self._place
        query = self.query_controller.query
        state = self.map.state
        narrowed = narrowed_to_place(query, state, place) if place else narrowed_to_state(query, state)
        self.context.open_query(str(narrowed))

    @property
    def _place(self) -> MapPlace | None:
        """The city or institution under the cursor, if the cursor is not on a state."""
        if self.focused is self.places:
            return self.places.place
        return self.map.tile.place if self.map.tile else None

    def action_toggle_state(self) -> None:
        """Include the state in the search, or clear it. The map stays."""
        if self.map.is_in_data:
            self.query_controller.toggle_value("state", self.map.state.casefold())
        else:
            self.context.notify_status(f"No program in the data is in {state_name(self.map.state)}.")

    def action_near(self) -> None:
        """Ask for a city and a number of miles, and show the programs around it."""
        from ..dialogs.prompt_dialog import ask_text

        ask_text(
            self.context,
            "Programs near a city",
            "A city or hospital, and the miles around it in a straight line.",
            "boston, 50",
            self._circle_problem,
            text=self._circle_text,
            is_selected=True,
            preview=self._describe_circle,
            on_accepted=lambda: self.context.open_query(self._circle_query),
        )

    @property
    def _circle_text(self) -> str:
        """The place under the cursor with the usual radius; for a state, its city with most programs."""
        place = self._place
        in_state = self.query_controller.search(narrowed_to_state(self.query_controller.query, self.map.state))
        cities = [each for each in places_of(in_state) if each.field == "city" and each.value]
        if place is not None and place.field == "institution":
            return f"{place.name}, {DEFAULT_MILES}"
        city = place if place is not None and place.value else next(iter(cities), None)
        return f"{city.name}, {self.map.state}, {DEFAULT_MILES}" if city else ""

    def _describe_circle(self, answer: str) -> str:
        query = narrowed_to_circle(self.query_controller.results, answer)
        return f"{plural(self.query_controller.search(query).total, 'program')} · {query}"

    def _circle_problem(self, answer: str) -> str | None:
        """Remember the search for an answer; return why it is impossible."""
        try:
            self._circle_query = str(narrowed_to_circle(self.query_controller.results, answer))
        except ValueError as error:
            return str(error)
        return None

    def action_search(self) -> None:
        """Go to the search box."""
        self.set_focus(self.filter)

    def action_next_pane(self, step: int) -> None:
        """Go to the other pane."""
        self.set_focus(self.map if self.focused is self.places else self.places)

    def action_back(self) -> None:
        """Go back one level: to the map, and to the Explore screen."""
        if self.focused is self.map:
            self.context.action_open_screen("explore")
        else:
            self._leave_filter()
