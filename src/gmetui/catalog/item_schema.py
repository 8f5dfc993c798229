"""Every key that an item of a list may hold: requirements, tracks, sites, dates, visas …"""

from __future__ import annotations

from collections.abc import Mapping

from .vocabulary import (
    APPLICANTS,
    BENEFITS,
    DATES,
    EXAMINATIONS,
    FIGURES,
    MOMENTS,
    STRENGTHS,
    TOPICS,
    VISAS,
    Field,
    optional,
    required,
)

OF_ITEM: tuple[Field, ...] = (
    optional("source", "pages", "Source", "page of this item, where it is not its field's"),
    optional("as_of", "text", "Speaks of", "cycle or year of this item"),
    optional("third_party", "flag", "Third party", "true: the institution itself does not say it"),
)

REQUIREMENT: tuple[Field, ...] = (
    required("topic", "text", "Topic", "what it is about", TOPICS),
    required("text", "text", "Text", "the condition in our words"),
    optional("strength", "text", "Strength", "where the page makes it clear", STRENGTHS),
    optional("applies_to", "text", "Applies to", "left out: every applicant", APPLICANTS),
    optional("track", "text", "Track", "name of the track it is asked for"),
    Field("needs", "item", "Needs", "what can be tested", table="needs"),
)

NEEDS: tuple[Field, ...] = (
    optional("degrees", "texts", "Degrees", "any one of them"),
    optional("trained_in", "ids", "Trained in", "ids of specialties, any one of them"),
    optional("examinations", "texts", "Examinations", "all of them", EXAMINATIONS),
    optional("or_examinations", "texts", "Or", "examinations that do as well", EXAMINATIONS),
    optional("certificate", "text", "Certificate", "ECFMG", ("ECFMG",)),
    optional("licence", "text", "Licence", "the state, two letters"),
    optional("letters", "integer", "Letters", "the least number"),
    optional("years_since_graduation", "integer", "Years since graduation", "the most"),
    optional("by", "text", "By", "when it must be there", MOMENTS),
)

TRACK: tuple[Field, ...] = (
    required("text", "text", "Text", "the track as the page has it"),
    optional(
        "called", "text", "Called", "its name, where that is not the text up to its first bracket, comma or colon"
    ),
    optional("length_years", "integer", "Length", "whole years"),
    optional("length_years_max", "integer", "Longest", "where the length varies"),
    optional("positions_per_year", "integer", "Positions", "places offered each year"),
    optional("cycle", "text", "Cycle", "the cycle these figures speak of"),
)

MATCH_CODE: tuple[Field, ...] = (
    required("text", "text", "Text", "the code, and what is said of it"),
    optional("track", "text", "Track", "name of the track it stands for"),
)

SITE_USE: tuple[Field, ...] = (
    required("text", "text", "Text", "the place as the page names it"),
    optional("site", "ids", "Site", "ids in sites.toml"),
)

PARTNER: tuple[Field, ...] = (
    *SITE_USE,
    optional(
        "role", "text", "Role", "sponsor where the partner and not this institution sponsors it", ("partner", "sponsor")
    ),
)

DEADLINE: tuple[Field, ...] = (
    required("text", "text", "Text", "what the page says"),
    optional("cycle", "text", "Cycle", "the season it speaks of"),
    Field("dates", "items", "Dates", "the dates in it", table="when"),
)

WHEN: tuple[Field, ...] = (
    required("what", "text", "What", "what happens", DATES),
    optional("on", "moment", "On", "YYYY-MM-DD or YYYY-MM; without a year MM-DD or MM"),
    optional("first", "moment", "First", "where it is a span"),
    optional("last", "moment", "Last", "where it is a span"),
)

VISA: tuple[Field, ...] = (
    required("text", "text", "Text", "what the page says"),
    optional("sponsored", "texts", "Sponsored", "kinds of visa", VISAS),
    optional("by_case", "texts", "Case by case", "kinds of visa", VISAS),
    optional("refused", "texts", "Not sponsored", "kinds of visa", VISAS),
    optional("only", "flag", "Only", "true: no kind but the sponsored ones"),
)

BENEFIT: tuple[Field, ...] = (
    required("text", "text", "Text", "pay or benefit"),
    optional("topic", "text", "Topic", "what it is about", BENEFITS),
)

COUNT: tuple[Field, ...] = (
    required("text", "text", "Text", "what the page says"),
    optional("figures", "figures", "Figures", "number of each", FIGURES),
    optional("at_least", "texts", "At least", "figures that are said as more than or +", FIGURES),
)

DISAGREEMENT: tuple[Field, ...] = (
    required("text", "text", "Text", "what pages disagree about"),
    optional("about", "text", "About", "the field"),
    Field("versions", "items", "Versions", "each version", table="version"),
)

VERSION: tuple[Field, ...] = (
    required("says", "text", "Says", "the value"),
    required("where", "text", "Where", "the page that has it"),
)

#: The tables inside lists; each item may also say where it alone comes from.
ITEMS: Mapping[str, tuple[Field, ...]] = {
    "note": (required("text", "text", "Text", "one fact"), *OF_ITEM),
    "requirements": (*REQUIREMENT, *OF_ITEM),
    "needs": NEEDS,
    "track": (*TRACK, *OF_ITEM),
    "nrmp_code": (*MATCH_CODE, *OF_ITEM),
    "site_use": (*SITE_USE, *OF_ITEM),
    "partner": (*PARTNER, *OF_ITEM),
    "when": WHEN,
    "deadline": (*DEADLINE, *OF_ITEM),
    "visa": (*VISA, *OF_ITEM),
    "benefit": (*BENEFIT, *OF_ITEM),
    "count": (*COUNT, *OF_ITEM),
    "version": VERSION,
    "disagreement": (*DISAGREEMENT, *OF_ITEM),
}
