"""A program's document without what it shares with others, for lists of many programs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..catalog.facts import Citation
from .document import Block, Document, Group, Quotation, Section, SourceEntry, cited_in

_SHARED_SECTIONS = frozenset(("hospital",))
_PROGRAM_QUOTATION = "of the program"  # the end of the titles of a program's own statements


def without_shared_parts(document: Document) -> Document:
    """Return a program's document without its hospital's section and statements and without closed groups.

    What remains cites only the pages that it states; the general rules, for example, would be the same below every
    program of a list.
    """
    sections = tuple(
        section._replace(blocks=tuple(_specific_blocks(section.blocks)))
        for section in document.sections
        if section.id not in _SHARED_SECTIONS
    )
    sections = tuple(section for section in sections if section.blocks)
    strip_citations = (citation for row in document.strip for value in row.values for citation in value.citations)
    cited = dict.fromkeys((*strip_citations, *_citations(sections)))
    return document._replace(sections=sections, sources=tuple(map(SourceEntry, cited)))


def _citations(sections: Iterable[Section]) -> Iterator[Citation]:
    for section in sections:
        yield from cited_in(section.blocks)


def _specific_blocks(blocks: Iterable[Block]) -> Iterator[Block]:
    for block in blocks:
        if isinstance(block, Group):
            if not block.is_closed:
                yield block._replace(blocks=tuple(_specific_blocks(block.blocks)))
        elif not isinstance(block, Quotation) or block.title.endswith(_PROGRAM_QUOTATION):
            yield block
