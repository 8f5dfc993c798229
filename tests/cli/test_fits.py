"""`gmetui profile` and `gmetui fits`, and what a profile adds to `gmetui search`."""

from __future__ import annotations

import csv
import io
import json
import sys
from collections.abc import Callable
from pathlib import Path
from unittest.mock import AsyncMock

import pytest
from textual_serve.download_manager import DownloadManager

from gmetui.catalog.schema import fields_of
from gmetui.planning.profile_edits import profile_keys
from gmetui.storage.profile_files import NO_PROFILE_VARIABLE
from gmetui.web.explorer_process import ExplorerProcess
from support import CommandRunner

pytestmark = pytest.mark.usefixtures("fixture_data")

MEDICINE, CARDIOLOGY = "larkspur-internal-medicine-residency", "larkspur-cardiovascular-disease-fellowship"


def make_profile(run: CommandRunner) -> None:
    for key, *values in (
        ("degree", "MBBS"),
        ("school_country", "IN"),
        ("graduation", "2019-06"),
        ("citizenship", "IN"),
        ("visa.needed", "yes"),
        ("visa.will_take", "h-1b"),
        ("training", "none"),
        ("letters", "2"),
    ):
        run("profile", "set", key, *values)
    for exam in ("Step 1", "Step 2 CK"):
        run("profile", "add", "exam", exam, "passed=2024-03-01", "attempts=1")
    run("profile", "add", "certificate", "ECFMG", "issued=2024-08-01")


def test_a_profile_is_made_shown_and_forgotten(run: CommandRunner) -> None:
    assert json.loads(run("profile", "--format", "json"))["exists"] is False
    make_profile(run)
    text = run("profile")
    for expected in ("MBBS", "June 2019", "H-1B", "passed Mar 1, 2024", "stays on this computer"):
        assert expected in text
    path = Path(run("profile", "path").strip())
    assert 'will_take = ["H-1B"]' in path.read_text(encoding="utf-8")
    run("profile", "check")
    document = json.loads(run("profile", "--format", "json"))
    assert document["values"]["exam"][0] == {"name": "USMLE Step 1", "passed": "2024-03-01", "attempts": 1}
    assert {"key": "clinical", "finer": None, "changes": 1} not in document["missing"]
    run("profile", "unset", "exam.2")
    run("profile", "unset", "graduation")
    values = json.loads(run("profile", "--format", "json"))["values"]
    assert len(values["exam"]) == 1
    assert "graduation" not in values


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (("set", "graduatoin", "2019"), 2, "unknown key “graduatoin”; did you mean “graduation”?"),
        (("set", "vias.needed", "yes"), 2, "unknown key “vias.needed”; did you mean “visa.needed”?"),
        (("set", "graduation", "soon"), 2, "graduation: “soon” is not a date"),
        (("set", "school_country", "Indai"), 2, "unknown country “Indai”; did you mean “India”?"),
        (("set", "languages", "en", "Qqq"), 2, "unknown language “Qqq”; write its name or its code"),
        (("set", "visa.needed", "maybe"), 2, "visa.needed is true or false, not “maybe”"),
        (("set", "visa", "J-1"), 2, "visa is a table; its keys are visa.needed"),
        (("set", "exam", "Step 1"), 2, "write “profile add exam …”"),
        (("set", "letters", "three"), 2, "letters is a whole number"),
        (("set", "degree", "M.D."), 2, "unknown degree “M.D.”; did you mean “MD”?"),
        (("add", "degree", "MD"), 2, "degree has no entries; tables: exam"),
        (("add", "exam", "Step 9"), 2, "unknown name “Step 9”"),
        (("add", "exam", "Step2"), 2, "unknown name “Step2”; did you mean “USMLE Step 2 CK”?"),
        (("add", "exam", "Step 1", "when=2024"), 2, "unknown key “when”"),
        (("unset", "exam.1"), 2, "exam has no entry 1"),
        (("check",), 5, "unknown profile “default”"),
        (("check", "--profile", "../x"), 2, "cannot name a profile"),
    ],
)
def test_what_is_wrong_is_told(run: CommandRunner, arguments: tuple[str, ...], code: int, message: str) -> None:
    run("profile", *arguments, code=code)
    assert message in run.err


def test_check_knows_the_specialties(run: CommandRunner) -> None:
    run("profile", "add", "training", "internal-medecine")
    run("profile", "check", code=3)
    assert ".toml:4: training[0].specialty: unknown specialty “internal-medecine”; did you mean" in run.err


def test_fits_needs_a_profile(run: CommandRunner) -> None:
    run("fits", MEDICINE, code=2)
    assert "gmetui profile set" in run.err
    for query in ("fits:meets", "-fits:no", "fit:no", "sort:fits", "has:fits"):
        run("search", query, code=2)
        assert "fits needs a profile" in run.err
        run("search", query, "--lenient", code=2)


def test_an_unknown_id_is_no_search(run: CommandRunner) -> None:
    make_profile(run)
    run("fits", "larkspur-internal-xyzzy-residency", code=5)
    assert "unknown program “larkspur-internal-xyzzy-residency”; did you mean “larkspur-" in run.err
    run("fits", MEDICINE, "bogus-id", code=5)
    assert "unknown program “bogus-id”" in run.err
    assert "showing results" not in run.err
    assert MEDICINE in run("fits", "larkspur", "kind:residency")


