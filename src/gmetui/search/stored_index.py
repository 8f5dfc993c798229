"""An index that is stored with its catalog, so that a search reads the words that it asks for and nothing else."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial

from ..compiled.archive import Archive, decode_json
from ..compiled.sections import BlobSection, RecordSection, Section, TableSection, encode_json, json_part
from ..compiled.tables import LazyMapping, StoredRecords, StoredTable
from ..lean_typing import TYPE_CHECKING, Any, cast
from .bitset import CompactSet, decode, decode_bits, encode
from .documents import SearchWeight
from .index import Index
from .normalize import FoldedWord
from .page_index import PageIndex, PageSummary, WordTable
from .page_sections import PageSection
from .prefix_sets import PrefixSets, decode_sets, encode_sets, unions_by_prefix
from .stored_scans import StoredScans, decode_strings, set_table
from .stored_texts import StoredTexts, shared_text_sections
from .vocabulary import Vocabulary

if TYPE_CHECKING:
    from ..catalog.catalog import Catalog

_SET_TABLES = ("aliases", "unordered_aliases", "institution_names", "codes")
#: Letters of the shortest beginning of a word that is looked up in texts of each weight, and of an alias with the
#: number of its spaces before it.
_SHORTEST_BEGINNINGS = [1 if weight >= SearchWeight.SYNONYM else 4 for weight in SearchWeight]
_SHORTEST_ALIAS = (3,)
_PAGE_TABLES = ("names", "terms", "texts")


def index_sections(index: Index) -> Iterator[Section]:
    """Yield the sections of an archive that hold an index, without what its scans found."""
    yield from _prefix_set_sections("words", index.words, index.size, _SHORTEST_BEGINNINGS)
    yield from _prefix_set_sections("spaced aliases", index.spaced_aliases, index.size, _SHORTEST_ALIAS)
    for name in _SET_TABLES:
        if name != "codes":
            yield set_table(name, getattr(index, name))
    yield json_part("equivalents", index.equivalents)
    yield BlobSection("default kind", encode(index.default_kind))
    yield BlobSection("vocabulary", _encode_words(index.vocabulary.words_by_length))
    yield set_table("letters", index.vocabulary.letters)
    pages = index.pages
    for name in _PAGE_TABLES:
        yield set_table(f"page {name}", getattr(pages, name).sections)
    pages_by_name = ((key, encode_json(page_keys)) for key, page_keys in pages.pages_by_name.items())
    yield TableSection("pages by name", pages_by_name)
    yield RecordSection("page sections", map(encode_json, pages.sections))
    yield set_table("sections by page", pages.sections_by_page)
    yield TableSection("page summaries", ((key, encode_json(hit)) for key, hit in pages.summaries.items()))
    yield from shared_text_sections(index.catalog)


def stored_index(archive: Archive, open_catalog: Callable[[], Catalog], program_texts: StoredRecords[Any]) -> Index:
    """Return the index that an archive holds. Raises ValueError or KeyError when it is not there.

    `open_catalog` returns its catalog, and `program_texts` has what `encode_program_texts` returned for each program.
    """
    aliases, unordered_aliases, institution_names, codes = (_sets(archive, name) for name in _SET_TABLES)
    size = len(program_texts)
    return Index(
        words=_prefix_sets(archive, "words", len(SearchWeight)),
        aliases=aliases,
        unordered_aliases=unordered_aliases,
        spaced_aliases=_prefix_sets(archive, "spaced aliases", 1),
        institution_names=institution_names,
        equivalents=archive.json("equivalents"),
        codes=codes,
        default_kind=decode_bits(archive.part("default kind")),
        pages=_stored_pages(archive),
        scans=StoredScans(archive, size),
        size=size,
        open_catalog=open_catalog,
        read_texts=StoredTexts(archive, program_texts).texts_of,
        read_vocabulary=lambda: Vocabulary(_decode_words(archive.part("vocabulary")), _sets(archive, "letters")),
    )


def _prefix_set_sections(name: str, prefix_sets: PrefixSets, size: int, shortest: Sequence[int]) -> Iterator[Section]:
    unions = unions_by_prefix(prefix_sets, size, shortest)
    for section, entries in ((name, prefix_sets.words), (f"{name} unions", unions)):
        yield TableSection(section, ((key, encode_sets(sets)) for key, sets in entries.items()))


def _prefix_sets(archive: Archive, name: str, width: int) -> PrefixSets:
    words, unions = (
        StoredTable(archive, section, partial(decode_sets, width=width)) for section in (name, f"{name} unions")
    )
    return PrefixSets(width, words, unions)


def _encode_words(words_by_length: Mapping[int, Sequence[FoldedWord]]) -> bytes:
    """Return words as lines, those of a length after an empty line: read in a fifth of the time that JSON takes."""
    return "\n\n".join(map("\n".join, words_by_length.values())).encode()


def _decode_words(content: bytes) -> Mapping[int, Sequence[FoldedWord]]:
    groups = [cast("list[FoldedWord]", lines.split("\n")) for lines in content.decode().split("\n\n")]
    return {len(words[0]): words for words in groups}


def _stored_pages(archive: Archive) -> PageIndex:
    names, terms, texts = (WordTable(StoredTable(archive, f"page {name}", decode_bits)) for name in _PAGE_TABLES)
    return PageIndex(
        names,
        terms,
        texts,
        StoredTable(archive, "pages by name", decode_strings),
        StoredRecords(archive, "page sections", _decode_page_section),
        LazyMapping(lambda: dict(StoredTable(archive, "sections by page", decode_bits))),
        StoredTable(archive, "page summaries", lambda content: PageSummary(*decode_json(content))),
    )


def _decode_page_section(content: bytes) -> PageSection:
    kind, page_id, title, section, texts, terms, names = decode_json(content)
    return PageSection(kind, page_id, title, section, tuple(texts), terms, tuple(names))


def _sets(archive: Archive, name: str) -> StoredTable[CompactSet]:
    return StoredTable(archive, name, decode)
