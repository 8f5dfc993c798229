"""Which pages a query is about: a hospital, a specialty or a service, and the section that answers.

A page is a result where the words name it and nothing else ("bmc"), where they name a section of it ("bmc mission",
"visiting student"), or where they are words that only its texts have ("ruderman"). Words that also name programs are
answered by the programs, so that "cardiology boston" finds no hospital although every hospital mentions cardiology.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from ..lean_typing import TYPE_CHECKING, NamedTuple, cast
from .bitset import Bitset, contains, iter_members, union
from .documents import SearchWeight
from .index import Index
from .normalize import FoldedWord, folded_words
from .page_index import PageIndex, PageKey
from .ranking import RELATED, WORD, Token

if TYPE_CHECKING:
    from .page_sections import PageKind, PageSection

MAX_PAGES = 4  # above programs
MAX_PAGES_ALONE = 8  # where no program matches
_MIN_PREFIX_LENGTH = 4  # letters of a word that may be the beginning of another
_MAX_NAME_WORDS = 8
_PASTED_WORDS = 6  # a question of so many words may be copied from a page that says the same in other words
_PASTED_SHARE = 0.6  # of them that a text must have
_SENTENCE_WORDS = 4  # so many words in one text are about it, whatever else they name


class PageHit(NamedTuple):
    """A page that the words are about; `section` is "" for the whole page, `why` the text that matched, or a summary.

    `is_answer` is set where the words ask for the section, so that the hit is likelier meant than any program.
    """

    kind: PageKind
    page_id: str
    title: str
    section: str
    why: str
    is_answer: bool = False


class _AskedWord(NamedTuple):
    """A word of the query: the sections whose names, terms and texts contain it, and what it says of programs.

    `page_names` are the sections of pages whose whole name the word is part of. `is_evidence` is set for a word that
    only texts of programs have, `is_fact` for one that names a fact of programs, `is_name` for one in the name of a
    program, its specialty or its institution.
    """

    forms: Collection[FoldedWord]
    prefix: str
    names: Bitset
    terms: Bitset
    texts: Bitset
    page_names: Bitset
    is_evidence: bool
    is_fact: bool
    is_name: bool

    def is_in(self, words: Collection[FoldedWord]) -> bool:
        """Return whether a text with these words contains the word or one that it begins."""
        return any(form in words for form in self.forms) or (
            bool(self.prefix) and any(word.startswith(self.prefix) for word in words)
        )


class _Candidate(NamedTuple):
    """A section that contains all words. Sections are compared by the fields, so that the best one is the greatest."""

    is_named: bool
    term_count: int
    text_coverage: int
    earliness: int
    number: int


class _Question(NamedTuple):
    """The words and phrases of a query, and the institutions that it is limited to, all if empty."""

    words: Sequence[_AskedWord]
    phrases: Sequence[str]
    institutions: Collection[str]
    has_telling_phrase: bool


def find_pages(
    index: Index,
    tokens: Sequence[Token],
    phrases: Sequence[str],
    institutions: Collection[str],
    *,
    has_programs: bool,
) -> tuple[PageHit, ...]:
    """Return the pages that the words and phrases of a query are about, the likeliest first.

    `institutions` are the ids of those that the query is limited to, empty for all.
    """
    pages = index.pages
    page_keys = pages.pages_by_name.get("".join(token.forms[0] for token in tokens), ()) if not phrases else ()
    named_hits = (_page_hit(pages, page_key) for page_key in page_keys)
    hits = [hit for hit in named_hits if not institutions or hit.page_id in institutions]
    if hits or not (tokens or phrases):
        return tuple(hits[:MAX_PAGES])
    has_telling_phrase = any(not _has_only_names(index, phrase) for phrase in phrases)
    question = _Question(_read_tokens(pages, tokens), phrases, institutions, has_telling_phrase)
    candidates = _candidates(pages, question)
    if not candidates and not has_programs:
        candidates = _nearest(pages, question)
    limit = MAX_PAGES if has_programs else MAX_PAGES_ALONE
    asks_for_section = any(candidate.is_named or candidate.term_count for candidate in candidates)
    if has_programs and len(candidates) > limit and not asks_for_section:
        return ()  # a word in so many texts is about none of these pages
    return tuple(_section_hit(pages, candidate.number, question) for candidate in candidates[:limit])


def _has_only_names(index: Index, phrase: str) -> bool:
    return all(index.matches(word, SearchWeight.TITLE) for word in folded_words(phrase))


def _read_tokens(pages: PageIndex, tokens: Sequence[Token]) -> list[_AskedWord]:
    page_names = _sections_of_whole_names(pages, tokens)
    return [_read_token(pages, token, sections) for token, sections in zip(tokens, page_names, strict=True)]


def _sections_of_whole_names(pages: PageIndex, tokens: Sequence[Token]) -> list[Bitset]:
    """Return, for each token, the sections of the pages whose whole name a run of tokens around it is."""
    sections_by_token = [0] * len(tokens)
    for start in range(len(tokens)):
        key = ""
        for end in range(start, min(start + _MAX_NAME_WORDS, len(tokens))):
            key += tokens[end].forms[0]
            sections = pages.sections_named(key)
            for position in range(start, end + 1):
                sections_by_token[position] |= sections
    return sections_by_token


def _read_token(pages: PageIndex, token: Token, page_names: Bitset) -> _AskedWord:
    prefix = token.prefix if len(token.raw) >= _MIN_PREFIX_LENGTH and not token.corrected else ""
    names, terms, texts = (
        union((table.containing(form) for form in token.forms), len(pages.sections))
        | (table.with_prefix(prefix) if prefix else 0)
        for table in (pages.names, pages.terms, pages.texts)
    )
    is_evidence, is_name = not any(token.levels[RELATED:]), any(token.levels[WORD:])
    return _AskedWord(token.forms, prefix, names, terms, texts, page_names, is_evidence, bool(token.facts), is_name)


def _candidates(pages: PageIndex, question: _Question) -> list[_Candidate]:
    """Return the best section of each page, the likeliest first; only those of whole names where there are any."""
    matches = (1 << len(pages.sections)) - 1
    for word in question.words:
        matches &= word.names | word.terms | word.texts | word.page_names
    best: dict[str, _Candidate] = {}
    for number in iter_members(matches):
        candidate = _judge(pages, number, question)
        if candidate is not None:
            page_id = pages.sections[number].page_id
            best[page_id] = max(candidate, best.get(page_id, candidate))
    ranked = sorted(best.values(), reverse=True)
    return [candidate for candidate in ranked if candidate.is_named] or ranked


def _judge(pages: PageIndex, number: int, question: _Question) -> _Candidate | None:
    """Return a section with all words as a candidate, or None where the question is not about it."""
    section = pages.sections[number]
    is_limited = bool(question.institutions)
    if is_limited and section.page_id not in question.institutions:
        return None
    if not all(any(_has_phrase(text, phrase) for text in pages.text_words(number)) for phrase in question.phrases):
        return None
    asking = [word for word in question.words if not _names_page(word, section, number)]
    is_named = len(asking) < len(question.words) or is_limited
    is_asked = question.has_telling_phrase or any(_is_evidence(word, section, number, is_named) for word in asking)
    if not is_asked and len(question.words) < _SENTENCE_WORDS:
        return None
    coverage = _coverage(pages, number, question.words)
    if not is_asked and coverage < len(question.words):
        return None
    is_whole_name = is_limited or any(contains(word.page_names, number) for word in question.words)
    term_count = sum(contains(word.terms, number) for word in asking)
    return _Candidate(is_whole_name, term_count, coverage, -number, number)


def _coverage(pages: PageIndex, number: int, words: Sequence[_AskedWord]) -> int:
    """Return how many of the words are in one text of a section."""
    return max((sum(word.is_in(text) for word in words) for text in pages.text_words(number)), default=0)


def _nearest(pages: PageIndex, question: _Question) -> list[_Candidate]:
    """Return the section with the text that has most of the words of a long question, if there is one."""
    words = question.words
    if len(words) < _PASTED_WORDS or question.phrases:
        return []
    coverages = [_coverage(pages, number, words) for number in range(len(pages.sections))]
    best = max(coverages, default=0)
    number = coverages.index(best) if coverages else 0
    return [_Candidate(False, 0, best, -number, number)] if best >= _PASTED_SHARE * len(words) else []


def _names_page(word: _AskedWord, section: PageSection, number: int) -> bool:
    """Tell whether a word is part of the name of the section's page."""
    return contains(word.page_names, number) or (section.kind == "institution" and contains(word.names, number))


