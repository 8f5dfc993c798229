from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gmetui.catalog.models import Catalog
from gmetui.search import Query, search
from gmetui.search.specialty_scope import search_specialties


def first(catalog: Catalog, line: str) -> str:
    found = search(catalog, Query.parse(line)).programs(0, 1)
    return found[0].id if found else ""


@pytest.mark.parametrize(
    ("line", "program"),
    [
        ("cards tufts", "tufts-cardiovascular-disease-fellowship"),
        ("ent residency tufts", "tufts-otolaryngology-head-neck-residency"),
        ("heme onc tufts", "tufts-hematology-oncology-fellowship"),
        ("tufts triple board", "tufts-triple-board"),
        ("mgh medpeds", "mgh-internal-medicine-pediatrics-residency"),
        ("nuerology tufts", "tufts-neurology-residency"),
        ("e.n.t. mgh", "mgh-harvard-otolaryngology-residency"),
    ],
)
def test_what_people_type(catalog: Catalog, line: str, program: str) -> None:
    found = first(catalog, line)
    assert found.startswith(program), found


def test_the_specialty_itself_comes_before_those_that_contain_the_word(catalog: Catalog) -> None:
    names = [catalog.specialty[p.specialty].name for p in search(catalog, Query.parse("pediatrics")).programs()]
    itself = names.count("Pediatrics")
    assert itself > 3
    assert names[:itself] == ["Pediatrics"] * itself
    assert len(names) > itself


def test_short_words_match_whole_words_only(catalog: Catalog) -> None:
    for line, specialty in (("EP", "electrophysiology"), ("IR", "radiology"), ("GI", "gastro")):
        programs = search(catalog, Query.parse(line)).programs()
        assert programs
        assert specialty in catalog.specialty[programs[0].specialty].name.casefold()
        assert len(programs) < 20


def test_a_typo_is_forgiven_and_said(catalog: Catalog) -> None:
    results = search(catalog, Query.parse("rhuematology"))
    assert results.total
    assert results.warnings == ("no “rhuematology”; looked for “rheumatology”",)
    assert not search(catalog, Query.parse("rheumatology")).warnings


@pytest.mark.parametrize("line", ["xqzzv", "underwater basket weaving", "&&&", "zzzz fellowship", '"no such phrase"'])
def test_nonsense_finds_nothing(catalog: Catalog, line: str) -> None:
    assert search(catalog, Query.parse(line)).total == 0


def test_signs_beside_words_are_passed_over(catalog: Catalog) -> None:
    assert search(catalog, Query.parse("foot & ankle")).total == search(catalog, Query.parse("foot ankle")).total


def test_the_name_of_an_institution_narrows_to_it(catalog: Catalog) -> None:
    programs = search(catalog, Query.parse("bmc surgery")).programs()
    assert programs
    assert {program.institution for program in programs} <= {"bmc", "semc"}, "the Brighton hospital is called so too"
    assert programs[0].institution == "bmc"


def test_phrases(catalog: Catalog) -> None:
    loose = search(catalog, Query.parse("critical care"))
    strict = search(catalog, Query.parse('"care medicine critical"'))
    phrase = search(catalog, Query.parse('"critical care"'))
    assert strict.total == 0
    assert 0 < phrase.total <= loose.total


def test_exclusion_and_alternatives(catalog: Catalog) -> None:
    def total(line: str) -> int:
        return search(catalog, Query.parse(line)).total

    left = search(catalog, Query.parse("-fellowship")).programs()
    assert left
    assert not [program.name for program in left if "fellowship" in program.name.casefold()]
    assert total("cards OR rheumatology") == total("cards") + total("rheumatology") - total("cards rheumatology")
    assert total("NOT kind:fellowship") == total("") - total("kind:fellowship")


def test_reasons_name_the_place(catalog: Catalog) -> None:
    results = search(catalog, Query.parse("cards tufts"))
    reasons = results.reasons(results.programs(0, 1)[0])
    assert [(r.field, r.term) for r in reasons] == [("specialty.abbreviations", "cards"), ("institution.name", "tufts")]


def test_highlights(catalog: Catalog) -> None:
    results = search(catalog, Query.parse("heart fail"))
    text = "Advanced Heart Failure Program"
    assert [text[start:end] for start, end in results.highlights(text)] == ["Heart", "Failure"]


@pytest.mark.parametrize("key", ["name", "-name", "institution", "kind", "specialty", "length", "-positions"])
def test_orders(catalog: Catalog, key: str) -> None:
    programs = search(catalog, Query.parse(f"sort:{key}")).programs()
    assert len(programs) == len(catalog.programs)
    if key == "name":
        names = [program.name.casefold() for program in programs]
        assert names == sorted(names)


def test_an_order_that_is_none(catalog: Catalog) -> None:
    results = search(catalog, Query.parse("sort:nmae"))
    assert results.total == len(catalog.programs)
    assert results.warnings == ("cannot sort by “nmae”; name?",)


HARD = st.text(st.sampled_from('abct :-",OR<=0é\ud800\u202e'), max_size=40) | st.text(max_size=60)


@settings(max_examples=300, deadline=None)
@given(HARD)
def test_no_line_is_too_odd(catalog: Catalog, line: str) -> None:
    results = search(catalog, Query.parse(line))
    numbers = results.numbers()
    assert len(numbers) == results.total == len(set(numbers))
    for program in results.programs(0, 3):
        results.reasons(program)
        results.highlights(program.name)


def test_very_long_lines(catalog: Catalog) -> None:
    pasted = search(catalog, Query.parse("cards " * 20_000 + "kind:f " * 5_000))
    assert "only the first 60 terms are looked for" in pasted.warnings
    assert search(catalog, Query.parse("zzz " * 20_000)).relaxed() == []
    search(catalog, Query.parse("a," * 50_000))
    search(catalog, Query.parse("/".join(["cards"] * 20_000)))
    search(catalog, Query.parse("a" * 100_000))
    search(catalog, Query.parse("cards " * 2_000))
    search(catalog, Query.parse('"' * 1_001))


def test_the_head_is_ranked_like_the_whole(catalog: Catalog) -> None:
    whole = list(search(catalog, Query.parse("surgery")).numbers())
    windowed = search(catalog, Query.parse("surgery"))
    assert list(windowed.numbers(0, 5)) == whole[:5]
    assert list(windowed.numbers(3, 9)) == whole[3:9]


def test_specialties_are_searched_with_the_same_matcher(catalog: Catalog) -> None:
    found, _ = search_specialties(catalog, Query.parse("peds cards"))
    assert found[0].name == "Pediatric cardiology"
    everything, _ = search_specialties(catalog, Query())
    assert len(everything) == 233


@pytest.mark.parametrize(
    ("line", "ignored"),
    [("the cardiology program", (0, 2)), ("cards", ()), ("& cards", (0,)), ("the", ()), ("kind:residency of", ())],
)
def test_words_that_say_nothing_are_told(catalog: Catalog, line: str, ignored: tuple[int, ...]) -> None:
    assert search(catalog, Query.parse(line)).ignored == ignored
