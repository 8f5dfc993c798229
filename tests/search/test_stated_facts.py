"""A fact is found under every name it has: as a word, as a field, and after `has:` and `no:`."""

from __future__ import annotations

from collections import Counter

import pytest

from gmetui.catalog.catalog import Catalog
from gmetui.catalog.schema import PROGRAM
from gmetui.catalog.vocabulary import UNSTATED_VALUES
from gmetui.search import Query, Results, search
from gmetui.search.engine import index_of
from gmetui.search.field_names import find_field, find_stated
from gmetui.search.fields import FIELDS_BY_NAME, SEARCH_FIELDS
from gmetui.search.normalize import fold_key
from gmetui.search.stated_facts import WORD_FACTS, facts_by_key

#: Search fields that are named like a data key and mean more than it: a program without one has its institution's.
WIDER_FIELDS = ("city", "state")


def results_of(catalog: Catalog, line: str) -> Results:
    return search(catalog, Query.parse(line))


def ids(catalog: Catalog, line: str) -> set[str]:
    return {program.id for program in results_of(catalog, line).programs()}


@pytest.mark.parametrize("field", [field.key for field in PROGRAM if not field.required and field.key != "institution"])
def test_no_search_field_takes_the_name_of_a_data_key(catalog: Catalog, field: str) -> None:
    """`has:sites` means the key `sites`, although `sites` is also another name of the field `site`."""
    if field in WIDER_FIELDS:
        assert ids(catalog, f"has:{field}") >= {program.id for program in catalog.programs if getattr(program, field)}
        return
    stating = {program.id for program in catalog.programs if getattr(program, field) not in UNSTATED_VALUES}
    assert ids(catalog, f"has:{field}") == stating
    assert ids(catalog, f"no:{field}") == {program.id for program in catalog.programs} - stating


def test_no_name_stands_for_two_facts() -> None:
    facts = {fact.name: fact for fact in facts_by_key().values()}.values()
    owners = Counter(key for fact in facts for key in {fold_key(name) for name in (fact.name, *fact.synonyms)})
    assert [key for key, count in owners.items() if count > 1] == []


def test_fact_with_a_field_has_its_programs(catalog: Catalog) -> None:
    for fact in facts_by_key().values():
        if fact.field:
            stating = {program.id for program in catalog.programs if any(fact.texts(program, catalog))}
            assert ids(catalog, f"has:{fact.field}") == stating, fact.name


@pytest.mark.parametrize("name", sorted({fact.name for fact in WORD_FACTS.values()}))
def test_plain_word_finds_the_programs_that_state_the_fact(catalog: Catalog, name: str) -> None:
    stating = ids(catalog, f"has:{name}")
    results = results_of(catalog, name.replace("-", " "))
    assert stating <= {program.id for program in results.programs()}
    for program_id in stating:
        assert results.reasons(catalog.program[program_id]), program_id


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("visas", "visa"),
        ("pay", "salary"),
        ("stipend", "salary"),
        ("LORs", "letters"),
        ("letters of recommendation", "letters"),
        ("recommendation letters", "letters"),
        ("date", "deadline"),
        ("application deadline", "deadline"),
        ("start date", "start"),
        ("imgs", "international-graduates"),
        ("us clinical experience", "clinical-experience"),
        ("graduation year", "recency"),
        ("benef", "benefits"),
        ("dead", "deadline"),
        ("salarry", "salary"),
    ],
)
def test_synonyms_beginnings_and_typos_name_a_fact(catalog: Catalog, words: str, name: str) -> None:
    stating = ids(catalog, f"has:{name}")
    assert stating
    assert stating <= ids(catalog, words)


def test_programs_that_state_a_fact_rank_above_those_that_mention_it(catalog: Catalog) -> None:
    results = results_of(catalog, "visa residency larkspur")
    programs = results.programs()
    assert programs
    stating = [bool(program.visa) for program in programs]
    assert stating == sorted(stating, reverse=True)
    reasons = {reason.field: reason.text for reason in results.reasons(programs[0])}
    assert reasons["visa"] == programs[0].visa[0].text


def test_excluding_a_fact_excludes_programs_that_state_it(catalog: Catalog) -> None:
    assert not ids(catalog, "-visa") & ids(catalog, "has:visa")


@pytest.mark.parametrize(
    ("line", "equivalent"),
    [
        ("hospitals:larkspur", "institution:larkspur"),
        ("institu:larkspur", "institution:larkspur"),
        ("kinds:fellowship", "kind:fellowship"),
        ("cities:quillmont", "city:quillmont"),
        ("accredi:acgme", "accreditation:acgme"),
        ("years:3", "length:3"),
        ("length:2-3", "length:2..3"),
        ("has:visas", "has:visa"),
        ("no:date", "no:deadline"),
        ("no:dates", "no:deadline"),
        ("has:lor", "has:letters"),
        ("has:pay", "has:salary"),
        ("no:start-date", "no:start"),
        ("pay:ferry", "salary:ferry"),
        ("date:november", "deadline:nov"),
        ("deadlines:november", "deadline:november"),
    ],
)
def test_other_names_of_fields(catalog: Catalog, line: str, equivalent: str) -> None:
    results = results_of(catalog, line)
    assert results.mistakes == ()
    assert results.matches == results_of(catalog, equivalent).matches


def test_field_of_a_fact_searches_what_is_stated_about_it(catalog: Catalog) -> None:
    assert ids(catalog, "deadline:november") == {
        program.id
        for program in catalog.programs
        if any("november" in deadline.text.casefold() for deadline in program.deadlines)
    }
    assert ids(catalog, "letters:standardized") == {"larkspur-emergency-medicine-residency"}
    results = results_of(catalog, "mission:zeppelin")
    assert results.total == 0
    assert results.warnings == ("no program states “zeppelin” about mission",)


def test_names_of_fields_are_found_as_themselves() -> None:
    for search_field in SEARCH_FIELDS:
        for name in (search_field.name, *search_field.aliases):
            assert find_field(name) is FIELDS_BY_NAME[name]
            assert find_field(name.upper()) is FIELDS_BY_NAME[name]
        assert find_stated(search_field.name) is search_field
    assert find_field("s") is None
    assert find_field("qqqq") is None


def test_stated_sets_are_computed_once(catalog: Catalog) -> None:
    index = index_of(catalog)
    deadline = find_stated("deadline")
    assert deadline is not None
    assert index.stated_programs(deadline) is index.stated_programs(deadline)
