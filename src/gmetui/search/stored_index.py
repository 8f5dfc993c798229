"""An index that is stored with its catalog, so that a search reads the words that it asks for and nothing else."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import msgpack

from ..catalog.catalog import Catalog
from ..compiled.archive import Archive
from ..compiled.sections import BlobSection, RecordSection, Section, TableSection, value_part
from ..compiled.tables import LazyMapping, StoredRecords, StoredTable
from .bitset import CompactSet, decode, decode_bits, encode
from .documents import SearchWeight
from .index import Index
from .normalize import FoldedWord
from .page_index import PageIndex, WordTable
from .page_sections import PageSection
from .stored_scans import StoredScans, scan_sections, set_table

_SET_TABLES = ("aliases", "unordered_aliases", "spaced_aliases", "institution_names", "codes")
_PAGE_TABLES = ("names", "terms", "texts")


def index_sections(index: Index) -> Iterator[Section]:
    """Yield the sections of an archive that hold an index."""
    for weight in SearchWeight:
        yield set_table(_postings_name(weight), index.postings[weight])
    for name in _SET_TABLES:
        yield set_table(name, getattr(index, name))
    yield value_part("equivalents", index.equivalents)
    yield BlobSection("default kind", encode(index.default_kind))
    yield value_part("vocabulary", index.vocabulary)
    pages = index.pages
    for name in _PAGE_TABLES:
        yield set_table(f"page {name}", getattr(pages, name).sections)
    pages_by_name = ((key, msgpack.encode(page_keys)) for key, page_keys in pages.pages_by_name.items())
    yield TableSection("pages by name", pages_by_name)
    yield RecordSection("page sections", map(msgpack.encode, pages.sections))
    yield set_table("sections by page", pages.sections_by_page)
    yield from scan_sections(index)


def stored_index(archive: Archive, catalog: Catalog) -> Index:
    """Return the index of a catalog that an archive holds. Raises ValueError or KeyError when it is not there."""
    aliases, unordered_aliases, spaced_aliases, institution_names, codes = (
        _sets(archive, name) for name in _SET_TABLES
    )
    return Index(
        catalog=catalog,
        postings=[_sets(archive, _postings_name(weight)) for weight in SearchWeight],
        aliases=aliases,
        unordered_aliases=unordered_aliases,
        spaced_aliases=spaced_aliases,
        institution_names=institution_names,
        equivalents=archive.value("equivalents", dict[FoldedWord, tuple[FoldedWord, ...]]),
        codes=codes,
        default_kind=decode_bits(archive.part("default kind")),
        pages=_stored_pages(archive),
        scans=StoredScans(archive, len(catalog.programs)),
        read_vocabulary=lambda: archive.value("vocabulary", list[FoldedWord]),
    )


def _stored_pages(archive: Archive) -> PageIndex:
    names, terms, texts = (WordTable(StoredTable(archive, f"page {name}", decode_bits)) for name in _PAGE_TABLES)
    return PageIndex(
        names,
        terms,
        texts,
        StoredTable(archive, "pages by name", msgpack.Decoder(tuple[str, ...]).decode),
        StoredRecords(archive, "page sections", msgpack.Decoder(PageSection).decode),
        LazyMapping(lambda: dict(StoredTable(archive, "sections by page", decode_bits))),
    )


def _postings_name(weight: SearchWeight) -> str:
    return f"postings {weight.name}"


def _sets(archive: Archive, name: str) -> StoredTable[CompactSet]:
    return StoredTable(archive, name, decode)
