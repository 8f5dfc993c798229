"""Proposes what to read next, for those who add data: `python -m gmetui.tools.reading_list [INSTITUTION …]`.

Without an institution it lists those of the bundled data, the one with the most to gain first.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence

from ..catalog.catalog import Catalog
from ..catalog.reading_plan import ReadingPlan, reading_plan
from ..loader import load_catalog
from ..text import plural

_MAX_LINES = 25


def reading_list(catalog: Catalog, institution_ids: Sequence[str]) -> Iterator[str]:
    """Yield the lines of the plans of some institutions, or a line for each institution.

    Raises `KeyError` if an id is unknown.
    """
    if institution_ids:
        for institution_id in institution_ids:
            yield from _plan_lines(catalog, reading_plan(catalog, catalog.institution[institution_id]))
        return
    plans = [reading_plan(catalog, institution) for institution in catalog.institutions]
    for plan in sorted(plans, key=lambda plan: -len(plan.programs)):
        yield (
            f"{plan.institution.id}: {plural(len(plan.programs), 'program')} not yet useful, "
            f"{plural(len(plan.specialties), 'specialty', 'specialties')} that most others have"
        )


def _plan_lines(catalog: Catalog, plan: ReadingPlan) -> Iterator[str]:
    yield f"{plan.institution.name}, compared with {plural(plan.compared_with, 'institution')}"
    if plan.fields:
        yield f"\nThe institution states no: {', '.join(plan.fields)}"
    if plan.specialties:
        yield "\nSpecialties that most others have. Is there a program?"
        for specialty, count in plan.specialties[:_MAX_LINES]:
            yield f"  {catalog.specialty[specialty].name} ({count} of {plan.compared_with})"
    if plan.programs:
        yield "\nPrograms that are nearly useful. Read for what is missing:"
        for program, missing in plan.programs[:_MAX_LINES]:
            yield f"  {program.name}: {', '.join(missing)}"
            if program.url:
                yield f"    {program.url}"
        if len(plan.programs) > _MAX_LINES:
            yield f"  and {len(plan.programs) - _MAX_LINES} more"


if __name__ == "__main__":
    try:
        for line in reading_list(load_catalog(), sys.argv[1:]):
            print(line)
    except KeyError as error:
        raise SystemExit(f"no institution {error}") from None
