"""Three-way merge of a shortlist that was edited in two places at once.

`base` is the version both sides started from, `ours` and `theirs` are the two edited versions. The invariant: **every
change made on one side only is in the result**, and a conflict never loses a note, a comment or a tag. Where ours wins
over another field, the value of the other side stays in the version of the list that it saved.

- Entries: an added or edited entry stays, even if the other side removed it. A removed one goes if the other side
  didn't touch it. Within an entry, each field, date, value and comment is merged separately; if both sides changed the
  same one, ours wins, except that two notes, and two comments of one reviewer, are joined, and tags are united.
- Order: ours if we reordered the list, otherwise theirs. Entries that only the other side has go last.
- Columns: merged separately by name like fields. A value that the merged kind of its column cannot hold turns the
  column into a text column. Values of a column that one side removed go with it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import fields, replace
from typing import Any, TypeVar

from .columns import TEXT, CustomColumn, convert_value
from .entries import Entry, Shortlist, by_date, with_converted_values

_Value = TypeVar("_Value")
#: Fields of an entry that are pairs of key and value, merged pair by pair.
_PAIR_FIELDS = ("values", "dates", "comments")


def merge(base: Shortlist, ours: Shortlist, theirs: Shortlist) -> Shortlist:
    """Return `theirs` with the changes from `base` to `ours` applied. See the module docstring for the rules."""
    if theirs == base:
        return ours
    entries = _merge_entries(base, ours, theirs)
    ordered = [entries[program_id] for program_id in _merge_order(base, ours, theirs) if program_id in entries]
    columns = tuple(_widened(column, ordered) for column in _merge_columns(base, ours, theirs))
    return replace(theirs, entries=tuple(with_converted_values(entry, columns) for entry in ordered), columns=columns)


def _merge_entries(base: Shortlist, ours: Shortlist, theirs: Shortlist) -> dict[str, Entry]:
    """Return the entries of the merged list by program id, in no particular order."""
    base_entries, our_entries, their_entries = map(_entries_by_id, (base, ours, theirs))
    merged: dict[str, Entry] = {}
    for program_id in {**their_entries, **our_entries}:
        original = base_entries.get(program_id)
        our_entry, their_entry = our_entries.get(program_id), their_entries.get(program_id)
        if our_entry and their_entry:
            merged[program_id] = _merge_entry(original, our_entry, their_entry)
        elif (entry := our_entry or their_entry) and entry != original:
            merged[program_id] = entry  # added or edited on one side; on the other it is missing
    return merged


def _entries_by_id(shortlist: Shortlist) -> dict[str, Entry]:
    return {entry.id: entry for entry in shortlist}


def join_entries(first: Entry, second: Entry) -> Entry:
    """Return two entries of one program as one, as in a file edited by hand, without losing text.

    Notes and comments of both are joined, tags and other pairs are united; of anything else, the first entry wins.
    """
    changes: dict[str, Any] = {"tags": tuple(dict.fromkeys((*first.tags, *second.tags)))}
    changes["note"] = join_texts(first.note, second.note)
    comments = dict(first.comments)
    for reviewer, text in second.comments:
        comments[reviewer] = join_texts(comments.get(reviewer, ""), text)
    changes["comments"] = tuple(comments.items())
    changes["dates"] = by_date({**dict(second.dates), **dict(first.dates)}.items())
    changes["values"] = tuple({**dict(second.values), **dict(first.values)}.items())
    changes["extra"] = {**second.extra, **first.extra}
    for field_name in ("name", "institution", "status", "signal", "rating", "fingerprint"):
        changes[field_name] = getattr(first, field_name) or getattr(second, field_name)
    changes["score"] = second.score if first.score is None else first.score
    return replace(first, **changes)


def join_texts(first: str, second: str) -> str:
    """Return two texts as paragraphs of one; only one of them if it contains the other."""
    if second in first:
        return first
    return second if first in second else f"{first}\n\n{second}"


def _merge_order(base: Shortlist, ours: Shortlist, theirs: Shortlist) -> list[str]:
    """Return the ids of both lists in the merged order, with those of removed entries."""
    base_ids, our_ids, their_ids = ([entry.id for entry in shortlist] for shortlist in (base, ours, theirs))
    we_reordered = [entry_id for entry_id in our_ids if entry_id in base] != [
        entry_id for entry_id in base_ids if entry_id in ours
    ]
    leading, trailing = (our_ids, their_ids) if we_reordered else (their_ids, our_ids)
    return list(dict.fromkeys([*leading, *trailing]))


def _merge_entry(base_entry: Entry | None, our_entry: Entry, their_entry: Entry) -> Entry:
    """Return an entry that both sides have, merged field by field."""
    original = base_entry or Entry(our_entry.id, our_entry.name, our_entry.institution)
    field_names = (field.name for field in fields(Entry))
    return Entry(
        **{
            field_name: _merge_field(
                field_name,
                getattr(original, field_name),
                getattr(our_entry, field_name),
                getattr(their_entry, field_name),
            )
            for field_name in field_names
        }
    )


def _merge_field(field_name: str, base_value: Any, our_value: Any, their_value: Any) -> Any:
    if field_name in _PAIR_FIELDS:
        merged_pairs = _merge_mappings(dict(base_value), dict(our_value), dict(their_value))
        if field_name == "comments":
            merged_pairs = _with_joined_comments(merged_pairs, dict(base_value), dict(our_value), dict(their_value))
        pairs = tuple(merged_pairs.items())
        return by_date(pairs) if field_name == "dates" else pairs
    if field_name == "tags" and their_value != base_value:
        removed_tags = set(base_value) - set(our_value)
        added_tags = [tag for tag in our_value if tag not in base_value]
        return tuple(dict.fromkeys([*(tag for tag in their_value if tag not in removed_tags), *added_tags]))
    if field_name == "note":
        return merge_texts(base_value, our_value, their_value)
    return their_value if our_value == base_value else our_value


def _with_joined_comments(
    merged: dict[str, str], base: Mapping[str, str], ours: Mapping[str, str], theirs: Mapping[str, str]
) -> dict[str, str]:
    """Return merged comments by reviewer with both texts where both sides wrote one."""
    return merged | {
        reviewer: merge_texts(base.get(reviewer, ""), ours[reviewer], theirs[reviewer])
        for reviewer in merged
        if reviewer in ours and reviewer in theirs
    }


def merge_texts(base: str, ours: str, theirs: str) -> str:
    """Return a text that was edited in two places: the changed one, or both if both were changed."""
    if theirs in (base, ours):
        return ours
    return theirs if ours == base else f"{theirs}\n\n{ours}".strip()


def _merge_mappings(
    base: Mapping[str, _Value], ours: Mapping[str, _Value], theirs: Mapping[str, _Value]
) -> dict[str, _Value]:
    """Return `theirs` with the keys that we added, changed or removed since `base` as in `ours`."""
    changed = {key for key in {*base, *ours} if base.get(key) != ours.get(key)}
    unchanged = {key: value for key, value in theirs.items() if key not in changed}
    return unchanged | {key: value for key, value in ours.items() if key in changed}


def _merge_columns(base: Shortlist, ours: Shortlist, theirs: Shortlist) -> Iterable[CustomColumn]:
    base_columns, our_columns, their_columns = (
        {column.name: column for column in shortlist.columns} for shortlist in (base, ours, theirs)
    )
    return _merge_mappings(base_columns, our_columns, their_columns).values()


def _widened(column: CustomColumn, entries: Iterable[Entry]) -> CustomColumn:
    """Return a column as a text column if it cannot hold a value that one of the sides entered."""
    values = (entry.value(column.name) for entry in entries)
    holds_all = all(value is None or convert_value(column.kind, value) is not None for value in values)
    return column if holds_all else CustomColumn(column.name, TEXT, extra=column.extra)
