"""Read the XML parts of a workbook as streams.

Nothing grows with a part but the texts that it holds, which are cut. Document types, and with them entities, are
rejected in every encoding.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import BinaryIO, NamedTuple
from xml.parsers import expat  # document types are rejected

from .read_budget import ReadBudget
from .sheet_notes import NO_FORMULA_VALUE, SheetNotes

_CHUNK_BYTES = 128 * 1024
_MAX_SILENT_BYTES = 1024 * 1024  # of one tag or comment, which the parser has to hold
_MAX_DEPTH = 100
_MAX_COLLECTED = 200_000  # elements whose attributes are kept
_MAX_FILLED = 8_000_000  # characters of merged cells
_MAX_ROW, _MAX_COLUMN = 1_048_576, 16_384  # those of Excel
_CELL_REFERENCE = re.compile(r"\$?([A-Za-z]{1,3})\$?([0-9]{1,7})\Z")
_ESCAPED_CHARACTER = re.compile(r"_x([0-9A-Fa-f]{4})_")
#: The text of a cell: its text in the file, its type and its style.
CellDecoder = Callable[[str, str, str], str]


class PartHandler:
    """Receives the elements of one part by local name, and the text of those it asks for.

    `max_text` is the length at which the text of an element is cut.
    """

    def __init__(self, max_text: int) -> None:
        self._max_text = max_text
        self._text_parts: list[str] = []
        self._text_length = 0
        self.collects_text = False

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """Handle a start tag."""

    def end(self, name: str) -> None:
        """Handle an end tag."""

    def add_text(self, text: str) -> None:
        """Add a piece of text to the collected text."""
        if self.collects_text and self._text_length <= self._max_text:
            self._text_parts.append(text[: self._max_text + 1 - self._text_length])
            self._text_length += len(text)

    def take_text(self) -> str:
        """Return the collected text and start anew."""
        text = "".join(self._text_parts)
        self._text_parts.clear()
        self._text_length = 0
        return _ESCAPED_CHARACTER.sub(lambda match: chr(int(match[1], 16)), text) if "_x" in text else text


def parse_part(stream: BinaryIO, handler: PartHandler, max_elements: int, budget: ReadBudget) -> Iterator[None]:
    """Pass the elements of a part to `handler`, and yield after every chunk.

    Raises `ValueError` when the part has too many elements or an overlong one, and `expat.ExpatError` when it is not
    well-formed.
    """
    counter = _BoundedEvents(handler, max_elements)
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = counter.start
    parser.EndElementHandler = counter.end
    parser.CharacterDataHandler = counter.add_text
    parser.StartDoctypeDeclHandler = _reject_document_type
    silent_bytes = earlier_events = 0
    while chunk := stream.read(_CHUNK_BYTES):
        budget.check_time()
        parser.Parse(chunk, False)
        silent_bytes = silent_bytes + len(chunk) if counter.events == earlier_events else 0
        earlier_events = counter.events
        if silent_bytes > _MAX_SILENT_BYTES:
            raise ValueError("the workbook has an overlong tag")
        yield
    parser.Parse(b"", True)
    yield


class _BoundedEvents:
    """Passes elements to a handler by their local names, and bounds their number and depth."""

    def __init__(self, handler: PartHandler, max_elements: int) -> None:
        self.events = 0
        self._handler = handler
        self._max_elements = max_elements
        self._elements = self._depth = 0
        self._local_names: dict[str, str] = {}

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self.events += 1
        self._elements += 1
        self._depth += 1
        if self._depth > _MAX_DEPTH:
            raise ValueError("the workbook is nested too deeply")
        if self._elements > self._max_elements:
            raise ValueError(f"the workbook has more than {self._max_elements:,} elements, too many for its size")
        name = self._local_names.get(tag)
        if name is None:
            name = self._local_names[tag] = tag.rpartition(":")[2]
        self._handler.start(name, attributes)

    def end(self, tag: str) -> None:
        self.events += 1
        self._depth -= 1
        self._handler.end(self._local_names[tag])

    def add_text(self, text: str) -> None:
        self.events += 1
        self._handler.add_text(text)


def _reject_document_type(*_: object) -> None:
    raise ValueError("it declares XML entities, which no workbook needs")


class AttributeHandler(PartHandler):
    """Collects the attributes of the elements with some names, by local name; beyond 200,000 they are left out."""

    def __init__(self, *names: str) -> None:
        super().__init__(0)
        self._names = frozenset(names)
        self.elements: list[tuple[str, dict[str, str]]] = []

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """Keep the attributes of an element."""
        if name in self._names and len(self.elements) < _MAX_COLLECTED:
            local_attributes = {key.rpartition(":")[2]: value[:1024] for key, value in attributes.items()}
            self.elements.append((name, local_attributes))


class SharedStringsHandler(PartHandler):
    """Collects the shared strings."""

    def __init__(self, max_text: int) -> None:
        super().__init__(max_text)
        self.strings: list[str] = []
        self._phonetic_depth = 0

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """Start collecting at a text that is not a pronunciation."""
        if name == "rPh":
            self._phonetic_depth += 1
        self.collects_text = name == "t" and not self._phonetic_depth

    def end(self, name: str) -> None:
        """Keep a string."""
        self.collects_text = False
        if name == "rPh":
            self._phonetic_depth -= 1
        elif name == "si":
            self.strings.append(self.take_text())


_HYPERLINK_FORMULA = re.compile(r'\s{0,9}HYPERLINK\(\s{0,9}"(https?://[^"]{1,2000})"', re.IGNORECASE)


class MergedCells(NamedTuple):
    """A column in which the rows from `first_row` to `last_row` show one cell."""

    first_row: int
    last_row: int
    column: int


class SheetHandler(PartHandler):
    """Collects the rows of a sheet in `rows`: number and cells.

    Empty and hidden rows, and cells beyond `max_columns`, are left out. Cells merged with a cell above get its text.
    `notes` receives what is odd about rows. Raises `ValueError` for rows and cells where a sheet has none.
    """

    def __init__(
        self, max_text: int, max_columns: int, decode: CellDecoder, merged: Iterable[MergedCells], notes: SheetNotes
    ) -> None:
        super().__init__(max_text)
        self._max_columns = max_columns
        self._decode = decode
        self._merged = deque(sorted(merged))
        self._open_merged: dict[int, tuple[int, str]] = {}  # column -> last row, and text
        self._filled_length = 0
        self._notes = notes
        self._is_in_data = self._is_hidden = self._has_formula = self._lacks_value = False
        self._phonetic_depth = 0
        self._row = self._column = 0
        self._cells: list[str] = []
        self._type = self._style = ""
        self.rows: list[tuple[int, list[str]]] = []
        self.hidden_count = 0

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """Start a row, a cell or a value."""
        if not self._is_in_data:
            self._is_in_data = name == "sheetData"
        elif name == "c":
            self._column = _column_number(attributes.get("r", ""), self._column + 1)
            self._type, self._style = attributes.get("t", "n"), attributes.get("s", "")
            self._has_formula = False
        elif name in ("v", "t"):
            self.collects_text = not self._phonetic_depth
        elif name == "f":
            self._has_formula = self.collects_text = True
        elif name == "row":
            self._start_row(attributes)
        elif name == "rPh":
            self._phonetic_depth += 1

    def _start_row(self, attributes: Mapping[str, str]) -> None:
        number = attributes.get("r", "")
        row = int(number) if number.isdecimal() and len(number) < 10 else self._row + 1
        if not self._row < row <= _MAX_ROW:
            raise ValueError(f"the workbook is damaged: row {row:,} after row {self._row:,}")
        self._row, self._column, self._cells = row, 0, []
        self._is_hidden, self._lacks_value = attributes.get("hidden") in ("1", "true"), False

    def end(self, name: str) -> None:
        """Keep a cell or a row."""
        self.collects_text = False
        if not self._is_in_data:
            return
        if name == "c":
            self._end_cell()
        elif name == "f":
            if link := _HYPERLINK_FORMULA.match(self.take_text()):
                self._notes.add_link(self._row, self._column - 1, link[1])
        elif name == "row":
            self._end_row()
        elif name == "rPh":
            self._phonetic_depth -= 1
        elif name == "sheetData":
            self._is_in_data = False

    def _end_cell(self) -> None:
        text = self.take_text()
        if text and self._column <= self._max_columns:
            self._cells += [""] * (self._column - 1 - len(self._cells))
            self._cells.append(self._decode(text, self._type, self._style))
        self._lacks_value |= self._has_formula and not text and self._type != "str"

    def _end_row(self) -> None:
        self._fill_merged()
        if self._is_hidden:
            self.hidden_count += any(self._cells)
        elif self._cells or self._lacks_value:
            self.rows.append((self._row, self._cells))
            if self._lacks_value:
                self._notes.doubts[self._row] = NO_FORMULA_VALUE
        self._cells = []

    def _fill_merged(self) -> None:
        """Give cells the text of the cell above that they are merged with, and remember the first cells of others."""
        for column, (last_row, text) in [*self._open_merged.items()]:
            if last_row < self._row:
                del self._open_merged[column]
            elif self._cells and column <= self._max_columns and not "".join(self._cells[column - 1 : column]):
                self._cells += [""] * (column - len(self._cells))
                self._cells[column - 1] = text
                self._filled_length += len(text)
        if self._filled_length > _MAX_FILLED:
            raise ValueError("it has more text than a list can hold")
        while self._merged and self._merged[0].first_row <= self._row:
            merged = self._merged.popleft()
            text = "".join(self._cells[merged.column - 1 : merged.column])
            if merged.first_row == self._row and text and merged.column <= self._max_columns:
                self._open_merged[merged.column] = (merged.last_row, text)


def merged_cells(reference: str) -> MergedCells | None:
    """Return the merged cells of "A2:A4", or None where only one row, or nothing, is merged."""
    first, _, last = reference.partition(":")
    first_cell, last_cell = _CELL_REFERENCE.match(first), _CELL_REFERENCE.match(last)
    if first_cell is None or last_cell is None or int(first_cell[2]) >= int(last_cell[2]):
        return None
    return MergedCells(int(first_cell[2]), int(last_cell[2]), _letters_number(first_cell[1]))


def cell_position(reference: str) -> tuple[int, int]:
    """Return the row, from 1, and the column, from 0, of "AB12" or "AB12:AC13"; (0, 0) for anything else."""
    match = _CELL_REFERENCE.match(reference.partition(":")[0])
    return (int(match[2]), _letters_number(match[1]) - 1) if match else (0, 0)


def _letters_number(letters: str) -> int:
    column = 0
    for letter in letters.upper():
        column = column * 26 + ord(letter) - 64
    return column


def _column_number(reference: str, next_column: int) -> int:
    """Return the column of "AB12", from 1, or `next_column` without a reference."""
    match = _CELL_REFERENCE.match(reference)
    column = next_column if match is None else _letters_number(match[1])
    if not next_column <= column <= _MAX_COLUMN:
        raise ValueError("the workbook is damaged: its cells are out of order")
    return column
