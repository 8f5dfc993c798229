"""`gmetui couple`: the rows of two lists as a page, JSON and files, and what is refused."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import load_workbook

from gmetui.storage.paths import user_paths
from support import CommandRunner

pytestmark = pytest.mark.usefixtures("fixture_data")

MEDICINE, NEUROLOGY = "larkspur-internal-medicine-residency", "quillmont-neurology-residency"
SURGERY, FAMILY = "larkspur-surgery-residency", "quillmont-family-medicine-residency"
FELLOWSHIP = "larkspur-cardiovascular-disease-fellowship"


@pytest.fixture
def partner(run: CommandRunner, tmp_path: Path) -> Path:
    """Two lists of two programs each, the second one in a file, too."""
    run("shortlist", "add", MEDICINE, NEUROLOGY)
    run("--list", "partner", "shortlist", "add", SURGERY, FAMILY)
    file = tmp_path / "partner.toml"
    run("--list", "partner", "export", "--format", "toml", "--output", str(file))
    return file


def test_the_rows_as_a_page(run: CommandRunner, partner: Path) -> None:
    text = run("couple", "--with", str(partner))
    assert "Couple: you and partner.toml" in text
    assert "4 of 4 pairs" in text
    rows = [re.split(r"\s{2,}", line) for line in text.splitlines() if re.match(r"\d  ", line)]
    assert [row[-1] for row in rows] == ["1 + 1", "1 + 2", "2 + 1", "2 + 2"]
    assert [row[-2] for row in rows] == ["0", "57", "57", "0"]
    assert "A couple matches only in a row that both get." in text
    assert "costs $45 each, due when the request is sent" in text
    assert "999999999" in text
    assert "<table" in run("couple", "--with", str(partner), "--format", "html")
    assert "| 1 |" in run("couple", "--with", str(partner), "--format", "markdown")


def test_the_rows_as_json(run: CommandRunner, partner: Path) -> None:
    document = json.loads(run("couple", "--with", str(partner), "--format", "json"))
    assert document["match"] == "nrmp-main-match"
    assert (document["possible"], document["limit"], document["order"]) == (4, 300, "sum")
    assert document["rows"][1] == {
        "row": 2,
        "mine": {"rank": 1, "id": MEDICINE, "code": "9901140C0"},
        "theirs": {"rank": 2, "id": FAMILY, "code": None},
        "miles": 57,
        "same_city": False,
        "new": False,
    }
    options = ("--order", "near", "--miles", "30", "--no-match", "mine,theirs")
    near = json.loads(run("couple", "--with", str(partner), *options, "--format", "json"))
    assert [(row["mine"]["rank"], row["theirs"]["rank"]) for row in near["rows"]] == [
        *((1, 1), (2, 2)),
        *((1, None), (2, None), (None, 1), (None, 2)),
    ]
    assert near["rows"][2]["theirs"] == {"rank": None, "id": None, "code": "999999999"}
    assert near["left_out"]["miles"] == 2
    assert near["no_match"] == 4


def test_golden_outputs(run: CommandRunner, partner: Path, golden: Callable[[str, bytes], None]) -> None:
    arguments = ("couple", "--with", str(partner), "--no-match", "mine,theirs")
    golden("cli-couple.json", run(*arguments, "--format", "json").encode())
    golden("cli-couple.txt", run(*arguments).encode())
    golden("cli-couple-half.txt", run(*arguments, "--half", "theirs").encode())


def test_no_match_says_who_goes_without_a_place(run: CommandRunner, partner: Path) -> None:
    text = " ".join(run("couple", "--with", str(partner), "--no-match", "mine").split())
    assert "Rows 5–6: your partner would go unmatched." in text
    assert "No Match in a row" in text


@pytest.mark.parametrize("extension", ["csv", "xlsx", "txt", "json", "tsv"])
def test_both_halves_as_files(run: CommandRunner, partner: Path, tmp_path: Path, extension: str) -> None:
    file = tmp_path / f"couple.{extension}"
    run("couple", "--with", str(partner), "--no-match", "mine", "--output", str(file))
    content = file.read_bytes()
    if extension == "xlsx":
        sheets = load_workbook(file).worksheets
        assert [sheet.title for sheet in sheets] == ["You", "Partner"]
        assert [sheet.max_row for sheet in sheets] == [7, 7]
        assert sheets[0]["B2"].value == "9901140C0"
        assert (sheets[0]["A2"].value, sheets[0]["F2"].value) == (1, 1)
        assert sheets[1]["B6"].value == "999999999"
    elif extension == "csv":
        assert content.startswith(b"\xef\xbb\xbf")
        rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))
        assert len(rows) == 6
        assert rows[0]["You: Program"] == "Internal Medicine Residency"
        assert rows[4]["Partner: NRMP code"] == "999999999"
        assert rows[1]["Miles"] == "57"
    elif extension == "json":
        assert len(json.loads(content)["rows"]) == 6
    else:
        assert content.decode().count("999999999") == 2


@pytest.mark.parametrize("half", ["mine", "theirs"])
def test_one_half_has_a_line_for_each_row(run: CommandRunner, partner: Path, half: str) -> None:
    rows = list(csv.reader(io.StringIO(run("couple", "--with", str(partner), "--half", half, "--format", "csv"))))
    assert rows[0] == ["Rank", "NRMP code", "Program", "Institution", "City", "On the list"]
    assert [row[0] for row in rows[1:]] == ["1", "2", "3", "4"]
    text = run("couple", "--with", str(partner), "--half", half)
    assert text.startswith(f"{'You' if half == 'mine' else 'Partner'}: 4 rows")


def test_formulas_in_a_partner_s_list_are_text(run: CommandRunner, partner: Path, tmp_path: Path) -> None:
    partner.write_text('[[program]]\nid = "x"\nname = "=HYPERLINK(1)"\ninstitution = "@x\\u001b[2J"\n')
    output = run("couple", "--with", str(partner), "--format", "csv")
    assert '"\'=HYPERLINK(1)"' in output
    assert '"\'@x[2J"' in output
    assert "\x1b" not in run("couple", "--with", str(partner))
    assert "\x1b" not in run("couple", "--with", str(partner), "--half", "theirs")
    file = tmp_path / "couple.xlsx"
    run("couple", "--with", str(partner), "--output", str(file))
    assert load_workbook(file).worksheets[1]["C2"].data_type == "s"


def test_saved_choices_are_used_for_the_same_partner(run: CommandRunner, partner: Path) -> None:
    run("couple", "--with", str(partner), "--order", "theirs", "--miles", "10", "--save")
    assert user_paths().couple("default").is_file()
    document = json.loads(run("couple", "--format", "json"))
    assert (document["order"], document["miles"], len(document["rows"])) == ("theirs", 10, 2)
    other = json.loads(run("couple", "--with-list", "partner", "--format", "json"))
    assert (other["order"], other["miles"]) == ("sum", None)
    before = partner.read_bytes()
    run("couple", "--half", "theirs")
    assert partner.read_bytes() == before


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((), "who is your partner?"),
        (("--with", "missing.toml"), "no such file"),
        (("--with", "a.toml", "--with-list", "b"), "exclude each other"),
        (("--with-list", "../b"), "cannot name a list"),
        (("--with-list", "partnr"), "unknown list “partnr”; did you mean “partner”?"),
        (("--with-list", "partner", "--no-match", "both"), "--no-match: unknown word “both”"),
        (("--with-list", "partner", "--order", "best"), "unknown rule “best”"),
        (("--with-list", "partner", "--miles", "far"), "0 for the same city"),
        (("--with-list", "partner", "--output", "rows.pdf"), "cannot write rows to “rows.pdf”"),
        (("--with-list", "partner", "--half", "mine", "--format", "html"), "--half cannot be html"),
        (("--with-list", "partner", "--season", "next"), "is not a season"),
    ],
)
def test_wrong_arguments_are_named(run: CommandRunner, partner: Path, arguments: tuple[str, ...], message: str) -> None:
    codes = {"no such file": 4, "unknown list": 5}
    run("couple", *arguments, code=next((code for text, code in codes.items() if text in message), 2))
    assert message in run.err


def test_existing_files_are_not_replaced(run: CommandRunner, partner: Path, tmp_path: Path) -> None:
    file = tmp_path / "couple.csv"
    file.write_text("mine")
    run("couple", "--with", str(partner), "--output", str(file), code=4)
    assert "it exists; --force replaces it" in run.err
    assert file.read_text() == "mine"
    run("couple", "--with", str(partner), "--output", str(file), "--force")
    assert file.read_bytes().startswith(b"\xef\xbb\xbf")
