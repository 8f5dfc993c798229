"""The JSON output of every command, on the fixture catalog. `pytest --golden-update` writes the files anew."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from support import CommandRunner

CARDIOLOGY = "larkspur-cardiovascular-disease-fellowship"
MEDICINE = "larkspur-internal-medicine-residency"
QUILLMONT_MEDICINE = "quillmont-internal-medicine-residency"

pytestmark = pytest.mark.usefixtures("fixture_data")


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("search", ("search", "transplant", "kind:fellowship")),
        ("search-facets", ("search", "neurology", "--facets", "--limit", "1")),
        ("show", ("show", MEDICINE, "quillmont-cytopathology-fellowship")),
        ("compare", ("compare", MEDICINE, QUILLMONT_MEDICINE)),
        ("institutions", ("institutions",)),
        ("institution", ("institutions", "larkspur")),
        ("specialties", ("specialties", "neurology")),
        ("sites", ("sites",)),
        ("site", ("sites", "heart-pavilion")),
        ("services", ("services",)),
        ("service", ("services", "ERAS")),
        ("coverage", ("coverage", "--older-than", "2023")),
        ("edition", ("edition",)),
    ],
)
def test_json_of_data(
    run: CommandRunner, golden: Callable[[str, bytes], None], name: str, arguments: tuple[str, ...]
) -> None:
    output = run(*arguments, "--format", "json")
    json.loads(output)
    golden(f"cli-{name}.json", output.encode())


def test_json_of_a_shortlist(run: CommandRunner, golden: Callable[[str, bytes], None]) -> None:
    run("shortlist", "add", CARDIOLOGY, MEDICINE)
    run("shortlist", "column", "Commute", "--kind", "1-5", "--weight", "2", "--must", ">= 2")
    run("shortlist", "set", MEDICINE, "Commute", "4")
    run("shortlist", "set", CARDIOLOGY, "Commute", "1")
    run("shortlist", "note", MEDICINE, "island clinic\nask about boats")
    run("shortlist", "remark", MEDICINE, "Dr. Gray", "good teachers")
    run("shortlist", "status", CARDIOLOGY, "applied")
    run("shortlist", "rate", CARDIOLOGY, "3")
    run("shortlist", "tag", CARDIOLOGY, "sea", "research")
    run("shortlist", "date", CARDIOLOGY, "interview", "2027-01-15")
    golden("cli-shortlist.json", run("shortlist", "--format", "json").encode())
    golden("cli-columns.json", run("shortlist", "columns", "--format", "json").encode())
