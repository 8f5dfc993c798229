from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gmetui.search.query import Condition, Phrase, Query, Word

LINES = st.text(st.sampled_from('ab:-", OR NOT\u2028\tπ1<='), max_size=24) | st.text(max_size=40)


@given(LINES)
def test_every_line_parses_and_round_trips(line: str) -> None:
    query = Query.parse(line)
    assert Query.parse(str(query)) == query


@pytest.mark.parametrize(
    ("line", "clauses"),
    [
        ("cards larkspur", ((Word("cards"),), (Word("larkspur"),))),
        ("  cards  ", ((Word("cards"),),)),
        ("-research", ((Word("research", True),),)),
        ('"heart failure"', ((Phrase("heart failure"),),)),
        ('-"heart failure"', ((Phrase("heart failure", True),),)),
        ("kind:f", ((Condition("kind", ("f",)),),)),
        ("inst:larkspur,qmc", ((Condition("inst", ("larkspur", "qmc")),),)),
        ('inst:"Larkspur Hospital",qmc', ((Condition("inst", ("Larkspur Hospital", "qmc")),),)),
        ("-kind:f", ((Condition("kind", ("f",), True),),)),
        ("NOT kind:f", ((Condition("kind", ("f",), True),),)),
        ("NOT -kind:f", ((Condition("kind", ("f",)),),)),
        ("no:visa", ((Condition("no", ("visa",)),),)),
        ("length:<=2", ((Condition("length", ("<=2",)),),)),
        ("cards OR gi larkspur", ((Word("cards"), Word("gi")), (Word("larkspur"),))),
        ("a OR b OR -c", ((Word("a"), Word("b"), Word("c", True)),)),
        ("OR cards OR", ((Word("cards"),),)),
        ('"unfinished', ((Phrase("unfinished"),),)),
        ("kind:", ((Condition("kind", ()),),)),
        ("C-L psych", ((Word("C-L"),), (Word("psych"),))),
        ("ob/gyn", ((Word("ob/gyn"),),)),
        ("", ()),
        ('""', ()),
    ],
)
def test_parsed_clauses(line: str, clauses: object) -> None:
    assert Query.parse(line).clauses == clauses


@pytest.mark.parametrize(("line", "sort"), [("sort:name", "name"), ("-sort:name", "-name"), ("sort:a sort:b", "b")])
def test_sort_key(line: str, sort: str) -> None:
    query = Query.parse(line)
    assert query.sort == sort
    assert not query


def test_edits_return_new_queries() -> None:
    query = Query.parse("cards kind:f")
    assert str(query.without_clause(0)) == "kind:f"
    assert str(query.with_clause(Word("x"))) == "cards kind:f x"
    assert str(query.without_conditions()) == "cards"
    assert str(query.with_clause_at(1, [Word("a"), Word("b")])) == "cards a OR b"
    assert str(query) == "cards kind:f"
