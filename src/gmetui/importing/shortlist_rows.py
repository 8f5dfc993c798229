"""What a row adds to its program's entry: status, note, rating, tags, dates, comments, and values of custom columns."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from ..export.headings import COLUMN_HEADINGS, FACT_HEADINGS, TIME_HEADINGS, custom_name, date_label
from ..shortlist.columns import TEXT, CustomColumn, custom_column, detect_kind, parse_value
from ..shortlist.entries import MAX_RATING, MAX_SCORE, Entry, Shortlist, by_date
from ..shortlist.text_items import split_items
from .column_detection import normalize_heading
from .readers.gmetui_files import COMMENT_PREFIX, CUSTOM_COLUMN_PREFIX
from .shortlist_dates import DatesOfCell, parse_date_cell, parse_labeled_dates
from .shortlist_table import ShortlistRow, ShortlistTable, fields_of
from .shortlist_words import DO_NOT_RANK, is_blank, is_do_not_rank, parse_rank, parse_signal, parse_status

_MAX_NEW_COLUMNS = 40
_MAX_SHOWN_TITLE = 60
_MAX_SHOWN_CELL = 100
_MAX_DIGITS = 9
_INTERVIEW = "interview"  # the label of its date
_MIN_DATE_SHARE = 0.5  # of the cells in a column of dates


class PersonalColumns(NamedTuple):
    """The columns of a file that hold what its author wrote.

    `columns` are the custom columns of the shortlist and of the file. `by_heading` maps a heading to its custom
    column, `reviewers` a heading to the person whose comments it holds, `date_labels` a heading to the label of its
    dates; `time_heading` is that of the times of interviews, or "". `new_names` are the columns that the shortlist did
    not have, `problems` explain those that were ignored. `is_export`: gmetui wrote the file, so that its texts are used
    as they are. `today` tells the year of a date.
    """

    columns: tuple[CustomColumn, ...]
    by_heading: Mapping[str, CustomColumn]
    reviewers: Mapping[str, str]
    date_labels: Mapping[str, str]
    time_heading: str
    new_names: tuple[str, ...]
    problems: tuple[str, ...]
    is_export: bool
    today: date | None


def find_personal_columns(shortlist: Shortlist, table: ShortlistTable, today: date | None) -> PersonalColumns:
    """Return the personal columns of a file; unknown headings become new custom columns."""
    problems: list[str] = []
    columns = list(_with_declared_columns(shortlist, table, problems).columns)
    by_heading: dict[str, CustomColumn] = {}
    date_labels: dict[str, str] = {}
    time_headings: list[str] = []
    for heading, title in table.titles.items():
        if heading in COLUMN_HEADINGS or heading.startswith(COMMENT_PREFIX):
            continue
        column = _column_titled(columns, title)
        if column is None and (label := _label_of_dates(table, heading, title, today)):
            date_labels[heading] = label
            continue
        if column is None and _holds_times(table, heading, title, date_labels):
            time_headings.append(heading)
            continue
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
    return PersonalColumns(
        tuple(columns),
        by_heading,
        _reviewers(table),
        date_labels,
        "".join(time_headings[:1]),
        new_names[:_MAX_NEW_COLUMNS],
        tuple(problems),
        table.is_export,
        today,
    )


def _reviewers(table: ShortlistTable) -> dict[str, str]:
    return {
        heading: title[len(COMMENT_PREFIX) :]
        for heading, title in table.titles.items()
        if heading.startswith(COMMENT_PREFIX)
    }


def _label_of_dates(table: ShortlistTable, heading: str, title: str, today: date | None) -> str:
    """Return the label of the dates in a column, or "" for a column of something else."""
    label = date_label(title)
    if not label or (not table.is_spreadsheet and table.is_export):
        return ""
    cells = [cell for row in table.rows if not is_blank(cell := row.cells.get(heading, ""))]
    dated = sum(bool(parse_date_cell(cell, label, today).dates) for cell in cells)
    return label if cells and dated >= len(cells) * _MIN_DATE_SHARE else ""


def _holds_times(table: ShortlistTable, heading: str, title: str, date_labels: Mapping[str, str]) -> bool:
    """Return whether a column has the times of the interviews whose dates are in an earlier column."""
    if normalize_heading(title) not in TIME_HEADINGS or _INTERVIEW not in date_labels.values():
        return False
    cells = [cell for row in table.rows if not is_blank(cell := row.cells.get(heading, ""))]
    timed = sum(bool(parse_date_cell(f"2000-01-01 {cell}", _INTERVIEW, None).dates) for cell in cells)
    return bool(cells) and timed >= len(cells) * _MIN_DATE_SHARE


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


def update_entry(entry: Entry, row: ShortlistRow, personal: PersonalColumns) -> tuple[Entry, list[str]]:
    """Return an entry with what a row says, and a message for each cell that could not be read."""
    fields = fields_of(row)
    shortlist, problems = Shortlist(entries=(entry,), columns=personal.columns), []
    if "status" in fields:
        status = fields["status"] if personal.is_export else parse_status(fields["status"])
        shortlist = shortlist.with_status(entry.id, status)
    if "note" in fields:
        shortlist = shortlist.with_note(entry.id, fields["note"])
    if "signal" in fields:
        signal = parse_signal(fields["signal"])
        if signal is None:
            problems.append(f"“{_shown(fields['signal'])}” is not a signal; it is unchanged")
        else:
            shortlist = shortlist.with_signal(entry.id, signal)
    shortlist = _with_tags(shortlist, entry, fields)
    for field, maximum in (("rating", MAX_RATING), ("score", MAX_SCORE)):
        cell = fields.get(field)
        if cell is None:
            continue
        number = _parse_whole_number(cell, maximum)
        if cell and number is None:
            problems.append(f"“{_shown(cell)}” is not a {field} from 0 to {maximum}; the {field} is unchanged")
        elif field == "rating":
            shortlist = shortlist.with_rating(entry.id, number or 0)
        else:
            shortlist = shortlist.with_score(entry.id, number)
    shortlist, unread_dates = _with_dates(shortlist, row, personal)
    for heading, reviewer in personal.reviewers.items():
        if row.cells.get(heading):
            shortlist = shortlist.with_comment(entry.id, reviewer, row.cells[heading])
    shortlist, unread_values = _with_custom_values(shortlist, entry, row, personal)
    return shortlist.entries[0], problems + unread_dates + unread_values


def _shown(cell: str) -> str:
    return cell[:_MAX_SHOWN_CELL]


def rank_of(row: ShortlistRow) -> tuple[float | None, str]:
    """Return the rank of a row or None, and a message when its rank cannot be read."""
    cell = fields_of(row).get("rank", "")
    rank = parse_rank(cell)
    if rank is not None or is_blank(cell) or is_do_not_rank(cell):
        return rank, ""
    return None, f"“{_shown(cell)}” is not a rank; write a number"


def _with_tags(shortlist: Shortlist, entry: Entry, fields: Mapping[str, str]) -> Shortlist:
    """Return the list with the tags of a row, and the one for a rank such as "DNR"."""
    tags = tuple(split_items(fields["tags"])) if "tags" in fields else entry.tags
    if not is_blank(rank := fields.get("rank", "")):
        others = tuple(tag for tag in tags if tag != DO_NOT_RANK)
        tags = (*others, DO_NOT_RANK) if is_do_not_rank(rank) else tags if "tags" in fields else others
    return shortlist if tags == entry.tags else shortlist.with_tags(entry.id, tags)


def _with_dates(shortlist: Shortlist, row: ShortlistRow, personal: PersonalColumns) -> tuple[Shortlist, list[str]]:
    """Return the list with the dates of a row: those of a column of all dates, and those of a column for one."""
    problems: list[str] = []
    entry = shortlist.entries[0]
    dates = dict(entry.dates)
    if (cell := fields_of(row).get("dates")) is not None:
        parsed = parse_labeled_dates(cell, personal.today)
        problems += _date_problems(parsed, "write it as in: interview 2027-01-15")
        dates = dates if parsed.invalid_parts else dict(parsed.dates)
    for heading, label in personal.date_labels.items():
        cell = row.cells.get(heading, "")
        parsed = parse_date_cell(cell, label, personal.today)
        if label == _INTERVIEW and parsed.dates and not is_blank(time_cell := row.cells.get(personal.time_heading, "")):
            timed = parse_date_cell(f"{cell.removesuffix(' 00:00:00')} {time_cell}", label, personal.today)
            parsed = timed if timed.dates else parsed
            problems += [f"“{_shown(time_cell)}” is not a time; it is ignored"] if not timed.dates else []
        problems += _date_problems(parsed, "the date is unchanged")
        if parsed.dates:
            dates = {other: when for other, when in dates.items() if other != label} | parsed.dates
    in_order = by_date(dates.items())
    if in_order == entry.dates:
        return shortlist, problems
    return shortlist.with_entries([replace(entry, dates=in_order)]), problems


def _date_problems(parsed: DatesOfCell, advice: str) -> list[str]:
    unread = [f"“{_shown(part)}” is not a date; {advice}" for part in parsed.invalid_parts]
    return unread + [f"the date has no year; read as {day[:10]}" for day in parsed.guessed_days]


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
