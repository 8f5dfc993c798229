from __future__ import annotations

import gc
import weakref

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from gmetui.catalog.catalog import Catalog
from gmetui.catalog.items import Note
from gmetui.search import Query, search
from gmetui.search.engine import index_of
from gmetui.search.ranking import ALIAS, match_words
from gmetui.search.relaxations import relaxations
from gmetui.search.specialty_scope import specialty_catalog


def ids(catalog: Catalog, line: str) -> list[str]:
    return [program.id for program in search(catalog, Query.parse(line)).programs()]


@pytest.mark.parametrize(
    ("line", "first"),
    [
        ("cards larkspur", "larkspur-cardiovascular-disease-fellowship"),
        ("cards qmc", "quillmont-cardiovascular-disease-fellowship"),
        ("cardiology", "larkspur-cardiovascular-disease-fellowship"),
        ("peds cards", "marrowby-pediatric-cardiology-fellowship"),
        ("cards peds", "marrowby-pediatric-cardiology-fellowship"),
        ("larkspur medpeds", "larkspur-internal-medicine-pediatrics-residency"),
        ("nuerology quillmont", "quillmont-neurology-residency"),
        ("e.m. larkspur", "larkspur-emergency-medicine-residency"),
        ("stroke", "quillmont-vascular-neurology-fellowship"),
        ("1402499003", "larkspur-internal-medicine-residency"),
        ("9901141F0", "larkspur-cardiovascular-disease-fellowship"),
        ("140249", "larkspur-internal-medicine-residency"),
        ("gull point", "quillmont-lighthouse-medicine-fellowship"),
        ("lantern hill", "larkspur-internal-medicine-residency"),
        ("wild med", ""),
        ("echo cardiography", "larkspur-cardiovascular-disease-fellowship"),
        ("CVD marrowby", "marrowby-pediatric-cardiology-fellowship"),
        ("PGY-1", "larkspur-pharmacy-residency"),
        ("interventional card", "larkspur-interventional-cardiology-fellowship"),
    ],
)
def test_first_result(catalog: Catalog, line: str, first: str) -> None:
    assert next(iter(ids(catalog, line)), "") == first


def test_names_rank_above_synonyms_and_page_text(catalog: Catalog) -> None:
    assert ids(catalog, "transplant") == [
        "larkspur-transplant-hepatology-fellowship",
        "larkspur-anesthesiology-residency",
        "larkspur-cardiovascular-disease-fellowship",
        "larkspur-gastroenterology-fellowship",
        "larkspur-surgery-residency",
        "larkspur-internal-medicine-residency",
        "marrowby-pediatric-cardiology-fellowship",
    ], "the title first; equal mentions stay in the order of the catalog"


def with_changes(catalog: Catalog, program_id: str, **changes: object) -> Catalog:
    """Return the catalog with one program changed."""
    programs = (replace(program, **changes) if program.id == program_id else program for program in catalog.programs)
    return replace(catalog, programs=tuple(programs))


def test_usual_kind_of_a_specialty_breaks_ties(catalog: Catalog) -> None:
    catalog = with_changes(catalog, "larkspur-neurology-residency", kind="other")
    assert ids(catalog, "neurology")[:2] == ["quillmont-neurology-residency", "larkspur-neurology-residency"]


def test_usual_kind_only_breaks_ties(catalog: Catalog) -> None:
    """A site outranks page text, although the program is not of the usual kind and later in the catalog."""
    notes = (Note(text="Clinic for veterans"),)
    catalog = with_changes(catalog, "larkspur-surgery-residency", highlights=notes)
    catalog = with_changes(catalog, "larkspur-neurology-residency", kind="other")
    ranked = ids(catalog, "veterans")
    assert ranked.index("larkspur-neurology-residency") < ranked.index("larkspur-surgery-residency")


def test_names_of_several_words_match_in_any_order(catalog: Catalog) -> None:
    index = index_of(catalog)
    number = index.numbers_by_id["marrowby-pediatric-cardiology-fellowship"]
    for words in (["peds", "cards"], ["cards", "peds"]):
        assert [token.levels[ALIAS] >> number & 1 for token in match_words(index, words).tokens] == [1, 1]


def test_specialty_ranks_above_those_whose_name_contains_it(catalog: Catalog) -> None:
    ranked = ids(catalog, "neurology")
    assert ranked[:2] == ["larkspur-neurology-residency", "quillmont-neurology-residency"]
    assert ranked[2] == "quillmont-vascular-neurology-fellowship"


def test_short_words_match_whole_words_only(catalog: Catalog) -> None:
    assert ids(catalog, "IC") == ["larkspur-interventional-cardiology-fellowship"]
    assert "larkspur-interventional-cardiology-fellowship" in ids(catalog, "ca"), "no such word, so a prefix"


