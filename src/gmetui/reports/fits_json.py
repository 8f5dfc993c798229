"""A profile, and programs compared with it, as JSON. Only the commands `profile` and `fits` print it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from msgspec import to_builtins

from ..catalog.catalog import Catalog
from ..catalog.ids import SourceId
from ..catalog.items import Requirement
from ..catalog.models import Provenance
from ..lean_typing import NamedTuple
from ..planning.application_year import ApplicationYear
from ..planning.fit_table import MissingAnswer
from ..planning.fit_words import FIT_NOTE
from ..planning.profile import Profile
from ..planning.program_fit import ProgramFit
from ..planning.requirement_fit import JudgedItem
from ..planning.visa_fit import VisaFinding
from .season_json import pages_json


def profile_json(
    name: str, path: str, exists: bool, profile: Profile, missing: Iterable[MissingAnswer]
) -> dict[str, Any]:
    """Return a profile: its keys as the file has them, and what it does not tell."""
    return {
        "profile": name,
        "file": path,
        "exists": exists,
        "values": to_builtins(profile),
        "missing": [missing_json(answer) for answer in missing],
    }


def missing_json(answer: MissingAnswer) -> dict[str, Any]:
    """Return a question: the key of the profile, what of it, and how many programs' answers it would change."""
    return {"key": answer.question.key, "finer": answer.question.finer or None, "changes": answer.program_count}


def fits_json(
    catalog: Catalog,
    name: str,
    profile: Profile,
    year: ApplicationYear,
    fits: Sequence[ProgramFit],
    missing: Iterable[MissingAnswer],
) -> dict[str, Any]:
    """Return programs compared with a profile."""
    aim = profile.aim
    return {
        "profile": name,
        "aim": {
            "start": f"{year.start:%Y-%m}",
            "cycle": year.cycle,
            "kind": aim.kind if aim else None,
            "specialties": list((aim.specialties or ()) if aim else ()),
        },
        "today": year.today.isoformat(),
        "programs": [_fit_json(catalog, profile, fit) for fit in fits],
        "missing": [missing_json(answer) for answer in missing],
        "note": FIT_NOTE,
    }


class _ItemSources(NamedTuple):
    """Where requirements come from that name no page of their own: their field's pages, and who states it."""

    catalog: Catalog
    pages: Sequence[SourceId] = ()
    is_third_party: bool = False

    def of(self, requirement: Requirement) -> list[dict[str, Any]]:
        """Return the pages of a requirement."""
        return pages_json(self.catalog, requirement.source or self.pages)


def _sources_of(catalog: Catalog, provenance: Provenance) -> _ItemSources:
    is_third_party = provenance.third_party or "requirements" in provenance.third_party_fields
    return _ItemSources(catalog, provenance.sources_of("requirements"), is_third_party)


def _fit_json(catalog: Catalog, profile: Profile, fit: ProgramFit) -> dict[str, Any]:
    program = catalog.program[fit.program_id]
    sources = _sources_of(catalog, program.provenance)
    shared = {"institution": _sources_of(catalog, catalog.institution[program.institution].provenance)}
    judged = [item for item in fit.also_asked if item.group == "judged"]
    return {
        "id": fit.program_id,
        "verdict": fit.verdict.state,
        "why": fit.reason or None,
        "yet": fit.verdict.is_open,
        "counts": {
            "meets": fit.counts.meets,
            "does_not_meet": fit.counts.against,
            "cannot_tell": fit.counts.unknown,
        },
        "items": [_item_json(item, sources) for item in fit.in_group("judged")],
        "visa": _visa_json(fit.visa, "program" if program.visa else "institution") if fit.visa else None,
        "to_do": [_to_do_json(item.requirement, profile, sources) for item in fit.in_group("to-do")],
        "about": [_text_json(item.requirement, sources) for item in fit.in_group("about")],
        "not_for_you": [_text_json(item.requirement, sources) for item in fit.in_group("not-for-you")],
        "also_asked": [
            {"level": item.level, **_item_json(item, shared.get(item.level, _ItemSources(catalog)))} for item in judged
        ],
    }


def _item_json(item: JudgedItem, sources: _ItemSources) -> dict[str, Any]:
    """Return a judged requirement; `untested` is what its text demands beyond what was compared."""
    requirement = item.requirement
    return {
        "state": item.state,
        "yet": item.finding.is_open,
        "why": item.finding.reason or None,
        "topic": requirement.topic,
        "strength": requirement.strength,
        "text": requirement.text,
        "sentence": item.finding.sentence,
        "compared": list(item.compared),
        "untested": item.untested,
        "read_first": item.read_first,
        "source": sources.of(requirement),
        "third_party": sources.is_third_party or requirement.third_party,
        "as_of": requirement.as_of,
    }


def _visa_json(visa: VisaFinding, level: str) -> dict[str, Any]:
    return {
        "state": visa.finding.state,
        "why": visa.finding.reason or None,
        "type": visa.visa_type or None,
        "level": level,
        "sentence": visa.finding.sentence,
    }


def _text_json(requirement: Requirement, sources: _ItemSources) -> dict[str, Any]:
    return {"text": requirement.text, "topic": requirement.topic, "source": sources.of(requirement)}


def _to_do_json(requirement: Requirement, profile: Profile, sources: _ItemSources) -> dict[str, Any]:
    needed = requirement.needs.letters if requirement.needs else None
    letters = {"needs": needed, "have": profile.letters} if needed else None
    return {**_text_json(requirement, sources), "letters": letters}
