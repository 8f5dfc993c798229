"""Codes as files have them: an ACGME id that lost its leading zero, became a decimal number, stands in brackets or has
a track letter; a match code in the column of the other."""

from __future__ import annotations

import re

_ACGME = re.compile(r"(?<![0-9])([0-9]{9,10})(?:\.0+)?[A-Z]?(?![0-9A-Z])")
_MATCH = re.compile(r"(?<![0-9A-Z])([0-9]{7}[A-Z][0-9])(?![0-9A-Z])")


def acgme_ids(cell: str) -> list[str]:
    """Return the ten-digit ids in a cell, each once. Nine digits lost a zero: no specialty's code begins with two."""
    return list(dict.fromkeys(found.zfill(10) for found in _ACGME.findall(cell.upper())))


def match_codes(cell: str) -> list[str]:
    """Return the codes of a match in a cell (seven digits, a letter, a digit), each once."""
    return list(dict.fromkeys(_MATCH.findall(cell.upper())))
