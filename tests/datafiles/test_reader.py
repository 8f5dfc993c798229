"""Data files with problems: each is reported with file, line, key, what is wrong and how to fix it."""

from __future__ import annotations

from pathlib import Path

import pytest

from gmetui.catalog.facts import program_facts
from gmetui.datafiles.files import check_files, read_catalog
from gmetui.errors import DataError, FileError
from support import HOSTILE_INSTITUTION, HOSTILE_TEXTS, is_harmless, write_hostile_data

pytestmark = pytest.mark.usefixtures("fixture_data")


def read_problems(directory: Path, text: str) -> list[str]:
    """Return the problems that prevent reading a data file with this text."""
    (directory / "x.toml").write_text(text, encoding="utf-8")
    with pytest.raises(DataError) as caught:
        read_catalog([directory])
    return [str(problem).replace(str(directory), "DIR") for problem in caught.value.problems]


#: (what the file holds, what it holds instead, the problem, the hint)
FAULTS = [
    ('kind = "fellowship"', 'kind = "felowship"', "program[0].kind: unknown kind “felowship”", "“fellowship”"),
    ('kind = "fellowship"', 'kind = "course"', "unknown kind “course”", "use one of residency, fellowship, combined"),
    ("length_years = 3", 'length_years = "3"', "program[0].length_years: expected a whole number, got text", "quotes"),
    ("length_years = 3", "length_years = true", "program[0].length_years: expected a whole number, got true", ""),
    ("length_years = 3", "length_years = 0", "program[0].length_years: 0 is out of range", "not stated"),
    ("length_years = 3", "lenght_years = 3", "program[0].lenght_years: unknown key", "“length_years”"),
    ('id = "harbor-cardiology"', 'id = "Harbor Cardiology"', "is not a valid id", "hyphens"),
    ('"cardiovascular-disease"', '"cardiovascular-diseas"', "unknown specialty", "“cardiovascular-disease”"),
    ('other = ["visa"]', 'othr = ["visa"]', "unknown page “othr”", "“other”"),
    ('other = ["visa"]', 'other = ["vissa"]', "unknown field “vissa”", "“visa”"),
    ('url = "https://example.org/page"', 'url = "javascript:alert(1)"', "is not a web address", "https://"),
    ('id = "harbor-surgery"', 'id = "harbor-cardiology"', "id “harbor-cardiology” is used twice", "unique"),
    ('name = "Harbor Hospital"', "", "institution.name: is missing", "sponsoring institution"),
    ('topic = "letters", text', 'topc = "letters", text', "requirements[1].topc: unknown key", "“topic”"),
    ('[[page]]\nid = "other"', '[[pgae]]\nid = "other"', "pgae: unknown table", "“page”"),
    ('visa = ["J-1 [only]", "H-1B <b>never</b>"]', "visa = [1]", "visa[0]: expected text, got a number", "{ text ="),
    ('deadlines = ["1 August 2025"]', "deadlines = 1", "deadlines: expected a list, got a number", "{ text ="),
    ('"1 August 2025"', '{ text = "x", dates = [{ what = "start", on = "1.8." }] }', "“1.8.” is not a date", "YYYY"),
    ("third_party = true", "third_party = 3", "third_party: expected a list of texts, got a number", "["),
]
#: Problems whose line is that of another place: of the table, or of the entry that came later.
REPORTED_ELSEWHERE = ("unknown page", "unknown field", "is used twice")


@pytest.mark.parametrize(("right", "wrong", "message", "hint"), FAULTS)
def test_each_problem_names_its_line_and_a_fix(tmp_path: Path, right: str, wrong: str, message: str, hint: str) -> None:
    text = HOSTILE_INSTITUTION.replace(right, wrong, 1)
    assert text != HOSTILE_INSTITUTION
    problems = read_problems(tmp_path, text)
    matching = [problem for problem in problems if message in problem]
    assert matching, problems
    assert hint in matching[0]
    assert matching[0].startswith("DIR/x.toml:")
    if wrong and not any(phrase in message for phrase in REPORTED_ELSEWHERE):
        assert matching[0].split(":")[1] == str(text[: text.index(wrong)].count("\n") + 1)


