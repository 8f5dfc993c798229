"""Parsed data files. Of a long imported list, a part at a time."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from ..errors import DataError, FileError, Problem
from ..progress import ReportShare, ignore_share
from ..text import sanitize
from .reader import Table
from .toml_blocks import Block, TomlBlocks, parse_programs
from .toml_limits import excess_in_toml

_MAX_KEY_LENGTH = 80


class DataDocument(NamedTuple):
    """One parsed data file; `text` is its source, for line numbers ("" if it was not read from TOML).

    Of a long imported list only the first of its `blocks` is parsed.
    """

    file: str
    tables: Table
    text: str = ""
    blocks: TomlBlocks | None = None


def file_document(path: Path, file: str) -> DataDocument:
    """Parse a data file called `file`: all of it, or of a long imported list the tables before its programs."""
    blocks = TomlBlocks(path)
    with _reporting_read_errors(file):
        remaining = iter(blocks)
        first = next(remaining)
        head = parse(file, first.content) if (following := next(remaining, None)) else None
        if head is not None and "import" in head.tables:
            return head._replace(text="", blocks=blocks)
        return parse(
            file,
            b"".join((first.content, *((block.content for block in (following, *remaining)) if following else ()))),
        )


def read_parts(path: Path) -> Iterator[DataDocument]:
    """Parse a data file, a long imported list in parts. Raises `DataError` or `FileError`."""
    document = file_document(path, sanitize(str(path)))
    yield document
    yield from remaining_documents(document)


def remaining_documents(document: DataDocument, report_progress: ReportShare = ignore_share) -> Iterator[DataDocument]:
    """Parse the blocks of a long imported list after the first one. Raises as `parse` does."""
    with _reporting_read_errors(document.file):
        for block in islice(document.blocks or (), 1, None):
            report_progress(block.share)
            try:
                programs = parse_programs(block.content.decode("utf-8"))
            except ValueError:
                programs = None
            if programs is None:
                yield _parse_block(document.file, block)
            else:
                yield document._replace(tables={"program": programs})


def _parse_block(file: str, block: Block) -> DataDocument:
    try:
        return parse(file, block.content)
    except DataError as error:
        raise DataError(
            [problem._replace(line=problem.line + block.first_line) for problem in error.problems]
        ) from None


@contextmanager
def _reporting_read_errors(file_name: str) -> Iterator[None]:
    """Raise what goes wrong with a file as `FileError`."""
    try:
        yield
    except (OSError, ValueError, RuntimeError) as error:  # the latter two for a NUL in a name and a loop of links
        reason = getattr(error, "strerror", None) or sanitize(str(error))
        raise FileError(f"gmetui: cannot read {file_name}: {reason}") from error


def parse(file: str, content: bytes) -> DataDocument:
    """Parse one TOML file. Raises `DataError` that names the line of a syntax error."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise DataError([Problem(file, line, "file", "is not UTF-8 text", "save it as UTF-8")]) from error
    if excess := excess_in_toml(text):
        lines = text.split("\n")
        number = max(range(len(lines)), key=lambda index: lines[index].count("."))
        raise DataError([Problem(file, number + 1, "file", f"has {excess}")])
    try:
        return DataDocument(file, tomllib.loads(text), text)
    except tomllib.TOMLDecodeError as error:
        raise DataError([_syntax_problem(file, text, str(error))]) from error
    except RecursionError as error:
        raise DataError([Problem(file, *_deepest_value(text), "is nested too deeply to be program data")]) from error
    except ValueError as error:  # int() limits its digits
        raise DataError([Problem(file, *_longest_number(text), "has a number with too many digits")]) from error


def _longest_number(text: str) -> tuple[int, str]:
    """Return the line of the longest number, and its key."""
    longest = max(re.finditer(r"[0-9_]+", text), key=lambda match: len(match[0]))
    return _line_and_key(text, longest.start())


def _deepest_value(text: str) -> tuple[int, str]:
    """Return the line with the most brackets, and its key."""
    lines = text.split("\n")
    number = max(range(len(lines)), key=lambda index: lines[index].count("[") + lines[index].count("{"))
    return _line_and_key(text, sum(len(line) + 1 for line in lines[:number]) + len(lines[number]))


def _line_and_key(text: str, position: int) -> tuple[int, str]:
    """Return the line of a position in a TOML text, and the key before it in this line."""
    line_start = text.rfind("\n", 0, position) + 1
    key, separator, _ = text[line_start:position].partition("=")
    return text.count("\n", 0, position) + 1, sanitize(key.strip(" \t[]{}"))[:_MAX_KEY_LENGTH] if separator else "file"


def _syntax_problem(file: str, text: str, error_text: str) -> Problem:
    """Return a problem at the line that tomllib names: "Expected … (at line 3, column 5)"."""
    description, _, position = error_text.partition(" (at ")
    numbers = "".join(character if character.isdecimal() else " " for character in position).split()
    line = int(numbers[0]) if numbers else text.count("\n") + 1
    return Problem(file, line, "file", f"is not valid TOML: {sanitize(description)}", "data/README.md shows the format")
