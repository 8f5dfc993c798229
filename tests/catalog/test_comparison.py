"""Programs side by side: what differs, what no page states, and which salary scale is compared."""

from __future__ import annotations

from msgspec.structs import replace

from gmetui.catalog.catalog import Catalog
from gmetui.catalog.comparison import ComparisonRow, compare_programs
from gmetui.catalog.facts import program_facts

IDS = ("larkspur-internal-medicine-residency", "larkspur-neurology-residency", "quillmont-neurology-residency")
#: Fields that a comparison leaves out.
OMITTED = {"id", "name", "other_names", "specialty_as_named", "parent_specialty", "campus", "city", "state"} | {
    "contact_office",
    "also_listed",
}


def rows_of(catalog: Catalog, *program_ids: str) -> dict[str, ComparisonRow]:
    return {row.key: row for row in compare_programs(catalog, [catalog.program[own_id] for own_id in program_ids])}


def test_a_row_has_one_cell_per_program(catalog: Catalog) -> None:
    rows = rows_of(catalog, *IDS)
    assert all(len(row.cells) == 3 and any(cell.values for cell in row.cells) for row in rows.values())
    visa = rows["visa"]
    assert [bool(cell.values) for cell in visa.cells] == [True, True, False]
    assert [bool(cell.citations) for cell in visa.cells] == [True, True, False]
    assert visa.differs
    assert not rows["kind"].differs
    assert rows["length_years"].cells[0].values == ("3 years", "(research track: four years)")
    assert rows["mission"].cells[0].values == ("“We train physicians for every shore.”",)


def test_the_newest_complete_salary_scale(catalog: Catalog) -> None:
    pay = rows_of(catalog, IDS[0], IDS[2])["pay"]
    assert pay.cells[0].values[:2] == ("2026-07-01: Larkspur University Hospital", "PGY-1 $73,000")
    assert pay.cells[1].values[0].startswith("not dated on the page")
    assert pay.cells[1].citations
    larkspur_scales = [salary for salary in catalog.salaries if salary.institution == "larkspur"]
    single_level = replace(larkspur_scales[0], year="2030", pgy={"1": 90000})
    catalog = replace(catalog, salaries=(*catalog.salaries, single_level))
    assert rows_of(catalog, IDS[0])["pay"].cells[0].values == pay.cells[0].values, "one level is not a scale"


def test_differences_only(catalog: Catalog) -> None:
    programs = [catalog.program[program_id] for program_id in IDS]
    rows = compare_programs(catalog, programs)
    differing = compare_programs(catalog, programs, differences=True)
    assert [row.key for row in differing] == [row.key for row in rows if row.differs]
    assert not compare_programs(catalog, [programs[0], programs[0]], differences=True)
    assert not compare_programs(catalog, [])


def test_every_other_field_can_be_compared(catalog: Catalog) -> None:
    compared, stated = set(), set()
    for program in catalog.programs:
        compared |= {row.key for row in compare_programs(catalog, [program])}
        stated |= {fact.key for fact in program_facts(catalog, program) if fact.values}
    assert {key for key in stated if not key.endswith("_note")} - compared <= OMITTED