def test_short_whole_word_is_not_a_prefix(catalog: Catalog) -> None:
    assert "larkspur-interventional-cardiology-fellowship" in ids(catalog, "PCI")
    assert ids(catalog, "PC") == ["marrowby-pediatric-cardiology-fellowship"]


def test_short_prefixes_match_names_but_not_page_text(catalog: Catalog) -> None:
    assert ids(catalog, "lob") == []
    assert ids(catalog, "cof") == [], "only page text mentions coffee"
    assert ids(catalog, "coff") == ["larkspur-internal-medicine-residency"]


@pytest.mark.parametrize("word", ["crads", "caards", "dards", "card1"])
def test_words_of_four_letters_are_corrected(catalog: Catalog, word: str) -> None:
    results = search(catalog, Query.parse(word))
    assert results.total
    assert results.warnings == (f"no matches for “{word}”; showing results for “{results.tokens[0].forms[0]}”",)


@pytest.mark.parametrize("word", ["pth", "drm", "crd", "gsx", "xem"])
def test_words_of_three_letters_are_not_corrected(catalog: Catalog, word: str) -> None:
    """They are one edit away from path, derm, card, GS and EM, which would be guesses."""
    results = search(catalog, Query.parse(word))
    assert results.total == 0
    assert results.warnings == ()
    assert not results.tokens[0].corrected


def test_number_of_corrected_typos_depends_on_length(catalog: Catalog) -> None:
    assert search(catalog, Query.parse("surgrey")).total, "seven letters, one typo"
    assert not search(catalog, Query.parse("sxrgrxy")).total, "seven letters, two typos"
    assert search(catalog, Query.parse("nxurolgy")).total, "eight letters, two typos"
    assert not search(catalog, Query.parse("nxuxolgx")).total, "eight letters, three typos"


def test_typo_is_reported(catalog: Catalog) -> None:
    results = search(catalog, Query.parse("neruology"))
    assert results.matches == search(catalog, Query.parse("neurology")).matches
    assert results.warnings == ("no matches for “neruology”; showing results for “neurology”",)
    assert not search(catalog, Query.parse("neurology")).warnings


def test_words_are_not_corrected_to_three_letters(catalog: Catalog) -> None:
    assert ids(catalog, "qmc")
    assert ids(catalog, "qmcx") == []


def test_typo_in_the_start_of_a_word_is_corrected(catalog: Catalog) -> None:
    assert ids(catalog, "nuerol") == ids(catalog, "neurology")


def test_short_digits_are_no_code(catalog: Catalog) -> None:
    assert len(ids(catalog, "9901")) == 3
    assert ids(catalog, "990") == []


def test_correction_prefers_words_of_names_to_page_text(catalog: Catalog) -> None:
    notes = (Note(text="Heard on every island"),)
    catalog = with_changes(catalog, "larkspur-surgery-residency", highlights=notes)
    assert match_words(index_of(catalog), ["hearx"]).tokens[0].forms == ("heart",)


@pytest.mark.parametrize("line", ["xqzzv", "underwater basket weaving", "&&&", "zzzz fellowship", '"no such phrase"'])
def test_nonsense_has_no_results(catalog: Catalog, line: str) -> None:
    assert search(catalog, Query.parse(line)).total == 0


def test_punctuation_beside_words_is_ignored(catalog: Catalog) -> None:
    assert ids(catalog, "heart & transplant") == ids(catalog, "heart transplant") != []


def test_word_for_a_kind_selects_that_kind(catalog: Catalog) -> None:
    notes = (Note(text="Most enter a fellowship"),)
    catalog = with_changes(catalog, "larkspur-surgery-residency", highlights=notes)
    programs = search(catalog, Query.parse("fellowship")).programs()
    assert {program.kind for program in programs} == {"fellowship"}, "page text about fellowships does not match"
    assert len(programs) == sum(program.kind == "fellowship" for program in catalog.programs)


def test_institution_name_does_not_match_page_text(catalog: Catalog) -> None:
    notes = (Note(text="Retreat with Quillmont and Gullport"),)
    catalog = with_changes(catalog, "larkspur-surgery-residency", highlights=notes)
    assert ids(catalog, "gullport") == ["larkspur-surgery-residency"]
    matches = ids(catalog, "quillmont")
    assert "larkspur-surgery-residency" not in matches
    assert "larkspur-internal-medicine-residency" in matches, "Quillmont is one of its sites"
    assert [program_id.partition("-")[0] for program_id in matches[:7]] == ["quillmont"] * 7


