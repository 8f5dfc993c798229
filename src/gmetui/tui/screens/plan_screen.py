"""Plan: the season of the list, what it costs, and its signals. The pages are listed at the left."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Set
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal

from ...documents.costs_document import costs_document
from ...documents.document import Document
from ...documents.season_document import season_document
from ...documents.signals_document import signals_document
from ...planning.application_entry import parse_applications
from ...planning.costs import Applications, CostRequest, applications_of, plan_costs
from ...planning.cycle import current_cycle, cycle_name, first_year
from ...planning.list_sizes import list_sizes
from ...planning.season_plan import SeasonPlan, plan_season
from ...planning.service_needs import SeasonScope
from ...planning.signals import signal_meters
from ...text import plural
from .. import clock
from ..actions import bindings
from ..context import AppContext
from ..contexts import PLAN_ACTIONS
from ..rendering.document_lines import document_page
from ..widgets.page_pane import PAGE_TOP, PagePosition
from ..widgets.page_view import PageView
from ..widgets.reference_list import ReferenceItem, ReferenceList
from .base_screen import BaseScreen
from .reading_key import parse_reading_key, reading_key

_SEASON = "season"
_ROWS = (ReferenceItem(_SEASON, "Season"), ReferenceItem("costs", "Costs"), ReferenceItem("signals", "Signals"))
#: What does nothing on a row.
_IDLE_ACTIONS: Mapping[str, frozenset[str]] = {
    _SEASON: frozenset(("what-if",)),
    "costs": frozenset(("all-services", "export-calendar")),
    "signals": frozenset(("all-services", "export-calendar", "what-if")),
}
#: Seasons that can be shown, counted from the current one: it, the next one, the one before.
_SEASON_STEPS = (0, 1, -1)


class PlanScreen(BaseScreen):
    """The rows of the plan, and the page of the row under the cursor. Where there is little room, the page alone."""

    AUTO_FOCUS = "#plans"
    BINDINGS: ClassVar[list[BindingType]] = bindings(*PLAN_ACTIONS)

    def __init__(self, context: AppContext) -> None:
        super().__init__(context, "plan")
        self.rows = ReferenceList(("Plan",), _ROWS, id="plans")
        self.page = PageView(id="plan-page")
        self._uses_page = False
        self._season_step = 0
        self._is_complete = False

    def compose_panes(self) -> ComposeResult:
        """Lay out the panes."""
        with Horizontal(id="panes"):
            yield self.rows
            yield self.page

    def on_mount(self) -> None:
        """Show the first page, and again whenever the list changes."""
        self._uses_page = self.is_narrow
        self.rows.cursor_callback = self._show_page
        self.subscribe(self.context.session.open_list.current, lambda _: self._show_page(self.page.position))
        if self.is_narrow:
            self.call_after_refresh(self.focus_pane, "plan-page")

    def arrange_panes(self) -> None:
        """Show the rows and the page side by side, or the one in use."""
        self.rows.display = not (self.is_narrow and self._uses_page)
        self.page.display = not self.is_narrow or self._uses_page

    def focus_pane(self, pane_id: str) -> None:
        """Go to the rows or the page."""
        pane = self.page if pane_id == self.page.id else self.rows
        self._uses_page = pane is self.page
        self.arrange_panes()
        self.set_focus(pane)

    @property
    def _row_key(self) -> str:
        return self.rows.item.key if self.rows.item else _SEASON

    @property
    def history_key(self) -> str:
        """The row under the cursor, and where the reader is on its page."""
        return reading_key(self._row_key, self._row_key if self._uses_page else "", self.page.position)

    def restore(self, history_key: str) -> None:
        """Put the cursor on a row, and return to the place on its page."""
        key, page_id, position = parse_reading_key(history_key)
        self.rows.go_to(key)
        if page_id:
            self._show_page(position)
            self.focus_pane("plan-page")

    # The pages.

    @property
    def season(self) -> str:
        """The season that is shown."""
        year = first_year(current_cycle(clock.today()))
        assert year is not None
        return cycle_name(year + self._season_step)

    def _show_page(self, position: PagePosition = PAGE_TOP) -> None:
        documents: Mapping[str, Callable[[], Document]] = {
            _SEASON: self._season_document,
            "costs": self._costs_document,
            "signals": self._signals_document,
        }
        document = documents[self._row_key]()
        self.page.show_page(lambda width, _min_lines, state: document_page(document, width, state), position)
        self.show_keys()

    def _season_plan(self) -> SeasonPlan:
        scope = SeasonScope(is_complete=self._is_complete)
        return plan_season(self.catalog, self.context.session.shortlist, clock.today(), self.season, scope)

    def _season_document(self) -> Document:
        list_size = None if self._is_complete else len(self.context.session.shortlist)
        return season_document(self.catalog, self._season_plan(), clock.zone(), list_size)

    def _costs_document(self) -> Document:
        programs = (self.catalog.program.get(entry.id) for entry in self.context.session.shortlist)
        listed = [program for program in programs if program is not None]
        typed = self._typed_applications()
        applications = typed or applications_of(self.catalog, listed, self.season)
        plan = plan_costs(self.catalog, CostRequest(self.season, applications))
        counted = plural(sum(each.program_count for each in applications), "program")
        subject = f"what if: {counted}" if typed else f"{counted} on your list"
        return costs_document(self.catalog, plan, subject)

    def _signals_document(self) -> Document:
        shortlist = self.context.session.shortlist
        meters = signal_meters(self.catalog, shortlist, self.season)
        sizes = list_sizes(self.catalog, shortlist, clock.today().year)
        return signals_document(self.catalog, meters, sizes, self.season)

    # Actions.

    @on(ReferenceList.Opened)
    def action_open(self) -> None:
        """Read the page."""
        self.focus_pane("plan-page")

    def action_next_pane(self, step: int) -> None:
        """Go to the other pane."""
        self.focus_pane("plans" if self._uses_page else "plan-page")

    def action_back(self) -> None:
        """Go back one level: from the page to the rows, and to the Explore screen."""
        if self._uses_page:
            self.focus_pane("plans")
        else:
            self.context.action_open_screen("explore")

    def action_other_season(self) -> None:
        """Show the next season, then the one before, then the current one."""
        index = _SEASON_STEPS.index(self._season_step)
        self._season_step = _SEASON_STEPS[(index + 1) % len(_SEASON_STEPS)]
        self._show_page()

    def action_all_services(self) -> None:
        """Show every service, or only those that the list needs."""
        self._is_complete = not self._is_complete
        self._show_page()

    def action_what_if(self) -> None:
        """Ask how many programs of which specialties are applied to."""
        from ..dialogs.prompt_dialog import ask_text

        self.rows.go_to("costs")
        ask_text(
            self.context,
            "What if",
            "Specialties and numbers, with commas between them. Nothing: your list.",
            "internal medicine 35, anesthesiology 12",
            self._use_numbers,
            text=self.context.session.state.planned_applications,
        )

    def _use_numbers(self, answer: str) -> str | None:
        """Calculate with the numbers of an answer, and remember them; return why that is impossible."""
        try:
            parse_applications(self.catalog, answer.split(","), self.season)
        except ValueError as error:
            return str(error)
        session = self.context.session
        session.state = session.state._replace(planned_applications=answer)
        session.on_change()
        self._show_page()
        return None

    def _typed_applications(self) -> tuple[Applications, ...]:
        """Return the numbers that were typed in; none where the data no longer has their specialties."""
        words = self.context.session.state.planned_applications.split(",")
        try:
            return parse_applications(self.catalog, words, self.season)
        except ValueError:
            return ()

    def action_export_calendar(self) -> None:
        """Export the dates of the season as a calendar."""
        from ..dialogs.calendar_dialog import ask_calendar

        ask_calendar(self.context, self._season_plan())

    def idle_actions(self) -> Set[str]:
        """Return the actions of other rows than the one that is shown."""
        return _IDLE_ACTIONS[self._row_key]
