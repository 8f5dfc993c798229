"""How long one search takes, key by key, at the size of the bundled data and multiples of it.

    python tests/bench/searching.py [copies …]

Prints median, 95th percentile and worst milliseconds over typed sequences, with the best 50 rows and every facet
count, and the time to build the index. Larger catalogs are copies of the bundled programs at made-up institutions:
their words repeat, so vocabulary grows less than it would in life.
"""

from __future__ import annotations

import gc
import statistics
import sys
import time

from gmetui import Catalog, Query, load_catalog, search
from gmetui.catalog.model import InstitutionId, ProgramId
from gmetui.searching.answer import index_of

LINES = (
    "cards tufts",
    "nuerology",
    "anesthsiology",
    "heme onc fellowship",
    "ob gyn",
    "kind:residency inst:mgh",
    "peds cards boston",
    "h1b",
    '"critical care" -kind:residency',
)


def copied(catalog: Catalog, copies: int) -> Catalog:
    """Return the catalog `copies` times over, each copy at institutions of its own."""
    if copies == 1:
        return catalog
    institutions, programs = [], []
    for number in range(copies):
        for institution in catalog.institutions:
            own = InstitutionId(f"{institution.id}-{number}")
            institutions.append(institution._replace(id=own, name=f"{institution.name} {number}"))
        for program in catalog.programs:
            home = InstitutionId(f"{program.institution}-{number}")
            programs.append(program._replace(id=ProgramId(f"{program.id}-{number}"), institution=home))
    return Catalog(catalog.edition, tuple(institutions), tuple(programs), catalog.specialties, sources=catalog.sources)


def measure(catalog: Catalog) -> None:
    """Print the figures for one catalog."""
    began = time.perf_counter()
    index = index_of(catalog)
    built = time.perf_counter() - began
    times: dict[str, list[float]] = {"search + best 50": [], "all facets": []}
    gc.disable()
    for _ in range(5):
        index.memo.clear()
        for line in LINES:
            for end in range(1, len(line) + 1):
                query = Query.parse(line[:end])
                began = time.perf_counter()
                results = search(catalog, query)
                results.programs(0, 50)
                times["search + best 50"].append(time.perf_counter() - began)
                began = time.perf_counter()
                results.facets()
                times["all facets"].append(time.perf_counter() - began)
    gc.enable()
    print(f"\n{len(catalog.programs):,} programs, index built in {built:.2f} s, {len(index.vocabulary):,} words")
    for name, seconds in times.items():
        every = sorted(value * 1000 for value in seconds)
        print(
            f"  {name:18} median {statistics.median(every):7.3f} ms   mean {statistics.fmean(every):7.3f}"
            f"   p95 {every[int(len(every) * 0.95)]:7.3f}   worst {every[-1]:7.3f}"
        )


def main() -> None:
    """Measure the sizes asked for."""
    catalog = load_catalog()
    for copies in [int(word) for word in sys.argv[1:]] or [1, 60]:
        measure(copied(catalog, copies))


if __name__ == "__main__":
    main()
