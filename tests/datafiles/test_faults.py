"""A hundred faults in a copy of the real data: `check` names each with its file and line."""

from __future__ import annotations

import random
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

from gmetui.datafiles.files import check_files, data_root

#: What a careless hand does to a line: (the line, what becomes of it, what is said about it).
FAULTS: tuple[tuple[str, str, str], ...] = (
    (r'^kind = "fellowship"$', 'kind = "felowship"', "'felowship' is not known"),
    (r'^kind = "residency"$', "kind = 3", "a number where text should be"),
    (r"^length_years = (\d)$", r'length_years = "\1"', "text where a whole number should be"),
    (r"^length_years = \d$", "length_years = 0", "0 cannot be right"),
    (r"^length_years = (\d)$", r"lenght_years = \1", "no such key; did you mean 'length_years'"),
    (r"^positions_per_year = \d+$", "positions_per_year = true", "true/false where a whole number"),
    (r'^specialty = "(\w+)[a-z]"$', r'specialty = "\1"', "no specialty has the id"),
    (r'^url = "https://', 'url = "htps://', "is not a web address"),
    (r'^id = "([a-z]+)-', r'id = "\1_', "is not an id"),
    (r'^name = "(.*)"$', r'nmae = "\1"', "no such key; did you mean 'name'"),
    (r'^name = ".*"$', 'name = ""', "is empty"),
    (r'^accreditation = "acgme"$', 'accreditation = "ACGME"', "'ACGME' is not known"),
    (r'^acgme_id = "(\d{9})\d"$', r'acgme_id = "\1"', "is no ACGME id"),
    (r'^acgme_id = "\d{3}(\d{7})"$', r'acgme_id = "998\1"', "is the code of no specialty"),
    (r'^source = "(.*)"$', r'source = "\1x"', "no page has the id"),
    (r'^source = "(.*)"$', r'sorce = "\1"', "no such key; did you mean 'source'"),
    (r'^(  \{ topic = ")letters"', r'\1leters"', "'leters' is not known"),
    (r'^(  \{ topic = ".*", )text =', r"\1txt =", "no such key; did you mean 'text'"),
    (r'strength = "required"', 'strength = "must"', "'must' is not known"),
    (r'trained_in = \["([a-z-]+)"', r'trained_in = ["\1x"', "no specialty has the id"),
    (r'on = "(\d{4})-(\d\d)-(\d\d)"', r'on = "\3.\2.\1"', "is no date"),
    (r'^(visa = \["?\{? ?)', "visa = [1, ", "a number where text should be"),
    (r'site = "([a-z-]+)"', r'site = "\1-x"', "no site has the id"),
    (r'^(highlights = \[)"', r'\1"<b>", "', "looks like markup"),
    (r'^(  )("[A-Z][^"]{20,}",)$', r'\1"ask a.b@example.org", \2', "holds a mail address"),
)
WANTED = 100


def _places(lines: list[str]) -> Iterator[tuple[int, int]]:
    """Yield (number of the program, number of the line) for every line of a program."""
    program, inside = -1, False
    for number, line in enumerate(lines):
        if line == "[[program]]":
            program += 1
        if line.startswith("["):
            inside = line == "[[program]]"
        if inside:
            yield program, number


def test_a_hundred_faults_are_named_with_their_lines(tmp_path: Path) -> None:
    shutil.copytree(Path(str(data_root())) / "institutions", tmp_path / "institutions")
    rng = random.Random(20261122)
    expected: list[tuple[str, int, str]] = []
    for name in ("bmc", "mgh", "tufts"):
        file = tmp_path / "institutions" / f"{name}.toml"
        lines = file.read_text(encoding="utf-8").split("\n")
        places = list(_places(lines))
        rng.shuffle(places)
        spoilt: set[int] = set()
        for pattern, replacement, said in FAULTS * 2:
            for program, number in places:
                if program not in spoilt and re.search(pattern, lines[number]):
                    lines[number] = re.sub(pattern, replacement, lines[number], count=1)
                    spoilt.add(program)
                    expected.append((str(file), number + 1, said))
                    break
        file.write_text("\n".join(lines), encoding="utf-8")
    assert len(expected) >= WANTED
    assert {said for _, _, said in expected} == {said for _, _, said in FAULTS}
    problems = check_files([tmp_path])
    for file_name, line, said in expected:
        here = [problem for problem in problems if problem.file == file_name and problem.line == line]
        assert any(said in str(problem) for problem in here), (file_name, line, said, [str(p) for p in here])


def test_a_text_over_several_lines_and_a_list_on_one(tmp_path: Path) -> None:
    file = tmp_path / "x.toml"
    file.write_text(
        '[[page]]\nid = "p"\npublisher = "institution"\n\n[[salary]]\ninstitution = "mgh"\nemployer = "x"\nyear = "1"\n'
        'source = [\n  "p",  # a comment, with [brackets]\n  "nowhere",\n]\npgy = { 1 = 60000, 2 = "x" }\n',
        encoding="utf-8",
    )
    said = [f"{problem.line}: {problem.key}" for problem in check_files([tmp_path]) if problem.file == str(file)]
    assert "13: salary[0].pgy.2" in said
