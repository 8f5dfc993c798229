"""What decides between programs: short summaries that say no more than the pages, what is equal, and warnings."""

from __future__ import annotations

from datetime import date

import pytest
from msgspec.structs import replace

from gmetui.catalog.catalog import Catalog
from gmetui.documents.comparison import Comparison, DecidingRow, compare_deciding_facts
from gmetui.documents.comparison_document import EMPTY_CELL, column_title, common_line, comparison_document
from gmetui.documents.document import FactRow, Group, Paragraph, Table
from gmetui.documents.program_document import program_document
from gmetui.documents.salary_comparison import training_years

TODAY = date(2026, 11, 22)
MEDICINE, QUILLMONT_MEDICINE = "larkspur-internal-medicine-residency", "quillmont-internal-medicine-residency"
CARDIOLOGY = "larkspur-cardiovascular-disease-fellowship"


def compare(catalog: Catalog, *program_ids: str) -> Comparison:
    return compare_deciding_facts(catalog, [catalog.program[program_id] for program_id in program_ids], TODAY)


def rows_of(catalog: Catalog, *program_ids: str) -> dict[str, DecidingRow]:
    return {row.key: row for row in compare(catalog, *program_ids).rows}


@pytest.mark.parametrize(
    ("program_id", "summaries"),
    [
        (
            MEDICINE,
            {
                "length_years": "3 years",
                "positions_per_year": "36: 30 categorical, 6 preliminary",
                "visa": "J-1 · H-1B by case · no O-1*",
                "deadlines": "Dec 15, 2026",
                "letters": "3",
                "exams": "Steps 1 and 2 or COMLEX 1 and 2 with application",
                "graduation": "5 years preferred",
                "experience": "IMG: a rotation in the United States",
                "ecfmg": "certificate before ranking",
                "tracks": "4: categorical, preliminary, research, primary care",
                "afterwards": "2 fellowships",
            },
        ),
        (CARDIOLOGY, {"visa": "J-1 · no H-1B", "deadlines": "Aug 1 (2026)", "exams": "Steps 1, 2 and 3"}),
        ("larkspur-neurology-residency", {"visa": "J-1 only", "deadlines": "Oct 15 (2023-24)"}),
        (
            "larkspur-emergency-medicine-residency",
            {"visa": "no J-1 · no H-1B", "exams": "Steps 1 and 2 before ranking"},
        ),
        (
            "larkspur-psychiatry-residency",
            {"positions_per_year": "8*", "exams": "Step 2 or COMLEX 2 before appointment~"},
        ),
        ("marrowby-child-and-adolescent-psychiatry-fellowship", {"visa": "J-1~", "sites": "2: Marrowby · Larkspur"}),
        (
            "larkspur-interventional-cardiology-fellowship",
            {"deadlines": "Applications at any time", "salary_7": "$91,000"},
        ),
        # Nothing can be made of words alone, so they are shown as they are.
        ("marrowby-pediatric-cardiology-fellowship", {"visa": "Ask the office"}),
        ("larkspur-surgery-residency", {"exams": "ABSITE every year"}),
        # The program doesn't say how long it is.
        ("quillmont-cytopathology-fellowship", {"length_years": "1 year (usual)"}),
    ],
)
def test_summaries(catalog: Catalog, program_id: str, summaries: dict[str, str]) -> None:
    rows = rows_of(catalog, program_id)
    assert {key: rows[key].facts[0].text for key in summaries} == summaries


def test_summaries_agree_with_the_strip_of_the_page(catalog: Catalog) -> None:
    for program in catalog.programs:
        strip = {row.key: row.values for row in program_document(catalog, program, TODAY).strip}
        rows = rows_of(catalog, program.id)
        for key in ("length_years", "deadlines"):
            if strip[key]:
                assert rows[key].facts[0].summary == strip[key][0], (program.id, key)


def test_every_summary_cites_pages_and_has_the_whole_text_behind_it(catalog: Catalog) -> None:
    for program in catalog.programs:
        comparison = compare(catalog, program.id)
        for row in comparison.rows:
            (fact,) = row.facts
            assert fact.summary is not None
            assert fact.details, (program.id, row.key)
            if row.key != "afterwards":  # counted, not stated
                assert any(value.citations for value in fact.details), (program.id, row.key)
        assert all(fact.summary is None for row in comparison.unpublished for fact in row.facts)


def test_what_is_equal_is_said_once(catalog: Catalog) -> None:
    comparison = compare(catalog, MEDICINE, QUILLMONT_MEDICINE)
    assert common_line(comparison) == "Same for all: Residency · Internal medicine · ERAS · NRMP · 3 years"
    keys = {row.key for row in comparison.rows}
    assert not keys & {row.key for row in comparison.common}
    assert {"visa", "positions_per_year", "salary_1"} <= keys
    assert not compare(catalog, MEDICINE).common, "one program has nothing to be equal to"
    mixed = {row.key for row in compare(catalog, MEDICINE, CARDIOLOGY).rows}
    assert {"kind", "specialty"} <= mixed, "what differs has a row"


