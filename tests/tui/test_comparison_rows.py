"""The grid of a comparison and the heat map of the coverage, as lines."""

from __future__ import annotations

from datetime import date

import pytest

from gmetui.catalog.catalog import Catalog
from gmetui.catalog.comparison import compare_programs
from gmetui.catalog.completeness import COUNTED_FIELDS
from gmetui.documents.comparison import compare_deciding_facts
from gmetui.documents.coverage_map import coverage_map
from gmetui.documents.document import Value
from gmetui.tui.rendering.comparison_rows import (
    GridSize,
    cell_detail,
    comparison_header,
    deciding_grid,
    full_grid,
)
from gmetui.tui.rendering.coverage_rows import CoverageSize, coverage_header, coverage_line, heat_style
from gmetui.tui.rendering.spans import StyledLine, cell_width
from support import is_harmless

TODAY = date(2026, 11, 22)
#: Width of the text of a pane, height of the screen, and how many programs stand side by side.
SIZES = [(79, 24, 3), (119, 40, 4), (199, 50, 8)]


def text_of(line: StyledLine) -> str:
    return "".join(text for text, _style in line)


@pytest.mark.parametrize(("width", "height", "columns"), SIZES)
@pytest.mark.parametrize("catalog_name", ["catalog", "hostile_catalog"])
def test_columns_fit(catalog_name: str, width: int, height: int, columns: int, request: pytest.FixtureRequest) -> None:
    catalog: Catalog = request.getfixturevalue(catalog_name)
    programs = catalog.programs[:9]
    comparison = compare_deciding_facts(catalog, programs, TODAY)
    size = GridSize(width, height, len(programs))
    assert size.column_count == min(columns, len(programs))
    header = comparison_header(catalog, comparison, size, 0)
    for grid in (deciding_grid(comparison, size), full_grid(compare_programs(catalog, programs), size)):
        drawn = [line.draw(size, 0) for line in grid.lines]
        assert all(cell_width(line) <= width for line in (*header, *drawn))
        rows = [line.row for line in grid.lines if line.row is not None]
        assert sorted(set(rows)) == list(range(len(grid.rows)))
        assert all(len(row.details) == len(programs) for row in grid.rows)


def test_a_cut_summary_keeps_its_signs(catalog: Catalog) -> None:
    program = catalog.program["larkspur-psychiatry-residency"]  # the hospital asks for an exam
    comparison = compare_deciding_facts(catalog, [program] * 3, TODAY)
    size = GridSize(79, 24, 3)
    lines = [text_of(line.draw(size, None)) for line in deciding_grid(comparison, size).lines]
    (exams,) = (line for line in lines if line.startswith(" Exams"))
    assert exams.count("…~") == 3


def test_salaries_have_bars_from_zero(catalog: Catalog) -> None:
    ids = ("larkspur-internal-medicine-residency", "quillmont-internal-medicine-residency")
    comparison = compare_deciding_facts(catalog, [catalog.program[key] for key in ids], TODAY)
    size = GridSize(119, 40, 2)
    lines = [text_of(line.draw(size, None)) for line in deciding_grid(comparison, size).lines]
    (last,) = (line for line in lines if line.startswith(" PGY-3"))
    left, right = last[: size.column_width + 20], last[size.column_width + 20 :]
    dollars = [float(part.split()[-2].strip("$").replace(",", "")) for part in (left, right)]
    lengths = [part.count("━") + part.count("╸") / 2 for part in (left, right)]
    assert lengths[0] == 14, "the highest one is as long as a bar can be"
    assert lengths[1] == pytest.approx(14 * dollars[1] / dollars[0], abs=0.5)


def test_the_whole_text_of_a_cell_is_cut_only_at_the_last_line() -> None:
    details = (Value("word " * 60),)
    lines = cell_detail("Larkspur · Letters", details, 60, 3)
    assert len(lines) == 3
    assert all(cell_width(line) <= 60 for line in lines)
    assert text_of(lines[0]).startswith(" Larkspur · Letters: word")
    assert text_of(lines[-1]).rstrip().endswith("…")
    assert "nobody says" in text_of(cell_detail("Larkspur · Letters", (), 60, 3)[0])


@pytest.mark.parametrize("width", [60, 79, 119, 199])
def test_the_heat_map_shows_every_share_as_text(catalog: Catalog, width: int) -> None:
    columns = coverage_map(catalog)
    size = CoverageSize(width, len(columns))
    header = coverage_header(columns, size, 0, has_focus=True)
    assert all(cell_width(line) <= width and is_harmless(text_of(line)) for line in header)
    for index, field in enumerate(COUNTED_FIELDS):
        line = coverage_line(index, columns, size, None)
        assert cell_width(line) <= width
        percentages = text_of(line).removeprefix(f" {field.label}").split()
        assert percentages == [f"{columns[column].share(index):.0%}" for column in size.columns]
    assert [heat_style(share) for share in (0, 0.1, 0.3, 0.6, 1)] == [f"heat-{level}" for level in range(5)]
