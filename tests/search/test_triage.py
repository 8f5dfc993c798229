"""The field `triage`: every program has exactly one decision, whatever was decided."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from gmetui.catalog.catalog import Catalog
from gmetui.search import Query, search
from gmetui.search.corrections import corrections
from gmetui.search.suggest import complete

VALUES = ("new", "interested", "maybe", "no")


@given(data=st.data())
def test_every_program_has_one_decision(catalog: Catalog, data: st.DataObject) -> None:
    ids = [*(str(program.id) for program in catalog.programs), "gone"]
    verdicts = data.draw(st.dictionaries(st.sampled_from(ids), st.sampled_from(("maybe", "no"))))
    listed = data.draw(st.dictionaries(st.sampled_from(ids), st.just("")))

    def found(query: str) -> set[str]:
        return {str(program.id) for program in search(catalog, Query.parse(query), listed, triage=verdicts).programs()}

    by_value = {value: found(f"triage:{value}") for value in VALUES}
    assert sum(map(len, by_value.values())) == len(catalog.programs)
    assert set().union(*by_value.values()) == found("")
    assert by_value["interested"] == set(listed) - {"gone"}
    assert by_value["no"] == {each for each, verdict in verdicts.items() if verdict == "no"} - {*listed, "gone"}
    assert found("-triage:no") == found("") - by_value["no"]
    assert found("triage:maybe,no") == by_value["maybe"] | by_value["no"]


def test_names_of_decisions_are_completed_and_corrected(catalog: Catalog) -> None:
    verdicts = {"larkspur-surgery-residency": "no"}
    results = search(catalog, Query.parse("triage:undecided"), triage=verdicts)
    assert results.total == len(catalog.programs) - 1
    assert "triage:maybe" in {completion.line for completion in complete(results.index, "triage:ma")}
    mistaken = search(catalog, Query.parse("triage:maybee"), triage=verdicts)
    assert "did you mean" in mistaken.mistakes[0].message
    assert str(corrections(mistaken)[0].query) == "triage:maybe"


def test_other_decisions_give_other_results(catalog: Catalog) -> None:
    query = Query.parse("triage:no")
    for program in catalog.programs[:3]:
        assert [each.id for each in search(catalog, query, triage={program.id: "no"}).programs()] == [program.id]
    assert search(catalog, query, triage={}).total == 0
    assert search(catalog, query).mistakes
