"""Real queries with right answers. `tests/bench/queries.py` prints the misses."""

from __future__ import annotations

import csv
from pathlib import Path

from gmetui.catalog.models import Catalog
from gmetui.search import Query, search

QUERIES = Path(__file__).resolve().parents[1] / "data" / "queries.csv"


def test_nine_in_ten_find_the_right_specialty_first(catalog: Catalog) -> None:
    here = {catalog.specialty[program.specialty].name.casefold() for program in catalog.programs}
    right = asked = 0
    for row in csv.DictReader(QUERIES.read_text(encoding="utf-8").splitlines()):
        expected = {name.strip().casefold() for name in row["expected"].split(";") if name.strip()}
        results = search(catalog, Query.parse(row["query"]))
        if not expected:
            assert results.total == 0, row["query"]
        elif expected & here:
            asked += 1
            found = results.programs(0, 1)
            right += bool(found) and catalog.specialty[found[0].specialty].name.casefold() in expected
    assert asked > 60
    assert right / asked >= 0.9
