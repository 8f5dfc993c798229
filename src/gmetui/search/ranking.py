"""Ranks programs by bare words: aliases before words, words before prefixes, body text last, typos corrected.

Each word of the query gives every program at most one level, the best of its matches. A program must match all words,
and the sum of its levels is its score. Adjacent words are also looked up together, in either order ("heme onc",
"ob gyn", "pm r", "h 1b"), and a joint match counts for each of them. Words that name a fact ("visa", "start date") also
match the programs that state it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product

from ..lean_typing import NamedTuple
from .bitset import Bitset, add_score, to_bitset
from .documents import SearchWeight
from .field_names import field_of
from .index import Index
from .normalize import FoldedWord, americanize, cached_words, fold_word, raw_words, unordered_key
from .stated_facts import WORD_FACTS, StatedFact, fact_started_by

#: The levels of a match, best first.
ALIAS, COMPLETED_ALIAS, WORD, PREFIX, RELATED, BODY, BODY_PREFIX = 7, 6, 5, 4, 3, 2, 1
_WORD_LEVELS = {
    SearchWeight.TITLE: WORD,
    SearchWeight.LOCATION: WORD,
    SearchWeight.KIND: WORD,
    SearchWeight.SYNONYM: PREFIX,
    SearchWeight.RELATED: RELATED,
    SearchWeight.BODY: BODY,
}
_PREFIX_LEVELS = {
    SearchWeight.TITLE: PREFIX,
    SearchWeight.LOCATION: PREFIX,
    SearchWeight.KIND: PREFIX,
    SearchWeight.SYNONYM: RELATED,
    SearchWeight.RELATED: BODY,
    SearchWeight.BODY: BODY_PREFIX,
}

#: A word of up to this many letters is not corrected, and is a prefix only where it matches no whole word.
_SHORT_WORD = 3
_MAX_SPAN = 7  # adjacent words that are looked up together
_MIN_CODE_LENGTH = 4  # a shorter word with a digit is not taken for the start of a code
_MAX_FORMS_IN_SPAN = 3  # corrections of one word that are tried in names of several words
_MAX_WORDS = 60
_TWO_EDITS_LENGTH = 8  # letters from which a word may have two typos


class Token:
    """One word of a query: the words it is read as, the programs it matches at each level, the facts it names."""

    __slots__ = ("corrected", "facts", "forms", "levels", "raw")

    def __init__(
        self,
        raw: str,
        forms: tuple[FoldedWord, ...],
        corrected: bool = False,
        levels: list[Bitset] | None = None,
        facts: tuple[StatedFact, ...] = (),
    ) -> None:
        self.raw, self.forms, self.corrected = raw, forms, corrected
        self.levels = [0] * (ALIAS + 1) if levels is None else levels
        self.facts = facts

    @property
    def prefix(self) -> str:
        """The word as the start of a vocabulary word: in American spelling, otherwise as typed."""
        return americanize(self.raw)

    @property
    def bitsets(self) -> Sequence[Bitset]:
        """All sets of programs."""
        return self.levels

    @property
    def matches(self) -> Bitset:
        """The programs matched at any level."""
        matches = 0
        for level_matches in self.levels:
            matches |= level_matches
        return matches

    def clear_below(self, level: int) -> None:
        """Forget the matches at the levels below `level`."""
        self.levels[:level] = [0] * level


class Ranking(NamedTuple):
    """The programs that match all words, their scores as bit planes, and how each word was read."""

    matches: Bitset
    planes: tuple[Bitset, ...] = ()
    tokens: tuple[Token, ...] = ()


def match_words(index: Index, texts: Sequence[str]) -> Ranking:
    """Rank the programs that match every word of `texts`. Punctuation is ignored and matches nothing on its own."""
    words = [word for text in texts for word in cached_words(text)]
    tokens = [_token(index, word) for word in words[:_MAX_WORDS]]
    if not tokens:
        return Ranking(0 if texts else index.everything)
    for start in range(len(tokens)):
        for end in range(start + 1, min(start + _MAX_SPAN, len(tokens)) + 1):
            _match_span(index, tokens[start:end])
    matches = index.everything
    for token in tokens:
        matches &= token.matches
    return Ranking(matches, tuple(_score(index, tokens, matches)), tuple(tokens))


def _score(index: Index, tokens: Sequence[Token], matches: Bitset) -> list[Bitset]:
    planes: list[Bitset] = []
    for token in tokens:
        unscored = matches
        for level in range(ALIAS, 0, -1):
            scored = token.levels[level] & unscored
            if scored:
                add_score(planes, scored, 2 * level)
                unscored ^= scored
    add_score(planes, matches & index.default_kind, 1)  # levels count double, so this only breaks ties
    return planes


def match_phrase(index: Index, text: str) -> Bitset:
    """Return the programs in one of whose texts the words of `text` are adjacent."""
    words = [fold_word(word) for word in raw_words(text)]
    matches = _containing_all(index, words)
    return index.programs_with_phrase(" ".join(words)) if matches and len(words) > 1 else matches


def match_exact(index: Index, text: str) -> Bitset:
    """Return the programs that contain the whole words of `text` or state the fact it names.

    Prefixes and typos do not count: `-word` excludes these programs.
    """
    words = [fold_word(word) for word in raw_words(text)]
    key = "".join(words)
    stating = index.stated_programs(field_of(WORD_FACTS[key])) if key in WORD_FACTS else 0
    return index.lookup(index.aliases, key) | _containing_all(index, words) | stating


def _containing_all(index: Index, words: Sequence[FoldedWord]) -> Bitset:
    matches = index.everything if words else 0
    for word in words:
        matches &= index.containing(word)
    return matches


def _token(index: Index, word: str) -> Token:
    """Match one word on its own. That part is cached, since it stays the same while the next words are typed."""
    token = index.typed_words.get(word, lambda: _match_word(index, word))
    return Token(token.raw, token.forms, token.corrected, list(token.levels), token.facts)


def _match_word(index: Index, word: str) -> Token:
    folded = fold_word(word)
    token = Token(word, (folded,))
    is_kind = _add_whole_word(index, token, folded)
    matches_whole_word = any(token.levels[RELATED:])
    if _may_be_code(word):
        token.levels[RELATED] |= index.programs_with_code(folded)
    if not is_kind and (len(word) > _SHORT_WORD or not matches_whole_word):
        _add_prefix(index, token)
        _add_started_fact(index, token)
    if not token.matches and not index.has_word_with_prefix(token.prefix):
        corrections = tuple(_corrections(index, word))
        if corrections:
            token.forms, token.corrected = corrections, True
            for correction in corrections:
                _add_whole_word(index, token, correction)
    return token


def _add_started_fact(index: Index, token: Token) -> None:
    """Match the beginning of a fact's name, so that the list does not change much when the name is complete."""
    fact = fact_started_by(token.raw)
    if fact is not None:
        token.levels[RELATED] |= index.stated_programs(field_of(fact))
        token.facts = (fact,)


