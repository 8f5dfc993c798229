"""The columns that the program list can show beside the names."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from ...catalog.catalog import Catalog
from ...catalog.completeness import completeness
from ...catalog.models import Program
from ...catalog.vocabulary import SHORT_KIND_LABELS
from ...text import did_you_mean, plural

EMPTY_CELL = "–"  # not stated


class ProgramColumn(NamedTuple):
    """A column: its title, its width in cells, the text of its cells, and the key that `sort:` takes for it."""

    id: str
    title: str
    width: int
    cell_text: Callable[[Catalog, Program], str]
    sort_key: str
    description: str
    is_numeric: bool = False  # right-aligned


def _specialty(catalog: Catalog, program: Program) -> str:
    return catalog.specialty[program.specialty].label


def _institution(catalog: Catalog, program: Program) -> str:
    return catalog.institution[program.institution].short_name


def _kind(_: Catalog, program: Program) -> str:
    return SHORT_KIND_LABELS[program.kind]


def _length(_: Catalog, program: Program) -> str:
    return plural(program.length_years, "year") if program.length_years else EMPTY_CELL


def _positions(_: Catalog, program: Program) -> str:
    return str(program.positions_per_year or EMPTY_CELL)


def _city(catalog: Catalog, program: Program) -> str:
    return catalog.location_of(program)[0] or ""


def _state(catalog: Catalog, program: Program) -> str:
    return catalog.location_of(program)[1] or ""


def _visa(_: Catalog, program: Program) -> str:
    names = dict.fromkeys(name for item in program.visa for name in item.sponsored)
    return ", ".join(names) or ("see page" if program.visa else EMPTY_CELL)


def _match(_: Catalog, program: Program) -> str:
    return program.match or EMPTY_CELL


def _first_date(_: Catalog, program: Program) -> str:
    return program.deadlines[0].text if program.deadlines else EMPTY_CELL


def _known_facts(catalog: Catalog, program: Program) -> str:
    stated, total = completeness(catalog, program)
    return f"{stated}/{total}"


COLUMNS: tuple[ProgramColumn, ...] = (
    ProgramColumn("specialty", "Specialty", 26, _specialty, "specialty", "specialty"),
    ProgramColumn("institution", "Hospital", 8, _institution, "institution", "short name of the institution"),
    ProgramColumn("kind", "Kind", 11, _kind, "kind", "residency, fellowship …"),
    ProgramColumn("length", "Years", 7, _length, "length", "length of the program"),
    ProgramColumn("positions", "Positions", 10, _positions, "positions", "positions a year", is_numeric=True),
    ProgramColumn("city", "City", 14, _city, "city", "city"),
    ProgramColumn("state", "State", 5, _state, "state", "state"),
    ProgramColumn("visa", "Visa", 12, _visa, "visa", "visas the program sponsors"),
    ProgramColumn("match", "Match", 14, _match, "match", "match the program takes part in"),
    ProgramColumn("dates", "Dates", 24, _first_date, "dates", "first date the program states"),
    ProgramColumn("stated", "Known", 6, _known_facts, "stated", "number of facts known", is_numeric=True),
)
COLUMNS_BY_ID: Mapping[str, ProgramColumn] = {column.id: column for column in COLUMNS}

#: (least width of the list, default columns)
_DEFAULTS = ((96, ("specialty", "institution", "kind", "length")), (62, ("institution", "kind")), (0, ("institution",)))
_MIN_NAME_WIDTH = 26
_SHORT_NAME_LENGTH = 14  # characters beyond which the short name of an institution counts as long
_LONG_NAME_SHARE = 0.2  # share of long names beyond which their column gets more space
_MAX_EXTRA_WIDTH = 34  # cells that the column of long names gets in addition


def columns_for_width(width: int, chosen_ids: Sequence[str] = ()) -> tuple[ProgramColumn, ...]:
    """Return the chosen columns that fit into a list of `width` cells, or the default ones for that width."""
    valid_ids = [column_id for column_id in chosen_ids if column_id in COLUMNS_BY_ID]
    if not valid_ids:
        default_ids = next(ids for min_width, ids in _DEFAULTS if width >= min_width)
        return tuple(COLUMNS_BY_ID[column_id] for column_id in default_ids)
    free_width = width - _MIN_NAME_WIDTH
    columns = []
    for column_id in valid_ids:
        free_width -= COLUMNS_BY_ID[column_id].width + 1
        if free_width < 0:
            break
        columns.append(COLUMNS_BY_ID[column_id])
    return tuple(columns)


def column_chooser(catalog: Catalog, chosen_ids: Sequence[str]) -> Callable[[int], tuple[ProgramColumn, ...]]:
    """Return a function from a width to columns; long institution names get the space that is free."""
    if not has_long_names(catalog):
        return lambda width: columns_for_width(width, chosen_ids)

    def choose_columns(width: int) -> tuple[ProgramColumn, ...]:
        columns = columns_for_width(width, chosen_ids)
        free_width = width - sum(column.width + 1 for column in columns) - _MIN_NAME_WIDTH
        extra_width = max(0, min(_MAX_EXTRA_WIDTH, free_width * 2 // 3))
        return tuple(
            column._replace(width=column.width + extra_width) if column.id == "institution" else column
            for column in columns
        )

    return choose_columns


def has_long_names(catalog: Catalog) -> bool:
    """Return whether many institutions lack a short name, as in imported lists."""
    long_names = sum(len(institution.short_name) > _SHORT_NAME_LENGTH for institution in catalog.institutions)
    return long_names > _LONG_NAME_SHARE * len(catalog.institutions)


def column_errors(chosen_ids: Sequence[str]) -> list[str]:
    """Return an error message for every unknown column id."""
    return [
        f"columns: unknown column “{column_id}”; "
        + (did_you_mean(column_id, COLUMNS_BY_ID) or f"columns are {', '.join(COLUMNS_BY_ID)}")
        for column_id in chosen_ids
        if column_id not in COLUMNS_BY_ID
    ]
