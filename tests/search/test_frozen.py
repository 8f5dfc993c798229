"""The values of the query language are compared by their fields and never change."""

from __future__ import annotations

import pytest

from gmetui.search.query import Condition, Phrase, Query, Word


def test_values_of_one_class_with_equal_fields_are_equal() -> None:
    assert Word("a") == Word("a", False) != Word("a", True)
    assert hash(Word("a")) == hash(Word("a"))
    assert Word("a") != Phrase("a")
    assert len({Word("a"), Phrase("a"), Word("a")}) == 2
    assert repr(Condition("visa", ("j-1",))) == "Condition(field='visa', values=('j-1',), negated=False)"


def test_only_the_clauses_and_the_order_of_a_query_are_compared() -> None:
    query = Query.parse("no deadline sort:name")
    assert query.readings
    assert query == query.replaced(readings=())
    assert query != query.sorted_by(None)


def test_values_never_change() -> None:
    word = Word("a")
    with pytest.raises(AttributeError):
        word.text = "b"
    assert word.replaced(text="b") == Word("b")
    assert word == Word("a")
