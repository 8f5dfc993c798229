"""Facets as lines: a heading, its values with check mark and count, and a line that stands for the remaining ones."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from typing import NamedTuple

from ...search import Results
from ...search.facets import FacetValue, FacetValues
from ...search.fields import FIELDS_BY_NAME, SearchField
from .spans import BLANK_LINE, Span, StyledLine, align_right, fit

_VALUES_SHOWN = 8  # values of one facet shown while it is collapsed
_BARS = ((34, 6), (20, 1))  # (least pane width, cells of the bar); a bar of one cell is vertical
_VERTICAL_BARS = " ▁▂▃▄▅▆▇█"
_COUNT_WIDTH = 5
_FIND_HINT = "find "

NO_PINS: Mapping[str, Set[str]] = {}

#: The values of a facet; a sequence when the pane keeps them in their earlier order.
Values = FacetValues | Sequence[FacetValue]


class FacetLine(NamedTuple):
    """One line of the pane: blank (no field), a heading (no value), a value, or a line for values that aren't shown.

    `hidden_count` is how many those are; `hides_empty` says that none of them has a program. `group_name` identifies a
    line that expands a group, such as a specialty field; its values have a depth of 1.
    """

    search_field: SearchField | None
    value: FacetValue | None = None
    hidden_count: int = 0
    hides_empty: bool = False
    is_toggle: bool = False
    group_name: str = ""
    is_expanded: bool = False
    depth: int = 0
    max_count: int = 0  # the largest count of the facet, the scale of its bars
    is_searchable: bool = False  # the heading of a facet with more values than are shown

    @property
    def is_selectable(self) -> bool:
        """Whether the cursor can be on the line."""
        return self.value is not None or self.is_toggle


class FieldGroup(NamedTuple):
    """A specialty field and the specialties in it, or any other pair of nested facets."""

    value: str
    specialties: Sequence[str]
    field_values: FacetValues
    specialty_values: FacetValues

    @property
    def has_active_specialty(self) -> bool:
        """Whether one of its specialties is included or excluded."""
        return any(map(self.specialty_values.is_active, self.specialties))

    @property
    def is_active(self) -> bool:
        """Whether the field or one of its specialties is included or excluded."""
        return self.has_active_specialty or self.field_values.is_active(self.value)


def _no_groups(_: SearchField) -> Sequence[FieldGroup]:
    return ()


def facet_lines(
    facets: Iterable[tuple[SearchField, Values]],
    expanded: Set[str],
    groups_of: Callable[[SearchField], Sequence[FieldGroup]] = _no_groups,
    pinned: Mapping[str, Set[str]] = NO_PINS,
) -> Iterator[FacetLine]:
    """Yield all lines of the pane; facets and groups named in `expanded` show all their values.

    A value without programs is left out unless it is included, excluded or among the `pinned` ones of its field.
    `groups_of` returns the groups of a nested field.
    """
    is_first = True
    for search_field, values in facets:
        if len(values) < 2 and not _active_and_useful(values)[0]:
            continue  # a value that all programs share filters nothing
        groups = groups_of(search_field) if search_field.parent else ()
        if groups:
            value_lines = _group_lines(search_field, groups, expanded, pinned)
        else:
            pins = pinned.get(search_field.name, frozenset())
            value_lines = _value_lines(search_field, values, pins, is_expanded=search_field.name in expanded)
        if not any(line.value for line in value_lines):
            continue  # no program that matches has a value
        if not is_first:
            yield FacetLine(None)
        is_first = False
        yield FacetLine(search_field, is_searchable=_is_long(values))
        max_count = max((line.value.count for line in value_lines if line.value), default=0)
        yield from (line._replace(max_count=max_count) for line in value_lines)


def field_groups(results: Results, search_field: SearchField) -> list[FieldGroup]:
    """Return the values of a nested field grouped by the values of its parent, active groups first."""
    parent = FIELDS_BY_NAME[search_field.parent]
    parent_of = results.index.parent_values(search_field, parent)
    specialty_values, field_values = results.facet(search_field.name), results.facet(parent.name)
    specialties: dict[str, list[str]] = {}
    for specialty in specialty_values.ids:
        if specialty:
            specialties.setdefault(parent_of[specialty], []).append(specialty)
    groups = [
        FieldGroup(value, specialties[value], field_values, specialty_values)
        for value in field_values.ids
        if value in specialties
    ]
    return sorted(groups, key=lambda group: not group.has_active_specialty)


def _is_long(values: Sequence[object]) -> bool:
    return len(values) > _VALUES_SHOWN + 1  # a "1 more" line would take the place of the value


def _value_lines(search_field: SearchField, values: Values, pins: Set[str], *, is_expanded: bool) -> list[FacetLine]:
    shown, useful_count = _collapsed_values(search_field, values, pins)
    hidden_count = len(values) - len(shown)
    if is_expanded:
        shown = list(values)
    lines = [FacetLine(search_field, value) for value in shown]
    return lines + _toggle_lines(search_field, hidden_count, useful_count, is_expanded=is_expanded)


def _collapsed_values(search_field: SearchField, values: Values, pins: Set[str]) -> tuple[list[FacetValue], int]:
    """Return the values shown while a facet is collapsed, and how many of the others have a program.

    Of thousands of values sorted by count, only the first are looked at. "Not stated" is last and always shown.
    """
    active, useful = _active_and_useful(values)
    not_stated = [value for value in values[-1:] if not value.value and _is_shown(value, pins)]
    useful -= len(not_stated)
    limit = max(_VALUES_SHOWN, active, len(pins))
    is_by_count = not (search_field.is_numeric or search_field.value_order)
    if is_by_count and isinstance(values, FacetValues):
        shown = values[: min(useful, limit + 1)]
    else:
        shown = [value for value in values if value.value and _is_shown(value, pins)]
    if len(shown) > limit + 1 or useful > max(limit + 1, len(shown)):
        shown = shown[:limit]
    return [*shown, *not_stated], max(0, useful - len(shown))


def _is_shown(value: FacetValue, pins: Set[str]) -> bool:
    return bool(value.count) or value.selected or value.excluded or value.value in pins


def _group_lines(
    search_field: SearchField, groups: Sequence[FieldGroup], expanded: Set[str], pinned: Mapping[str, Set[str]]
) -> list[FacetLine]:
    parent = FIELDS_BY_NAME[search_field.parent]
    is_expanded = search_field.name in expanded
    pins = pinned.get(parent.name, frozenset())
    useful = [group for group in groups if group.is_active or _is_shown(group.field_values.get(group.value), pins)]
    limit = _VALUES_SHOWN if _is_long(useful) else len(useful)
    shown = [group for index, group in enumerate(useful) if index < limit or group.is_active]
    opened = groups if is_expanded else shown
    lines = [line for group in opened for line in _lines_of_group(group, search_field, expanded)]
    hidden_count, useful_count = len(groups) - len(shown), len(useful) - len(shown)
    return lines + _toggle_lines(search_field, hidden_count, useful_count, is_expanded=is_expanded)


def _lines_of_group(group: FieldGroup, search_field: SearchField, expanded: Set[str]) -> list[FacetLine]:
    """Return the line of a group and, if it is open, those of its specialties that have a program."""
    parent = FIELDS_BY_NAME[search_field.parent]
    specialties = [group.specialty_values.get(specialty) for specialty in group.specialties]
    if len(specialties) == 1:
        return [FacetLine(search_field, specialties[0])]
    name = f"{parent.name}:{group.value}"
    is_open = group.has_active_specialty or name in expanded
    heading = FacetLine(parent, group.field_values.get(group.value), group_name=name, is_expanded=is_open)
    members = [specialty for specialty in specialties if _is_shown(specialty, frozenset())]
    return [heading, *(FacetLine(search_field, member, depth=1) for member in members if is_open)]


def _toggle_lines(
    search_field: SearchField, hidden_count: int, useful_count: int, *, is_expanded: bool
) -> list[FacetLine]:
    """Return the line that shows the values left out, or leaves them out again, if there are any.

    If `useful_count` of them have a program, it counts these alone.
    """
    if not hidden_count:
        return []
    if is_expanded:
        return [FacetLine(search_field, is_toggle=True)]
    count = useful_count or hidden_count
    return [FacetLine(search_field, hidden_count=count, hides_empty=not useful_count, is_toggle=True)]


def _active_and_useful(values: Values) -> tuple[int, int]:
    """Return how many values are included or excluded, and how many are that or have a program."""
    if isinstance(values, FacetValues):
        return values.active_count, values.visible_count
    active = [value.selected or value.excluded for value in values]
    return sum(active), sum(flag or value.count > 0 for flag, value in zip(active, values, strict=True))


def render_facet_line(line: FacetLine, width: int) -> StyledLine:
    """Return one line of the pane as styled text."""
    if line.search_field is None:
        return BLANK_LINE
    if line.value is not None:
        return _render_value(line, line.value, width)
    if line.is_toggle:
        if line.hides_empty:
            noun = "other" if line.hidden_count == 1 else "others"
            return ((fit(f"   {line.hidden_count:,} {noun}: none", width), "muted"),)
        text = f"{line.hidden_count:,} more {line.search_field.plural} …" if line.hidden_count else "fewer"
        return (("   ", "text"), (fit(text, width - 3).rstrip(), "link"))
    hint = _FIND_HINT if line.is_searchable else ""
    return ((fit(f" {line.search_field.label}", width - len(hint)), "heading"), (hint, "key"))


def _render_value(line: FacetLine, value: FacetValue, width: int) -> StyledLine:
    style = "text" if value.value else "unstated"
    if not value.count and not value.selected:
        style = "muted"
    arrow = ("▾ " if line.is_expanded else "▸ ") if line.group_name else "  " * line.depth
    bar = _bar(value.count, line.max_count, width)
    label_width = width - 4 - _COUNT_WIDTH - len(arrow) - len(bar)
    return (
        _check_mark(value),
        (arrow, "muted"),
        (fit(value.label, label_width), style),
        (bar, "thumb"),
        (f"{align_right(str(value.count), _COUNT_WIDTH)} ", "muted"),
    )


def _check_mark(value: FacetValue) -> Span:
    if value.excluded:
        return " − ", "warning"
    return (" ✓ ", "tick") if value.selected else (" · ", "muted")


def _bar(count: int, max_count: int, width: int) -> str:
    """Return a bar for the share of `count` in `max_count`, in half cells, or "" in a narrow pane."""
    cells = next((cells for min_width, cells in _BARS if width >= min_width), 0)
    if not cells:
        return ""
    steps = len(_VERTICAL_BARS) - 1 if cells == 1 else 2 * cells
    filled = max(round(steps * count / max_count), 1) if count and max_count else 0
    if cells == 1:
        return f" {_VERTICAL_BARS[filled]}"
    return f" {'━' * (filled // 2)}{'╸' * (filled % 2)}".ljust(cells + 1)
