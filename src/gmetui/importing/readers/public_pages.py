"""Read text copied from two public pages: the ACGME's list of programs by specialty, and ERAS's list."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from ..cell_values import parse_state

_BRACKETED_ID = re.compile(r"^\s*\[(\d{9,10})\]\s*")
_ID = re.compile(r"(?<!\d)\d{10}(?!\d)")
_SINGLE_SPACED_LINE = re.compile(r"(\S.*?)\s\[?(\d{10})\]?(?:\s+([A-Z].*))?")
_COLUMN_GAP = re.compile(r"\t+| {2,}|\u2003+")
_MAX_LINE_LENGTH, _MAX_RAW_LINE = 2_000, 20_000
_MAX_ENTRY_LINES = 12
_MAX_LABELS = 5
_ACGME_HEADINGS = [
    *("ACGME id", "Program name", "Address", "Program director", "Accreditation status", "Status date", "Specialty"),
]
_ERAS_HEADINGS = ["State", "City", "Program name", "Accreditation ID", "Participation status", "Specialty"]
_STATUS_COLUMN = _ERAS_HEADINGS.index("Participation status")
_STATUS = re.compile(r"participating|withdrawn|closed|accredit|inactive", re.IGNORECASE)
_DATE = re.compile(r"[\d/.-]{6,10}|[A-Z][a-z]+ \d{1,2}, \d{4}")
_PROGRAM_WORD = re.compile(r"\bProgram ")
_ZIP_CODE = re.compile(r"\d{5}")
_PERSON = re.compile(r",\s*(?:MD|M\.D\.|DO|PhD|MBBS|MPH|MBA|MS|FAC[A-Z]+)\b")
_PAGE_FOOTER = re.compile(r"page \d+|\d+ of \d+|https?://\S+|\d{1,2}/\d{1,2}/\d{2,4}.*", re.IGNORECASE)
_SECTION_SUFFIX = re.compile(r"\s*(?:programs?|\(\d+\)|-\s*\d+)\s*$", re.IGNORECASE)


def is_acgme_list(lines: Sequence[str]) -> bool:
    """Return whether a text is the ACGME's list: `[1402431164] Name | address | director | status | date`."""
    return any(_BRACKETED_ID.match(line) for line in lines)


def is_eras_list(lines: Sequence[str]) -> bool:
    """Return whether a text has program ids in lines that no delimiter divides."""
    filled_lines = [line[:_MAX_RAW_LINE] for line in lines if line.strip()]
    id_lines = [line for line in filled_lines if _ID.search(line)]
    if len(id_lines) < 1 or len(id_lines) < len(filled_lines) / 12:
        return False
    with_columns = sum(len(_COLUMN_GAP.split(line.strip())) >= 4 for line in id_lines)
    with_state = sum(bool(_split_leading_state(line)[0]) for line in id_lines)
    if max(with_columns, with_state) >= len(id_lines) * 0.6:
        return True
    has_states = any(map(parse_state, filled_lines)) or len(id_lines) == len(filled_lines)
    return has_states and all(_ID.fullmatch(line.strip()) for line in id_lines)


def _split_leading_state(line: str) -> tuple[str, str]:
    """Return the state name that a line starts with, and the remaining text; ("", line) when it starts otherwise.

    The remaining text is city and program name, which single spaces don't separate.
    """
    parts = line.split(maxsplit=4)
    for count in (3, 2, 1):
        name = " ".join(parts[:count])
        if len(parts) > count + 1 and len(name) > 3 and parse_state(name):
            return name, " ".join(parts[count:])
    return "", line


def read_acgme_list(lines: Iterable[str]) -> Iterator[tuple[int, list[str]]]:
    """Yield headings and rows of the ACGME's list, even where entries wrap; lines between entries name a specialty."""
    yield 0, _ACGME_HEADINGS
    specialty, first_line = "", 0
    entry_lines: list[str] = []
    for number, line in enumerate(lines, 1):
        line = " ".join(line[:_MAX_RAW_LINE].split())[:_MAX_LINE_LENGTH]
        if _BRACKETED_ID.match(line):
            if entry_lines:
                yield first_line, _parse_entry(entry_lines, specialty)
            first_line, entry_lines = number, [line]
        elif entry_lines and line and not _is_complete(entry_lines) and len(entry_lines) < _MAX_ENTRY_LINES:
            entry_lines.append(line)
        elif line and not _PAGE_FOOTER.fullmatch(line):
            if entry_lines:
                yield first_line, _parse_entry(entry_lines, specialty)
                entry_lines = []
            specialty = _SECTION_SUFFIX.sub("", line)[:200]
    if entry_lines:
        yield first_line, _parse_entry(entry_lines, specialty)


