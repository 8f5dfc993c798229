"""The rows of a couple as JSON."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ..planning.couple_lists import Exclusion, RankedChoice
from ..planning.couples import MAX_ROWS, NO_MATCH_CODE, CouplePlan, PairRow


def couple_json(couple_plan: CouplePlan) -> dict[str, Any]:
    """Return the rows with what was left out. A half without a place has no id, and the code of No Match."""
    choices = couple_plan.choices
    return {
        "match": couple_plan.match_id,
        "order": choices.rule,
        "own_order": bool(choices.order),
        "miles": choices.miles,
        "rows": [_row_json(number, pair_row) for number, pair_row in enumerate(couple_plan.rows, 1)],
        "possible": couple_plan.possible,
        "left_out": {
            "miles": couple_plan.far_count,
            "by_hand": couple_plan.removed_count,
            "programs": list(_exclusions_json(couple_plan.exclusions)),
        },
        "no_match": couple_plan.no_match_count,
        "limit": MAX_ROWS,
        "over_limit": couple_plan.over_limit,
        "refusal": couple_plan.refusal or None,
        "warnings": list(couple_plan.warning_ids),
    }


def _row_json(number: int, pair_row: PairRow) -> dict[str, Any]:
    return {
        "row": number,
        "mine": _choice_json(pair_row.mine),
        "theirs": _choice_json(pair_row.theirs),
        "miles": pair_row.miles,
        "same_city": pair_row.same_city,
        "new": pair_row.is_new,
    }


def _choice_json(choice: RankedChoice | None) -> dict[str, Any]:
    if choice is None:
        return {"rank": None, "id": None, "code": NO_MATCH_CODE}
    return {"rank": choice.rank, "id": choice.program_id, "code": choice.code}


def _exclusions_json(exclusions: Iterable[Exclusion]) -> Iterable[dict[str, str]]:
    for exclusion in exclusions:
        yield {
            "whose": exclusion.partner,
            "id": exclusion.choice.program_id,
            "reason": exclusion.reason,
            "text": exclusion.text,
        }
