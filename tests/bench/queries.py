"""Measures search quality: the share of queries whose first result has an expected specialty.

    python tests/bench queries [FILE.csv]

The queries run over the bundled programs, as far as their specialty has one there, and over the whole specialty
reference, where each specialty takes the part of one program. Misses are listed; nonsense must have no results.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

from gmetui import Catalog, Query
from gmetui.datafiles.files import read_catalog
from gmetui.search import search
from gmetui.search.specialty_scope import specialty_catalog

QUERIES = Path(__file__).resolve().parents[1] / "data" / "queries.csv"


def measure(name: str, catalog: Catalog, rows: list[dict[str, str]], *, with_institutions: bool) -> None:
    """Print the shares over `catalog`; without institutions, queries that name one are skipped."""
    specialties = {catalog.specialty[program.specialty].name.casefold() for program in catalog.programs}
    tallies: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])  # queries, first hits, hits in the first three
    print(f"\n{name}: {len(catalog.programs)} programs")
    for row in rows:
        expected = {part.strip().casefold() for part in row["expected"].split(";") if part.strip()}
        results = search(catalog, Query.parse(row["query"]))
        if not expected:
            is_empty = not results.total
            _add(tallies["nonsense"], is_empty, is_empty)
            continue
        if not expected & specialties or (not with_institutions and row["difficulty"] == "institution"):
            continue
        top_three = [catalog.specialty[program.specialty].name for program in results.programs(0, 3)]
        hits = [specialty.casefold() in expected for specialty in top_three]
        for group in (row["difficulty"], "all"):
            _add(tallies[group], hits[:1] == [True], any(hits))
        if hits[:1] != [True]:
            print(f"  missed: {row['query']!r}, expected {row['expected']}, got {top_three}")
    for group, (queries, first_hits, top_hits) in sorted(tallies.items()):
        share = first_hits / queries
        print(f"  {group:14} first {first_hits:3} of {queries:3} ({share:6.1%})   in the first three {top_hits}")


def _add(tally: list[int], is_first: bool, is_among_first: bool) -> None:
    tally[0] += 1
    tally[1] += is_first
    tally[2] += is_among_first


def main(arguments: Sequence[str]) -> None:
    """Measure the queries of a file."""
    file = Path(arguments[0]) if arguments else QUERIES
    rows = list(csv.DictReader(file.read_text(encoding="utf-8").splitlines()))
    catalog = read_catalog()
    measure("bundled programs", catalog, rows, with_institutions=True)
    measure("specialty reference", specialty_catalog(catalog), rows, with_institutions=False)
