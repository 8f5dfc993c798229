"""An index that is stored with its catalog, so that a search reads the words that it asks for and nothing else."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from ..compiled.archive import Archive, decode_json
from ..compiled.sections import BlobSection, RecordSection, Section, TableSection, encode_json, json_part
from ..compiled.tables import LazyMapping, StoredRecords, StoredTable
from ..lean_typing import TYPE_CHECKING, Any
from .bitset import CompactSet, decode, decode_bits, encode
from .documents import SearchWeight
from .index import Index
from .page_index import PageIndex, PageSummary, WordTable
from .page_sections import PageSection
from .prefix_sets import PrefixSets, unions_by_prefix
from .stored_scans import StoredScans, decode_strings, set_table
from .stored_texts import StoredTexts, shared_text_sections

if TYPE_CHECKING:
    from ..catalog.catalog import Catalog

_SET_TABLES = ("aliases", "unordered_aliases", "institution_names", "codes")
#: Letters of the shortest beginning of a word that is looked up in texts which are no names, and of an alias with the
#: number of its spaces before it.
_SHORTEST_IN_TEXTS, _SHORTEST_ALIAS = 4, 3
_PAGE_TABLES = ("names", "terms", "texts")


def index_sections(index: Index) -> Iterator[Section]:
    """Yield the sections of an archive that hold an index, without what its scans found."""
    for weight in SearchWeight:
        shortest = 1 if weight >= SearchWeight.SYNONYM else _SHORTEST_IN_TEXTS
        yield from _prefix_set_sections(_postings_name(weight), index.postings[weight], index.size, shortest)
    yield from _prefix_set_sections("spaced_aliases", index.spaced_aliases, index.size, _SHORTEST_ALIAS)
    for name in _SET_TABLES:
        if name != "codes":
            yield set_table(name, getattr(index, name))
    yield json_part("equivalents", index.equivalents)
    yield BlobSection("default kind", encode(index.default_kind))
    yield json_part("vocabulary", index.vocabulary)
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
        postings=[_prefix_sets(archive, _postings_name(weight)) for weight in SearchWeight],
        aliases=aliases,
        unordered_aliases=unordered_aliases,
        spaced_aliases=_prefix_sets(archive, "spaced_aliases"),
        institution_names=institution_names,
        equivalents=archive.json("equivalents"),
        codes=codes,
        default_kind=decode_bits(archive.part("default kind")),
        pages=_stored_pages(archive),
        scans=StoredScans(archive, size),
        size=size,
        open_catalog=open_catalog,
        read_texts=StoredTexts(archive, program_texts).texts_of,
        read_vocabulary=lambda: archive.json("vocabulary"),
    )


def _prefix_set_sections(name: str, prefix_sets: PrefixSets, size: int, shortest: int) -> Iterator[Section]:
    yield set_table(name, prefix_sets.sets)
    yield set_table(f"{name} unions", unions_by_prefix(prefix_sets.sets, size, shortest))


def _prefix_sets(archive: Archive, name: str) -> PrefixSets:
    return PrefixSets(_sets(archive, name), _sets(archive, f"{name} unions"))


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


def _postings_name(weight: SearchWeight) -> str:
    return f"postings {weight.name}"


def _sets(archive: Archive, name: str) -> StoredTable[CompactSet]:
    return StoredTable(archive, name, decode)
