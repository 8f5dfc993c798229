"""Comparing certificates, licenses, clinical experience, citizenship, military status and languages with a profile."""

from __future__ import annotations

from collections.abc import Sequence

from ..catalog.countries import country_name, language_name
from ..catalog.items import Needs
from ..catalog.us_states import STATES
from ..text import format_date, plural
from .application_year import ApplicationMoment, ApplicationYear
from .date_spans import partial_date
from .findings import FitFinding, ProfileQuestion, against, either, met, missing, unknown
from .profile import ClinicalExperience, Profile

_CERTIFICATE_NAME = "ECFMG"
_US = "US"


def certificate_finding(needs: Needs, profile: Profile, application_year: ApplicationYear) -> FitFinding:
    """Return whether the ECFMG certificate was issued, or can still come."""
    moment = application_year.moment(needs.by, needs.by_day)
    if profile.certificate is None:
        return missing("Your profile says nothing about the ECFMG certificate.", "certificate")
    record = next((each for each in profile.certificate if each.name == _CERTIFICATE_NAME), None)
    issued = partial_date(record.issued) if record and record.issued else None
    if record and record.issued and issued:
        when = format_date(record.issued)
        if moment is None or moment.is_after_start or issued.last <= moment.span.first:
            return met(f"Your ECFMG certificate was issued on {when}." if "," in when else f"Issued in {when}.")
        return unknown("boundary", f"Issued in {when}; ask whether that is in time for {moment.words}.")
    if record and record.expected:
        return unknown("still-to-come", f"You expect the ECFMG certificate in {format_date(record.expected)}.")
    if _must_come_before_start(moment):
        return against("certificate-missing", "You have no ECFMG certificate yet.", is_open=True)
    return unknown("still-to-come", "You have no ECFMG certificate yet; it can still come.")


def _must_come_before_start(moment: ApplicationMoment | None) -> bool:
    return moment is not None and not moment.is_after_start


def license_finding(state: str, profile: Profile) -> FitFinding:
    """Return whether a license is held in a state. Nobody is turned away for want of one: it comes after the offer."""
    if any(record.state == state for record in profile.license or ()):
        return met(f"You have a license in {STATES.get(state, state)}.")
    return unknown(
        "still-to-come", f"A license in {STATES.get(state, state)} comes after the offer, as a rule; read the text."
    )


def clinical_finding(needs: Needs, profile: Profile) -> FitFinding:
    """Return whether there is enough clinical experience of the kinds and in the countries that count."""
    wanted = _experience_words(needs)
    if profile.clinical is None:
        return missing(f"Your profile says nothing about clinical experience; {wanted}.", "clinical")
    certain = sum(record.months or 0 for record in profile.clinical if _counts(record, needs) is True)
    has_any = any(_counts(record, needs) is True for record in profile.clinical)
    doubtful = [
        record for record in profile.clinical if _counts(record, needs) is None or _is_unmeasured(record, needs)
    ]
    if has_any and certain >= (needs.clinical_months or 0):
        return met(f"{plural(certain, 'month')}; {wanted}." if certain else f"You have some; {wanted}.")
    if doubtful:
        finer = "months" if any(_is_unmeasured(record, needs) for record in doubtful) else "kind"
        return missing(f"Your profile doesn't say enough about your experience; {wanted}.", "clinical", finer)
    return against("too-little-experience", f"{plural(certain, 'month')} that count; {wanted}.", is_open=True)


def _is_unmeasured(record: ClinicalExperience, needs: Needs) -> bool:
    return record.months is None and needs.clinical_months is not None and _counts(record, needs) is not False


def _counts(record: ClinicalExperience, needs: Needs) -> bool | None:
    """Tell whether experience is of a kind and in a country that counts; None if the profile does not say."""
    answers = [
        None if value is None else value in accepted
        for value, accepted in ((record.kind, needs.clinical_kind), (record.country, needs.clinical_country))
        if accepted
    ]
    if False in answers:
        return False
    return None if None in answers else True


