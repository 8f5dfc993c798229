"""The texts that programs are searched by, stored so that the reasons for a match are told without the model."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from ..compiled.archive import Archive, decode_json
from ..compiled.sections import Section, TableSection, encode_json
from ..compiled.tables import StoredRecords, StoredTable
from ..lean_typing import TYPE_CHECKING, Any
from .documents import REASON_RANK_COUNT, SearchText, SearchWeight, institution_texts, reason_rank, specialty_texts

if TYPE_CHECKING:
    from ..catalog.catalog import Catalog
    from ..catalog.models import Program

_WEIGHTS = tuple(SearchWeight)  # by value, which is faster than making them
_KEPT_TEXTS = 256  # of specialties and of institutions


def encode_program_texts(program: Program, own_texts: Sequence[SearchText]) -> bytes:
    """Return the texts that `program_texts` gave, after the ids of the program's specialty and its institution."""
    return encode_json((program.specialty, program.institution, own_texts))


def shared_text_sections(catalog: Catalog) -> Iterator[Section]:
    """Yield the sections of an archive that hold the texts that programs share."""
    yield TableSection(
        "specialty texts",
        ((specialty.id, encode_json(list(specialty_texts(specialty, catalog)))) for specialty in catalog.specialties),
    )
    yield TableSection(
        "institution texts",
        ((institution.id, encode_json(list(institution_texts(institution)))) for institution in catalog.institutions),
    )


class StoredTexts:
    """Reads from an archive the texts that programs are searched by."""

    def __init__(self, archive: Archive, program_texts: StoredRecords[Any]) -> None:
        """Read the shared texts from an archive, and those of a program from `program_texts`."""
        self._program_texts = program_texts
        self._of_specialty = lru_cache(_KEPT_TEXTS)(StoredTable(archive, "specialty texts", _decode_texts).__getitem__)
        self._of_institution = lru_cache(_KEPT_TEXTS)(
            StoredTable(archive, "institution texts", _decode_texts).__getitem__
        )

    def texts_of(self, number: int) -> list[SearchText]:
        """Return every text of a program, the best reason for a match first, as `searchable_texts` does."""
        specialty, institution, texts = self._program_texts[number]
        by_rank = zip(_grouped(texts), self._of_specialty(specialty), self._of_institution(institution), strict=True)
        return [text for groups in by_rank for group in groups for text in group]


def _decode_texts(content: bytes) -> list[list[SearchText]]:
    return _grouped(decode_json(content))


def _grouped(texts: list[tuple[int, str, str]]) -> list[list[SearchText]]:
    """Return texts with their weights, a group for each rank among the reasons for a match."""
    groups: list[list[SearchText]] = [[] for _ in range(REASON_RANK_COUNT)]
    for weight, field_name, text in texts:
        weighted_text = (_WEIGHTS[weight], field_name, text)
        groups[reason_rank(weighted_text)].append(weighted_text)
    return groups
