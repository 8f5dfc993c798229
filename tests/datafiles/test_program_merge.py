"""A list that was brought in, beside the programs that are there: nothing is doubled, nothing that stands is lost."""

from __future__ import annotations

from pathlib import Path

import pytest

from gmetui.catalog.facts import program_facts
from gmetui.catalog.models import Catalog
from gmetui.datafiles.files import load_catalog
from gmetui.search import Query, search
from support import write_data

LIST = """
[import]
title = "All programs"
url = "https://example.org/all"
as_of = "2026"
file = "all.csv"
programs = 3
brought = "2026-11-22"

[[page]]
id = "import-all"
title = "All programs"
url = "https://example.org/all"
publisher = "third-party"
as_of = "2026"

[[institution]]
id = "harbor"
name = "HARBOR"
city = "Elsewhere"
state = "NY"
source = "import-all"

[[institution]]
id = "new-place-ny"
name = "New Place"
city = "Rome"
state = "NY"
source = "import-all"
"""
PROGRAM = """
[[program]]
id = "{id}"
name = "Listed"
institution = "{institution}"
kind = "fellowship"
specialty = "{specialty}"
acgme_id = "{acgme_id}"
positions_per_year = 9
length_years = 2
city = "Utica"
also_listed = ["seen: 2026"]
source = "import-all"
"""
CARDS = {
    "id": "acgme-1412499999",
    "institution": "harbor",
    "specialty": "cardiovascular-disease",
    "acgme_id": "1412499999",
}


def whole(directory: Path, *programs: dict[str, str]) -> Catalog:
    """Return the made-up institutions with a list beside them."""
    write_data(directory)
    (directory / "list").mkdir(exist_ok=True)
    text = LIST + "".join(PROGRAM.format(**own) for own in programs)
    (directory / "list" / "all.toml").write_text(text, encoding="utf-8")
    places = [directory / "harbor.toml", directory / "elm.toml", directory / "list" / "all.toml"]
    return load_catalog(places, bundled=False)


def test_a_program_without_an_id_gets_it_where_it_is_the_only_one(tmp_path: Path) -> None:
    found = whole(tmp_path, CARDS)
    assert len(found.programs) == 4
    own = found.program["harbor-cardiology"]
    assert own.name == 'Cardiology, "Heart" Fellowship'
    assert (own.acgme_id, own.positions_per_year, own.length_years) == ("1412499999", 9, 3)
    assert [item.text for item in own.also_listed] == ["seen: 2026"]
    facts = {fact.key: fact for fact in program_facts(found, own)}
    assert [(cited.source.id, cited.date) for cited in facts["positions_per_year"].citations] == [
        ("import-all", "2026")
    ]
    assert [cited.source.id for cited in facts["length_years"].citations] == ["page"]
    assert [item.text for item in own.disagreements] == ["2 in All programs, 3 on the pages of the program"]
    assert found.institution["harbor"].name == "Harbor Hospital", "what stands is not replaced"


def test_two_of_one_specialty_are_not_taken_for_each_other(tmp_path: Path) -> None:
    other = {**CARDS, "id": "acgme-1412499998", "acgme_id": "1412499998"}
    found = whole(tmp_path, CARDS, other)
    assert len(found.programs) == 6
    assert found.program["harbor-cardiology"].acgme_id is None


def test_a_program_with_the_same_id_is_one(tmp_path: Path) -> None:
    elsewhere = {**CARDS, "institution": "new-place-ny"}
    found = whole(tmp_path, elsewhere, {**CARDS, "id": "other-id"})
    # Both rows carry one ACGME id; neither stands at an institution that has a program with it.
    assert {own.id for own in found.programs if own.acgme_id == "1412499999"}
    again = load_catalog([tmp_path / "harbor.toml", tmp_path / "list" / "all.toml"], bundled=False)
    assert len({own.id for own in again.programs}) == len(again.programs)


def test_city_and_state_of_a_program_go_before_those_of_its_institution(tmp_path: Path) -> None:
    found = whole(tmp_path, {**CARDS, "institution": "new-place-ny"})
    own = found.program["acgme-1412499999"]
    assert found.place_of(own) == ("Utica", "NY")
    assert [one.id for one in search(found, Query.parse("city:utica")).programs()] == [own.id]
    assert "Rome" not in [value.label for value in search(found, Query.parse("")).facet("city")]


def test_what_pages_describe_comes_first(tmp_path: Path) -> None:
    found = whole(tmp_path, {**CARDS, "institution": "new-place-ny"})
    assert found.programs[-1].id == "acgme-1412499999"


@pytest.mark.parametrize("bundled", [True, False])
def test_a_list_stands_alone_too(tmp_path: Path, bundled: bool) -> None:
    write_data(tmp_path)
    file = tmp_path / "all.toml"
    file.write_text(LIST + PROGRAM.format(**CARDS), encoding="utf-8")
    assert "acgme-1412499999" in load_catalog([file], bundled=bundled).program
