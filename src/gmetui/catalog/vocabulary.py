"""The closed lists of the data format, each in its one order, and the words people see for them."""

from __future__ import annotations

from collections.abc import Mapping

from ..lean_typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .kinds import Kind

#: The order in which kinds of programs are listed everywhere but in data files.
KINDS: tuple[Kind, ...] = ("residency", "fellowship", "combined", "other")
#: The order of programs in a data file: combined residencies follow the residencies that they combine.
KINDS_IN_FILE_ORDER: tuple[Kind, ...] = ("residency", "combined", "fellowship", "other")
KIND_LABELS: Mapping[str, str] = {
    "residency": "Residency",
    "fellowship": "Fellowship",
    "combined": "Combined residency",
    "other": "Other training",
}
SHORT_KIND_LABELS: Mapping[str, str] = {**KIND_LABELS, "combined": "Combined", "other": "Other"}
KIND_PLURALS: Mapping[str, str] = {
    "residency": "residencies",
    "fellowship": "fellowships",
    "combined": "combined",
    "other": "other",
}

PUBLISHER_LABELS: Mapping[str, str] = {
    "institution": "the institution's own page",
    "official": "an official body",
    "third-party": "a third party",
}

ACCREDITATIONS = ("acgme", "non-acgme", "other", "unknown")
ACCREDITATION_LABELS: Mapping[str, str] = {
    "acgme": "ACGME-accredited",
    "non-acgme": "Not ACGME-accredited",
    "other": "Another accreditor",
}

TOPICS = (
    "degree",
    "prior training",
    "exam",
    "letters",
    "documents",
    "license",
    "visa",
    "international graduates",
    "recency",
    "clinical experience",
    "language",
    "application",
    "selection",
    "other",
)
ROUTES = ("rotator", "visiting student", "observer", "verification of training")
#: The programs of an institution that a rule concerns.
SCOPES = ("physicians", "residencies", "fellowships", "pharmacy", "nursing", "psychology", "dentistry", "podiatry")
STRENGTHS = ("required", "preferred", "considered")
APPLICANT_GROUPS = (
    "US graduates",
    "international graduates",
    "osteopathic graduates",
    "visa applicants",
    "J-1 applicants",
    "H-1B applicants",
)
#: The months by their English names, as `apply_from` and `read_from` of specialties write them.
MONTH_NUMBERS: Mapping[str, int] = {
    name: number
    for number, name in enumerate(
        (
            *("January", "February", "March", "April", "May", "June"),
            *("July", "August", "September", "October", "November", "December"),
        ),
        start=1,
    )
}
MILESTONES = ("application", "interview", "rank list", "match", "appointment", "start", "PGY-1", "PGY-2", "graduation")
EXAMS = (
    "USMLE Step 1",
    "USMLE Step 2 CK",
    "USMLE Step 3",
    "COMLEX Level 1",
    "COMLEX Level 2",
    "COMLEX Level 3",
    "COMLEX",
    "ABSITE",
    "CREOG",
    "CBSE",
    "NBDE",
    "TOEFL or IELTS",
)
#: The degrees that a requirement or a profile can name. Those of physicians come first.
DEGREES = (
    "MD",
    "DO",
    "MBBS",
    "other medical",
    "DDS",
    "DMD",
    "DPM",
    "PharmD",
    "PhD",
    "PsyD",
    "BSN",
    "NP",
    "PA",
    "other",
)
EXPERIENCE_KINDS = ("hands-on", "observer", "research")
RESIDENCES = ("citizen", "permanent", "visa")
MILITARY_STATUSES = ("active duty", "reserve", "national guard", "scholarship", "military student", "veteran", "none")
VISAS = ("J-1", "H-1B", "F-1", "O-1", "TN", "E-3", "J-2")
BENEFITS = ("pay", "leave", "insurance", "housing", "transport", "education", "license", "union", "supplies")
EVENTS = (
    "opening",
    "application",
    "reading",
    "documents",
    "exam",
    "interview",
    "invitation",
    "rank list",
    "match",
    "start",
)
#: The events of a season: those of programs, and what services and matches have besides.
SEASON_EVENTS = (*EVENTS, "registration", "quota", "offer", "certificate", "end", "other")
NATURES = ("opening", "deadline", "target", "release", "span", "result", "start", "other")
AUDIENCES = ("applicants", "international graduates", "residency", "fellowship", "couples", "programs", "schools")
#: The clocks of services, and their names in the time zone database.
ZONE_NAMES: Mapping[str, str] = {"ET": "America/New_York", "PT": "America/Los_Angeles"}
ZONES = tuple(ZONE_NAMES)
FEE_PURPOSES = (
    "application",
    "transcript",
    "token",
    "registration",
    "further programs",
    "long list",
    "couple",
    "late",
    "exam",
    "certification",
    "visa",
    "elective",
    "other",
    "discount",
)
FEE_SCOPES = ("specialty", "season", "unknown")
CURRENCIES = ("USD", "CAD")
RULE_TOPICS = ("signals", "couples", "ladder", "eligibility", "season")
COUNT_NAMES = (
    "programs",
    "ACGME programs",
    "residencies",
    "non-ACGME programs",
    "nonstandard programs",
    "specialties",
    "affiliated hospitals",
    "trainees",
    "positions",
)
#: A date or a month, with or without a year: "2025-10-01", "2025-10", "10-01", "10".
DATE_PATTERN = r"(?:\d{4}-)?(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?"
#: A year, a month or a day: "2027", "2027-05", "2027-05-20".
PARTIAL_DATE_PATTERN = r"\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?"
#: A time of day on a 24-hour clock.
CLOCK_PATTERN = r"(?:[01]\d|2[0-3]):[0-5]\d"

#: Values of a field that state nothing; the accreditation "unknown" means that no page mentions one.
UNSTATED_VALUES = (None, (), "unknown")
