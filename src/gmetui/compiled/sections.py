"""Writing an archive: what goes into it is given section by section, so that it need not be in memory at once."""

from __future__ import annotations

from collections.abc import Generator, Iterable, Iterator
from typing import Any, NamedTuple
from zlib import crc32

from msgspec import msgpack

from .archive import END, FOOTER, BlockList, Directory, Place, checksum, first_line, pack_places

#: Entries in a block of a table, and of records. A block is read to find one of its entries.
TABLE_BLOCK, RECORD_BLOCK = 64, 256
#: A value of more bytes than this stands beside its block.
MAX_INLINE_SIZE = 256


class BlobSection(NamedTuple):
    """One blob under a name."""

    name: str
    content: bytes


class RecordSection(NamedTuple):
    """Blobs by number under a name."""

    name: str
    blobs: Iterable[bytes]


class TableSection(NamedTuple):
    """Values by text under a name, in any order; each text occurs once."""

    name: str
    entries: Iterable[tuple[str, bytes]]


Section = BlobSection | RecordSection | TableSection


def value_part(name: str, value: Any) -> BlobSection:
    """Return a part that holds a value as MessagePack."""
    return BlobSection(name, msgpack.encode(value))


def encode_archive(key: str, sections: Iterable[Section]) -> Iterator[bytes]:
    """Yield the bytes of an archive of some sections."""
    writer = _Writer()
    parts: dict[str, Place] = {}
    block_lists: dict[str, Place] = {}
    yield from writer.write(first_line(key))
    for section in sections:
        if isinstance(section, BlobSection):
            parts[section.name] = yield from writer.write_blob(section.content)
            continue
        blocks = writer.write_records(section) if isinstance(section, RecordSection) else writer.write_table(section)
        block_list = yield from blocks
        block_lists[section.name] = yield from writer.write_blob(msgpack.encode(block_list))
    place = yield from writer.write_blob(msgpack.encode(Directory(parts, block_lists)))
    yield FOOTER.pack(place.offset, place.length, writer.total, END)


class _Writer:
    """Counts and sums up what is written. Each method yields the bytes to write and returns where they are."""

    def __init__(self) -> None:
        self.total = 0
        self._offset = 0

    def write(self, content: bytes) -> Iterator[bytes]:
        self._offset += len(content)
        self.total = crc32(content, self.total)
        yield content

    def write_blob(self, blob: bytes) -> Generator[bytes, None, Place]:
        place = Place(self._offset, len(blob))
        yield from self.write(blob + checksum(blob))
        return place

    def write_records(self, section: RecordSection) -> Generator[bytes, None, BlockList]:
        count, places = 0, []
        records: list[Place] = []
        for blob in section.blobs:
            records.append((yield from self.write_blob(blob)))
            count += 1
            if len(records) == RECORD_BLOCK:
                places.append((yield from self.write_blob(pack_places(records))))
                records = []
        if records:
            places.append((yield from self.write_blob(pack_places(records))))
        return BlockList(count, pack_places(places))

    def write_table(self, section: TableSection) -> Generator[bytes, None, BlockList]:
        entries = sorted(section.entries)
        places, first_keys = [], []
        for start in range(0, len(entries), TABLE_BLOCK):
            block = entries[start : start + TABLE_BLOCK]
            values = []
            for _, value in block:
                values.append(value if len(value) <= MAX_INLINE_SIZE else (yield from self.write_blob(value)))
            first_keys.append(block[0][0])
            places.append((yield from self.write_blob(msgpack.encode(([text for text, _ in block], values)))))
        return BlockList(len(entries), pack_places(places), first_keys)
