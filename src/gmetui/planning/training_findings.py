"""Comparing degrees, years since graduation, and earlier training with a profile."""

from __future__ import annotations

from datetime import date

from ..catalog.catalog import Catalog
from ..catalog.items import Needs
from ..catalog.models import Specialty
from ..text import format_date, plural
from .application_year import ApplicationYear
from .date_spans import months_between, partial_date, years_and_months
from .findings import FitFinding, against, any_of, either, met, missing, unknown
from .profile import FOREIGN_DEGREES, Profile, TrainingRecord

_MONTHS = 12
_MAX_ANCESTRY = 6  # ends the search if the parents of specialties ever form a ring
_NORTH_AMERICA = ("US", "CA")
#: Two ways into the same discipline: both lead to the same certificate.
_WAYS = ("-integrated", "-independent")


def degree_finding(needs: Needs, profile: Profile) -> FitFinding:
    """Return whether a degree is one of those named. A foreign medical degree may be equal to the MD."""
    names = either(needs.degrees)
    if profile.degree is None:
        return missing(f"Your profile doesn't give your degree; the page names {names}.", "degree")
    degrees = ", ".join(profile.degree)
    if set(profile.degree) & set(needs.degrees):
        return met(f"Your degree: {degrees}.")
    if "MD" in needs.degrees and set(profile.degree) & set(FOREIGN_DEGREES):
        return unknown("foreign-degree", f"The page names {names}; ask whether {degrees} is equal.")
    return against("other-degree", f"The page names {names}; your degree is {degrees}.")


def recency_finding(needs: Needs, profile: Profile, application_year: ApplicationYear) -> FitFinding:
    """Return whether few enough years have passed since graduation: when applying and at the start alike.

    Where the page names the start, it alone counts.
    """
    year_limit = needs.years_since_graduation or 0
    span = partial_date(profile.graduation) if profile.graduation else None
    if span is None:
        return missing("Your profile doesn't say when you graduated.", "graduation")
    at_application = [months_between(day, application_year.application.first) for day in (span.last, span.first)]
    at_start = [months_between(day, application_year.start) for day in (span.last, span.first)]
    if needs.by == "start":
        at_application = at_start
    if at_start[1] <= 0 or at_application[1] <= 0:
        day_text = "graduate" if span.last > application_year.today else "graduated"
        return met(f"You {day_text} in {format_date(profile.graduation or '')}.")
    applying = "" if needs.by == "start" else f"{_range(at_application)} when you apply, "
    sentence = f"{applying}{_range(at_start)} at the start."
    most_months = year_limit * _MONTHS
    if at_application[1] <= most_months and at_start[1] <= most_months:
        return met(sentence)
    if at_application[0] > most_months and at_start[0] > most_months:
        return against("too-long-ago", f"{sentence} {plural(year_limit, 'year')} at most.")
    if span.first.month != span.last.month:
        return missing(f"{sentence} The month of graduation may settle it.", "graduation", "month")._replace(
            reason="boundary"
        )
    return unknown("boundary", f"{sentence} The page does not say which counts.")


def _range(months: list[int]) -> str:
    """Return the least and the most months in words: "6 years 9 months to 7 years 8 months"."""
    least, most_months = (years_and_months(max(0, number)) for number in months)
    return least if least == most_months else f"{least} to {most_months}"


def training_finding(needs: Needs, profile: Profile, application_year: ApplicationYear, catalog: Catalog) -> FitFinding:
    """Return whether training in one of some specialties is finished, or will be by the start."""
    names = either([_label(catalog, specialty_id) for specialty_id in needs.trained_in])
    if profile.training is None:
        graduation = partial_date(profile.graduation) if profile.graduation else None
        if graduation and graduation.first > application_year.today:
            return _without_training(needs, f"You have not graduated yet; {names} comes first.")
        return missing(f"Your profile says nothing about training; the page names {names}.", "training")
    findings = [_one_training(record, needs, application_year, catalog) for record in profile.training]
    relevant = [finding for finding in findings if finding is not None]
    if not relevant:
        return _without_training(needs, f"You have no training in {names}.")
    return any_of(relevant)


def _without_training(needs: Needs, sentence: str) -> FitFinding:
    """Return the finding for somebody without training. A first year is matched in the same season as what follows."""
    if needs.training_years == 1:
        return unknown("still-to-come", f"{sentence} A first year can still come.")
    return against("training-missing", sentence, is_open=True)


