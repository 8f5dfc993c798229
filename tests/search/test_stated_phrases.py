"""Everyday words for `no:field` and `has:field`."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gmetui.search import Query
from gmetui.search.query import Condition


@pytest.mark.parametrize(
    ("line", "query"),
    [
        ("no deadline", "no:deadline"),
        ("No Deadlines", "no:deadline"),
        ("deadline not stated", "no:deadline"),
        ("no stated deadline", "no:deadline"),
        ("deadline is not known", "no:deadline"),
        ("deadline unknown", "no:deadline"),
        ("missing deadline", "no:deadline"),
        ("without visa", "no:visa"),
        ("without a visa", "no:visa"),
        ("visa not stated", "no:visa"),
        ("no visa info", "no:visa"),
        ("no information about visas", "no:visa"),
        ("doesn't state visa", "no:visa"),
        ("does not mention a salary", "no:salary"),
        ("no letters of recommendation", "no:letters"),
        ("no application deadline", "no:deadline"),
        ("has salary", "has:salary"),
        ("salary stated", "has:salary"),
        ("publishes a mission", "has:mission"),
        ("cards no deadline boston", "cards no:deadline boston"),
        ("no visa no deadline", "no:visa no:deadline"),
        ("no dead", "no:deadline"),
        ("kind:residency no pay", "kind:residency no:salary"),
        ("no deadline sort:name", "no:deadline sort:name"),
    ],
)
def test_phrase_is_read_as_a_condition(line: str, query: str) -> None:
    parsed = Query.parse(line)
    assert str(parsed) == query
    assert parsed.readings
    assert parsed == Query.parse(query)


def test_reading_tells_the_words_and_the_condition() -> None:
    (reading,) = Query.parse("cards no stated deadline boston").readings
    assert reading == ("no stated deadline", Condition("no", ("deadline",)))


@pytest.mark.parametrize(
    "line",
    [
        "visa",
        "no",
        "without visiting",
        "no research",
        '"no deadline"',
        "no -visa",
        "no OR visa",
        "not",
        "deadline",
        "visa j-1",
        "no d",
        "unknown",
        "start july",
        "has",
        "letters required",
    ],
)
def test_other_words_stay_words(line: str) -> None:
    query = Query.parse(line)
    assert query.readings == ()
    assert str(query) == line


def test_words_that_come_together_are_read() -> None:
    assert str(Query.parse("no cards visa").without_clause(1)) == "no:visa"


_WORDS = st.sampled_from(
    (
        "no",
        "not",
        "without",
        "visa",
        "deadline",
        "stated",
        "is",
        "a",
        "of",
        "OR",
        "NOT",
        "-visa",
        "sort:x",
        "letters",
        "cards",
    )
)


@given(st.lists(_WORDS, max_size=12).map(" ".join))
def test_a_query_with_phrases_parses_back_to_itself(line: str) -> None:
    query = Query.parse(line)
    assert Query.parse(str(query)) == query
