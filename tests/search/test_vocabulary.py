"""All words compared at once are those that `rapidfuzz` finds by comparing each, in the same order."""

from __future__ import annotations

from collections import defaultdict

from hypothesis import example, given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from gmetui.search.normalize import FoldedWord
from gmetui.search.vocabulary import Vocabulary, WordHit

SHORTEST = 3
WORDS = st.sets(st.text("abc", min_size=1, max_size=8), max_size=60)


def vocabulary_of(words: set[str]) -> Vocabulary:
    words_by_length: dict[int, list[FoldedWord]] = defaultdict(list)
    for word in sorted(words):
        words_by_length[len(word)].append(FoldedWord(word))
    return Vocabulary(words_by_length)


def hits_by_comparing(vocabulary: Vocabulary, typo: str, max_edits: int) -> list[WordHit]:
    lengths = range(max(SHORTEST, len(typo) - max_edits), len(typo) + max_edits + 1)
    similar = sorted((word for word in vocabulary.words if len(word) in lengths), key=len)
    longer = [word for word in vocabulary.words if len(word) > len(typo) > SHORTEST]
    hits = []
    for candidates in (similar, longer):
        compared = [word if candidates is similar else word[: len(typo)] for word in candidates]
        edits = [OSA.distance(typo, text) for text in compared]
        near = (WordHit(word, count) for word, count in zip(candidates, edits, strict=True) if count <= max_edits)
        hits += sorted(near, key=lambda hit: hit.edits)
    return hits


@given(WORDS, st.text("abcx", min_size=1, max_size=9), st.integers(1, 2))
@example({"abcd", "bacd", "abdc", "acbd"}, "abcd", 2)
@example({"cardiology", "cardiologist", "radiology"}, "cardilogy", 2)
def test_words_near_a_typo(words: set[str], typo: str, max_edits: int) -> None:
    vocabulary = vocabulary_of(words)
    assert list(vocabulary.near(typo, max_edits, SHORTEST)) == hits_by_comparing(vocabulary, typo, max_edits)


def test_no_words() -> None:
    assert list(vocabulary_of(set()).near("card", 1, SHORTEST)) == []
