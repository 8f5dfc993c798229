"""A data file read block by block, so that a list of a million programs needs no more memory than one of a hundred.

A block ends before a `[[program]]` at the beginning of a line. TOML allows no such line anywhere else, except in a
string of several lines: from the first of these on, the rest of the file is one block.
"""

from __future__ import annotations

import os
import re
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from .data_file import open_data_file
from .line_numbers import LineLocator
from .toml_limits import excess_in_toml

#: Bytes of a block.
BLOCK_SIZE = 256 * 1024
_PROGRAM = "[[program]]"
_NEXT_PROGRAM = f"\n{_PROGRAM}"
_TEXT = r'"[^"\\\x00-\x1f\x7f]*"'
#: A line as `gmetui import` writes most of them: a key with a text, a number, or a list of texts.
_PLAIN_LINE = re.compile(rf"^([a-z_]+) = ({_TEXT}|0|[1-9][0-9]{{0,8}}|\[(?:{_TEXT}(?:, {_TEXT})*)?\])\n", re.MULTILINE)
_HEADER = re.compile(r"^\[\[([a-z_]+)\]\]", re.MULTILINE)


class Block(NamedTuple):
    """A part of a file, the number of its first line, from 0, and the share of the file that comes before it."""

    content: bytes
    first_line: int
    share: float


class TomlBlocks:
    """The blocks of a file. Reading raises OSError."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._searched: _SearchedBlocks | None = None

    def __iter__(self) -> Iterator[Block]:
        """Read each block."""
        line, remainder, size, offset = 0, b"", BLOCK_SIZE, 0
        with open_data_file(self._path) as file:
            file_size = max(1, os.fstat(file.fileno()).st_size)
            while content := file.read(size):
                content = remainder + content
                if b'"""' in content or b"'''" in content:
                    remainder = content + file.read()
                    break
                end = content.rfind(_NEXT_PROGRAM.encode()) + 1
                if end:
                    yield Block(content[:end], line, offset / file_size)
                    offset += end
                    line += content.count(b"\n", 0, end)
                remainder, size = content[end:], BLOCK_SIZE if end else 2 * size
        yield Block(remainder, line, offset / file_size)

    def line_of(self, key_path: str) -> int:
        """Return the line of a key path, as `LineLocator` does. Problems in file order are found in one pass."""
        if self._searched is None or not self._searched.may_reach(key_path):
            self._searched = _SearchedBlocks(iter(self))
        return self._searched.line_of(key_path)


class _SearchedBlocks:
    """Blocks in which lines are searched for, one after the other."""

    def __init__(self, blocks: Iterator[Block]) -> None:
        self._blocks = blocks
        self._first_line = 0
        self._headers: Counter[str] = Counter()  # in the blocks before
        self._headers_of_block: Counter[str] = Counter()
        self._locator = LineLocator("")

    def may_reach(self, key_path: str) -> bool:
        """Tell whether a key path is not in a block before the present one."""
        name, index = _table_of(key_path)
        return index >= self._headers[name]

    def line_of(self, key_path: str) -> int:
        """Return the line of a key path, or the last line that was read where there is none."""
        name, index = _table_of(key_path)
        while index >= self._headers[name] + self._headers_of_block[name] and self._read_next():
            pass
        local_index = index - self._headers[name]
        local_path = key_path.replace(f"{name}[{index}]", f"{name}[{local_index}]", 1)
        return self._first_line + self._locator.line_of(local_path)

    def _read_next(self) -> bool:
        block = next(self._blocks, None)
        if block is None:
            return False
        text = block.content.decode("utf-8", "replace")
        self._headers += self._headers_of_block
        self._headers_of_block = Counter(_HEADER.findall(text))
        self._first_line, self._locator = block.first_line, LineLocator(text)
        return True


def _table_of(key_path: str) -> tuple[str, int]:
    """Return the name and index of the table of a key path: ("program", 3) for "program[3].name"."""
    name, _, index = key_path.partition(".")[0].rstrip("]").partition("[")
    return name, int(index or 0)


def parse_programs(text: str) -> list[Mapping[str, Any]] | None:
    """Return the tables of a block, or None when it holds anything but programs. Raises ValueError for invalid TOML.

    Plain lines are read ten times as fast as tomllib does it.
    """
    first, *pieces = f"\n{text}".split(f"{_NEXT_PROGRAM}\n")
    if first.strip():
        return None
    tables = []
    for piece in pieces:
        table = _plain_table(piece)
        if table is None:
            if excess_in_toml(piece):
                return None
            document = tomllib.loads(f"{_PROGRAM}\n{piece}")
            if document.keys() != {"program"} or len(document["program"]) != 1:
                return None
            table = document["program"][0]
        tables.append(table)
    return tables


def _plain_table(text: str) -> Mapping[str, Any] | None:
    """Return a table of plain lines, with an empty one at the end or none."""
    lines = _PLAIN_LINE.findall(text)
    if len(lines) != text.count("\n") - text.endswith("\n\n") or not text.endswith("\n"):
        return None
    table = {key: _plain_value(value) for key, value in lines}
    return table if len(table) == len(lines) else None


def _plain_value(value: str) -> str | int | list[str]:
    if value[0] == '"':
        return value[1:-1]
    if value[0] == "[":
        return value[2:-2].split('", "') if len(value) > len("[]") else []
    return int(value)
