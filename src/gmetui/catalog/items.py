"""What stands in a program's lists: each item is a text, as the page has it in our words, with structure beside it.

The text is what people read. The structure is what can be filtered, compared or counted, and is there only where the
text says it plainly. `source` and `as_of` are for an item whose page differs from its field's; `third_party` marks one
that the institution did not publish itself.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

_CODE = re.compile(r"\d{7}[A-Z]\d\b")


class Note(NamedTuple):
    """A text without structure: a highlight, a part of the curriculum."""

    text: str
    source: tuple[str, ...] = ()
    as_of: str | None = None
    third_party: bool = False


class Needs(NamedTuple):
    """What a requirement asks for, where it can be tested.

    `trained_in` holds specialty ids, any one of which will do; `letters` is the least number of letters;
    `years_since_graduation` the most years; `licence` a state; `by` when it must be there.
    """

    degrees: tuple[str, ...] = ()
    trained_in: tuple[str, ...] = ()
    examinations: tuple[str, ...] = ()
    or_examinations: tuple[str, ...] = ()
    certificate: str | None = None
    licence: str | None = None
    letters: int | None = None
    years_since_graduation: int | None = None
    by: str | None = None


class Requirement(NamedTuple):
    """One condition that a program or institution publishes. No `strength`: the page does not make it clear."""

    topic: str
    text: str
    strength: str | None = None
    applies_to: str | None = None
    track: str | None = None
    needs: Needs | None = None
    source: tuple[str, ...] = ()
    as_of: str | None = None
    third_party: bool = False


class Track(NamedTuple):
    """A way through a program: categorical, preliminary, research …"""

    text: str
    called: str | None = None
    length_years: int | None = None
    length_years_max: int | None = None
    positions_per_year: int | None = None
    cycle: str | None = None
    source: tuple[str, ...] = ()
    as_of: str | None = None
    third_party: bool = False

    @property
    def name(self) -> str:
        """The track's name: `called`, else the text up to its first bracket, comma or colon."""
        return self.called or re.split(r" \(|[,:;]", self.text, maxsplit=1)[0].strip()


class MatchCode(NamedTuple):
    """A code in a match, and the track it stands for."""

    text: str
    track: str | None = None
    source: tuple[str, ...] = ()
    as_of: str | None = None
    third_party: bool = False

    @property
    def code(self) -> str | None:
        """The code itself: seven digits, a letter for the type, a digit."""
        found = _CODE.match(self.text)
        return found[0] if found else None


class SiteUse(NamedTuple):
    """A place where trainees work: `site` names entries of `sites.toml`."""

    text: str
    site: tuple[str, ...] = ()
    source: tuple[str, ...] = ()
    as_of: str | None = None
    third_party: bool = False


class Partner(NamedTuple):
    """An institution that runs the program together with the one it stands under."""

    text: str
    site: tuple[str, ...] = ()
    role: str = "partner"
    source: tuple[str, ...] = ()
    as_of: str | None = None
    third_party: bool = False


class When(NamedTuple):
    """A date or a span: `YYYY-MM-DD`, `YYYY-MM`, or without a year `MM-DD`, `MM`."""

    what: str
    on: str | None = None
    first: str | None = None
    last: str | None = None


class Deadline(NamedTuple):
    """What a page says about dates, the cycle it speaks of, and the dates themselves where it has any."""

    text: str
    cycle: str | None = None
    dates: tuple[When, ...] = ()
    source: tuple[str, ...] = ()
    as_of: str | None = None
    third_party: bool = False


class Visa(NamedTuple):
    """What a page says about visas. `only`: no kind but the sponsored ones."""

    text: str
    sponsored: tuple[str, ...] = ()
    by_case: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()
    only: bool = False
    source: tuple[str, ...] = ()
    as_of: str | None = None
    third_party: bool = False


class Benefit(NamedTuple):
    """Pay or a benefit."""

    text: str
    topic: str | None = None
    source: tuple[str, ...] = ()
    as_of: str | None = None
    third_party: bool = False


class Count(NamedTuple):
    """Published figures about an institution; those in `at_least` are said as "more than" or "+"."""

    text: str
    figures: Mapping[str, int] = MappingProxyType({})
    at_least: tuple[str, ...] = ()
    source: tuple[str, ...] = ()
    as_of: str | None = None
    third_party: bool = False


class Version(NamedTuple):
    """One of the versions where pages disagree, and which page has it."""

    says: str
    where: str


class Disagreement(NamedTuple):
    """Two or more versions of one fact; `about` is the field they speak of."""

    text: str
    about: str | None = None
    versions: tuple[Version, ...] = ()
    source: tuple[str, ...] = ()
    as_of: str | None = None
    third_party: bool = False


#: The class of each kind of item, by the name of its table in `fields.TABLES`.
CLASSES: Mapping[str, type] = MappingProxyType(
    {
        "note": Note,
        "requirements": Requirement,
        "needs": Needs,
        "track": Track,
        "nrmp_code": MatchCode,
        "site_use": SiteUse,
        "partner": Partner,
        "when": When,
        "deadline": Deadline,
        "visa": Visa,
        "benefit": Benefit,
        "count": Count,
        "version": Version,
        "disagreement": Disagreement,
    }
)
