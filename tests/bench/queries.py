"""How well search finds what people mean: the share of queries whose first program has an expected specialty.

    python tests/bench/queries.py [FILE.csv]

Over the bundled programs, of the queries whose specialty has one; and over the whole reference of specialties, each
standing in as one program. Misses are listed, nonsense must find nothing.
"""

from __future__ import annotations

import csv
import sys
from collections import defaultdict
from pathlib import Path

from gmetui import Catalog, Query, load_catalog
from gmetui.search import search
from gmetui.search.specialty_scope import reference_catalog

QUERIES = Path(__file__).resolve().parents[1] / "data" / "queries.csv"


def measure(name: str, catalog: Catalog, rows: list[dict[str, str]], *, institutions: bool) -> None:
    """Print the shares over `catalog`; without `institutions`, queries that name one are left out."""
    here = {catalog.specialty[program.specialty].name.casefold() for program in catalog.programs}
    first: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    print(f"\n{name}: {len(catalog.programs)} programs")
    for row in rows:
        expected = {part.strip().casefold() for part in row["expected"].split(";") if part.strip()}
        results = search(catalog, Query.parse(row["query"]))
        if not expected:
            first["nonsense"][1] += 1
            first["nonsense"][0] += not results.total
            continue
        if not expected & here or (not institutions and row["difficulty"] == "institution"):
            continue
        found = [catalog.specialty[program.specialty].name for program in results.programs(0, 3)]
        right = [specialty.casefold() in expected for specialty in found]
        for group in (row["difficulty"], "all"):
            first[group][1] += 1
            first[group][0] += bool(right and right[0])
            first[group][2] += any(right)
        if not (right and right[0]):
            print(f"  missed: {row['query']!r}, wanted {row['expected']}, found {found}")
    for group, (hits, asked, three) in sorted(first.items()):
        print(f"  {group:14} first {hits:3} of {asked:3} ({hits / asked:6.1%})   in the first three {three}")


def main() -> None:
    """Measure the queries of a file."""
    file = Path(sys.argv[1]) if len(sys.argv) > 1 else QUERIES
    rows = list(csv.DictReader(file.read_text(encoding="utf-8").splitlines()))
    catalog = load_catalog()
    measure("bundled programs", catalog, rows, institutions=True)
    measure("the whole reference", reference_catalog(catalog), rows, institutions=False)


if __name__ == "__main__":
    main()
