"""Real queries with the specialties they should find first. `tests/bench/queries.py` prints the misses."""

from __future__ import annotations

import csv
from pathlib import Path

from gmetui.catalog.catalog import Catalog
from gmetui.search import Query, search

QUERIES = Path(__file__).resolve().parents[1] / "data" / "queries.csv"


def test_nine_in_ten_queries_find_the_right_specialty_first(bundled_catalog: Catalog) -> None:
    specialties = {bundled_catalog.specialty[program.specialty].name.casefold() for program in bundled_catalog.programs}
    hits = answerable = 0
    for row in csv.DictReader(QUERIES.read_text(encoding="utf-8").splitlines()):
        expected = {name.strip().casefold() for name in row["expected"].split(";") if name.strip()}
        results = search(bundled_catalog, Query.parse(row["query"]))
        if not expected:
            assert results.total == 0, row["query"]
        elif expected & specialties:
            answerable += 1
            first = results.programs(0, 1)
            hits += bool(first) and bundled_catalog.specialty[first[0].specialty].name.casefold() in expected
    assert answerable > 60
    assert hits / answerable >= 0.9
