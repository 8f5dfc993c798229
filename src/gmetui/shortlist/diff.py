"""The differences between two versions of a shortlist, one sentence each."""

from __future__ import annotations

from collections.abc import Iterator

from ..text import format_date
from .columns import CustomColumn, format_value
from .entries import Entry, Shortlist


def differences(old_list: Shortlist, new_list: Shortlist) -> list[str]:
    """Return the differences: programs added and removed, columns, then moves and edits in the order of `new`."""
    old_entries = {entry.id: entry for entry in old_list}
    lines = [f"added: {_title(entry)}" for entry in new_list if entry.id not in old_list]
    lines += [f"removed: {_title(entry)}" for entry in old_list if entry.id not in new_list]
    lines += _column_differences(old_list, new_list)
    old_ranks = {entry.id: rank for rank, entry in enumerate(entry for entry in old_list if entry.id in new_list)}
    for new_rank, entry in enumerate(entry for entry in new_list if entry.id in old_list):
        distance = old_ranks[entry.id] - new_rank
        if distance:
            lines.append(f"moved {'up' if distance > 0 else 'down'} {abs(distance)}: {_title(entry)}")
        lines += _entry_differences(old_entries[entry.id], entry)
    return lines


def _title(entry: Entry) -> str:
    return ", ".join(filter(None, (entry.name or entry.id, entry.institution)))


def _column_differences(old_list: Shortlist, new_list: Shortlist) -> Iterator[str]:
    for column in new_list.columns:
        former = old_list.column(column.name)
        if former is None:
            yield f"column added: {column.name}"
        elif former != column:
            yield f"column changed: {column.name}: {_definition(former)} → {_definition(column)}"
    yield from (f"column removed: {column.name}" for column in old_list.columns if not new_list.column(column.name))


def _definition(column: CustomColumn) -> str:
    requirement = f", must be {column.requirement}" if column.requirement else ""
    return f"{column.kind}, weight {column.weight}{requirement}"


def _entry_differences(old_entry: Entry, new_entry: Entry) -> Iterator[str]:
    old_fields, new_fields = _fields_as_text(old_entry), _fields_as_text(new_entry)
    for field_name in {**old_fields, **new_fields}:
        before, after = old_fields.get(field_name, ""), new_fields.get(field_name, "")
        if before != after:
            yield f"{field_name} changed: {_title(new_entry)}: {before or 'none'} → {after or 'none'}"


def _fields_as_text(entry: Entry) -> dict[str, str]:
    """Return what the user wrote about a program, by the names people know, each on one line."""
    texts = {
        "status": entry.status,
        "signal": entry.signal,
        "rating": str(entry.rating or ""),
        "tags": ", ".join(entry.tags),
        "dates": ", ".join(f"{label} {format_date(day)}" for label, day in entry.dates),
        "note": entry.note,
        "comments": ", ".join(f"{reviewer}: {text}" for reviewer, text in entry.comments),
        "score": format_value(entry.score),
        **{f"“{name}”": format_value(value) for name, value in entry.values},
    }
    return {name: " ".join(text.split()) for name, text in texts.items()}
