"""Ladders and ways to become something as JSON."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from ..catalog.catalog import Catalog
from ..documents.fact_rows import specialty_record_facts
from ..documents.ladder_document import ladder_notes
from ..documents.ladder_words import FULL_TIME_NOTE, SWITCHING_NOTE
from ..planning.cycle import current_cycle
from ..planning.ladder import Branch, Ladder, Rung, Training, branches_of
from ..planning.ladder_paths import EndMonths, PathPlan, TrainingPath, branch_end, end_after
from ..planning.nearby_programs import NearbyProgram, elsewhere
from ..planning.season_plan import SeasonPlan, plan_season
from ..planning.service_needs import SeasonScope
from ..planning.training_years import Years
from .json_report import sources_json
from .season_json import event_json


def ladder_json(catalog: Catalog, ladder: Ladder, today: date) -> dict[str, Any]:
    """Return a ladder with every rung and its programs."""
    start, program = ladder.start, ladder.program
    return {
        "from": {
            "specialty": start.specialty,
            "label": catalog.specialty[start.specialty].label,
            "program": program.id if program else None,
            "years": years_json(start.years),
            "total": _total_json(start.total),
            "pgy": list(start.pgy) if start.pgy else None,
        },
        "rungs": [_branch_json(catalog, branch, today) for branch in ladder.branches],
        "me": _training_json(ladder, ladder.training, today) if ladder.training else None,
        "own_residents": [note.text for note in program.own_residents] if program else [],
        "notes": list(ladder_notes(ladder)),
    }


def paths_json(catalog: Catalog, plan: PathPlan, today: date) -> dict[str, Any]:
    """Return every way to become something."""
    return {
        "to": list(plan.targets),
        "total": _total_json(plan.total),
        "paths": [_path_json(plan, training_path, today) for training_path in plan.paths],
        "combined_paths": [_path_json(plan, training_path, today) for training_path in plan.combined_paths],
        "rungs": [
            {
                **_rung_json(catalog, ladder_rung, today),
                "programs": [each.id for each in catalog.programs_in(ladder_rung.specialty)],
            }
            for ladder_rung in plan.rungs
        ],
        "me": {"specialty": plan.training.specialty, "until": _day(plan.training.until)} if plan.training else None,
        "notes": [FULL_TIME_NOTE, *([SWITCHING_NOTE] if plan.training else [])],
    }


def years_json(years: Years) -> dict[str, Any]:
    """Return years; `most` null is "at least"."""
    return {
        "least": years.least,
        "most": years.most,
        "from": years.origin,
        "general_knowledge": years.is_general_knowledge,
    }


def _total_json(years: Years) -> dict[str, Any]:
    return {"least": years.least, "most": years.most, "general_knowledge": years.is_general_knowledge}


def _branch_json(catalog: Catalog, branch: Branch, today: date) -> dict[str, Any]:
    places = branch.places
    groups = {
        proximity: [_nearby_json(each) for each in places.nearby if each.proximity == proximity]
        for proximity in ("here", "joint", "system")
    }
    return {
        **_rung_json(catalog, branch.rung, today),
        **groups,
        "elsewhere": [program.id for program in elsewhere(catalog, branch.rung.specialty, places)],
        "then": [_branch_json(catalog, each, today) for each in branch.next],
    }


def _nearby_json(nearby: NearbyProgram) -> dict[str, Any]:
    return {"id": nearby.program.id, "years": nearby.program.length_years, "joint": nearby.is_joint}


def _rung_json(catalog: Catalog, ladder_rung: Rung, today: date) -> dict[str, Any]:
    specialty = catalog.specialty[ladder_rung.specialty]
    facts = specialty_record_facts(catalog, specialty.id)
    cited = dict.fromkeys(citation for value in facts.values("prerequisite") for citation in value.citations)
    return {
        "specialty": specialty.id,
        "label": specialty.label,
        "years": years_json(ladder_rung.years),
        "total": _total_json(ladder_rung.total),
        "pgy": list(ladder_rung.pgy) if ladder_rung.pgy else None,
        "base_year": specialty.base_year,
        "program_years": specialty.program_years,
        "prerequisite": specialty.prerequisite,
        "prerequisite_sources": sources_json(tuple(cited)),
        "prerequisite_years": ladder_rung.text_years,
        "accreditation": specialty.accreditation,
        "boards": list(specialty.boards),
        "application": list(specialty.application),
        "match": specialty.match,
        "match_month": specialty.match_month,
        **_season_json(catalog, specialty.id, today),
    }


def _season_json(catalog: Catalog, specialty_id: str, today: date) -> dict[str, Any]:
    """Return the coming dates of this cycle, and the last known cycle of each service without any."""
    scope = SeasonScope(specialties=(specialty_id,))
    plan = (
        plan_season(catalog, (), today, current_cycle(today), scope) if _has_services(catalog, specialty_id) else None
    )
    return {
        "dates": [event_json(catalog, plan, event) for event in plan.coming] if plan else [],
        "last_known": _last_known_json(plan) if plan else [],
    }


def _has_services(catalog: Catalog, specialty_id: str) -> bool:
    specialty = catalog.specialty[specialty_id]
    return bool(specialty.application_ids or specialty.match_ids)


def _last_known_json(plan: SeasonPlan) -> list[dict[str, Any]]:
    return [{"service": known.service, "part": known.part, "cycle": known.cycle} for known in plan.last_known]


def _training_json(ladder: Ladder, training: Training, today: date) -> dict[str, Any]:
    branches = branches_of(ladder.branches)
    ends = {branch.rung.specialty: _months_json(branch_end(branch, branches, training, today)) for branch in branches}
    return {"specialty": training.specialty, "until": _day(training.until), "ends": ends}


def _months_json(months: EndMonths | None) -> list[str] | None:
    return None if months is None else [months.first, months.last]


def _path_json(plan: PathPlan, training_path: TrainingPath, today: date) -> dict[str, Any]:
    rungs: Iterable[Rung] = training_path.rungs
    ends = end_after(plan.training, training_path.remaining_years, today) if plan.training else None
    return {
        "chain": list(training_path.chain),
        "years": [years_json(ladder_rung.years) for ladder_rung in rungs],
        "total": _total_json(training_path.total),
        "done": training_path.done_count,
        "remaining": _total_json(training_path.remaining_years),
        "ends": _months_json(ends),
    }


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
