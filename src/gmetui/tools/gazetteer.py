"""The gazetteer of the bundled data, packed from two files of the US Census Bureau.

`python -m gmetui.tools.gazetteer PLACES COUNTIES OUTPUT` reads the national files of places and counties of the
Gazetteer Files (https://www.census.gov/geographies/reference-files/time-series/geo/gazetteer-files.html), works of the
federal government in the public domain (17 U.S.C. 105). `data/places.gazetteer` is made from those of 2025. They list
incorporated places and census-designated places. New England towns, and townships elsewhere, that aren't such a place
are not in them, nor are Guam and the Virgin Islands.
"""

from __future__ import annotations

import csv
import re
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

from ..catalog.gazetteer import GazetteerPlace, Point, pack_places, place_keys
from ..storage.atomic import write_atomic

#: What the Census adds to names: the kind of place.
_KIND = re.compile(
    r"(?: (?:city and borough|city|town|village|borough|municipality|corporation|CDP|zona urbana|comunidad"
    r"|(?:metropolitan|unified|consolidated|metro) government|urban county))?(?: \(balance\))?$"
)
#: Governments of a city and its county, which people call by the name of the city.
_CITY_AND_COUNTY = re.compile(r"^(?P<city>[^-/,]+)[-/,].*(?:County|Davidson|Fayette|Silver Bow)$")
_TWO_NAMES = re.compile(r"(?P<first>.+) \((?P<second>[^)]+)\)$")
#: The order in which places of one name in a state count: working governments, others, statistical places.
_STATUSES = "AFBNIS"
_MAIN_COMMUNITY = "62"  # zona urbana, the main one of several communities of a name in Puerto Rico
#: The boroughs of New York City, as addresses name them, by their county.
_BOROUGHS = {
    "Bronx County": "Bronx",
    "Kings County": "Brooklyn",
    "New York County": "Manhattan",
    "Queens County": "Queens",
    "Richmond County": "Staten Island",
}
#: Names that addresses use, by the place of the Census that they are in, adjoin, or are another name of.
_OTHER_NAMES: Mapping[str, tuple[str, str]] = {
    "Boise": ("Boise City", "ID"),
    "Brighton": ("Boston", "MA"),
    "Camp Lejeune": ("Jacksonville", "NC"),
    "Camp Pendleton": ("Camp Pendleton Mainside", "CA"),
    "Fort Benning": ("Columbus", "GA"),
    "Fort Bragg": ("Fayetteville", "NC"),
    "Fort Eisenhower": ("Augusta", "GA"),
    "Fort Gordon": ("Augusta", "GA"),
    "Fort Liberty": ("Fayetteville", "NC"),
    "Fort Moore": ("Columbus", "GA"),
    "Fort Rucker": ("Fort Novosel", "AL"),
    "Fort Sam Houston": ("San Antonio", "TX"),
    "Honolulu": ("Urban Honolulu", "HI"),
    "Jamaica Plain": ("Boston", "MA"),
    "La Jolla": ("San Diego", "CA"),
    "Research Triangle Park": ("Durham", "NC"),
    "Roxbury": ("Boston", "MA"),
}
#: The middle of cities whose point at the Census lies far from it, in water or wilderness that belongs to the city: San
#: Francisco reaches to the Farallon Islands, Boston to the islands of its harbor. The coordinates are those of the city
#: in the Geographic Names Information System of the US Geological Survey, rounded; public domain.
_CENTERS: Mapping[tuple[str, str], Point] = {
    ("Anchorage", "AK"): Point(61.22, -149.90),
    ("Boston", "MA"): Point(42.36, -71.06),
    ("Corpus Christi", "TX"): Point(27.80, -97.40),
    ("New Orleans", "LA"): Point(29.95, -90.07),
    ("San Francisco", "CA"): Point(37.77, -122.42),
}


def read_places(places_file: Path, counties_file: Path) -> list[GazetteerPlace]:
    """Return the places of the two files, one for each name and state."""
    rows = sorted(_rows(places_file), key=_precedence)
    named = [(name, row) for row in rows for name in _names(row["NAME"])]
    boroughs = (row for row in _rows(counties_file) if row["USPS"] == "NY" and row["NAME"] in _BOROUGHS)
    named += [(_BOROUGHS[row["NAME"]], row) for row in boroughs]
    places: dict[tuple[str, str], GazetteerPlace] = {}
    for name, row in named:
        census_point = Point(float(row["INTPTLAT"]), float(row["INTPTLONG"]))
        point = _CENTERS.get((name, row["USPS"]), census_point)
        places.setdefault((place_keys(name), row["USPS"]), GazetteerPlace(name, row["USPS"], point))
    for name, (other_name, state) in _OTHER_NAMES.items():
        place = places.get((place_keys(other_name), state))
        if place is not None:
            places.setdefault((place_keys(name), state), place._replace(name=name))
    return list(places.values())


def _rows(file: Path) -> Iterator[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream, delimiter="|"):
            yield {key.strip(): value.strip() for key, value in row.items()}


def _precedence(row: Mapping[str, str]) -> tuple[int, bool, float]:
    return _STATUSES.index(row["FUNCSTAT"]), row["LSAD"] != _MAIN_COMMUNITY, -float(row["ALAND_SQMI"])


def _names(census_name: str) -> tuple[str, ...]:
    """Return what people call a place: "Nashville" for "Nashville-Davidson metropolitan government (balance)"."""
    name = _KIND.sub("", census_name)
    if city_and_county := _CITY_AND_COUNTY.match(name):
        return (city_and_county["city"],)
    if two_names := _TWO_NAMES.match(name):
        return two_names["first"], two_names["second"]
    return (name,)


def main() -> None:
    """Write the packed gazetteer, and say how many places it has."""
    places_file, counties_file, output_file = map(Path, sys.argv[1:])
    places = read_places(places_file, counties_file)
    content = pack_places(places)
    write_atomic(output_file, content, is_private=False)
    print(f"{len(places):,} places, {len(content):,} bytes")


if __name__ == "__main__":
    main()
