"""What applicants write about a program in few words: ranks, statuses, and signals."""

from __future__ import annotations

import re
from collections.abc import Mapping

from .cell_values import clean_cell

DO_NOT_RANK = "do not rank"
_MAX_CELL = 60
_RANK = re.compile(
    r"(?:#|no\.?|nr\.?|number|rank(?:ed)?:?|t-?|~)?\s{0,3}#?(\d{1,5}(?:[.,]\d{1,4})?)(?:st|nd|rd|th)?"
    r"[.)]?(?:\s{0,3}(?:/|of|out of)\s{0,3}\d{1,4})?(?:\s{0,3}\(?tied?\)?)?",
    re.IGNORECASE | re.ASCII,
)
_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
_NOT_RANKED = frozenset(
    (
        "dnr",
        "do not rank",
        "dont rank",
        "don't rank",
        "not ranking",
        "will not rank",
        "wont rank",
        "won't rank",
        "no rank",
    )
)
#: A status of gmetui -> what applicants write for it.
_STATUS_WORDS: Mapping[str, tuple[str, ...]] = {
    "interested": ("interested", "considering", "maybe", "to apply", "researching"),
    "preparing": ("preparing", "in progress", "drafting", "working on it"),
    "applied": ("applied", "app sent", "application sent", "submitted", "application submitted", "pending"),
    "invited": (
        *("invited", "invite", "interview invite", "interview offered", "interview offer", "ii", "iv", "iv offer"),
        *("iv offered", "interview scheduled", "scheduled", "interviewing", "interview", "iv scheduled"),
    ),
    "interviewed": ("interviewed", "interview done", "interview complete", "interview completed", "iv done"),
    "ranked": ("ranked", "on rol", "certified"),
    "declined": (
        *("declined", "withdrew", "withdrawn", "withdraw", "canceled", "cancelled", "interview declined", "dropped"),
        *("declined interview", "cancelled interview", "canceled interview"),
    ),
    "matched": ("matched",),
}
_STATUSES = {words: status for status, phrases in _STATUS_WORDS.items() for words in phrases}
_SIGNAL_TIERS = ("gold", "silver")
_SIGNAL_WORDS = frozenset(
    ("yes", "y", "x", "1", "true", "✓", "✔", "signal", "signaled", "signalled", "program", "sent")
)
_NO_SIGNAL = frozenset(("no", "n", "false", "0", "none", "no signal", "not signaled", "unsignaled", "not", "✗"))


def parse_rank(cell: str) -> float | None:
    """Return a rank such as "2", "2.5", "1st", "#2" or "3 of 12", or None for any other text."""
    text = " ".join(cell.split())[:_MAX_CELL]
    match = _RANK.fullmatch(text)
    if match:
        return float(match[1].replace(",", "."))
    return float(_ORDINALS.index(text.casefold()) + 1) if text.casefold() in _ORDINALS else None


def is_do_not_rank(cell: str) -> bool:
    """Return whether a rank says that the program won't be ranked."""
    return " ".join(cell.casefold().replace("’", "'").split()).strip(".!()") in _NOT_RANKED


def is_blank(cell: str) -> bool:
    """Return whether a cell says nothing: "", "-", "TBD"."""
    return not clean_cell(cell[:_MAX_CELL])


def parse_status(cell: str) -> str:
    """Return a status of gmetui for what applicants write, or the text itself: a status may be any text."""
    words = " ".join(re.findall(r"[^\W_]+", cell[:_MAX_CELL].casefold()))
    return _STATUSES.get(words, cell)


def parse_signal(cell: str) -> str | None:
    """Return the tier of a signal: "gold", "silver", or "signal"; "" for none, None for any other text."""
    words = re.findall(r"[a-z0-9✓✔✗]+", cell.casefold()[:_MAX_CELL])
    if is_blank(cell) or " ".join(words) in _NO_SIGNAL:
        return ""
    tier = next((word for word in words if word in _SIGNAL_TIERS), None)
    return tier or ("signal" if _SIGNAL_WORDS.issuperset(words) else None)
