"""The page of a program, or of what else a search is about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...catalog.catalog import Catalog
from ...catalog.models import Program
from ...search import Results
from .. import clock
from ..keymap import KeyMap
from ..labels import fits_hint
from ..open_profile import OpenProfile
from ..rendering.document_header import NO_REMARKS, HeadingRemarks
from ..rendering.page import Page, PageState, PageStop
from .page_pane import PAGE_TOP, PagePosition
from .page_view import PageView

if TYPE_CHECKING:
    from ...documents.document import Document
    from ...search.page_hits import PageHit
    from ..catalog_fits import CatalogFits

_FIRST_SECTIONS = 3  # as many as usually fill a pane


class ProgramView(PageView):
    """Shows a program. `with_summary` is off where what the summary says stands beside the page."""

    def __init__(self, catalog: Catalog, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.catalog = catalog
        self.program: Program | None = None
        self.with_summary = True
        self._shown: tuple[Program | None, Catalog] = None, catalog
        self._document: Document | None = None
        self._page_hit: PageHit | None = None
        self._remarks = NO_REMARKS
        self._fits: CatalogFits | None = None
        self._fits_hint = ""

    def show_program(
        self, program: Program | None, results: Results | None = None, position: PagePosition = PAGE_TOP
    ) -> None:
        """Show a program from its top or from `position`, with the matches of a search highlighted."""
        self.set_highlighter(results.highlights if results and results.tokens else None)
        shown = program, self.catalog
        if shown != self._shown or position != PAGE_TOP or self._page_hit is not None:
            self.program, self._shown = program, shown
            self._page_hit = None
            self._document = None
            self.show_page(self._write if program else None, position)

    def show_page_hit(self, page_hit: PageHit, results: Results) -> None:
        """Show the page of an institution, a specialty or a service at the section that a search is about."""
        self.set_highlighter(results.highlights)
        if page_hit != self._page_hit:
            self.program, self._document, self._page_hit = None, None, page_hit
            self._shown = None, self.catalog
            catalog = self.catalog
            from ..rendering.reference_pages import hit_page

            self.show_page(lambda width, _, state: hit_page(catalog, page_hit, width, state))
            self.call_after_refresh(self.scroll_to_title, page_hit.section)

    def show_remarks(self, remarks: HeadingRemarks) -> None:
        """Show the program's place on the shortlist in the heading."""
        if remarks != self._remarks:
            self._remarks = remarks
            self.rewrite()

    def show_summary(self, with_summary: bool) -> None:
        """Write the summary on the page, or leave it out."""
        if with_summary != self.with_summary:
            self.with_summary = with_summary
            self.rewrite()

    def show_profile(self, profile: OpenProfile, key_map: KeyMap) -> None:
        """Mark the requirements with what comparing them with a profile finds; without one, say how to make one."""
        hint = fits_hint(key_map, is_offered=profile.is_offered)
        if profile.fits is not self._fits or hint != self._fits_hint:
            self._fits, self._fits_hint = profile.fits, hint
            self._document = None
            self.rewrite()

    def _read(self, program: Program, section_count: int | None = None) -> Document:
        """Return the document of a program, with its requirements compared, or its first sections."""
        from ...documents.program_document import program_document  # the first frame shows no page

        document = program_document(self.catalog, program, clock.today(), section_count=section_count)
        fits = self._fits
        if fits is not None and fits.catalog is self.catalog:
            from ...documents.program_fit_document import with_fit

            return with_fit(self.catalog, document, program, fits.fit_of(program), fits.stored.profile)
        if not self._fits_hint:
            return document
        from ...documents.program_requirements import with_hint

        return with_hint(document, self._fits_hint)

    @property
    def document(self) -> Document | None:
        """The whole document of the program."""
        if self.program is None:
            return None
        if self._document is None or not self._document.is_complete:
            self._document = self._read(self.program)
        return self._document

    def _write(self, width: int, min_lines: int | None, state: PageState) -> Page:
        """Write the page, or the sections that are seen first; these must suffice to fill the pane."""
        assert self.program is not None
        if min_lines is not None and self._document is None:
            document = self._read(self.program, _FIRST_SECTIONS)
            page = self._page(document, width, min_lines, state)
            if len(page.lines) >= min_lines:
                return page
        document_whole = self.document
        assert document_whole is not None
        return self._page(document_whole, width, min_lines, state)

    def _page(self, document: Document, width: int, min_lines: int | None, state: PageState) -> Page:
        from ..rendering.document_lines import document_page

        return document_page(document, width, state, min_lines, self._remarks, with_summary=self.with_summary)

    def narrowing_query(self, stop: PageStop) -> str | None:
        """Return the search for programs that share a value."""
        if self.program is None:
            return None
        from ..rendering.value_links import value_query

        return value_query(self.catalog, self.program, stop.row_key, stop.value_index)
