"""An archive gives back what was put in, reads only what is asked for, and never anything that is damaged."""

from __future__ import annotations

from array import array

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gmetui.compiled import archive as archives
from gmetui.compiled.archive import Archive, give_up, open_archive
from gmetui.compiled.numbers import pack_numbers, unpack_numbers
from gmetui.compiled.sections import (
    BlobSection,
    RecordSection,
    Section,
    TableSection,
    encode_archive,
    json_part,
    value_part,
)
from gmetui.compiled.tables import Entries, LazyMapping, MemoryTable, PrefixTable, StoredRecords, StoredTable
from gmetui.errors import FileError

KEYS = st.text(st.characters(exclude_categories=["Cs"]), max_size=6)
VALUES = st.binary(max_size=600)


class Content:
    """The bytes of an archive, and what was read of them."""

    def __init__(self, *sections: Section) -> None:
        self.content = b"".join(encode_archive("key", sections))
        self.reads: list[tuple[int, int]] = []

    def read(self, offset: int, length: int) -> bytes:
        self.reads.append((offset, length))
        return self.content[offset : offset + length]

    def open(self, key: str = "key") -> Archive | None:
        return open_archive(self.read, len(self.content), key)


def opened(*sections: Section) -> Archive:
    archive = Content(*sections).open()
    assert archive is not None
    return archive


@given(st.dictionaries(KEYS, VALUES, max_size=300), KEYS)
def test_a_table_has_what_was_put_in(entries: dict[str, bytes], prefix: str) -> None:
    table = StoredTable(opened(TableSection("words", entries.items())), "words", bytes)
    assert dict(table) == entries
    assert list(table) == sorted(entries)
    assert len(table) == len(entries)
    assert table.get(prefix) == entries.get(prefix)
    assert (prefix in table) == (prefix in entries)
    expected = [(key, entries[key]) for key in sorted(entries) if key.startswith(prefix)]
    tables: list[PrefixTable[bytes]] = [table, MemoryTable(entries)]
    for some_table in tables:
        assert list(some_table.with_prefix(prefix)) == expected


def test_a_table_of_many_blocks() -> None:
    entries = {f"word {number * 7 % 5000:04}": b"x" * (number % 500) for number in range(5000)}
    table = StoredTable(opened(TableSection("words", entries.items())), "words", len)
    assert [size for _, size in table.with_prefix("word 12")] == [
        len(entries[f"word {number:04}"]) for number in range(1200, 1300)
    ]
    assert table["word 0000"] == 0
    with pytest.raises(KeyError):
        table["word 5000"]
    with pytest.raises(KeyError):
        table[""]


@given(st.lists(VALUES, max_size=20), st.integers(-25, 25))
def test_records_are_a_sequence(blobs: list[bytes], index: int) -> None:
    records = StoredRecords(opened(RecordSection("programs", blobs)), "programs", bytes)
    assert list(records) == blobs
    assert records == blobs
    assert tuple(blobs) == records
    assert len(records) == len(blobs)
    assert list(records[index:]) == blobs[index:]
    assert records[index:] == blobs[index:]
    if -len(blobs) <= index < len(blobs):
        assert records[index] == blobs[index]
    else:
        with pytest.raises(IndexError):
            records[index]


def test_one_record_of_many_is_read_alone() -> None:
    content = Content(RecordSection("programs", (b"%d" % number * 100 for number in range(2000))))
    archive = content.open()
    assert archive is not None
    records = StoredRecords(archive, "programs", bytes)
    content.reads.clear()
    assert records[1234] == b"1234" * 100
    assert sum(length for _, length in content.reads) < 5000
    content.reads.clear()
    assert records[1234] == b"1234" * 100
    assert content.reads == []


def test_parts_hold_values() -> None:
    archive = opened(BlobSection("bits", b"\x00\x01"), json_part("counts", {"a": 1}), value_part("pair", (1, "b")))
    assert archive.part("bits") == b"\x00\x01"
    assert archive.json("counts") == {"a": 1}
    assert archive.value("pair", tuple[int, str]) == (1, "b")
    assert archive.has_part("counts")
    assert not archive.has_part("count")
    with pytest.raises(KeyError):
        archive.part("nowhere")


def test_another_key_or_schema_is_not_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    content = Content(BlobSection("bits", b"x"))
    assert content.open("another key") is None
    assert content.open("ke") is None
    monkeypatch.setattr(archives, "SCHEMA", b"gmetui archive 5")
    assert content.open() is None


@given(st.integers(0, 10_000), st.integers(1, 255), st.sampled_from([b"bits", b"stib", b""]))
def test_no_damage_is_read(position: int, difference: int, restored_bits: bytes) -> None:
    """Whatever byte is another: the archive isn't opened, or what is damaged is read from the same one, made again."""
    others = RecordSection("programs", [b"first", b"second"]), TableSection("words", [("a", b"x" * 300)])
    content, restored = (Content(BlobSection("bits", bits), *others) for bits in (b"bits", restored_bits))
    position %= len(content.content)
    damaged = bytearray(content.content)
    damaged[position] ^= difference
    content.content = bytes(damaged)

    def restore() -> Archive:
        return (restored.open() if restored_bits else None) or give_up()

    try:
        archive = open_archive(content.read, len(damaged), "key", restore)
    except FileError:
        return
    if archive is None:
        assert position < len(archives.first_line("key"))
        return
    try:
        values = [archive.part("bits"), *StoredRecords(archive, "programs", bytes)]
        values.append(StoredTable(archive, "words", bytes)["a"])
    except FileError:
        assert restored_bits != b"bits"
    else:
        assert values == [b"bits", b"first", b"second", b"x" * 300]


@pytest.mark.parametrize("length", [0, 10, 40, 100])
def test_what_is_cut_off_is_not_opened(length: int) -> None:
    content = Content(BlobSection("bits", b"x" * 200))
    content.content = content.content[:length]
    try:
        assert content.open() is None
    except FileError as error:
        assert "damaged" in str(error)  # noqa: PT017


@given(st.lists(st.integers(0, 2**40)))
def test_numbers_survive_packing(numbers: list[int]) -> None:
    packed = pack_numbers(numbers, max(numbers, default=0))
    assert list(unpack_numbers(packed)) == numbers


def test_numbers_take_as_little_room_as_possible() -> None:
    assert [len(pack_numbers([1], largest)) for largest in (255, 256, 65_536, 2**32)] == [2, 3, 5, 9]
    assert pack_numbers([258], 258) == b"H\x02\x01"


def test_entries_are_chosen_from_a_sequence() -> None:
    entries = Entries("abcdef", array("I", [5, 0, 2]))
    assert list(entries) == ["f", "a", "c"]
    assert entries[1] == "a"
    assert entries[-1] == "c"
    assert entries[1:] == ("a", "c")
    assert entries == ("f", "a", "c")
    assert entries != ("f", "a")
    assert hash(entries) == hash(("f", "a", "c"))


def test_a_lazy_mapping_is_made_once() -> None:
    made: list[int] = []

    def make() -> dict[str, int]:
        made.append(1)
        return {"b": 1, "a": 2}

    mapping = LazyMapping(make)
    assert made == []
    assert list(mapping) == ["b", "a"]
    assert mapping["a"] == mapping.get("a") == 2
    assert mapping.get("c") is None
    assert len(mapping) == 2
    assert made == [1]
    table = MemoryTable(mapping)
    assert list(table.with_prefix("a")) == [("a", 2)]
