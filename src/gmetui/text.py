"""The one door for text from outside: what passes `clean` can be shown in any terminal.

Textual and rich hand escape sequences, bidirectional overrides and invisible characters on to the terminal, so
every string from a file, a command line or an error message goes through here once, where it enters.
"""

from __future__ import annotations

import re
import unicodedata

_BREAKS = str.maketrans({"\x0b": "\n", "\x0c": "\n", "\x85": "\n", "\u2028": "\n", "\u2029": "\n", "\t": " "})
_JOINERS = "\u200c\u200d"  # some scripts and emoji families need them
_DROPPED = ("Cc", "Cf", "Cs", "Co")  # controls, bidi and zero-width, surrogates, private use


def clean(text: str, *, lines: bool = False) -> str:
    """Return `text` without characters that act on a terminal; `lines` keeps line breaks. Idempotent."""
    if text.isprintable() and unicodedata.is_normalized("NFC", text):
        return text
    text = text.replace("\r\n", "\n").replace("\r", "\n").translate(_BREAKS)
    kept = (_clean_character(character, lines) for character in text)
    return unicodedata.normalize("NFC", "".join(kept))


def _clean_character(character: str, lines: bool) -> str:
    if character == "\n":
        return "\n" if lines else " "
    if character in _JOINERS:
        return character
    category = unicodedata.category(character)
    if category in _DROPPED:
        return ""
    return "\ufffd" if category == "Cn" else character


_ID = re.compile(r"[a-z0-9][a-z0-9-]*\Z")


def is_id(text: str) -> bool:
    """Tell whether `text` can be an id: lower-case letters, digits and hyphens."""
    return _ID.match(text) is not None


def is_address(text: str) -> bool:
    """Tell whether `text` is a web address that may be opened: http or https, with a host and nothing hidden."""
    from urllib.parse import urlsplit

    if not text.isprintable() or " " in text:
        return False
    try:
        parts = urlsplit(text)
        return parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        return False


def nearest(word: str, among: list[str]) -> str | None:
    """Return the candidate most like `word`, or None when nothing is close."""
    from difflib import get_close_matches  # only ever needed to word a complaint

    found = get_close_matches(word.casefold(), among, n=1, cutoff=0.6)
    return found[0] if found else None
