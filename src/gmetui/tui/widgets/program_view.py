"""The program under the cursor, in full."""

from __future__ import annotations

from functools import partial

from ...catalog.models import Catalog, Program
from ...search import Results
from ..rendering.program_page import program_detail
from .page_view import ReadingPane


class DetailPane(ReadingPane):
    """One program."""

    def __init__(self, catalog: Catalog, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.catalog = catalog
        self.program: Program | None = None

    def show(self, program: Program | None, results: Results | None = None) -> None:
        """Show another program from its top, with the words that were asked for marked."""
        self.show_words(results.highlights if results and results.tokens else None)
        if program is not self.program:
            self.program = program
            self.show_page(partial(program_detail, self.catalog, program) if program else None)
