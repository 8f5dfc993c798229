"""What qualifies an item beyond its text: whom it applies to, how strict it is, who states it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from ..lean_typing import NamedTuple
from .items import Disagreement, DisagreementVersion, MatchCode, Requirement, Track

THIRD_PARTY = "third party"

_INTERNATIONAL_WORDS = ("international", "foreign", "ecfmg")


#: What a qualifier remarks on. "past": the value is of a past cycle; "undated": its page gives no year; "hospital": it
#: holds for all programs of the institution; "usual": it is typical for the specialty, and the program does not state
#: it; "general_knowledge": no page states it.
Aspect = Literal[
    "strength",
    "applies_to",
    "track",
    "match_code",
    "as_of",
    "third_party",
    "unconfirmed",
    "past",
    "undated",
    "hospital",
    "usual",
    "general_knowledge",
]


class Qualifier(NamedTuple):
    """One remark on a value; `aspect` tells which, so that a screen that shows it elsewhere can leave it out."""

    aspect: Aspect
    text: str


def qualifiers_of(
    item: object,
    match_codes: Iterable[MatchCode] = (),
    *,
    third_party: bool = False,
    unconfirmed: bool = False,
    page_count: int = 1,
) -> tuple[Qualifier, ...]:
    """Return what qualifies an item and is not already in its text.

    `match_codes` are the program's; `third_party` and `unconfirmed` speak of its whole field. An unconfirmed value is
    on one of `page_count` pages.
    """
    text = str(getattr(item, "text", item))
    qualifiers: list[Qualifier] = []
    if isinstance(item, Requirement):
        qualifiers += _requirement_qualifiers(item)
    if isinstance(item, Track):
        codes = (code.code for code in match_codes if code.track == item.name)
        qualifiers += [Qualifier("match_code", f"NRMP {code}") for code in codes if str(code) not in text]
    as_of = getattr(item, "as_of", None)
    if as_of:
        qualifiers.append(Qualifier("as_of", as_of))
    if (third_party or getattr(item, "third_party", False)) and THIRD_PARTY not in text:
        qualifiers.append(Qualifier("third_party", THIRD_PARTY))
    if unconfirmed or getattr(item, "unconfirmed", False):
        text = "unconfirmed" if page_count < 2 else f"unconfirmed, on one of {page_count} pages"
        qualifiers.append(Qualifier("unconfirmed", text))
    return tuple(qualifiers)


def _requirement_qualifiers(item: Requirement) -> Iterable[Qualifier]:
    if item.strength not in (None, "required") and str(item.strength) not in item.text:
        yield Qualifier("strength", str(item.strength))
    if item.applies_to and not _mentions_group(item.text, item.applies_to):
        yield Qualifier("applies_to", f"for {item.applies_to}")
    if item.track and item.track.casefold() not in item.text.casefold():
        yield Qualifier("track", f"{item.track} track")


def _mentions_group(text: str, group: str) -> bool:
    """Tell whether a text itself names the applicants it applies to: "ECFMG certificate for foreign graduates"."""
    folded = text.casefold()
    if group == "international graduates":
        return any(word in folded for word in _INTERNATIONAL_WORDS)
    return group.casefold() in folded


def versions(item: Disagreement) -> tuple[DisagreementVersion, ...]:
    """Return the versions of a disagreement; its text alone where they are not listed."""
    return item.versions or (DisagreementVersion(item.text, ""),)
