"""What `gmetui check` finds in data that is well formed and still wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from gmetui.datafiles.files import check_files, load_catalog
from support import INSTITUTION

ROW = 'accreditation = "acgme"\nlength_years = 3\n'

AUDITED = [
    (ROW, f'{ROW}acgme_id = "141242101"\n', "is no ACGME id; ten digits", False),
    (ROW, f'{ROW}acgme_id = "1402421010"\n', "140 is the code of Internal medicine; 141 for cardio", False),
    (ROW, f'{ROW}acgme_id = "1413521010"\n', "digits 4 and 5 (35) stand for NY; the institution is in MA", False),
    ("length_years = 3", "length_years = 9", "9 is unusual (3); say why in length_note", True),
    (ROW, f'{ROW}highlights = ["call <b>now</b>"]\n', "highlights[0]: looks like markup", False),
    (ROW, f'{ROW}highlights = ["x [/bold]"]\n', "highlights[0]: looks like markup", False),
    (ROW, f'{ROW}highlights = ["ask a.person@example.org"]\n', "holds a mail address", False),
    (ROW, f'{ROW}benefits = ["617-555-0100"]\n', "holds a mail address or a telephone number", False),
    (ROW, f'{ROW}highlights = ["twice", "twice"]\n', "highlights[1]: stands here twice", False),
    ('id = "harbor-surgery"', 'id = "surgery-at-harbor"', "does not begin with its institution", False),
    ('state = "MA"', 'state = "Mass."', "is no state; two capital letters", False),
]


@pytest.mark.parametrize(("right", "wrong", "said", "doubtful"), AUDITED)
def test_each_is_named_and_none_stops_loading(
    tmp_path: Path, right: str, wrong: str, said: str, doubtful: bool
) -> None:
    quiet = INSTITUTION.replace("H-1B <b>never</b>", "H-1B never")
    file = tmp_path / "harbor.toml"
    file.write_text(quiet, encoding="utf-8")
    before = set(map(str, check_files([tmp_path])))
    text = quiet.replace(right, wrong, 1)
    assert text != quiet
    file.write_text(text, encoding="utf-8")
    new = [problem for problem in check_files([tmp_path]) if str(problem) not in before]
    matching = [problem for problem in new if said in str(problem)]
    assert matching, [str(problem) for problem in new]
    assert matching[0].doubtful is doubtful
    assert matching[0].file == str(file)
    added = next(number for number, line in enumerate(text.split("\n"), 1) if line not in quiet.split("\n"))
    assert matching[0].line == added
    load_catalog([tmp_path])


def test_programs_out_of_order(tmp_path: Path) -> None:
    head, first, second = INSTITUTION.partition('[[program]]\nid = "harbor-cardiology"')
    assert first
    (tmp_path / "x.toml").write_text(head + first + second, encoding="utf-8")
    assert [str(p) for p in check_files([tmp_path]) if "is out of order" in p.wrong]


def test_dates_of_an_edition(tmp_path: Path) -> None:
    text = '[edition]\nversion = "1"\ndate = "22 November"\nread_by = "2026"\n'
    (tmp_path / "x.toml").write_text(text, encoding="utf-8")
    said = [str(problem) for problem in check_files([tmp_path])]
    assert any(line.endswith("x.toml:3: edition.date: '22 November' is no date; YYYY-MM-DD") for line in said)
    assert any("x.toml:4: edition.read_by" in line for line in said)