def test_an_untold_training_is_asked_for(run: CommandRunner) -> None:
    assert "gmetui profile add training" in run("profile")
    run("profile", "add", "training", "internal-medicine", "first=2025-07")
    assert "gmetui profile add training" not in run("profile")


def test_fits_in_every_form(run: CommandRunner, golden: Callable[[str, bytes], None]) -> None:
    make_profile(run)
    run("shortlist", "add", MEDICINE, CARDIOLOGY)
    golden("fits.tsv", run("fits").encode())
    summary, details = run("fits", "--format", "text"), run("fits", MEDICINE, "--details")
    for expected in ("2 programs", "July 2027", "not met", "H-1B refused", "Ask the program before you decide"):
        assert expected in summary
    for expected in ("Can't tell", "ECFMG certificate", "issued on Aug 1, 2024", "Compared: ", "no promise", "[1]"):
        assert expected in details
    document = json.loads(run("fits", MEDICINE, CARDIOLOGY, "--format", "json"))
    golden("fits.json", (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode())
    medicine, cardiology = document["programs"]
    assert (medicine["verdict"], medicine["visa"]["why"]) == ("cannot-tell", "by-case")
    assert (cardiology["verdict"], cardiology["yet"]) == ("does-not-meet", False)  # the H-1B is refused
    rows = list(csv.reader(io.StringIO(run("fits", "--kind", "residency")), delimiter="\t"))
    assert [row[-1] for row in rows] == [MEDICINE]
    assert json.loads(run("fits", MEDICINE, "--json", "id,verdict")) == [{"id": MEDICINE, "verdict": "cannot-tell"}]
    assert json.loads(run("fits", "larkspur/cardiology", "--json", "id")) == [{"id": CARDIOLOGY}]
    run("fits", "larkspur/no-such-thing", code=5)
    run("fits", MEDICINE, CARDIOLOGY, "--details", "--format", "html", code=2)
    assert "Required" in run("fits", MEDICINE, "--details", "--format", "html")


def test_words_that_promise_are_never_said(run: CommandRunner) -> None:
    make_profile(run)
    texts = [run("fits", *arguments) for arguments in ((MEDICINE, "--details"), ("larkspur", "--format", "text"))]
    texts.append(run("profile"))
    for text in texts:
        for word in ("eligible", "qualified", "recommend", "likely", "chance", "competitive", "%"):
            assert word not in text.casefold().replace("board-eligible", "")


def test_a_search_by_verdict(run: CommandRunner) -> None:
    make_profile(run)
    against = run("search", "fits:no", "--format", "ids").split()
    assert CARDIOLOGY in against
    total = len(run("search", "--format", "ids").split())
    not_against = run("search", "-fits:no", "--format", "ids").split()
    assert f"{len(against)} programs left out by your profile" in run.err
    assert len(not_against) == total - len(against)
    ordered = run("search", "sort:fits", "--format", "ids").split()
    assert ordered[-len(against) :] == against
    run("search", "fits:perhaps", "--lenient", code=2)
    assert "unknown value “perhaps” for fits" in run.err


def test_another_profile_by_name_and_by_setting(run: CommandRunner, home: Path) -> None:
    make_profile(run)
    run("profile", "set", "degree", "MD", "--profile", "other")
    assert json.loads(run("profile", "--profile", "other", "--format", "json"))["values"] == {"degree": ["MD"]}
    assert "Other profiles: other" in run("profile")
    run("fits", MEDICINE, "--profile", "third", code=5)
    (home / "settings.toml").write_text('profile = "other"\n', encoding="utf-8")
    assert json.loads(run("fits", MEDICINE, "--format", "json"))["profile"] == "other"


def test_a_wrong_profile_ends_with_its_line(run: CommandRunner, home: Path) -> None:
    home.mkdir(parents=True, exist_ok=True)
    (home / "profile.toml").write_text('degree = "MD"\ngraduation = "soon"\n', encoding="utf-8")
    for arguments in (("profile",), ("fits", MEDICINE), ("search", "fits:no")):
        run(*arguments, code=3)
        assert "profile.toml:2: graduation: “soon” is not a date" in run.err


def test_a_profile_is_in_no_export(run: CommandRunner, tmp_path: Path) -> None:
    """What only the profile says, a made-up status, stands in nothing that leaves this computer."""
    make_profile(run)
    run("profile", "set", "visa.in_us_as", "Quetzal status")
    run("shortlist", "add", MEDICINE)
    for name in ("csv", "json", "toml", "markdown", "html", "ics"):
        file = tmp_path / f"list.{name}"
        run("export", "--format", name, "--output", str(file))
        assert b"Quetzal" not in file.read_bytes()
    assert "Quetzal" in run("profile")


async def test_a_served_explorer_has_no_profile() -> None:
    """The variable that turns profiles off is in the environment of the process that the server starts."""
    script = f"import os; print(os.environ.get('{NO_PROFILE_VARIABLE}'))"
    served = ExplorerProcess([sys.executable, "-c", script], AsyncMock(), DownloadManager())
    process = await served._open_app_process()
    output, _ = await process.communicate()
    assert output.decode().strip() == "1"


def test_the_help_names_every_key(run: CommandRunner) -> None:
    text = " ".join(run("help", "profile").split())
    for key in profile_keys():
        names = [field.key for field in fields_of(key.field.item_type)] if key.field.item_type else []
        assert f"{key.text} ({', '.join(names)})" in text if names else key.text in text