def _label(catalog: Catalog, specialty_id: str) -> str:
    specialty = catalog.specialty.get(specialty_id)
    return specialty.label if specialty else specialty_id


def _one_training(
    record: TrainingRecord, needs: Needs, application_year: ApplicationYear, catalog: Catalog
) -> FitFinding | None:
    """Return the finding for one training; None if it is in no specialty that counts."""
    if record.specialty is None or record.specialty not in catalog.specialty:
        return missing("Your profile doesn't give the specialty of a training.", "training", "specialty")
    specialty = catalog.specialty[record.specialty]
    counted = {specialty.id, *(specialty.parents if specialty.kind == "combined" else ())}
    if {_discipline(each) for each in counted}.isdisjoint(map(_discipline, needs.trained_in)):
        if _ancestors(specialty, catalog).isdisjoint(needs.trained_in):
            return None
        return missing(f"You trained in {specialty.label}; add the training that came before.", "training", "earlier")
    if _is_other_accreditation(record):
        country = f" in {record.country}" if record.country else ""
        return unknown("other-training", f"Your training in {specialty.label}{country}: ask whether it counts.")
    duration = _duration_finding(record, needs, application_year, specialty.label)
    return duration or _end_finding(record, application_year, specialty.label)


def _discipline(specialty_id: str) -> str:
    """Return what a specialty trains for, whichever way: "vascular-surgery" for "vascular-surgery-integrated"."""
    return next((specialty_id.removesuffix(way) for way in _WAYS if specialty_id.endswith(way)), specialty_id)


def _ancestors(specialty: Specialty, catalog: Catalog) -> set[str]:
    """Return the specialties that come before a specialty, through any number of steps."""
    ancestors: set[str] = set()
    current = {specialty.id}
    for _ in range(_MAX_ANCESTRY):
        current = {
            parent for each in current if each in catalog.specialty for parent in catalog.specialty[each].parents
        } - ancestors
        ancestors |= current
    return ancestors


def _is_other_accreditation(record: TrainingRecord) -> bool:
    """Tell whether training is outside ACGME, ACGME-I, AOA and Royal College, or may be."""
    if record.accredited is None:
        return record.country is not None and record.country not in _NORTH_AMERICA
    return record.accredited == "none"


def _end_finding(record: TrainingRecord, application_year: ApplicationYear, label: str) -> FitFinding:
    """Return whether a training ends before the start."""
    last = partial_date(record.last) if record.last else None
    if record.finished:
        day_text = f" in {format_date(record.last)}" if record.last else ""
        return met(f"You finished {label}{day_text}.")
    if last is None:
        return missing(f"Your profile doesn't say when your training in {label} ends.", "training", "last")
    day_text = format_date(record.last or "")
    if last.last < application_year.start:
        ends = "ended" if last.last < application_year.today else "ends"
        preposition = "on" if last.first == last.last else "in"
        return met(f"Your training in {label} {ends} {preposition} {day_text}, before the start.")
    if last.first <= application_year.start_span.last:
        return unknown("boundary", f"Your training in {label} ends in {day_text}, about when this one starts.")
    return against(
        "training-unfinished", f"Your training in {label} ends in {day_text}, after the start.", is_open=True
    )


def _duration_finding(
    record: TrainingRecord, needs: Needs, application_year: ApplicationYear, label: str
) -> FitFinding | None:
    """Return whether enough years of a training are over by the start; None if it has to be finished."""
    if needs.training_years is None or record.finished:
        return None
    first = partial_date(record.first) if record.first else None
    if first is None:
        return missing(f"Your profile doesn't say when your training in {label} began.", "training", "first")
    last = partial_date(record.last) if record.last else None
    months = [
        months_between(day, _end_day(last.last if last else None, application_year))
        for day in (first.last, first.first)
    ]
    enough = needs.training_years * _MONTHS
    years = plural(needs.training_years, "year")
    if months[0] >= enough:
        return met(f"{_range(months)} of {label} by the start, {years} at least.")
    if months[1] >= enough:
        return missing(f"{_range(months)} of {label} by the start; {years} at least.", "training", "first")
    return against("training-unfinished", f"{_range(months)} of {label} by the start; {years} at least.", is_open=True)


def _end_day(last: date | None, application_year: ApplicationYear) -> date:
    """Return the month after the last month of training before the start."""
    if last is None or last >= application_year.start:
        return application_year.start
    return date(last.year + last.month // _MONTHS, last.month % _MONTHS + 1, 1)