def _may_be_code(word: str) -> bool:
    return len(word) >= _MIN_CODE_LENGTH and any(letter.isdecimal() for letter in word)


def _add_whole_word(index: Index, token: Token, word: FoldedWord) -> bool:
    """Add the programs that contain a word; return whether it means a kind."""
    sets = index.word_sets(word)
    for weight, level in _WORD_LEVELS.items():
        token.levels[level] |= to_bitset(sets[weight], index.size)
    is_kind = bool(sets[SearchWeight.KIND])
    for equivalent in index.equivalents.get(word, ()):
        token.levels[RELATED] |= index.matches(equivalent, SearchWeight.TITLE)
    if is_kind:
        token.clear_below(WORD)  # "fellowship" means fellowships, not programs that mention one
    return is_kind


def _add_prefix(index: Index, token: Token) -> None:
    lightest = SearchWeight.BODY if len(token.raw) > _SHORT_WORD else SearchWeight.SYNONYM
    matches_by_weight = index.prefix_matches(token.prefix, lightest)
    for weight, level in _PREFIX_LEVELS.items():
        if weight >= lightest:
            token.levels[level] |= matches_by_weight[weight]


def _match_span(index: Index, span: Sequence[Token]) -> None:
    """Credit every word of `span` with the programs that the words name together."""
    names = index.typed_words.get(tuple(token.raw for token in span), lambda: _span_names(index, span))
    for joint in names.joint:
        for token in span:
            for level, matches in joint.compounds:
                token.levels[level] |= matches
            if joint.fact is not None:
                token.levels[RELATED] |= joint.stating
                token.facts = (joint.fact, *(other for other in token.facts if other is not joint.fact))
            token.levels[ALIAS] |= joint.named
            if joint.at_institution:
                token.clear_below(RELATED)  # the name of an institution limits the search to it
                token.levels[WORD] |= joint.at_institution
    last = span[-1]
    if names.completed and not (len(last.raw) <= _SHORT_WORD and any(last.levels[WORD:])):
        for token in span:
            token.levels[COMPLETED_ALIAS] |= names.completed


