from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from gmetui.catalog.catalog import Catalog
from gmetui.search import Query, search
from gmetui.tui.rendering.program_columns import columns_for_width
from gmetui.tui.rendering.program_page import program_page
from gmetui.tui.rendering.program_row import program_row
from gmetui.tui.rendering.spans import cell_width, fit, highlight, wrap

TEXTS = st.text(st.characters(exclude_categories=["C", "Z", "M"]) | st.sampled_from(" 日本é"), max_size=40)


@given(TEXTS, st.integers(1, 30))
def test_fit_takes_exactly_its_width(text: str, width: int) -> None:
    assert cell_len(fit(text, width)) == width


@given(TEXTS, st.integers(4, 30))
def test_wrapped_lines_fit_and_keep_every_word(text: str, width: int) -> None:
    lines = wrap(text, width)
    assert all(cell_len(line) <= width for line in lines)
    assert "".join("".join(lines).split()) == "".join(text.split())


def test_marked_spans() -> None:
    assert highlight("abcdef", [(1, 3)], "text") == (("a", "text"), ("bc", "match"), ("def", "text"))
    assert highlight("ab", [(0, 9)], "text") == (("ab", "match"),)


@pytest.mark.parametrize("width", [30, 44, 60, 80, 97, 140])
def test_rows_fill_their_width(catalog: Catalog, width: int) -> None:
    results = search(catalog, Query.parse("heart"))
    for program in results.programs(0, 10):
        assert cell_width(program_row(results, program, width, columns_for_width(width), is_saved=True)) == width


SECTIONS = ["Overview", "Requirements", "Dates", "Training", "Pay", "Mission", "Institution", "Sources"]


@pytest.mark.parametrize("width", [20, 39, 45, 78, 120])
def test_every_program_can_be_drawn(catalog: Catalog, width: int) -> None:
    for program in catalog.programs:
        detail = program_page(catalog, program, width)
        assert [title for title, _ in detail.sections] == SECTIONS
        assert all(cell_width(line.line) <= width for line in detail.lines)
        text = "\n".join("".join(part for part, _ in line.line) for line in detail.lines)
        assert "facts" in text
        assert "[1," in text


def test_sources_of_all_facts_are_listed(catalog: Catalog) -> None:
    program = catalog.program["larkspur-cardiovascular-disease-fellowship"]
    detail = program_page(catalog, program, 80)
    text = "\n".join("".join(part for part, _ in line.line) for line in detail.lines)
    assert "third party" in text
    assert "finder.example.com/programs/2024" in text
    assert [line.url for line in detail.lines if line.url]
