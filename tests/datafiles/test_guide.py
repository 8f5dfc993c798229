"""The guide for people who add data: its worked example is checked, shown and found as the guide says."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest

from gmetui.catalog.facts import program_facts
from gmetui.datafiles.files import check_files, data_root, load_catalog
from gmetui.search import Query, search
from support import Run

GUIDED = ("cha-internal-medicine-residency", "cha-consultation-liaison-psychiatry-fellowship")
CAMBRIDGE = Path(__file__).resolve().parents[1] / "data" / "cambridge.toml"


@pytest.fixture
def guide(tmp_path: Path) -> Path:
    """The data files that a reader of the guide has written at its end."""
    text = (Path(str(data_root())) / "README.md").read_text(encoding="utf-8")
    worked = text.partition("## From a hospital")[2].partition("### What counts")[0]
    blocks = re.findall(r"```toml\n(.*?)```", worked, re.DOTALL)
    assert len(blocks) == 3
    (tmp_path / "harbor.toml").write_text("\n".join(blocks), encoding="utf-8")
    return tmp_path


@pytest.fixture
def cambridge(tmp_path: Path) -> Path:
    shutil.copy(CAMBRIDGE, tmp_path)
    return tmp_path


def test_the_worked_example_has_no_problem(guide: Path, run: Run) -> None:
    assert not [problem for problem in check_files([guide]) if problem.file.startswith(str(guide))]
    run("check", str(guide))
    assert run.err.strip() == "no problems"


def test_what_the_example_says_is_shown(guide: Path, run: Run) -> None:
    shown = run("show", "harbor-cardiology-fellowship", "--data", str(guide))
    for said in ("J-1 only", "Applications by 1 August 2025", "a directory: five", "· considered", "third party"):
        assert said in shown
    facts = json.loads(run("show", "harbor-cardiology-fellowship", "--data", str(guide), "--format", "json"))[
        "programs"
    ][0]
    assert facts["deadlines"]["value"][0]["dates"] == [{"what": "application", "on": "2025-08-01"}]
    assert facts["deadlines"]["value"][1] == {"text": "Interviews on Fridays"}
    assert facts["sites"]["value"][1]["site"] == ["boston-childrens-hospital"]
    assert facts["requirements"]["value"][0]["needs"] == {"trained_in": ["internal-medicine"], "by": "start"}
    assert facts["acgme_id"]["third_party"] is True
    assert facts["tracks"]["value"][1]["name"] == "Research"


def test_an_overlay_by_the_guide_alone(cambridge: Path, run: Run) -> None:
    own = [problem for problem in check_files([cambridge]) if problem.file.startswith(str(cambridge))]
    assert all(problem.doubtful for problem in own), own
    catalog = load_catalog([cambridge])
    assert len(catalog.programs) == len({*load_catalog().program, *GUIDED})
    assert {program.id for program in search(catalog, Query.parse("inst:cha")).programs()} >= {
        "cha-internal-medicine-residency",
        "cha-consultation-liaison-psychiatry-fellowship",
    }
    residency = catalog.program["cha-internal-medicine-residency"]
    assert residency.sites[0].site == ("cambridge-hospital",)
    assert residency.sites[2].site == ()
    facts = {fact.key: fact for fact in program_facts(catalog, residency)}
    assert facts["positions_per_year"].shown == ("8 · third party",)
    assert facts["acgme_id"].third_party
    assert not facts["length_years"].third_party
    fellowship = catalog.program["cha-consultation-liaison-psychiatry-fellowship"]
    visa = next(fact for fact in program_facts(catalog, fellowship) if fact.key == "visa")
    assert [page.source.id for page in visa.own[0]] == ["cha-directory"]
    shown = run("institutions", "cha", "--data", str(cambridge))
    assert "[ ] Ask the department (invented)" in shown
    assert "12+ programs (invented)" in shown
