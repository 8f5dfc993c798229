"""How much is stated, and which programs are known by name only."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from gmetui.catalog.catalog import Catalog
from gmetui.catalog.completeness import COUNTED_FIELDS, completeness, coverage, field_totals, is_name_only, sort_rank
from gmetui.catalog.facts import program_fact, program_facts
from gmetui.catalog.ids import SourceId
from gmetui.catalog.years import year_of


def test_completeness_agrees_with_the_facts(catalog: Catalog) -> None:
    counted = {field.key for field in COUNTED_FIELDS}
    for program in catalog.programs:
        facts = program_facts(catalog, program)
        stated = sum(bool(fact.values) for fact in facts if fact.key in counted)
        assert completeness(catalog, program) == (stated, len(counted))


def test_coverage(catalog: Catalog) -> None:
    rows = coverage(catalog, 2020)
    assert len(rows) == len(COUNTED_FIELDS) * len(catalog.institutions)
    for row in rows:
        assert row.programs >= row.stated >= max(row.third_party, row.undated, row.older)
    requirements = sum(row.stated for row in rows if row.field == "requirements")
    assert requirements == sum(bool(program.requirements) for program in catalog.programs)
    ids = [program_fact(catalog, program, "acgme_id") for program in catalog.programs]
    third_party = sum(fact.third_party for fact in ids if fact.values)
    assert sum(row.third_party for row in rows if row.field == "acgme_id") == third_party > 0
    assert sum(row.older for row in coverage(catalog, 2030)) > sum(row.older for row in rows)


def test_totals_are_the_sums_of_the_institutions(catalog: Catalog) -> None:
    rows = coverage(catalog, 2020)
    totals = field_totals(rows)
    assert [total.field for total in totals] == [field.key for field in COUNTED_FIELDS]
    for total in totals:
        assert total.programs == len(catalog.programs)
        assert total.stated == sum(row.stated for row in rows if row.field == total.field)
    assert field_totals([]) == []


def test_programs_known_by_name_only(catalog: Catalog) -> None:
    name_only = [program for program in catalog.programs if is_name_only(program)]
    assert "quillmont-cytopathology-fellowship" in {program.id for program in name_only}
    program = name_only[0]
    assert sort_rank(program) == 2
    assert is_name_only(replace(program, url="https://example.org", acgme_id="1", accreditation="acgme"))
    assert not is_name_only(replace(program, length_years=1))
    listed = replace(program, provenance=replace(program.provenance, listed_in=program.provenance.source))
    assert not is_name_only(listed)
    assert sort_rank(listed) == 1
    described = replace(listed.provenance, source=(SourceId("another"),))
    assert sort_rank(replace(listed, provenance=described)) == 0


@pytest.mark.parametrize(
    ("date", "year"),
    [("2024-25", 2024), ("page of 2019, added 2021", 2021), ("older page", None), (None, None), ("2025-04-09", 2025)],
)
def test_years_in_words(date: str | None, year: int | None) -> None:
    assert year_of(date) == year
