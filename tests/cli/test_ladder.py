"""`gmetui ladder`: text, JSON, and what it refuses."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from support import CommandRunner

pytestmark = pytest.mark.usefixtures("fixture_data")

MEDICINE = "larkspur-internal-medicine-residency"


def ladder(run: CommandRunner, *arguments: str) -> dict[str, Any]:
    """Return what `gmetui ladder … --format json` prints."""
    document = json.loads(run("ladder", *arguments, "--format", "json"))
    assert isinstance(document, dict)
    return document


def test_a_ladder_from_a_program(run: CommandRunner) -> None:
    document = ladder(run, "larkspur/internal-medicine", "--here")
    assert document["from"]["program"] == MEDICINE
    assert document["from"]["pgy"] == [1, 3]
    cardiology = next(rung for rung in document["rungs"] if rung["specialty"] == "cardiovascular-disease")
    assert cardiology["years"] == {"least": 3, "most": 3, "from": "program", "general_knowledge": False}
    assert cardiology["total"] == {"least": 6, "most": 6, "general_knowledge": False}
    assert cardiology["pgy"] == [4, 6]
    assert cardiology["prerequisite"] == "Completed internal medicine residency (3 years)"
    assert cardiology["here"] == [{"id": "larkspur-cardiovascular-disease-fellowship", "years": 3, "joint": False}]
    assert cardiology["elsewhere"] == ["quillmont-cardiovascular-disease-fellowship"]
    assert [rung["specialty"] for rung in cardiology["then"]] == ["interventional-cardiology"]
    assert {known["cycle"] for known in cardiology["last_known"]} == {"2025-26"}
    assert document["me"] is None
    assert "No page here promises a place to its own residents" in document["notes"]
    specialties = {rung["specialty"] for rung in ladder(run, "internal-medicine")["rungs"]}
    assert "geriatric-medicine-internal-medicine" in specialties
    assert all(rung["here"] or rung["then"] for rung in document["rungs"])
    assert "can follow here, with" in run("ladder", MEDICINE, "--here")


def test_ways_to_a_specialty(run: CommandRunner) -> None:
    document = ladder(run, "--to", "interventional-cardiology")
    (path,) = document["paths"]
    assert path["chain"] == ["internal-medicine", "cardiovascular-disease", "interventional-cardiology"]
    assert path["total"]["least"] == sum(years["least"] for years in path["years"]) == 7
    assert document["combined_paths"]
    assert document["me"] is None
    from_there = ladder(run, "internal-medicine", "--to", "interventional-cardiology")
    assert from_there["paths"][0]["done"] == 1
    assert from_there["paths"][0]["remaining"]["least"] == 4
    text = run("ladder", "--to", "cardiology")
    assert "Internal medicine 3 → Cardiology 3" in text
    assert "<h1" in run("ladder", "--to", "cardiology", "--format", "html")
    assert run("ladder", MEDICINE, "--format", "markdown").startswith("# Ladder from")


def test_a_ladder_from_the_profile(run: CommandRunner, home: Path) -> None:
    home.mkdir(parents=True, exist_ok=True)
    (home / "profile.toml").write_text(
        f'format = 1\n[[training]]\nprogram = "{MEDICINE}"\nlast = "2028-06-30"\nfinished = false\n', encoding="utf-8"
    )
    (home / "profile.toml").chmod(0o600)
    document = ladder(run, "me")
    assert document["from"]["program"] == MEDICINE
    assert document["me"]["until"] == "2028-06-30"
    assert document["me"]["ends"]["cardiovascular-disease"] == ["2031-06", "2031-06"]
    assert "until Jun 30, 2028, 1 year 8 months to go" in run("ladder", "me")
    assert "Cardiology 3: 3 more years; until June 2031" in run("ladder", "me", "--to", "cardiology")
    assert ladder(run, "me", "--to", "cardiology")["paths"][0]["ends"] == ["2031-06", "2031-06"]
    assert ladder(run, "--to", "cardiology", "--from", "me") == ladder(run, "me", "--to", "cardiology")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((), "name a specialty or a program to start at"),
        (("surgerie",), "did you mean “surgery”?"),
        (("--to", "surgerie"), "did you mean “surgery”?"),
        (("internal-medicine", "--here"), "--here needs the id of a program"),
        (("me",), "has no training to start from"),
    ],
)
def test_what_is_refused(run: CommandRunner, arguments: tuple[str, ...], message: str) -> None:
    run("ladder", *arguments, code=2)
    assert message in run.err
