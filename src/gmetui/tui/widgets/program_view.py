"""The page of a program."""

from __future__ import annotations

from functools import partial

from ...catalog.catalog import Catalog
from ...catalog.models import Program
from ...search import Results
from ..rendering.program_page import program_page
from .page_view import PageView


class ProgramView(PageView):
    """Shows the program under the cursor."""

    def __init__(self, catalog: Catalog, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.catalog = catalog
        self.program: Program | None = None

    def show_program(self, program: Program | None, results: Results | None = None) -> None:
        """Show a program from its top, with the matches of a search highlighted."""
        self.set_highlighter(results.highlights if results and results.tokens else None)
        if program is not self.program:
            self.program = program
            self.show_page(partial(program_page, self.catalog, program) if program else None)
