"""Bounds on what a TOML text becomes, checked before tomllib parses it."""

from __future__ import annotations

import re

#: How many parts the key of a table or a value may have ("a.b.c" has three), and how many all keys may have.
MAX_KEY_PARTS = 16
_BASE_KEY_PARTS, _BYTES_PER_KEY_PART = 150_000, 40
_BASE_VALUES, _BYTES_PER_VALUE = 500_000, 10
#: What may contain dots and brackets that mean nothing. Where TOML is invalid, tomllib stops before this goes wrong.
_STRING_OR_COMMENT = re.compile(
    r'"""(?:[^"\\]|\\.|"(?!""))*+"{0,5}'
    r"|'''(?:[^']|'(?!''))*+'{0,5}"
    r'|"(?:[^"\\\n]|\\.)*+"?'
    r"|'[^'\n]*+'?"
    r"|\#[^\n]*+",
    re.DOTALL,
)
_HEADER = re.compile(r"^[ \t]*+\[", re.MULTILINE)
_KEY_PART = r"[^=,\[\]{}\n.]*+"
_DEEP_KEY = re.compile(rf"(?:^|(?<=[=,\[\]{{}}\n])){_KEY_PART}(?:\.{_KEY_PART}){{{MAX_KEY_PARTS}}}")


def excess_in_toml(text: str) -> str:
    """Return what a TOML text has too much of for its size, or "".

    tomllib takes 1 kB and 8 µs for each part of each key, and time that grows with the square of the parts of one key:
    80 kB of dotted keys took 8 GB.
    """
    bare_text = _STRING_OR_COMMENT.sub("", text)
    if bare_text.count("=") + bare_text.count(",") > _BASE_VALUES + len(text) // _BYTES_PER_VALUE:
        return "too many values for its size"
    key_parts = bare_text.count(".") + sum(1 for _ in _HEADER.finditer(bare_text))
    if key_parts > _BASE_KEY_PARTS + len(text) // _BYTES_PER_KEY_PART:
        return "too many tables and dotted keys for its size"
    if key_parts >= MAX_KEY_PARTS and _DEEP_KEY.search(bare_text):
        return f"a key with more than {MAX_KEY_PARTS} parts"
    return ""
