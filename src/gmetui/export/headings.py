"""What the columns of a list are called, in our exports and in spreadsheets of other people. Extend it here."""

from __future__ import annotations

from collections.abc import Mapping

#: What a heading may be called, in small letters -> what it is.
HEADINGS: Mapping[str, str] = {
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
#: Headings of what pages say, or what is counted: no column of the person's.
FACTS = frozenset(
    (
        *("kind", "specialty", "city", "state", "length in years", "positions a year", "accreditation", "match"),
        *("visa", "apply through", "dates", "requirements", "page", "source", "source speaks of", "by third parties"),
        *("score", "lacks", "remarks", "url", "website", "address"),
    )
)
_MINE = " (mine)"


def own_heading(name: str) -> str:
    """Return the heading of a person's own column; one that would be taken for something else is told apart."""
    return f"{name}{_MINE}" if name.casefold() in HEADINGS or name.casefold() in FACTS else name


def own_name(heading: str) -> str:
    """Return the name of the column that has a heading made by `own_heading`."""
    return heading.removesuffix(_MINE)
