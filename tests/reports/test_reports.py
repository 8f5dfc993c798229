"""Programs, institutions, specialties, sites and services as text and JSON."""

from __future__ import annotations

import json

import pytest

from gmetui.catalog.catalog import Catalog
from gmetui.catalog.comparison import compare_programs
from gmetui.catalog.completeness import NAME_ONLY
from gmetui.reports.comparison_text import comparison_text
from gmetui.reports.json_report import program_json, requirements_elsewhere_json
from gmetui.reports.program_text import program_text
from gmetui.reports.questions import QUESTIONS, questions
from gmetui.reports.reference_json import institution_json, service_json, site_json, specialty_json
from gmetui.reports.reference_text import institution_text, service_text, site_text, specialty_text
from support import is_harmless

MEDICINE = "larkspur-internal-medicine-residency"


@pytest.mark.parametrize("catalog_name", ["catalog", "hostile_catalog"])
def test_everything_can_be_shown_and_is_harmless(catalog_name: str, request: pytest.FixtureRequest) -> None:
    catalog: Catalog = request.getfixturevalue(catalog_name)
    for program in catalog.programs:
        assert is_harmless(program_text(catalog, program))
        json.dumps(program_json(catalog, program))
    for institution in catalog.institutions:
        assert is_harmless(institution_text(catalog, institution))
        json.dumps(institution_json(catalog, institution))
    for specialty in catalog.specialties:
        assert is_harmless(specialty_text(catalog, specialty))
        json.dumps(specialty_json(catalog, specialty))
    for site in catalog.sites:
        assert is_harmless(site_text(catalog, site))
        json.dumps(site_json(catalog, site))
    for service in catalog.services:
        assert is_harmless(service_text(catalog, service))
        json.dumps(service_json(catalog, service))


def test_requirements_from_elsewhere_name_who_asks(catalog: Catalog) -> None:
    documents = requirements_elsewhere_json(catalog, catalog.program[MEDICINE])
    issuers = [document["by"] for document in documents]
    assert issuers == ["institution", "institution", "specialty", "country", "country", "state"]
    quillmont = catalog.program["quillmont-internal-medicine-residency"]
    license_rule = requirements_elsewhere_json(catalog, quillmont)[-1]
    assert (license_rule["id"], license_rule["source"]) == ("new-hampshire-training-license", None)


def test_partners_and_name_only_programs_are_described(catalog: Catalog) -> None:
    joint = program_text(catalog, catalog.program["larkspur-internal-medicine-pediatrics-residency"])
    assert "Run jointly with Marrowby Children's Hospital." in joint
    name_only = catalog.program["quillmont-cytopathology-fellowship"]
    assert program_json(catalog, name_only)["name_only"]
    assert NAME_ONLY in program_text(catalog, name_only)
    third_party = program_text(catalog, catalog.program["larkspur-anesthesiology-residency"])
    assert "everything here is from third parties" in third_party


def test_a_comparison_continues_below_when_columns_do_not_fit(catalog: Catalog) -> None:
    programs = catalog.programs[:4]
    rows = compare_programs(catalog, programs)
    narrow, wide = (comparison_text(catalog, programs, rows, width) for width in (60, 200))
    assert narrow.count("-" * 60 + "\n") == 4
    assert wide.count("-" * 200 + "\n") == 1
    for text in (narrow, wide):
        assert all(program.id in text.replace("\n", "") or program.id[:20] in text for program in programs)


def test_questions_are_asked_in_their_order() -> None:
    keys = sorted(QUESTIONS, reverse=True)
    assert questions([*keys, "acgme_id", "visa"]) == list(QUESTIONS.values())
