"""Programs, institutions, specialties, sites and services as text and JSON."""

from __future__ import annotations

import json
from datetime import date

import pytest

from gmetui.catalog.catalog import Catalog
from gmetui.catalog.completeness import NAME_ONLY
from gmetui.catalog.models import Program
from gmetui.documents.comparison import compare_deciding_facts
from gmetui.documents.comparison_document import comparison_document
from gmetui.documents.institution_document import institution_document
from gmetui.documents.program_document import program_document
from gmetui.documents.specialty_document import specialty_document
from gmetui.reports.document_text import document_text
from gmetui.reports.json_report import program_json, requirements_elsewhere_json
from gmetui.reports.questions import QUESTIONS, questions
from gmetui.reports.reference_json import institution_json, service_json, site_json, specialty_json
from gmetui.reports.reference_text import service_text, site_text
from support import is_harmless

TODAY = date(2026, 11, 22)
MEDICINE = "larkspur-internal-medicine-residency"


def program_text(catalog: Catalog, program: Program) -> str:
    return document_text(program_document(catalog, program, TODAY), catalog.edition.read_by)


@pytest.mark.parametrize("catalog_name", ["catalog", "hostile_catalog"])
def test_everything_can_be_shown_and_is_harmless(catalog_name: str, request: pytest.FixtureRequest) -> None:
    catalog: Catalog = request.getfixturevalue(catalog_name)
    for program in catalog.programs:
        assert is_harmless(program_text(catalog, program))
        json.dumps(program_json(catalog, program, TODAY))
    for institution in catalog.institutions:
        assert is_harmless(document_text(institution_document(catalog, institution)))
        json.dumps(institution_json(catalog, institution))
    for specialty in catalog.specialties:
        assert is_harmless(document_text(specialty_document(catalog, specialty)))
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
    assert (license_rule["id"], license_rule["sources"]) == ("new-hampshire-training-license", [])


def test_partners_and_name_only_programs_are_described(catalog: Catalog) -> None:
    joint = program_text(catalog, catalog.program["larkspur-internal-medicine-pediatrics-residency"])
    assert "Joint with: Marrowby Children's Hospital" in joint
    name_only = catalog.program["quillmont-cytopathology-fellowship"]
    assert program_json(catalog, name_only, TODAY)["name_only"]
    assert NAME_ONLY in program_text(catalog, name_only)
    third_party = program_text(catalog, catalog.program["larkspur-anesthesiology-residency"])
    assert "From third parties only" in third_party


def test_a_comparison_continues_below_when_columns_do_not_fit(catalog: Catalog) -> None:
    programs = catalog.programs[:4]
    comparison = comparison_document(catalog, compare_deciding_facts(catalog, programs, TODAY))
    narrow, wide = (document_text(comparison, width=width) for width in (60, 200))
    assert narrow.count("Letters") == 2 * wide.count("Letters") > 0, "two tables of two programs"
    for text, width in ((narrow, 60), (wide, 200)):
        tables = text.partition("\nSources\n")[0]
        assert all(len(line) <= width for line in tables.splitlines())


def test_questions_are_asked_in_their_order() -> None:
    keys = sorted(QUESTIONS, reverse=True)
    assert questions([*keys, "acgme_id", "visa"]) == list(QUESTIONS.values())
