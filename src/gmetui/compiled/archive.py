"""The layout of an archive, and reading one.

An archive is a first line with its schema and key, blobs, a directory of what is in them, and a footer. Each blob is
followed by its CRC-32, so that a damaged part is noticed when it is read. It is then read from a copy that is made
again; the checksum in the footer tells whether the copy is the same. Sections have names, and are one of three:

- a part: one blob
- records: blobs by number
- a table: values by text, in the order of the texts, so that those that start alike are found together

The layout itself, and whatever a search reads, is JSON or arrays of numbers, which Python decodes on its own: importing
`msgspec` takes three times as long as starting Python. Values of the model are MessagePack.

This is a layout of our own rather than a database. It was compared with SQLite in November 2026: importing `sqlite3`
takes 7 ms, its connections belong to one thread, a set of a million programs is a chain of 31 pages, and locks have
to be turned off where file systems refuse them. Here a set is one read, and there is nothing to lock.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from itertools import chain
from zlib import crc32

from ..errors import FileError
from ..lean_typing import Any, NamedTuple, NoReturn, TypeVar, overload
from .numbers import pack_numbers, unpack_numbers

T = TypeVar("T")

SCHEMA = b"gmetui archive 4"
END = b"\ngmetui\n"
_FOOTER_SIZES = (8, 4, 4)  # bytes of the numbers in the footer
FOOTER_SIZE = sum(_FOOTER_SIZES) + len(END)
CHECKSUM_SIZE = 4
LENGTH_SIZE = 4  # bytes of the length of a blob within another
LARGEST_FILE = 2**63
#: Scans a value at the beginning of a text, half of the time of `json.loads`, which looks for white space around it.
_scan_json: Callable[[str, int], tuple[Any, int]] = json.JSONDecoder().scan_once  # type: ignore[attr-defined]

#: Reads the bytes at an offset of the file: fewer than asked for where the file ends.
Read = Callable[[int, int], bytes]


class Place(NamedTuple):
    """Where a blob is in the file; its checksum follows it."""

    offset: int
    length: int


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


class BlockList(NamedTuple):
    """Records or a table in blocks: how many entries there are, where each block is, the first text of each."""

    size: int
    places: Sequence[Place]
    first_keys: Sequence[str] = ()

    def encode(self) -> bytes:
        """Return the block list as bytes."""
        return join_blobs(json.dumps(self.size).encode(), pack_places(self.places), encode_texts(self.first_keys))

    @classmethod
    def decode(cls, content: bytes) -> BlockList:
        """Return the block list that `encode` wrote."""
        size, places, first_keys = split_blobs(content, 3)
        return cls(int(size), unpack_places(places), decode_texts(first_keys))


class Directory(NamedTuple):
    """The sections of an archive by name."""

    parts: Mapping[str, Place]
    block_lists: Mapping[str, Place]

    def encode(self) -> bytes:
        """Return the directory as bytes."""
        return json.dumps(self).encode()

    @classmethod
    def decode(cls, content: bytes) -> Directory:
        """Return the directory that `encode` wrote."""
        parts, block_lists = json.loads(content)
        return cls(*({name: Place(*place) for name, place in places.items()} for places in (parts, block_lists)))


def encode_texts(texts: Sequence[str]) -> bytes:
    """Return texts as bytes."""
    return json.dumps(list(texts), ensure_ascii=False).encode("utf-8", "surrogatepass")


def decode_texts(content: bytes) -> list[str]:
    """Return the texts that `encode_texts` encoded."""
    texts: list[str] = decode_json(content)
    return texts


def decode_json(content: bytes) -> Any:
    """Return the value that is encoded as JSON."""
    try:
        return _scan_json(content.decode("utf-8", "surrogatepass"), 0)[0]
    except StopIteration as error:
        raise ValueError("not JSON") from error


def join_blobs(*blobs: bytes) -> bytes:
    """Return some blobs as one: the length of each but the last, then all of them."""
    return b"".join((*(len(blob).to_bytes(LENGTH_SIZE, "little") for blob in blobs[:-1]), *blobs))


def split_blobs(content: bytes, count: int) -> list[bytes]:
    """Return the `count` blobs that `join_blobs` joined."""
    start, blobs = (count - 1) * LENGTH_SIZE, []
    for position in range(0, start, LENGTH_SIZE):
        end = start + int.from_bytes(content[position : position + LENGTH_SIZE], "little")
        blobs.append(content[start:end])
        start = end
    return [*blobs, content[start:]]


def pack_places(places: Sequence[Place]) -> bytes:
    """Return places as bytes."""
    return pack_numbers(chain.from_iterable(places), LARGEST_FILE)


def unpack_places(packed: bytes) -> PlaceList:
    """Return the places that `pack_places` packed."""
    return PlaceList(unpack_numbers(packed))


class Archive:
    """An open archive."""

    def __init__(self, read: Read, directory: Directory, total: int, restore: Callable[[], Archive]) -> None:
        """Use an archive whose directory was read, as `open_archive` does.

        `total` is the checksum of all blobs, one after the other. When a part is damaged, `restore` returns the
        archive that is made again, or raises `FileError`.
        """
        self._read = read
        self._directory = directory
        self._total = total
        self._restore = restore
        self._last_blob: tuple[Place | None, bytes] = None, b""  # parts of one record are read in turn

    def has_part(self, name: str) -> bool:
        """Return whether there is a part of this name."""
        return name in self._directory.parts

    def blob(self, place: Place) -> bytes:
        """Return a blob as it was written. Raises `FileError` when it is damaged and cannot be restored."""
        if place == self._last_blob[0]:
            return self._last_blob[1]
        blob = _read_blob(self._read, place)
        if blob is None:
            copy = self._restore()
            if copy._total != self._total:
                raise damage_error()
            self._read = copy._read
            blob = copy.blob(place)
        self._last_blob = place, blob
        return blob

    def part(self, name: str) -> bytes:
        """Return the content of a part. Raises KeyError when there is none."""
        return self.blob(self._directory.parts[name])

    def value(self, name: str, value_type: type[T]) -> T:
        """Return the value of the model that a part holds as MessagePack."""
        from msgspec import msgpack

        return msgpack.decode(self.part(name), type=value_type)

    def json(self, name: str) -> Any:
        """Return the value that a part holds as JSON."""
        return decode_json(self.part(name))

    def block_list(self, name: str) -> BlockList:
        """Return where the blocks of records or of a table are. Raises KeyError when there are none."""
        return BlockList.decode(self.blob(self._directory.block_lists[name]))


def give_up() -> NoReturn:
    """Restore nothing. Raises `FileError`."""
    raise damage_error()


def open_archive(read: Read, size: int, key: str, restore: Callable[[], Archive] = give_up) -> Archive | None:
    """Return the archive that a file of `size` bytes holds, or None when its schema or its key is another.

    Raises `FileError` when the file is cut off or its directory is damaged. Of another part that is noticed when it is
    read: `restore` must then return the same archive, made again.
    """
    head = first_line(key)
    if read(0, len(head)) != head:
        return None
    body_size = size - FOOTER_SIZE
    if body_size < len(head):
        raise damage_error()
    place, total, is_footer = _decode_footer(read(body_size, FOOTER_SIZE))
    is_whole = is_footer and place.offset + place.length + CHECKSUM_SIZE == body_size
    directory = _read_blob(read, place) if is_whole else None
    if directory is None:
        raise damage_error()
    return Archive(read, Directory.decode(directory), total, restore)


def encode_footer(place: Place, total: int) -> bytes:
    """Return the footer: where the directory is, and the checksum of all blobs."""
    numbers = zip((place.offset, place.length, total), _FOOTER_SIZES, strict=True)
    return b"".join(number.to_bytes(size, "little") for number, size in numbers) + END


def _decode_footer(footer: bytes) -> tuple[Place, int, bool]:
    """Return where the directory is, the checksum of all blobs, and whether this is a footer."""
    numbers, start = [], 0
    for size in _FOOTER_SIZES:
        numbers.append(int.from_bytes(footer[start : start + size], "little"))
        start += size
    offset, length, total = numbers
    return Place(offset, length), total, footer[start:] == END


def _read_blob(read: Read, place: Place) -> bytes | None:
    """Return the blob at a place, or None when it is not what was written."""
    content = read(place.offset, place.length + CHECKSUM_SIZE)
    blob = content[: place.length]
    return blob if content[place.length :] == checksum(blob) else None


def damage_error() -> FileError:
    """Return the error about an archive that is damaged and cannot be restored."""
    return FileError("gmetui: the compiled copy of the programs is damaged; start gmetui again, which makes a new one")


def first_line(key: str) -> bytes:
    """Return the first line of an archive with a key."""
    return b"%s %s\n" % (SCHEMA, key.encode())


def read_mark(beginning: bytes) -> str:
    """Return the key in the first line of an archive, "" if its schema is another."""
    schema, _, key = beginning.partition(b"\n")[0].rpartition(b" ")
    return key.decode("ascii", "replace") if schema == SCHEMA else ""


def checksum(blob: bytes) -> bytes:
    """Return the checksum that follows a blob."""
    return crc32(blob).to_bytes(CHECKSUM_SIZE, "little")
