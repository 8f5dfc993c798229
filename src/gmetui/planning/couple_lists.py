"""The two lists of a couple: what of each can be paired, and why the rest can't.

The rules are those of the NRMP (`couples-…` in data/season.toml): both partners are in one match, and only their
primary lists are paired.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Literal, NamedTuple

from ..catalog.catalog import Catalog
from ..catalog.gazetteer import Point, miles_between
from ..catalog.models import Program
from ..catalog.service_use import named_service
from ..shortlist.entries import Entry

#: The partners: the one whose list is open, and the other one.
Partner = Literal["mine", "theirs"]
PARTNERS: tuple[Partner, ...] = ("mine", "theirs")
#: The roles of services that match.
_MATCH_ROLES = ("match", "both")
#: The letters of NRMP codes: categorical, preliminary, and positions after a first year elsewhere.
_CATEGORICAL, _PRELIMINARY, _AFTER_FIRST_YEAR = "C", "P", "AR"
_TYPE_INDEX = 7  # of the letter in a code: seven digits stand before it
_MONTHS = ("July", "August", "September", "October", "November", "December")
_SEASON_MONTHS = (*_MONTHS, "January", "February", "March", "April", "May", "June")


class RankedChoice(NamedTuple):
    """A program of a list with its rank. What is unknown of a program that isn't in the data is None or "".

    `code` is the NRMP code to enter, None if no page states it, or if the program has several and the list doesn't
    tell which is meant; `codes` are all it has. `match_ids` are the matches that it takes part in.
    """

    rank: int
    program_id: str
    name: str
    institution: str
    specialty: str = ""
    city: str | None = None
    state: str | None = None
    point: Point | None = None
    match_ids: frozenset[str] = frozenset()
    code: str | None = None
    codes: tuple[str, ...] = ()
    has_advanced: bool = False
    has_other_positions: bool = True

    @property
    def title(self) -> str:
        """The institution and the program."""
        return " · ".join(filter(None, (self.institution, self.name))) or self.program_id

    @property
    def location(self) -> str:
        """The city and the state, as far as they are known."""
        return ", ".join(filter(None, (self.city, self.state)))


class Exclusion(NamedTuple):
    """A program of a list that can't be paired, and why."""

    partner: Partner
    choice: RankedChoice
    reason: Literal["other-match", "advanced"]
    text: str


class PairedLists(NamedTuple):
    """What of two lists can be paired: in which match, and which programs were left out.

    With a `refusal`, nothing can be paired, and it says why.
    """

    match_id: str | None
    mine: tuple[RankedChoice, ...]
    theirs: tuple[RankedChoice, ...]
    exclusions: tuple[Exclusion, ...] = ()
    refusal: str = ""


def ranked_choices(catalog: Catalog, entries: Iterable[Entry]) -> tuple[RankedChoice, ...]:
    """Return the programs of a list in their order."""
    return tuple(_choice(catalog, rank, entry) for rank, entry in enumerate(entries, 1))


def _choice(catalog: Catalog, rank: int, entry: Entry) -> RankedChoice:
    program = catalog.program.get(entry.id)
    if program is None:
        return RankedChoice(rank, entry.id, entry.name or entry.id, entry.institution)
    city, state = catalog.location_of(program)
    codes = [code.code for code in program.nrmp_codes if code.code]
    types = [code[_TYPE_INDEX] for code in codes]
    track_names = [track.name.casefold() for track in program.tracks]
    advanced_tracks = [name for name in track_names if name.startswith("advanced")]
    has_other_types = any(letter not in _AFTER_FIRST_YEAR for letter in types)
    has_other_tracks = not codes and len(advanced_tracks) < len(track_names)
    has_advanced = "A" in types or bool(advanced_tracks)
    return RankedChoice(
        rank,
        program.id,
        program.name,
        catalog.institution[program.institution].short_name,
        program.specialty,
        city,
        state,
        catalog.gazetteer.point_of(city, state) if city and state else None,
        match_ids_of(catalog, program),
        code_to_enter(codes, has_tracks=any("prelim" not in name for name in track_names)),
        tuple(codes),
        has_advanced,
        not has_advanced or has_other_types or has_other_tracks,
    )


def code_to_enter(codes: Sequence[str], *, has_tracks: bool = False) -> str | None:
    """Return the only code of a program, or its only categorical one; None if the list doesn't tell which is meant.

    With `has_tracks`, the program has others than a preliminary year, so that a preliminary code isn't what is meant.
    """
    fitting = [code for code in codes if not (has_tracks and code[_TYPE_INDEX] == _PRELIMINARY)]
    categorical = [code for code in fitting if code[_TYPE_INDEX] == _CATEGORICAL]
    choices = fitting if len(fitting) == 1 else categorical
    return choices[0] if len(choices) == 1 else None


