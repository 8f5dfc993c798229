from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gmetui.catalog.models import Catalog
from gmetui.search import Query, search
from gmetui.search.engine import index_of
from gmetui.search.suggest import complete


@pytest.mark.parametrize(
    ("line", "first"),
    [
        ("inst:t", "inst:tufts"),
        ("cards inst:", "cards inst:mgh"),
        ("inst:tufts,m", "inst:tufts,mgh"),
        ("-kind:f", "-kind:fellowship"),
        ("specialty:card", "specialty:cardiovascular-disease"),
        ("specialty:heme", "specialty:hematology-and-medical-oncology"),
        ("no:vi", "no:visa"),
        ("sort:na", "sort:name"),
        ("cards inst", "cards institution:"),
        ("spec", "specialty:"),
    ],
)
def test_how_a_line_goes_on(catalog: Catalog, line: str, first: str) -> None:
    assert complete(index_of(catalog), line)[0].line == first


@pytest.mark.parametrize("line", ["", "cards", "cards tufts ", "kind:fellowship", "foo:b", '"heart', "ca"])
def test_nothing_to_go_on_with(catalog: Catalog, line: str) -> None:
    assert complete(index_of(catalog), line) == []


@settings(max_examples=200, deadline=None)
@given(st.text(st.sampled_from('instkdfo:-,"<2 é'), max_size=16))
def test_every_completion_is_understood(catalog: Catalog, line: str) -> None:
    for completion in complete(index_of(catalog), line):
        results = search(catalog, Query.parse(completion.line))
        assert not [warning for warning in results.warnings if completion.label in warning]
        assert completion.line.startswith(line[: line.rfind(":") + 1])
