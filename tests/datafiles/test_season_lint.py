"""What `gmetui check` reports about dates, fees and signals."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from gmetui.datafiles.builder import build_catalog
from gmetui.datafiles.files import directory_documents
from gmetui.datafiles.lint import lint_draft
from gmetui.errors import DataError
from support import FIXTURE_DATA

DATE = 'id = "x"\nservice = "eras"\ncycle = "2026-27"\nwhat = "match"\nnature = "result"\ntext = "A match"\n'
FEE = 'id = "x"\nservice = "eras"\nseason = "2026-27"\npurpose = "late"\nitem = "late"\ncurrency = "USD"\n'
SIGNAL = 'specialty = "surgery"\nseason = "2026-27"\nservice = "eras"\n'
EXAMPLE = "tiers = [{ first = 1, each = 5 }]\nexamples = [{ programs = [3], total = 16 }]\n"
OFFICIAL, FORUM = 'source = "match-calendar"\n', 'source = "ellery-forum"\n'


def problems_of(tmp_path: Path, text: str) -> list[str]:
    """Return what is wrong with a table that is added to the fixture catalog."""
    directory = tmp_path / "data"
    shutil.copytree(FIXTURE_DATA, directory)
    (directory / "more.toml").write_text(text, encoding="utf-8")
    try:
        return [str(problem) for problem in build_catalog([directory_documents(directory)], lint_draft)[1]]
    except DataError as error:
        return [str(problem) for problem in error.problems]


@pytest.mark.parametrize(
    ("table", "message"),
    [
        (f"[[date]]\n{DATE}{OFFICIAL}", "has no date, or two"),
        (f'[[date]]\n{DATE}{OFFICIAL}on = "2027-02-30"\n', "is no day of the calendar"),
        (f'[[date]]\n{DATE}{OFFICIAL}on = "2027-02-03"\nzone = "ET"\n', "stands without a time"),
        (f'[[date]]\n{DATE}{OFFICIAL}on = "2027-02-03"\ntime = "21:00"\n', "stands without its zone"),
        (f'[[date]]\n{DATE}{OFFICIAL}on = "2027-02-03"\ntime = "9 pm"\nzone = "ET"\n', "is not a time"),
        (f'[[date]]\n{DATE}{OFFICIAL}first = "2027-02-03"\n', "a span has a first and a last day"),
        (f'[[date]]\n{DATE}{OFFICIAL}first = "2027-03"\nlast = "2027-02"\n', "comes before the first day"),
        (f'[[date]]\n{DATE}{FORUM}on = "2027-02-03"\n', "every page is a third party's"),
        (f'[[date]]\n{DATE}{OFFICIAL}on = "2027-02-03"\ndisagrees = "nrmp-2027-quota"\n', "does not name this one"),
        (f'[[date]]\n{DATE}{OFFICIAL}on = "2027-02-03"\ndisagrees = "nowhere"\n', "unknown date “nowhere”"),
        (f'[[date]]\n{DATE}{OFFICIAL}on = "2027-02-03"\nspecialties = ["surgry"]\n', "did you mean “surgery”?"),
        (f'[[date]]\n{DATE.replace("eras", "erass")}{OFFICIAL}on = "2027-02"\n', "unknown service “erass”"),
        (f'[[date]]\n{DATE}source = "no-page"\non = "2027-02"\n', "unknown page “no-page”"),
        (f"[[fee]]\n{FEE}{OFFICIAL}", "has no amount, or two"),
        (f"[[fee]]\n{FEE}{OFFICIAL}flat = 10\neach = 5\n", "has no amount, or two"),
        (f"[[fee]]\n{FEE}{OFFICIAL}flat = 10.005\n", "is not an amount of money"),
        (f'[[fee]]\n{FEE}{OFFICIAL}flat = "10"\n', "is not an amount of money"),
        (f"[[fee]]\n{FEE}{OFFICIAL}tiers = [{{ first = 2, each = 5 }}]\n", "do not start at 1"),
        (
            f"[[fee]]\n{FEE}{OFFICIAL}{EXAMPLE}",
            "the tiers give 15",
        ),
        (f'[[fee]]\n{FEE.replace("service", "payee", 0)}{OFFICIAL}flat = 1\nalso_for = ["x-y"]\n', "unknown service"),
        (f"[[signal]]\n{SIGNAL}{OFFICIAL}gold = 3\nsilver = 5\ntotal = 9\n", "is not the sum of gold and silver"),
        (f'[[guidance]]\nspecialty = "x-y"\ntext = "Ten"\nyear = "2026"\n{OFFICIAL}', "unknown specialty “x-y”"),
    ],
)
def test_faults_of_the_season(tmp_path: Path, table: str, message: str) -> None:
    assert any(message in problem for problem in problems_of(tmp_path, table)), problems_of(tmp_path / "again", table)


def test_a_right_table_has_no_problems(tmp_path: Path) -> None:
    tables = f'[[date]]\n{DATE}{OFFICIAL}on = "2027-02-03"\n[[fee]]\n{FEE}{OFFICIAL}flat = 309.01\n'
    assert problems_of(tmp_path, tables) == []


def test_services_that_a_specialty_names_must_exist(tmp_path: Path) -> None:
    table = '[[specialty]]\nid = "x"\nname = "X"\nkind = "other"\nmatch_ids = ["no-match"]\nsource = "gme-rules"\n'
    assert any("unknown service “no-match”" in problem for problem in problems_of(tmp_path, table))


def test_a_length_follows_a_specialty_that_it_builds_on(tmp_path: Path) -> None:
    head = '[[specialty]]\nid = "x"\nname = "X"\nkind = "fellowship"\nparents = ["Surgery"]\nsource = "gme-rules"\n'
    wrong, right = "length_after = { surgerie = 2 }\n", "length_after = { surgery = 2 }\n"
    assert any("did you mean “surgery”" in problem for problem in problems_of(tmp_path, head + wrong))
    assert problems_of(tmp_path / "again", head + right) == []
