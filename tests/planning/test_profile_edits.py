"""Words as people write them, as values of a profile."""

from __future__ import annotations

import pytest

from gmetui.planning.profile_edits import edited_entry, edited_value, profile_key


@pytest.mark.parametrize(
    ("key", "typed_words", "value"),
    [
        ("citizenship", ["India,", "IN,us"], ["IN", "US"]),
        ("citizenship", ["South Korea"], ["KR"]),
        ("school_country", ["South", "Korea"], "KR"),
        ("school_country", ["in"], "IN"),
        ("languages", ["English", "ES"], ["en", "es"]),
        ("graduation", ["May", "2021"], "2021-05"),
        ("graduation", ["5/2021"], "2021-05"),
        ("aim.start", ["2027-07"], "2027-07"),
        ("degree", ["mbbs"], ["MBBS"]),
        ("visa.needed", ["yes"], True),
        ("training", ["none"], []),
    ],
)
def test_words_become_the_value_a_profile_has(key: str, typed_words: list[str], value: object) -> None:
    assert edited_value(profile_key(key), typed_words) == value


def test_an_entry_reads_names_dates_and_countries() -> None:
    assert edited_entry("exam", ["step 1", "passed=March 3, 2021"]) == {"name": "USMLE Step 1", "passed": "2021-03-03"}
    entry = edited_entry("clinical", ["observer", "country=united states", "months=2"])
    assert entry == {"kind": "observer", "country": "US", "months": 2}


@pytest.mark.parametrize(
    ("key", "typed_words", "message"),
    [
        ("graduation", ["2021-13"], "is not a date"),
        ("letters", ["three"], "whole number"),
        ("letters", ["3", "4"], "takes one value"),
        ("visa", ["J-1"], "its keys are visa.needed"),
        ("exam", ["Step 1"], "profile add exam"),
        ("degree", ["MBSS"], "did you mean “MBBS”"),
        ("graduation", [], "needs a value"),
    ],
)
def test_a_wrong_value_is_explained(key: str, typed_words: list[str], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        edited_value(profile_key(key), typed_words)
