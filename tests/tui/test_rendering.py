from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from rich.cells import cell_len

from gmetui.catalog.catalog import Catalog
from gmetui.catalog.items import Visa
from gmetui.catalog.models import Program
from gmetui.documents.document import FactRow
from gmetui.documents.program_columns import COLUMNS_BY_ID, EMPTY_CELL, MILES_ID, ProgramColumn, miles_column
from gmetui.documents.program_document import program_document
from gmetui.search import Query, search
from gmetui.tui.rendering.column_widths import fitted_columns
from gmetui.tui.rendering.document_header import document_heading
from gmetui.tui.rendering.program_row import kind_remark, program_row
from gmetui.tui.rendering.spans import cell_width, fit, highlight, wrap
from gmetui.tui.rendering.value_links import value_query

TODAY = date(2026, 11, 22)
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
        columns = columns_for(catalog, results.programs(), width)
        assert cell_width(program_row(results, program, width, columns, is_saved=True)) == width


def test_searches_by_a_value_find_its_program(catalog: Catalog) -> None:
    for program in catalog.programs:
        document = program_document(catalog, program, date(2026, 11, 22))
        rows = [row for block in document.sections[0].blocks if isinstance(row := block, FactRow)]
        for row in rows:
            for index in range(len(row.values)):
                query = value_query(catalog, program, row.key, index)
                if query is not None:
                    results = search(catalog, Query.parse(query))
                    assert results.row_of(program.id) is not None, (program.id, query)
                    assert not results.warnings


def columns_for(
    catalog: Catalog,
    programs: Sequence[Program],
    width: int,
    chosen_ids: Sequence[str] = (),
    columns_by_id: Mapping[str, ProgramColumn] = COLUMNS_BY_ID,
) -> tuple[ProgramColumn, ...]:
    def cell_text(column: ProgramColumn, program: Program) -> str:
        return column.cell_text(catalog, program, TODAY)

    return fitted_columns(programs, cell_text, width, chosen_ids, columns_by_id)


def column_widths(catalog: Catalog, programs: Sequence[Program]) -> dict[str, int]:
    return {column.id: column.width for column in columns_for(catalog, programs, 79)}


def test_columns_are_as_wide_as_the_rows_need(catalog: Catalog) -> None:
    programs, elsewhere = catalog.programs_of("larkspur"), catalog.programs_of("quillmont")
    widths = column_widths(catalog, programs)
    assert list(widths)[:3] == ["institution", "length", "visa"]
    assert "kind" not in widths
    institution = catalog.institution["larkspur"]
    long_name = replace(institution, name="Saint Somebody Memorial Hospital of the Valley", also_called=())
    others = [each for each in catalog.institutions if each is not institution]
    renamed = replace(catalog, institutions=(long_name, *others))
    assert column_widths(renamed, programs)["institution"] > widths["institution"]
    assert column_widths(renamed, elsewhere) == column_widths(catalog, elsewhere), "a name elsewhere cuts nothing"


@pytest.mark.parametrize(
    ("width", "lines"),
    [
        (60, ["Saint Somebody Hospital · Fellowship · Port Ellery, MA"]),
        (40, ["Saint Somebody Hospital · Fellowship", "Port Ellery, MA"]),
        (24, ["Saint Somebody Hospital", "Fellowship · Port Eller…"]),
    ],
)
def test_a_subtitle_breaks_between_its_parts(catalog: Catalog, width: int, lines: list[str]) -> None:
    program = catalog.programs_of("larkspur")[0]
    document = program_document(catalog, program, date(2026, 11, 22))
    document = document._replace(title="T", subtitle="Saint Somebody Hospital · Fellowship · Port Ellery, MA", strip=())
    heading = ["".join(text for text, _ in line).rstrip() for line in document_heading(document, width)]
    assert heading == ["T", *lines, ""]


