"""Plan: you, what fits you, training, the season with its costs and signals, and your partner's list."""

from __future__ import annotations

from collections.abc import Mapping, Set
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal

from ..actions import bindings
from ..context import AppContext
from ..contexts import PLAN_ACTIONS
from ..rendering.document_lines import document_page
from ..widgets.fits_view import FitsView
from ..widgets.ladder_view import LadderView
from ..widgets.page_pane import PAGE_TOP, PagePosition
from ..widgets.page_view import PageView
from ..widgets.reference_list import PlanList, ReferenceItem, ReferenceList
from .base_screen import BaseScreen
from .couple_panes import CouplePanes
from .fits_panes import FitsPanes
from .ladder_panes import LadderPanes, LadderSubject, parse_subject
from .profile_panes import ProfilePanes
from .reading_key import parse_reading_key, reading_key
from .season_pages import COSTS, SEASON, SIGNALS, SeasonPages

_YOU, _FITS, _LADDER, _COUPLE = "you", "fits", "ladder", "couple"
_ROWS = (
    ReferenceItem(_YOU, "You", description="your exams, degree, visa and training"),
    ReferenceItem(_FITS, "Fits", description="which programs' requirements you meet"),
    ReferenceItem(_LADDER, "Ladder", description="which training can follow, and how long it takes"),
    ReferenceItem(SEASON, "Season", description="the dates of the match and of your programs"),
    ReferenceItem(COSTS, "Costs", description="what your applications cost"),
    ReferenceItem(SIGNALS, "Signals", description="how many signals you have, and how many are left"),
    ReferenceItem(_COUPLE, "Couple", description="pairs of programs to rank with your partner"),
)
_PROFILE_ROWS = (_YOU, _FITS)
_LADDER_ONLY = frozenset(("ladder-target", "ladder-start"))
_SEASON_ONLY = frozenset(("other-season", "all-services", "what-if", "export-calendar"))
_PARTNER_ONLY = frozenset(("partner",))
_EXPORTS = frozenset(("export-calendar", "export-plan"))
_NO_PROGRAMS = frozenset(("programs",))
#: What does nothing on a row.
_IDLE_ACTIONS: Mapping[str, frozenset[str]] = {
    _YOU: _LADDER_ONLY | _SEASON_ONLY | _PARTNER_ONLY | _NO_PROGRAMS | _EXPORTS,
    _FITS: _LADDER_ONLY | _SEASON_ONLY | _PARTNER_ONLY | _EXPORTS,
    _LADDER: _SEASON_ONLY | _PARTNER_ONLY | _EXPORTS,
    SEASON: _LADDER_ONLY | _PARTNER_ONLY | _NO_PROGRAMS | {"what-if"},
    COSTS: _LADDER_ONLY | _PARTNER_ONLY | _NO_PROGRAMS | _EXPORTS | {"all-services"},
    SIGNALS: _LADDER_ONLY | _PARTNER_ONLY | _NO_PROGRAMS | _EXPORTS | {"all-services", "what-if"},
    _COUPLE: _LADDER_ONLY | _SEASON_ONLY | _NO_PROGRAMS,
}
#: The rows whose panes are their own.
_ROWS_BY_PANE: Mapping[str, str] = {
    "profile": _YOU,
    "fits": _FITS,
    "fits-page": _FITS,
    "ladder": _LADDER,
    "ladder-page": _LADDER,
    "couple": _COUPLE,
    "couple-page": _COUPLE,
}
_SUBJECT_SEPARATOR = "@"  # in the history, between the row of the ladder and what it is about


_RowPanes = ProfilePanes | FitsPanes | LadderPanes | CouplePanes


