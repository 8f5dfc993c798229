"""The headings of list columns: which ones an import recognizes, and how exported custom columns are named.

To recognize another heading, add it to `COLUMN_HEADINGS`.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

#: Heading in lower case -> the shortlist field it holds.
COLUMN_HEADINGS: Mapping[str, str] = {
    **dict.fromkeys(("id", "program id", "gmetui id"), "id"),
    **dict.fromkeys(("program", "name", "program name", "title", "residency", "fellowship"), "name"),
    **dict.fromkeys(
        ("institution", "hospital", "institution name", "hospital name", "where", "sponsor"), "institution"
    ),
    **dict.fromkeys(("residency program", "fellowship program", "training program", "program title"), "name"),
    **dict.fromkeys(("name of program", "program name and location", "residency name"), "name"),
    **dict.fromkeys(("medical center", "sponsoring institution", "facility", "organization", "site"), "institution"),
    **dict.fromkeys(("name of hospital", "hospital system", "program hospital"), "institution"),
    **dict.fromkeys(("acgme program id", "acgme program code", "acgme number", "acgme program number"), "acgme"),
    **dict.fromkeys(("nrmp program code", "nrmp id", "match code", "nrmp number"), "nrmp"),
    **dict.fromkeys(("acgme id", "acgme code", "acgme", "accreditation id", "program code"), "acgme"),
    **dict.fromkeys(("nrmp code", "nrmp codes", "nrmp"), "nrmp"),
    **dict.fromkeys(("rank", "my rank", "order", "#", "rank order", "ranking", "my ranking", "rank number"), "rank"),
    **dict.fromkeys(("rol", "rol rank", "rol #", "rank #", "final rank", "rank list", "rank position"), "rank"),
    **dict.fromkeys(("status", "my status", "application status"), "status"),
    **dict.fromkeys(("rating", "my rating", "stars", "liked"), "rating"),
    **dict.fromkeys(("tags", "my tags", "labels"), "tags"),
    **dict.fromkeys(("signal", "signals", "signal type", "signaled", "preference signal", "signal tier"), "signal"),
    **dict.fromkeys(("my dates",), "dates"),
    **dict.fromkeys(("my score",), "score"),
    **dict.fromkeys(("note", "notes", "my notes", "comment", "comments"), "note"),
}
#: Headings of published facts and calculated columns, which an import ignores, except to find the program.
FACT_HEADINGS = frozenset(
    (
        *("kind", "specialty", "city", "state", "length in years", "positions a year", "accreditation", "match"),
        *("visa", "apply through", "dates", "requirements", "page", "source", "source date", "third-party facts"),
        *("score", "unmet requirements", "reviewer comments", "url", "website", "address"),
        *("location", "city state", "city and state", "program city", "program state", "state province"),
        *("specialty name", "subspecialty", "speciality", "discipline", "program specialty"),
        *("source speaks of", "by third parties", "lacks", "remarks"),  # as earlier versions called them
    )
)
#: Label of a date of the user -> its headings in lower case without punctuation.
_DATE_HEADINGS: Mapping[str, tuple[str, ...]] = {
    "interview": (
        *("interview", "interview date", "interview dates", "interview day", "date of interview", "interview on"),
        *("iv", "iv date", "iv day", "iv dates", "interviewed on", "interview date time", "interview date and time"),
        *("interview scheduled", "virtual interview", "scheduled interview"),
    ),
    "second look": ("second look", "second look date", "second look day", "2nd look", "2nd look date", "2nd look day"),
    "invitation": (
        *("invitation date", "date of invitation", "invite date", "date of invite", "invited on", "date invited"),
        *("interview invite date", "interview offer date", "iv invite date", "iv offer date", "invitation received"),
    ),
    "applied": ("applied on", "application date", "date of application", "date applied", "submitted on"),
    "deadline": ("deadline", "application deadline", "due date"),
}
#: Headings of the time of an interview, beside its date.
TIME_HEADINGS = frozenset(("interview time", "iv time", "time of interview", "time", "start time", "time of iv"))
_DATE_LABELS = {heading: label for label, headings in _DATE_HEADINGS.items() for heading in headings}
_OTHER_DATE = re.compile(r"(?:date of |date )(?P<before>[a-z][a-z ]{1,40})|(?P<after>[a-z][a-z ]{1,40}) date")
_CUSTOM_SUFFIX = " (mine)"


def custom_heading(name: str) -> str:
    """Return the heading of a custom column, with a suffix when an import would take the name for another field."""
    is_taken = name.casefold() in COLUMN_HEADINGS or name.casefold() in FACT_HEADINGS or date_label(name)
    return f"{name}{_CUSTOM_SUFFIX}" if is_taken else name


def date_heading(label: str, taken: Collection[str]) -> str:
    """Return the heading of a column with one of the user's dates, which an import reads as this date again.

    Returns "" for a label that no heading stands for, or whose headings are `taken`, in lower case.
    """
    for heading in (f"{label[:1].upper()}{label[1:]} date", f"Date of {label}"):
        folded = heading.casefold()
        is_other_field = folded in COLUMN_HEADINGS or folded in FACT_HEADINGS
        if date_label(heading) == label and folded not in taken and not is_other_field:
            return heading
    return ""


def custom_name(heading: str) -> str:
    """Return the column name that `custom_heading` made this heading from."""
    return heading.removesuffix(_CUSTOM_SUFFIX)


def date_label(heading: str) -> str:
    """Return which date of the user a heading announces: "interview" for "IV date", "dinner" for "Date of dinner"."""
    words = " ".join(re.findall(r"[^\W_]+", heading.casefold()))
    if words in FACT_HEADINGS:
        return ""
    other = _OTHER_DATE.fullmatch(words)
    return _DATE_LABELS.get(words) or ((other["before"] or other["after"]) if other else "")
