"""The pane of the You row of the plan: the page of the profile."""

from __future__ import annotations

from textual.containers import Vertical

from ...documents.document import Document, Paragraph, Section, Value
from ...documents.profile_document import profile_document
from ...planning.fit_table import MissingAnswer, judge_all
from ...planning.profile import EMPTY_PROFILE
from ...planning.profile_checks import unknown_ids
from ...storage.profiles import is_readable_by_others
from .. import clock
from ..context import AppContext
from ..rendering.document_lines import document_page
from ..widgets.page_pane import PAGE_TOP, PagePosition
from ..widgets.profile_view import ProfileView


class ProfilePanes(Vertical):
    """What the reader tells. It has a page only."""

    def __init__(self, context: AppContext, *, id: str) -> None:
        self.view = None
        self.page = ProfileView(context, id="profile")
        super().__init__(self.page, id=id)
        self.context = context
        self._first_questions: tuple[MissingAnswer, ...] | None = None

    def pane(self, pane_id: str) -> ProfileView:
        """Return the page."""
        return self.page

    def show(self, position: PagePosition = PAGE_TOP) -> None:
        """Show the profile."""
        document, row_keys = self._document(), self.page.later_row_keys
        self.page.show_page(lambda width, _min_lines, state: document_page(document, width, state), position)
        self.page.keep_cursor(row_keys)

    def _document(self) -> Document:
        open_profile = self.context.session.profile
        stored = open_profile.stored
        notices = [self._effect()] if open_profile.fits is not None else []
        notices += [f"Another gmetui wrote “{key}”; it was left as it is." for key in stored.newer_keys]
        unknown = unknown_ids(stored.profile, self.context.catalog)
        notices += [f"{each.message[:1].upper()}{each.message[1:]}; {each.hint}" for each in unknown]
        if is_readable_by_others(stored.path):
            notices.append("Other users of this computer can read the file; the next change makes it yours alone.")
        document = profile_document(
            self.context.catalog, stored.profile, stored.name, self._questions(), notices=notices
        )
        if open_profile.problem:
            return document._replace(sections=(_problem_section(open_profile.problem),))
        return document

    def _effect(self) -> str:
        """Return what the profile says of all programs, so that an answer shows what it changes."""
        fits = self.context.session.profile.fits_of(self.context.catalog)
        counts = {value: len(programs) for value, programs in fits.programs_by_value.items()} if fits else {}
        met, unknown, against = (f"{counts.get(value, 0):,}" for value in ("meets", "cant-tell", "no"))
        return f"All programs: {met} met, {against} not met, {unknown} can't tell. Fits lists them."

    def _questions(self) -> tuple[MissingAnswer, ...]:
        """Return what would change answers; for an empty profile it is found out once."""
        fits = self.context.session.profile.fits_of(self.context.catalog)
        if fits is not None:
            return fits.table.missing_answers()
        if self._first_questions is None:
            self._first_questions = judge_all(self.context.catalog, EMPTY_PROFILE, clock.today()).missing_answers()
        return self._first_questions


def _problem_section(problem: str) -> Section:
    paragraphs = (
        Paragraph(Value("Something in the file is wrong, so it isn't used. Press o to correct it.")),
        *(Paragraph(Value(line), "warning") for line in problem.split("\n")),
    )
    return Section("problems", "To correct", paragraphs)