def match_ids_of(catalog: Catalog, program: Program) -> frozenset[str]:
    """Return the matches of a program: its specialty's, else the one that its page names."""
    service_ids = list(catalog.specialty[program.specialty].match_ids)
    if not service_ids and program.match and (named := named_service(program.match, catalog.services)):
        service_ids = [named]
    return frozenset(
        service_id
        for service_id in service_ids
        if service_id in catalog.service and catalog.service[service_id].role in _MATCH_ROLES
    )


def pair_lists(
    catalog: Catalog, mine: Sequence[RankedChoice], theirs: Sequence[RankedChoice], *, allows_advanced: bool = False
) -> PairedLists:
    """Return what of two lists can be paired. A program whose match is unknown is paired.

    A program with advanced positions only is left out unless `allows_advanced`: its first year is on a supplemental
    list, which isn't paired.
    """
    match_id = _common_match(mine, theirs)
    if match_id is None and any(choice.match_ids for choice in mine) and any(choice.match_ids for choice in theirs):
        return PairedLists(None, (), (), refusal=_different_matches(catalog, mine, theirs))
    exclusions: list[Exclusion] = []
    paired: dict[Partner, list[RankedChoice]] = {"mine": [], "theirs": []}
    for partner, choices in zip(PARTNERS, (mine, theirs), strict=True):
        for choice in choices:
            exclusion = _exclusion(catalog, partner, choice, match_id, allows_advanced)
            if exclusion is None:
                paired[partner].append(choice)
            else:
                exclusions.append(exclusion)
    return PairedLists(match_id, tuple(paired["mine"]), tuple(paired["theirs"]), tuple(exclusions))


def _common_match(mine: Sequence[RankedChoice], theirs: Sequence[RankedChoice]) -> str | None:
    """Return the match that both lists have programs in, the one with most of them; None if there is none."""
    counts, other_counts = (
        Counter(match_id for choice in choices for match_id in choice.match_ids) for choices in (mine, theirs)
    )
    shared = counts.keys() & other_counts.keys()
    return max(sorted(shared), key=lambda match_id: counts[match_id] + other_counts[match_id], default=None)


def _exclusion(
    catalog: Catalog, partner: Partner, choice: RankedChoice, match_id: str | None, allows_advanced: bool
) -> Exclusion | None:
    if match_id is not None and choice.match_ids and match_id not in choice.match_ids:
        other = _match_names(catalog, choice.match_ids)
        text = f"It is in {other}, not in {catalog.service[match_id].name}: both must be in the same match"
        return Exclusion(partner, choice, "other-match", text)
    if not choice.has_other_positions and not allows_advanced:
        text = "It has advanced positions only: the first year is on a supplemental list, which is not paired"
        return Exclusion(partner, choice, "advanced", text)
    return None


def _match_names(catalog: Catalog, match_ids: Iterable[str]) -> str:
    return " and ".join(sorted(catalog.service[match_id].name for match_id in match_ids))


def _different_matches(catalog: Catalog, mine: Sequence[RankedChoice], theirs: Sequence[RankedChoice]) -> str:
    """Return why two lists can't be paired, and which match comes first, if the data tells."""
    sides = [frozenset(match_id for choice in choices for match_id in choice.match_ids) for choices in (mine, theirs)]
    names = [_match_names(catalog, side) for side in sides]
    text = f"Both must be in the same match: your programs are in {names[0]}, your partner's in {names[1]}."
    months = [_match_month(catalog, choices) for choices in (mine, theirs)]
    if None not in months and months[0] != months[1]:
        first = names[months.index(min(month for month in months if month is not None))]
        text += f" {first} comes first: it can be ranked knowing nothing of the other."
    return text


def _match_month(catalog: Catalog, choices: Sequence[RankedChoice]) -> int | None:
    """Return the month of the result, counted from July, of the first specialty that states it."""
    specialties = (catalog.specialty.get(choice.specialty) for choice in choices)
    months = (specialty.match_month for specialty in specialties if specialty is not None)
    return next((_SEASON_MONTHS.index(month) for month in months if month in _SEASON_MONTHS), None)


def miles_of(first: RankedChoice, second: RankedChoice) -> int | None:
    """Return the distance between the cities of two programs in whole miles, 0 in the same city; None if unknown."""
    if is_same_city(first, second):
        return 0
    if first.point is None or second.point is None:
        return None
    return round(miles_between(first.point, second.point))


def is_same_city(first: RankedChoice, second: RankedChoice) -> bool:
    """Tell whether two programs are in one city."""
    return bool(first.city) and (first.city, first.state) == (second.city, second.state)
