from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gmetui.catalog.catalog import Catalog
from gmetui.search import Query, search
from gmetui.search.engine import index_of
from gmetui.search.suggest import complete


@pytest.mark.parametrize(
    ("line", "first"),
    [
        ("inst:l", "inst:larkspur"),
        ("cards inst:", "cards inst:larkspur"),
        ("inst:larkspur,q", "inst:larkspur,quillmont"),
        ('inst:"marrowby ch', "inst:marrowby"),
        ("-kind:f", "-kind:fellowship"),
        ("specialty:card", "specialty:cardiovascular-disease"),
        ("specialty:pediatrics", "specialty:pediatric-cardiology"),
        ("no:vi", "no:visa"),
        ("has:curr", "has:curriculum"),
        ("sort:na", "sort:name"),
        ("cards inst", "cards institution:"),
        ("spec", "specialty:"),
    ],
)
def test_first_completion(catalog: Catalog, line: str, first: str) -> None:
    assert complete(index_of(catalog), line)[0].line == first


def test_completions_of_a_value_have_labels_and_counts(catalog: Catalog) -> None:
    assert complete(index_of(catalog), "cards kind:f") == [("cards kind:fellowship", "Fellowship", 11)]


def test_values_are_offered_by_count(catalog: Catalog) -> None:
    counts = [completion.program_count or 0 for completion in complete(index_of(catalog), "inst:")]
    assert counts == sorted(counts, reverse=True)
    assert len(complete(index_of(catalog), "specialty:")) == 8


def test_values_whose_id_matches_come_first(catalog: Catalog) -> None:
    """Cardiology has more programs, but its id does not start with “heart”."""
    values = [completion.line for completion in complete(index_of(catalog), "family:pe")]
    assert values == ["family:pediatrics"]
    lines = [completion.line for completion in complete(index_of(catalog), "specialty:p")]
    with_id = [line.startswith("specialty:p") for line in lines]
    assert with_id == sorted(with_id, reverse=True)
    assert with_id[0]
    assert not with_id[-1], "interventional cardiology is also called PCI"


@pytest.mark.parametrize("line", ["", "cards", "cards tufts ", "kind:fellowship", "foo:b", '"heart', "ca"])
def test_no_completion(catalog: Catalog, line: str) -> None:
    assert complete(index_of(catalog), line) == []


@settings(max_examples=200, deadline=None)
@given(st.text(st.sampled_from('instkdfo:-,"<2 é'), max_size=16))
def test_every_completion_is_valid(catalog: Catalog, line: str) -> None:
    for completion in complete(index_of(catalog), line):
        results = search(catalog, Query.parse(completion.line))
        assert not [warning for warning in results.warnings if completion.label in warning]
        assert completion.line.startswith(line[: line.rfind(":") + 1])
