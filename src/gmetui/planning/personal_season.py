"""What of a season concerns somebody because of their profile: exams ahead, certification, a visa."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from ..catalog.catalog import Catalog
from .cycle import cycle_name
from .date_spans import partial_date
from .exam_findings import short_exam_name
from .graduate_status import is_international
from .personal_findings import needs_visa
from .profile import EMPTY_PROFILE, Profile, TrainingAim
from .season_plan import SeasonEvent
from .service_needs import SeasonScope

_YEAR_LENGTH = len("2027")
_PAID_VISA = "J-1"


class PersonalSeason(NamedTuple):
    """What a season has for somebody. What the profile does not tell is taken as no.

    `cycle` leads to the start that they aim at, "" where they tell none; `specialties` are those they aim at.
    `needs_visa` is about the J-1, the only visa that applicants pay for themselves. `passed_exams` and a certificate
    that was issued cost nothing more.
    """

    is_international: bool = False
    needs_visa: bool = False
    events: tuple[SeasonEvent, ...] = ()
    passed_exams: tuple[str, ...] = ()
    is_certified: bool = False
    cycle: str = ""
    specialties: tuple[str, ...] = ()

    def scope(self, catalog: Catalog, *, has_list: bool, is_complete: bool = False) -> SeasonScope:
        """Return what a plan of the season is about; without a list, the specialties that are aimed at."""
        is_about_aim = not has_list and not is_complete
        specialties = tuple(each for each in self.specialties if each in catalog.specialty) if is_about_aim else ()
        return SeasonScope(specialties=specialties, is_complete=is_complete, is_international=self.is_international)


def home_institutions(catalog: Catalog, profile: Profile | None) -> frozenset[str]:
    """Return where somebody studies, trained, or did a rotation: as told, and the hosts of their training."""
    profile = profile or EMPTY_PROFILE
    programs = (catalog.program.get(record.program or "") for record in profile.training or ())
    return frozenset((*(profile.home or ()), *(program.institution for program in programs if program)))


def personal_season(profile: Profile | None) -> PersonalSeason:
    """Return what of a season concerns the person of a profile; nothing without one."""
    profile = profile or EMPTY_PROFILE
    accepted = profile.visa.will_take if profile.visa else None
    return PersonalSeason(
        is_international(profile) is True,
        needs_visa(profile) is True and (accepted is None or _PAID_VISA in accepted),
        tuple(_planned_events(profile)),
        tuple(result.name for result in profile.exam or () if result.passed),
        any(record.issued for record in profile.certificate or ()),
        _cycle_of(profile.aim),
        (profile.aim.specialties or ()) if profile.aim else (),
    )


def _cycle_of(aim: TrainingAim | None) -> str:
    """Return the cycle that leads to the start that somebody aims at, "" without one."""
    span = partial_date(aim.start) if aim and aim.start else None
    return cycle_name(span.first.year - 1) if span else ""


def _planned_events(profile: Profile) -> Iterator[SeasonEvent]:
    """Yield the exams and certificates that are planned. A year alone is no day of a season."""
    planned = [(short_exam_name(each.name), each.planned, "exam") for each in profile.exam or ()]
    planned += [(f"{each.name} certificate", each.expected, "certificate") for each in profile.certificate or ()]
    for name, when, what in planned:
        span = partial_date(when) if when and len(when) > _YEAR_LENGTH else None
        if span is not None:
            yield SeasonEvent(span.first, span.last, "yours", what, f"{name}, as planned")
