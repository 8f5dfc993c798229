from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from gmetui.catalog.models import Catalog
from gmetui.search import Query, search
from gmetui.tui.rendering.program_columns import columns_in
from gmetui.tui.rendering.program_page import program_detail
from gmetui.tui.rendering.program_row import program_row
from gmetui.tui.rendering.spans import fit, marked, width_of, wrap

TEXTS = st.text(st.characters(exclude_categories=["C", "Z", "M"]) | st.sampled_from(" 日本é"), max_size=40)


@given(TEXTS, st.integers(1, 30))
def test_fit_takes_exactly_its_width(text: str, width: int) -> None:
    assert cell_len(fit(text, width)) == width


@given(TEXTS, st.integers(4, 30))
def test_wrapped_lines_fit_and_lose_nothing(text: str, width: int) -> None:
    lines = wrap(text, width)
    assert all(cell_len(line) <= width for line in lines)
    assert "".join("".join(lines).split()) == "".join(text.split())


def test_marked_spans() -> None:
    assert marked("abcdef", [(1, 3)], "text") == (("a", "text"), ("bc", "match"), ("def", "text"))
    assert marked("ab", [(0, 9)], "text") == (("ab", "match"),)


@pytest.mark.parametrize("width", [30, 44, 60, 80, 97, 140])
def test_rows_fill_their_width(catalog: Catalog, width: int) -> None:
    results = search(catalog, Query.parse("heart"))
    for program in results.programs(0, 10):
        assert width_of(program_row(results, program, width, columns_in(width), listed=True)) == width


SECTIONS = ["Overview", "Requirements", "Dates", "Training", "Pay", "Mission", "Institution", "Sources"]


@pytest.mark.parametrize("width", [20, 39, 45, 78, 120])
def test_every_program_can_be_drawn(catalog: Catalog, width: int) -> None:
    for program in catalog.programs[::7]:
        detail = program_detail(catalog, program, width)
        assert [title for title, _ in detail.sections] == SECTIONS
        assert all(width_of(line.line) <= width for line in detail.lines)
        text = "\n".join("".join(part for part, _ in line.line) for line in detail.lines)
        assert "not stated" in text or "Not stated" in text
        assert "[1," in text


def test_the_page_of_each_fact_is_listed(catalog: Catalog) -> None:
    program = catalog.program["tufts-cardiovascular-disease-fellowship"]
    detail = program_detail(catalog, program, 80)
    text = "\n".join("".join(part for part, _ in line.line) for line in detail.lines)
    assert "third party" in text
    assert "residencyadvisor.com" in text
    assert [line.address for line in detail.lines if line.address]
