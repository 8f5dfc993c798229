"""The panes of the Couple row of the plan: the rows of both lists above the page about them."""

from __future__ import annotations

from textual.containers import Vertical

from ...documents.couple_document import couple_notes_document
from ...documents.document import Document, Paragraph, Section, Value
from ...planning.cycle import current_cycle
from .. import clock
from ..context import AppContext
from ..couple_editor import CoupleEditor
from ..rendering.couple_rows import couple_rows
from ..rendering.document_lines import document_page
from ..widgets.couple_view import CoupleView
from ..widgets.line_view import LineView
from ..widgets.page_pane import PAGE_TOP, PagePosition
from ..widgets.page_view import PageView

_STEPS = (
    "A couple ranks pairs: in each row a program of yours and one of your partner's. Both of you match in the first "
    "row that both get.",
    "Ask your partner to export the list to TOML: e on the shortlist, or `gmetui export --format toml`. gmetui "
    "only reads it. A second list of yours works too.",
    "Press i to choose your partner's list.",
)


class CouplePanes(Vertical):
    """The rows of a couple with the page about the row under the cursor, or the page that says how to begin."""

    def __init__(self, context: AppContext, *, id: str) -> None:
        self.editor = CoupleEditor(context, self._show_rows)
        self.view = CoupleView(self.editor, id="couple")
        self.page = PageView(id="couple-page")
        super().__init__(self.view, self.page, id=id)
        self.app_context = context
        self.view.cursor_callback = lambda: self._show_document(self._document())

    @property
    def has_rows(self) -> bool:
        """Whether rows are shown, and not only a page."""
        return self.editor.plan is not None

    def pane(self, pane_id: str) -> LineView:
        """Return a pane by its id: the rows only where they are shown."""
        return self.view if pane_id != self.page.id and self.has_rows else self.page

    def show(self, position: PagePosition = PAGE_TOP) -> None:
        """Read the lists, and show the rows."""
        self.editor.load()
        self._show_rows(position)

    def _show_rows(self, position: PagePosition = PAGE_TOP) -> None:
        plan = self.editor.plan
        had_focus = self.view.has_focus or self.page.has_focus
        self.view.display = plan is not None
        self.view.show_rows(couple_rows(self.app_context.catalog, plan) if plan else None)
        if had_focus and plan is not None:
            self.view.focus()
        self._show_document(self._document(), position)

    def _show_document(self, document: Document, position: PagePosition = PAGE_TOP) -> None:
        self.page.show_page(lambda width, _min_lines, state: document_page(document, width, state), position)

    def _document(self) -> Document:
        """Return what there is to know about the rows, or how to begin."""
        editor, plan = self.editor, self.editor.plan
        if plan is None:
            return _instructions(editor.problem)
        season = current_cycle(clock.today())
        return couple_notes_document(self.app_context.catalog, plan, self.view.row, season, editor.partner_name)


def _instructions(problem: str) -> Document:
    """Return the page that says how to begin, below what is wrong."""
    warnings = (Paragraph(Value(problem), "warning"),) if problem else ()
    paragraphs = (*warnings, *(Paragraph(Value(step)) for step in _STEPS))
    section = Section("couple", "Couple", paragraphs)
    return Document("plan", "couple", "Couple", "rank pairs with your partner", sections=(section,))
