"""Every program judged for the reader's profile, as the screens show it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cached_property

from ..catalog.catalog import Catalog
from ..catalog.models import Program
from ..planning.application_year import ApplicationYear
from ..planning.fit_table import FitTable, application_year, judge_all
from ..planning.fit_words import short_verdict_words
from ..planning.program_fit import ProgramFit, Verdict, judge_program
from ..storage.profiles import StoredProfile


class CatalogFits:
    """The verdicts about all programs of a catalog for one profile, and the details of those that were looked at."""

    def __init__(self, catalog: Catalog, stored: StoredProfile, today: date) -> None:
        """Judge every program once; a thread may do it."""
        self.catalog = catalog
        self.stored = stored
        self.table: FitTable = judge_all(catalog, stored.profile, today)
        self.year: ApplicationYear = application_year(stored.profile, today)
        self._details: dict[str, ProgramFit] = {}

    @cached_property
    def programs_by_value(self) -> Mapping[str, Sequence[int]]:
        """The numbers of the programs with each value of `fits:`, always the same object."""
        return self.table.programs_by_value

    def verdict_of(self, program: Program) -> Verdict:
        """Return the verdict about a program."""
        return self.table.verdict(self.catalog.lookups.numbers[program.id])

    def cell_text(self, _: Catalog, program: Program, _today: date) -> str:
        """Return the verdict about a program for a column: "meets", "can't tell", "not met", "not yet", "—"."""
        return short_verdict_words(self.verdict_of(program))

    def fit_of(self, program: Program) -> ProgramFit:
        """Return a program judged in detail."""
        fit = self._details.get(program.id)
        if fit is None:
            fit = self._details[program.id] = judge_program(self.catalog, program, self.stored.profile, self.year)
        return fit
