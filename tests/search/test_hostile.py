"""Whatever is typed or pasted gets results, quickly and without an exception."""

from __future__ import annotations

import random

import pytest

from gmetui.catalog.catalog import Catalog
from gmetui.search import Query, search
from gmetui.search.engine import index_of
from gmetui.search.suggest import complete

WORDS = (
    "cards larkspur kind: -kind: inst: OR NOT no: has: sort: -sort: length: size: visa: listed: AND ( ) ' , : - * ? \\"
)
PIECES = (
    *WORDS.split(),
    '"',
    '""',
    "<=",
    "2..",
    "..9",
    "\x00",
    "\x1b[2J",
    "\ud800",
    "\u202e",
    "\u200b",
    "日本",
    "é",
    "e\u0301",
    "👩‍⚕️",
    "a" * 300,
    "1" * 300,
    "no:no:no",
    "kind:kind:kind",
    "<script>",
    "=cmd",
    "%s",
    "{0}",
    "../..",
)


def lines(count: int, seed: int) -> list[str]:
    """Make up queries from pieces that are likely to cause trouble."""
    rng = random.Random(seed)
    joiners = (" ", "", ":", ",")
    return [rng.choice(joiners).join(rng.choices(PIECES, k=rng.randint(0, 9))) for _ in range(count)]


def test_random_queries_have_results(catalog: Catalog) -> None:
    index = index_of(catalog)
    for line in lines(10_000, 20261122):
        query = Query.parse(line)
        assert Query.parse(str(query)) == query
        results = search(catalog, query)
        results.programs(0, 3)
        complete(index, line)


@pytest.mark.parametrize(
    "line",
    [
        "cards " * 20_000,
        '"' * 100_000,
        "(" * 100_000,
        "-" * 100_000,
        "kind:" * 20_000,
        "a OR " * 20_000,
        "x" * 100_000,
        "no:" + "visa," * 20_000,
        "sort:" * 20_000,
        "\ud800" * 50_000,
        "e\u0301" * 50_000,
        "cardilogy " * 10_000,
    ],
    ids=range(12),
)
def test_pasted_book_has_results(catalog: Catalog, line: str) -> None:
    results = search(catalog, Query.parse(line))
    results.programs(0, 50)
    list(results.facets())
    assert results.total <= len(catalog.programs)
