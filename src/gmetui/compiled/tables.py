"""Records and tables: in an archive, where each entry is read when it is looked at, or in memory."""

from __future__ import annotations

from abc import abstractmethod
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property, lru_cache

from ..lean_typing import Any, NamedTuple, TypeVar, overload
from .archive import Archive, BlockList, Place, decode_texts, split_blobs, unpack_places
from .numbers import unpack_numbers
from .sections import RECORD_BLOCK

T = TypeVar("T")

_CACHED_BLOCKS = 128  # of one table or list of records
_CACHED_RECORDS = 512


class _TableBlock(NamedTuple):
    """A block of a table: its texts, where the value of each ends, and which values are places of longer ones."""

    texts: Sequence[str]
    ends: Sequence[int]
    is_beside: bytes
    values: bytes

    def value(self, position: int) -> bytes:
        """Return the value at a position, or the place of it."""
        return self.values[self.ends[position - 1] if position else 0 : self.ends[position]]


class Entries(Sequence[T]):
    """Chosen entries of a sequence, by their numbers."""

    def __init__(self, sequence: Sequence[T], numbers: Sequence[int]) -> None:
        self._sequence = sequence
        self.numbers = numbers

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self.numbers)

    @overload
    def __getitem__(self, index: int) -> T: ...
    @overload
    def __getitem__(self, index: slice) -> Entries[T]: ...
    def __getitem__(self, index: int | slice) -> T | Entries[T]:
        """Return one entry, or some of them."""
        if isinstance(index, slice):
            return Entries(self._sequence, self.numbers[index])
        return self._sequence[self.numbers[index]]

    def __iter__(self) -> Iterator[T]:
        """Yield each entry."""
        return map(self._sequence.__getitem__, self.numbers)

    def __eq__(self, other: object) -> bool:
        """Tell whether another sequence has the same entries."""
        return isinstance(other, Sequence) and len(self) == len(other) and all(map(_is_equal, self, other))

    def __hash__(self) -> int:
        """Return the hash of the tuple of the entries."""
        return hash(tuple(self))


class StoredRecords(Sequence[T]):
    """The records of an archive, each decoded when it is looked at. Those looked at last are kept."""

    def __init__(self, archive: Archive, name: str, decode: Callable[[bytes], T]) -> None:
        self._archive = archive
        self._decode = decode
        self._block_list = archive.block_list(name)
        self._places = lru_cache(_CACHED_BLOCKS)(self._read_places)
        self._record = lru_cache(_CACHED_RECORDS)(self._read_record)

    def __len__(self) -> int:
        """Return the number of records."""
        return self._block_list.size

    @overload
    def __getitem__(self, index: int) -> T: ...
    @overload
    def __getitem__(self, index: slice) -> Entries[T]: ...
    def __getitem__(self, index: int | slice) -> T | Entries[T]:
        """Return one record, or some of them, which are decoded when they are looked at."""
        if isinstance(index, slice):
            return Entries(self, range(len(self))[index])
        return self._record(index if index >= 0 else len(self) + index)

    def __iter__(self) -> Iterator[T]:
        """Decode each record, without keeping any."""
        for block in range(len(self._block_list.places)):
            for place in self._read_places(block):
                yield self._decode(self._archive.blob(place))

    def __eq__(self, other: object) -> bool:
        """Tell whether another sequence has the same records."""
        return isinstance(other, Sequence) and len(self) == len(other) and all(map(_is_equal, self, other))

    def __hash__(self) -> int:
        """Return a hash for this object."""
        return id(self)

    def _read_places(self, block: int) -> Sequence[Place]:
        return unpack_places(self._archive.blob(self._block_list.places[block]))

    def _read_record(self, number: int) -> T:
        if not 0 <= number < len(self):
            raise IndexError(number)
        block, position = divmod(number, RECORD_BLOCK)
        return self._decode(self._archive.blob(self._places(block)[position]))


class NumberedRecords(StoredRecords[T]):
    """Records that have ids; `numbers` has the number of each."""

    def __init__(self, archive: Archive, name: str, decode: Callable[[bytes], T], numbers: Mapping[str, int]) -> None:
        super().__init__(archive, name, decode)
        self.numbers = numbers


def _is_equal(first: object, second: object) -> bool:
    return first == second