def test_phrase_needs_adjacent_words(catalog: Catalog) -> None:
    assert ids(catalog, '"heart transplant"') == [
        "larkspur-anesthesiology-residency",
        "larkspur-cardiovascular-disease-fellowship",
        "marrowby-pediatric-cardiology-fellowship",
    ]
    assert ids(catalog, '"transplant heart"') == []
    assert len(ids(catalog, "transplant heart")) == 3
    matches = ids(catalog, '"transplant"')
    assert matches == [program_id for program_id in ids(catalog, "") if program_id in matches]
    assert set(matches) == set(ids(catalog, "transplant"))


def test_phrase_never_spans_two_texts(catalog: Catalog) -> None:
    """The island clinic ends one text, the night float starts another."""
    assert ids(catalog, '"island clinic"') == ["larkspur-internal-medicine-residency"]
    assert ids(catalog, '"clinic night"') == []


def test_exclusion_and_alternatives(catalog: Catalog) -> None:
    def total(line: str) -> int:
        return search(catalog, Query.parse(line)).total

    remaining = search(catalog, Query.parse("-fellowship")).programs()
    assert remaining
    assert not [program.name for program in remaining if "fellowship" in program.name.casefold()]
    assert total("cards OR neurology") == total("cards") + total("neurology") - total("cards neurology")
    assert total("NOT kind:fellowship") == total("") - total("kind:fellowship")


def test_exclusion_matches_whole_words_only(catalog: Catalog) -> None:
    everything = len(catalog.programs)
    assert search(catalog, Query.parse("-neurol")).total == everything
    assert search(catalog, Query.parse("-gensurg")).total == everything - 1, "an alias, run together"
    assert search(catalog, Query.parse("-neurology")).total == everything - 4
    assert search(catalog, Query.parse('-"heart transplant"')).total == everything - 3


def test_reasons_name_the_field(catalog: Catalog) -> None:
    results = search(catalog, Query.parse("cards larkspur"))
    reasons = results.reasons(results.programs(0, 1)[0])
    assert [(reason.field, reason.text, reason.term) for reason in reasons] == [
        ("specialty.abbreviations", "cards", "cards"),
        ("institution.name", "Larkspur University Hospital", "larkspur"),
    ]


def test_reason_of_several_words_is_the_whole_name(catalog: Catalog) -> None:
    results = search(catalog, Query.parse("cards peds ferry"))
    assert results.total == 0
    results = search(catalog, Query.parse("cards peds marrowby"))
    reasons = results.reasons(results.programs(0, 1)[0])
    assert (reasons[0].field, reasons[0].text, reasons[0].term) == (
        "specialty.abbreviations",
        "peds cards",
        "cards peds",
    )
    assert reasons[1].term == "marrowby"


def test_words_of_a_location_have_separate_reasons(catalog: Catalog) -> None:
    results = search(catalog, Query.parse("port ellery"))
    reasons = results.reasons(catalog.program["larkspur-surgery-residency"])
    assert [(reason.field, reason.term) for reason in reasons] == [
        ("institution.city", "port"),
        ("institution.city", "ellery"),
    ]


def test_reason_prefers_a_whole_word_to_a_prefix(catalog: Catalog) -> None:
    program = catalog.program["larkspur-anesthesiology-residency"]
    (by_word,) = search(catalog, Query.parse("transplant")).reasons(program)
    assert (by_word.field, by_word.term) == ("highlights", "transplant")
    (by_prefix,) = search(catalog, Query.parse("transpl")).reasons(program)
    assert (by_prefix.field, by_prefix.text) == ("highlights", by_word.text)
    (of_several,) = search(catalog, Query.parse("anes")).reasons(program)
    assert of_several.field == "specialty.abbreviations", "although the name starts with it"


def test_reason_of_a_word_that_texts_write_with_a_hyphen(catalog: Catalog) -> None:
    results = search(catalog, Query.parse("h1b"))
    assert results.total
    for program in results.programs():
        (reason,) = results.reasons(program)
        assert "H-1B" in reason.text


def test_highlights(catalog: Catalog) -> None:
    def highlighted(line: str, text: str) -> list[str]:
        results = search(catalog, Query.parse(line))
        return [text[start:end] for start, end in results.highlights(text)]

    assert highlighted("heart tran", "Heart Transplant Program") == ["Heart", "Transplant"]
    assert highlighted("IC", "Icicle IC Program") == ["IC"], "two letters highlight whole words only"
    assert highlighted("neruology", "Neurology and neurologic care") == ["Neurology"]
    assert highlighted("kind:f", "Heart Transplant Program") == []
    assert highlighted("heart fellowship", "Heart Fellowship") == ["Heart"], "every fellowship is one"


