"""Facts: values with units, qualifiers, sources and dates kept apart, and who states them."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from gmetui.catalog.catalog import Catalog
from gmetui.catalog.facts import (
    NOT_STATED,
    Fact,
    general_rules,
    program_citations,
    program_fact,
    program_facts,
    source_name,
    specialty_facts,
)
from gmetui.catalog.ids import SourceId
from gmetui.catalog.item_notes import versions
from gmetui.catalog.items import Disagreement, Note
from gmetui.catalog.models import Program, Source

MEDICINE = "larkspur-internal-medicine-residency"
CARDIOLOGY = "larkspur-cardiovascular-disease-fellowship"


@pytest.fixture
def medicine(catalog: Catalog) -> Program:
    return catalog.program[MEDICINE]


def with_source(program: Program, *source_ids: str, **changes: object) -> Program:
    """Return a program whose facts all come from these pages."""
    provenance = replace(program.provenance, source=tuple(map(SourceId, source_ids)), by_field={}, **changes)
    return replace(program, provenance=provenance)


def test_every_field_is_a_fact_in_the_order_of_the_format(catalog: Catalog, medicine: Program) -> None:
    keys = [fact.key for fact in program_facts(catalog, medicine)]
    assert keys[:4] == ["id", "name", "institution", "other_names"]
    assert keys[-1] == "disagreements"
    absent = program_fact(catalog, medicine, "parent_specialty")
    assert (absent.values, absent.text, absent.citations) == ((), NOT_STATED, ())


@pytest.mark.parametrize(
    ("key", "value", "display"),
    [
        ("length_years", 1, "1 year"),
        ("length_years", 3, "3 years"),
        ("length_years", 13, "13 years"),
        ("positions_per_year", 36, "36 a year"),
    ],
)
def test_units(catalog: Catalog, medicine: Program, key: str, value: int, display: str) -> None:
    fact = program_fact(catalog, replace(medicine, **{key: value}), key)
    assert fact.values == fact.qualified_values == (str(value),)
    assert fact.display_values == (display,)


def test_a_unit_precedes_the_qualifiers(catalog: Catalog) -> None:
    program = catalog.program["larkspur-psychiatry-residency"]
    fact = program_fact(catalog, program, "positions_per_year")
    assert fact.display_values == ("8 a year · third party",)
    assert fact.third_party


def test_qualifiers_of_requirements(catalog: Catalog, medicine: Program) -> None:
    fact = program_fact(catalog, medicine, "requirements")
    texts = dict(zip(fact.values, fact.parts, strict=True))
    recency = texts["Graduation within five years"]
    assert recency.display() == "Graduation within five years · preferred"
    assert recency.display(omit=["strength"]) == "Graduation within five years"
    rotation = texts["A rotation in the United States"]
    assert [qualifier.aspect for qualifier in rotation.qualifiers] == ["strength", "applies_to"]
    assert rotation.display() == "A rotation in the United States · considered, for international graduates"
    assert texts["ECFMG certificate"].qualifiers == (), "the text itself names the applicants"
    publication = texts["A publication for the research track"]
    assert publication.display() == "A publication for the research track · preferred, 2025-26"
    assert [citation.date for citation in publication.citations] == ["2025-26"]


def test_a_track_has_its_match_code(catalog: Catalog, medicine: Program) -> None:
    fact = program_fact(catalog, medicine, "tracks")
    assert fact.qualified_values[0] == "Categorical (three years) · NRMP 9901140C0"
    assert fact.qualified_values[3].endswith(" · 2021, third party")


def test_a_text_that_mentions_the_third_party_is_not_marked_again(catalog: Catalog) -> None:
    fact = program_fact(catalog, catalog.program[CARDIOLOGY], "highlights")
    assert fact.qualified_values == ("1,400 catheterizations a year, says a third party",)
    assert fact.third_party


def test_third_party_needs_all_pages(catalog: Catalog, medicine: Program) -> None:
    """A fact that the institution and a third party state is not a third party's."""

    def is_third_party(*source_ids: str) -> bool:
        program = with_source(medicine, *source_ids, third_party_fields=())
        return program_fact(catalog, program, "start").third_party

    assert is_third_party("program-finder")
    assert is_third_party("program-finder", "ellery-forum")
    assert not is_third_party("program-finder", "larkspur-gme")
    assert not is_third_party("larkspur-gme")
    assert not is_third_party()


