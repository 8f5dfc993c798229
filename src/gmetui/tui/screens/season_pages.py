"""The pages of the plan about a season: what comes next, what it costs, and where signals go."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from ...documents.costs_document import costs_document
from ...documents.document import Document
from ...documents.season_document import season_document
from ...documents.signals_document import signals_document
from ...planning.application_entry import parse_applications
from ...planning.costs import Applications, CostRequest, applications_of, plan_costs
from ...planning.cycle import current_cycle, cycle_name, first_year
from ...planning.list_sizes import list_sizes
from ...planning.personal_season import PersonalSeason, home_institutions, personal_season
from ...planning.season_plan import SeasonPlan, plan_season
from ...planning.signals import signal_meters
from ...text import plural
from .. import clock
from ..context import AppContext

SEASON, COSTS, SIGNALS = "season", "costs", "signals"
#: Seasons that can be shown, counted from the current one: it, the next one, the one before.
_SEASON_STEPS = (0, 1, -1)


class SeasonPages:
    """Makes the pages for the open list and the profile. `season_step` and `is_complete` are what is shown of them."""

    def __init__(self, context: AppContext) -> None:
        self._context = context
        self._season_step = 0
        self._is_complete = False

    @property
    def season(self) -> str:
        """The season that is shown: counted from the one that the reader aims at, else from the current one."""
        year = first_year(self._personal.cycle or current_cycle(clock.today()))
        assert year is not None
        return cycle_name(year + self._season_step)

    def show_other_season(self) -> None:
        """Show the next season, then the one before, then the current one."""
        index = _SEASON_STEPS.index(self._season_step)
        self._season_step = _SEASON_STEPS[(index + 1) % len(_SEASON_STEPS)]

    def toggle_services(self) -> None:
        """Show every service, or only those that the list needs."""
        self._is_complete = not self._is_complete

    def document(self, row_key: str) -> Document:
        """Return the page of a row."""
        documents: Mapping[str, Callable[[], Document]] = {
            SEASON: self._season_document,
            COSTS: self._costs_document,
            SIGNALS: self._signals_document,
        }
        return documents[row_key]()

    @property
    def _personal(self) -> PersonalSeason:
        return personal_season(self._context.session.profile.profile)

    def plan(self, *, is_exported: bool = False) -> SeasonPlan:
        """Return the plan of the season; one that is exported has no days of the profile."""
        personal = self._personal
        personal_events = () if is_exported else personal.events
        shortlist = self._context.session.shortlist
        scope = personal.scope(self._context.catalog, has_list=bool(len(shortlist)), is_complete=self._is_complete)
        return plan_season(self._context.catalog, shortlist, clock.today(), self.season, scope, personal_events)

    def _season_document(self) -> Document:
        catalog, shortlist = self._context.catalog, self._context.session.shortlist
        list_size = None if self._is_complete else len(shortlist)
        scope = self._personal.scope(catalog, has_list=bool(len(shortlist)), is_complete=self._is_complete)
        return season_document(catalog, self.plan(), clock.zone(), list_size, scope.specialties)

    def _costs_document(self) -> Document:
        catalog, personal = self._context.catalog, self._personal
        programs = (catalog.program.get(entry.id) for entry in self._context.session.shortlist)
        listed = [program for program in programs if program is not None]
        typed = self._typed_applications()
        applications = typed or applications_of(catalog, listed, self.season)
        request = CostRequest(
            self.season,
            applications,
            is_international=personal.is_international,
            needs_visa=personal.needs_visa,
            passed_exams=personal.passed_exams,
            is_certified=personal.is_certified,
        )
        counted = plural(sum(each.program_count for each in applications), "program")
        subject = f"what if: {counted}" if typed else f"{counted} on your list"
        return costs_document(catalog, plan_costs(catalog, request), subject)

    def _signals_document(self) -> Document:
        catalog, shortlist = self._context.catalog, self._context.session.shortlist
        home = home_institutions(catalog, self._context.session.profile.profile)
        meters = signal_meters(catalog, shortlist, self.season, home)
        sizes = list_sizes(catalog, shortlist, clock.today().year)
        return signals_document(catalog, meters, sizes, self.season)

    # Numbers that are typed in.

    def ask_numbers(self, on_change: Callable[[], None]) -> None:
        """Ask how many programs of which specialties are applied to."""
        from ..dialogs.prompt_dialog import ask_text

        def use(answer: str) -> str | None:
            """Calculate with the numbers of an answer, and remember them; return why that is impossible."""
            try:
                parse_applications(self._context.catalog, answer.split(","), self.season)
            except ValueError as error:
                return str(error)
            session = self._context.session
            session.update_state(session.state._replace(planned_applications=answer))
            on_change()
            return None

        ask_text(
            self._context,
            "What if",
            "Specialties and numbers, with commas between them. Nothing: your list.",
            "internal medicine 35, anesthesiology 12",
            use,
            text=self._context.session.state.planned_applications,
        )

    def _typed_applications(self) -> tuple[Applications, ...]:
        """Return the numbers that were typed in; none where the data no longer has their specialties."""
        words = self._context.session.state.planned_applications.split(",")
        try:
            return parse_applications(self._context.catalog, words, self.season)
        except ValueError:
            return ()
