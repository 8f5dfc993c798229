"""The first screen as values: ways into the programs, and the best described ones.

A compiled catalog holds its first screen, so that it can be shown before the programs are opened. This module therefore
imports neither the catalog nor the search; `start_choices.py` makes the values.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Literal

from ..lean_typing import NamedTuple


class DataNote(NamedTuple):
    """What the title bar says of the data: how many programs there are, of which day, and whether some are imported."""

    program_count: int = 0
    edition_date: str = ""
    has_imported_programs: bool = False


class Target(NamedTuple):
    """What a choice does: run a search, run an action by its id, or open a program by its id."""

    kind: Literal["query", "action", "program"]
    value: str


class Choice(NamedTuple):
    """A row to choose: a label, a remark beside it, and at its right end how many programs it finds, or a sign.

    An extra one is shown only where it pushes nothing out.
    """

    label: str
    remark: str
    ending: str
    target: Target
    is_extra: bool = False


class ChoiceBox(NamedTuple):
    """Choices under a title, of which there is a shorter version for narrow screens."""

    title: str
    short_title: str
    choices: tuple[Choice, ...]


class BestProgram(NamedTuple):
    """A program with the texts of its cells by column id."""

    id: str
    name: str
    cells: Mapping[str, str]


class StartPage(NamedTuple):
    """All of the first screen: the data, boxes side by side, programs below them, a remark, and searches to try."""

    data: DataNote = DataNote()
    boxes: tuple[ChoiceBox, ...] = ()
    best_programs: tuple[BestProgram, ...] = ()
    remark: str = ""
    examples: tuple[str, ...] = ()


class DatedPage(NamedTuple):
    """A first screen that holds from one day to the day before another, both in ISO form."""

    first_day: str
    end_day: str
    page: StartPage


def page_of_day(stored: Sequence[Any], today: date) -> StartPage | None:
    """Return the first screen that holds today, or None where none does.

    `stored` are dated pages as JSON has them. Raises TypeError or ValueError for anything else.
    """
    day = today.isoformat()
    pages = (page for first_day, end_day, page in stored if first_day <= day < end_day)
    page = next(pages, None)
    return None if page is None else _decode_page(page)


def _decode_page(stored: Sequence[Any]) -> StartPage:
    data, boxes, best_programs, remark, examples = stored
    return StartPage(
        DataNote(*data),
        tuple(
            ChoiceBox(title, short_title, tuple(map(_decode_choice, choices))) for title, short_title, choices in boxes
        ),
        tuple(BestProgram(*program) for program in best_programs),
        remark,
        tuple(examples),
    )


def _decode_choice(stored: Sequence[Any]) -> Choice:
    label, remark, ending, target, is_extra = stored
    return Choice(label, remark, ending, Target(*target), is_extra)
