"""What a season costs: the worked answers of the fee pages, and the rules of the tiers."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from gmetui.catalog.catalog import Catalog
from gmetui.catalog.service_use import service_ids
from gmetui.documents.costs_document import costs_document
from gmetui.planning.application_entry import parse_applications
from gmetui.planning.costs import Applications, CostPlan, CostRequest, application_service, plan_costs
from gmetui.planning.prices import money_text
from gmetui.reports.document_text import document_text


def costs(catalog: Catalog, season: str, apply: dict[str, int], **options: Any) -> CostPlan:
    applications = tuple(
        Applications(
            specialty,
            application_service(catalog, service_ids(catalog.specialty[specialty]), season),
            count,
        )
        for specialty, count in apply.items()
    )
    return plan_costs(catalog, CostRequest(season, applications, **options))


def amounts(plan: CostPlan) -> dict[tuple[str, ...], int]:
    return {(line.fee.id, *line.specialties): int(line.amount) for line in plan.lines}


def test_each_specialty_is_counted_anew(bundled_catalog: Catalog) -> None:
    plan = costs(bundled_catalog, "2026-27", {"internal-medicine": 35, "anesthesiology": 12})
    assert amounts(plan) == {
        ("eras-residency-2027", "internal-medicine"): 480,
        ("eras-residency-2027", "anesthesiology"): 132,
        ("eras-transcript-usmle-2027",): 70,
        ("nrmp-main-2027",): 85,
    }
    assert [(int(total.least), int(total.most)) for total in plan.totals] == [(767, 777)]
    assert all(line.fee.third_party for line in plan.lines)
    text = document_text(costs_document(bundled_catalog, plan, ""))
    assert "Each specialty is counted on its own" in text
    assert "Not counted: travel" in text


def test_services_that_count_differently_are_named(bundled_catalog: Catalog) -> None:
    plan = costs(bundled_catalog, "2026-27", {"internal-medicine": 35})
    line = next(line for line in plan.lines if line.fee.scope == "specialty")
    other_line = line._replace(fee=replace(line.fee, scope="unknown", service="phorcas"))
    text = document_text(costs_document(bundled_catalog, plan._replace(lines=(*plan.lines, other_line)), ""))
    assert "ERAS: each specialty is counted on its own." in text
    assert "PhORCAS: the page doesn't say whether" in text


@pytest.mark.parametrize(
    ("apply", "total"),
    [
        ({"cardiovascular-disease": 10}, 115),
        ({"cardiovascular-disease": 40}, 755),
        ({"medical-genetics-and-genomics": 30, "maternal-fetal-medicine": 10}, 755),  # not 600
    ],
)
def test_fellowships_have_one_row_of_tiers(bundled_catalog: Catalog, apply: dict[str, int], total: int) -> None:
    assert costs(bundled_catalog, "2025-26", apply).application_total == total


def test_an_international_graduate(bundled_catalog: Catalog) -> None:
    apply = {"internal-medicine": 120, "family-medicine": 30}
    plan = costs(bundled_catalog, "2026-27", apply, is_international=True)
    assert amounts(plan) == {
        ("ecfmg-account",): 110,
        ("ecfmg-application",): 580,
        ("ecfmg-credentials",): 220,
        ("ecfmg-pathways",): 945,
        ("usmle-step1-2026",): 905,
        ("usmle-step2-2026",): 930,
        ("oet",): 455,
        ("eras-token-2027",): 185,
        ("usmle-step3-2026",): 955,
        ("eras-residency-2027", "internal-medicine"): 3030,
        ("eras-residency-2027", "family-medicine"): 330,
        ("eras-transcript-usmle-2027",): 70,
        ("nrmp-main-2027",): 85,
    }
    assert plan.totals[0].least == 8800


def test_both_figures_of_fee_assistance_are_shown(bundled_catalog: Catalog) -> None:
    apply = {"internal-medicine": 43, "radiology-diagnostic": 7}
    plan = costs(bundled_catalog, "2026-27", apply, has_fee_assistance=True)
    assert plan.assistance is not None
    assert plan.assistance.full == 797
    assert plan.assistance.by_announcement == Decimal("318.8")
    assert plan.assistance.by_example == 239
    text = document_text(costs_document(bundled_catalog, plan, ""))
    assert "$318.80" in text
    assert "$239" in text


def test_electives(bundled_catalog: Catalog) -> None:
    assert costs(bundled_catalog, "2025-26", {}, electives=6).totals[0].least == 90
    assert costs(bundled_catalog, "2025-26", {}, electives=1).totals[0].least == 15  # three dates of it


def test_a_price_of_another_season_is_named(catalog: Catalog) -> None:
    plan = costs(catalog, "2026-27", {"cardiovascular-disease": 12})
    assert plan.lines[0].fee.id == "eras-fellowship-2026"
    assert plan.lines[0] in plan.other_season_lines
    assert plan.lines[0].amount == 115 + 2 * 17


def test_a_superseded_price_holds_in_its_own_season_only(catalog: Catalog) -> None:
    assert costs(catalog, "2023-24", {"internal-medicine": 10}).lines[0].fee.id == "eras-residency-2024"
    between = costs(catalog, "2024-25", {"internal-medicine": 10})
    assert not [line for line in between.lines if line.fee.purpose == "application"]
    assert [each.specialty for each in between.unpriced] == ["internal-medicine"]


def test_ranks_and_couples(catalog: Catalog) -> None:
    plan = costs(catalog, "2026-27", {"internal-medicine": 5}, ranks=104, is_couple=True)
    assert amounts(plan)[("nrmp-further",)] == 84 * 30
    assert amounts(plan)[("nrmp-couple",)] == 45
    assert [fee.id for fee in plan.unknown] == ["nrmp-long-list"]
    few = costs(catalog, "2026-27", {"internal-medicine": 5}, ranks=20)
    assert ("nrmp-further",) not in amounts(few)


def test_currencies_are_not_added_up(catalog: Catalog) -> None:
    applications = (Applications("surgery", "eras", 1),)
    sf_fee = next(fee for fee in catalog.season.fees if fee.id == "sf-registration")
    assert sf_fee.flat == Decimal("290.84")
    assert money_text(sf_fee.flat, "CAD") == "CAD 290.84"
    plan = plan_costs(catalog, CostRequest("2026-27", applications, is_international=True, needs_visa=True))
    assert [total.currency for total in plan.totals] == ["USD"]
    assert all(line.fee.id != "h1b-payment" for line in plan.lines)  # paid by the employer


def test_nothing_costs_nothing(catalog: Catalog) -> None:
    plan = costs(catalog, "2026-27", {"internal-medicine": 0})
    assert not plan.lines
    assert not plan.totals


@given(st.integers(0, 400))
def test_one_more_program_never_costs_less(catalog: Catalog, count: int) -> None:
    for fee in catalog.season.fees:
        assert fee.price(count + 1) >= fee.price(count)
        if fee.tiers:
            assert sum(within for _, within in fee.counts_by_tier(count)) == count


def test_thirty_and_thirty_one(catalog: Catalog) -> None:
    fee = next(fee for fee in catalog.season.fees if fee.id == "eras-residency-2027")
    assert [int(fee.price(count)) for count in (30, 31)] == [330, 360]


def test_numbers_as_people_type_them(catalog: Catalog) -> None:
    typed = parse_applications(
        catalog, ["internal-medicine=35", " Internal medicine 2", "surgery@eras=1", ""], "2026-27"
    )
    assert typed == (
        Applications("internal-medicine", "eras", 35),
        Applications("internal-medicine", "eras", 2),
        Applications("surgery", "eras", 1),
    )
    for word, message in (
        ("35", "write a specialty"),
        ("interal-medicine=3", "did you mean “internal-medicine”?"),
        ("surgery@eraz=1", "did you mean “eras”?"),
    ):
        with pytest.raises(ValueError, match=message.replace("?", r"\?")):
            parse_applications(catalog, [word], "2026-27")
