"""What `gmetui check` reports in data that is well formed and still wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from gmetui.datafiles.files import check_files, read_catalog
from gmetui.errors import Problem
from support import HOSTILE_INSTITUTION

pytestmark = pytest.mark.usefixtures("fixture_data")

INSTITUTION = HOSTILE_INSTITUTION.replace("H-1B <b>never</b>", "H-1B never")
ROW = 'accreditation = "acgme"\nlength_years = 3\n'

#: (what the file holds, what it holds instead, the problem, whether it is only doubtful)
LINTED = [
    (ROW, f'{ROW}acgme_id = "141242101"\n', "“141242101” is not an ACGME id; write ten digits", False),
    (ROW, f'{ROW}acgme_id = "1402421010"\n', "140 is the code of Internal medicine; the code of cardio", False),
    (ROW, f'{ROW}acgme_id = "1413221010"\n', "digits 4 and 5 (32) stand for NH; the institution is in MA", False),
    ("length_years = 3", "length_years = 9", "9 is unusual for the specialty (3); explain it in length_note", True),
    (ROW, f'{ROW}highlights = ["call <b>now</b>"]\n', "highlights[0]: looks like markup", False),
    (ROW, f'{ROW}highlights = ["x [/bold]"]\n', "highlights[0]: looks like markup", False),
    (ROW, f'{ROW}highlights = ["ask a.person@example.org"]\n', "contains an e-mail address", False),
    (ROW, f'{ROW}benefits = ["617-555-0100"]\n', "contains an e-mail address or a phone number", False),
    (ROW, f'{ROW}highlights = ["twice", "twice"]\n', "highlights[1]: repeats an earlier text", False),
    (ROW, f'{ROW}nrmp_codes = ["no code"]\n', "nrmp_codes[0]: “no code” does not start with a match code", False),
    (ROW, f'{ROW}disagreements = [{{ text = "x", about = "lenght" }}]\n', "unknown field “lenght”", False),
    (
        ROW,
        f'{ROW}disagreements = [{{ text = "x", versions = [{{ says = "1", where = "here" }}] }}]\n',
        "has only one version",
        False,
    ),
    (
        ROW,
        f'{ROW}own_residents = ["Two places"]\ngeneral_knowledge = ["own_residents"]\n',
        "own_residents: has no page",
        False,
    ),
    ('id = "harbor-surgery"', 'id = "surgery-at-harbor"', "does not start with the institution's id", False),
    ('city = "Río"', 'city = "Atlantis"', "city: “Atlantis, MA” is not in the gazetteer; write a place", True),
    ('state = "MA"', 'state = "Mass."', "“Mass.” is not a state; write two capital letters", False),
]


def lint(directory: Path, text: str) -> list[Problem]:
    """Return what is reported about a data file with this text."""
    file = directory / "harbor.toml"
    file.write_text(text, encoding="utf-8")
    return [problem for problem in check_files([directory]) if problem.file == str(file)]


@pytest.mark.parametrize(("right", "wrong", "message", "is_doubtful"), LINTED)
def test_each_problem_is_reported_and_none_stops_loading(
    tmp_path: Path, right: str, wrong: str, message: str, is_doubtful: bool
) -> None:
    earlier = set(map(str, lint(tmp_path, INSTITUTION)))
    text = INSTITUTION.replace(right, wrong, 1)
    assert text != INSTITUTION
    problems = [problem for problem in lint(tmp_path, text) if str(problem) not in earlier]
    matching = [problem for problem in problems if message in str(problem)]
    assert matching, [str(problem) for problem in problems]
    assert matching[0].doubtful is is_doubtful
    changed_lines = [number for number, line in enumerate(text.split("\n"), 1) if line not in INSTITUTION.split("\n")]
    assert matching[0].line == changed_lines[0]
    read_catalog([tmp_path])


def test_programs_out_of_order(tmp_path: Path) -> None:
    assert any("name: is out of order; sort by kind" in str(problem) for problem in lint(tmp_path, INSTITUTION))
    head, *programs = INSTITUTION.split("[[program]]")
    in_order = "[[program]]".join([head, *reversed(programs)])
    assert not any("out of order" in str(problem) for problem in lint(tmp_path, in_order))


def test_shared_ids_and_addresses(tmp_path: Path) -> None:
    text = INSTITUTION.replace("length_years = 3\n", 'length_years = 3\nacgme_id = "1412499008"\n', 1)
    assert any(
        "“larkspur-cardiovascular-disease-fellowship” has 1412499008 too" in str(p) for p in lint(tmp_path, text)
    )
    text = INSTITUTION.replace("https://example.org/other", "https://example.org/page")
    shared = [problem for problem in lint(tmp_path, text) if "has https://example.org/page too" in str(problem)]
    assert [problem.doubtful for problem in shared] == [True]


def test_dates_of_an_edition(tmp_path: Path) -> None:
    problems = list(map(str, lint(tmp_path, '[edition]\nversion = "1"\ndate = "22 November"\nread_by = "2026"\n')))
    assert any(
        text.endswith("harbor.toml:3: edition.date: “22 November” is not a date; write YYYY-MM-DD") for text in problems
    )
    assert any("harbor.toml:4: edition.read_by" in text for text in problems)


SPECIALTY = """
[[specialty]]
id = "tide-medicine"
name = "Tide Medicine"
code = "99"
kind = "residency"
length_years = 4
length_years_max = 4
apply_from = "Septembre"
"""


def test_a_specialty_that_contradicts_itself(tmp_path: Path) -> None:
    problems = " ".join(map(str, lint(tmp_path, SPECIALTY)))
    assert "“99” is not an ACGME code" in problems
    assert "“Septembre” is not a month" in problems
    assert "length_years_max: 4 is not more than length_years" in problems