def _experience_words(needs: Needs) -> str:
    """Return what is required: "12 months hands-on in the United States required"."""
    parts = [
        plural(needs.clinical_months, "month") if needs.clinical_months else "clinical experience",
        either(needs.clinical_kind),
        f"in {_countries(needs.clinical_country)}" if needs.clinical_country else "",
    ]
    return f"{' '.join(filter(None, parts))} required"


def needs_visa(profile: Profile) -> bool | None:
    """Tell whether somebody needs a visa: as told, else by citizenship and status; None if that does not say."""
    if profile.visa and profile.visa.needed is not None:
        return profile.visa.needed
    if profile.residence is not None:
        return profile.residence == "visa"
    return False if _US in (profile.citizenship or ()) else None


def citizenship_finding(needs: Needs, profile: Profile) -> FitFinding:
    """Return whether citizenship, or a status in the US that is accepted too, is one of those named."""
    named = [f"a citizen of {_countries(needs.citizenship)}"] if needs.citizenship else []
    wanted = either([*named, *(_RESIDENCE_WORDS[status] for status in needs.residence)])
    questions = []
    if needs.citizenship:
        citizenship = _citizenship(profile)
        if citizenship is not None and set(needs.citizenship) & citizenship:
            return met(f"You are a citizen of {_countries(sorted(set(needs.citizenship) & citizenship))}.")
        if citizenship is None and not (_residence(profile) and set(needs.citizenship) == {_US}):
            questions.append(ProfileQuestion("citizenship"))
    if needs.residence:
        residence = _residence(profile)
        if residence in needs.residence:
            return met(f"You are {_RESIDENCE_WORDS[residence]}.")
        if residence is None:
            questions.append(ProfileQuestion("residence"))
    if questions:
        return unknown("profile-missing", f"Your profile doesn't say whether you are {wanted}.", *questions)
    if profile.residence is None and profile.citizenship is None:  # the need for a visa settles it
        return against("other-citizenship", f"You need a visa, so you are not {wanted}.")
    return against("other-citizenship", f"The page asks for {wanted}.")


_RESIDENCE_WORDS = {"citizen": "a US citizen", "permanent": "a permanent resident", "visa": "on a visa"}


def _countries(codes: Sequence[str]) -> str:
    """Return countries in a sentence: "the United States or Canada"."""
    names = [country_name(code) for code in codes]
    return either([f"the {name}" if name.startswith("United ") else name for name in names])


def _citizenship(profile: Profile) -> set[str] | None:
    """Return the citizenships that a profile tells in any way."""
    told = set(profile.citizenship or ())
    if profile.residence == "citizen":
        return {*told, _US}
    return told if profile.citizenship is not None else None


def _residence(profile: Profile) -> str | None:
    """Return the status in the US, as far as the profile tells it in any way."""
    if profile.residence:
        return profile.residence
    if _US in (profile.citizenship or ()):
        return "citizen"
    return "visa" if profile.visa and profile.visa.needed else None


def military_finding(needs: Needs, profile: Profile) -> FitFinding:
    """Return whether the status in the military is one of those named."""
    wanted = either(needs.military)
    if profile.military is None:
        return missing(f"Your profile doesn't give your military status; the page names {wanted}.", "military")
    if profile.military in needs.military:
        return met(f"Your military status: {profile.military}.")
    return against("other-military-status", f"The page asks for {wanted}.")


def language_finding(needs: Needs, profile: Profile) -> FitFinding:
    """Return whether all languages are among those spoken."""
    wanted = " and ".join(map(language_name, needs.languages))
    if profile.languages is None:
        return missing(f"Your profile doesn't give your languages; the page names {wanted}.", "languages")
    if set(needs.languages) <= set(profile.languages):
        return met(f"You speak {wanted}.")
    return against("other-language", f"The page names {wanted}.")
