"""Codes as files have them: an ACGME id that lost its leading zero, became a decimal number, stands in brackets or has
a track letter; a match code in the column of the other."""

from __future__ import annotations

import re
from collections.abc import Mapping

_ACGME = re.compile(r"(?<![0-9])([0-9]{9,10})(?:\.0+)?[A-Z]?(?![0-9A-Z])")
_MATCH = re.compile(r"(?<![0-9A-Z])([0-9]{7}[A-Z][0-9])(?![0-9A-Z])")
_LETTER = re.compile(r"(?<![0-9])[0-9]{9,10}([A-Z])(?![0-9A-Z])")
#: What the letter of a position means in the codes of the NRMP's Main Residency Match.
_TRACKS: Mapping[str, str] = {
    "A": "Advanced",
    "C": "Categorical",
    "M": "Primary care",
    "F": "Fellowship",
    "P": "Preliminary",
    "R": "Physician (reserved)",
}


def acgme_ids(cell: str) -> list[str]:
    """Return the ten-digit ids in a cell, each once. Nine digits lost a zero: no specialty's code begins with two."""
    return list(dict.fromkeys(found.zfill(10) for found in _ACGME.findall(cell.upper())))


def match_codes(cell: str) -> list[str]:
    """Return the codes of a match in a cell (seven digits, a letter, a digit), each once."""
    return list(dict.fromkeys(_MATCH.findall(cell.upper())))


def track_letter(cell: str) -> str:
    """Return the letter of a track behind an id, or ""."""
    found = _LETTER.search(cell.upper())
    return found[1] if found else ""


def specialty_in(code: str) -> str:
    """Return characters 5 to 7 of a match code: the digits of its specialty."""
    return code[4:7]


def letter_in(code: str) -> str:
    """Return the letter of a match code: the type of the position."""
    return code[7]


def in_words_of_track(track: str) -> str:
    """Return a track in words: "C" is "Categorical"."""
    return _TRACKS.get(track.upper(), track)
