"""The field `fits`: verdicts that are handed in, and that no query may drop."""

from __future__ import annotations

import pytest

from gmetui.catalog.catalog import Catalog
from gmetui.search import Query, Results, search
from gmetui.search.engine import index_of
from gmetui.search.suggest import complete

#: The first program meets, the second and the third are against, the others can't be told, the last states nothing.
_VERDICTS = {
    "meets": [0],
    "no": [1, 2],
    "not-yet": [2],
    "cant-tell": list(range(3, 24)),
    "nothing-stated": [23],
}


def find(catalog: Catalog, line: str, *, lenient: bool = False) -> Results:
    return search(catalog, Query.parse(line), fits=_VERDICTS, lenient=lenient)


@pytest.mark.parametrize(
    ("line", "numbers"),
    [
        ("fits:meets", [0]),
        ("fits:no", [1, 2]),
        ("fits:does-not-meet", [1, 2]),
        ("fit:not-yet", [2]),
        ("fits:nothing-stated", [23]),
        ("fits:cant-tell", list(range(3, 24))),
        ("fits:meets,no", [0, 1, 2]),
        ("-fits:no", [0, *range(3, 24)]),
        ("-fits:no -fits:cant-tell", [0]),
        ("fits:meets OR fits:not-yet", [0, 2]),
        ("has:fits", list(range(24))),
        ("no:fits", []),
    ],
)
def test_each_verdict(catalog: Catalog, line: str, numbers: list[int]) -> None:
    results = find(catalog, line)
    assert sorted(results.numbers()) == numbers
    assert not results.mistakes


def test_what_is_left_out_is_counted(catalog: Catalog) -> None:
    assert find(catalog, "-fits:no").left_out_by_fit == 2
    assert find(catalog, "fits:meets").left_out_by_fit == 23
    assert find(catalog, "medicine").left_out_by_fit == 0
    medicine = find(catalog, "medicine")
    assert (
        find(catalog, "medicine -fits:no").left_out_by_fit == medicine.total - find(catalog, "medicine -fits:no").total
    )


def test_verdicts_put_programs_in_order_and_keep_the_order_within(catalog: Catalog) -> None:
    assert list(find(catalog, "sort:fits").numbers()) == [0, *range(3, 24), 1, 2]
    assert list(find(catalog, "-sort:fits").numbers()) == [1, 2, *range(3, 24), 0]
    words, sorted_words = find(catalog, "medicine"), find(catalog, "medicine sort:fits")
    cannot_tell = [number for number in words.numbers() if number > 2]
    assert [number for number in sorted_words.numbers() if number > 2] == cannot_tell
    assert [sorted_words.row_of(catalog.programs[number].id) for number in sorted_words.numbers()] == list(
        range(sorted_words.total)
    )


@pytest.mark.parametrize("line", ["fits:meets", "-fits:no", "fits:anything", "has:fits", "cards OR fits:no"])
@pytest.mark.parametrize("lenient", [False, True])
def test_without_a_profile_a_condition_is_never_dropped(catalog: Catalog, line: str, lenient: bool) -> None:
    results = search(catalog, Query.parse(line), lenient=lenient)
    assert results.total == 0 or "OR" in line
    assert any(mistake.is_binding for mistake in results.mistakes)
    assert "gmetui profile set" in results.warnings[-1]


def test_an_unknown_verdict_is_never_dropped(catalog: Catalog) -> None:
    results = find(catalog, "fits:perhaps", lenient=True)
    assert results.total == 0
    assert results.mistakes[0].is_binding


def test_the_facet_is_shown_with_a_profile_only(catalog: Catalog) -> None:
    without, with_profile = search(catalog, Query()), find(catalog, "")
    assert "fits" not in {facet.name for facet in without.facets()}
    values = {value.value: value.count for value in with_profile.facet("fits")}
    assert values == {"meets": 1, "no": 2, "not-yet": 1, "cant-tell": 21, "nothing-stated": 1}


def test_verdicts_and_a_shortlist_together(catalog: Catalog) -> None:
    first, second = (catalog.programs[number].id for number in (0, 1))
    results = search(catalog, Query.parse("listed:yes -fits:no"), {first: "", second: ""}, fits=_VERDICTS)
    assert [program.id for program in results.programs()] == [first]


def test_values_are_completed(catalog: Catalog) -> None:
    index = find(catalog, "").index
    assert [completion.label for completion in complete(index, "fits:me")] == ["Meets what is stated"]
    assert [completion.label for completion in complete(index_of(catalog), "sort:fi")] == ["fits"]
