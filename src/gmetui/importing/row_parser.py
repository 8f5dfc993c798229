"""What a row tells of a program: its ids, names, specialty and place, by what stands in it and by what the id says."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from ..catalog.models import Specialty
from ..catalog.us_states import STATES
from ..search.normalize import joined
from .cell_values import city_in, name_in, place_of, state_of
from .column_detection import INSTITUTION
from .identifiers import acgme_ids, match_codes, specialty_in
from .report import DOUBT, NOTE, Finding, Report
from .sheets import Row
from .specialty_matcher import SpecialtyMatcher

_NUMBER = re.compile(r"\d")
#: What stands behind the name of an institution in the name of a program.
SPEAKING = re.compile(r"(?:\s+(?:residency|fellowship|training|program(?:me)?s?))+(?=\s*\([^()]*\)$|$)", re.IGNORECASE)
_AT = re.compile(r"^(.+?)\s+(?:residency|fellowship|program)(?:\s+program)?\s+(?:at|of|-|–)\s+(.+)$", re.IGNORECASE)


class Told(NamedTuple):
    """What a row tells. `differs` is what its id says otherwise, in words, by field."""

    ids: Sequence[str]
    codes: Sequence[str]
    name: str
    institution: str
    specialty: Specialty | None
    as_named: str
    city: str
    state: str
    differs: Mapping[str, str]


class Teller:
    """Reads rows of one sheet after the other, and says in the report what is doubtful about them."""

    def __init__(self, matcher: SpecialtyMatcher, acgme_states: Mapping[str, str], report: Report) -> None:
        self._matcher = matcher
        self._states = acgme_states
        self._report = report
        self._sheet = ""
        self._section: Specialty | None = None
        self._state = ""
        self._differs: dict[str, str] = {}
        self._home_in = lru_cache(maxsize=20_000)(self._home)

    def begin(self, sheet: str) -> None:
        """Go on with another sheet, whose name may be a specialty's."""
        self._sheet = sheet
        self._section = self._matcher.named(sheet).one if sheet else None
        self._state = ""

    def told(self, row: Row) -> Told:
        """Return what a row tells."""
        self._differs = {}
        ids, codes = self._ids(row)
        name, institution = self._names(row.fields)
        specialty, as_named = self._specialty(row, name, ids, codes)
        city, state = self._place(row, ids)
        return Told(ids, codes, name, institution, specialty, as_named, city, state, self._differs)

    def is_section(self, row: Row) -> bool:
        """Tell whether a row is no program but says which specialty or state comes next, or is a remark."""
        filled = [cell for cell in (*row.fields.values(), *(own for _, own in row.extras)) if cell]
        if len(filled) == 1 and not acgme_ids(filled[0]) and not match_codes(filled[0]):
            meant = self._matcher.named(filled[0]).one
            if state_of(filled[0]) and len(filled[0]) > 2:
                self._state = state_of(filled[0])
            elif meant is not None:
                self._section = meant
            elif "name" not in row.fields and "institution" not in row.fields:
                self.say(row, NOTE, "it is no program")
            else:
                return False
            return True
        return not filled

    def _names(self, fields: Mapping[str, str]) -> tuple[str, str]:
        """Return the names of program and institution; that of the institution follows from the program's."""
        name, institution = name_in(fields.get("name", "")), name_in(fields.get("institution", ""))
        name = re.sub(r"^\[\d{10}\]\s*|\s*[\[(]\d{10}[\])]", "", name)
        if not institution and name:
            institution = self._home_in(name)
        return name, SPEAKING.sub("", institution) or institution

    def _home(self, name: str) -> str:
        """Return the institution in a program's name, without the specialty before or after it."""
        at = _AT.match(name)
        if at and self._matcher.named(at[1]).specialties:
            return at[2]
        parts = re.split(r"\s+[-–]\s+", SPEAKING.sub("", name))
        whole = " - ".join(part for part in parts if not self._matcher.named(part).specialties) or name
        words = whole.split()
        for first in range(2, len(words)):
            left = " ".join(words[:first]).rstrip(" -–,/")
            named = words[first - 1] != "of" and self._matcher.is_name(" ".join(words[first:]))
            if named and INSTITUTION.search(left):
                return left
        return whole

    def _ids(self, row: Row) -> tuple[list[str], list[str]]:
        """Return the ACGME ids and the match codes of a row, wherever they stand."""
        own = row.fields.get("acgme", "")
        ids, codes = acgme_ids(own), match_codes(f"{own} {row.fields.get('nrmp', '')}")
        if not ids:
            ids = acgme_ids(row.fields.get("nrmp", ""))
        if not ids and not codes:
            ids = self._hidden(row)
        if own and not ids and not codes:
            self.say(row, DOUBT, f"{own[:40]!r} is no ACGME id, which has ten digits")
        elif own and not ids:
            self._report.mended["a match code stood in the column of ACGME ids"] += 1
        plausible = [one for one in ids if self._plausible(one)]
        for one in ids:
            if one not in plausible:
                self.say(row, DOUBT, f"{one} begins like no specialty's id, or names no state")
        if any(len(re.sub(r"\D", "", part)) == 9 for part in own.split()) and plausible:
            self._report.mended["ids that had lost a zero"] += 1
        if len(plausible) > 1:
            self.say(row, DOUBT, f"it has several ids; {plausible[0]} is taken")
        return (plausible or ids)[:1], codes

    def _hidden(self, row: Row) -> list[str]:
        """Return an id that stands in brackets in a name, or in an address."""
        for cell in (*row.fields.values(), *(own for _, own in row.extras)):
            found = [one for one in acgme_ids(cell) if self._plausible(one) and one in cell]
            if len(found) == 1:
                self._report.mended["ids that stood in another cell"] += 1
                return found
        return []

    def _plausible(self, own: str) -> bool:
        return self._matcher.of_code(own[:3]) is not None and own[3:5] in self._states

    def _by_code(self, codes: Sequence[str]) -> Specialty | None:
        return self._matcher.of_code(specialty_in(codes[0])) if codes else None

    def _specialty(self, row: Row, name: str, ids: Sequence[str], codes: Sequence[str]) -> tuple[Specialty | None, str]:
        """Return the specialty of a row, and the words for it where they are others."""
        by_id = self._matcher.of_code(ids[0][:3]) if ids else None
        code = row.fields.get("specialty_code", "").removesuffix(".0")
        by_id = by_id or (self._matcher.of_code(code.zfill(3)) if code.isdecimal() and len(code) <= 3 else None)
        text = row.fields.get("specialty", "").replace("\n", ", ")
        if not text:
            stated_here = self._section or self._matcher.within(name).one
            if by_id is None or (self._section and _is_wider(by_id, self._section)):
                return by_id or stated_here or self._by_code(codes), ""
            if self._section and self._section is not by_id:
                self._contradict(row, "specialty", self._section.name, by_id.name)
            return by_id, ""
        meant = self._matcher.named(text)
        if by_id is not None and (
            by_id in meant.specialties or any(_is_wider(by_id, own) for own in meant.specialties)
        ):
            if by_id not in meant.specialties:
                self.say(row, NOTE, f"its id is one of {by_id.name}, which is more than {text!r}")
            return by_id, _unless_same(text, by_id)
        if meant.one is not None:
            if by_id is not None:
                self._contradict(row, "specialty", text, by_id.name)
            if meant.near:
                self.say(row, NOTE, f"{text!r} is taken for {meant.one.name}")
            return meant.one, _unless_same(text, meant.one)
        if by_id is not None and not meant.specialties:
            return by_id, text
        if by_id is not None:
            self._contradict(row, "specialty", text, by_id.name)
        by_code = self._by_code(codes)
        if by_code is not None and (by_code in meant.specialties or not meant.specialties):
            return by_code, text
        self._report.not_matched[text] += 1
        several = " or ".join(own.name for own in meant.specialties[:3])
        self.say(row, DOUBT, f"{text!r} may be {several}" if several else f"no specialty is called {text!r}")
        return None, text

    def _contradict(self, row: Row, field: str, said: str, by_id: str) -> None:
        why = f"its id is one of {by_id}, but it says {said}"
        self._differs[field] = f"The ACGME id is one of {by_id}; the list says {said}"
        self.say(row, DOUBT, why)

    def _place(self, row: Row, ids: Sequence[str]) -> tuple[str, str]:
        """Return city and state of a row; its id says the state where nothing else does."""
        fields = row.fields
        city, state = fields.get("city", ""), ""
        said = fields.get("state", "")
        if said:
            state = state_of(said)
            if not state:
                self.say(row, DOUBT, f"{said[:40]!r} is no state")
        for text in (city, fields.get("place", ""), fields.get("address", "")):
            if (
                text
                and not (city and state and text != city)
                and (text != fields.get("address") or _NUMBER.search(text))
            ):
                town, where = place_of(text.replace("\n", ", "))
                city = town or city
                state = state or where
        if not city and (place := fields.get("place", "")) and "," not in place and not state_of(place):
            city = place
        state = state or self._state
        by_id = self._states.get(ids[0][3:5], "") if ids else ""
        if state and by_id and state != by_id:
            self._contradict(row, "state", STATES.get(state, state), STATES.get(by_id, by_id))
        elif not state and by_id:
            self._report.mended["states that only the id tells"] += 1
        return city_in(city), state or by_id

    def say(self, row: Row, kind: str, why: str) -> None:
        """Note what has to be said about a row."""
        fields = row.fields
        what = fields.get("name") or fields.get("institution") or fields.get("acgme") or "a row"
        ids = acgme_ids(fields.get("acgme", ""))
        made = f"acgme-{ids[0]}" if ids and kind == DOUBT else ""
        cells = tuple(row.cells) if kind != NOTE else ()
        self._report.say(Finding(row.number, self._sheet, kind, what[:120], why, made, cells))


def _unless_same(text: str, own: Specialty) -> str:
    return "" if joined(text) in (joined(own.name), joined(own.label)) else text


def _is_wider(own: Specialty, other: Specialty) -> bool:
    """Tell whether `other` says the same in less: what `own` builds on, or its name up to "- integrated"."""
    return other is own or other.id in own.parents or joined(own.name).startswith(joined(other.label))
