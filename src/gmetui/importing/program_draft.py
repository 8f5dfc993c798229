"""A program that is being built from rows: typed facts, named and ordered as rows state them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from typing import Any, NamedTuple, NotRequired, TypedDict

from .identifiers import position_letter, track_name
from .institution_matcher import InstitutionKey


class CodeItem(TypedDict):
    """A match code with its track, as data files have it."""

    text: str
    track: str


class TrackItem(TypedDict):
    """A track, as data files have it; `called` is its name where that is not the start of `text`."""

    text: str
    called: NotRequired[str]
    positions_per_year: NotRequired[int]


class VisaItem(TypedDict):
    """What a list says about a visa, as data files have it."""

    text: str
    sponsored: NotRequired[list[str]]
    refused: NotRequired[list[str]]


class DisagreementItem(TypedDict):
    """A contradiction between a program's id and its other cells, as data files have it."""

    text: str
    about: str


class RowSource(NamedTuple):
    """The page that a row names for its facts, "" for what it does not say."""

    url: str = ""
    title: str = ""
    publisher: str = ""
    as_of: str = ""


#: The row names no page: its facts come from the list.
LIST_ITSELF = RowSource()


@dataclass(slots=True)
class ProgramFacts:
    """The facts of a program, under the keys of data files. Empty values are not stated."""

    name: str = ""
    kind: str = ""
    specialty: str = ""
    other_names: Sequence[str] = ()
    specialty_as_named: str = ""
    acgme_id: str = ""
    nrmp_codes: Sequence[str | CodeItem] = ()
    disagreements: Sequence[DisagreementItem] = ()
    positions_per_year: int | None = None
    positions_note: str = ""
    length_years: int | None = None
    length_note: str = ""
    url: str = ""
    start: str = ""
    match: str = ""
    accreditation: str = ""
    accreditation_note: str = ""
    application_service: str = ""
    application_note: str = ""
    visa: Sequence[VisaItem] = ()
    also_listed: Sequence[str] = ()
    tracks: Sequence[str | TrackItem] = ()

    def stated(self) -> Iterator[tuple[str, Any]]:
        """Yield the stated facts as pairs of key and value."""
        for key in _FACT_KEYS:
            if value := getattr(self, key):
                yield key, [*value] if isinstance(value, tuple) else value


_FACT_KEYS = tuple(fact.name for fact in fields(ProgramFacts))


@dataclass(slots=True)
class ProgramDraft:
    """A program of the list: its row and sheet, its institution, city and state, its facts, and its page if named."""

    row: int
    sheet: str
    institution: InstitutionKey
    facts: ProgramFacts
    city: str = ""
    state: str = ""
    has_positions_by_track: bool = False
    source: RowSource = LIST_ITSELF

    @property
    def match_codes(self) -> tuple[str, ...]:
        """The codes without their tracks."""
        return tuple(code if isinstance(code, str) else code["text"] for code in self.facts.nrmp_codes)

    def complete_tracks(self) -> None:
        """Give each of several match codes its track, by its letter, and the program these tracks."""
        facts = self.facts
        if len(facts.nrmp_codes) < 2:
            return
        coded = [
            code if not isinstance(code, str) else CodeItem(text=code, track=track_name(position_letter(code)))
            for code in facts.nrmp_codes
        ]
        named = {track if isinstance(track, str) else track["text"] for track in facts.tracks}
        facts.nrmp_codes = [*coded]
        facts.tracks = [*facts.tracks, *dict.fromkeys(item["track"] for item in coded if item["track"] not in named)]

    def merge(self, later: ProgramDraft) -> Iterator[str]:
        """Add the facts of a later row of the same program, and yield a message for each contradiction.

        Lists are combined, missing facts are filled in, and further names become other names.
        """
        facts = self.facts
        by_track = bool(facts.tracks and later.facts.tracks)
        for key, value in later.facts.stated():
            current = getattr(facts, key)
            if key == "positions_per_year" and self.has_positions_by_track:
                continue
            if not current:
                setattr(facts, key, value)
            elif isinstance(value, list | tuple):
                setattr(facts, key, [*current, *(item for item in value if item not in current)])
            elif value == current:
                continue
            elif key == "positions_per_year" and by_track:
                facts.positions_per_year = None  # each track has its own number; no source gives the sum
                self.has_positions_by_track = True
            elif key == "name":
                facts.other_names = [*dict.fromkeys((*facts.other_names, value))]
            else:
                label = key.replace("_", " ")
                yield f"{label} is “{value}” in this row, but “{current}” in row {self.row:,} of the same program"
        if self.institution != later.institution:
            yield f"row {self.row:,} of the same program names another institution or state"
