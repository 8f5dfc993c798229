"""Find ACGME ids and match codes in cells.

Ids may have lost their leading zero, end in ".0", be in brackets, or carry a track letter; either code may be in the
column of the other.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

_ACGME_ID = re.compile(r"(?<![0-9])([0-9]{9,10})(?:\.0+)?[A-Z]?(?![0-9A-Z])")
_MATCH_CODE = re.compile(r"(?<![0-9A-Z])([0-9]{7}[A-Z][0-9])(?![0-9A-Z])")
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
    return list(dict.fromkeys(digits.zfill(10) for digits in _ACGME_ID.findall(cell.upper())))


def find_match_codes(cell: str) -> list[str]:
    """Return the distinct match codes in a cell: seven digits, a letter, a digit."""
    return list(dict.fromkeys(_MATCH_CODE.findall(cell.upper())))


def track_letter(cell: str) -> str:
    """Return the track letter after an id, or ""."""
    track = _TRACK_LETTER.search(cell.upper())
    return track[1] if track else ""


def specialty_digits(match_code: str) -> str:
    """Return characters 5 to 7 of a match code, which identify its specialty."""
    return match_code[4:7]


def position_letter(match_code: str) -> str:
    """Return the letter of a match code, which identifies the position type."""
    return match_code[7]


def track_name(track: str) -> str:
    """Return the name of a track letter ("C" is "Categorical"); any other text is returned as is."""
    return _TRACK_NAMES.get(track.upper(), track)
