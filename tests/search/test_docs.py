"""The examples of the documentation do what the documentation promises."""

from __future__ import annotations

import doctest
import re
from pathlib import Path

import pytest

from gmetui.catalog.catalog import Catalog
from gmetui.search import Query, search
from gmetui.search.corrections import corrections
from gmetui.search.fields import SEARCH_FIELDS, field_help
from gmetui.search.sort import SORT_KEYS

DOCS = Path(__file__).resolve().parents[2] / "docs"
TABLE_ROW = re.compile(r"^\| `(?P<query>[^`]+)` \| (?P<text>.+) \|$", re.MULTILINE)
SAME_AS = re.compile(r"^\| `([^`]+)` \| the same as `([^`]+)` \|$", re.MULTILINE)
PAGE = (DOCS / "reference" / "queries.md").read_text(encoding="utf-8")
EXAMPLES, _, _MISTAKES_AND_WARNINGS = PAGE.partition("## Mistakes")
MISTAKES, _, WARNINGS = _MISTAKES_AND_WARNINGS.partition("## Warnings")


@pytest.mark.parametrize("line", [row["query"] for row in TABLE_ROW.finditer(EXAMPLES)])
def test_documented_query_has_results(bundled_catalog: Catalog, line: str) -> None:
    query = Query.parse(line)
    results = search(bundled_catalog, query)
    assert [warning for warning in results.warnings if "showing results for" not in warning] == []
    assert results.total or results.pages, line
    assert Query.parse(str(query)) == query


@pytest.mark.parametrize(("line", "suggestion"), [(row["query"], row["text"]) for row in TABLE_ROW.finditer(MISTAKES)])
def test_documented_mistake_is_corrected(bundled_catalog: Catalog, line: str, suggestion: str) -> None:
    results = search(bundled_catalog, Query.parse(line))
    assert results.total == 0
    assert f"`{corrections(results)[0].query}`" == suggestion


@pytest.mark.parametrize(
    ("line", "equivalent"), re.findall(r"^\| `([^`]+)` \| the same as `([^`]+)` \|$", PAGE, re.MULTILINE)
)
def test_documented_equivalents_are_equal(bundled_catalog: Catalog, line: str, equivalent: str) -> None:
    same, other = (search(bundled_catalog, Query.parse(query)) for query in (line, equivalent))
    assert same.matches == other.matches


@pytest.mark.parametrize(("line", "warning"), [(row["query"], row["text"]) for row in TABLE_ROW.finditer(WARNINGS)])
def test_documented_warning_is_given(bundled_catalog: Catalog, line: str, warning: str) -> None:
    assert warning in search(bundled_catalog, Query.parse(line)).warnings


@pytest.mark.parametrize("field_name", [search_field.name for search_field in SEARCH_FIELDS])
def test_every_field_is_documented(field_name: str) -> None:
    assert f"| `{field_name}:` |" in PAGE


def test_field_help_lists_every_field() -> None:
    for width in (40, 80, 200):
        lines = field_help(width).splitlines()
        assert max(map(len, lines)) <= width
        names = re.split(r"[,.]?\s+", " ".join(lines).removeprefix("Fields: ").rstrip("."))
        assert names == [*(search_field.name for search_field in SEARCH_FIELDS), "near"]


def test_every_sort_key_is_documented() -> None:
    _, _, section = PAGE.partition("## Sorting")
    section = section.partition("\n## ")[0]
    assert [key for key in SORT_KEYS if f"`{key}`" not in section] == []


def test_library_examples(fixture_data: Path) -> None:
    outcome = doctest.testfile(str(DOCS / "reference" / "library.md"), module_relative=False, encoding="utf-8")
    assert outcome.attempted >= 9
    assert not outcome.failed