def test_all_problems_are_collected(tmp_path: Path) -> None:
    text = HOSTILE_INSTITUTION.replace('kind = "fellowship"', 'kind = "x"')
    text = text.replace("positions_per_year = 6", "positions = 6")
    assert len(read_problems(tmp_path, text)) == 2


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"a = [", "x.toml:1: file: is not valid TOML"),
        (b"x = 1\n\ny = = 2\n", "x.toml:3: file: is not valid TOML"),
        (b"name = '\xff\xfe'", "x.toml:1: file: is not UTF-8 text"),
        (b"a = " + b"[" * 3000, "x.toml:1: a: is nested too deeply"),
        (b"program = 1", "x.toml:1: program: expected a table, got a number"),
        (b"[[program]]\nid = 'x'", "is missing"),
        (b"boards = 3", "x.toml:1: boards: expected a table"),
        (b"[boards]\nABX = 3", "x.toml:2: boards.ABX: expected text"),
    ],
)
def test_incomplete_files(tmp_path: Path, content: bytes, message: str) -> None:
    (tmp_path / "x.toml").write_bytes(content)
    with pytest.raises(DataError) as caught:
        read_catalog([tmp_path])
    assert message in str(caught.value)


def test_missing_and_empty_directories(tmp_path: Path) -> None:
    with pytest.raises(FileError, match="data directory not found"):
        read_catalog([tmp_path / "nowhere"])
    with pytest.raises(FileError, match=r"no \.toml files"):
        read_catalog([tmp_path])


@pytest.mark.parametrize("text", HOSTILE_TEXTS)
def test_hostile_text_is_sanitized_and_reported(tmp_path: Path, text: str) -> None:
    escaped = text.encode("unicode_escape").decode().replace("\\x", "\\u00").replace('"', '\\"')
    content = HOSTILE_INSTITUTION.replace("Harbor Hospital", escaped).replace("Three letters | at least", escaped)
    (tmp_path / "x.toml").write_text(content, encoding="utf-8")
    catalog = read_catalog([tmp_path], bundled=False)
    program = catalog.program["harbor-cardiology"]
    values = [value for fact in program_facts(catalog, program) for value in fact.values]
    assert all(is_harmless(value, lines=False) for value in [*values, catalog.institutions[0].name])
    reported = [problem for problem in check_files([tmp_path]) if "control or invisible" in problem.message]
    assert bool(reported) is (not is_harmless(text, lines=False) or "e\u0301" in text)


OVERLAY = """
[[program]]
id = "larkspur-neurology-residency"
institution = "larkspur"
name = "Changed"
kind = "residency"
specialty = "neurology"
source = "mine"
[[program]]
id = "larkspur-new"
institution = "larkspur"
name = "New"
kind = "other"
specialty = "neurology"
source = "mine"
[[page]]
id = "mine"
url = "https://example.org"
publisher = "institution"
"""


def test_a_later_layer_replaces_and_adds(tmp_path: Path) -> None:
    bundled = read_catalog()
    (tmp_path / "mine.toml").write_text(OVERLAY, encoding="utf-8")
    catalog = read_catalog([tmp_path])
    assert catalog.program.keys() - bundled.program.keys() == {"larkspur-new"}
    assert catalog.program["larkspur-neurology-residency"].name == "Changed"
    assert catalog.program["larkspur-new"].institution == "larkspur"


def test_without_the_bundled_programs_the_reference_remains(tmp_path: Path) -> None:
    catalog = read_catalog([write_hostile_data(tmp_path)], bundled=False)
    assert [institution.id for institution in catalog.institutions] == ["elm", "harbor"]
    assert {program.institution for program in catalog.programs} == {"elm", "harbor"}
    assert catalog.specialties == read_catalog().specialties
    assert not catalog.salaries


def test_without_any_data_there_are_no_partners() -> None:
    assert not read_catalog([], bundled=False).partners


def test_a_program_needs_an_institution(tmp_path: Path) -> None:
    text = HOSTILE_INSTITUTION.partition("[[page]]")[2].partition("[[program]]")
    problems = read_problems(tmp_path, f"[[page]]{text[0]}[[program]]{text[2]}")
    assert any("program[0].institution: is missing; name one" in problem for problem in problems)
