"""What a row adds to its program's entry: status, note, rating, tags, dates, comments, and values of custom columns."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from ..export.headings import COLUMN_HEADINGS, FACT_HEADINGS, custom_name
from ..shortlist.columns import TEXT, CustomColumn, custom_column, detect_kind, parse_value
from ..shortlist.entries import MAX_RATING, MAX_SCORE, Entry, Shortlist
from .readers.gmetui_files import COMMENT_PREFIX, CUSTOM_COLUMN_PREFIX
from .shortlist_table import ShortlistRow, ShortlistTable

_MAX_NEW_COLUMNS = 40
_MAX_SHOWN_TITLE = 60
_MAX_SHOWN_CELL = 100
_MAX_DIGITS = 9


class PersonalColumns(NamedTuple):
    """The columns of a file that hold what its author wrote.

    `columns` are the custom columns of the shortlist and of the file. `by_heading` maps a heading to its custom
    column, `reviewers` a heading to the person whose comments it holds. `new_names` are the columns that the shortlist
    did not have, `problems` explain those that were ignored.
    """

    columns: tuple[CustomColumn, ...]
    by_heading: Mapping[str, CustomColumn]
    reviewers: Mapping[str, str]
    new_names: tuple[str, ...]
    problems: tuple[str, ...]


def find_personal_columns(shortlist: Shortlist, table: ShortlistTable) -> PersonalColumns:
    """Return the personal columns of a file; unknown headings become new custom columns."""
    problems: list[str] = []
    columns = list(_with_declared_columns(shortlist, table, problems).columns)
    by_heading: dict[str, CustomColumn] = {}
    for heading, title in table.titles.items():
        if heading in COLUMN_HEADINGS or heading.startswith(COMMENT_PREFIX):
            continue
        column = _column_titled(columns, title)
        if column is None and _can_be_custom(heading, table):
            column = _new_column(table, heading, title, problems)
            columns += [column] if column is not None else []
        if column is not None:
            by_heading[heading] = column
    new_names = tuple(column.name for column in columns if shortlist.column(column.name) is None)
    if excess := new_names[_MAX_NEW_COLUMNS:]:
        problems.append(f"a file can add at most {_MAX_NEW_COLUMNS} columns; ignoring {', '.join(excess)}")
        columns = [column for column in columns if column.name not in excess]
        by_heading = {heading: column for heading, column in by_heading.items() if column in columns}
    reviewers = {
        heading: title[len(COMMENT_PREFIX) :]
        for heading, title in table.titles.items()
        if heading.startswith(COMMENT_PREFIX)
    }
    return PersonalColumns(tuple(columns), by_heading, reviewers, new_names[:_MAX_NEW_COLUMNS], tuple(problems))


def _with_declared_columns(shortlist: Shortlist, table: ShortlistTable, problems: list[str]) -> Shortlist:
    """Return the shortlist with the columns that an exported file describes."""
    for declared in table.declared_columns:
        name, kind, requirement = (str(declared.get(key, default)) for key, default in _DECLARED_KEYS)
        weight = declared.get("weight", 0)
        try:
            column = custom_column(name, kind, weight if isinstance(weight, int | float) else 0, requirement)
        except (ValueError, OverflowError) as error:  # the latter for a weight of many digits
            problems.append(f"ignoring a column: {error}")
        else:
            shortlist = shortlist.with_column(column)
    return shortlist


_DECLARED_KEYS = (("name", ""), ("kind", TEXT), ("must", ""))


def _can_be_custom(heading: str, table: ShortlistTable) -> bool:
    """Return whether a heading can be a custom column, not one of published facts."""
    if heading in FACT_HEADINGS:
        return False
    return table.is_spreadsheet or not table.is_export or heading.startswith(CUSTOM_COLUMN_PREFIX)


def _new_column(table: ShortlistTable, heading: str, title: str, problems: list[str]) -> CustomColumn | None:
    cells = [row.cells.get(heading, "") for row in table.rows]
    is_prefixed = heading.startswith(CUSTOM_COLUMN_PREFIX)
    name = title[len(CUSTOM_COLUMN_PREFIX) :] if is_prefixed else custom_name(title)
    try:
        return custom_column(name, detect_kind(cells))
    except ValueError as error:
        problems.append(f"ignoring the column “{title[:_MAX_SHOWN_TITLE]}”: {error}")
        return None


def _column_titled(columns: Iterable[CustomColumn], title: str) -> CustomColumn | None:
    """Return the column with this title, or with the name that an export gives this title."""
    folded_title = title.casefold()
    names = {folded_title, folded_title.removeprefix(CUSTOM_COLUMN_PREFIX), custom_name(folded_title)}
    return next((column for column in columns if column.name.casefold() in names), None)


def fields_of(row: ShortlistRow) -> dict[str, str]:
    """Return the cells under known headings, by shortlist field; of two columns for a field, the first counts."""
    fields: dict[str, str] = {}
    for heading, cell in row.cells.items():
        if heading in COLUMN_HEADINGS:
            fields.setdefault(COLUMN_HEADINGS[heading], cell)
    return fields


def update_entry(entry: Entry, row: ShortlistRow, personal: PersonalColumns) -> tuple[Entry, list[str]]:
    """Return an entry with what a row says, and a message for each cell that could not be read."""
    fields = fields_of(row)
    shortlist, problems = Shortlist(entries=(entry,), columns=personal.columns), []
    if "status" in fields:
        shortlist = shortlist.with_status(entry.id, fields["status"])
    if "note" in fields:
        shortlist = shortlist.with_note(entry.id, fields["note"])
    if "tags" in fields:
        shortlist = shortlist.with_tags(entry.id, fields["tags"].split(","))
    for field, maximum in (("rating", MAX_RATING), ("score", MAX_SCORE)):
        cell = fields.get(field)
        if cell is None:
            continue
        number = _parse_whole_number(cell, maximum)
        if cell and number is None:
            problems.append(
                f"“{cell[:_MAX_SHOWN_CELL]}” is not a {field} from 0 to {maximum}; the {field} is unchanged"
            )
        elif field == "rating":
            shortlist = shortlist.with_rating(entry.id, number or 0)
        else:
            shortlist = shortlist.with_score(entry.id, number)
    if "dates" in fields:
        dates, invalid_parts = _parse_dates(fields["dates"])
        problems += [
            f"“{part[:_MAX_SHOWN_CELL]}” is not a date; write it as in: interview 2027-01-15" for part in invalid_parts
        ]
        if not invalid_parts:
            shortlist = shortlist.with_entries([replace(shortlist.entries[0], dates=dates)])
    for heading, reviewer in personal.reviewers.items():
        if row.cells.get(heading):
            shortlist = shortlist.with_comment(entry.id, reviewer, row.cells[heading])
    shortlist, unread_values = _with_custom_values(shortlist, entry, row, personal)
    return shortlist.entries[0], problems + unread_values


def _with_custom_values(
    shortlist: Shortlist, entry: Entry, row: ShortlistRow, personal: PersonalColumns
) -> tuple[Shortlist, list[str]]:
    problems = []
    for heading, column in personal.by_heading.items():
        if heading in row.cells:
            try:
                value = parse_value(column.kind, row.cells[heading])
            except ValueError as error:
                problems.append(f"{column.name}: {error}; the value is unchanged")
            else:
                shortlist = shortlist.with_value(entry.id, column.name, value)
    return shortlist, problems


def _parse_whole_number(cell: str, maximum: int) -> int | None:
    digits = cell.removesuffix(".0")
    is_short = len(digits) <= _MAX_DIGITS  # int() raises an error for more than 4,300 digits
    return int(digits) if is_short and digits.isascii() and digits.isdecimal() and int(digits) <= maximum else None


def _parse_dates(cell: str) -> tuple[tuple[tuple[str, str], ...], list[str]]:
    """Return the dates of a cell such as "interview 2027-01-15, deadline 2026-12-01", and its unreadable parts."""
    dates: dict[str, str] = {}
    invalid_parts = []
    for part in filter(None, map(str.strip, cell.split(","))):
        label, _, day = part.rpartition(" ")
        try:
            dates[label] = date.fromisoformat(day).isoformat()
        except ValueError:
            invalid_parts.append(part)
    return tuple(sorted(dates.items(), key=lambda pair: pair[1])), invalid_parts