class _JointName(NamedTuple):
    """What some words name together: programs, an institution's programs, a compound by level, a fact."""

    named: Bitset
    at_institution: Bitset
    compounds: tuple[tuple[int, Bitset], ...]
    fact: StatedFact | None
    stating: Bitset


class _SpanNames(NamedTuple):
    """What adjacent words name in each of their forms, and the programs of an alias that they begin."""

    joint: tuple[_JointName, ...]
    completed: Bitset

    @property
    def bitsets(self) -> Iterator[Bitset]:
        """All sets of programs."""
        yield self.completed
        for joint in self.joint:
            yield from (joint.named, joint.at_institution, joint.stating)
            yield from (matches for _, matches in joint.compounds)


def _span_names(index: Index, span: Sequence[Token]) -> _SpanNames:
    *preceding, last = span
    joint = (_joint_name(index, forms) for forms in product(*(token.forms[:_MAX_FORMS_IN_SPAN] for token in span)))
    beginning = " ".join([*(token.forms[0] for token in preceding), last.prefix])
    return _SpanNames(tuple(filter(any, joint)), 0 if last.corrected else index.complete_aliases(beginning))


def _joint_name(index: Index, forms: Sequence[FoldedWord]) -> _JointName:
    key = FoldedWord("".join(forms))
    named = index.lookup(index.aliases, key)
    compounds: tuple[tuple[int, Bitset], ...] = ()
    if len(forms) > 1:
        named |= index.lookup(index.unordered_aliases, unordered_key(forms))
        sets = index.word_sets(key)
        if any(sets):
            compounds = tuple((level, to_bitset(sets[weight], index.size)) for weight, level in _WORD_LEVELS.items())
    fact = WORD_FACTS.get(key)
    stating = index.stated_programs(field_of(fact)) if fact else 0
    return _JointName(named, index.lookup(index.institution_names, key), compounds, fact, stating)


def _corrections(index: Index, word: str) -> Iterator[FoldedWord]:
    """Yield the words of the vocabulary that `word` is most likely a typo of."""
    max_edits = 0 if len(word) <= _SHORT_WORD else 1 if len(word) < _TWO_EDITS_LENGTH else 2
    if not max_edits:
        return
    folded = fold_word(word)
    distances: dict[FoldedWord, int] = {}
    for hit in index.vocabulary.near(folded, max_edits, _SHORT_WORD + 1):
        distances[hit.word] = min(distances.get(hit.word, max_edits), hit.edits)
    yield from _most_likely(index, distances, folded)


def _most_likely(index: Index, distances: dict[FoldedWord, int], word: str) -> Iterator[FoldedWord]:
    """Yield the nearest words: words of names before words of body texts, whole words before prefixes."""

    def rank(candidate: FoldedWord) -> tuple[int, bool, bool, int]:
        in_names = any(index.word_sets(candidate)[SearchWeight.SYNONYM :])
        return distances[candidate], not in_names, candidate[:1] != word[:1], abs(len(candidate) - len(word))

    ranked = sorted(((rank(candidate), candidate) for candidate in distances), key=lambda pair: pair[0])
    yield from (candidate for candidate_rank, candidate in ranked if candidate_rank[:2] == ranked[0][0][:2])
