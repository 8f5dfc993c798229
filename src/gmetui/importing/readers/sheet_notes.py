"""What a reader notices about a sheet, beside its cells."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from ...text import is_web_url, plural

HIDDEN_SHEET = "it is hidden"
NO_FORMULA_VALUE = "it has a formula without a stored value; open the file in a spreadsheet program and save it again"


def hidden_rows_message(count: int) -> str:
    """Return the message about hidden rows."""
    return f"ignored {plural(count, 'hidden row')}; show them in the spreadsheet program to import them"


class CellLink(NamedTuple):
    """A web address behind a cell, and the index of its column."""

    column: int
    url: str


@dataclass(slots=True)
class SheetNotes:
    """Notes about one sheet. All but `rejection` are complete only when its rows are read.

    `rejection` says why a sheet should be ignored, `messages` concern the sheet, `doubts` say by row number what may be
    wrong with a row, and `links` are the web addresses behind the cells of a row, by row number.
    """

    rejection: str = ""
    messages: list[str] = field(default_factory=list)
    doubts: dict[int, str] = field(default_factory=dict)
    links: dict[int, list[CellLink]] = field(default_factory=dict)

    def add_link(self, row_number: int, column: int, url: str) -> None:
        """Add an address behind a cell; anything but a web address is ignored."""
        if is_web_url(url):
            self.links.setdefault(row_number, []).append(CellLink(column, url))
