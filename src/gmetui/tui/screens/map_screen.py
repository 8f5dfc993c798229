"""Map: where the programs of the search are. Typing, filters and the map change the same search."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal

from ...catalog.us_map import state_name
from ...search import Results
from ...search.places import MapPlace, narrowed_to_place, narrowed_to_state, places_of, without_states
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
