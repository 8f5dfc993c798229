"""The heat map of the coverage: fields as rows, institutions as columns, and the share in each cell as text."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from ...catalog.catalog import Catalog
from ...catalog.completeness import COUNTED_FIELDS
from ...documents.coverage_map import OLD_BEFORE, CoverageColumn, FieldQuality, known_share
from ...text import format_date, plural
from .spans import BLANK_LINE, Span, StyledLine, align_right, cell_width, fit, pane_title

_LABEL_WIDTH, _NARROW_LABEL_WIDTH = 17, 15
_WIDE = 100
_COLUMN_WIDTH, _MAX_COLUMN_WIDTH = 7, 12
#: Shares from which a cell has the next darker ground; the style of the darkest is the last one.
_LEVELS = (0.1, 0.25, 0.5, 0.75)
_PUBLISHERS = {"institution": "by institutions", "official": "official", "third-party": "by third parties"}


class CoverageSize(NamedTuple):
    """Which columns are in sight."""

    width: int
    column_count: int
    first: int = 0

    @property
    def label_width(self) -> int:
        """The width of the labels."""
        return _LABEL_WIDTH if self.width >= _WIDE else _NARROW_LABEL_WIDTH

    @property
    def column_width(self) -> int:
        """The width of a column: more where all of them fit."""
        return max(_COLUMN_WIDTH, min(_MAX_COLUMN_WIDTH, (self.width - self.label_width) // self.column_count))

    @property
    def visible_count(self) -> int:
        """How many columns fit."""
        return max(1, min(self.column_count, (self.width - self.label_width) // self.column_width))

    @property
    def columns(self) -> range:
        """The indexes of the columns in sight."""
        return range(self.first, min(self.column_count, self.first + self.visible_count))

    def column_at(self, x: int) -> int | None:
        """Return the index of the column at cell `x`, or None left of all columns."""
        if x < self.label_width:
            return None
        return min(self.columns[-1], self.first + (x - self.label_width) // self.column_width)


def coverage_header(
    columns: Sequence[CoverageColumn], size: CoverageSize, selected: int, *, has_focus: bool
) -> tuple[StyledLine, ...]:
    """Return the title, the institutions, and how many programs each has."""
    is_cut = size.visible_count < size.column_count
    position = f"{size.first + 1}–{size.columns[-1] + 1} of {size.column_count} columns " if is_cut else ""
    title = pane_title("Coverage", f" {known_share(columns)}", size.width, has_focus=has_focus, hint=position)
    names: list[Span] = [(" " * size.label_width, "text")]
    counts: list[Span] = [(fit(" Programs", size.label_width), "muted")]
    for index in size.columns:
        name = fit(columns[index].short_name, size.column_width - 1).rstrip()
        style = "tab-active" if index == selected else "title"
        names += [
            (align_right("", size.column_width - 1 - cell_width([(name, "")])), "text"),
            (name, style),
            (" ", "text"),
        ]
        counts.append((align_right(f"{len(columns[index].programs):,} ", size.column_width), "muted"))
    return title, tuple(names), tuple(counts)


def coverage_line(
    field_index: int, columns: Sequence[CoverageColumn], size: CoverageSize, selected: int | None
) -> StyledLine:
    """Return a field with its share at each institution in sight; the cell of the selected column is lit."""
    label_style = "strong" if selected is not None else "label"
    line: list[Span] = [(fit(f" {COUNTED_FIELDS[field_index].label}", size.label_width), label_style)]
    for index in size.columns:
        share = columns[index].share(field_index)
        style = "heat-cursor" if index == selected else heat_style(share)
        line.append((align_right(f"{share:.0%} ", size.column_width), style))
    return tuple(line)


def heat_style(share: float) -> str:
    """Return the style of a share: "heat-0" for almost none to "heat-4"."""
    return f"heat-{sum(share >= level for level in _LEVELS)}"


def coverage_notes(catalog: Catalog) -> list[StyledLine]:
    """Return what is below the map: where the facts come from, and why the columns do not add up."""
    publishers: list[str] = [source.publisher for source in catalog.sources]
    parts = [f"{publishers.count(publisher):,} {text}" for publisher, text in _PUBLISHERS.items()]
    dated = sum(source.as_of is not None for source in catalog.sources)
    edition = catalog.edition
    texts = (
        f"{plural(len(publishers), 'page')}: {', '.join(parts)}; {dated:,} have a date.",
        f"Edition {edition.version} of {format_date(edition.date)}. A program of two institutions counts in the column "
        "of each, and once under All.",
    )
    return [BLANK_LINE, *(((f" {text}", "muted"),) for text in texts)]


def quality_text(column: CoverageColumn, field_index: int, quality: FieldQuality | None) -> str:
    """Return what is known about a cell, in a sentence or two."""
    stated, total = column.stated[field_index], len(column.programs)
    text = f"{stated:,} of {plural(total, 'program')} state it"
    if quality is not None and stated:
        parts = (
            (quality.third_party, "only through a third party"),
            (quality.undated, "on pages without a date"),
            (quality.older, f"before {OLD_BEFORE}"),
        )
        details = ", ".join(f"{count:,} {words}" for count, words in parts if count)
        text += f": {details}" if details else ""
    return f"{text}. Enter shows the {total - stated:,} that do not." if stated < total else f"{text}."
