"""`gmetui shortlist note`, `remark`, `status`, `rate`, `tag`, `date`, `set`, `score` and `column`: edit a list."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from contextlib import suppress
from datetime import date

from ...errors import UnknownIdError, UsageError
from ...lean_typing import TYPE_CHECKING
from ...shortlist.columns import CustomColumn, custom_column, format_value, parse_value
from ...shortlist.date_entry import parse_date, parse_date_entry
from ...shortlist.entries import MAX_SCORE
from ...storage.review_store import ReviewStore
from ...text import format_date
from ..context import open_existing_list, save_shortlist
from ..program_ids import find_entry
from ..prompts import read_standard_input
from ..terminal import is_terminal

if TYPE_CHECKING:
    from argparse import Namespace

_STANDARD_INPUT = "-"


def note_program(options: Namespace) -> int:
    """Run `gmetui shortlist note`. On a shared list, the note becomes the reviewer's comment."""
    shortlist_store = open_existing_list(options)
    listed = find_entry(options, shortlist_store.shortlist, options.id)
    if isinstance(shortlist_store, ReviewStore):
        note = _note_text(options.text, dict(listed.comments).get(shortlist_store.reviewer, "")).strip()
        changed = shortlist_store.shortlist.with_comment(listed.id, shortlist_store.reviewer, note)
    else:
        note = _note_text(options.text, listed.note).strip()
        changed = shortlist_store.shortlist.with_note(listed.id, note)
    save_shortlist(shortlist_store, changed, f"noted {listed.title}" if note else f"removed the note on {listed.title}")
    return 0


def _note_text(text: str | None, present_note: str) -> str:
    """Return the text of the command line, of standard input for "-", or from the user's editor for None."""
    if text == _STANDARD_INPUT:
        return read_standard_input()
    if text is not None:
        return text
    from ...storage.external_editor import edit_text

    if not is_terminal(sys.stdin):
        raise UsageError("gmetui: TEXT is missing; use - to read it from standard input")
    return edit_text(present_note)


def comment_program(options: Namespace) -> int:
    """Run `gmetui shortlist remark`: save somebody else's comment."""
    shortlist_store = open_existing_list(options)
    listed = find_entry(options, shortlist_store.shortlist, options.id)
    changed = shortlist_store.shortlist.with_comment(listed.id, options.reviewer, options.text)
    save_shortlist(shortlist_store, changed, f"comment of {options.reviewer} on {listed.title}")
    return 0


def set_status(options: Namespace) -> int:
    """Run `gmetui shortlist status`."""
    shortlist_store = open_existing_list(options)
    listed = find_entry(options, shortlist_store.shortlist, options.id)
    status = options.value.strip()
    save_shortlist(
        shortlist_store,
        shortlist_store.shortlist.with_status(listed.id, status),
        f"{listed.title}: {status or 'no status'}",
    )
    return 0


def signal_program(options: Namespace) -> int:
    """Run `gmetui shortlist signal`."""
    shortlist_store = open_existing_list(options)
    listed = find_entry(options, shortlist_store.shortlist, options.id)
    try:
        changed = shortlist_store.shortlist.with_signal(listed.id, options.signal)
    except ValueError as error:
        raise UsageError(f"gmetui: {error}") from error
    change = f"{listed.title}: {options.signal} signal" if options.signal else f"removed the signal of {listed.title}"
    save_shortlist(shortlist_store, changed, change)
    return 0


def rate_program(options: Namespace) -> int:
    """Run `gmetui shortlist rate`."""
    shortlist_store = open_existing_list(options)
    listed = find_entry(options, shortlist_store.shortlist, options.id)
    change = f"rated {listed.title} {options.rating}" if options.rating else f"cleared the rating of {listed.title}"
    save_shortlist(shortlist_store, shortlist_store.shortlist.with_rating(listed.id, options.rating), change)
    return 0


def tag_program(options: Namespace) -> int:
    """Run `gmetui shortlist tag`: replace the tags of a program."""
    shortlist_store = open_existing_list(options)
    listed = find_entry(options, shortlist_store.shortlist, options.id)
    changed = shortlist_store.shortlist.with_tags(listed.id, options.tags)
    entry = changed.entry(listed.id)
    change = (
        f"tagged {listed.title}: {', '.join(entry.tags)}"
        if entry and entry.tags
        else f"cleared the tags of {listed.title}"
    )
    save_shortlist(shortlist_store, changed, change)
    return 0


