from __future__ import annotations

import pytest
from msgspec.structs import replace

from gmetui.catalog.catalog import Catalog
from gmetui.search import Query, search
from gmetui.search.engine import index_of
from gmetui.search.fields import FIELDS_BY_NAME
from gmetui.search.filters import resolve_values


def ids(catalog: Catalog, line: str) -> set[str]:
    return {program.id for program in search(catalog, Query.parse(line)).programs()}


@pytest.mark.parametrize(
    ("line", "equivalent"),
    [
        ("inst:larkspur", "institution:larkspur"),
        ("inst:larkspur-university", "institution:larkspur"),
        ('inst:"Larkspur University Hospital"', "institution:larkspur"),
        ('inst:"larkspur main pavilion"', "institution:larkspur"),
        ("inst:QMC", 'hospital:"Quillmont Medical Center"'),
        ("kind:f", "kind:fellowship"),
        ("KIND:Fellowship", "kind:f"),
        ("specialty:cards", "specialty:cardiovascular-disease"),
        ("specialty:141", "specialty:cardiovascular-disease"),
        ("length:2", "length:=2"),
        ("length:1..2", "length:<=2"),
        ("length:>=3", "-length:<3 has:length"),
        ("positions:>6", "positions:>=7"),
        ("state:massachusetts", "state:ma"),
        ("city:gull", 'city:"Gull Point"'),
        ("inst:larkspur,quillmont", "inst:larkspur OR inst:quillmont"),
        ("-inst:quillmont state:ma", "inst:larkspur,marrowby state:ma"),
        ("no:accreditation", "-accreditation:acgme,non-acgme,other"),
        ("source:third-party", "publisher:third"),
        ("as_of:<2023", "as_of:1990..2022"),
        ("family:im", "specialty:internal-medicine,internal-medicine-pediatrics,141,152,144,158"),
        ("has:mission,nrmp", "has:mission OR has:nrmp"),
        ("no:visa,length", "no:visa OR no:length"),
        ("visa:no-h1b", "visa:no-h-1b"),
    ],
)
def test_equivalent_filters(catalog: Catalog, line: str, equivalent: str) -> None:
    results = search(catalog, Query.parse(line))
    assert 0 < results.total < len(catalog.programs)
    assert results.matches == search(catalog, Query.parse(equivalent)).matches


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("size:4-6 kind:fellowship", {"larkspur-cardiovascular-disease"}),
        ("size:4-6 kind:residency", {"larkspur-surgery", "quillmont-family-medicine"}),
        ("positions:6", {"larkspur-cardiovascular-disease", "quillmont-family-medicine"}),
        ("positions:36..99", {"larkspur-internal-medicine"}),
        ("positions:<2", {"marrowby-child-abuse-pediatrics", "quillmont-lighthouse-medicine"}),
        ("match:military", {"larkspur-emergency-medicine"}),
        ("visa:j-1-only", {"larkspur-neurology", "quillmont-internal-medicine"}),
        ("visa:o-1-by-case", {"quillmont-family-medicine"}),
        ("visa:other", {"marrowby-pediatric-cardiology"}),
        ("track:primary-care", {"larkspur-internal-medicine"}),
        ("track:other", {"marrowby-pediatrics"}),
        ("known:name-only inst:quillmont", {"quillmont-cytopathology"}),
        ('city:"gull point"', {"quillmont-lighthouse-medicine"}),
        ('site:"larkspur heart"', {"larkspur-cardiovascular-disease", "larkspur-interventional-cardiology"}),
        ("acgme:1412499008", {"larkspur-cardiovascular-disease"}),
        ("site:heart-pavilion length:1", {"larkspur-interventional-cardiology"}),
        ("id:quillmont-p", {"quillmont-pathology"}),
    ],
)
def test_filter_matches(catalog: Catalog, line: str, names: set[str]) -> None:
    assert {program_id.rpartition("-")[0] for program_id in ids(catalog, line)} == names


