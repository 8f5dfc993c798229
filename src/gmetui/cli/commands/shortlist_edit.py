"""What a person says of a listed program, from the command line: note, status, rating, tags, dates, own columns."""

from __future__ import annotations

import sys
from argparse import Namespace

from ...shortlist.columns import named_column, read_value, shown
from ...shortlist.scores import WHOLE
from ...storage.review_store import HandedList
from ..cli_errors import UnknownError, UsageError
from ..context import name_on_list, require_list, save


def note_program(options: Namespace) -> int:
    """Run `gmetui shortlist note`; on a list that was handed over it writes the reader's remark."""
    store = require_list(options)
    name = name_on_list(store, options.id)
    entry = store.shortlist.entry(options.id)
    assert entry is not None
    reader = store.reader if isinstance(store, HandedList) else ""
    former = dict(entry.remarks).get(reader, "") if reader else entry.note
    note = _typed(options.text, former).strip()
    changed = store.shortlist.remarked(options.id, reader, note) if reader else store.shortlist.noted(options.id, note)
    save(store, changed, f"noted {name}" if note else f"removed the note on {name}")
    return 0


def _typed(text: str | None, former: str) -> str:
    """Return a note as it was typed, from standard input for "-", or from the person's editor."""
    if text == "-":
        return sys.stdin.read()
    if text is not None:
        return text
    from ...storage.external_editor import edited

    if not sys.stdin.isatty():
        raise UsageError("gmetui: TEXT is missing; “-” reads it from standard input")
    return edited(former)


def remark_program(options: Namespace) -> int:
    """Run `gmetui shortlist remark`: what somebody else says of a program."""
    store = require_list(options)
    name = name_on_list(store, options.id)
    changed = store.shortlist.remarked(options.id, options.who, options.text)
    save(store, changed, f"{options.who} on {name}")
    return 0


def set_status(options: Namespace) -> int:
    """Run `gmetui shortlist status`."""
    store = require_list(options)
    name = name_on_list(store, options.id)
    status = options.value.strip()
    save(store, store.shortlist.with_status(options.id, status), f"{name}: {status or 'no status'}")
    return 0


def rate_program(options: Namespace) -> int:
    """Run `gmetui shortlist rate`."""
    store = require_list(options)
    name = name_on_list(store, options.id)
    words = f"rated {name} {options.rating}" if options.rating else f"no rating of {name}"
    save(store, store.shortlist.rated(options.id, options.rating), words)
    return 0


def tag_program(options: Namespace) -> int:
    """Run `gmetui shortlist tag`: the tags that are named, and no others."""
    store = require_list(options)
    name = name_on_list(store, options.id)
    changed = store.shortlist.tagged(options.id, options.tags)
    entry = changed.entry(options.id)
    words = f"tagged {name}: {', '.join(entry.tags)}" if entry and entry.tags else f"no tags on {name}"
    save(store, changed, words)
    return 0


def date_program(options: Namespace) -> int:
    """Run `gmetui shortlist date`."""
    store = require_list(options)
    name = name_on_list(store, options.id)
    try:
        changed = store.shortlist.dated(options.id, options.what, options.day)
    except ValueError as error:
        raise UsageError(f"gmetui: {options.day!r} is no day; write it like 2027-01-15") from error
    save(store, changed, f"{name}: {options.what} {options.day or 'has no day'}")
    return 0


def set_value(options: Namespace) -> int:
    """Run `gmetui shortlist set`: a value of one of the person's own columns."""
    store = require_list(options)
    name = name_on_list(store, options.id)
    column = store.shortlist.column(options.column)
    if column is None:
        raise UnknownError("column", options.column, [own.name for own in store.shortlist.columns])
    try:
        value = read_value(column.kind, options.value)
    except ValueError as error:
        raise UsageError(f"gmetui: {error}") from error
    words = f"{name}: {column.name} {shown(value) or 'is empty'}"
    save(store, store.shortlist.valued(options.id, column.name, value), words)
    return 0


def score_program(options: Namespace) -> int:
    """Run `gmetui shortlist score`: a score by hand, or none."""
    store = require_list(options)
    name = name_on_list(store, options.id)
    score = int(options.score) if options.score.isascii() and options.score.isdecimal() else None
    if options.score and (score is None or score > WHOLE):
        raise UsageError(f"gmetui: a score is a whole number from 0 to {WHOLE}")
    words = f"{name}: {'score by its columns' if score is None else f'score {score}'}"
    save(store, store.shortlist.scored(options.id, score), words)
    return 0


def change_column(options: Namespace) -> int:
    """Run `gmetui shortlist column`: make one, change what is said about it, rename or remove it."""
    store = require_list(options)
    former = store.shortlist.column(options.name)
    if options.remove:
        if former is None:
            raise UnknownError("column", options.name, [own.name for own in store.shortlist.columns])
        save(store, store.shortlist.without_column(options.name), f"removed the column {options.name}")
        return 0
    given = {key: getattr(options, key) for key in ("kind", "weight", "must")}
    known = {key: getattr(former, key) for key in given} if former else {}
    if options.kind and former and options.kind != former.kind:
        known = {}  # a rule for another kind is none
    try:
        column = named_column(
            options.rename or options.name, **known | {key: value for key, value in given.items() if value is not None}
        )
    except ValueError as error:
        raise UsageError(f"gmetui: {error}") from error
    if column.name != options.name and store.shortlist.column(column.name):
        raise UsageError(f"gmetui: there is a column {column.name} already")
    save(store, store.shortlist.with_column(column, options.name), f"column {column.name}")
    return 0
