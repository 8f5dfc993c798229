"""What a compiled catalog stores of each program, one after the other in one record.

The program itself is decoded into the model. Its texts and its fields as JSON are there for searches, which don't
import the model. All three say much the same, and stand together so that a wheel packs them well.
"""

from __future__ import annotations

from collections.abc import Callable

from ..compiled.archive import Archive, split_blobs
from ..compiled.tables import StoredRecords
from ..lean_typing import TypeVar

T = TypeVar("T")

SECTION = "programs"
#: The parts of an archive with the stamps of the user's files, and with the first screens.
FILES_PART, START_PART = "files", "start pages"
#: The parts of a record: the program of the model, the texts it is searched by, its fields as JSON.
MODEL_PART, TEXTS_PART, FIELDS_PART = range(3)
PART_COUNT = 3


def stored_parts(archive: Archive, part: int, decode: Callable[[bytes], T]) -> StoredRecords[T]:
    """Return one part of every program of an archive, decoded when it is looked at."""
    return StoredRecords(archive, SECTION, lambda record: decode(split_blobs(record, PART_COUNT)[part]))
