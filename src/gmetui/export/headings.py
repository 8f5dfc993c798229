"""The headings of list columns: which ones an import recognizes, and how exported custom columns are named.

To recognize another heading, add it to `COLUMN_HEADINGS`.
"""

from __future__ import annotations

from collections.abc import Mapping

#: Heading in lower case -> the shortlist field it holds.
COLUMN_HEADINGS: Mapping[str, str] = {
    **dict.fromkeys(("id", "program id", "gmetui id"), "id"),
    **dict.fromkeys(("program", "name", "program name", "title", "residency", "fellowship"), "name"),
    **dict.fromkeys(("institution", "hospital", "institution name", "where", "sponsor"), "institution"),
    **dict.fromkeys(("acgme id", "acgme code", "acgme", "accreditation id", "program code"), "acgme"),
    **dict.fromkeys(("nrmp code", "nrmp codes", "nrmp"), "nrmp"),
    **dict.fromkeys(("rank", "my rank", "order", "#"), "rank"),
    **dict.fromkeys(("status", "my status"), "status"),
    **dict.fromkeys(("rating", "my rating", "stars", "liked"), "rating"),
    **dict.fromkeys(("tags", "my tags", "labels"), "tags"),
    **dict.fromkeys(("my dates",), "dates"),
    **dict.fromkeys(("my score",), "score"),
    **dict.fromkeys(("note", "notes", "my notes", "comment", "comments"), "note"),
}
#: Headings of published facts and calculated columns, which an import ignores.
FACT_HEADINGS = frozenset(
    (
        *("kind", "specialty", "city", "state", "length in years", "positions a year", "accreditation", "match"),
        *("visa", "apply through", "dates", "requirements", "page", "source", "source date", "third-party facts"),
        *("score", "unmet requirements", "reviewer comments", "url", "website", "address"),
        *("source speaks of", "by third parties", "lacks", "remarks"),  # as earlier versions called them
    )
)
_CUSTOM_SUFFIX = " (mine)"


def custom_heading(name: str) -> str:
    """Return the heading of a custom column, with a suffix when an import would take the name for another field."""
    is_taken = name.casefold() in COLUMN_HEADINGS or name.casefold() in FACT_HEADINGS
    return f"{name}{_CUSTOM_SUFFIX}" if is_taken else name


def custom_name(heading: str) -> str:
    """Return the column name that `custom_heading` made this heading from."""
    return heading.removesuffix(_CUSTOM_SUFFIX)
