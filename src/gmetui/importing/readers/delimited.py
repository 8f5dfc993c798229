"""Bytes to rows of texts: which encoding, which delimiter; read line by line, so that a long file costs no memory."""

from __future__ import annotations

import codecs
import csv
import io
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from typing import BinaryIO

from .open_file import Bounds

_DELIMITERS = ",\t;|"
_CHUNK = 1024 * 1024
_LINE = 4 * 1024 * 1024  # letters in a line
_SAMPLE = 200  # lines that show how a file is built
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
#: What stands outside ASCII in American lists; an encoding that gives something else was not the one.
_EXPECTED = frozenset("áàâäãåéèêëíìîïóòôöõúùûüñçÁÀÂÄÉÈÊËÍÓÖÚÜÑÇßøØ–—‘’“”•…®™©°·½§\u00a0")
_OLD = ("cp1252", "mac_roman", "cp437")  # Excel on Windows, on old Macs, and what came before


def encoding_of(file: BinaryIO) -> str:
    """Return the encoding of a text. Raises `ValueError` for bytes that no text has."""
    file.seek(0)
    head = file.read(_CHUNK)
    for mark, name in _MARKS:
        if head.startswith(mark):
            return name
    even, odd = head[0:4096:2].count(0), head[1:4096:2].count(0)
    if even or odd:
        half = len(head[:4096]) // 2
        if odd > half * 0.6 and even < half * 0.1:
            return "utf-16-le"
        if even > half * 0.6 and odd < half * 0.1:
            return "utf-16-be"
        raise ValueError("it holds bytes that no text has")
    return "utf-8" if _is_utf8(file, head) else _old_encoding(file)


def _is_utf8(file: BinaryIO, chunk: bytes) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        while chunk:
            if b"\0" in chunk:
                raise ValueError("it holds bytes that no text has")
            decoder.decode(chunk)
            chunk = file.read(_CHUNK)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _old_encoding(file: BinaryIO) -> str:
    """Return the one-byte encoding whose letters are most like those of names."""
    file.seek(0)
    found: Counter[int] = Counter()
    while chunk := file.read(_CHUNK):
        found.update(chunk.translate(None, bytes(range(128))))
    own = {name: sum(n for byte, n in found.items() if _letter(byte, name) in _EXPECTED) for name in _OLD}
    return max(_OLD, key=lambda name: own[name])


def _letter(byte: int, encoding: str) -> str:
    return bytes([byte]).decode(encoding, "replace")


def text_of(file: BinaryIO) -> str:
    """Return a whole text. Raises `ValueError` for bytes that no text has."""
    encoding = encoding_of(file)
    file.seek(0)
    return file.read().decode(encoding, "replace")


def lines_of(file: BinaryIO) -> Iterator[str]:
    """Yield the lines of a text with their ends. Raises `ValueError` for one that no list has."""
    encoding = encoding_of(file)
    file.seek(0)
    text = io.TextIOWrapper(file, encoding, errors="replace", newline="")
    try:
        while line := text.readline(_LINE):
            if len(line) == _LINE:
                raise ValueError(f"a line has more than {_LINE:,} letters")
            yield line
    finally:
        with suppress(ValueError):  # the file is closed already
            text.detach()


def delimiter_of(lines: Sequence[str]) -> tuple[str, float]:
    """Return what separates the columns of a text, and how much of it has the same number of columns (0 to 1)."""
    best = (",", 0.0, 1)
    for sign in _DELIMITERS:
        try:
            counts = Counter(len(row) for row in csv.reader(lines, delimiter=sign) if len(row) > 1)
        except csv.Error:
            continue
        columns, rows = counts.most_common(1)[0] if counts else (1, 0)
        share = rows / max(1, sum(1 for line in lines if line.strip()))
        if (round(share, 1), columns) > (round(best[1], 1), best[2]):
            best = (sign, share, columns)
    return best[0], best[1]


def sample_of(file: BinaryIO) -> list[str]:
    """Return the first lines, which show how a text is built. One long line is shown by its begin."""
    encoding = encoding_of(file)
    file.seek(0)
    text = codecs.getincrementaldecoder(encoding)("replace").decode(file.read(_CHUNK))
    lines = text.splitlines(keepends=True)
    return lines[: min(_SAMPLE, max(1, len(lines) - (len(text) > _CHUNK // 8)))]


def delimited(lines: Iterable[str], delimiter: str, bounds: Bounds) -> Iterator[list[str]]:
    """Yield the rows of a text. Raises `ValueError` for more columns or longer cells than lists have."""
    csv.field_size_limit(max(bounds.cell * 4, 1024))
    try:
        for row in csv.reader(lines, delimiter=delimiter, strict=False):
            if len(row) > bounds.columns:
                raise ValueError(f"a row has more than {bounds.columns:,} columns")
            yield row
    except csv.Error as error:
        raise ValueError("a cell is too long for a list, or a quotation mark is never closed") from error
