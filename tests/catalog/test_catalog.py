"""Lookups that need more than one value of the catalog."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from gmetui.catalog.catalog import EMPTY_CATALOG, Catalog
from gmetui.catalog.ids import InstitutionId, SiteId
from gmetui.catalog.models import Institution, Provenance


def institution(institution_id: str, name: str, *names: str) -> Institution:
    return Institution(id=InstitutionId(institution_id), name=name, also_called=names, provenance=Provenance())


@pytest.mark.parametrize(
    ("institutions", "labels"),
    [
        ([("a", "Boston Medical Center"), ("b", "Tufts Medicine")], ["Boston Medical Center", "Tufts Medicine"]),
        (
            [
                ("a", "Boston Medical Center", "BMC"),
                ("b", "Boston Medical Center - Brighton", "SEMC", "St. Elizabeth's"),
            ],
            ["Boston Medical Center", "St. Elizabeth's"],
        ),
        ([("a", "Harbor"), ("b", "Harborview")], ["Harbor", "Harborview"]),  # no whole word in common
        ([("a", "Harbor"), ("b", "Harbor View")], ["Harbor", "Harbor View"]),  # no alternative name
    ],
)
def test_labels_tell_institutions_apart(institutions: list[tuple[str, ...]], labels: list[str]) -> None:
    catalog = replace(EMPTY_CATALOG, institutions=tuple(institution(*names) for names in institutions))
    assert list(catalog.institution_labels.values()) == labels


def test_partners_are_institutions_of_the_data(catalog: Catalog) -> None:
    program_id = "larkspur-internal-medicine-pediatrics-residency"
    program = catalog.program[program_id]
    assert catalog.partners[program_id] == ("marrowby",)
    assert catalog.institutions_of(program) == ("larkspur", "marrowby")
    assert program in catalog.programs_of("marrowby")
    assert program not in catalog.sponsored_by("marrowby")
    assert program in catalog.sponsored_by("larkspur")
    assert "larkspur-neurology-residency" not in catalog.partners


def test_a_part_of_a_site_belongs_to_its_institution(catalog: Catalog) -> None:
    program = catalog.program["larkspur-internal-medicine-pediatrics-residency"]
    partner = program.joint_with[0]

    def partners(site_id: str, **changes: object) -> tuple[str, ...]:
        sites = tuple(replace(site, **changes) if site.id == site_id else site for site in catalog.sites)
        joint = replace(
            program, institution=InstitutionId("quillmont"), joint_with=(replace(partner, site=(SiteId(site_id),)),)
        )
        return replace(catalog, programs=(joint,), sites=sites).partners.get(program.id, ())

    assert partners("heart-pavilion") == ("larkspur",)
    assert partners("heart-pavilion", part_of=None) == ()
    assert partners("heart-pavilion", part_of="heart-pavilion") == (), "a circle ends"
    assert partners("quillmont-medical-center") == (), "the sponsor is not its own partner"


def test_location(catalog: Catalog) -> None:
    lighthouse = catalog.program["quillmont-lighthouse-medicine-fellowship"]
    assert catalog.location_of(lighthouse) == ("Gull Point", "ME")
    assert catalog.location_of(replace(lighthouse, state=None)) == ("Gull Point", "NH")
    assert catalog.location_of(replace(lighthouse, city=None, state=None)) == ("Quillmont", "NH")


def test_catalogs_are_compared_by_identity(catalog: Catalog) -> None:
    same_content = replace(catalog)
    assert same_content != catalog
    assert len({same_content, catalog}) == 2
    assert not catalog.has_imported_programs


def test_programs_are_sorted_by_institution_and_name(catalog: Catalog) -> None:
    from gmetui.catalog.completeness import sort_rank

    names = {institution.id: institution.name.casefold() for institution in catalog.institutions}
    keys = [(sort_rank(p), names[p.institution], p.name.casefold()) for p in catalog.programs]
    assert keys == sorted(keys)
