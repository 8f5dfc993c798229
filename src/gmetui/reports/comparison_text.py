"""A comparison of programs as columns of plain text, with numbered sources."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from itertools import zip_longest

from ..catalog.catalog import Catalog
from ..catalog.comparison import ComparisonCell, ComparisonRow
from ..catalog.facts import NOT_STATED
from ..catalog.models import Program
from ..text import plural, sanitize
from .text_page import TextPage

_LABEL_WIDTH = 16
_MIN_COLUMN_WIDTH = 28


def comparison_text(catalog: Catalog, programs: Sequence[Program], rows: Sequence[ComparisonRow], width: int) -> str:
    """Return the comparison in as many columns as fit in `width`, the other programs below, the sources at the end."""
    page = TextPage(f"{plural(len(programs), 'program')} compared", catalog.edition.read_by)
    columns_that_fit = max(1, (width - _LABEL_WIDTH) // _MIN_COLUMN_WIDTH)
    for start in range(0, len(programs), columns_that_fit):
        indexes = range(start, min(start + columns_that_fit, len(programs)))
        column_width = (width - _LABEL_WIDTH) // len(indexes)
        page.add_line("")
        _add_row(page, "", [_wrapped(programs[index].name, column_width) for index in indexes], column_width)
        _add_row(page, "", [_wrapped(programs[index].id, column_width) for index in indexes], column_width)
        page.add_line("-" * width)
        for row in rows:
            cells = [_cell_lines(page, row.cells[index], column_width) for index in indexes]
            _add_row(page, row.label, cells, column_width)
    return page.text()


def _cell_lines(page: TextPage, cell: ComparisonCell, column_width: int) -> list[str]:
    if not cell.values:
        return [NOT_STATED]
    bullet = "- " if len(cell.values) > 1 else ""
    lines = [line for value in cell.values for line in _wrapped(f"{bullet}{value}", column_width)]
    return [*lines, *_wrapped(page.references(cell.citations), column_width)]


def _wrapped(text: str, column_width: int) -> list[str]:
    return textwrap.wrap(sanitize(text), column_width - 2, break_on_hyphens=True) or [""]


def _add_row(page: TextPage, label: str, cells: Sequence[list[str]], column_width: int) -> None:
    for index, lines in enumerate(zip_longest(*cells, fillvalue="")):
        row_label = label[: _LABEL_WIDTH - 1] if index == 0 else ""
        columns = "".join(f"{line:{column_width}}" for line in lines)
        page.add_line(f"{row_label:{_LABEL_WIDTH}}{columns}".rstrip())
