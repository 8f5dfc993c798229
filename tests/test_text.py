from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gmetui.text import clean, is_address, is_id
from support import HOSTILE, is_harmless

ANY_TEXT = st.text(st.characters(exclude_categories=()))


@given(ANY_TEXT, st.booleans())
def test_nothing_that_acts_on_a_terminal_passes(text: str, lines: bool) -> None:
    cleaned = clean(text, lines=lines)
    assert clean(cleaned, lines=lines) == cleaned
    assert is_harmless(cleaned.replace("\ufffd", ""), lines=lines)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A\x1b]52;c;QQ==\x07B\u202eC\u200bD\r\nE\x9b1m", "A]52;c;QQ==BCD E1m"),
        ("Bosto\u0301n", "Bost\u00f3n"),
        ("a\tb", "a b"),
        ("plain", "plain"),
    ],
)
def test_one_line(text: str, expected: str) -> None:
    assert clean(text) == expected


def test_lines_are_kept_where_asked() -> None:
    assert clean("l1\r\nl2\x0bl3", lines=True) == "l1\nl2\nl3"


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile(text: str) -> None:
    assert is_harmless(clean(text), lines=False)


@pytest.mark.parametrize(
    ("text", "good"),
    [
        ("https://example.org/x", True),
        ("http://example.org", True),
        ("javascript:alert(1)", False),
        ("file:///etc/passwd", False),
        ("https://", False),
        ("https://a b", False),
        ("https://[", False),
        ("", False),
        ("https://x\u202e.org", False),
    ],
)
def test_addresses(text: str, good: bool) -> None:
    assert is_address(text) is good


@pytest.mark.parametrize(("text", "good"), [("a-1", True), ("A", False), ("-a", False), ("a b", False), ("a\n", False)])
def test_ids(text: str, good: bool) -> None:
    assert is_id(text) is good
