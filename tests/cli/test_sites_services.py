"""`gmetui sites` and `gmetui services`."""

from __future__ import annotations

import json

import pytest

from gmetui.catalog.catalog import Catalog
from gmetui.reports.usage import programs_at_site
from support import CommandRunner

pytestmark = pytest.mark.usefixtures("fixture_data")


def test_sites_are_listed_by_number_of_programs_then_name(run: CommandRunner, catalog: Catalog) -> None:
    sites = json.loads(run("sites", "--format", "json"))["sites"]
    assert [(site["id"], site["program_count"]) for site in sites] == [
        ("larkspur-university-hospital", 6),
        ("marrowby-childrens-hospital", 3),
        ("ellery-veterans-clinic", 2),
        ("heart-pavilion", 2),
        ("quillmont-medical-center", 1),
    ]
    table = run("sites")
    positions = [table.index(site["id"]) for site in sites]
    assert positions == sorted(positions)


def test_programs_of_a_part_count_for_the_site(catalog: Catalog) -> None:
    hospital = catalog.site["larkspur-university-hospital"]
    program_ids = [program.id for program in programs_at_site(catalog, hospital)]
    assert "larkspur-interventional-cardiology-fellowship" in program_ids  # at the Heart Pavilion only


def test_a_site_by_id_or_name(run: CommandRunner) -> None:
    text = run("sites", "heart-pavilion")
    assert "Part of: Larkspur University Hospital" in text
    assert "Interventional Cardiology Fellowship · larkspur-interventional-cardiology-fellowship" in text
    assert run("sites", "larkspur heart pavilion") == text
    assert "Also called: Larkspur Main" in run("sites", "Larkspur Main")
    veterans = run("sites", "ellery-veterans-clinic")
    assert "City: Port Ellery [1, third party]" in veterans
    assert "Internal Medicine Residency (Ellery Harbor Veterans Clinic (three months))" in veterans


def test_services_in_the_order_of_the_data(run: CommandRunner, catalog: Catalog) -> None:
    services = json.loads(run("services", "--format", "json"))["services"]
    assert [service["id"] for service in services] == [service.id for service in catalog.services]
    table = run("services")
    assert "application and match" in table
    assert [table.index(service["id"]) for service in services] == sorted(
        table.index(service["id"]) for service in services
    )


def test_a_service_with_its_dates_and_specialties(run: CommandRunner) -> None:
    text = run("services", "eras")
    assert text.startswith("ERAS\n====\nElectronic Residency Application Service · Application · eras\n")
    assert "2026 season: opened 4 June 2025" in text
    assert "Jun 3, 2026, 9:00 AM ET: The 2027 season opens" in text
    assert "Specialties that use it" in text
    document = json.loads(run("services", "PhORCAS", "--format", "json"))
    assert [specialty["id"] for specialty in document["specialties"]] == ["pharmacy-residency-pgy1"]
    assert document["dates"] is None
    match = json.loads(run("services", "nrmp-main-match", "--format", "json"))
    assert "internal-medicine" in [specialty["id"] for specialty in match["specialties"]]
    assert [each["id"] for each in match["season"] if each["third_party"]] == ["nrmp-2027-rank-list"]


@pytest.mark.parametrize(("command", "similar"), [("sites", "heart-pavilion"), ("services", "phorcas")])
def test_unknown_ids_suggest_similar_ones(run: CommandRunner, command: str, similar: str) -> None:
    run(command, similar[:-1] + "x", code=5)
    assert f"did you mean “{similar}”?" in run.err