def test_third_party_needs_all_items(catalog: Catalog, medicine: Program) -> None:
    marked, unmarked = Note("Coffee", third_party=True), Note("Night float")
    for items, expected in (((marked, marked), True), ((marked, unmarked), False)):
        program = replace(medicine, highlights=items)
        assert program_fact(catalog, program, "highlights").third_party is expected


def test_a_third_partys_table_has_fields_of_other_pages(catalog: Catalog, medicine: Program) -> None:
    program = with_source(medicine, "program-finder", third_party=True, third_party_fields=())
    provenance = replace(program.provenance, by_field={"start": (SourceId("larkspur-gme"),)})
    program = replace(program, provenance=provenance)
    assert program_fact(catalog, program, "campus").third_party
    assert not program_fact(catalog, program, "start").third_party


def test_the_date_of_a_page(catalog: Catalog, medicine: Program) -> None:
    facts = {fact.key: fact for fact in program_facts(catalog, medicine)}
    assert dates(facts["start"]) == [("larkspur-internal-medicine", "2026-27")]
    assert ("larkspur-internal-medicine-apply", "2024") in dates(facts["application_note"])
    assert dates(facts["specialty_as_named"]) == [], "general knowledge has no page"
    undated = program_fact(catalog, catalog.program[CARDIOLOGY], "start")
    assert [citation.date for citation in undated.citations] == ["date unknown"]


def dates(fact: Fact) -> list[tuple[str, str | None]]:
    return [(citation.source.id, citation.as_of) for citation in fact.citations]


def test_pages_behind_a_program(catalog: Catalog, medicine: Program) -> None:
    field_names = {source_id: names for source_id, (_, names) in program_citations(catalog, medicine).items()}
    assert {"ACGME id", "also called"} <= set(field_names[SourceId("program-finder")])
    assert "mission" in field_names[SourceId("larkspur-internal-medicine")]


def test_general_rules_depend_on_kind_and_state(catalog: Catalog) -> None:
    def rules(program_id: str) -> set[str]:
        return {rule.id for rule in general_rules(catalog, catalog.program[program_id])}

    country = {"graduates-of-us-schools", "certificate-of-foreign-graduates"}
    assert rules(MEDICINE) == rules(CARDIOLOGY) == country | {"massachusetts-limited-license"}
    assert rules("quillmont-neurology-residency") == country | {"new-hampshire-training-license"}
    assert rules("quillmont-lighthouse-medicine-fellowship") == country, "it is in a state without a rule"
    assert rules("larkspur-pharmacy-residency") == set()


def test_texts_of_a_specialty(catalog: Catalog) -> None:
    specialty = catalog.specialty["cardiovascular-disease"]
    facts = {fact.key: fact for fact in specialty_facts(catalog, specialty)}
    assert facts["parents"].values == tuple(catalog.specialty[parent].label for parent in specialty.parents)
    assert facts["kind"].values == ("Fellowship",)
    assert facts["boards"].values == ("American Board of Internal Medicine",)


@pytest.mark.parametrize(
    ("url", "title", "name"),
    [
        ("https://www.example.org/gme/apply-now", None, "example.org › apply now"),
        ("https://example.org/", None, "example.org"),
        ("https://example.org/x?id=3", None, "example.org › x?id=3"),
        ("https://example.org/", "A title", "A title"),
        (None, None, "page"),
    ],
)
def test_names_of_pages(url: str | None, title: str | None, name: str) -> None:
    assert source_name(Source(id=SourceId("page"), publisher="institution", url=url, title=title)) == name


def test_versions_of_a_disagreement(medicine: Program) -> None:
    listed, unlisted = medicine.disagreements
    first, _second = versions(listed)
    assert (first.says, first.where) == ("36", "the program's page")
    assert [version.says for version in versions(unlisted)] == [unlisted.text]
    assert versions(Disagreement("x"))[0].where == ""
