"""From raw rows to rows with fields: where the headings stand, what the columns are, whether they list programs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain, islice
from typing import NamedTuple

from .cell_values import plain
from .column_detection import Column, columns_of, is_known
from .identifiers import acgme_ids
from .specialty_matcher import SpecialtyMatcher

_HEAD = 400  # rows that show what a sheet is
_JUNK = 40  # rows above the headings
_ENOUGH = 0.3  # of the rows that must look like programs
Raw = tuple[int, Sequence[str]]


class Row(NamedTuple):
    """One row: its number, what stands under each field (cleaned), other columns, and the cells as they are."""

    number: int
    fields: Mapping[str, str]
    extras: tuple[tuple[str, str], ...]
    cells: Sequence[str]


class Grid(NamedTuple):
    """The rows of a sheet, or of a file without sheets, as they are."""

    name: str
    rows: Iterator[Raw]


class Sheet(NamedTuple):
    """A sheet that was understood: its columns, and its rows to be gone through once. No rows: `why` it is no list."""

    name: str
    columns: tuple[Column, ...]
    rows: Iterator[Row]
    why: str = ""


def sheet_of(grid: Grid, matcher: SpecialtyMatcher, said: Callable[[Sequence[str]], Mapping[str, str]]) -> Sheet:
    """Return a sheet with its columns. `said` gives what a person says of the columns of such a file."""
    head = list(islice((row for row in grid.rows if any(row[1])), _HEAD))
    if not head:
        return Sheet(grid.name, (), iter(()), "it is empty")
    place = _headings(head)
    titles = _titles(head[place][1]) if place is not None else []
    body = head[place + 1 :] if place is not None else head
    width = max((len(row[1]) for row in body), default=len(titles))
    titles += [f"Column {number}" for number in range(len(titles) + 1, width + 1)]
    sample = [cells for _, cells in body]
    columns = columns_of(titles, sample, matcher, said(titles))
    why = _why_not(columns, sample, grid.name, matcher)
    if why:
        return Sheet(grid.name, columns, iter(()), why)
    known = [cell.strip() for cell in head[place][1]] if place is not None else []
    return Sheet(grid.name, columns, _rows(chain(body, grid.rows), columns, known))


def _headings(head: Sequence[Raw]) -> int | None:
    """Return which row has the headings: the one with most that are known; else the first that is no program."""
    scores = [sum(is_known(cell) for cell in cells if cell) for _, cells in head[:_JUNK]]
    best = max(range(len(scores)), key=lambda place: (scores[place], -place))
    if scores[best] >= 2 or (scores[best] == 1 and sum(map(bool, head[best][1])) == 1 and best + 1 < len(head)):
        return best
    for place, (_, cells) in enumerate(head[:_JUNK]):
        if any(acgme_ids(cell) for cell in cells if len(cell) < 200):
            return None
        if sum(map(bool, cells)) > 1 and not any(cell.strip().isdecimal() for cell in cells):
            return place
    return None


def _titles(cells: Sequence[str]) -> list[str]:
    """Return the headings, each with a name of its own."""
    found: list[str] = []
    for number, cell in enumerate(cells, 1):
        title = plain(cell)[:120].strip(' "') or f"Column {number}"
        found.append(title if title not in found else f"{title} ({number})")
    return found


def _why_not(columns: Sequence[Column], rows: Sequence[Sequence[str]], name: str, matcher: SpecialtyMatcher) -> str:
    """Return why a sheet is no list of programs, or ""."""
    fields = {column.field for column in columns}
    if not rows:
        return "there is nothing below the headings"
    if fields & {"acgme", "nrmp"}:
        return ""
    with_id = sum(any(_holds_id(cell, matcher) for cell in cells) for cells in rows) / len(rows)
    if with_id >= _ENOUGH:
        return ""
    if fields & {"name", "institution"}:
        named = [place for place, column in enumerate(columns) if column.field == "specialty"]
        stated = sum(_names_specialty(cells, columns, named, matcher) for cells in rows) / len(rows)
        if stated >= _ENOUGH or matcher.named(name).one:
            return ""
        return "its rows name no specialty of the reference and no program's id"
    return "it has no column of program ids, and none of names of programs or institutions"


def _holds_id(cell: str, matcher: SpecialtyMatcher) -> bool:
    return len(cell) >= 9 and any(matcher.of_code(own[:3]) for own in acgme_ids(plain(cell[:2_000])))


def _names_specialty(
    cells: Sequence[str], columns: Sequence[Column], named: Sequence[int], matcher: SpecialtyMatcher
) -> bool:
    texts = [plain(cells[place]) for place in named if place < len(cells)]
    if named:
        return any(matcher.named(text).specialties for text in texts if text)
    filled = [cell for cell in cells if cell]
    if len(filled) == 1:
        return bool(matcher.named(plain(filled[0])).one)
    names = (plain(cell) for cell, column in zip(cells, columns, strict=False) if column.field == "name")
    return any(matcher.within(name).specialties for name in names)


def _rows(raw: Iterable[Raw], columns: Sequence[Column], headings: Sequence[str]) -> Iterator[Row]:
    fields = [column.field for column in columns]
    titles = [column.title for column in columns]
    for number, cells in raw:
        if not any(cells):
            continue
        if headings and cells[0].strip() == headings[0] and [cell.strip() for cell in cells] == headings:
            continue  # the headings again, at the top of another page
        found: dict[str, str] = {}
        extras: list[tuple[str, str]] = []
        for field, title, cell in zip(fields, titles, cells, strict=False):
            if field in ("person", "nothing") or not (cell := plain(cell)):
                continue
            if field == "extra":
                extras.append((title, cell))
            elif field in found:
                found[field] = f"{found[field]}\n{cell}"
            else:
                found[field] = cell
        yield Row(number, found, tuple(extras), cells)
