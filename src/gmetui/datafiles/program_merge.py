"""A list that a person brought in, beside what is there already: nothing is doubled, and nothing that stands is lost.

A program of the list is one that stands there when it has its ACGME id or a code of its match; without either, when it
has its name, specialty and institution; and when it is the only one of its specialty at the same institution and the
one that stands there has no id. What stands stays; what was not stated comes from the list, with the list as its page;
where both state a number and differ, both are shown.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from ..catalog.items import Disagreement, Version
from ..catalog.models import Program, SourceId
from .draft import Draft, Placed

#: What a list may add to a program that is there.
ADDED = (
    *("acgme_id", "nrmp_codes", "url", "city", "state", "length_years", "length_note", "positions_per_year"),
    *("positions_note", "start", "tracks", "application_service", "application_note", "match", "visa"),
)
_COMPARED = ("positions_per_year", "length_years", "acgme_id")
_UNKNOWN = (None, (), "unknown")


class Candidate(NamedTuple):
    """What tells whether two programs are one."""

    id: str
    institution: str
    specialty: str
    acgme_id: str | None
    codes: tuple[str, ...]
    name: str

    @classmethod
    def of(cls, program: Program) -> Candidate:
        """Return what a program is told by."""
        codes = tuple(code.code for code in program.nrmp_codes if code.code)
        return cls(program.id, program.institution, program.specialty, program.acgme_id, codes, program.name)

    @property
    def home(self) -> tuple[str, str]:
        """Its specialty at its institution."""
        return self.institution, self.specialty

    @property
    def called(self) -> tuple[str, str, str]:
        """Its name among those of its specialty at its institution."""
        return self.institution, self.specialty, self.name.casefold()


def join(draft: Draft, brought: Iterable[Placed[Program]], words: str) -> None:
    """Put the programs of a list into `draft`: into those that are there, or beside them. `words` name the list."""
    programs = list(brought)
    there = [Candidate.of(placed.value) for placed in draft.programs.values()]
    same = matches(there, [Candidate.of(own.value) for own in programs])
    for placed in programs:
        old = draft.programs.get(same.get(placed.value.id, ""))
        if old is None:
            draft.programs[placed.value.id] = placed
        else:
            value = _joined(old.value, placed.value, words)
            draft.programs[value.id] = Placed(value, old.reader, old.path)


def matches(there: Sequence[Candidate], brought: Sequence[Candidate]) -> dict[str, str]:
    """Return which program that is there each program of a list is, by id; those that are new are not among them."""
    ids = {own.id for own in there}
    by_id = {own.acgme_id: own.id for own in there if own.acgme_id}
    by_name = {own.called: own.id for own in there}
    by_code = {code: own.id for own in there for code in own.codes}
    all_there, all_brought = _alone(there), _alone(brought)
    without_id = {own.id for own in there if not own.acgme_id}
    found: dict[str, str] = {}
    for own in brought:
        same = by_id.get(own.acgme_id) if own.acgme_id else None
        if same is None and not own.acgme_id:
            same = next((by_code[code] for code in own.codes if code in by_code), None)
        if same is None and own.id in ids:
            same = own.id
        if same is None and not own.acgme_id and not own.codes:
            same = by_name.get(own.called)
        if same is None and own.acgme_id and all_brought.get(own.home):
            near = all_there.get(own.home)
            same = near if near in without_id else None
        if same is not None:
            found[own.id] = same
    return found


def _alone(programs: Iterable[Candidate]) -> dict[tuple[str, str], str | None]:
    """Return the program of each specialty at each institution, None where there are several."""
    found: dict[tuple[str, str], str | None] = {}
    for own in programs:
        found[own.home] = None if own.home in found else own.id
    return found


def _joined(old: Program, new: Program, words: str) -> Program:
    pages = new.provenance.source
    added: dict[str, Any] = {
        key: getattr(new, key)
        for key in ADDED
        if getattr(old, key) in _UNKNOWN and getattr(new, key) not in _UNKNOWN and not _noted(old, key)
    }
    if old.accreditation in _UNKNOWN and new.accreditation not in _UNKNOWN:
        added |= {"accreditation": new.accreditation, "accreditation_note": new.accreditation_note}
    changes = dict(added)
    changes["also_listed"] = (*old.also_listed, *(item._replace(source=pages) for item in new.also_listed))
    changes["disagreements"] = (*old.disagreements, *_disagreements(old, new, words))
    by_field: dict[str, tuple[SourceId, ...]] = {**old.provenance.by_field, **dict.fromkeys(added, pages)}
    listed = tuple(dict.fromkeys((*old.provenance.listed_in, *pages)))
    changes["provenance"] = old.provenance._replace(by_field=by_field, listed_in=listed)
    return old._replace(**changes)


def _noted(old: Program, key: str) -> bool:
    """Tell whether a number was left out on purpose: its note says why."""
    return bool(getattr(old, key.replace("_per_year", "").replace("_years", "") + "_note", None))


def _disagreements(old: Program, new: Program, words: str) -> Iterable[Disagreement]:
    for key in _COMPARED:
        one, other = getattr(old, key), getattr(new, key)
        if one is not None and other is not None and one != other:
            versions = (Version(str(one), "the pages of the program"), Version(str(other), words))
            text = f"{other} in {words}, {one} on the pages of the program"
            yield Disagreement(text, key, versions, source=new.provenance.source)
