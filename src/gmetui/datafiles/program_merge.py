"""Imported programs beside those already there: nothing is doubled, and nothing already there is lost.

A program that is there stays as it is. What it does not state comes from the list, with the list as the source; where
both state a number and differ, both are shown. A fact of a list that does not fit falls out alone: it is reported as a
problem of the list that does not prevent anything.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from msgspec.structs import replace

from ..catalog.ids import SourceId
from ..catalog.items import Disagreement, DisagreementVersion
from ..catalog.models import Program
from ..catalog.vocabulary import UNSTATED_VALUES
from .draft import CatalogDraft, Node, ProgramNodes

#: What an imported list may add to a program that is there.
MERGED_FIELDS = (
    "acgme_id",
    "nrmp_codes",
    "url",
    "city",
    "state",
    "length_years",
    "length_note",
    "positions_per_year",
    "positions_note",
    "start",
    "tracks",
    "application_service",
    "application_note",
    "match",
    "visa",
)
#: Numbers of which both versions are shown where they differ.
_COMPARED_FIELDS = ("positions_per_year", "length_years", "acgme_id")
#: The note that explains why a number is left out on purpose, by the number.
_EXPLAINING_NOTES = {"length_years": "length_note", "positions_per_year": "positions_note"}


#: An institution and a specialty.
SpecialtyKey = tuple[str, str]


class ProgramIdentity(NamedTuple):
    """What two records of one program have in common."""

    id: str
    institution: str
    specialty: str
    acgme_id: str | None
    match_codes: tuple[str, ...]
    name: str

    @classmethod
    def of(cls, program: Program) -> ProgramIdentity:
        """Return the identity of a program."""
        match_codes = tuple(code.code for code in program.nrmp_codes if code.code) if program.nrmp_codes else ()
        return cls(program.id, program.institution, program.specialty, program.acgme_id, match_codes, program.name)

    @property
    def specialty_key(self) -> SpecialtyKey:
        """Its specialty at its institution."""
        return self.institution, self.specialty

    @property
    def name_key(self) -> tuple[str, str, str]:
        """Its name within its specialty at its institution."""
        return self.institution, self.specialty, self.name.casefold()


def merge_programs(
    draft: CatalogDraft, imported: ProgramNodes, specialty_counts: Mapping[SpecialtyKey, int], list_title: str
) -> None:
    """Add the programs of a list to `draft`, whose spool they are in: merged into those already there, or as new ones.

    `specialty_counts` has how many of them are in each specialty at each institution.
    """
    existing = (ProgramIdentity.of(node.value) for node in draft.programs.values())
    matcher = ProgramMatcher(existing, specialty_counts)
    for node in imported.values():
        if not _has_known_references(node, draft):
            continue
        old = draft.programs.get(matcher.match(ProgramIdentity.of(node.value)) or "")
        fitting = _fitting(node, old.value if old else node.value, draft)
        if old is not None:
            draft.programs[old.value.id] = old.replaced(**_merged_fields(old.value, fitting.value, list_title))
        elif fitting is node:
            draft.programs.adopt(node.value.id, node, imported)
        else:
            draft.programs[node.value.id] = fitting


def _has_known_references(node: Node[Program], draft: CatalogDraft) -> bool:
    """Tell whether what every program needs exists; otherwise report that the program is left out."""
    program = node.value
    sources = program.provenance.source
    checks = (
        ("institution", program.institution, program.institution in draft.institutions),
        ("specialty", program.specialty, program.specialty in draft.specialties),
        ("source", ", ".join(sources), bool(sources) and all(source in draft.sources for source in sources)),
    )
    for key, value, is_known in checks:
        if not is_known:
            node.report(key, f"unknown {key} “{value}”; the program is left out", fatal=False)
            return False
    return True


def _fitting(node: Node[Program], joined: Program, draft: CatalogDraft) -> Node[Program]:
    """Return an imported program without references that `joined`, the program it becomes, cannot have."""
    program = node.value
    if not (program.nrmp_codes or program.requirements or program.sites or program.joint_with):
        return node
    tracks = {track.name.casefold(): track.name for track in joined.tracks or node.value.tracks}
    changes: dict[str, Any] = {}
    for key in ("nrmp_codes", "requirements"):
        items = getattr(node.value, key)
        if any(item.track and tracks.get(item.track.casefold()) != item.track for item in items):
            changes[key] = tuple(
                _with_known_track(item, tracks, node, f"{key}[{index}]") for index, item in enumerate(items)
            )
    for key in ("sites", "joint_with"):
        places = getattr(node.value, key)
        if any(site not in draft.sites for place in places for site in place.site):
            node.report(key, "names an unknown site; the link to it is left out", fatal=False)
            changes[key] = tuple(replace(place, site=()) for place in places)
    return node.replaced(**changes) if changes else node


def _with_known_track(item: Any, tracks: Mapping[str, str], node: Node[Program], item_path: str) -> Any:
    """Return a code or requirement with its track as the program writes it, or without a track it does not have."""
    if not item.track:
        return item
    track = tracks.get(item.track.casefold())
    if track is None:
        text = getattr(item, "code", None) or item.text
        node.report(f"{item_path}.track", f"{text}: the program has no track “{item.track}”; left out", fatal=False)
    return replace(item, track=track)


class ProgramMatcher:
    """Decides which existing program an imported one is, by the first of these rules that finds one.

    1. They have the same ACGME id.
    2. The imported program has no ACGME id, and they share a code of the match.
    3. They have the same id in gmetui.
    4. The imported program has neither an ACGME id nor a code, and they have the same name, specialty and institution.
    5. The imported program has an ACGME id, the existing one has none, and each is the only program of its specialty
       at its institution.

    Two programs with different ACGME ids are joined by rule 3 only.
    """

    def __init__(self, existing: Iterable[ProgramIdentity], specialty_counts: Mapping[SpecialtyKey, int]) -> None:
        self._ids: set[str] = set()
        self._by_acgme_id: dict[str, str] = {}
        self._by_name: dict[tuple[str, str, str], str] = {}
        self._by_match_code: dict[str, str] = {}
        self._ids_without_acgme_id: set[str] = set()
        self._only_existing: dict[SpecialtyKey, str | None] = {}
        for program in existing:
            self._add_existing(program)
        self._specialty_counts = specialty_counts

    def _add_existing(self, program: ProgramIdentity) -> None:
        self._ids.add(program.id)
        self._by_name[program.name_key] = program.id
        self._by_match_code.update(dict.fromkeys(program.match_codes, program.id))
        if program.acgme_id:
            self._by_acgme_id[program.acgme_id] = program.id
        else:
            self._ids_without_acgme_id.add(program.id)
        _note_only(self._only_existing, program)

    def match(self, program: ProgramIdentity) -> str | None:
        """Return the id of the existing program that `program` is, or None for a new one."""
        return (
            self._same_acgme_id(program)
            or self._same_match_code(program)
            or (program.id if program.id in self._ids else None)
            or self._same_name(program)
            or self._only_one_of_specialty(program)
        )

    def _same_acgme_id(self, program: ProgramIdentity) -> str | None:
        return self._by_acgme_id.get(program.acgme_id) if program.acgme_id else None

    def _same_match_code(self, program: ProgramIdentity) -> str | None:
        if program.acgme_id:
            return None
        return next((self._by_match_code[code] for code in program.match_codes if code in self._by_match_code), None)

    def _same_name(self, program: ProgramIdentity) -> str | None:
        if program.acgme_id or program.match_codes:
            return None
        return self._by_name.get(program.name_key)

    def _only_one_of_specialty(self, program: ProgramIdentity) -> str | None:
        if not program.acgme_id or self._specialty_counts.get(program.specialty_key) != 1:
            return None
        existing_id = self._only_existing.get(program.specialty_key)
        return existing_id if existing_id in self._ids_without_acgme_id else None


def _note_only(only: dict[SpecialtyKey, str | None], program: ProgramIdentity) -> None:
    """Note a program as the only one of its specialty at its institution, or that it is not the only one."""
    key = program.specialty_key
    only[key] = None if key in only else program.id


def _merged_fields(old: Program, new: Program, list_title: str) -> dict[str, Any]:
    """Return the fields of `old` that an imported program changes."""
    added = {key: getattr(new, key) for key in MERGED_FIELDS if _lacks(old, key) and _states(new, key)}
    if not _states(old, "accreditation") and _states(new, "accreditation"):
        added |= {"accreditation": new.accreditation, "accreditation_note": new.accreditation_note}
    source = new.provenance.source
    by_field: dict[str, tuple[SourceId, ...]] = {**old.provenance.by_field, **dict.fromkeys(added, source)}
    listed_in = tuple(dict.fromkeys((*old.provenance.listed_in, *source)))
    return {
        **added,
        "also_listed": (*old.also_listed, *(replace(item, source=source) for item in new.also_listed)),
        "disagreements": (*old.disagreements, *_disagreements(old, new, list_title)),
        "provenance": replace(old.provenance, by_field=by_field, listed_in=listed_in),
    }


def _states(program: Program, key: str) -> bool:
    return getattr(program, key) not in UNSTATED_VALUES


def _lacks(program: Program, key: str) -> bool:
    """Tell whether a program does not state a field, and no note explains why."""
    return not _states(program, key) and not getattr(program, _EXPLAINING_NOTES.get(key, ""), None)


def _disagreements(old: Program, new: Program, list_title: str) -> Iterator[Disagreement]:
    for key in _COMPARED_FIELDS:
        old_value, new_value = getattr(old, key), getattr(new, key)
        if old_value is not None and new_value is not None and old_value != new_value:
            versions = (
                DisagreementVersion(str(old_value), "the pages of the program"),
                DisagreementVersion(str(new_value), list_title),
            )
            text = f"{new_value} in {list_title}, {old_value} on the pages of the program"
            yield Disagreement(text, key, versions, source=new.provenance.source)