class PrefixTable(Mapping[str, T]):
    """Values by text, of which those that start alike can be found together."""

    @abstractmethod
    def with_prefix(self, prefix: str) -> Iterator[tuple[str, T]]:
        """Yield each text that starts with `prefix` and its value, in the order of the texts."""


class MemoryTable(PrefixTable[T]):
    """A table in memory, which is iterated over in the order it was made in."""

    def __init__(self, entries: Mapping[str, T]) -> None:
        self._entries = entries

    def __getitem__(self, key: str) -> T:
        """Return the value of a text."""
        return self._entries[key]

    def __iter__(self) -> Iterator[str]:
        """Yield each text."""
        return iter(self._entries)

    def __len__(self) -> int:
        """Return the number of texts."""
        return len(self._entries)

    @cached_property
    def _sorted_keys(self) -> Sequence[str]:
        return sorted(self._entries)

    def with_prefix(self, prefix: str) -> Iterator[tuple[str, T]]:
        """Yield each text that starts with `prefix` and its value, in the order of the texts."""
        keys = self._sorted_keys
        for position in range(bisect_left(keys, prefix), len(keys)):
            key = keys[position]
            if not key.startswith(prefix):
                return
            yield key, self._entries[key]


class StoredTable(PrefixTable[T]):
    """A table of an archive, read block by block. It is iterated over in the order of its texts."""

    def __init__(self, archive: Archive, name: str, decode: Callable[[bytes], T]) -> None:
        self._archive = archive
        self._name = name
        self._decode = decode
        self._block = lru_cache(_CACHED_BLOCKS)(self._read_block)

    @cached_property
    def _block_list(self) -> BlockList:
        return self._archive.block_list(self._name)

    def __len__(self) -> int:
        """Return the number of texts."""
        return self._block_list.size

    def __iter__(self) -> Iterator[str]:
        """Yield each text."""
        for block in range(len(self._block_list.places)):
            yield from self._read_block(block).texts

    def __getitem__(self, key: str) -> T:
        """Return the value of a text."""
        entry = self._find(key)
        if entry is None:
            raise KeyError(key)
        return self._value(*entry)

    def get(self, key: str, default: Any = None) -> Any:
        """Return the value of a text, or `default` when there is none, as is true of most that are looked up."""
        entry = self._find(key)
        return default if entry is None else self._value(*entry)

    def _find(self, key: str) -> tuple[_TableBlock, int] | None:
        number = bisect_right(self._block_list.first_keys, key) - 1
        if number >= 0:
            block = self._block(number)
            position = bisect_left(block.texts, key)
            if position < len(block.texts) and block.texts[position] == key:
                return block, position
        return None

    def __contains__(self, key: object) -> bool:
        """Tell whether there is a text, without decoding its value."""
        return isinstance(key, str) and self._find(key) is not None

    def with_prefix(self, prefix: str) -> Iterator[tuple[str, T]]:
        """Yield each text that starts with `prefix` and its value, in the order of the texts."""
        first_block = max(0, bisect_left(self._block_list.first_keys, prefix) - 1)
        for number in range(first_block, len(self._block_list.places)):
            block = self._block(number)
            texts = block.texts
            for position in range(bisect_left(texts, prefix), len(texts)):
                if not texts[position].startswith(prefix):
                    return
                yield texts[position], self._value(block, position)

    def _value(self, block: _TableBlock, position: int) -> T:
        value = block.value(position)
        return self._decode(self._archive.blob(unpack_places(value)[0]) if block.is_beside[position] else value)

    def _read_block(self, number: int) -> _TableBlock:
        texts, ends, is_beside, values = split_blobs(self._archive.blob(self._block_list.places[number]), 4)
        return _TableBlock(decode_texts(texts), unpack_numbers(ends), is_beside, values)


class LazyMapping(Mapping[str, T]):
    """A mapping that is made when it is first looked at."""

    def __init__(self, make: Callable[[], Mapping[str, T]]) -> None:
        self._make = make

    @cached_property
    def _entries(self) -> Mapping[str, T]:
        return self._make()

    def __getitem__(self, key: str) -> T:
        """Return the value of a text."""
        return self._entries[key]

    def get(self, key: str, default: Any = None) -> Any:
        """Return the value of a text, or `default` when there is none."""
        return self._entries.get(key, default)

    def __iter__(self) -> Iterator[str]:
        """Yield each text."""
        return iter(self._entries)

    def __len__(self) -> int:
        """Return the number of texts."""
        return len(self._entries)
