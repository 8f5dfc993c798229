"""The items in a program's lists: each is a text, as the page states it in our words, with structure added.

The text is what people read. The structure is what gmetui filters, compares and counts; it is present only where the
text states it plainly. `source` and `as_of` belong to an item whose page differs from its field's; `third_party` marks
an item that the institution itself did not publish.
"""

# Annotations are evaluated here, not deferred as in other modules: `schema` reads the keys from them at every start.

import re
from collections.abc import Mapping
from typing import Annotated

from msgspec import Struct

from .annotations import Key
from .ids import SiteId, SourceId, SpecialtyId
from .vocabulary import (
    APPLICANT_GROUPS,
    BENEFITS,
    COUNT_NAMES,
    DEGREES,
    EVENTS,
    EXAMS,
    EXPERIENCE_KINDS,
    MILESTONES,
    MILITARY_STATUSES,
    RESIDENCES,
    SCOPES,
    STRENGTHS,
    TOPICS,
    VISAS,
)

_MATCH_CODE = re.compile(r"\d{7}[A-Z]\d{1,2}\b")


class CatalogValue(Struct, frozen=True, gc=False, omit_defaults=True):
    """The root of all values in the catalog: immutable, compared by content, encoded without defaults."""


class Item(CatalogValue, frozen=True, kw_only=True):
    """What every item of a list can state about its own source."""

    source: Annotated[tuple[SourceId, ...], Key("Source", "page of this item, where it differs from its field's")] = ()
    as_of: Annotated[str | None, Key("Date", "cycle or year that this item describes")] = None
    third_party: Annotated[bool, Key("Third party", "true: the institution itself does not publish it")] = False
    unconfirmed: Annotated[bool, Key("Unconfirmed", "true: its page could not be compared again")] = False


class Note(Item, frozen=True):
    """A text without structure: a highlight, a part of the curriculum."""

    text: Annotated[str, Key("Text", "one fact")]


class Needs(CatalogValue, frozen=True, kw_only=True):
    """The conditions of a requirement that can be tested; all of them must hold."""

    degrees: Annotated[tuple[str, ...], Key("Degrees", "any one of them", DEGREES)] = ()
    trained_in: Annotated[tuple[SpecialtyId, ...], Key("Trained in", "ids of specialties, any one of them")] = ()
    training_years: Annotated[
        int | None, Key("Years of training", "years in it that are enough, where it need not be finished")
    ] = None
    examinations: Annotated[tuple[str, ...], Key("Exams", "all of them", EXAMS)] = ()
    or_examinations: Annotated[tuple[str, ...], Key("Alternative exams", "accepted instead", EXAMS)] = ()
    first_attempt: Annotated[
        bool, Key("First attempt", "true: passed at the first attempt; without exams, every USMLE and COMLEX exam")
    ] = False
    max_attempts: Annotated[int | None, Key("Attempts", "maximum for each exam, where it is more than one")] = None
    score_min: Annotated[Mapping[str, int], Key("Minimum scores", "the lowest score accepted in each exam", EXAMS)] = {}
    comlex: Annotated[
        bool | None, Key("COMLEX", "false: it does not replace the USMLE; true: it does, whichever level is meant")
    ] = None
    certificate: Annotated[str | None, Key("Certificate", "the certificate that is needed", ("ECFMG",))] = None
    license: Annotated[str | None, Key("License", "the state, two letters; eligibility is enough")] = None
    letters: Annotated[int | None, Key("Letters", "minimum number of letters")] = None
    years_since_graduation: Annotated[int | None, Key("Years since graduation", "maximum")] = None
    no_year_limit: Annotated[bool, Key("No year limit", "true: the page says that any year of graduation will do")] = (
        False
    )
    clinical_months: Annotated[int | None, Key("Clinical experience", "minimum number of months")] = None
    clinical_kind: Annotated[
        tuple[str, ...], Key("Kind of experience", "kinds that count; left out: any", EXPERIENCE_KINDS)
    ] = ()
    clinical_country: Annotated[
        tuple[str, ...], Key("Country of experience", "countries that count, two letters; left out: any")
    ] = ()
    citizenship: Annotated[tuple[str, ...], Key("Citizenship", "countries, two letters, any one of them")] = ()
    residence: Annotated[
        tuple[str, ...],
        Key("Residence", "status in the US, any one of them; a citizenship is accepted too", RESIDENCES),
    ] = ()
    military: Annotated[tuple[str, ...], Key("Military", "military status, any one of them", MILITARY_STATUSES)] = ()
    languages: Annotated[tuple[str, ...], Key("Languages", "codes of two letters (ISO 639-1), all of them")] = ()
    by: Annotated[str | None, Key("By", "when the condition must be met", MILESTONES)] = None
    by_day: Annotated[
        str | None, Key("By day", "MM-DD or MM, the last one before the start, where the page names it", shape="moment")
    ] = None
    untested: Annotated[
        str | None, Key("Not tested", "what the text demands beyond these keys, in a few of its words")
    ] = None


