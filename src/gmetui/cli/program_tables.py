"""Programs as a table: the columns that `gmetui search` shows, and those that `--columns` can add."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from ..catalog.catalog import Catalog
from ..catalog.models import Program
from ..catalog.vocabulary import KIND_LABELS
from . import clock
from .table_output import ID_WIDTH, Column, RecordTable, column_keys


class _ProgramTableColumn(NamedTuple):
    """A column with the text of its cells, which is made only where the column is shown."""

    column: Column
    cell_text: Callable[[Catalog, Program], str]


def _city(catalog: Catalog, program: Program) -> str:
    return catalog.location_of(program)[0] or ""


def _state(catalog: Catalog, program: Program) -> str:
    return catalog.location_of(program)[1] or ""


def _visa(catalog: Catalog, program: Program) -> str:
    from ..documents.deciding_facts import visa_text  # only where the column is asked for

    return visa_text(catalog, program)


def _deadline(catalog: Catalog, program: Program) -> str:
    from ..documents.deciding_facts import deadline_text

    return deadline_text(catalog, program, clock.today())


_COLUMNS = (
    _ProgramTableColumn(Column("program", "Program", least_width=30), lambda _, program: program.name),
    _ProgramTableColumn(
        Column("institution", "Hospital", least_width=8),
        lambda catalog, program: catalog.institution[program.institution].short_name,
    ),
    _ProgramTableColumn(Column("kind", "Kind", whole_cells=True), lambda _, program: KIND_LABELS[program.kind]),
    _ProgramTableColumn(
        Column("specialty", "Specialty", least_terminal=90, least_width=20),
        lambda catalog, program: catalog.specialty[program.specialty].label,
    ),
    _ProgramTableColumn(
        Column("years", "Years", is_number=True, least_terminal=72), lambda _, program: str(program.length_years or "")
    ),
    _ProgramTableColumn(Column("id", "ID", whole_cells=True, least_terminal=ID_WIDTH), lambda _, program: program.id),
    _ProgramTableColumn(
        Column("positions", "Positions", is_number=True, is_optional=True),
        lambda _, program: str(program.positions_per_year or ""),
    ),
    _ProgramTableColumn(Column("city", "City", is_optional=True), _city),
    _ProgramTableColumn(Column("state", "State", is_optional=True), _state),
    _ProgramTableColumn(Column("visa", "Visa", is_optional=True), _visa),
    _ProgramTableColumn(
        Column("deadline", "Deadline", is_optional=True),
        _deadline,
    ),
    _ProgramTableColumn(Column("match", "Match", is_optional=True), lambda _, program: program.match or ""),
    _ProgramTableColumn(Column("page", "Page", is_optional=True), lambda _, program: program.url or ""),
)


def program_table(catalog: Catalog, programs: Sequence[Program], names: str | None) -> RecordTable:
    """Return programs as rows. Only the cells of the columns that `names` asks for are filled, or the usual ones."""
    columns = [program_column.column for program_column in _COLUMNS]
    keys = column_keys(columns, names)
    rows = [
        [cell_text(catalog, program) if column.key in keys else "" for column, cell_text in _COLUMNS]
        for program in programs
    ]
    return RecordTable(columns, rows, "program", [program.url or "" for program in programs])
