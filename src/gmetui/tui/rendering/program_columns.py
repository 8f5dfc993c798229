"""What the list can show beside a program's name, and what a click on a heading orders by."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from ...catalog.completeness import completeness
from ...catalog.models import Catalog, Program
from ...text import nearest

_KINDS = {"residency": "Residency", "fellowship": "Fellowship", "combined": "Combined", "other": "Other"}
NOTHING = "–"  # not stated


class Column(NamedTuple):
    """A column: its heading, its width, its words for a program, and the key of `sort:` it orders by."""

    id: str
    title: str
    width: int
    words: Callable[[Catalog, Program], str]
    sort: str
    about: str
    numeric: bool = False  # shown at the right of its column


def _first_date(_: Catalog, program: Program) -> str:
    return program.deadlines[0].text if program.deadlines else NOTHING


def _visa(_: Catalog, program: Program) -> str:
    kinds = [kind for item in program.visa for kind in item.sponsored]
    return ", ".join(dict.fromkeys(kinds)) or ("said" if program.visa else NOTHING)


def _stated(catalog: Catalog, program: Program) -> str:
    stated, asked = completeness(catalog, program)
    return f"{stated}/{asked}"


COLUMNS: tuple[Column, ...] = (
    Column(
        "specialty",
        "Specialty",
        26,
        lambda catalog, program: catalog.specialty[program.specialty].label,
        "specialty",
        "the specialty",
    ),
    Column(
        "institution",
        "Where",
        7,
        lambda catalog, program: catalog.institution[program.institution].short,
        "institution",
        "the institution, short",
    ),
    Column("kind", "Kind", 11, lambda _, program: _KINDS[program.kind], "kind", "residency, fellowship …"),
    Column(
        "length",
        "Years",
        6,
        lambda _, program: f"{program.length_years} y" if program.length_years else NOTHING,
        "length",
        "how long it takes",
    ),
    Column(
        "positions",
        "Places",
        6,
        lambda _, program: str(program.positions_per_year or NOTHING),
        "positions",
        "positions a year",
        numeric=True,
    ),
    Column("city", "City", 14, lambda catalog, program: catalog.place_of(program)[0] or "", "city", "city"),
    Column(
        "state",
        "State",
        5,
        lambda catalog, program: catalog.place_of(program)[1] or "",
        "state",
        "state",
    ),
    Column("visa", "Visa", 12, _visa, "visa", "visas that are sponsored"),
    Column("match", "Match", 14, lambda _, program: program.match or NOTHING, "match", "the match it takes part in"),
    Column("dates", "Dates", 24, _first_date, "dates", "the first date that is stated"),
    Column("stated", "Stated", 6, _stated, "stated", "how much of what applicants ask is stated", numeric=True),
)
BY_ID: Mapping[str, Column] = {column.id: column for column in COLUMNS}

_USUAL = ("specialty", "institution", "kind", "length")
_FEWER = ("institution", "kind")
_FEWEST = ("institution",)
_WIDE = 96  # cells from which all the usual columns are shown
_TINY = 62  # cells below which only the place is
_NAME = 26  # cells that a name has at least
_LONGEST = 34  # cells that a long name of an institution gets beside its usual ones
_MANY = 5  # one institution in so many


def has_long_names(catalog: Catalog) -> bool:
    """Tell whether many institutions have no short name: lists that are brought in know none."""
    long = sum(len(own.short) > BY_ID["institution"].width * 2 for own in catalog.institutions)
    return long * _MANY > len(catalog.institutions)


def columns_for(catalog: Catalog, chosen: Sequence[str]) -> Callable[[int], tuple[Column, ...]]:
    """Return what gives the columns for a width; the institution has more room where it goes by its whole name."""
    if not has_long_names(catalog):
        return lambda width: columns_in(width, chosen)

    def wider(width: int) -> tuple[Column, ...]:
        columns = columns_in(width, chosen)
        free = width - sum(own.width + 1 for own in columns) - _NAME
        room = max(0, min(_LONGEST, free * 2 // 3))
        return tuple(own._replace(width=own.width + room) if own.id == "institution" else own for own in columns)

    return wider


def columns_in(width: int, chosen: Sequence[str] = ()) -> tuple[Column, ...]:
    """Return as many of the chosen columns, or else of the usual ones, as a list of `width` cells has room for."""
    known = [own for own in chosen if own in BY_ID]
    if not known:
        usual = _USUAL if width >= _WIDE else _FEWER if width >= _TINY else _FEWEST
        return tuple(BY_ID[own] for own in usual)
    room = width - _NAME
    shown = []
    for own in known:
        room -= BY_ID[own].width + 1
        if room < 0:
            break
        shown.append(BY_ID[own])
    return tuple(shown)


def unknown_columns(chosen: Sequence[str]) -> list[str]:
    """Return what is wrong with a person's choice of columns."""
    wrong = []
    for own in chosen:
        if own not in BY_ID:
            near = nearest(own, list(BY_ID))
            wrong.append(f"columns: no column {own!r}; {f'did you mean {near!r}?' if near else ', '.join(BY_ID)}")
    return wrong