class Requirement(Item, frozen=True):
    """One condition that a program or institution publishes. Without `strength` the page does not make it clear."""

    topic: Annotated[str, Key("Topic", "subject of the condition", TOPICS)]
    text: Annotated[str, Key("Text", "the condition in our words")]
    strength: Annotated[str | None, Key("Strength", "where the page makes it clear", STRENGTHS)] = None
    applies_to: Annotated[str | None, Key("Applies to", "left out: every applicant", APPLICANT_GROUPS)] = None
    track: Annotated[str | None, Key("Track", "name of the track that has the condition")] = None
    scope: Annotated[
        tuple[str, ...], Key("Scope", "programs it concerns; left out: every program of the institution", SCOPES)
    ] = ()
    needs: Annotated[Needs | None, Key("Conditions", "what can be tested")] = None


class Track(Item, frozen=True):
    """A path through a program: categorical, preliminary, research …"""

    text: Annotated[str, Key("Text", "the track as the page describes it")]
    called: Annotated[
        str | None, Key("Name", "where the name is not the text up to its first bracket, comma or colon")
    ] = None
    length_years: Annotated[int | None, Key("Length", "whole years")] = None
    length_years_max: Annotated[int | None, Key("Maximum length", "where the length varies")] = None
    positions_per_year: Annotated[int | None, Key("Positions", "positions offered each year")] = None
    cycle: Annotated[str | None, Key("Cycle", "the cycle that these numbers describe")] = None

    @property
    def name(self) -> str:
        """The track's name: `called`, else the text up to its first bracket, comma or colon."""
        return self.called or re.split(r" \(|[,:;]", self.text, maxsplit=1)[0].strip()


class MatchCode(Item, frozen=True):
    """A code in a match, and the track it stands for."""

    text: Annotated[str, Key("Text", "the code, and any explanation of it")]
    track: Annotated[str | None, Key("Track", "name of the track it stands for")] = None

    @property
    def code(self) -> str | None:
        """The code itself: seven digits, a letter for the type, one or two digits."""
        match = _MATCH_CODE.match(self.text)
        return match[0] if match else None


class SiteReference(Item, frozen=True):
    """A place where trainees work."""

    text: Annotated[str, Key("Text", "the place as the page names it")]
    site: Annotated[tuple[SiteId, ...], Key("Site", "ids in sites.toml")] = ()


class Partner(Item, frozen=True):
    """An institution that runs the program together with its sponsor."""

    text: Annotated[str, Key("Text", "the place as the page names it")]
    site: Annotated[tuple[SiteId, ...], Key("Site", "ids in sites.toml")] = ()
    role: Annotated[
        str,
        Key("Role", "sponsor: the partner sponsors the program, not this institution", ("partner", "sponsor")),
    ] = "partner"


class DatedEvent(CatalogValue, frozen=True):
    """A date or a span: `YYYY-MM-DD`, `YYYY-MM`, or without a year `MM-DD`, `MM`."""

    what: Annotated[str, Key("Event", "what happens", EVENTS)]
    on: Annotated[str | None, Key("On", "YYYY-MM-DD or YYYY-MM; without a year MM-DD or MM", shape="moment")] = None
    first: Annotated[str | None, Key("First", "where it is a span", shape="moment")] = None
    last: Annotated[str | None, Key("Last", "where it is a span", shape="moment")] = None


class Deadline(Item, frozen=True):
    """What a page states about dates, the cycle it describes, and the dates themselves if it names any."""

    text: Annotated[str, Key("Text", "what the page states")]
    cycle: Annotated[str | None, Key("Cycle", "the cycle that it describes")] = None
    dates: Annotated[tuple[DatedEvent, ...], Key("Dates", "the dates in the text")] = ()


class Visa(Item, frozen=True):
    """What a page states about visas."""

    text: Annotated[str, Key("Text", "what the page states")]
    sponsored: Annotated[tuple[str, ...], Key("Sponsored", "visa types", VISAS)] = ()
    by_case: Annotated[tuple[str, ...], Key("Case by case", "visa types", VISAS)] = ()
    refused: Annotated[tuple[str, ...], Key("Not sponsored", "visa types", VISAS)] = ()
    only: Annotated[bool, Key("Only", "true: no visa type but the sponsored ones")] = False


class Benefit(Item, frozen=True):
    """Pay or a benefit."""

    text: Annotated[str, Key("Text", "pay or benefit")]
    topic: Annotated[str | None, Key("Topic", "subject of the benefit", BENEFITS)] = None


class PublishedCount(Item, frozen=True):
    """Numbers that a page publishes about an institution."""

    text: Annotated[str, Key("Text", "what the page states")]
    figures: Annotated[Mapping[str, int], Key("Figures", "the number of each", COUNT_NAMES)] = {}
    at_least: Annotated[tuple[str, ...], Key("At least", "figures given as “more than” or “+”", COUNT_NAMES)] = ()


class DisagreementVersion(CatalogValue, frozen=True):
    """One version of a fact on which pages disagree, and the page that states it."""

    says: Annotated[str, Key("Value", "the value")]
    where: Annotated[str, Key("Page", "the page that states it")]


class Disagreement(Item, frozen=True):
    """Two or more versions of one fact."""

    text: Annotated[str, Key("Text", "what pages disagree about")]
    about: Annotated[str | None, Key("Field", "the key of the fact")] = None
    versions: Annotated[tuple[DisagreementVersion, ...], Key("Versions", "each version")] = ()
