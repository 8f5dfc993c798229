from __future__ import annotations

import pytest
from msgspec.structs import replace

from bench.synthetic import catalog_of
from gmetui.catalog.catalog import Catalog
from gmetui.search import Query, search
from gmetui.search.bitset import iter_members
from gmetui.search.documents import SearchWeight, alias_names
from gmetui.search.engine import index_of, register_index
from gmetui.search.fields import FIELDS_BY_NAME
from gmetui.search.index_builder import build_index
from gmetui.search.normalize import FoldedWord
from gmetui.search.ranking import Token
from gmetui.search.word_cache import WordCache


def ids(catalog: Catalog, program_set: int) -> list[str]:
    return [catalog.programs[number].id for number in iter_members(program_set)]


def test_words_are_indexed_by_weight(catalog: Catalog) -> None:
    index = index_of(catalog)
    word = FoldedWord("lighthouse")
    assert ids(catalog, index.matches(word, SearchWeight.TITLE)) == ["quillmont-lighthouse-medicine-fellowship"]
    assert index.matches(word, SearchWeight.BODY) == 0
    assert ids(catalog, index.containing(FoldedWord("keeper"))) == ["quillmont-lighthouse-medicine-fellowship"]
    assert (
        index.matches(FoldedWord("nosuchword"), SearchWeight.TITLE) == index.containing(FoldedWord("nosuchword")) == 0
    )


def test_punctuated_words_are_also_indexed_as_one(catalog: Catalog) -> None:
    index = index_of(catalog)
    assert index.containing(FoldedWord("h1b")) == index.containing(FoldedWord("1b")) != 0


def test_vocabulary_is_sorted(catalog: Catalog) -> None:
    words_by_length = index_of(catalog).vocabulary.words_by_length
    for length, words in words_by_length.items():
        assert list(words) == sorted({word for word in words if len(word) == length})
    assert index_of(catalog).has_word_with_prefix("cardio")
    assert not index_of(catalog).has_word_with_prefix("cardiox")


def test_aliases_are_completed_within_the_last_word(catalog: Catalog) -> None:
    index = index_of(catalog)
    assert index.complete_aliases("child") == 0, "“child psych” has another word"
    assert ids(catalog, index.complete_aliases("child p")) == [
        "marrowby-child-abuse-pediatrics-fellowship",
        "marrowby-child-and-adolescent-psychiatry-fellowship",
    ]


def test_equivalents_belong_to_one_specialty(catalog: Catalog) -> None:
    equivalents = index_of(catalog).equivalents
    assert "cardiology" in equivalents[FoldedWord("card")]
    assert "cap" not in equivalents, "two specialties are called CAP"
    assert "hepatology" not in equivalents


def test_name_without_its_qualifier_is_an_alias(catalog: Catalog) -> None:
    specialty = replace(catalog.specialty["surgery"], name="Surgery (general)")
    assert ("name", "Surgery") in list(alias_names(specialty))
    assert list(alias_names(catalog.specialty["surgery"])).count(("name", "Surgery")) == 1


def test_name_only_programs_rank_last_in_their_institution(catalog: Catalog) -> None:
    results = search(catalog, Query.parse("quillmont"))
    assert results.programs()[-1].id == "quillmont-cytopathology-fellowship"


def test_shortlist_copies_share_what_is_computed_later(catalog: Catalog) -> None:
    index = build_index(catalog)
    copy = index.with_shortlist({"larkspur-surgery-residency": ""})
    assert copy.sorted_numbers("name", descending=False) is index.sorted_numbers("name", descending=False)
    assert copy.values(FIELDS_BY_NAME["kind"]) is index.values(FIELDS_BY_NAME["kind"])
    assert copy.texts_of(0) is index.texts_of(0)


def test_cache_does_not_grow_without_limit(catalog: Catalog) -> None:
    index = build_index(catalog)
    assert index.cached("first", lambda: 1) == 1
    assert index.cached("first", lambda: 2) == 1
    for number in range(5000):
        index.cached(number, lambda: 0)
    assert index.cached("first", lambda: 3) == 3


def test_few_words_are_kept_of_a_large_catalog(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gmetui.search.word_cache._MAX_SIZE", 3000)
    computed: list[str] = []

    def compute(word: str) -> Token:
        computed.append(word)
        return Token(word, (), levels=[1 << 8000 if word != "nothing" else 0])

    words = WordCache()
    for word in ("first", "second", "nothing", "third", "fourth", "first", "fourth", "nothing"):
        assert words.get(word, lambda word=word: compute(word)).raw == word  # type: ignore[misc]
    assert computed == ["first", "second", "nothing", "third", "fourth", "first"]


def test_registered_index_is_used(catalog: Catalog) -> None:
    catalog = replace(catalog)
    index = build_index(catalog)
    register_index(index)
    assert index_of(catalog) is index


@pytest.mark.parametrize("size", [3, 300])
def test_few_catalogs_are_remembered(size: int) -> None:
    first = catalog_of(size, institutions=3)
    index = index_of(first)
    assert index_of(first) is index
    for seed in range(2, 7):
        index_of(catalog_of(size, institutions=3, seed=seed))
    assert index_of(first) is not index
