"""How the rows of a couple read: short titles of programs, distances, and sentences about a row."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from ..catalog.catalog import Catalog
from ..catalog.facts import inline_label
from ..planning.couple_lists import Partner, RankedChoice
from ..planning.couples import MAX_ROWS, CouplePlan, PairRow
from ..text import plural

NO_MATCH = "No Match"
UNKNOWN_MILES = "—"
#: What the partners are called: in a sentence, above their half, and before what is theirs.
PARTNER_NAMES: Mapping[Partner, str] = {"mine": "you", "theirs": "your partner"}
HALF_HEADINGS: Mapping[Partner, str] = {"mine": "You", "theirs": "Partner"}
PARTNER_POSSESSIVES: Mapping[Partner, str] = {"mine": "yours", "theirs": "your partner's"}


def short_titles(catalog: Catalog, choices: Sequence[RankedChoice]) -> dict[str, str]:
    """Return the shortest titles that tell the programs of a list apart, by id.

    That is the institution alone where it has one program on the list, else with the specialty, else with the name.
    """
    by_institution = Counter(choice.institution for choice in choices)
    by_specialty = Counter((choice.institution, choice.specialty) for choice in choices)
    titles = {}
    for choice in choices:
        specialty = specialty_label(catalog, choice)
        if not choice.institution or not specialty or by_specialty[choice.institution, choice.specialty] > 1:
            titles[choice.program_id] = choice.title
        elif by_institution[choice.institution] > 1:
            titles[choice.program_id] = f"{choice.institution} · {specialty}"
        else:
            titles[choice.program_id] = choice.institution
    return titles


def title_lengths(catalog: Catalog, choices: Sequence[RankedChoice]) -> tuple[Mapping[str, str], ...]:
    """Return titles of the programs of a list by id, the longest ones first: in full, with the specialty, short."""
    short = short_titles(catalog, choices)
    full = {choice.program_id: choice.title for choice in choices}
    labels = {choice.program_id: specialty_label(catalog, choice) for choice in choices}
    if len(set(labels.values())) == 1:  # which the heading names
        return full, short
    with_specialty = {
        choice.program_id: f"{choice.institution} · {labels[choice.program_id]}"
        if short[choice.program_id] == choice.institution and labels[choice.program_id]
        else short[choice.program_id]
        for choice in choices
    }
    return full, with_specialty, short


def specialty_label(catalog: Catalog, choice: RankedChoice) -> str:
    """Return the specialty of a program as people know it, "" if it isn't in the data."""
    specialty = catalog.specialty.get(choice.specialty)
    return specialty.label if specialty else ""


def list_heading(catalog: Catalog, partner: Partner, choices: Sequence[RankedChoice]) -> str:
    """Return whose list it is, with its specialty if all programs have one: "You (internal medicine)"."""
    specialties = {specialty_label(catalog, choice) for choice in choices}
    specialty = specialties.pop() if len(specialties) == 1 else ""
    heading = HALF_HEADINGS[partner]
    return f"{heading} ({inline_label(specialty)})" if specialty else heading


def choice_text(choice: RankedChoice | None, titles: Mapping[str, str]) -> str:
    """Return a half of a row: its rank and its title, or No Match."""
    return f"{choice.rank} {titles[choice.program_id]}" if choice else NO_MATCH


def ranks_text(pair_row: PairRow) -> str:
    """Return the ranks of a row: "1 + 3"; a dash for No Match."""
    return " + ".join(str(choice.rank) if choice else "—" for choice in (pair_row.mine, pair_row.theirs))


def miles_text(pair_row: PairRow) -> str:
    """Return the distance of a row in miles, a dash if it is unknown, "" without a place for both."""
    if pair_row.mine is None or pair_row.theirs is None:
        return ""
    return UNKNOWN_MILES if pair_row.miles is None else f"{pair_row.miles:,}"


def distance_words(pair_row: PairRow) -> str:
    """Return how far the programs of a row are apart: "41 miles in a straight line between the cities"."""
    if pair_row.same_city:
        return "same city"
    if pair_row.miles is None:
        return "distance unknown"
    return f"{plural(pair_row.miles, 'mile')} in a straight line between the cities"


def row_sentence(pair_row: PairRow) -> str:
    """Return what a row means: who would be where, or who would go unmatched."""
    for partner in PARTNER_NAMES:
        if pair_row.choice(partner) is None:
            name = PARTNER_NAMES[partner]
            return f"{name[:1].upper()}{name[1:]} would go unmatched."
    return "You match here only if both of you do."


def row_texts(pair_row: PairRow) -> tuple[str, ...]:
    """Return the programs of a row with their cities and how far apart these are, then what the row means."""
    choices = [choice for choice in (pair_row.mine, pair_row.theirs) if choice is not None]
    titles = " and ".join(f"{each.title} ({each.location})" if each.location else each.title for each in choices)
    distance = f": {distance_words(pair_row)}" if len(choices) > 1 else ""
    new = ("New: a program was added to one of the lists.",) if pair_row.is_new else ()
    return (f"{titles}{distance}.", row_sentence(pair_row), *new)


def counts_text(couple_plan: CouplePlan) -> str:
    """Return how many rows there are, and what is not among them: "9 of 9 pairs · 6 beyond 30 miles"."""
    pair_count = len(couple_plan.rows) - couple_plan.no_match_count
    parts = [f"{pair_count:,} of {plural(couple_plan.possible, 'pair')}"]
    if couple_plan.no_match_count:
        parts.append(plural(couple_plan.no_match_count, "No Match row"))
    if couple_plan.far_count:
        parts.append(f"{couple_plan.far_count:,} beyond {plural(couple_plan.choices.miles or 0, 'mile')}")
    if couple_plan.removed_count:
        parts.append(f"{couple_plan.removed_count:,} removed")
    if couple_plan.over_limit:
        parts.append(f"{couple_plan.over_limit:,} over the limit of {MAX_ROWS}")
    return " · ".join(parts)
