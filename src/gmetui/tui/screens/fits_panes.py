"""The panes of the Fits row of the plan: programs by what comparing them with the profile finds, above one page."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from textual.containers import Vertical

from ...catalog.vocabulary import KIND_PLURALS
from ...documents.document import Document, Paragraph, Section, Value
from ...documents.fits_document import VERDICT_LABELS, VERDICT_MEANINGS, fits_document, summary_of
from ...documents.program_fit_document import program_fit_document
from ...search import Query
from ...search.field_names import find_field
from ...search.fields import FIELDS_BY_NAME
from ...search.fit_values import FITS
from ...search.query import Clause, Condition
from ...shortlist.entries import Shortlist
from ...text import plural
from ..catalog_fits import CatalogFits
from ..context import AppContext
from ..rendering.document_lines import document_page
from ..widgets.fits_view import FitsListing, FitsView
from ..widgets.line_view import LineView
from ..widgets.page_pane import PAGE_TOP, PagePosition
from ..widgets.page_view import PageView

_STEPS = (
    "Fits compares what the page of each program states with your profile: what you meet, what counts "
    "against you, and what pages leave unclear.",
    "Your profile has no answers yet. Press Q, or choose You in the plan. Nothing is required, and everything stays "
    "on this computer.",
)


class FitsSubject(NamedTuple):
    """Which programs are compared: a search, and what it finds, such as "residencies" or "programs of your list"."""

    query: Query
    noun: str
    plural_noun: str

    def words(self, program_count: int) -> str:
        """Return how many programs it finds: "561 residencies"."""
        return plural(program_count, self.noun, self.plural_noun)


class _ComparedState(NamedTuple):
    """What the rows were made of."""

    query: Query
    shortlist: Shortlist
    fits: CatalogFits | None


class FitsPanes(Vertical):
    """The programs of a subject, with what there is to say of the one under the cursor."""

    def __init__(self, context: AppContext, *, id: str) -> None:
        self.view = FitsView(id="fits")
        self.page = PageView(id="fits-page")
        super().__init__(self.view, self.page, id=id)
        self.context = context
        self._subject_step = 0
        self._shown_state: _ComparedState | None = None
        self._listing: FitsListing | None = None
        self.view.cursor_callback = lambda: self._show_document(self._document())

    @property
    def _fits(self) -> CatalogFits | None:
        return self.context.session.profile.fits_of(self.context.catalog)

    def pane(self, pane_id: str) -> LineView:
        """Return a pane by its id: the programs only where there are any."""
        return self.view if pane_id != self.page.id and self._fits else self.page

    def show(self, position: PagePosition = PAGE_TOP) -> None:
        """Show the programs of the subject, or how to begin."""
        fits = self._fits
        if self._shown_state and self._shown_state.query != self._compared_state.query:
            self._subject_step = 0  # another search is what the reader wants compared
        self._shown_state = self._compared_state
        self._listing = self._listing_of(fits) if fits else None
        self.view.display = self._listing is not None
        self.view.show_listing(self._listing)
        self._show_document(self._document(), position)

    @property
    def _compared_state(self) -> _ComparedState:
        return _ComparedState(self.context.query_controller.query, self.context.session.shortlist, self._fits)

    @property
    def is_stale(self) -> bool:
        """Whether another search, list, or profile would be compared by now."""
        return self._shown_state is not None and self._shown_state != self._compared_state

    def _show_document(self, document: Document, position: PagePosition = PAGE_TOP) -> None:
        self.page.show_page(lambda width, _min_lines, state: document_page(document, width, state), position)

    # What is compared.

    def _subjects(self) -> Iterator[FitsSubject]:
        """Yield what can be compared: the search, the shortlist, the kind of the aim, and all programs."""
        query = self.context.query_controller.query
        query = query.replaced(clauses=tuple(clause for clause in query.clauses if not _is_about_fits(clause)))
        if query.clauses:
            yield FitsSubject(query, "program of your search", "programs of your search")
        if len(self.context.session.shortlist):
            yield FitsSubject(Query.parse("listed:yes"), "program of your list", "programs of your list")
        profile = self.context.session.profile.profile
        kind = (profile.aim.kind if profile and profile.aim else None) or "residency"
        if kind in ("residency", "fellowship"):
            yield FitsSubject(Query.parse(f"kind:{kind}"), kind, KIND_PLURALS[kind])
        yield FitsSubject(Query(), "program in all", "programs in all")

    @property
    def _subject(self) -> FitsSubject:
        subjects = list(self._subjects())
        return subjects[self._subject_step % len(subjects)]

    def next_subject(self) -> None:
        """Compare other programs."""
        self._subject_step += 1
        self.show()

    def _listing_of(self, fits: CatalogFits) -> FitsListing:
        subject = self._subject
        numbers = self.context.query_controller.search(subject.query).numbers()
        return FitsListing(fits, numbers, subject.words(len(numbers)))

    def query_text(self) -> str:
        """Return the search for the programs with the state of the line under the cursor; "" without one."""
        line = self.view.line
        return f"{self._subject.query} fits:{line.value}".strip() if line and line.is_selectable else ""

    # The page.

    def _document(self) -> Document:
        fits, listing = self._fits, self._listing
        if fits is None or listing is None:
            open_profile = self.context.session.profile
            return _waiting() if open_profile.profile else _instructions(open_profile.problem)
        catalog, stored = self.context.catalog, fits.stored
        program = self.view.program
        if program is not None:
            return program_fit_document(catalog, program, fits.fit_of(program), stored.profile)
        summary = summary_of(fits.table, stored.name, stored.profile, fits.year, listing.numbers, listing.subject)
        document = fits_document(catalog, summary, ())
        sections = tuple(section for section in document.sections if section.id == "missing")
        value = self.view.line.value if self.view.line else "cant-tell"
        return document._replace(
            title=f"{VERDICT_LABELS[value][:1].upper()}{VERDICT_LABELS[value][1:]}",
            subtitle=VERDICT_MEANINGS[value],
            sections=sections or (_complete(),),
        )


def _is_about_fits(clause: Clause) -> bool:
    """Tell whether a part of a search asks for verdicts, as the searches do that this list opens."""
    return any(isinstance(term, Condition) and find_field(term.field) is FIELDS_BY_NAME[FITS] for term in clause)


def _complete() -> Section:
    return Section("missing", "Complete", (Paragraph(Value("Nothing that you could tell would change an answer.")),))


def _waiting() -> Document:
    section = Section("fits", "Fits", (Paragraph(Value("Comparing the programs with your profile …"), "muted"),))
    return Document("plan", "fits", "Fits", "programs compared with your profile", sections=(section,))


def _instructions(problem: str) -> Document:
    """Return the page that says how to begin, below what is wrong."""
    warnings = (Paragraph(Value(f"Your profile can't be used. {problem}"), "warning"),) if problem else ()
    paragraphs = (*warnings, *(Paragraph(Value(step)) for step in _STEPS))
    section = Section("fits", "Fits", paragraphs)
    return Document("plan", "fits", "Fits", "programs compared with your profile", sections=(section,))
