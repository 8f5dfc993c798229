"""The layout of an archive, and reading one.

An archive is a first line with its schema and key, blobs, a directory of what is in them, and a footer. Each blob is
followed by its CRC-32, so that a damaged part is noticed when it is read. Sections have names, and are one of three:

- a part: one blob
- records: blobs by number
- a table: values by text, in the order of the texts, so that those that start alike are found together

This is a layout of our own rather than a database. It was compared with SQLite in November 2026: importing `sqlite3`
takes 7 ms, its connections belong to one thread, a set of a million programs is a chain of 31 pages, and locks have
to be turned off where file systems refuse them. Here a set is one read, and there is nothing to lock.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from itertools import chain
from typing import Any, NamedTuple, TypeVar, overload
from zlib import crc32

from msgspec import Struct, msgpack

from ..errors import FileError
from .numbers import pack_numbers, unpack_numbers

T = TypeVar("T")

SCHEMA = b"gmetui archive 1"
#: Offset and length of the directory, CRC-32 of all that comes before the footer, and the end of every archive.
FOOTER = struct.Struct("<QII8s")
END = b"\ngmetui\n"
CHECKSUM_SIZE = 4
LARGEST_FILE = 2**63
#: Up to this size, the whole file is checked when it is opened, which takes a millisecond a megabyte.
MAX_CHECKED_SIZE = 32_000_000
_PIECE_SIZE = 2**18

#: Reads the bytes at an offset of the file: fewer than asked for where the file ends.
Read = Callable[[int, int], bytes]


class Place(NamedTuple):
    """Where a blob is in the file; its checksum follows it."""

    offset: int
    length: int


class BlockList(Struct, frozen=True, dict=True):
    """Records or a table in blocks: how many entries there are, where each block is, the first text of each."""

    count: int
    packed_places: bytes
    first_keys: list[str] = []

    @cached_property
    def places(self) -> Sequence[Place]:
        """Where each block is."""
        return unpack_places(self.packed_places)


class PlaceList(Sequence[Place]):
    """Places, each made when it is looked at."""

    def __init__(self, numbers: Sequence[int]) -> None:
        self._numbers = numbers

    def __len__(self) -> int:
        """Return the number of places."""
        return len(self._numbers) // 2

    @overload
    def __getitem__(self, index: int) -> Place: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Place]: ...
    def __getitem__(self, index: int | slice) -> Place | Sequence[Place]:
        """Return one place, or some of them."""
        if isinstance(index, slice):
            return [self[position] for position in range(len(self))[index]]
        return Place(self._numbers[2 * index], self._numbers[2 * index + 1])


class Directory(Struct, frozen=True):
    """The sections of an archive by name."""

    parts: dict[str, Place]
    block_lists: dict[str, Place]


def pack_places(places: Sequence[Place]) -> bytes:
    """Return places as bytes."""
    return pack_numbers(chain.from_iterable(places), LARGEST_FILE)


def unpack_places(packed: bytes) -> PlaceList:
    """Return the places that `pack_places` packed."""
    return PlaceList(unpack_numbers(packed))


class Archive:
    """An open archive."""

    def __init__(self, read: Read, directory: Directory, on_damage: Callable[[], None]) -> None:
        """Use an archive whose directory was read, as `open_archive` does; call `on_damage` if a part is damaged."""
        self._read = read
        self._directory = directory
        self._on_damage = on_damage

    def has_part(self, name: str) -> bool:
        """Return whether there is a part of this name."""
        return name in self._directory.parts

    def blob(self, place: Place) -> bytes:
        """Return a blob. Raises `FileError` when it is not what was written."""
        content = self._read(place.offset, place.length + CHECKSUM_SIZE)
        blob = content[: place.length]
        if content[place.length :] != checksum(blob):
            self._on_damage()
            raise _damage_error()
        return blob

    def part(self, name: str) -> bytes:
        """Return the content of a part. Raises KeyError when there is none."""
        return self.blob(self._directory.parts[name])

    def value(self, name: str, value_type: type[T]) -> T:
        """Return the value that a part holds as MessagePack."""
        return msgpack.decode(self.part(name), type=value_type)

    def mapping(self, name: str) -> Mapping[str, Any]:
        """Return the mapping that a part holds as MessagePack."""
        return self.value(name, dict)

    def block_list(self, name: str) -> BlockList:
        """Return where the blocks of records or of a table are. Raises KeyError when there are none."""
        return msgpack.decode(self.blob(self._directory.block_lists[name]), type=BlockList)


def open_archive(read: Read, size: int, key: str, on_damage: Callable[[], None]) -> Archive | None:
    """Return the archive that a file of `size` bytes holds, or None when its schema or its key is another.

    Raises `FileError` when the file is cut off or damaged. Of a large file that is noticed when the part is read;
    `on_damage` is called before the error is raised.
    """
    head = first_line(key)
    if read(0, len(head)) != head:
        return None
    body_size = size - FOOTER.size
    if body_size < len(head):
        raise _damage_error()
    offset, length, total, end = FOOTER.unpack(read(body_size, FOOTER.size))
    is_whole = end == END and offset + length + CHECKSUM_SIZE == body_size
    if not is_whole or (size <= MAX_CHECKED_SIZE and _total(read, body_size) != total):
        raise _damage_error()
    directory = Archive(read, Directory({}, {}), on_damage).blob(Place(offset, length))
    return Archive(read, msgpack.decode(directory, type=Directory), on_damage)


def _total(read: Read, size: int) -> int:
    """Return the checksum of the first bytes of a file, read piece by piece."""
    total = 0
    for offset in range(0, size, _PIECE_SIZE):
        total = crc32(read(offset, min(_PIECE_SIZE, size - offset)), total)
    return total


def _damage_error() -> FileError:
    return FileError("gmetui: the compiled copy of the programs is damaged; start gmetui again, which makes a new one")


def first_line(key: str) -> bytes:
    """Return the first line of an archive with a key."""
    return b"%s %s\n" % (SCHEMA, key.encode())


def checksum(blob: bytes) -> bytes:
    """Return the checksum that follows a blob."""
    return crc32(blob).to_bytes(CHECKSUM_SIZE, "little")