@pytest.mark.parametrize(
    ("line", "warning"),
    [
        ("lenght:2", "unknown field “lenght”; did you mean “length”?"),
        ("inst:larkspurr", "unknown value “larkspurr” for institution; did you mean “Larkspur University Hospital”?"),
        ("kind:xyz", "unknown value “xyz” for kind"),
        ("length:two", "“two” is not a number; use length:2 or length:<=2"),
        ("no:vissa", "unknown field “vissa”; did you mean “visa”?"),
    ],
)
def test_unknown_filter_gives_a_warning_and_matches_nothing(catalog: Catalog, line: str, warning: str) -> None:
    query = Query.parse(f"{line} cards")
    assert search(catalog, query).warnings == search(catalog, query, lenient=True).warnings == (warning,)
    assert search(catalog, query).total == 0
    assert search(catalog, query, lenient=True).matches == search(catalog, Query.parse("cards")).matches


def test_unknown_field_without_a_similar_one_lists_the_fields(catalog: Catalog) -> None:
    (field_warning,) = search(catalog, Query.parse("qqqqqq:2")).warnings
    assert field_warning.startswith("unknown field “qqqqqq”; fields: listed, triage, fits, institution")
    (stated_warning,) = search(catalog, Query.parse("has:qqqqqq")).warnings
    assert stated_warning.startswith("unknown field “qqqqqq”; try accreditation")


def test_known_values_count_beside_an_unknown_one(catalog: Catalog) -> None:
    results = search(catalog, Query.parse("kind:fellowship,xyz"))
    assert results.warnings == ("unknown value “xyz” for kind",)
    assert results.matches == search(catalog, Query.parse("kind:fellowship")).matches


def test_whole_name_comes_before_prefixes(catalog: Catalog) -> None:
    index = index_of(catalog)
    specialty = FIELDS_BY_NAME["specialty"]
    assert resolve_values(index, specialty, "pediatrics") == ("pediatrics",)
    assert set(resolve_values(index, specialty, "pediatric")) == {"pediatrics"}
    assert set(resolve_values(index, specialty, "child a")) == {
        "child-abuse-pediatrics",
        "child-and-adolescent-psychiatry",
    }
    assert resolve_values(index, specialty, "CAP") == resolve_values(index, specialty, "cap")
    assert len(resolve_values(index, specialty, "cap")) == 2


def test_stated_and_not_stated(catalog: Catalog) -> None:
    programs = catalog.programs
    assert ids(catalog, "has:visa") == {program.id for program in programs if program.visa}
    assert ids(catalog, "no:visa") == {program.id for program in programs if not program.visa}
    assert ids(catalog, "has:mission") == {program.id for program in programs if program.statements}
    assert ids(catalog, "no:length") == {program.id for program in programs if program.length_years is None}
    assert ids(catalog, "-no:page") == {program.id for program in programs if program.url}


@pytest.mark.parametrize("condition", ["length:>50", "positions:9"])
def test_number_without_programs(catalog: Catalog, condition: str) -> None:
    results = search(catalog, Query.parse(condition))
    assert results.total == 0
    assert results.warnings == (f"no program has {condition}",)


def test_id_comes_before_the_name_of_another_value(catalog: Catalog) -> None:
    institutions = tuple(
        replace(institution, also_called=("Larkspur",)) if institution.id == "quillmont" else institution
        for institution in catalog.institutions
    )
    catalog = replace(catalog, institutions=institutions)
    index, institution_field = index_of(catalog), FIELDS_BY_NAME["institution"]
    assert resolve_values(index, institution_field, "larkspur") == ("larkspur",)
    assert set(resolve_values(index, institution_field, "Larkspur")) == {"larkspur", "quillmont"}


@pytest.mark.parametrize(
    ("line", "field_names"),
    [("no:visa", {"visa"}), ("has:visa", set()), ("no:visa,length", set()), ("visa:j-1 OR no:visa", {"visa"})],
)
def test_fields_that_a_query_selects_values_of(catalog: Catalog, line: str, field_names: set[str]) -> None:
    assert set(search(catalog, Query.parse(line)).selections) == field_names


def test_field_without_a_value_filters_nothing(catalog: Catalog) -> None:
    results = search(catalog, Query.parse("kind:"))
    assert results.total == len(catalog.programs)
    assert not results.warnings
