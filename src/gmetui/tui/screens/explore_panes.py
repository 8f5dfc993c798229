"""The panes of the Explore screen: filters, list and program page, and how they share the width."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.widget import Widget

from ...catalog.catalog import Catalog
from ...catalog.models import Program
from ...documents.program_columns import DEFAULT_IDS
from ...search import Results
from ...storage.settings import Settings
from ..context import AppContext
from ..widgets.covered_container import CoveredContainer
from ..widgets.facet_list import FacetList
from ..widgets.page_pane import PAGE_TOP, PagePosition
from ..widgets.program_list import ProgramList
from ..widgets.program_reader import ProgramReader
from ..widgets.program_view import ProgramView

_ALL_PANES_WIDTH = 116  # columns from which all three panes fit side by side
_FACETS_WIDTHS = ((160, 36), (0, 30))  # (columns of the screen from which on, width of the filters)
_FACETS_STEP, _MIN_FACETS, _MAX_FACETS = 2, 20, 60  # columns
_SHARE_STEP, _MIN_SHARE, _MAX_SHARE = 5, 25, 75  # percent of what the filters leave, for the program page
_DEFAULT_SHARES = ((160, 50), (0, 46))  # (columns of the screen from which on, percent)
_MAX_SEARCHED_PAGES = 200  # programs whose pages are searched for the next match


def _default_share(width: int) -> int:
    """Return the percent of the page beside the list, which on a narrow screen needs room for its columns."""
    return next(share for least, share in _DEFAULT_SHARES if width >= least)


class ExplorePanes(CoveredContainer):
    """Shows results. `open_pane_id` is the pane beside the list, or the only one on a narrow screen.

    It's "start" until the user goes to a pane, and again in the search box.
    """

    def __init__(self, context: AppContext, *, id: str | None = None) -> None:
        """Create the panes."""
        super().__init__(id=id)
        self.context = context
        self._results: Results | None = None
        self._is_waiting = False
        self.open_pane_id = "start"
        self.facets = FacetList(id="facets")
        self.programs = ProgramList(id="programs")
        self.reader = ProgramReader(context.catalog, id="reader")
        self.detail = self.reader.page
        self.reading: Program | None = None  # the program that is read at full width
        self.programs.cursor_callback = self._show_program

    def compose(self) -> ComposeResult:
        """Lay out the panes."""
        yield self.facets
        yield self.programs
        yield self.reader

    @property
    def program(self) -> Program | None:
        """The program that is read, or else the one under the cursor."""
        return self.reading or self.programs.program

    def read(self, program: Program, position: PagePosition = PAGE_TOP) -> None:
        """Read a program at full width, whether it is in the list or not."""
        self.reading = program
        self.open_pane_id = "detail"
        self.detail.show_program(program, self._results, position)

    def stop_reading(self) -> None:
        """Show the filters and the list again, as they were."""
        if self.reading is not None:
            self.reading = None
            self._show_program()

    def set_catalog(self, catalog: Catalog) -> None:
        """Prepare for the results of another catalog."""
        self.detail.catalog = catalog
        self.update_columns()

    def show_results(self, results: Results, *, keep_cursor: bool) -> None:
        """Show results in every pane; behind the first screen, once the panes are shown or the first frame is out."""
        self._results = results
        self._is_waiting = not self.display and self.programs.results is None
        if not self._is_waiting:
            self._show_results(results, keep_cursor=keep_cursor)

    def show_waiting_results(self) -> None:
        """Show the results that the first frame didn't need."""
        if self._is_waiting and self._results is not None:
            self._is_waiting = False
            self._show_results(self._results, keep_cursor=False)

    def _show_results(self, results: Results, *, keep_cursor: bool) -> None:
        self.programs.show_results(results, keep_cursor=keep_cursor)
        self.facets.show_results(results)
        self._show_program()

    def _show_program(self) -> None:
        """Show the page of the program that is read or under the cursor, or the other page under the cursor."""
        page_hit = self.programs.page_hit if self.reading is None else None
        if page_hit is not None and self._results is not None:
            self.detail.show_page_hit(page_hit, self._results)
        else:
            self.detail.show_program(self.program, self._results)
        self.reader.update_aside()

    def show_fits(self) -> None:
        """Show what comparing the programs with the profile finds; without a profile, how to make one."""
        session = self.context.session
        fits = session.profile.fits
        self.programs.show_fits(fits.cell_text if fits else None)
        self.detail.show_profile(session.profile, session.key_map)

    # The columns of the list.

    def update_columns(self) -> None:
        """Show the columns that the user chose."""
        self.programs.set_column_ids(self.context.session.settings.columns)

    def visible_column_ids(self) -> tuple[str, ...]:
        """Return the columns that the list shows now."""
        width = self.programs.text_width if self.programs.display else self.screen.size.width
        return tuple(column.id for column in self.programs.columns_at(width))

    def chosen_column_ids(self) -> tuple[str, ...]:
        """Return the columns that the list shows where they have room: the user's, or the usual ones."""
        return tuple(self.context.session.settings.columns or DEFAULT_IDS)

    def set_column_ids(self, column_ids: tuple[str, ...]) -> None:
        """Show other columns, and remember them."""
        self.context.session.set_setting("columns", column_ids or None)
        self.update_columns()

    # The widths.

    def arrange_panes(self, width: int, *, is_narrow: bool) -> None:
        """Show the panes that `width` has room for: all side by side, two, or the one in use."""
        neighbor_id = "facets" if self.open_pane_id == "facets" else "detail"
        open_pane_id = "programs" if self.open_pane_id == "start" else self.open_pane_id
        shown_ids = {open_pane_id} if is_narrow or self.reading else {"programs", neighbor_id}
        has_room = width >= _ALL_PANES_WIDTH and not self.reading
        panes = {"facets": self.facets, "programs": self.programs, "detail": self.reader}
        for pane_id, pane in panes.items():
            pane.display = has_room or pane_id in shown_ids
            if is_narrow:
                pane.styles.width = "1fr"
        self.reader.place_aside(width, is_reading=is_narrow or self.reading is not None)
        if not is_narrow:
            self._set_widths(width, self.context.session.settings)

    def _set_widths(self, width: int, settings: Settings) -> None:
        default = next(size for least, size in _FACETS_WIDTHS if width >= least)
        self.facets.styles.width = settings.number("panes.filters") or default
        share = settings.number("panes.program") or _default_share(width)
        self.reader.styles.width, self.programs.styles.width = f"{share}fr", f"{100 - share}fr"

    def resize_pane(self, focused: Widget | None, step: int) -> None:
        """Remember a larger (1) or smaller (-1) size of a pane."""
        session = self.context.session
        if focused is self.facets:
            width = self.facets.size.width + step * _FACETS_STEP
            session.set_setting("panes.filters", max(_MIN_FACETS, min(_MAX_FACETS, width)))
        else:
            share = session.settings.number("panes.program") or _default_share(self.screen.size.width)
            share += step * (_SHARE_STEP if focused is self.detail else -_SHARE_STEP)
            session.set_setting("panes.program", max(_MIN_SHARE, min(_MAX_SHARE, share)))

    # Matches on the pages.

    @on(ProgramView.NoMoreMatches)
    def _find_in_next_program(self, event: ProgramView.NoMoreMatches) -> None:
        """Go on to the next program whose page has the search words."""
        results = self._results
        if results is None or not results.tokens:
            self.context.notify_status("No words to find. Press / and type some.")
            return
        row = self.programs.row
        for _ in range(_MAX_SEARCHED_PAGES):
            row += event.step
            if not 0 <= row < results.total:
                break
            self.detail.show_program(results.programs(row, row + 1)[0], results)
            if self.detail.select_first_match(event.step):
                self.reading = self.reading and self.detail.program
                self.programs.go_to_row(row)
                return
        self._show_program()
        self.context.notify_status("No more matches in these programs.")

    # What is clicked or chosen in the panes.

    @on(FacetList.Toggled)
    def _toggle_value(self, event: FacetList.Toggled) -> None:
        self.context.query_controller.toggle_value(event.search_field.name, event.value, exclude=event.exclude)

    @on(FacetList.FindRequested)
    def _find_value(self, event: FacetList.FindRequested) -> None:
        from ..dialogs.query_dialogs import find_value

        find_value(self.context, event.search_field)

    @on(ProgramList.SortRequested)
    def _sort(self, event: ProgramList.SortRequested) -> None:
        self.context.query_controller.sort_by(event.sort_key)

    @on(ProgramList.SaveToggled)
    def _toggle_saved(self, event: ProgramList.SaveToggled) -> None:
        self.context.session.toggle_saved(event.program)

    @on(ProgramList.MarkToggled)
    def _toggle_mark(self, event: ProgramList.MarkToggled) -> None:
        self.context.session.toggle_mark(event.program)