def test_names_are_highlighted_only_where_that_tells_why_they_match(catalog: Catalog) -> None:
    results = search(catalog, Query.parse("neurology larkspur residency"))
    assert results.total
    assert [results.name_highlights(program.name) for program in results.programs()] == [[]] * results.total
    results = search(catalog, Query.parse("transplant"))
    highlighted = {str(program.id): results.name_highlights(program.name) for program in results.programs()}
    assert highlighted["larkspur-transplant-hepatology-fellowship"] == [(0, 10)]
    assert highlighted["larkspur-surgery-residency"] == []


def test_first_rows_are_ranked_like_all_rows(catalog: Catalog) -> None:
    ranked = list(search(catalog, Query.parse("medicine")).numbers())
    windowed = search(catalog, Query.parse("medicine"))
    assert list(windowed.numbers(0, 5)) == ranked[:5]
    assert list(windowed.numbers(3, 9)) == ranked[3:9]


@pytest.mark.parametrize("line", ["medicine", "medicine sort:name", "-sort:length"])
def test_row_of_each_program(catalog: Catalog, line: str) -> None:
    results = search(catalog, Query.parse(line))
    assert [results.row_of(program.id) for program in results.programs()] == list(range(results.total))
    assert results.row_of("no-such-program") is None
    if results.total < len(catalog.programs):
        absent = next(program for program in catalog.programs if program not in results.programs())
        assert results.row_of(absent.id) is None


def test_relaxations_drop_one_clause_or_two(catalog: Catalog) -> None:
    def offers(line: str) -> list[tuple[str, str, int]]:
        results = search(catalog, Query.parse(line))
        assert results.total == 0
        return [(str(offer.query), offer.removed, offer.total) for offer in relaxations(results)]

    assert offers("surgery inst:quillmont") == [("inst:quillmont", "surgery", 8), ("surgery", "inst:quillmont", 1)]
    assert offers("surgery inst:quillmont xqzzv") == [
        ("inst:quillmont", "surgery and xqzzv", 8),
        ("surgery", "inst:quillmont and xqzzv", 1),
    ]
    assert offers("xqzzv") == []


def test_relaxations_respect_the_shortlist(catalog: Catalog) -> None:
    statuses = {"larkspur-surgery-residency": "applied"}
    results = search(catalog, Query.parse("listed:applied neurology"), statuses)
    assert [(offer.removed, offer.total) for offer in relaxations(results)] == [("listed:applied", 4), ("neurology", 1)]


def test_specialties_are_searched_by_the_same_engine(catalog: Catalog) -> None:
    specialties = specialty_catalog(catalog)
    results = search(specialties, Query.parse("peds cards"))
    assert results.programs()[0].specialty == "pediatric-cardiology"
    assert results.warnings == ()
    everything = [program.specialty for program in search(specialties, Query()).programs()]
    assert everything == [specialty.id for specialty in catalog.specialties if specialty.listed]


@pytest.mark.parametrize(
    ("line", "ignored"),
    [
        ("the cardiology program", (0, 2)),
        ("cards", ()),
        ("& cards", (0,)),
        ("the", ()),
        ("programs kind:residency of", (0, 2)),
    ],
)
def test_ignored_clauses(catalog: Catalog, line: str, ignored: tuple[int, ...]) -> None:
    results = search(catalog, Query.parse(line))
    assert results.ignored_clauses == ignored
    for clause_index in reversed(ignored):
        results = search(catalog, results.query.without_clause(clause_index))
    assert results.matches == search(catalog, Query.parse(line)).matches


ODD_LINES = st.text(st.sampled_from('abct :-",OR<=0é\ud800\u202e'), max_size=40) | st.text(max_size=60)


@settings(max_examples=300, deadline=None)
@given(ODD_LINES)
def test_any_line_has_consistent_results(catalog: Catalog, line: str) -> None:
    results = search(catalog, Query.parse(line))
    numbers = results.numbers()
    assert len(numbers) == results.total == len(set(numbers))
    for program in results.programs(0, 3):
        results.reasons(program)
        results.highlights(program.name)


def test_very_long_queries(catalog: Catalog) -> None:
    pasted = search(catalog, Query.parse("cards " * 20_000 + "kind:f " * 5_000))
    assert "only the first 60 terms are used" in pasted.warnings
    assert relaxations(search(catalog, Query.parse("zzz " * 20_000))) == []
    for line in ("a," * 50_000, "/".join(["cards"] * 20_000), "a" * 100_000, "cards " * 2_000, '"' * 1_001):
        search(catalog, Query.parse(line))


def test_results_are_freed_at_once(catalog: Catalog) -> None:
    """Those of a million programs take 2 MB, and a garbage collection may be many key presses away."""
    results = search(catalog, Query.parse("medicine fellowship"))
    results.row_of(results.programs(0, 1)[0].id)
    assert results.reasons(results.programs(0, 1)[0])
    reference = weakref.ref(results)
    gc.disable()
    try:
        del results
        assert reference() is None
    finally:
        gc.enable()
