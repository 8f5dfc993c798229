"""Imported programs beside those already there: nothing is doubled, and nothing already there is lost."""

from __future__ import annotations

from pathlib import Path

import pytest

from gmetui.catalog.catalog import Catalog
from gmetui.catalog.facts import program_facts
from gmetui.datafiles.files import read_catalog, read_catalog_and_problems
from gmetui.datafiles.program_merge import ProgramIdentity, ProgramMatcher
from gmetui.search import Query, search
from support import write_hostile_data

pytestmark = pytest.mark.usefixtures("fixture_data")

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
CARDIOLOGY = {
    "id": "acgme-1412499999",
    "institution": "harbor",
    "specialty": "cardiovascular-disease",
    "acgme_id": "1412499999",
}


def with_list(directory: Path, *programs: dict[str, str]) -> Catalog:
    """Return the hostile institutions with an imported list of `programs`."""
    write_hostile_data(directory)
    (directory / "list").mkdir(exist_ok=True)
    text = LIST + "".join(PROGRAM.format(**program) for program in programs)
    (directory / "list" / "all.toml").write_text(text, encoding="utf-8")
    files = [directory / "harbor.toml", directory / "elm.toml", directory / "list" / "all.toml"]
    return read_catalog(files, bundled=False)


def identity(program_id: str, acgme_id: str | None = None, *codes: str, name: str = "Cardiology") -> ProgramIdentity:
    """Return a cardiology fellowship at one hospital."""
    return ProgramIdentity(program_id, "harbor", "cardiovascular-disease", acgme_id, codes, name)


OTHER = identity("other-fellowship", None, name="Other Fellowship")


@pytest.mark.parametrize(
    ("existing", "imported", "is_same"),
    [
        ([identity("a", "1")], identity("b", "1"), True),  # 1. the same ACGME id
        ([identity("a", "1")], identity("b", "2"), False),
        ([identity("a", "1"), OTHER], identity("b", "2"), False),
        ([identity("a", "1", "9901141F0")], identity("b", None, "9901141F0"), True),  # 2. a code of the match
        ([identity("a", "1", "9901141F0")], identity("b", "2", "9901141F0"), False),
        ([identity("a", "1")], identity("a", None), True),  # 3. the same id
        ([identity("a", "1")], identity("b", None), True),  # 4. the same name
        ([identity("a", "1")], identity("b", None, name="CARDIOLOGY"), True),
        ([identity("a", "1")], identity("b", None, name="Heart"), False),
        ([identity("a", "1")], identity("b", None, "9901141F0"), False),
        ([identity("a")], identity("b", "1", name="Heart"), True),  # 5. the only one of its specialty
        ([identity("a"), OTHER], identity("b", "1", name="Heart"), False),
    ],
)
def test_rules_of_identity(existing: list[ProgramIdentity], imported: ProgramIdentity, is_same: bool) -> None:
    assert ProgramMatcher(existing, {imported.specialty_key: 1}).match(imported) == ("a" if is_same else None)


def test_two_imported_programs_of_one_specialty_are_new() -> None:
    imported = [identity("b", "1", name="Heart"), identity("c", "2", name="Vessels")]
    matcher = ProgramMatcher([identity("a")], {imported[0].specialty_key: 2})
    assert [matcher.match(program) for program in imported] == [None, None]


def test_programs_with_different_acgme_ids_are_never_joined(tmp_path: Path) -> None:
    """Not even when each is the only program of its specialty at the institution."""
    write_hostile_data(tmp_path)
    file = tmp_path / "harbor.toml"
    text = file.read_text(encoding="utf-8").replace("length_years = 3", 'length_years = 3\nacgme_id = "1412400001"', 1)
    file.write_text(text, encoding="utf-8")
    (tmp_path / "all.toml").write_text(LIST + PROGRAM.format(**CARDIOLOGY), encoding="utf-8")
    catalog = read_catalog([file, tmp_path / "all.toml"], bundled=False)
    assert catalog.program["harbor-cardiology"].acgme_id == "1412400001"
    assert catalog.program["acgme-1412499999"].acgme_id == "1412499999"
    assert not catalog.program["harbor-cardiology"].provenance.listed_in


