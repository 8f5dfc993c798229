"""Text: sanitizing what comes from outside, and the wording that all messages share.

Textual and rich pass escape sequences, bidirectional overrides and invisible characters on to the terminal, so every
string from a file, a command line or an error message goes through `sanitize` once, where it enters.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

_LINE_BREAKS = str.maketrans({"\x0b": "\n", "\x0c": "\n", "\x85": "\n", "\u2028": "\n", "\u2029": "\n", "\t": " "})
_MAX_UNCHECKED_LENGTH, _MAX_MARKS = 500, 30
_POSSIBLE_MARK_RUN = rf"[\u0300-\U0010ffff]{{{_MAX_MARKS + 1}}}"  # there are no marks below
_JOINERS = "\u200c\u200d"  # some scripts and emoji families need them
_REMOVED_CATEGORIES = ("Cc", "Cf", "Cs", "Co")  # controls, bidi and zero-width, surrogates, private use


def sanitize(text: str, *, keep_newlines: bool = False) -> str:
    """Return `text` without characters that act on a terminal; `keep_newlines` keeps line breaks. Idempotent."""
    if text.isascii() and text.isprintable():
        return text
    text = without_long_mark_runs(text)
    line = text.replace("\n", "") if keep_newlines else text
    if line.isprintable() and unicodedata.is_normalized("NFC", text):
        return text
    text = text.replace("\r\n", "\n").replace("\r", "\n").translate(_LINE_BREAKS)
    sanitized = (_sanitize_character(character, keep_newlines) for character in text)
    return unicodedata.normalize("NFC", "".join(sanitized))


def without_long_mark_runs(text: str) -> str:
    """Return a long `text` with at most 30 combining marks in a row, as Unicode's Stream-Safe Text Format (UAX 15).

    Normalization sorts the marks of a run in time that grows with the square of its length: 32,000 take 1.5 s.
    """
    if len(text) <= _MAX_UNCHECKED_LENGTH or text.isascii() or not re.search(_POSSIBLE_MARK_RUN, text):
        return text
    characters: list[str] = []
    marks = 0
    for character in text:
        marks = marks + 1 if unicodedata.combining(character) else 0
        if marks <= _MAX_MARKS:
            characters.append(character)
    return "".join(characters)


def _sanitize_character(character: str, keep_newlines: bool) -> str:
    if character == "\n":
        return "\n" if keep_newlines else " "
    if character in _JOINERS:
        return character
    category = unicodedata.category(character)
    if category in _REMOVED_CATEGORIES:
        return ""
    return "\ufffd" if category == "Cn" else character


_SLUG_CHARACTERS = frozenset("abcdefghijklmnopqrstuvwxyz0123456789-")


def is_slug(text: str) -> bool:
    """Tell whether `text` can be an id: lower-case letters, digits and hyphens."""
    return not text.startswith("-") and bool(text) and _SLUG_CHARACTERS.issuperset(text)


def is_web_url(text: str) -> bool:
    """Tell whether `text` is a web address that may be opened: http or https, with a host and nothing hidden."""
    from urllib.parse import urlsplit

    if not text.isprintable() or " " in text:
        return False
    try:
        parts = urlsplit(text)
        return parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        return False


def closest_match(word: str, candidates: Iterable[str]) -> str | None:
    """Return the candidate most like `word`, or None when nothing is close."""
    return next(iter(closest_matches(word, candidates, limit=1)), None)


def closest_matches(word: str, candidates: Iterable[str], *, limit: int, cutoff: float = 0.6) -> list[str]:
    """Return up to `limit` candidates that are like `word`, the most similar first; case does not count.

    `cutoff` is the least similarity, from 0 to 1 for equal words.
    """
    from difflib import get_close_matches  # only ever needed to word an error

    originals = {candidate.casefold(): candidate for candidate in candidates}
    return [originals[match] for match in get_close_matches(word.casefold(), originals, n=limit, cutoff=cutoff)]


def did_you_mean(word: str, candidates: Iterable[str]) -> str:
    """Return `did you mean “x”?` for the candidate most like `word`, or "" when nothing is close."""
    match = closest_match(word, candidates)
    return f"did you mean “{match}”?" if match is not None else ""


def lowercase_words(text: str) -> str:
    """Return a name within a sentence: its words in small letters, but not abbreviations: "residency (PGY2)"."""
    return re.sub(r"\w+", lambda match: match[0].lower() if match[0][1:].islower() else match[0], text)


def plural(count: int, noun: str, plural_noun: str | None = None) -> str:
    """Return a count with its noun: "1 program", "1,234 programs", "2 residencies" where the plural is irregular."""
    return f"{count:,} {noun if count == 1 else plural_noun or f'{noun}s'}"


_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_ISO_DATE = r"(\d{4})-(0[1-9]|1[0-2])(?:-(0[1-9]|[12]\d|3[01])(?:T([01]\d|2[0-3]):([0-5]\d))?)?\Z"


def format_date(date: str) -> str:
    """Return an ISO date as people read it: "Sep 24, 2025", "Sep 24, 2025, 9:30 AM", "September 2025".

    Any other text is returned as it is.
    """
    match = re.match(_ISO_DATE, date)
    if match is None:
        return date
    year, month, day, hour, minute = match.groups()
    month_name = _MONTHS[int(month) - 1]
    if not day:
        return f"{month_name} {year}"
    time_of_day = f", {int(hour) % 12 or 12}:{minute} {'AM' if int(hour) < 12 else 'PM'}" if hour else ""
    return f"{month_name[:3]} {int(day)}, {year}{time_of_day}"
