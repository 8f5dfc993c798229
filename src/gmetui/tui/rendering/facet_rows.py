"""Facets as lines: a heading, its values with tick and count, and the rest behind one more line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from typing import NamedTuple

from ...search import Results
from ...search.facets import FacetValue, FacetValues
from ...search.fields import BY_NAME, Dimension
from .spans import Line, fit, right

#: Values of one facet shown before the rest is asked for.
SHOWN = 8
_BARS = ((34, 6), (20, 1))  # from so many cells on, bars are so long; one cell long, they stand
_STANDING = " ▁▂▃▄▅▆▇█"
_FIND = "find "  # stands in the heading of a facet with many values


class FacetLine(NamedTuple):
    """One line of the pane: a heading (no value), a value, or the line that shows the rest.

    `group` names what a line opens and closes: a field with the specialties in it. Lines inside stand at depth 1.
    """

    dimension: Dimension | None
    value: FacetValue | None = None
    hidden: int = 0
    more: bool = False
    group: str = ""
    opened: bool = False
    depth: int = 0
    most: int = 0  # the largest count of the facet, which its bars are measured against
    long: bool = False  # a heading whose values are too many to look through

    @property
    def choosable(self) -> bool:
        """Whether the cursor can stand on it."""
        return self.value is not None or self.more


class Family(NamedTuple):
    """Values of one dimension under a value of another: the specialties of a field."""

    value: str
    inside: Sequence[str]
    families: FacetValues
    members: FacetValues

    @property
    def chosen(self) -> bool:
        """Whether something in it is ticked."""
        return any(map(self.members.chosen, self.inside))


#: What `facet_lines` shows: values, or (for a dimension that stands within another) families of them.
Shown = FacetValues | Sequence[FacetValue]


def facet_lines(
    facets: Mapping[Dimension, Shown], opened: Set[str], families: Sequence[Family] = ()
) -> list[FacetLine]:
    """Return all lines of the pane; facets and families named in `opened` show everything."""
    lines: list[FacetLine] = []
    for dimension, values in facets.items():
        if len(values) < 2 and not _numbers(values)[0]:
            continue  # what is the same for every program narrows nothing
        if lines:
            lines.append(FacetLine(None))
        lines.append(FacetLine(dimension, long=len(values) > SHOWN + 1))
        if dimension.within and families:
            found = _family_lines(dimension, families, opened)
        else:
            found = _value_lines(dimension, values, opened)
        most = max((line.value.count for line in found if line.value), default=0)
        lines += [line._replace(most=most) for line in found]
    return lines


def _value_lines(dimension: Dimension, values: Shown, opened: Set[str]) -> list[FacetLine]:
    whole = dimension.name in opened
    ticked, useful = _numbers(values)
    shown = len(values) if whole or len(values) <= SHOWN + 1 else max(min(SHOWN, useful), ticked, 1)
    lines = [FacetLine(dimension, value) for value in values[:shown]]
    return lines + _rest(dimension, len(values), shown, whole=whole)


def _family_lines(dimension: Dimension, families: Sequence[Family], opened: Set[str]) -> list[FacetLine]:
    whole = dimension.name in opened
    shown = len(families) if whole or len(families) <= SHOWN + 1 else SHOWN
    lines: list[FacetLine] = []
    for place, family in enumerate(families):
        if place >= shown and not (family.chosen or family.families.chosen(family.value)):
            continue
        if len(family.inside) == 1:
            lines.append(FacetLine(dimension, family.members.named(family.inside[0])))
            continue
        name = f"{dimension.within}:{family.value}"
        is_open = family.chosen or name in opened
        value = family.families.named(family.value)
        lines.append(FacetLine(BY_NAME[dimension.within], value, group=name, opened=is_open))
        if is_open:
            lines += [FacetLine(dimension, family.members.named(own), depth=1) for own in family.inside]
    return lines + _rest(BY_NAME[dimension.within], len(families), shown, whole=whole, name=dimension)


def _rest(
    dimension: Dimension, count: int, shown: int, *, whole: bool, name: Dimension | None = None
) -> list[FacetLine]:
    """The line that shows the rest, or hides it again; `name` is the facet it stands in."""
    if whole and count > SHOWN + 1:
        return [FacetLine(name or dimension, more=True)]
    return [FacetLine(name or dimension, hidden=count - shown, more=True)] if shown < count else []


def facet_line(line: FacetLine, width: int) -> Line:
    """Return one line of the pane as text."""
    if line.dimension is None:
        return ()
    value = line.value
    if value is not None:
        tick, style = _tick(value)
        count = right(str(value.count), 5)
        faint = "unstated" if not value.value else "text"
        faint = "muted" if not value.count and not value.selected else faint
        mark = ("▾ " if line.opened else "▸ ") if line.group else "  " * line.depth
        bar = _bar(value.count, line.most, width)
        name = (fit(value.label, width - 9 - len(mark) - len(bar)), faint)
        return ((f" {tick} ", style), (mark, "muted"), name, (bar, "thumb"), (f"{count} ", "muted"))
    if line.more:
        words = f"{line.hidden:,} more {line.dimension.plural} …" if line.hidden else "fewer"
        return (("   ", "text"), (fit(words, width - 3).rstrip(), "link"))
    find = _FIND if line.long else ""
    return ((fit(f" {line.dimension.label}", width - len(find)), "heading"), (find, "key"))


def _bar(count: int, most: int, width: int) -> str:
    """Return how much `count` is of `most`, as a line of half cells in the room that there is."""
    cells = next((cells for least, cells in _BARS if width >= least), 0)
    if not cells:
        return ""
    if cells == 1:
        return f" {_STANDING[max(round(8 * count / most), 1) if count and most else 0]}"
    halves = max(round(2 * cells * count / most), 1) if count and most else 0
    return f" {'━' * (halves // 2)}{'╸' * (halves % 2)}".ljust(cells + 1)


def families_of(results: Results, dimension: Dimension) -> list[Family]:
    """Return the values of `dimension` under those of the one it stands within, in the order of both."""
    above = BY_NAME[dimension.within]
    home = results.index.homes(dimension, above)
    members, roots = results.facet(dimension.name), results.facet(above.name)
    inside: dict[str, list[str]] = {}
    for value in members.ids:
        if value:
            inside.setdefault(home[value], []).append(value)
    families = [Family(own, inside[own], roots, members) for own in roots.ids if own in inside]
    return sorted(families, key=lambda family: not family.chosen)


def _numbers(values: Shown) -> tuple[int, int]:
    """Return how many values are ticked, and how many are ticked or have a program."""
    if isinstance(values, FacetValues):
        return values.ticked, values.useful
    ticked = sum(value.selected or value.excluded for value in values)
    return ticked, sum(value.selected or value.excluded or value.count > 0 for value in values)


def _tick(value: FacetValue) -> tuple[str, str]:
    if value.excluded:
        return "−", "warning"
    return ("✓", "tick") if value.selected else ("·", "muted")