def _is_evidence(word: _AskedWord, section: PageSection, number: int, is_named: bool) -> bool:
    """Tell whether a word beside the name of a page asks for this section of it."""
    if section.kind == "service":
        return word.is_evidence or (not word.is_name and contains(word.names, number))
    if contains(word.terms, number):
        return is_named or not word.is_fact
    return word.is_evidence and contains(word.texts, number)


def _has_phrase(text: Sequence[FoldedWord], phrase: str) -> bool:
    return f" {' '.join(folded_words(phrase))} " in f" {' '.join(text)} "


def _section_hit(pages: PageIndex, number: int, question: _Question) -> PageHit:
    section, text_words = pages.sections[number], pages.text_words(number)

    asking = [word for word in question.words if not _names_page(word, section, number)]

    def relevance(position: int) -> tuple[bool, int]:
        text = text_words[position]
        has_phrases = all(_has_phrase(text, phrase) for phrase in question.phrases)
        return has_phrases, sum(word.is_in(text) for word in asking)

    best_text = max(range(len(text_words)), key=relevance, default=None)
    why = "" if best_text is None else section.texts[best_text]
    return PageHit(section.kind, section.page_id, section.title, section.section, why, is_answer=True)


def _page_hit(pages: PageIndex, page_key: PageKey) -> PageHit:
    """Return the hit for a page that the words name and say nothing else about."""
    kind, _, page_id = page_key.partition(":")
    title, summary = pages.summaries[page_key]
    return PageHit(cast("PageKind", kind), page_id, title, "", summary, is_answer=kind == "service")
