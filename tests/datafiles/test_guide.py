"""The guide for data contributors: its example is free of problems, and shown and found as the guide promises."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest

from gmetui.catalog.facts import program_facts
from gmetui.datafiles.files import bundled_data_directory, check_files, read_catalog
from gmetui.search import Query, search
from gmetui.tools.data_format import schema_text, with_key_tables
from support import CommandRunner

ROOT = Path(str(bundled_data_directory()))
CAMBRIDGE = Path(__file__).resolve().parents[1] / "data" / "cambridge.toml"
REGENERATE = "run `python -m gmetui.tools.data_format`"


@pytest.fixture
def guide(tmp_path: Path) -> Path:
    """A directory with the data files that a reader of the guide has written at its end."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    example = text.partition("## From a hospital")[2].partition("### What counts")[0]
    blocks = re.findall(r"```toml\n(.*?)```", example, re.DOTALL)
    assert len(blocks) == 3
    (tmp_path / "harbor.toml").write_text("\n".join(blocks), encoding="utf-8")
    return tmp_path


@pytest.fixture
def cambridge(tmp_path: Path) -> Path:
    """A directory with an invented institution, written by the guide alone."""
    shutil.copy(CAMBRIDGE, tmp_path)
    return tmp_path


def test_generated_parts_are_up_to_date() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert with_key_tables(readme) == readme, REGENERATE
    assert (ROOT / "schema.json").read_text(encoding="utf-8") == schema_text(), REGENERATE


def test_the_example_has_no_problems(guide: Path, run: CommandRunner) -> None:
    assert not [problem for problem in check_files([guide]) if problem.file.startswith(str(guide))]
    run("check", str(guide))
    assert run.err.strip() == "no problems"


def test_the_example_is_shown(guide: Path, run: CommandRunner) -> None:
    page = run("show", "harbor-cardiology-fellowship", "--data", str(guide))
    for text in ("J-1 only", "Applications by 1 August 2025", "a directory: five", "third party"):
        assert text in page
    document = json.loads(run("show", "harbor-cardiology-fellowship", "--data", str(guide), "--format", "json"))
    program = document["programs"][0]
    assert program["deadlines"][0]["dates"] == [{"what": "application", "on": "2025-08-01"}]
    assert program["deadlines"][1] == {"text": "Interviews on Fridays"}
    assert program["sites"][1]["site"] == ["boston-childrens-hospital"]
    assert program["requirements"][0]["needs"] == {"trained_in": ["internal-medicine"], "by": "start"}
    assert "acgme_id" in program["third_party_fields"]
    assert program["tracks"][1]["name"] == "Research"


def test_an_institution_written_by_the_guide(cambridge: Path, run: CommandRunner) -> None:
    problems = [problem for problem in check_files([cambridge]) if problem.file.startswith(str(cambridge))]
    assert all(problem.doubtful for problem in problems), problems
    catalog = read_catalog([cambridge])
    added = {"cha-internal-medicine-residency", "cha-consultation-liaison-psychiatry-fellowship"}
    assert added <= {program.id for program in search(catalog, Query.parse("inst:cha")).programs()}
    residency = catalog.program["cha-internal-medicine-residency"]
    assert [reference.site for reference in residency.sites] == [("cambridge-hospital",), residency.sites[1].site, ()]
    facts = {fact.key: fact for fact in program_facts(catalog, residency)}
    assert facts["positions_per_year"].qualified_values == ("8 · third party",)
    assert facts["acgme_id"].third_party
    assert not facts["length_years"].third_party
    fellowship = catalog.program["cha-consultation-liaison-psychiatry-fellowship"]
    visa = next(fact for fact in program_facts(catalog, fellowship) if fact.key == "visa")
    assert [citation.source.id for citation in visa.parts[0].citations] == ["cha-directory"]
    page = run("institutions", "cha", "--data", str(cambridge))
    assert "Ask the department (invented)" in page
    assert "12+ programs (invented)" in page
