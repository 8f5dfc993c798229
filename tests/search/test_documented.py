"""What the documentation shows is what happens."""

from __future__ import annotations

import doctest
import re
from pathlib import Path

import pytest

from gmetui.catalog.models import Catalog
from gmetui.search import Query, search
from gmetui.search.fields import DIMENSIONS
from gmetui.search.sort import SORTS

DOCS = Path(__file__).resolve().parents[2] / "docs"
ROW = re.compile(r"^\| `(?P<query>[^`]+)` \| (?P<words>.+) \|$", re.MULTILINE)
PAGE = (DOCS / "queries.md").read_text(encoding="utf-8")
HEAD, _, UNCLEAR = PAGE.partition("## What is said")
ASKED = [found["query"] for found in ROW.finditer(HEAD)]
SAID = [(found["query"], found["words"]) for found in ROW.finditer(UNCLEAR)]


@pytest.mark.parametrize("line", ASKED)
def test_each_documented_query_works(catalog: Catalog, line: str) -> None:
    query = Query.parse(line)
    results = search(catalog, query)
    typos = [warning for warning in results.warnings if "looked for" in warning]
    assert list(results.warnings) == typos
    assert results.total, line
    assert Query.parse(str(query)) == query


@pytest.mark.parametrize(("line", "words"), SAID)
def test_each_documented_warning_is_said(catalog: Catalog, line: str, words: str) -> None:
    assert any(words in warning for warning in search(catalog, Query.parse(line)).warnings)


def test_every_field_and_order_is_documented() -> None:
    for dimension in DIMENSIONS:
        if dimension.name != "id":
            names = (dimension.name, *dimension.aliases)
            assert any(f"`{name}:" in PAGE or f" {name}:" in PAGE or f"-{name}:" in PAGE for name in names), (
                dimension.name
            )
    assert all(key in PAGE for key in SORTS)


def test_the_library_does_what_its_page_shows() -> None:
    found = doctest.testfile(str(DOCS / "library.md"), module_relative=False, encoding="utf-8")
    assert found.attempted >= 9
    assert not found.failed