def test_long_hospital_names_leave_room_to_the_years_beside_a_page(catalog: Catalog) -> None:
    name = "Internal Medicine Residency"
    programs = [replace(program, name=name, length_years=3) for program in catalog.programs_of("larkspur")]
    long_name = replace(catalog.institution["larkspur"], name="Wright-Patterson Medical Center", also_called=())
    renamed = replace(
        catalog, institutions=(long_name, *(each for each in catalog.institutions if each.id != "larkspur"))
    )
    columns = {column.id: column.width for column in columns_for(renamed, programs, 47)}
    assert list(columns) == ["institution", "length"]
    assert 47 - sum(width + 1 for width in columns.values()) >= 2 + len(name), "the name is not cut"


def test_verdicts_without_room_leave_the_years(catalog: Catalog) -> None:
    programs = catalog.programs_of("larkspur")
    verdicts = {**COLUMNS_BY_ID, "fits": COLUMNS_BY_ID["fits"]._replace(cell_text=lambda *_: "can't tell")}
    wide, narrow = (columns_for(catalog, programs, width, (), verdicts) for width in (79, 47))
    assert [column.id for column in wide][:3] == ["institution", "fits", "length"]
    assert [column.id for column in narrow] == ["institution", "length"]


def test_miles_stand_beside_the_hospital_where_the_search_asks_for_a_distance(catalog: Catalog) -> None:
    programs = catalog.programs_of("larkspur")
    offered = {**COLUMNS_BY_ID, MILES_ID: miles_column(lambda *_: "12")}
    unknown = {**COLUMNS_BY_ID, MILES_ID: miles_column(lambda *_: EMPTY_CELL)}
    usual = [column.id for column in columns_for(catalog, programs, 90, (), offered)]
    assert usual[:3] == ["institution", "miles", "length"]
    chosen = columns_for(catalog, programs, 90, ("length", "city"), offered)
    assert [column.id for column in chosen] == ["miles", "length", "city"]
    assert MILES_ID not in {column.id for column in columns_for(catalog, programs, 90, ("length",), unknown)}


def test_the_miles_are_not_said_twice_in_a_row(catalog: Catalog) -> None:
    results = search(catalog, Query.parse("near:quillmont,60"))
    program = next(each for each in results.programs() if results.miles_of(each))
    column = miles_column(lambda _, each, _today: str(results.miles_of(each)))
    row_text = "".join(text for text, _ in program_row(results, program, 120, (column,), is_saved=False))
    assert row_text.endswith(f" {results.miles_of(program)}")
    assert "miles from" not in row_text
    assert "miles from" in "".join(text for text, _ in program_row(results, program, 120, (), is_saved=False))


def test_columns_without_a_value_are_left_out(catalog: Catalog) -> None:
    silent = [replace(program, length_years=None) for program in catalog.programs]
    assert "length" in {column.id for column in columns_for(catalog, catalog.programs, 79)}
    assert "length" not in {column.id for column in columns_for(catalog, silent, 79)}
    assert "length" in {column.id for column in columns_for(catalog, silent, 79, ("length",))}


def test_kind_is_said_where_the_name_does_not_say_it(catalog: Catalog) -> None:
    program = catalog.programs[0]
    fellowship = replace(program, kind="fellowship")
    assert kind_remark(replace(fellowship, name="Advanced Hepatology")) == "fellowship"
    assert kind_remark(replace(fellowship, name="Cardiology Fellowship")) == ""


@pytest.mark.parametrize(
    ("visa", "cell"),
    [
        (Visa(text="Physicians who need a visa ask the office."), "see page"),
        (Visa(text="Neither is sponsored.", refused=("J-1", "H-1B")), "no J-1 · no H-1B"),
    ],
)
def test_visas_only_in_words_are_on_the_page(catalog: Catalog, visa: Visa, cell: str) -> None:
    program = replace(catalog.programs[0], visa=(visa,))
    assert COLUMNS_BY_ID["visa"].cell_text(catalog, program, TODAY).replace("*", "") == cell, (
        "* is another source's mark"
    )
