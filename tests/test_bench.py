"""What the benchmarks compute from what they measured; the measurements themselves are not tested."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

pytest.importorskip("fcntl", reason="there are no pseudo-terminals")
from bench.figures import load_figures, save_figures
from bench.growth import replace_table
from bench.growth_table import PEERS, growth_plot, growth_table
from bench.measure import NOTHING, Figure, median_figure, percentile_95, run
from bench.terminal import BLINK_SIZE, Moment, Output, full_frame

_FIGURES = {
    "440": {"start": {"start": Figure(200.0, "ms", 1.25)}, "search": {"search": Figure(0.5, "ms", 2.0)}},
    "14000": {"start": {"start": Figure(300.0, "ms", 1.5)}, "search": {"search": Figure(1.0, "ms", 0.25)}},
    PEERS: {"Posting": {"start": Figure(800.0, "ms", 4.0)}},
}


def _cells(name: str) -> list[str]:
    line = next(line for line in growth_table(_FIGURES).splitlines() if line.startswith(f"| {name} |"))
    return [cell.strip() for cell in line.strip("|").split("|")]


def test_the_ratio_grows_where_the_reference_is_the_same_for_every_size() -> None:
    assert _cells("Start")[1:3] == ["200 ms (1.25×)", "300 ms (1.50×)<br>*↗ 1.20×*"]


def test_the_value_grows_where_the_reference_grows_too() -> None:
    assert _cells("Search, typed first")[1:3] == ["0.50 ms (2.00×)", "1.00 ms (0.25×)<br>*↗ 2.00×*"]


def test_peers_stand_beside_the_figures() -> None:
    assert _cells("Start")[-1] == "Posting 4.00×"


def test_rows_that_nothing_measured_are_left_out() -> None:
    assert "tantivy" not in growth_table(_FIGURES)


def test_the_plot_is_an_image_with_a_line_for_each_figure() -> None:
    lines = ET.fromstring(growth_plot(_FIGURES)).findall("{*}polyline")
    assert len(lines) == 3  # start, search, and what grows in proportion


def test_saved_figures_are_read_again(tmp_path: Path) -> None:
    for size, steps in _FIGURES.items():  # as several runs do that write into one file
        save_figures(tmp_path / "figures.json", {size: steps})
    assert load_figures(tmp_path / "figures.json") == _FIGURES


def test_the_table_of_a_page_is_replaced(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("before\n<!-- growth -->\nold\n<!-- end of growth -->\nafter\n", encoding="utf-8")
    replace_table(page, "new")
    assert page.read_text(encoding="utf-8") == "before\n<!-- growth -->\n\nnew\n\n<!-- end of growth -->\nafter\n"


def test_a_page_without_a_place_for_the_table_is_refused(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("nothing", encoding="utf-8")
    with pytest.raises(ValueError, match="no place"):
        replace_table(page, "new")


def test_a_frame_is_full_when_the_screen_shows_what_it_shows_in_the_end() -> None:
    def drawn(seconds: int, content: bytes) -> Output:
        return Output(Moment(seconds, seconds / 2), content)

    splash, text, blink = b"\x1b[1;1HLoading", b"\x1b[1;1H" + b"x" * BLINK_SIZE, b"\x1b[7m \x1b[0m"
    outputs = [drawn(1, splash), drawn(2, text), drawn(3, blink), drawn(4, blink)]
    assert full_frame(outputs) == Moment(2, 1.0)


def test_a_ratio_is_the_median_of_the_ratios_of_rounds() -> None:
    assert median_figure([2.0, 9.0, 40.0], "ms", [1.0, 3.0, 10.0]) == Figure(9.0, "ms", 3.0)
    assert percentile_95(range(100)) == 95


def test_a_command_is_measured_in_a_process_of_its_own() -> None:
    usage = run(*NOTHING)
    assert usage.processor > 0
    assert 0 < usage.memory < 100
