"""Read text copied from the NRMP's directory of programs, where each cell is a line and codes have labels."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from ..cell_values import parse_city_state
from ..identifiers import find_acgme_ids, find_match_codes

_HEADINGS = ["Specialty", "City", "State", "Institution", "NRMP code", "ACGME code", "Application service"]
_LABEL = re.compile(r"(?:nrmp|acgme)(?: program)? (?:code|id|number)\s*:?\s*(.{0,40})", re.IGNORECASE)
_STATE_SUFFIX = re.compile(r"-[A-Z]{2}$")
_MAX_LINE, _MAX_BLOCK = 2_000, 40
_MIN_LABELS = 2


def is_match_directory(lines: Sequence[str]) -> bool:
    """Return whether a text has lines such as "NRMP code", each above or before a code."""
    labels = sum(_LABEL.fullmatch(line[:_MAX_LINE].strip()) is not None for line in lines)
    return labels >= _MIN_LABELS and any(map(_is_place, (line[:_MAX_LINE].strip() for line in lines)))


def read_match_directory(lines: Iterable[str]) -> Iterator[tuple[int, list[str]]]:
    """Yield headings and rows. Each row has the number of the line that names the specialty."""
    yield 0, _HEADINGS
    block: list[tuple[int, str]] = []
    codes: dict[str, str] = {}
    for number, raw_line in enumerate(lines, 1):
        line = " ".join(raw_line[:_MAX_LINE].split())
        if _LABEL.fullmatch(line) or (find_match_codes(line) or find_acgme_ids(line)):
            codes.update(_codes_in(line))
        elif line:
            if codes and block and _is_place(line):  # the line above is the specialty of the next program
                *lines_of_program, specialty = block
                if row := _parse_block(lines_of_program, codes):
                    yield row
                block, codes = [specialty], {}
            block = [*block, (number, line)][-_MAX_BLOCK:]
    if row := _parse_block(block, codes):
        yield row


def _codes_in(line: str) -> dict[str, str]:
    match_codes, acgme_ids = find_match_codes(line), find_acgme_ids(line)
    return {**({"nrmp": match_codes[0]} if match_codes else {}), **({"acgme": acgme_ids[0]} if acgme_ids else {})}


def _is_place(line: str) -> bool:
    return "," in line and bool(parse_city_state(line)[1])


def _parse_block(block: Sequence[tuple[int, str]], codes: dict[str, str]) -> tuple[int, list[str]] | None:
    """Return the row of a program: the specialty above its place, the institution below."""
    place_index = next((index for index, (_number, line) in enumerate(block) if _is_place(line)), None)
    if not place_index or not codes or place_index + 1 >= len(block):
        return None
    number, specialty = block[place_index - 1]
    city, state = parse_city_state(block[place_index][1])
    institution = _STATE_SUFFIX.sub("", block[place_index + 1][1])
    service = "ERAS" if any("ERAS" in line for _number, line in block) else ""
    return number, [specialty, city, state, institution, codes.get("nrmp", ""), codes.get("acgme", ""), service]
