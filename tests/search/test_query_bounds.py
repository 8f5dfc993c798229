"""Queries of any length and form: bounded work, and a line that parses back to the same query."""

from __future__ import annotations

import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from gmetui.catalog.catalog import Catalog
from gmetui.search import Query, search
from gmetui.search.query import MAX_TERMS

_PIECES = st.sampled_from(
    [
        *(
            "NOT",
            "OR",
            "-",
            "--",
            ":",
            '"',
            ",",
            " ",
            "\t",
            "\n",
            "a",
            "b:",
            "sort:",
            "status:",
            "no:",
            "é",
            "x-y",
            "\u3000",
        )
    ]
)


@given(line=st.text() | st.lists(_PIECES, max_size=14).map("".join) | st.lists(_PIECES, max_size=14).map(" ".join))
@example(line="NOT --:")
@example(line="NOT -OR")
@example(line="a OR NOT -NOT")
@example(line="NOT - -")
@example(line="-sort:--x NOT sort:y")
def test_a_query_written_and_parsed_is_the_same(line: str) -> None:
    query = Query.parse(line)
    assert Query.parse(str(query)) == query


@pytest.mark.parametrize(
    "line",
    [
        "word OR " * 50_000,
        " OR ".join(f"specialty:x{number}" for number in range(50_000)),
        " ".join(f"w{number}" for number in range(50_000)),
        "NOT " * 50_000,
        "status:" + "a," * 50_000,
        "-" * 100_000,
        '"' * 100_001,
        "\u0301\u0323" * 50_000,
    ],
)
def test_long_lines_take_bounded_work(catalog: Catalog, line: str) -> None:
    search(catalog, Query.parse("warm up"))
    start = time.thread_time()
    query = Query.parse(line)
    results = search(catalog, query)
    assert time.thread_time() - start < 6
    assert sum(map(len, query.clauses)) <= MAX_TERMS
    assert len(results.warnings) <= MAX_TERMS + 1


def test_a_cut_line_is_reported(catalog: Catalog) -> None:
    query = Query.parse(" OR ".join(f"w{number}" for number in range(MAX_TERMS)))
    assert query.is_cut
    assert f"only the first {MAX_TERMS:,} words of the search are used" in search(catalog, query).warnings
    assert not Query.parse("a OR b").is_cut
