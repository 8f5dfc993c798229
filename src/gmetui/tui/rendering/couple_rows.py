"""The rows of a couple: both halves beside each other, the miles between them, and their ranks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from rich.cells import cell_len

from ...catalog.catalog import Catalog
from ...documents.couple_words import choice_text, counts_text, list_heading, miles_text, ranks_text, title_lengths
from ...planning.couple_lists import PARTNERS
from ...planning.couples import MAX_ROWS, CoupleChoices, CouplePlan
from ...text import plural
from .spans import Span, StyledLine, align_right, fit, pane_title

_NUMBER_WIDTH, _MILES_WIDTH, _RANKS_WIDTH = 6, 7, 10
_RANK_WIDTH = 4  # of the rank before a title
_MIN_HALF = 22
_GAP = 2
_NEW = "+"
_RULE_NAMES: Mapping[str, str] = {
    "sum": "sum of ranks",
    "mine": "your ranks",
    "theirs": "partner's ranks",
    "near": "near first",
}


class CoupleRows(NamedTuple):
    """What is drawn: a plan, and for each half its heading and the titles of its programs, the longest ones first."""

    plan: CouplePlan
    headings: tuple[str, ...]
    titles: tuple[Sequence[Mapping[str, str]], ...]


class HalfColumn(NamedTuple):
    """How a half is drawn at a width: the titles that fit, and the width of the column."""

    titles: Mapping[str, str]
    width: int


def couple_rows(catalog: Catalog, couple_plan: CouplePlan) -> CoupleRows:
    """Return what is drawn of a plan."""
    listed = [couple_plan.listed(partner) for partner in PARTNERS]
    headings = (list_heading(catalog, partner, choices) for partner, choices in zip(PARTNERS, listed, strict=True))
    return CoupleRows(couple_plan, tuple(headings), tuple(title_lengths(catalog, choices) for choices in listed))


def half_columns(shown_rows: CoupleRows, width: int) -> tuple[HalfColumn, HalfColumn]:
    """Return how both halves are drawn: with the longest titles that all fit, and no wider than needed."""
    fixed = _NUMBER_WIDTH + _MILES_WIDTH + _RANKS_WIDTH + 2 * _GAP
    most = max(1, (width - fixed) // 2)
    first, second = (
        _half_column(heading, titles, most)
        for heading, titles in zip(shown_rows.headings, shown_rows.titles, strict=True)
    )
    return first, second


def _half_column(heading: str, titles_by_length: Sequence[Mapping[str, str]], most: int) -> HalfColumn:
    for titles in titles_by_length:
        longest = max((cell_len(title) + _RANK_WIDTH for title in titles.values()), default=0)
        needed = max(longest, cell_len(heading), _MIN_HALF)
        if needed <= most:
            return HalfColumn(titles, needed)
    return HalfColumn(titles_by_length[-1], most)


def order_text(choices: CoupleChoices) -> str:
    """Return in which order the rows are, and how far apart they may be: "order: yours · miles: any"."""
    order = "by hand" if choices.order else _RULE_NAMES[choices.rule]
    miles = "any" if choices.miles is None else "same city" if choices.miles == 0 else f"up to {choices.miles:,}"
    return f"order: {order} · miles: {miles}"


def couple_header(shown_rows: CoupleRows, width: int, *, has_focus: bool) -> tuple[StyledLine, ...]:
    """Return the title with the counts, and the headings of the columns."""
    couple_plan = shown_rows.plan
    settings, counts = f"{order_text(couple_plan.choices)} ", counts_text(couple_plan)
    has_room = len(counts) + len(settings) + len(" Couple ") + _GAP <= width
    count_style = "warning" if couple_plan.over_limit else "muted"
    is_counted = has_room or couple_plan.over_limit > 0
    heading, (cell_text, style), _ = pane_title(
        "Couple", counts if is_counted else settings, width, has_focus=has_focus
    )
    title: StyledLine = (heading, (cell_text, count_style if is_counted else style))
    if has_room:
        title = (heading, (cell_text[: -len(settings)], count_style), (settings, "muted"))
    columns = half_columns(shown_rows, width)
    headings = (
        f"{align_right('row', _NUMBER_WIDTH - _GAP)}{' ' * _GAP}",
        *(
            f"{fit(cell_text, column.width)}{' ' * _GAP}"
            for cell_text, column in zip(shown_rows.headings, columns, strict=True)
        ),
        align_right("miles", _MILES_WIDTH - _GAP),
        f"{' ' * _GAP * 2}ranks",
    )
    return title, ((fit("".join(headings), width), "label"),)


def couple_line(shown_rows: CoupleRows, index: int, width: int) -> StyledLine:
    """Return a row. One over the limit is in the color of a warning, a new one has a plus before its number."""
    pair_row = shown_rows.plan.rows[index]
    style = "warning" if index >= MAX_ROWS else "text"
    number = align_right(f"{_NEW if pair_row.is_new else ''}{index + 1}", _NUMBER_WIDTH - _GAP)
    spans: list[Span] = [
        (f"{number}{' ' * _GAP}", "tick" if pair_row.is_new else style if style == "warning" else "muted")
    ]
    for partner, column in zip(PARTNERS, half_columns(shown_rows, width), strict=True):
        choice = pair_row.choice(partner)
        cell_text = fit(choice_text(choice, column.titles), column.width)
        spans.append((f"{cell_text}{' ' * _GAP}", style if choice else "unstated"))
    spans.append((align_right(miles_text(pair_row), _MILES_WIDTH - _GAP), style))
    spans.append((f"{' ' * _GAP * 2}{ranks_text(pair_row)}", "muted"))
    return tuple(spans)


def limit_line(couple_plan: CouplePlan, width: int) -> StyledLine:
    """Return the line below the rows: how many are over the limit, or that both lists are equally long."""
    count = len(couple_plan.rows)
    if couple_plan.over_limit:
        verb = "is" if couple_plan.over_limit == 1 else "are"
        cell_text = f"  {plural(couple_plan.over_limit, 'row')} {verb} over the limit of {MAX_ROWS}; nothing was cut"
        return ((fit(cell_text, width), "warning"),)
    shown_rows = plural(count, "row")
    return ((fit(f"  {shown_rows} · {MAX_ROWS} at most · both lists have {shown_rows}", width), "muted"),)


def empty_lines(cell_text: str) -> Sequence[StyledLine]:
    """Return what stands in place of rows."""
    return ((), ((f"  {cell_text}", "muted"),))