def test_a_fact_that_one_program_keeps_to_itself_is_no_common_one(catalog: Catalog) -> None:
    rows = rows_of(catalog, MEDICINE, QUILLMONT_MEDICINE)
    assert [fact.text for fact in rows["letters"].facts] == ["3", ""]
    assert not rows["letters"].common_text


def test_years_that_differ_are_called_out(catalog: Catalog) -> None:
    rows = rows_of(catalog, MEDICINE, QUILLMONT_MEDICINE)
    assert [fact.text for fact in rows["salary_year"].facts] == ["Jul 1, 2026", "no date"]
    assert "Different years" in rows["salary_3"].note
    same = rows_of(catalog, MEDICINE, "larkspur-surgery-residency")
    assert not any(row.note for row in same.values())
    cycles = rows_of(catalog, CARDIOLOGY, "quillmont-cardiovascular-disease-fellowship")
    assert "Different cycles" in cycles["deadlines"].note
    past = rows_of(catalog, CARDIOLOGY)["deadlines"]
    assert past.facts[0].summary is not None
    assert past.facts[0].summary.is_past
    assert "past cycle" in past.note
    coming = rows_of(catalog, MEDICINE)["deadlines"]
    assert not coming.note


def test_salaries_are_those_of_the_years_of_the_program(catalog: Catalog) -> None:
    assert list(training_years(catalog, catalog.program[MEDICINE])) == [1, 2, 3]
    assert list(training_years(catalog, catalog.program[CARDIOLOGY])) == [4, 5, 6]
    rows = rows_of(catalog, MEDICINE, CARDIOLOGY)
    levels = {key: [fact.amount for fact in row.facts] for key, row in rows.items() if key.startswith("salary_")}
    assert levels["salary_1"] == [73000, None]
    assert levels["salary_4"] == [None, 81500]
    assert levels["salary_year"] == [None, None]


def test_a_hospital_without_a_scale_has_no_salary(catalog: Catalog) -> None:
    catalog = replace(catalog, salaries=())
    comparison = compare(catalog, MEDICINE, QUILLMONT_MEDICINE)
    assert "salary" not in {group.id for group in comparison.groups}
    assert "salary_year" in {row.key for row in comparison.unpublished}


def test_the_document_has_the_tables_and_on_request_every_field(catalog: Catalog) -> None:
    from gmetui.catalog.comparison import compare_programs

    comparison = compare(catalog, MEDICINE, QUILLMONT_MEDICINE)
    document = comparison_document(catalog, comparison)
    tables = [block for section in document.sections for block in section.blocks if isinstance(block, Table)]
    assert len(tables) == len(comparison.groups)
    titles = tuple(column_title(catalog, program) for program in comparison.programs)
    assert all(table.headings == ("", *titles) for table in tables)
    cells = {row.cells[0].text: [cell.text for cell in row.cells[1:]] for table in tables for row in table.rows}
    assert cells["Letters"] == ["3", EMPTY_CELL]
    notes = [block for section in document.sections for block in section.blocks if isinstance(block, Paragraph)]
    assert [note.value.text for note in notes] == [row.note for row in comparison.rows if row.note]
    rows = compare_programs(catalog, comparison.programs)
    full = comparison_document(catalog, comparison, rows).sections[-1]
    assert [block.title for block in full.blocks if isinstance(block, Group)] == [row.label for row in rows]
    for group, row in zip(full.blocks, rows, strict=True):
        assert isinstance(group, Group)
        facts = [block for block in group.blocks if isinstance(block, FactRow)]
        assert [tuple(value.text for value in fact.values) for fact in facts] == [
            cell.values or (EMPTY_CELL,) for cell in row.cells
        ]


def test_the_signs_that_occur_are_explained(catalog: Catalog) -> None:
    marked = comparison_document(catalog, compare(catalog, "larkspur-psychiatry-residency"))
    assert marked.reliability[-1] == "* only another source says it · ~ hospital-wide."
    plain = comparison_document(catalog, compare(catalog, CARDIOLOGY))
    assert len(plain.reliability) == 1


def test_hostile_texts_pass_through_unchanged(hostile_catalog: Catalog) -> None:
    comparison = compare_deciding_facts(hostile_catalog, hostile_catalog.programs, TODAY)
    document = comparison_document(hostile_catalog, comparison)
    assert any("Psychiatry [R3 track] [/b]" in heading for heading in document.sections[0].blocks[0].headings)  # type: ignore[union-attr]
