"""The documents of institutions and specialties, and the map of what is stated."""

from __future__ import annotations

import pytest

from gmetui.catalog.catalog import Catalog
from gmetui.catalog.completeness import COUNTED_FIELDS
from gmetui.catalog.facts import program_fact
from gmetui.catalog.training_length import total_years
from gmetui.documents.coverage_map import coverage_map, field_quality, known_share
from gmetui.documents.document import Document, FactRow, Section, Table
from gmetui.documents.institution_document import institution_document
from gmetui.documents.specialty_document import specialty_document


def section_of(document: Document, section_id: str) -> Section:
    return next(section for section in document.sections if section.id == section_id)


def rows_of(section: Section) -> dict[str, str]:
    return {
        block.label: "; ".join(value.measured_text for value in block.values)
        for block in section.blocks
        if isinstance(block, FactRow)
    }


def test_the_programs_of_an_institution_do_not_repeat_its_name(catalog: Catalog) -> None:
    institution = catalog.institution["marrowby"]
    tables = section_of(institution_document(catalog, institution), "programs").blocks
    names = [row.cells[0].text for table in tables if isinstance(table, Table) for row in table.rows]
    assert len(names) == len(catalog.programs_of("marrowby"))
    assert not any("Marrowby" in name for name in names)
    assert [name for name in names if name.endswith("(Larkspur)")], "a partner's program says whose it is"


def test_every_row_of_programs_is_a_link_with_its_years(catalog: Catalog) -> None:
    for institution in catalog.institutions:
        for table in section_of(institution_document(catalog, institution), "programs").blocks:
            assert isinstance(table, Table)
            for row in table.rows:
                link = row.cells[0].link
                assert link is not None
                assert link.kind == "program"
                years = catalog.program[link.key].length_years
                assert years is None or row.cells[1].text == str(years)


def test_a_specialty_states_its_length_and_the_total_right_below(catalog: Catalog) -> None:
    overview = section_of(specialty_document(catalog, catalog.specialty["cardiovascular-disease"]), "overview")
    labels = list(rows_of(overview))
    assert labels[labels.index("Length") + 1] == "Total years"
    assert rows_of(overview)["Length"] == "3 years"
    assert rows_of(overview)["Total years"] == "6 years"
    pediatrics = section_of(specialty_document(catalog, catalog.specialty["pediatrics"]), "overview")
    assert "Total years" not in rows_of(pediatrics), "nothing comes before a residency"


def test_the_specialties_that_build_on_one_have_their_total(catalog: Catalog) -> None:
    document = specialty_document(catalog, catalog.specialty["internal-medicine"])
    (table,) = section_of(document, "next").blocks
    assert isinstance(table, Table)
    for row in table.rows:
        link = row.cells[0].link
        assert link is not None
        specialty = catalog.specialty[link.key]
        assert "internal-medicine" in specialty.builds_on
        total = total_years(catalog, specialty.id)
        assert row.cells[2].text.startswith(str(total[0]) if total else "—")


def test_coverage_counts_the_programs_that_the_institutions_page_counts(catalog: Catalog) -> None:
    everything, *columns = coverage_map(catalog)
    assert len(everything.programs) == len(catalog.programs)
    assert [column.institution for column in columns] == [institution.id for institution in catalog.institutions]
    for column in columns:
        assert len(column.programs) == len(catalog.programs_of(column.institution))
    assert sum(len(column.programs) for column in columns) > len(everything.programs), "some are run by two"


def test_coverage_counts_what_is_stated(catalog: Catalog) -> None:
    for column in coverage_map(catalog):
        for index, field in enumerate(COUNTED_FIELDS):
            facts = [program_fact(catalog, program, field.key) for program in column.programs]
            assert column.stated[index] == sum(bool(fact.values) for fact in facts), field.key
            quality = field_quality(catalog, column.programs, field.key)
            assert max(quality) <= column.stated[index]


@pytest.mark.parametrize("programs", [True, False])
def test_the_known_share_in_words(catalog: Catalog, programs: bool) -> None:
    from msgspec.structs import replace

    if programs:
        stated = sum(coverage_map(catalog)[0].stated)
        assert known_share(coverage_map(catalog)).startswith(f"{stated:,} of ")
    else:
        assert known_share(coverage_map(replace(catalog, programs=()))) == "no programs"
