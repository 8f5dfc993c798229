"""Which programs the rules of an institution concern."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from gmetui.catalog.catalog import Catalog
from gmetui.catalog.facts import general_rules
from gmetui.catalog.items import Requirement
from gmetui.catalog.models import Program
from gmetui.catalog.scope import scopes_of, sponsor_requirements


def program_of_kind(catalog: Catalog, kind: str, specialty_word: str = "") -> Program:
    return next(
        program
        for program in catalog.programs
        if program.kind == kind and specialty_word in catalog.specialty[program.specialty].name.casefold()
    )


@pytest.mark.parametrize(
    ("kind", "specialty_word", "scopes"),
    [
        ("residency", "", {"physicians", "residencies"}),
        ("combined", "", {"physicians", "residencies"}),
        ("fellowship", "", {"physicians", "fellowships"}),
        ("other", "pharmac", {"pharmacy"}),
    ],
)
def test_scopes_follow_from_kind_and_profession(
    catalog: Catalog, kind: str, specialty_word: str, scopes: set[str]
) -> None:
    assert scopes_of(catalog, program_of_kind(catalog, kind, specialty_word)) == scopes


def with_requirement(catalog: Catalog, program: Program, requirement: Requirement) -> Catalog:
    institutions = tuple(
        replace(institution, requirements=(requirement,)) if institution.id == program.institution else institution
        for institution in catalog.institutions
    )
    return replace(catalog, institutions=institutions)


@pytest.mark.parametrize(
    ("scope", "for_residency", "for_pharmacy"),
    [((), True, True), (("physicians",), True, False), (("pharmacy",), False, True), (("fellowships",), False, False)],
)
def test_a_rule_appears_only_on_programs_it_concerns(
    catalog: Catalog, scope: tuple[str, ...], for_residency: bool, for_pharmacy: bool
) -> None:
    rule = Requirement(topic="license", text="A license", scope=scope)
    for kind, word, is_concerned in (("residency", "", for_residency), ("other", "pharmac", for_pharmacy)):
        program = program_of_kind(catalog, kind, word)
        assert bool(sponsor_requirements(with_requirement(catalog, program, rule), program)) is is_concerned


def test_general_rules_are_for_physicians(catalog: Catalog) -> None:
    assert general_rules(catalog, program_of_kind(catalog, "residency"))
    assert not general_rules(catalog, program_of_kind(catalog, "other", "pharmac"))
