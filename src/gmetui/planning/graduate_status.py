"""Who counts as an international graduate, and which applicants a requirement is about.

The school decides, not citizenship. For Canadian schools, LCME accreditation ended on June 30, 2025 (the general rule
`canada` in `data/requirements.toml`).
"""

from __future__ import annotations

from datetime import date

from .date_spans import partial_date
from .findings import ProfileQuestion
from .personal_findings import needs_visa
from .profile import Profile

_US_SCHOOLS = ("US", "PR")
_CANADA = "CA"
_LAST_CANADIAN_DAY = date(2025, 6, 30)
_VISA_GROUPS = {"J-1 applicants": "J-1", "H-1B applicants": "H-1B"}


def is_international(profile: Profile) -> bool | None:
    """Tell whether somebody counts as an international graduate; None if the profile does not say enough."""
    if profile.school_country is None:
        return None
    if profile.school_country in _US_SCHOOLS:
        return False
    if profile.school_country != _CANADA:
        return True
    graduation = partial_date(profile.graduation) if profile.graduation else None
    if graduation is None:
        return None
    if graduation.last <= _LAST_CANADIAN_DAY:
        return False
    return True if graduation.first > _LAST_CANADIAN_DAY else None


def concerns(applicants: str | None, profile: Profile) -> bool | None:
    """Tell whether a requirement for some applicants concerns somebody; None if the profile does not say."""
    if applicants is None:
        return True
    if applicants == "osteopathic graduates":
        return None if profile.degree is None else "DO" in profile.degree
    if applicants in ("visa applicants", *_VISA_GROUPS):
        return _concerns_visa(_VISA_GROUPS.get(applicants), profile)
    international = is_international(profile)
    if international is None:
        return None
    return international if applicants == "international graduates" else not international


def _concerns_visa(visa_type: str | None, profile: Profile) -> bool | None:
    """Tell whether somebody applies for a visa of a type; None where another type would do as well."""
    is_needed = needs_visa(profile)
    if not is_needed or visa_type is None:
        return is_needed
    accepted = profile.visa.will_take if profile.visa else None
    if accepted is None:
        return None
    if visa_type not in accepted:
        return False
    return True if len(accepted) == 1 else None


def group_questions(applicants: str | None, profile: Profile) -> tuple[ProfileQuestion, ...]:
    """Return what the profile would have to tell for `concerns` to know."""
    if concerns(applicants, profile) is not None:
        return ()
    if applicants == "osteopathic graduates":
        return (ProfileQuestion("degree"),)
    if applicants in ("visa applicants", *_VISA_GROUPS):
        return (
            (ProfileQuestion("visa"),)
            if needs_visa(profile) is None or not (profile.visa and profile.visa.will_take)
            else ()
        )
    if profile.school_country is None:
        return (ProfileQuestion("school_country"),)
    return (ProfileQuestion("graduation", "month"),)
