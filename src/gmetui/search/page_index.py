"""An index of the pages about institutions, specialties and services, by section."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from ..catalog.vocabulary import KIND_LABELS
from ..compiled.tables import MemoryTable, PrefixTable
from ..lean_typing import TYPE_CHECKING, NamedTuple
from ..text import plural
from .bitset import Bitset
from .documents import alias_names, institution_names
from .normalize import FoldedWord, fold_key, folded_words
from .page_sections import PageKind, PageSection, page_sections, service_names

if TYPE_CHECKING:
    from ..catalog.catalog import Catalog

#: A page as "kind:id".
PageKey = str


def page_key(kind: PageKind, page_id: str) -> PageKey:
    """Return the key of a page."""
    return f"{kind}:{page_id}"


class PageSummary(NamedTuple):
    """The title of a page, and what it is about in a few words."""

    title: str
    summary: str


class WordTable:
    """The sections that contain each word, as bits."""

    def __init__(self, sections: PrefixTable[Bitset]) -> None:
        self.sections = sections

    @classmethod
    def of(cls, word_lists: Iterable[Iterable[FoldedWord]]) -> WordTable:
        """Return the table of the words of each section."""
        sections: dict[str, Bitset] = defaultdict(int)
        for number, words in enumerate(word_lists):
            for word in words:
                sections[word] |= 1 << number
        return cls(MemoryTable(dict(sections)))

    def containing(self, word: FoldedWord) -> Bitset:
        """Return the sections that contain a word."""
        return self.sections.get(word, 0)

    def with_prefix(self, prefix: str) -> Bitset:
        """Return the sections that contain a word that starts with `prefix`."""
        sections = 0
        for _, word_sections in self.sections.with_prefix(prefix):
            sections |= word_sections
        return sections


class PageIndex:
    """The sections of all pages: their words by what they are (names, terms, texts), and the pages of whole names.

    `sections` are numbered as in the tables; `sections_by_page` has those of each page, and `summaries` a word on each.
    """

    def __init__(
        self,
        names: WordTable,
        terms: WordTable,
        texts: WordTable,
        pages_by_name: Mapping[str, Sequence[PageKey]],
        sections: Sequence[PageSection],
        sections_by_page: Mapping[PageKey, Bitset],
        summaries: Mapping[PageKey, PageSummary],
    ) -> None:
        self.names, self.terms, self.texts = names, terms, texts
        self.pages_by_name = pages_by_name
        self.sections, self.sections_by_page, self.summaries = sections, sections_by_page, summaries
        self._text_words: dict[int, list[tuple[FoldedWord, ...]]] = {}

    @property
    def words(self) -> frozenset[str]:
        """Every word of the sections."""
        return frozenset(self.names.sections).union(self.terms.sections, self.texts.sections)

    def text_words(self, number: int) -> list[tuple[FoldedWord, ...]]:
        """Return the folded words of each text of a section."""
        if number not in self._text_words:
            self._text_words[number] = [tuple(folded_words(text)) for text in self.sections[number].texts]
        return self._text_words[number]

    def sections_named(self, key: str) -> Bitset:
        """Return the sections of the pages whose whole name has the key `key`."""
        sections = 0
        for page in self.pages_by_name.get(key, ()):
            sections |= self.sections_by_page.get(page, 0)
        return sections


def build_page_index(catalog: Catalog) -> PageIndex:
    """Return the index of the pages of a catalog."""
    sections = tuple(page_sections(catalog))
    sections_by_page: dict[PageKey, Bitset] = defaultdict(int)
    for number, section in enumerate(sections):
        sections_by_page[page_key(section.kind, section.page_id)] |= 1 << number
    return PageIndex(
        names=WordTable.of(_fold_all(section.names) for section in sections),
        terms=WordTable.of(_fold_all([section.terms]) for section in sections),
        texts=WordTable.of(_fold_all(section.texts) for section in sections),
        pages_by_name=_pages_by_name(catalog),
        sections=sections,
        sections_by_page=dict(sections_by_page),
        summaries=dict(_summaries(catalog)),
    )


def _summaries(catalog: Catalog) -> Iterator[tuple[PageKey, PageSummary]]:
    for institution in catalog.institutions:
        location = ", ".join(filter(None, (institution.city, institution.state)))
        program_count = plural(len(catalog.programs_of(institution.id)), "program")
        summary = " · ".join(filter(None, (location, program_count)))
        yield page_key("institution", institution.id), PageSummary(institution.name, summary)
    for specialty in catalog.specialties:
        years = plural(specialty.length_years, "year") if specialty.length_years else ""
        summary = " · ".join(filter(None, (KIND_LABELS[specialty.kind], years)))
        yield page_key("specialty", specialty.id), PageSummary(specialty.label, summary)
    for service in catalog.services:
        summary = service.about or service.full_name or ""
        yield page_key("service", service.id), PageSummary(service.name, summary)


def _fold_all(texts: Iterable[str]) -> set[FoldedWord]:
    return {word for text in texts for word in folded_words(text)}


def _pages_by_name(catalog: Catalog) -> Mapping[str, Sequence[PageKey]]:
    """Return the pages of each name, its words run together."""
    pages: dict[str, dict[PageKey, None]] = defaultdict(dict)

    def add(kind: PageKind, page_id: str, names: Iterable[str]) -> None:
        for key in filter(None, map(fold_key, names)):
            pages[key][page_key(kind, page_id)] = None

    for institution in catalog.institutions:
        add("institution", institution.id, (name for _, name in institution_names(institution)))
    for service in catalog.services:
        add("service", service.id, service_names(service))
    for specialty in catalog.specialties:
        if specialty.listed:
            add("specialty", specialty.id, (name for _, name in alias_names(specialty)))
    return {key: tuple(page_keys) for key, page_keys in pages.items()}
