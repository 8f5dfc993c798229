"""The columns that a list of programs can show beside the names, and the texts of their cells."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from ..catalog.vocabulary import SHORT_KIND_LABELS, VISAS
from ..lean_typing import TYPE_CHECKING, NamedTuple
from ..text import did_you_mean

if TYPE_CHECKING:
    from ..catalog.catalog import Catalog
    from ..catalog.models import Program

EMPTY_CELL = "—"  # not stated
FITS_ID, MILES_ID = "fits", "miles"
#: Returns the text of a cell, today.
CellText = Callable[["Catalog", "Program", date], str]
_DEADLINE_WIDTH, _VISA_WIDTH = 16, 14
_VISA_STARTS = (*VISAS, *(f"no {visa}" for visa in VISAS))


class ProgramColumn(NamedTuple):
    """A column: its title, its greatest width, the text of its cells, and the key that `sort:` takes for it."""

    id: str
    title: str
    width: int
    cell_text: CellText
    sort_key: str
    description: str
    is_numeric: bool = False  # right-aligned


def _specialty(catalog: Catalog, program: Program, _today: date) -> str:
    return catalog.specialty[program.specialty].label


def _institution(catalog: Catalog, program: Program, _today: date) -> str:
    return catalog.institution[program.institution].short_name


def _kind(_: Catalog, program: Program, _today: date) -> str:
    return SHORT_KIND_LABELS[program.kind]


def _length(_: Catalog, program: Program, _today: date) -> str:
    return str(program.length_years or EMPTY_CELL)


def _positions(_: Catalog, program: Program, _today: date) -> str:
    return str(program.positions_per_year or EMPTY_CELL)


def _city(catalog: Catalog, program: Program, _today: date) -> str:
    return catalog.location_of(program)[0] or ""


def _state(catalog: Catalog, program: Program, _today: date) -> str:
    return catalog.location_of(program)[1] or ""


def _visa(catalog: Catalog, program: Program, _today: date) -> str:
    """Return the visas, with "~" where only the hospital states them for all its programs.

    A text that names no visa first has no room in a column: it is on the page.
    """
    from .deciding_facts import visa_text

    text = visa_text(catalog, program) or EMPTY_CELL
    return text if len(text) <= _VISA_WIDTH or text.startswith(_VISA_STARTS) else "see page"


def _match(_: Catalog, program: Program, _today: date) -> str:
    return program.match or EMPTY_CELL


def _deadline(catalog: Catalog, program: Program, today: date) -> str:
    """Return the day by which to apply, or where a date is that has no room in a column."""
    from .deciding_facts import deadline_text

    text = deadline_text(catalog, program, today) or EMPTY_CELL
    return text if len(text) <= _DEADLINE_WIDTH else "see page"


def _known_facts(catalog: Catalog, program: Program, _today: date) -> str:
    from ..catalog.completeness import completeness

    stated, total = completeness(catalog, program)
    return f"{stated}/{total}"


def _no_verdict(_: Catalog, _program: Program, _today: date) -> str:
    return EMPTY_CELL


COLUMNS: tuple[ProgramColumn, ...] = (
    ProgramColumn("specialty", "Specialty", 26, _specialty, "specialty", "specialty"),
    ProgramColumn("institution", "Hospital", 34, _institution, "institution", "short name of the institution"),
    ProgramColumn("kind", "Kind", 11, _kind, "kind", "residency, fellowship …"),
    ProgramColumn("length", "Years", 5, _length, "length", "length of the program", is_numeric=True),
    ProgramColumn("positions", "Positions", 9, _positions, "positions", "positions a year", is_numeric=True),
    ProgramColumn("city", "City", 16, _city, "city", "city"),
    ProgramColumn("state", "State", 5, _state, "state", "state"),
    ProgramColumn("visa", "Visa", _VISA_WIDTH, _visa, "visa", "visas the program sponsors; ~ is hospital-wide"),
    ProgramColumn("match", "Match", 14, _match, "match", "match the program takes part in"),
    ProgramColumn("dates", "Deadline", _DEADLINE_WIDTH, _deadline, "dates", "last day to apply, with a past year"),
    ProgramColumn(FITS_ID, "Fits you", 11, _no_verdict, FITS_ID, "what the page states, compared with your profile"),
    ProgramColumn("stated", "Known", 6, _known_facts, "stated", "number of facts known", is_numeric=True),
)
COLUMNS_BY_ID: Mapping[str, ProgramColumn] = {column.id: column for column in COLUMNS}

DEFAULT_IDS = ("institution", "fits", "length", "visa", "dates", "positions", "city")  # the most important first


def remembering_columns(fits_text: CellText | None = None) -> dict[str, ProgramColumn]:
    """Return all columns by id, which compute each cell once, for the rows of one catalog.

    `fits_text` is what compares a program with the reader's profile, None without one: there is no such column then.
    """
    columns = {column.id: column._replace(cell_text=_remember(column.cell_text)) for column in COLUMNS}
    fits_column = columns.pop(FITS_ID)
    return columns if fits_text is None else {**columns, FITS_ID: fits_column._replace(cell_text=fits_text)}


def _remember(cell_text: CellText) -> CellText:
    texts: dict[str, str] = {}

    def read_text(catalog: Catalog, program: Program, today: date) -> str:
        text = texts.get(program.id)
        if text is None:
            text = texts[program.id] = cell_text(catalog, program, today)
        return text

    return read_text


def miles_column(miles_text: CellText) -> ProgramColumn:
    """Return the column of a search that asks for a distance; `miles_text` returns the miles, or the empty cell."""
    from ..search.field_names import NEAR

    return ProgramColumn(
        MILES_ID, "Miles", 5, miles_text, NEAR, "distance from the place that the search names", is_numeric=True
    )


def column_errors(chosen_ids: Sequence[str]) -> list[str]:
    """Return an error message for every unknown column id."""
    return [
        f"columns: unknown column “{column_id}”; "
        + (did_you_mean(column_id, COLUMNS_BY_ID) or f"columns are {', '.join(COLUMNS_BY_ID)}")
        for column_id in chosen_ids
        if column_id not in COLUMNS_BY_ID
    ]
