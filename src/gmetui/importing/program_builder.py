"""From rows to programs: one for each id, with everything that its rows say, and what has to be said about them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from ..catalog.items import Track
from ..catalog.models import Catalog, Program
from ..search.normalize import joined, raw_words
from .identifiers import in_words_of_track, letter_in, track_letter
from .import_errors import NoProgramsError
from .institution_matcher import Home, Institutions, key_of
from .report import DOUBT, LEFT_OUT, NOTE, Report, SheetRead
from .row_facts import stated
from .row_parser import SPEAKING, Teller, Told
from .sheets import Row, Sheet
from .specialty_matcher import SpecialtyMatcher

_WITHDRAWN = re.compile(r"withdr[ae]w|closed|no longer|discontinued|not accredited|denied|inactive", re.IGNORECASE)
_EVERY = 2_000  # rows after which progress is told


@dataclass(slots=True)
class Found:
    """A program of the list: where it stands in the file, its institution, and its keys as data files have them."""

    row: int
    sheet: str
    home: tuple[str, str]
    table: dict[str, Any]
    city: str = ""
    state: str = ""


@dataclass(slots=True)
class Gathered:
    """The programs of a list by id, its institutions, and the report."""

    programs: dict[str, Found] = field(default_factory=dict)
    homes: Mapping[tuple[str, str], Home] = field(default_factory=dict)
    unlisted: dict[str, tuple[str, str]] = field(default_factory=dict)
    report: Report = field(default_factory=Report)
    corrects: set[str] = field(default_factory=set)
    belongs: str = ""


class Known:
    """The programs that are there already, by id and by code."""

    def __init__(self, catalog: Catalog) -> None:
        self.acgme = {own.acgme_id: own for own in catalog.programs if own.acgme_id}
        self.codes = {code.code: own for own in catalog.programs for code in own.nrmp_codes if code.code}

    def program(self, ids: Sequence[str], codes: Sequence[str]) -> Program | None:
        """Return the program that has one of the ids, or one of the codes where there is no id."""
        found = (self.acgme.get(own) for own in ids) if ids else (self.codes.get(own) for own in codes)
        return next((own for own in found if own is not None), None)


def gather(
    catalog: Catalog,
    acgme_states: Mapping[str, str],
    sheets: Iterable[Sheet],
    matcher: SpecialtyMatcher,
    progress: Callable[[int], None] = lambda rows: None,
) -> Gathered:
    """Return the programs of all sheets. `progress` is told how many rows were read, and may raise to stop.

    Raises `NoProgramsError` when there is no program in them.
    """
    gatherer = _Gatherer(catalog, acgme_states, matcher, progress)
    for sheet in sheets:
        gatherer.read(sheet)
    return gatherer.finish()


class _Gatherer:
    """Goes through the rows and keeps what they make."""

    def __init__(
        self,
        catalog: Catalog,
        acgme_states: Mapping[str, str],
        matcher: SpecialtyMatcher,
        progress: Callable[[int], None],
    ) -> None:
        self._known = Known(catalog)
        self._progress = progress
        self._institutions = Institutions(catalog)
        self._found = Gathered()
        self._report = self._found.report
        self._teller = Teller(matcher, acgme_states, self._report)
        self._sheet = ""

    def read(self, sheet: Sheet) -> None:
        """Take in the rows of a sheet."""
        self._report.sheets.append(SheetRead(sheet.name, sheet.columns, sheet.why))
        self._sheet = sheet.name
        self._teller.begin(sheet.name)
        for row in sheet.rows:
            self._report.rows += 1
            if self._report.rows % _EVERY == 0:
                self._progress(self._report.rows)
            self._take(row)

    def finish(self) -> Gathered:
        """Return what was found, now that all institutions are known."""
        found, report = self._found, self._report
        if not found.programs:
            why = next((own.passed_over for own in report.sheets if own.passed_over), "")
            first = next((f"row {own.row}: {own.why}" for own in report.findings), "it has no rows")
            raise NoProgramsError(why or first)
        found.homes = self._institutions.homes()
        homes = {home.id: home for home in found.homes.values()}
        report.programs = len(found.programs)
        report.institutions = len(homes)
        report.known_institutions = sum(home.known for home in homes.values())
        report.spellings = {home.name: home.also_called for home in homes.values() if home.also_called}
        return found

    def _take(self, row: Row) -> None:
        fields = row.fields
        if self._teller.is_section(row):
            return
        if "import" in fields:
            self._found.belongs = fields["import"]
        if fields.get("made"):
            self._found.corrects.add(fields["made"])
        if _WITHDRAWN.search(fields.get("status", "")):
            self._teller.say(row, LEFT_OUT, f"its status is {fields['status']!r}")
            return
        told = self._teller.told(row)
        known = self._known.program(told.ids, told.codes)
        if not told.institution and not told.name:
            if known is None:
                self._teller.say(row, LEFT_OUT, "it names neither a program nor an institution")
                return
            told = told._replace(name=known.name)
        if told.specialty is None and not told.ids and not told.codes and not told.as_named:
            self._teller.say(row, LEFT_OUT, "it has no id, and names no specialty")
            return
        self._keep(row, told, known)

    def _keep(self, row: Row, told: Told, known: Program | None) -> None:
        """Keep the program of a row, or put the row with the program that has one already."""
        home = self._institutions.add(told.institution or told.name, told.city, told.state)
        found = Found(row.number, self._sheet, home, self._table(row, told, home), told.city, told.state)
        key = self._key(told.ids, told.codes, found)
        before = self._found.programs.get(key)
        if before is not None:
            self._report.several_rows += 1
            self._join(row, before, found)
            return
        self._found.programs[key] = found
        if known is not None:
            self._institutions.stands(home, known.institution)

    def _table(self, row: Row, told: Told, home: tuple[str, str]) -> dict[str, Any]:
        """Return the keys of a program."""
        table: dict[str, Any] = {"name": told.name or told.institution, **self._kind(row, told)}
        if told.specialty is not None and (not told.name or key_of(SPEAKING.sub("", told.name)) == home[0]):
            if told.name:
                table["other_names"] = [told.name]  # one name for hundreds of programs tells none apart
            table["name"] = told.specialty.name
        if told.as_named and told.specialty is not None:
            table["specialty_as_named"] = told.as_named
        if told.ids:
            table["acgme_id"] = told.ids[0]
        said = (track_letter(row.fields.get("acgme", "")), row.fields.get("track", ""))
        tracks = [in_words_of_track(own) for own in said if own]
        if told.codes:
            by_code = [in_words_of_track(letter_in(code)) for code in told.codes]
            named = tracks[-1:] if len(told.codes) == 1 and tracks else by_code
            table["nrmp_codes"] = [{"text": c, "track": t} for c, t in zip(told.codes, named, strict=False)]
            tracks += [own for own in named if len(told.codes) > 1 or own != "Categorical" or tracks]
            if not tracks:
                table["nrmp_codes"] = list(told.codes)
        if told.differs:
            table["disagreements"] = [{"text": text, "about": field} for field, text in told.differs.items()]
        table.update(stated(row, lambda why: self._teller.say(row, NOTE, why)))
        places = table.get("positions_per_year") if len(tracks) == 1 else None
        if tracks:
            table["tracks"] = [_track(own, places) for own in dict.fromkeys(tracks)]
        return table

    def _key(self, ids: Sequence[str], codes: Sequence[str], found: Found) -> str:
        """Return the id under which a program is kept: it stays the same when the list is brought in again."""
        if ids:
            return f"acgme-{ids[0]}"
        for code in codes[:1]:
            key = f"nrmp-{code.casefold()}"
            before = self._found.programs.get(key)
            if before is None or before.home == found.home:
                return key
        told = (joined(found.table["name"]), *found.home, found.city, found.table["specialty"])
        return f"list-{sha256(' '.join(told).encode()).hexdigest()[:12]}"

    def _join(self, row: Row, before: Found, found: Found) -> None:
        """Put a further row of a program with its first: lists grow, what was not stated is, the rest is compared."""
        for name, value in found.table.items():
            old = before.table.setdefault(name, value)
            if old is value:
                continue
            if name == "positions_per_year" and value != old and "tracks" in before.table and "tracks" in found.table:
                before.table[name] = None  # each track says its own; nobody states the sum
            elif isinstance(value, list):
                before.table[name] = [*old, *(own for own in value if own not in old)]
            elif name == "name" and value != old:
                names = before.table.setdefault("other_names", [])
                names += [] if value in names else [value]
            elif value != old:
                why = (
                    f"row {before.row:,} of the same program says {old!r} for {name.replace('_', ' ')}, this {value!r}"
                )
                self._teller.say(row, DOUBT, why)
        if before.home != found.home:
            self._teller.say(row, DOUBT, f"row {before.row:,} of the same program names another institution or state")

    def _kind(self, row: Row, told: Told) -> dict[str, str]:
        """Return kind and specialty: those of the reference, or ones that only this list has."""
        meant, as_named = told.specialty, told.as_named
        said = row.fields.get("kind", "").casefold()
        if meant is not None:
            wrong = ("fellow" in said and meant.kind == "residency") or (
                said.startswith("residen") and meant.kind == "fellowship"
            )
            if wrong:
                self._teller.say(row, DOUBT, f"it says {row.fields['kind']!r}, but {meant.name} is a {meant.kind}")
            return {"kind": meant.kind, "specialty": meant.id}
        words = f"{said} {as_named} {row.fields.get('name', '')}".casefold()
        kind = "fellowship" if "fellow" in words else "residency" if "residen" in words else "other"
        name = as_named or "Specialty not stated"
        own = "list-" + ("-".join(raw_words(name))[:50].encode("ascii", "ignore").decode().strip("-") or "unnamed")
        self._found.unlisted.setdefault(own, (name, kind))
        return {"kind": kind, "specialty": own}


def _track(text: str, places: int | None) -> Any:
    """Return a track as data files have it: its words, and beside them what they do not say alone."""
    item: dict[str, Any] = {"text": text}
    if Track(text).name != text:
        item["called"] = text  # a code names it whole
    if places:
        item["positions_per_year"] = places
    return item if len(item) > 1 else text