def test_an_existing_program_is_completed_from_the_list(tmp_path: Path) -> None:
    catalog = with_list(tmp_path, CARDIOLOGY)
    program = catalog.program["harbor-cardiology"]
    assert "acgme-1412499999" not in catalog.program
    assert program.name == 'Cardiology, "Heart" Fellowship'
    assert (program.acgme_id, program.positions_per_year, program.length_years) == ("1412499999", 9, 3)
    assert [item.text for item in program.also_listed] == ["seen: 2026"]
    facts = {fact.key: fact for fact in program_facts(catalog, program)}
    cited = [(citation.source.id, citation.date) for citation in facts["positions_per_year"].citations]
    assert cited == [("import-all", "2026")]
    assert [citation.source.id for citation in facts["length_years"].citations] == ["page"]
    assert [item.text for item in program.disagreements] == ["2 in All programs, 3 on the pages of the program"]
    assert catalog.institution["harbor"].name == "Harbor Hospital", "an existing institution is not replaced"


def test_a_number_that_a_note_explains_is_not_added(tmp_path: Path) -> None:
    write_hostile_data(tmp_path)
    file = tmp_path / "harbor.toml"
    note = 'length_years = 3\npositions_note = "varies"'
    file.write_text(file.read_text(encoding="utf-8").replace("length_years = 3", note, 1), encoding="utf-8")
    (tmp_path / "all.toml").write_text(LIST + PROGRAM.format(**CARDIOLOGY), encoding="utf-8")
    program = read_catalog([file, tmp_path / "all.toml"], bundled=False).program["harbor-cardiology"]
    assert program.acgme_id == "1412499999"
    assert program.positions_per_year is None


def test_city_and_state_of_a_program_take_precedence(tmp_path: Path) -> None:
    catalog = with_list(tmp_path, {**CARDIOLOGY, "institution": "new-place-ny"})
    program = catalog.program["acgme-1412499999"]
    assert catalog.location_of(program) == ("Utica", "NY")
    assert [match.id for match in search(catalog, Query.parse("city:utica")).programs()] == [program.id]
    assert "Rome" not in [value.label for value in search(catalog, Query.parse("")).facet("city")]


def test_programs_described_by_pages_come_first(tmp_path: Path) -> None:
    catalog = with_list(tmp_path, {**CARDIOLOGY, "institution": "new-place-ny"})
    assert catalog.programs[-1].id == "acgme-1412499999"


@pytest.mark.parametrize("bundled", [True, False])
def test_a_list_can_be_read_alone(tmp_path: Path, bundled: bool) -> None:
    file = tmp_path / "all.toml"
    file.write_text(LIST + PROGRAM.format(**CARDIOLOGY), encoding="utf-8")
    assert "acgme-1412499999" in read_catalog([file], bundled=bundled).program


def test_a_fact_that_does_not_fit_falls_out_alone(tmp_path: Path) -> None:
    """Another list, or the edition, may have other tracks, and a table of a list may be damaged by hand."""
    with_list(tmp_path, CARDIOLOGY, {**CARDIOLOGY, "id": "acgme-1412499998", "institution": "nowhere"})
    harbor, file = tmp_path / "harbor.toml", tmp_path / "list" / "all.toml"
    text = harbor.read_text(encoding="utf-8")
    harbor.write_text(
        text.replace('id = "harbor-surgery"', 'id = "harbor-surgery"\ntracks = ["Categorical"]'), encoding="utf-8"
    )
    code_list = f"""{LIST}
[[program]]
id = "harbor-surgery"
name = "Surgery"
institution = "harbor"
kind = "residency"
specialty = "surgery"
nrmp_codes = [{{ text = "9999440C0", track = "categorical" }}, {{ text = "9999440P0", track = "Preliminary" }}]
tracks = ["categorical", "Preliminary"]
source = "import-all"

[[program]]
id = 7
"""
    second = tmp_path / "list" / "codes.toml"
    second.write_text(code_list, encoding="utf-8")
    paths = (harbor, tmp_path / "elm.toml", file, second)
    catalog, problems = read_catalog_and_problems(paths, bundled=False)
    codes = catalog.program["harbor-surgery"].nrmp_codes
    assert [(code.code, code.track) for code in codes] == [("9999440C0", "Categorical"), ("9999440P0", None)]
    assert "1412499999" in {program.acgme_id for program in catalog.programs}
    assert "acgme-1412499998" not in catalog.program
    list_problems = [problem for problem in problems if problem.file in (str(file), str(second))]
    assert [problem.fatal for problem in list_problems] == [False] * len(list_problems)
    messages = " ".join(problem.message for problem in list_problems)
    assert "9999440P0: the program has no track “Preliminary”" in messages
    assert "unknown institution “nowhere”; the program is left out" in messages
    assert any(problem.key == "program[1].id" for problem in list_problems)
