"""Measures `near:` and `sort:near` over synthetic programs in real cities of the gazetteer.

python tests/bench nearby [PROGRAMS [CITIES]]     (default: 14000 programs in 1500 cities)
"""

from __future__ import annotations

import random
import statistics
from collections.abc import Sequence

from msgspec.structs import replace

from gmetui import Catalog, Query, load_catalog
from gmetui.catalog.gazetteer import GazetteerPlace
from gmetui.search import search

from .measure import processor_milliseconds
from .synthetic import catalog_of

_NEW_CIRCLES, _REPETITIONS = 60, 50


def catalog_in_cities(size: int, places: list[GazetteerPlace]) -> Catalog:
    """Return a synthetic catalog whose programs are spread over places."""
    catalog = catalog_of(size)
    programs = tuple(
        replace(program, city=places[number % len(places)].name, state=places[number % len(places)].state)
        for number, program in enumerate(catalog.programs)
    )
    gazetteer = load_catalog().gazetteer
    return replace(catalog, programs=programs, gazetteer=gazetteer, stored_lookups=None)


def milliseconds(catalog: Catalog, line: str) -> float:
    """Return how long a search takes."""
    query = Query.parse(line)
    return processor_milliseconds(lambda: search(catalog, query))


def main(arguments: Sequence[str]) -> None:
    """Print the figures as a table in Markdown."""
    size, city_count = (*map(int, arguments), *(14_000, 1_500)[len(arguments) :])
    rng = random.Random(1)
    places = rng.sample(list(load_catalog().gazetteer.with_prefix("")), city_count)
    catalog = catalog_in_cities(size, places)
    milliseconds(catalog, "city:boston state:ma kind:fellowship")  # reads the fields
    label = places[0].label
    first = milliseconds(catalog, f'near:"{label}",50')
    new = [
        milliseconds(catalog, f'near:"{place.label}",{100 + number}')
        for number, place in enumerate(rng.sample(places, _NEW_CIRCLES))
    ]
    again = [milliseconds(catalog, f'near:"{label}",50') for _ in range(_REPETITIONS)]
    rows = {
        "first `near:`, which unpacks the gazetteer and places the cities": first,
        "another place and radius, median": statistics.median(new),
        "another place and radius, slowest": max(new),
        "the same again": statistics.median(again),
        "first `sort:near` around a place": milliseconds(catalog, f'near:"{label}",500 sort:near'),
        "the same again, sorted": milliseconds(catalog, f'near:"{label}",500 sort:near'),
        "a name in many states": milliseconds(catalog, "near:springfield"),
    }
    print(f"{size:,} programs in {city_count:,} cities\n\n| search | ms |\n| --- | ---: |")
    for name, duration in rows.items():
        print(f"| {name} | {duration:.2f} |")
