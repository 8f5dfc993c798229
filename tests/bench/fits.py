"""Measures how long comparing every program with a profile takes, by the number of programs.

    python tests/bench fits [PROGRAMS …]          (default: the bundled programs, and 14,000)

The synthetic programs repeat the requirements and visa statements of the bundled ones, each changed a little in one
program of three, so that there are as many distinct demands as a national directory would have.
"""

from __future__ import annotations

import random
import tempfile
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import msgspec
from msgspec.structs import replace

from gmetui import Catalog, Query, load_catalog
from gmetui.catalog.demands import demands_of
from gmetui.catalog.ids import ProgramId
from gmetui.catalog.items import Needs, Requirement
from gmetui.catalog.models import Program
from gmetui.planning.fit_table import judge_all
from gmetui.planning.profile import Profile
from gmetui.search import search

from .homes import store_catalog
from .measure import processor_milliseconds

_TODAY = date(2026, 11, 26)
_RUNS = 7
_PROFILE = {
    "degree": ["MBBS"],
    "school_country": "IN",
    "graduation": "2019",
    "citizenship": ["IN"],
    "visa": {"needed": True, "will_take": ["J-1", "H-1B"]},
    "exam": [
        {"name": "USMLE Step 1", "passed": "2023-05-15", "attempts": 1},
        {"name": "USMLE Step 2 CK", "passed": "2024-02-20", "attempts": 1},
    ],
    "certificate": [{"name": "ECFMG", "issued": "2024-08-01"}],
    "training": [],
}


def catalog_of(size: int) -> Catalog:
    """Return a catalog of `size` programs with the demands of the bundled ones."""
    rng = random.Random(22)
    bundled = load_catalog()
    programs = list(bundled.programs)
    copies = [_copy(rng, rng.choice(programs), number) for number in range(size - len(programs))]
    return replace(bundled, programs=(*programs[:size], *copies), stored_lookups=None)


def _copy(rng: random.Random, program: Program, number: int) -> Program:
    """Return a program under another id; one of three demands another number of years too."""
    requirements: Sequence[Requirement] = program.requirements
    if number % 3 == 0:
        years = Requirement(
            topic="recency",
            text="Years since graduation",
            strength=rng.choice(("required", "preferred")),
            needs=Needs(years_since_graduation=rng.randint(2, 12), letters=rng.randint(1, 40)),
        )
        requirements = (*requirements, years)
    return replace(program, id=ProgramId(f"{program.id}-{number}"), requirements=tuple(requirements))


def measure(catalog: Catalog) -> None:
    """Print the times for a catalog opened from a file, as it is when gmetui runs."""
    with tempfile.TemporaryDirectory() as directory:
        opened = store_catalog(catalog, Path(directory) / "home").catalog()
        profile = msgspec.convert(_PROFILE, Profile)
        first, *again = (processor_milliseconds(lambda: judge_all(opened, profile, _TODAY)) for _ in range(1 + _RUNS))
        table = judge_all(opened, profile, _TODAY)
        grouping = processor_milliseconds(lambda: table.programs_by_value)
        fits, query = table.programs_by_value, Query.parse("medicine -fits:no")
        search(opened, query, fits=fits)
        key_presses = [processor_milliseconds(lambda: search(opened, query, fits=fits)) for _ in range(_RUNS)]
        demands = demands_of(opened)
        print(
            f"{len(opened.programs):,} programs, {len(demands.demands):,} distinct demands of "
            f"{len(demands.requirements):,} requirements: judged in {first:.1f} ms the first time and "
            f"{min(again):.1f} ms again, grouped in {grouping:.1f} ms; a search by verdict {min(key_presses):.2f} ms"
        )


def main(arguments: Sequence[str]) -> None:
    """Measure catalogs of the sizes on the command line."""
    sizes = list(map(int, arguments)) or [len(load_catalog().programs), 14_000]
    for size in sizes:
        measure(catalog_of(size))
