"""What is said beside an item's text: who it is for, how strict it is, whose word it is."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from .items import Disagreement, MatchCode, Requirement, Track, Version

THIRD_PARTY = "third party"


def beside(item: Any, codes: Iterable[MatchCode] = (), *, third_party: bool = False) -> str:
    """Return the remarks on an item as one text, "" when there are none. `codes` are the program's match codes."""
    said = []
    if isinstance(item, Requirement):
        softer = item.strength not in (None, "required") and str(item.strength) not in item.text
        said += [item.strength] if softer else []
        said += [f"for {item.applies_to}"] if item.applies_to and not _names(item.text, item.applies_to) else []
        said += [f"{item.track} track"] if item.track and item.track.casefold() not in item.text.casefold() else []
    if isinstance(item, Track):
        said += [f"NRMP {code.code}" for code in codes if code.track == item.name and str(code.code) not in item.text]
    as_of = getattr(item, "as_of", None)
    said += [as_of] if as_of else []
    if (third_party or getattr(item, "third_party", False)) and THIRD_PARTY not in str(getattr(item, "text", item)):
        said.append(THIRD_PARTY)
    return ", ".join(filter(None, said))


def _names(text: str, whom: str) -> bool:
    """Tell whether a text says itself for whom it is: "ECFMG certificate for foreign graduates"."""
    said = text.casefold()
    if whom == "international graduates":
        return any(word in said for word in ("international", "foreign", "ecfmg"))
    return whom.casefold() in said


def versions(item: Disagreement) -> tuple[Version, ...]:
    """Return the versions that stand side by side; the text alone where they were not taken apart."""
    return item.versions or (Version(item.text, ""),)
