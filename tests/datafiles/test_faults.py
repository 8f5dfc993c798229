"""Typical slips in every file of the fixture data: `check` reports each with its file and line."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from gmetui.datafiles.files import check_files
from gmetui.datafiles.line_numbers import LineLocator
from support import FIXTURE_DATA

pytestmark = pytest.mark.usefixtures("fixture_data")

#: What a slip does to a line of a program: (the line, what becomes of it, the problem).
SLIPS: tuple[tuple[str, str, str], ...] = (
    (r'^kind = "fellowship"$', 'kind = "felowship"', "unknown kind “felowship”"),
    (r'^kind = "residency"$', "kind = 3", "expected text, got a number"),
    (r"^length_years = (\d)$", r'length_years = "\1"', "expected a whole number, got text"),
    (r"^length_years = \d$", "length_years = 0", "0 is out of range"),
    (r"^length_years = (\d)$", r"lenght_years = \1", "unknown key; did you mean “length_years”?"),
    (r"^positions_per_year = \d+$", "positions_per_year = true", "expected a whole number, got true/false"),
    (r'^specialty = "([\w-]+)[a-z]"$', r'specialty = "\1"', "unknown specialty"),
    (r'^url = "https://', 'url = "htps://', "is not a web address"),
    (r'^id = "([a-z]+)-', r'id = "\1_', "is not a valid id"),
    (r'^name = "(.*)"$', r'nmae = "\1"', "unknown key; did you mean “name”?"),
    (r'^name = ".*"$', 'name = ""', "is empty"),
    (r'^accreditation = "acgme"$', 'accreditation = "ACGME"', "unknown accreditation “ACGME”"),
    (r'^acgme_id = "(\d{9})\d"$', r'acgme_id = "\1"', "is not an ACGME id"),
    (r'^acgme_id = "\d{3}(\d{7})"$', r'acgme_id = "998\1"', "is the code of no specialty"),
    (r'^source = "(.*)"$', r'source = "\1x"', "unknown page"),
    (r'^source = "(.*)"$', r'sorce = "\1"', "unknown key; did you mean “source”?"),
    (r'^(  \{ topic = ")letters"', r'\1leters"', "unknown topic “leters”"),
    (r'^(  \{ topic = ".*", )text =', r"\1txt =", "unknown key; did you mean “text”?"),
    (r'strength = "required"', 'strength = "must"', "unknown strength “must”"),
    (r'trained_in = \["([a-z-]+)"', r'trained_in = ["\1x"', "unknown specialty"),
    (r'on = "(\d{4})-(\d\d)-(\d\d)"', r'on = "\3.\2.\1"', "is not a date"),
    (r"^visa = \[", "visa = [1, ", "expected text, got a number"),
    (r'site = "([a-z-]+)"', r'site = "\1-x"', "unknown site"),
    (r'^(highlights = \[)"', r'\1"<b>", "', "looks like markup"),
    (r'^(curriculum = \[)("[A-Z])', r'\1"ask a.b@example.org", \2', "contains an e-mail address"),
)


def program_lines(lines: list[str]) -> Iterator[tuple[int, int]]:
    """Yield (number of the program, number of the line) for every line of a program."""
    program, is_inside = -1, False
    for number, line in enumerate(lines):
        if line == "[[program]]":
            program += 1
        if line.startswith("["):
            is_inside = line == "[[program]]"
        if is_inside:
            yield program, number


@pytest.mark.parametrize(("pattern", "replacement", "message"), SLIPS)
def test_a_slip_is_reported_with_its_line(tmp_path: Path, pattern: str, replacement: str, message: str) -> None:
    """Each slip is made once in every file that has such a line."""
    directory = shutil.copytree(FIXTURE_DATA / "institutions", tmp_path / "institutions")
    expected = []
    for file in sorted(directory.glob("*.toml")):
        lines = file.read_text(encoding="utf-8").split("\n")
        number = next((line for _, line in program_lines(lines) if re.search(pattern, lines[line])), None)
        if number is not None:
            lines[number] = re.sub(pattern, replacement, lines[number], count=1)
            file.write_text("\n".join(lines), encoding="utf-8")
            expected.append((str(file), number + 1))
    assert expected
    problems = [(problem.file, problem.line) for problem in check_files([tmp_path]) if message in str(problem)]
    assert set(expected) <= set(problems)


TEXT = """[[page]]
id = "p"

[[salary]]
employer = "x"
source = [
  "p",  # a comment, with [brackets]
  "nowhere",
]
pgy = { 1 = 60000, 2 = "x" }

[[salary]]
notes = [{ text = "[a]" }, "b, c",
  "d"]
"""


@pytest.mark.parametrize(
    ("path", "line"),
    [
        ("page[0].id", 2),
        ("salary[0]", 4),
        ("salary[0].source[1]", 8),
        ("salary[0].pgy.2", 10),
        ("salary[0].missing", 4),
        ("salary[1].notes[1]", 13),
        ("salary[1].notes[2]", 14),
        ("salary[9].notes", 1),
    ],
)
def test_lines_of_keys_and_elements(path: str, line: int) -> None:
    assert LineLocator(TEXT).line_of(path) == line
