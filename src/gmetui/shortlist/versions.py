"""Two states of a list: what is different between them, and how two that grew apart become one again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import fields, replace
from typing import Any

from .columns import TEXT, OwnColumn, converted, shown
from .entries import Entry, Shortlist

_REMARKS = ("status", "rating", "tags", "dates", "note", "remarks")


def differences(old: Shortlist, new: Shortlist) -> list[str]:
    """Return what is different between two versions of a list, a sentence each: who came, went, rose or fell."""
    before, now = ({entry.id: entry for entry in shortlist} for shortlist in (old, new))
    lines = [f"added: {_called(entry)}" for own, entry in now.items() if own not in before]
    lines += [f"removed: {_called(entry)}" for own, entry in before.items() if own not in now]
    lines += _columns(old, new)
    places = {own: place for place, own in enumerate(own for own in before if own in now)}
    for place, own in enumerate(own for own in now if own in before):
        rose = places[own] - place
        if rose:
            lines.append(f"{'up' if rose > 0 else 'down'} {abs(rose)}: {_called(now[own])}")
        lines += _remarks(before[own], now[own])
    return lines


def _called(entry: Entry) -> str:
    return ", ".join(filter(None, (entry.name or entry.id, entry.institution)))


def _columns(old: Shortlist, new: Shortlist) -> list[str]:
    lines = [f"column added: {own.name}" for own in new.columns if not old.column(own.name)]
    lines += [f"column removed: {own.name}" for own in old.columns if not new.column(own.name)]
    both = ((old.column(own.name), own) for own in new.columns)
    return lines + [f"column {own.name}: {_rule(was)} → {_rule(own)}" for was, own in both if was and was != own]


def _rule(column: OwnColumn) -> str:
    return f"{column.kind}, weight {column.weight}" + (f", must be {column.must}" if column.must else "")


def _remarks(was: Entry, entry: Entry) -> list[str]:
    pairs = [(key, _shown(getattr(was, key)), _shown(getattr(entry, key))) for key in _REMARKS]
    pairs.append(("score", shown(was.score), shown(entry.score)))
    names = dict.fromkeys(name for name, _ in (*was.own, *entry.own))
    pairs += [(name, shown(was.value(name)), shown(entry.value(name))) for name in names]
    return [f"{key}: {_called(entry)}: {then or 'none'} → {now or 'none'}" for key, then, now in pairs if then != now]


def _shown(value: object) -> str:
    if isinstance(value, tuple):
        return ", ".join(" ".join(own) if isinstance(own, tuple) else own for own in value)
    return " ".join(str(value).split()) if value else ""


def merged(base: Shortlist, ours: Shortlist, theirs: Shortlist) -> Shortlist:
    """Return `theirs` with our changes since `base` on top: two copies of gmetui never lose each other's work.

    A program that we removed goes unless they changed it, one that we added comes. Of one that both have each remark
    is the one that was changed; where both changed a note both texts stay, and of another remark ours. Our order holds
    when we changed it.
    """
    if theirs == base:
        return ours
    before, mine, other = ({entry.id: entry for entry in own} for own in (base, ours, theirs))
    kept: dict[str, Entry] = {}
    for own, entry in other.items():
        if own in mine:
            kept[own] = _joined(before.get(own), mine[own], entry)
        elif before.get(own) != entry:
            kept[own] = entry
    kept |= {own: entry for own, entry in mine.items() if own not in other and before.get(own) != entry}
    ordered = list(mine)
    if [own for own in ordered if own in before] == [own for own in before if own in mine]:
        ordered = [own for own in other if own in kept] + [own for own in ordered if own not in other]
    else:
        ordered += [own for own in other if own not in mine]
    entries = tuple(kept[own] for own in dict.fromkeys(ordered) if own in kept)
    columns = tuple(_fitting(column, entries) for column in _joined_columns(base, ours, theirs))
    return replace(theirs, entries=tuple(_read_again(entry, columns) for entry in entries), columns=columns)


def _fitting(column: OwnColumn, entries: Iterable[Entry]) -> OwnColumn:
    """Return a column that holds what both sides wrote into it: words, where one made it another kind meanwhile."""
    values = (entry.value(column.name) for entry in entries)
    fits_all = all(value is None or converted(column.kind, value) is not None for value in values)
    return column if fits_all else OwnColumn(column.name, TEXT, extra=column.extra)


def _read_again(entry: Entry, columns: Iterable[OwnColumn]) -> Entry:
    """Return an entry whose values are of the kinds that the columns have now."""
    own = []
    for column in columns:
        value = entry.value(column.name)
        if value is not None and (now := converted(column.kind, value)) is not None:
            own.append((column.name, now))
    return entry if tuple(own) == entry.own else replace(entry, own=tuple(own))


def _joined(base: Entry | None, ours: Entry, theirs: Entry) -> Entry:
    """Return an entry with what each side changed since `base`."""
    if ours in (base, theirs):
        return theirs
    base = base or Entry(ours.id, ours.name, ours.institution)
    values = {own.name: getattr(ours, own.name) for own in fields(Entry)}
    for key, value in values.items():
        was, other = getattr(base, key), getattr(theirs, key)
        if key in ("own", "dates", "remarks"):
            pairs = _joined_pairs(dict(was), dict(value), dict(other)).items()
            values[key] = tuple(sorted(pairs, key=lambda pair: pair[1]) if key == "dates" else pairs)
        elif value == was:
            values[key] = other
        elif key == "note" and other not in (was, value) and other:
            values[key] = f"{other}\n\n{value}".strip()
    return Entry(**values)


def _joined_pairs(base: Mapping[str, Any], ours: Mapping[str, Any], theirs: Mapping[str, Any]) -> dict[str, Any]:
    changed = {key for key in {*base, *ours} if base.get(key) != ours.get(key)}
    kept = {key: value for key, value in theirs.items() if key not in changed}
    return kept | {key: value for key, value in ours.items() if key in changed}


def _joined_columns(base: Shortlist, ours: Shortlist, theirs: Shortlist) -> tuple[OwnColumn, ...]:
    by_name = [{own.name: own for own in side.columns} for side in (base, ours, theirs)]
    return tuple(_joined_pairs(*by_name).values())
