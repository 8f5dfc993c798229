"""Writing an archive: what goes into it is given section by section, so that it need not be in memory at once."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from functools import cache
from itertools import accumulate
from zlib import crc32

from ..lean_typing import Any, NamedTuple
from .archive import (
    BlockList,
    Directory,
    Place,
    checksum,
    encode_footer,
    first_line,
    join_blobs,
    pack_places,
)
from .numbers import pack_numbers

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
    """Return a part that holds a value of the model as MessagePack."""
    from msgspec import msgpack

    return BlobSection(name, msgpack.encode(value))


def json_part(name: str, value: Any) -> BlobSection:
    """Return a part that holds a value as JSON."""
    return BlobSection(name, encode_json(value))


def encode_json(value: Any) -> bytes:
    """Return a value as compact JSON."""
    return _json_encoder()(value)


@cache
def _json_encoder() -> Callable[[Any], bytes]:
    from msgspec.json import Encoder  # ten times as fast as `json`; reading needs none

    return Encoder().encode


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
        block_lists[section.name] = yield from writer.write_blob(block_list.encode())
    place = yield from writer.write_blob(Directory(parts, block_lists).encode())
    yield encode_footer(place, writer.total)


class _Writer:
    """Counts and sums up what is written. Each method yields the bytes to write and returns where they are."""

    def __init__(self) -> None:
        self.total = 0
        self._offset = 0

    def write(self, content: bytes) -> Iterator[bytes]:
        self._offset += len(content)
        yield content

    def write_blob(self, blob: bytes) -> Generator[bytes, None, Place]:
        place = Place(self._offset, len(blob))
        self.total = crc32(blob, self.total)  # with the checksums of blobs, it would be the same whatever they hold
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
        return BlockList(count, places)

    def write_table(self, section: TableSection) -> Generator[bytes, None, BlockList]:
        entries = sorted(section.entries)
        places, first_keys = [], []
        for start in range(0, len(entries), TABLE_BLOCK):
            block = entries[start : start + TABLE_BLOCK]
            values, is_beside = [], []
            for _, value in block:
                is_beside.append(len(value) > MAX_INLINE_SIZE)
                values.append(pack_places([(yield from self.write_blob(value))]) if is_beside[-1] else value)
            first_keys.append(block[0][0])
            content = encode_table_block([text for text, _ in block], values, is_beside)
            places.append((yield from self.write_blob(content)))
        return BlockList(len(entries), places, first_keys)


def encode_table_block(texts: Sequence[str], values: Sequence[bytes], is_beside: Sequence[bool]) -> bytes:
    """Return a block of a table: the texts, where each value ends, which are places of values beside it, the values."""
    ends = list(accumulate(map(len, values)))
    return join_blobs(encode_json(texts), pack_numbers(ends, ends[-1]), bytes(is_beside), b"".join(values))