def _is_complete(entry_lines: Sequence[str]) -> bool:
    """Return whether all five parts of an entry are present."""
    entry = " ".join(entry_lines)
    return entry.count("|") >= 4 and not entry.rstrip().endswith("|")


def _parse_entry(entry_lines: Sequence[str], specialty: str) -> list[str]:
    entry = " ".join(entry_lines)
    bracketed_id = _BRACKETED_ID.match(entry)
    assert bracketed_id is not None
    cells = [cell.strip() for cell in entry[bracketed_id.end() :].split("|")]
    if len(cells) < 5 and (parts := _split_address(cells[0])):  # a line break replaced a bar
        cells[:1] = parts
    if len(cells) > 5:  # the address contains a bar
        cells = [cells[0], ", ".join(cells[1:-3]), *cells[-3:]]
    if len(cells) < 5:  # a part is missing; status and date are recognizable
        date = next((cell for cell in cells[1:] if _DATE.fullmatch(cell)), "")
        status = next((cell for cell in cells[1:] if _STATUS.search(cell)), "")
        others = [cell for cell in cells[1:] if cell not in (date, status) and not _PERSON.search(cell)]
        cells = [cells[0], *[*others, "", ""][:2], status, date]
    return [bracketed_id[1], *cells, specialty]


def _split_address(text: str) -> tuple[str, str] | None:
    """Return a program's name and its address, which has a ZIP code, or None for any other text."""
    word = _PROGRAM_WORD.search(text)
    if word is None or not _ZIP_CODE.search(text, word.end()):
        return None
    return text[: word.end() - 1], text[word.end() :]


def is_single_spaced(lines: Sequence[str]) -> bool:
    """Return whether single spaces separate the columns of a list: city and program name are then one column."""
    stripped_lines = (line[:_MAX_RAW_LINE].strip()[:_MAX_LINE_LENGTH] for line in lines)
    return any(_SINGLE_SPACED_LINE.fullmatch(line) and len(_COLUMN_GAP.split(line)) == 1 for line in stripped_lines)


@dataclass(slots=True)
class _ErasContext:
    """What earlier lines of a list say about the next program: its specialty, its state, and lines of one cell."""

    specialty: str = ""
    state: str = ""
    labels: list[str] = field(default_factory=list)

    def add_label(self, label: str) -> None:
        self.labels = [*self.labels, label][-_MAX_LABELS:]

    def parse_program(self, cells: Sequence[str], id_index: int) -> list[str]:
        """Return the row of a line with an id; when the id stands first, the labels above are its other cells."""
        *other_cells, name = (cells[:id_index] if id_index else self.labels) or [""]
        state = next((cell for cell in other_cells if parse_state(cell)), "")
        self.state = state or self.state
        city = next((cell for cell in reversed(other_cells) if cell != state), "")
        candidates = self.labels if id_index else other_cells[:-2]
        sections = [label for label in candidates if label not in (state, city, name)]
        self.specialty = sections[-1] if sections else self.specialty
        self.labels = []
        status = " ".join(cells[id_index + 1 :])
        return [self.state, city, name, cells[id_index].strip("[]()"), status, self.specialty]


def read_eras_list(lines: Iterable[str], *, single_spaced: bool = False) -> Iterator[tuple[int, list[str]]]:
    """Yield headings and rows of ERAS' lists: columns separated by gaps, or one cell a line, as browsers copy them."""
    name_heading = "City and program" if single_spaced else "Program name"
    yield 0, [name_heading if heading == "Program name" else heading for heading in _ERAS_HEADINGS]
    context = _ErasContext()
    pending: tuple[int, list[str]] | None = None  # a program whose status may be on the next line
    for number, line in enumerate(lines, 1):
        cells = _split_cells(line)
        id_index = next((index for index, cell in enumerate(cells) if _ID.fullmatch(cell.strip("[]()"))), None)
        if id_index is not None:
            if pending is not None:
                yield pending
            pending = number, context.parse_program(cells, id_index)
        elif pending is not None and len(cells) == 1 and _STATUS.search(cells[0]):
            pending[1][_STATUS_COLUMN] = cells[0]
        elif len(cells) == 1 and not _PAGE_FOOTER.fullmatch(cells[0]):
            context.add_label(cells[0])
        if pending is not None and pending[1][_STATUS_COLUMN]:
            yield pending
            pending = None
    if pending is not None:
        yield pending


def _split_cells(line: str) -> list[str]:
    cells = [
        cell.strip() for cell in _COLUMN_GAP.split(line[:_MAX_RAW_LINE].strip()[:_MAX_LINE_LENGTH]) if cell.strip()
    ]
    if len(cells) == 1 and (parts := _SINGLE_SPACED_LINE.fullmatch(cells[0])):
        cells = [cell for cell in (*_split_leading_state(parts[1]), parts[2], parts[3]) if cell]
    return cells
