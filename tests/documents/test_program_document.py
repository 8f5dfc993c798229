"""The document of a program: what it says, in which order, and which exceptions it marks."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from msgspec.structs import replace

from gmetui.catalog.catalog import Catalog
from gmetui.catalog.items import DatedEvent, Deadline
from gmetui.documents.deadlines import deadline_time, short_deadline
from gmetui.documents.document import (
    Block,
    DisagreementVersions,
    Document,
    FactRow,
    Group,
    Section,
    Table,
    Value,
    blocks_within,
    signs_of,
    values_in,
)
from gmetui.documents.program_document import SECTION_TITLES, program_document

TODAY = date(2026, 11, 22)
MEDICINE = "larkspur-internal-medicine-residency"
CARDIOLOGY = "larkspur-cardiovascular-disease-fellowship"


def document_of(catalog: Catalog, program_id: str) -> Document:
    return program_document(catalog, catalog.program[program_id], TODAY)


def section(document: Document, section_id: str) -> Section:
    return next(section for section in document.sections if section.id == section_id)


def strip(document: Document) -> dict[str, list[str]]:
    return {row.key: [value.marked_display() for value in row.values] for row in document.strip}


def rows(section: Section) -> Iterator[FactRow]:
    return (block for block in blocks_within(section.blocks) if isinstance(block, FactRow))


def groups(section: Section) -> list[Group]:
    return [block for block in section.blocks if isinstance(block, Group)]


def row(document: Document, section_id: str, key: str) -> FactRow:
    return next(row for row in rows(section(document, section_id)) if row.key == key)


def test_strip_says_what_applicants_ask_first(catalog: Catalog) -> None:
    facts = strip(document_of(catalog, MEDICINE))
    assert facts["length_years"] == ["3 years"]
    assert facts["positions_per_year"] == ["36 a year"]
    assert facts["visa"] == ["J-1", "H-1B by case"]
    assert facts["deadlines"] == ["Dec 15, 2026"]
    assert facts["application_service"] == ["ERAS", "NRMP"]
    assert list(facts)[-1] == "next"


def test_salary_has_the_year_of_its_scale_and_is_hospital_wide(catalog: Catalog) -> None:
    salary = next(row for row in document_of(catalog, MEDICINE).strip if row.key == "salary")
    assert salary.label == "PGY-1 salary"
    assert {qualifier.aspect for qualifier in salary.values[0].qualifiers} >= {"hospital"}
    assert salary.values[0].citations
    fellow_salary = next(row for row in document_of(catalog, CARDIOLOGY).strip if row.key == "salary")
    assert fellow_salary.label == "PGY-4 salary"


def test_what_is_usual_in_the_specialty_is_marked(catalog: Catalog) -> None:
    program = replace(catalog.program["larkspur-psychiatry-residency"], length_years=None, application_service=None)
    document = program_document(catalog, program, TODAY)
    length, service = (
        next(row for row in document.strip if row.key == key) for key in ("length_years", "application_service")
    )
    assert length.values[0].measured_text == "4 years"
    assert [each.aspect for each in length.values[0].qualifiers] == ["usual"]
    assert any(qualifier.aspect == "usual" for value in service.values for qualifier in value.qualifiers)
    assert "length_years" in {row.key for row in document.not_published}


def test_a_fact_of_third_parties_is_marked(catalog: Catalog) -> None:
    document = document_of(catalog, "larkspur-anesthesiology-residency")
    assert strip(document)["positions_per_year"] == ["14 a year*"]
    assert "*" in signs_of(document)
    specialty = row(document, "overview", "specialty")
    assert specialty.values[0].mark == ""  # what a program is called is no exception


def test_the_hospital_answers_for_visas(catalog: Catalog) -> None:
    document = document_of(catalog, "larkspur-psychiatry-residency")
    assert strip(document)["visa"] == ["J-1~", "H-1B by case~"]
    assert "visa" not in {row.key for row in document.not_published}


def test_past_cycles_stand_apart_and_the_coming_dates_come_first(catalog: Catalog) -> None:
    dates = section(document_of(catalog, MEDICINE), "dates")
    first = next(block for block in dates.blocks if isinstance(block, FactRow))
    assert first.label == "Apply by"
    assert [value.text for value in first.values] == [
        "Applications by 15 December 2026; interviews 11 January to 5 February 2027"
    ]
    past = next(group for group in groups(dates) if group.title == "Past cycles")
    assert past is dates.blocks[-1]
    past_values = list(values_in([past]))
    assert [value.text for value in past_values] == [
        "Applications by 1 October 2025",
        "Late documents until 31 January",
    ]
    assert all(value.is_past for value in past_values)
    assert not any(value.is_past for value in values_in(dates.blocks[:-1]))


def test_every_date_has_a_cycle_or_says_that_there_is_none(catalog: Catalog) -> None:
    aspects = {"as_of", "past", "undated"}
    for program in catalog.programs:
        document = program_document(catalog, program, TODAY)
        values = [value for row in rows(section(document, "dates")) if row.key == "deadlines" for value in row.values]
        assert all(aspects & {each.aspect for each in value.qualifiers} for value in values)


@pytest.mark.parametrize(
    ("deadline", "state", "text"),
    [
        (Deadline("a", dates=(DatedEvent("application", on="2026-12-01"),)), "coming", "Dec 1, 2026"),
        (Deadline("a", dates=(DatedEvent("application", on="2026-11-22"),)), "coming", "Nov 22, 2026"),
        (Deadline("a", dates=(DatedEvent("application", on="2026-11-21"),)), "past", "Nov 21"),
        (Deadline("a", dates=(DatedEvent("application", on="2026-11"),)), "coming", "November 2026"),
        (Deadline("a", cycle="2025-26", dates=(DatedEvent("application", on="10-01"),)), "past", "Oct 1"),
        (Deadline("a", cycle="2026-27", dates=(DatedEvent("application", on="10-01"),)), "coming", "Oct 1"),
        (Deadline("a", dates=(DatedEvent("application", on="10"),)), "undated", "October"),
        (Deadline("by 2020"), "past", "by 2020"),
        (Deadline("in fall"), "undated", "in fall"),
    ],
)
def test_deadlines_are_coming_past_or_undated(deadline: Deadline, state: str, text: str) -> None:
    assert deadline_time(deadline, (), TODAY).state == state
    assert short_deadline(deadline, TODAY) == text


def test_requirements_of_the_program_come_before_those_of_others(catalog: Catalog) -> None:
    titles = [group.title for group in groups(section(document_of(catalog, MEDICINE), "requirements"))]
    assert titles == [
        "Required by this program",
        "Preferred, not required",
        "Considered",
        "Also",
        "Required by Larkspur",
        "Typical for internal medicine",
        "General rules (US and Massachusetts)",
    ]
    general = groups(section(document_of(catalog, MEDICINE), "requirements"))[-1]
    assert general.is_closed
    assert general.size == len(general.blocks)


def test_a_rule_of_the_hospital_says_whom_it_concerns(catalog: Catalog) -> None:
    group = next(
        group
        for group in groups(section(document_of(catalog, MEDICINE), "requirements"))
        if group.title == "Required by Larkspur"
    )
    exam = next(block for block in group.blocks if isinstance(block, FactRow) and block.label == "Exam")
    assert "for physicians" in exam.values[0].display()


def test_next_programs_have_years_and_total(catalog: Catalog) -> None:
    table = next(block for block in section(document_of(catalog, MEDICINE), "next").blocks if isinstance(block, Table))
    by_name = {row.cells[0].text: [cell.text for cell in row.cells[1:]] for row in table.rows}
    assert by_name["Cardiovascular Disease Fellowship"] == ["3", "6"]
    assert "Internal Medicine-Pediatrics Residency" not in by_name
    assert all(row.cells[0].link and row.cells[0].link.kind == "program" for row in table.rows)


def test_values_keep_the_pages_that_state_them_alone(catalog: Catalog) -> None:
    sites = row(document_of(catalog, MEDICINE), "training", "sites").values
    assert [citation.source.id for citation in sites[3].citations] == ["ellery-forum"]
    assert sites[3].mark == "*"
    assert sites[2].citations[0].as_of == "2024-25"  # the date of the fact, not of its table
    assert sites[0].citations[0].as_of == "2026-27"


def test_names_open_what_they_name(catalog: Catalog) -> None:
    document = document_of(catalog, "larkspur-internal-medicine-pediatrics-residency")
    links = [value.link for value in values_in(section(document, "overview").blocks) if value.link]
    assert {(link.kind, link.key) for link in links} >= {
        ("institution", "larkspur"),
        ("institution", "marrowby"),
        ("specialty", "internal-medicine-pediatrics"),
        ("url", "https://larkspur.example.edu/medpeds"),
    }


def test_disagreements_name_their_fact_and_versions(catalog: Catalog) -> None:
    blocks = section(document_of(catalog, MEDICINE), "overview").blocks
    disagreements = [block for block in blocks if isinstance(block, DisagreementVersions)]
    assert disagreements[0].topic == "positions"
    assert disagreements[0].versions == (("the program's page", "36"), ("a directory", "34"))
    assert len(disagreements) == 2


def test_only_pages_that_state_something_are_sources(catalog: Catalog) -> None:
    program = catalog.program[MEDICINE]
    document = document_of(catalog, MEDICINE)
    entries = {str(entry.citation.source.id): entry for entry in document.sources}
    assert "positions" in entries["larkspur-internal-medicine"].fact_labels
    cited = {citation.source.id for value in values_in(_all_blocks(document)) for citation in value.citations}
    assert cited <= set(entries)
    lone_page = replace(program, provenance=replace(program.provenance, also_read=("board-guide",)))
    document = program_document(catalog, lone_page, TODAY)
    assert "board-guide" not in {entry.citation.source.id for entry in document.sources}


def _all_blocks(document: Document) -> list[Block]:
    return [block for section in document.sections for block in section.blocks]


@pytest.mark.parametrize("catalog_name", ["catalog", "hostile_catalog"])
def test_every_program_has_all_sections(catalog_name: str, request: pytest.FixtureRequest) -> None:
    catalog: Catalog = request.getfixturevalue(catalog_name)
    for program in catalog.programs:
        document = program_document(catalog, program, TODAY)
        assert [section.title for section in document.sections] == list(SECTION_TITLES.values())
        assert [row.key for row in document.strip][:6] == [
            "length_years",
            "positions_per_year",
            "visa",
            "salary",
            "deadlines",
            "application_service",
        ]
        assert document.reliability


def test_an_incomplete_document_has_its_first_sections(catalog: Catalog) -> None:
    program = catalog.program[MEDICINE]
    whole = program_document(catalog, program, TODAY)
    first = program_document(catalog, program, TODAY, section_count=1)
    assert not first.is_complete
    assert first.sections[0] == whole.sections[0]
    assert not any(section.blocks for section in first.sections[1:])


def test_value_texts() -> None:
    value = Value("3", "years")
    assert (value.display(), value.marked_display(), value.mark) == ("3 years", "3 years", "")
