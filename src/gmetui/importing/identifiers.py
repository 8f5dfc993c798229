"""Find ACGME ids and match codes in cells.

Ids may have lost their leading zero, end in ".0", be in brackets, in scientific notation, or carry a track letter;
either code may be in the column of the other. Match codes may have gaps: "1516 140 C 0", "1516-140-C0".
"""

from __future__ import annotations

import re
from collections.abc import Mapping

_ACGME_ID = re.compile(r"(?<![0-9])([0-9]{9,10})(?:\.0+)?[A-Z]?(?![0-9A-Z])")
_NINE_DIGITS = re.compile(r"[0-9]{9}")
_MATCH_CODE = re.compile(r"(?<![0-9A-Z])([0-9]{4})([ -]?)([0-9]{3})\2([A-Z])\2?([0-9]{1,2})(?![0-9A-Z])")
_SCIENTIFIC_ID = re.compile(r"([0-9])[.,]([0-9]{1,9})E\+?0?([89])", re.IGNORECASE)
_TRACK_LETTER = re.compile(r"(?<![0-9])[0-9]{9,10}([A-Z])(?![0-9A-Z])")
#: Letter of the position type in codes of the NRMP's Main Residency Match -> track name.
_TRACK_NAMES: Mapping[str, str] = {
    "A": "Advanced",
    "C": "Categorical",
    "M": "Primary care",
    "F": "Fellowship",
    "P": "Preliminary",
    "R": "Physician (reserved)",
}


def find_acgme_ids(cell: str) -> list[str]:
    """Return the distinct ten-digit ids in a cell. Nine digits are an id that lost its leading zero."""
    if not _NINE_DIGITS.search(cell) and not _SCIENTIFIC_ID.fullmatch(cell.strip()):
        return []  # true of most cells
    scientific = _SCIENTIFIC_ID.fullmatch(cell.strip())
    if scientific:
        return [] if has_lost_digits(cell) else [(scientific[1] + scientific[2]).zfill(10)]
    return list(dict.fromkeys(digits.zfill(10) for digits in _ACGME_ID.findall(cell.upper())))


def has_lost_digits(cell: str) -> bool:
    """Return whether a cell is an id that a spreadsheet rounded: "1.40243E+09"."""
    scientific = _SCIENTIFIC_ID.fullmatch(cell.strip())
    return scientific is not None and len(scientific[2]) < int(scientific[3])


def find_match_codes(cell: str) -> list[str]:
    """Return the distinct match codes in a cell: seven digits, a letter, one or two digits."""
    return list(
        dict.fromkeys("".join((a, c, letter, n)) for a, _gap, c, letter, n in _MATCH_CODE.findall(cell.upper()))
    )


def track_letter(cell: str) -> str:
    """Return the track letter after an id, or ""."""
    track = _TRACK_LETTER.search(cell.upper())
    return track[1] if track else ""


def institution_digits(match_code: str) -> str:
    """Return the first four digits of a match code, which identify its institution."""
    return match_code[:4]


def specialty_digits(match_code: str) -> str:
    """Return characters 5 to 7 of a match code, which identify its specialty."""
    return match_code[4:7]


def position_letter(match_code: str) -> str:
    """Return the letter of a match code, which identifies the position type."""
    return match_code[7]


def track_name(track: str) -> str:
    """Return the name of a track letter ("C" is "Categorical"); any other text is returned as is."""
    return _TRACK_NAMES.get(track.upper(), track)