class PlanScreen(BaseScreen):
    """The rows of the plan, and the page of the row under the cursor. Where there is little room, the page alone."""

    AUTO_FOCUS = "#plans"
    BINDINGS: ClassVar[list[BindingType]] = bindings(*PLAN_ACTIONS)

    def __init__(self, context: AppContext) -> None:
        super().__init__(context, "plan")
        is_offered = context.session.profile.is_offered
        shown_rows = [row for row in _ROWS if is_offered or row.key not in _PROFILE_ROWS]
        self.rows = PlanList(("Plan",), shown_rows, id="plans")
        self.rows.cursor = next(index for index, row in enumerate(shown_rows) if row.key == SEASON)  # asked most
        self.page = PageView(id="plan-page")
        self.profile = ProfilePanes(context, id="profile-panes")
        self.fits = FitsPanes(context, id="fits-panes")
        self.ladder = LadderPanes(context, id="ladder-panes")
        self.couple = CouplePanes(context, id="couple-panes")
        self.pages = SeasonPages(context)
        self._uses_page = False

    def compose_panes(self) -> ComposeResult:
        """Lay out the panes."""
        with Horizontal(id="panes"):
            yield self.rows
            yield self.page
            yield from self._all_panes

    def on_mount(self) -> None:
        """Show the page, and again whenever the list or the profile changes."""
        self._uses_page = self.is_narrow
        self.rows.cursor_callback = self._show_page
        self.subscribe(self.context.session.open_list.current, lambda _: self._show_page(self._shown_page.position))
        self.subscribe(self.context.session.profile.changes, lambda _: self._show_page(self._shown_page.position))
        if self.is_narrow:
            self.call_after_refresh(self.focus_pane, "plan-page")

    def on_screen_resume(self) -> None:
        """Compare other programs where another search was made meanwhile."""
        if self._row_key == _FITS and self.fits.is_stale:
            self._show_page(self._shown_page.position)

    def arrange_panes(self) -> None:
        """Show the rows and the page side by side, or the one in use."""
        self.rows.display = not (self.is_narrow and self._uses_page)
        self.rows.styles.width = "1fr" if self.is_narrow else None
        has_page = not self.is_narrow or self._uses_page
        self.page.display = has_page and self._row_panes is None
        for panes in self._all_panes:
            panes.display = has_page and panes is self._row_panes

    def focus_pane(self, pane_id: str) -> None:
        """Go to the rows, or to the page of the row: to the list above the page, where there is one."""
        self._uses_page = pane_id != self.rows.id
        row_key = _ROWS_BY_PANE.get(pane_id, self._row_key)
        if row_key != self._row_key:
            self.rows.go_to(row_key)
        self.arrange_panes()
        page = self._row_panes.pane(pane_id) if self._row_panes else self.page
        self.set_focus(page if self._uses_page else self.rows)

    @property
    def _shown_page(self) -> PageView:
        """The page of the row."""
        return self._row_panes.page if self._row_panes else self.page

    @property
    def _all_panes(self) -> tuple[_RowPanes, ...]:
        return self.profile, self.fits, self.ladder, self.couple

    @property
    def _row_panes(self) -> _RowPanes | None:
        """The panes of a row that has more than a page, or a page of its own kind."""
        panes = dict(zip((_YOU, _FITS, _LADDER, _COUPLE), self._all_panes, strict=True))
        return panes.get(self._row_key)

    @property
    def _row_key(self) -> str:
        return self.rows.item.key if self.rows.item else SEASON

    @property
    def history_key(self) -> str:
        """The row under the cursor, and where the reader is on its page."""
        row_key = f"{_LADDER}{_SUBJECT_SEPARATOR}{self.ladder.subject}" if self._row_key == _LADDER else self._row_key
        return reading_key(row_key, row_key if self._uses_page else "", self._shown_page.position)

    def restore(self, history_key: str) -> None:
        """Put the cursor on a row, and return to the place on its page."""
        key, page_id, position = parse_reading_key(history_key)
        row_key, _, subject = key.partition(_SUBJECT_SEPARATOR)
        if row_key == _LADDER:
            self.ladder.choose(parse_subject(subject))
        self.rows.go_to(row_key)
        if page_id:
            self._show_page(position)
            self.focus_pane("plan-page")

    # The pages.

    def _show_page(self, position: PagePosition = PAGE_TOP) -> None:
        if self._row_panes:
            self._row_panes.show(position)
        else:
            document = self.pages.document(self._row_key)
            self.page.show_page(lambda width, _min_lines, state: document_page(document, width, state), position)
        self.arrange_panes()
        self.show_keys()

    def show_profile(self) -> None:
        """Go to the page of the profile."""
        self.rows.go_to(_YOU)
        self._show_page()
        self.call_after_refresh(self.focus_pane, "plan-page")

    # Actions.

    @on(ReferenceList.Opened)
    def action_open(self) -> None:
        """Read the page."""
        self.focus_pane("plan-page")

    @property
    def _list_id(self) -> str:
        """The id of the list above the page, "" where there is none."""
        panes = self._row_panes
        view = panes.view if panes else None
        return view.id or "" if view and view.display else ""

    def action_next_pane(self, step: int) -> None:
        """Go to the next pane."""
        order = ["plans", *([self._list_id] if self._list_id else []), self._shown_page.id or ""]
        focused_id = self.focused.id or "" if self.focused else ""
        index = order.index(focused_id) if focused_id in order else 0
        self.focus_pane(order[(index + step) % len(order)])

    def action_back(self) -> None:
        """Go back one level: from the page to the list above it or the rows, and to the Explore screen."""
        if self._uses_page and self.focused is self._shown_page and self._list_id:
            self.focus_pane(self._list_id)
        elif self._uses_page:
            self.focus_pane("plans")
        else:
            self.context.action_open_screen("explore")

    def action_other_season(self) -> None:
        """Show the next season, then the one before, then the current one."""
        self.pages.show_other_season()
        self._show_page()

    def action_all_services(self) -> None:
        """Show every service, or only those that the list needs."""
        self.pages.toggle_services()
        self._show_page()

    def action_what_if(self) -> None:
        """Ask how many programs of which specialties are applied to."""
        self.rows.go_to(COSTS)
        self.pages.ask_numbers(self._show_page)

    def action_export_plan(self) -> None:
        """Export the rows of the couple where they are shown, else the dates of the season."""
        if self._row_key == _COUPLE:
            self.couple.editor.export()
        else:
            self.action_export_calendar()

    def action_export_calendar(self) -> None:
        """Export the dates of the season as a calendar."""
        from ..dialogs.calendar_dialog import ask_calendar

        ask_calendar(self.context, self.pages.plan(is_exported=True))

    def idle_actions(self) -> Set[str]:
        """Return the actions of other rows than the one that is shown."""
        return _IDLE_ACTIONS[self._row_key]

    def foreign_actions(self) -> Set[str]:
        """Return what the help of the open row leaves out."""
        return self.idle_actions()

    def action_partner(self) -> None:
        """Choose the list of the partner."""
        self.focus_pane("couple")
        self.couple.editor.choose_partner()

    # What fits.

    @on(FitsView.Opened)
    def _open_fit(self) -> None:
        """Read the program under the cursor, or show the programs of the state."""
        program = self.fits.view.program
        if program is not None:
            self.context.open_program(program.id)
        else:
            self.context.open_query(self.fits.query_text())

    def action_other_programs(self) -> None:
        """Compare other programs with the profile."""
        self.fits.next_subject()

    # The ladder.

    def show_ladder(self, start: str) -> None:
        """Show the ladder from a program or specialty, or for "" the reader's own."""
        self._show_subject(LadderSubject(start))

    def _show_subject(self, subject: LadderSubject) -> None:
        """Show a ladder, or the ways to a specialty."""
        self.ladder.choose(subject)
        self.rows.go_to(_LADDER)
        self._show_page()
        self.call_after_refresh(self.focus_pane, "ladder")

    @on(LadderView.Opened)
    def _read_rung(self) -> None:
        """Read about the specialty of the rung under the cursor."""
        branch = self.ladder.view.branch
        if branch is not None:
            self.context.open_reference("specialties", branch.rung.specialty)

    def action_show_programs(self) -> None:
        """Show the programs of the state or the rung, or of what the ways lead to, in the search."""
        query_text = self.fits.query_text() if self._row_key == _FITS else self.ladder.query_text()
        if query_text:
            self.context.open_query(query_text)

    def action_ladder_target(self) -> None:
        """Choose a specialty, and show every way to it."""
        self.ladder.choose_target(self._show_subject)

    def action_ladder_start(self) -> None:
        """Choose where the ladder starts."""
        self.ladder.choose_start(self._show_subject)