def date_program(options: Namespace) -> int:
    """Run `gmetui shortlist date`."""
    shortlist_store = open_existing_list(options)
    listed = find_entry(options, shortlist_store.shortlist, options.id)
    label, day = _label_and_day(options.words)
    changed = shortlist_store.shortlist.with_date(listed.id, label, day)
    change = f"{label} {format_date(day)}" if day else f"removed {label}"
    save_shortlist(shortlist_store, changed, f"{listed.title}: {change}")
    return 0


def _label_and_day(words: Sequence[str]) -> tuple[str, str]:
    """Return the label and the ISO date in the words of the command line; the date is "" if the last word is blank.

    A label in quotation marks may look like a date itself: "May 5 visit" 1/12/2027.
    """
    *label_words, last_word = words
    if not last_word.strip():
        return " ".join(label_words), ""
    today = date.today()  # noqa: DTZ011  # the day in the user's time zone
    try:
        entry = parse_date_entry(" ".join(words), today)
    except ValueError as error:
        if len(words) == 2 and " " in label_words[0].strip():
            with suppress(ValueError):
                return label_words[0], parse_date(last_word, today).iso_text
        raise UsageError(f"gmetui: {error}".removesuffix(".")) from error
    return entry.label or "date", entry.iso_text


def set_value(options: Namespace) -> int:
    """Run `gmetui shortlist set`: set the value of a custom column."""
    shortlist_store = open_existing_list(options)
    listed = find_entry(options, shortlist_store.shortlist, options.id)
    column = shortlist_store.shortlist.column(options.column)
    if column is None:
        raise _unknown_column(options.column, shortlist_store.shortlist.columns)
    try:
        value = parse_value(column.kind, options.value)
    except ValueError as error:
        raise UsageError(f"gmetui: {error}") from error
    change = f"{listed.title}: {column.name} {format_value(value) or 'cleared'}"
    save_shortlist(shortlist_store, shortlist_store.shortlist.with_value(listed.id, column.name, value), change)
    return 0


def score_program(options: Namespace) -> int:
    """Run `gmetui shortlist score`: replace the calculated score, or restore it."""
    shortlist_store = open_existing_list(options)
    listed = find_entry(options, shortlist_store.shortlist, options.id)
    score = int(options.score) if options.score.isascii() and options.score.isdecimal() else None
    if options.score and (score is None or score > MAX_SCORE):
        raise UsageError(f"gmetui: a score must be a whole number from 0 to {MAX_SCORE}")
    change = f"{listed.title}: calculated score" if score is None else f"{listed.title}: score {score}"
    save_shortlist(shortlist_store, shortlist_store.shortlist.with_score(listed.id, score), change)
    return 0


def change_column(options: Namespace) -> int:
    """Run `gmetui shortlist column`: add, change, rename or remove a custom column."""
    shortlist_store = open_existing_list(options)
    present = shortlist_store.shortlist.column(options.name)
    if options.remove:
        if present is None:
            raise _unknown_column(options.name, shortlist_store.shortlist.columns)
        changed = shortlist_store.shortlist.without_column(options.name)
        save_shortlist(shortlist_store, changed, f"removed the column {options.name}")
        return 0
    column = _column_from_options(options, present)
    if column.name != options.name and shortlist_store.shortlist.column(column.name):
        raise UsageError(f"gmetui: a column named “{column.name}” already exists")
    save_shortlist(
        shortlist_store, shortlist_store.shortlist.with_column(column, options.name), f"column {column.name}"
    )
    return 0


def _column_from_options(options: Namespace, present: CustomColumn | None) -> CustomColumn:
    """Return the column that the options describe; what they don't mention stays as it is at present."""
    kind, weight, requirement = options.kind, options.weight, options.must
    if present and kind in (None, present.kind):  # weight and requirement of another kind don't apply
        kind = present.kind
        weight = present.weight if weight is None else weight
        requirement = present.requirement if requirement is None else requirement
    try:
        return custom_column(options.rename or options.name, kind or "text", weight or 0, requirement or "")
    except ValueError as error:
        raise UsageError(f"gmetui: {error}") from error


def _unknown_column(name: str, columns: tuple[CustomColumn, ...]) -> UnknownIdError:
    return UnknownIdError("column", name, [column.name for column in columns])
