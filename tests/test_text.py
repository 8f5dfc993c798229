from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gmetui.text import (
    closest_match,
    closest_matches,
    did_you_mean,
    format_date,
    is_slug,
    is_web_url,
    lowercase_words,
    plural,
    sanitize,
)
from support import HOSTILE_TEXTS, is_harmless

ANY_TEXT = st.text(st.characters(exclude_categories=()))


@given(ANY_TEXT, st.booleans())
def test_sanitized_text_is_harmless(text: str, keep_newlines: bool) -> None:
    sanitized = sanitize(text, keep_newlines=keep_newlines)
    assert sanitize(sanitized, keep_newlines=keep_newlines) == sanitized
    assert is_harmless(sanitized.replace("\ufffd", ""), lines=keep_newlines)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A\x1b]52;c;QQ==\x07B\u202eC\u200bD\r\nE\x9b1m", "A]52;c;QQ==BCD E1m"),
        ("Bosto\u0301n", "Bost\u00f3n"),
        ("a\tb", "a b"),
        ("plain", "plain"),
    ],
)
def test_text_on_one_line(text: str, expected: str) -> None:
    assert sanitize(text) == expected


def test_keeping_newlines() -> None:
    assert sanitize("l1\r\nl2\x0bl3", keep_newlines=True) == "l1\nl2\nl3"


@pytest.mark.parametrize("text", HOSTILE_TEXTS)
def test_hostile_texts_become_harmless(text: str) -> None:
    assert is_harmless(sanitize(text), lines=False)


@pytest.mark.parametrize(
    ("text", "is_valid"),
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
def test_web_addresses(text: str, is_valid: bool) -> None:
    assert is_web_url(text) is is_valid


@pytest.mark.parametrize(
    ("text", "is_valid"), [("a-1", True), ("A", False), ("-a", False), ("a b", False), ("a\n", False)]
)
def test_slugs(text: str, is_valid: bool) -> None:
    assert is_slug(text) is is_valid


@pytest.mark.parametrize(
    ("count", "nouns", "text"),
    [
        (0, ("program",), "0 programs"),
        (1, ("program",), "1 program"),
        (1234, ("program",), "1,234 programs"),
        (2, ("residency", "residencies"), "2 residencies"),
        (1, ("residency", "residencies"), "1 residency"),
    ],
)
def test_plurals(count: int, nouns: tuple[str, ...], text: str) -> None:
    assert plural(count, *nouns) == text


def test_similar_words() -> None:
    candidates = ["length", "Letters", "visa"]
    assert closest_match("lenght", candidates) == "length"
    assert closest_match("LETTER", candidates) == "Letters", "case does not count"
    assert closest_match("xyz", candidates) is None
    assert closest_matches("let", ["letters", "length", "lettuce"], limit=2) == ["length", "lettuce"]
    assert did_you_mean("lenght", candidates) == "did you mean “length”?"
    assert did_you_mean("xyz", candidates) == ""


@pytest.mark.parametrize(
    ("date", "expected"),
    [
        ("2025-09-24", "Sep 24, 2025"),
        ("2025-09", "September 2025"),
        ("2025-26 cycle", "2025-26 cycle"),
        ("2025-13-01", "2025-13-01"),
        ("", ""),
    ],
)
def test_iso_dates_are_written_the_american_way(date: str, expected: str) -> None:
    assert format_date(date) == expected


@pytest.mark.parametrize(
    ("name", "in_sentence"),
    [
        ("Internal medicine/Psychiatry", "internal medicine/psychiatry"),
        ("Pharmacy residency (PGY2)", "pharmacy residency (PGY2)"),
        ("Otolaryngology (ENT)", "otolaryngology (ENT)"),
        ("Oral Medicine", "oral medicine"),
    ],
)
def test_a_name_within_a_sentence_keeps_abbreviations(name: str, in_sentence: str) -> None:
    assert lowercase_words(name) == in_sentence
