"""What of a season concerns the person of a profile, and dates as people write them."""

from __future__ import annotations

from datetime import date

import pytest

from gmetui.catalog.catalog import Catalog
from gmetui.documents.document import values_in
from gmetui.documents.signals_document import signals_document
from gmetui.planning.costs import Applications, CostRequest, plan_costs
from gmetui.planning.personal_season import PersonalSeason, home_institutions, personal_season
from gmetui.planning.profile import CertificateRecord, ExamResult, Profile, TrainingAim, TrainingRecord, VisaWish
from gmetui.planning.profile_dates import parse_profile_date
from gmetui.planning.season_plan import plan_season
from gmetui.planning.service_needs import SeasonScope
from gmetui.planning.signals import signal_meters
from gmetui.shortlist.entries import entry_of

_TODAY = date(2026, 11, 26)


def test_a_profile_says_which_dates_and_prices_concern_the_reader() -> None:
    assert personal_season(None) == PersonalSeason()
    assert personal_season(Profile(school_country="US")) == PersonalSeason()
    abroad = Profile(
        school_country="IN",
        visa=VisaWish(needed=True, will_take=("J-1", "H-1B")),
        exam=(ExamResult(name="USMLE Step 1", passed="2024"), ExamResult(name="USMLE Step 3", planned="2027-02-10")),
        certificate=(CertificateRecord(name="ECFMG", expected="2027-01"),),
    )
    personal = personal_season(abroad)
    assert (personal.is_international, personal.needs_visa, personal.is_certified) == (True, True, False)
    assert personal.passed_exams == ("USMLE Step 1",)
    assert [(event.text, event.first, event.last) for event in personal.events] == [
        ("Step 3, as planned", date(2027, 2, 10), date(2027, 2, 10)),
        ("ECFMG certificate, as planned", date(2027, 1, 1), date(2027, 1, 31)),
    ]
    assert not personal_season(Profile(visa=VisaWish(needed=True, will_take=("H-1B",)))).needs_visa
    assert not personal_season(Profile(exam=(ExamResult(name="USMLE Step 3", planned="2027"),))).events


def test_planned_days_are_in_their_own_season_only(catalog: Catalog) -> None:
    events = personal_season(Profile(exam=(ExamResult(name="USMLE Step 3", planned="2027-02-10"),))).events
    this_season = plan_season(catalog, [], _TODAY, "2026-27", personal_events=events)
    assert events[0] in this_season.coming
    assert events[0] not in plan_season(catalog, [], _TODAY, "2027-28", personal_events=events).events


def test_what_was_passed_or_issued_costs_nothing_more(bundled_catalog: Catalog) -> None:
    request = CostRequest("2026-27", (Applications("internal-medicine", "eras", 10),), is_international=True)
    items = {line.fee.item for line in plan_costs(bundled_catalog, request).lines}
    certified = request._replace(passed_exams=("USMLE Step 1", "USMLE Step 2 CK"), is_certified=True)
    fewer_items = {line.fee.item for line in plan_costs(bundled_catalog, certified).lines}
    assert fewer_items < items
    assert not any(item.startswith(("USMLE Step 1", "USMLE Step 2")) for item in fewer_items)
    assert any(item.startswith("USMLE Step 3") for item in fewer_items & items)
    assert any("token" in item for item in fewer_items)


def test_signals_at_home_carry_the_advice_of_the_specialty(bundled_catalog: Catalog) -> None:
    emergency = [each for each in bundled_catalog.programs if each.specialty == "emergency-medicine"]
    other = next(each for each in bundled_catalog.programs if each.specialty == "internal-medicine")
    entries = [entry_of(bundled_catalog, each) for each in (*emergency, other)]
    home = home_institutions(
        bundled_catalog, Profile(home=(other.institution,), training=(TrainingRecord(program=emergency[0].id),))
    )
    assert home == {other.institution, emergency[0].institution}
    meters = signal_meters(bundled_catalog, entries, "2026-27", home)
    advised = next(meter for meter in meters if "emergency-medicine" in meter.specialties)
    assert set(advised.home_ids) == {each.id for each in emergency if each.institution in home}
    assert advised.advice is not None
    assert "advises" in (advised.advice.advice or "")
    assert not any(meter.home_ids for meter in meters if meter.advice is None)
    titles = [
        value.text
        for section in signals_document(bundled_catalog, meters, (), "2026-27").sections
        for value in values_in(section.blocks)
    ]
    assert any("one of your home hospitals" in title for title in titles)
    assert not any(meter.home_ids for meter in signal_meters(bundled_catalog, entries, "2026-27"))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2019", "2019"),
        ("2019-06", "2019-06"),
        ("June 2019", "2019-06"),
        ("jun. 2019", "2019-06"),
        ("6/2019", "2019-06"),
        ("June 15, 2019", "2019-06-15"),
        ("15 Sept 2019", "2019-09-15"),
        ("6/15/2019", "2019-06-15"),
        ("  2019-06-15 ", "2019-06-15"),
    ],
)
def test_dates_as_people_write_them(text: str, expected: str) -> None:
    assert parse_profile_date(text) == expected


@pytest.mark.parametrize("text", ["", "soon", "13/2019", "June", "June 31, 2019", "2019-6", "19", "6/15/19"])
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is not a date"):
        parse_profile_date(text)


def test_the_aim_sets_the_season_and_stands_in_for_an_empty_list(catalog: Catalog) -> None:
    specialty = catalog.specialties[0].id
    personal = personal_season(Profile(aim=TrainingAim(start="2028-07", specialties=(specialty, "gone"))))
    assert personal.cycle == "2027-28"
    assert personal.scope(catalog, has_list=False).specialties == (specialty,)
    assert personal.scope(catalog, has_list=True) == SeasonScope()
    assert personal.scope(catalog, has_list=False, is_complete=True) == SeasonScope(is_complete=True)
    assert personal_season(Profile(aim=TrainingAim())).cycle == ""
