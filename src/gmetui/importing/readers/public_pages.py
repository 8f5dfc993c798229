"""Text copied from public pages: the ACGME's list of programs by specialty, and ERAS' participating programs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from ..cell_values import state_of

_BRACKETED = re.compile(r"^\s*\[(\d{9,10})\]\s*")
_ID = re.compile(r"(?<!\d)\d{10}(?!\d)")
_ONE = re.compile(r"(\S.*?)\s\[?(\d{10})\]?(?:\s+([A-Z].*))?")
_APART = re.compile(r"\t+| {2,}|\u2003+")
_LINE = 2_000
_PARTS = 12  # lines of one program
_ACGME = ["ACGME id", "Program name", "Address", "Program director", "Accreditation status", "Status date", "Specialty"]
_ERAS = ["State", "City", "Program name", "Accreditation ID", "Participation status", "Specialty"]
_TOGETHER = "City and program"
_STATUS = re.compile(r"participating|withdrawn|closed|accredit|inactive", re.IGNORECASE)
_GLUED = re.compile(r"(.*?\bProgram) (?=.*\d{5})(.*)")
_PERSON = re.compile(r",\s*(?:MD|M\.D\.|DO|PhD|MBBS|MPH|MBA|MS|FAC[A-Z]+)\b")
_PAGE = re.compile(r"page \d+|\d+ of \d+|https?://\S+|\d{1,2}/\d{1,2}/\d{2,4}.*", re.IGNORECASE)


def is_bracketed(lines: Sequence[str]) -> bool:
    """Tell whether a text is the ACGME's list: `[1402431164] Name | address | director | status | date`."""
    return any(_BRACKETED.match(line) for line in lines)


def is_listing(lines: Sequence[str]) -> bool:
    """Tell whether a text has programs' ids in lines that no delimiter divides."""
    filled = [line for line in lines if line.strip()]
    with_id = [line for line in filled if _ID.search(line)]
    if len(with_id) < 1 or len(with_id) < len(filled) / 12:
        return False
    apart = sum(len(_APART.split(line.strip())) >= 4 for line in with_id)
    begun = sum(bool(_state_before(line)[0]) for line in with_id)
    return max(apart, begun) >= len(with_id) * 0.6 or all(_ID.fullmatch(line.strip()) for line in with_id)


def _state_before(line: str) -> tuple[str, str]:
    """Return the state's name that a line begins with, and the rest of the line; ("", line) where it begins otherwise.

    The rest of such a line has city and name, which a single space does not tell apart.
    """
    words = line.split()
    for count in (3, 2, 1):
        name = " ".join(words[:count])
        if len(words) > count + 1 and len(name) > 3 and state_of(name):
            return name, " ".join(words[count:])
    return "", line


def bracketed(lines: Iterable[str]) -> Iterator[tuple[int, list[str]]]:
    """Yield headings and rows of the ACGME's list, also where it is wrapped; lines between are specialties."""
    yield 0, _ACGME
    specialty, begun = "", 0
    parts: list[str] = []
    for number, line in enumerate(lines, 1):
        line = line.strip()[:_LINE]
        if _BRACKETED.match(line):
            if parts:
                yield begun, _bracketed(parts, specialty)
            begun, parts = number, [line]
        elif parts and line and not _ends(parts) and len(parts) < _PARTS:
            parts.append(line)
        elif line and not _PAGE.fullmatch(line):
            if parts:
                yield begun, _bracketed(parts, specialty)
                parts = []
            specialty = re.sub(r"\s*(?:programs?|\(\d+\)|-\s*\d+)\s*$", "", line, flags=re.IGNORECASE)[:200]
    if parts:
        yield begun, _bracketed(parts, specialty)


def _ends(parts: Sequence[str]) -> bool:
    """Tell whether all five parts of a program are there."""
    whole = " ".join(parts)
    return whole.count("|") >= 4 and not whole.rstrip().endswith("|")


def _bracketed(lines: Sequence[str], specialty: str) -> list[str]:
    whole = " ".join(lines)
    found = _BRACKETED.match(whole)
    assert found is not None
    cells = [cell.strip() for cell in whole[found.end() :].split("|")]
    if len(cells) < 5 and (glued := _GLUED.match(cells[0])):  # a line break stood for a bar
        cells[:1] = glued.groups()
    if len(cells) > 5:  # the address has a bar of its own
        cells = [cells[0], ", ".join(cells[1:-3]), *cells[-3:]]
    if len(cells) < 5:  # a part is missing: the status and the date tell themselves
        date = next((cell for cell in cells[1:] if re.fullmatch(r"[\d/.-]{6,10}|[A-Z][a-z]+ \d{1,2}, \d{4}", cell)), "")
        status = next((cell for cell in cells[1:] if _STATUS.search(cell)), "")
        rest = [cell for cell in cells[1:] if cell not in (date, status) and not _PERSON.search(cell)]
        cells = [cells[0], rest[0] if rest else "", rest[1] if len(rest) > 1 else "", status, date]
    return [found[1], *cells, specialty]


def is_single_spaced(lines: Sequence[str]) -> bool:
    """Tell whether a listing has single spaces between its columns: city and name are then one."""
    return any(_ONE.fullmatch(line.strip()) and len(_APART.split(line.strip())) == 1 for line in lines)


def listing(lines: Iterable[str], *, single: bool = False) -> Iterator[tuple[int, list[str]]]:
    """Yield headings and rows of ERAS' lists: columns apart by spaces, or one cell a line, as pages are copied."""
    yield 0, [_TOGETHER if single and title == "Program name" else title for title in _ERAS]
    specialty, state = "", ""
    waiting: list[str] = []
    kept: tuple[int, list[str]] | None = None
    for number, line in enumerate(lines, 1):
        cells = [cell.strip() for cell in _APART.split(line.strip()[:_LINE]) if cell.strip()]
        if len(cells) == 1 and (one := _ONE.fullmatch(cells[0])):  # single spaces
            cells = [cell for cell in (*_state_before(one[1]), one[2], one[3]) if cell]
        place = next((at for at, cell in enumerate(cells) if _ID.fullmatch(cell.strip("[]()"))), None)
        if place is not None and (kept := _finished(kept)) is not None:
            yield kept
            kept = None
        if place is None:
            if kept is not None and len(cells) == 1 and _STATUS.search(cells[0]):
                yield kept[0], [*kept[1][:4], cells[0], kept[1][5]]
                kept = None
            elif len(cells) == 1 and not _PAGE.fullmatch(cells[0]):
                waiting = [*waiting[-4:], cells[0]]
            continue
        before = cells[:place] if place else waiting
        *rest, name = before or [""]
        where = next((own for own in rest if state_of(own)), "")
        state = where or state
        city = next((own for own in reversed(rest) if own != where), "")
        heading = [own for own in (waiting if place else rest[:-2]) if own not in (where, city, name)]
        specialty = heading[-1] if heading else specialty
        waiting = []
        kept = (number, [state, city, name, cells[place].strip("[]()"), " ".join(cells[place + 1 :]), specialty])
        if kept[1][4]:
            yield kept
            kept = None
    if kept is not None:
        yield kept


def _finished(kept: tuple[int, list[str]] | None) -> tuple[int, list[str]] | None:
    return kept
