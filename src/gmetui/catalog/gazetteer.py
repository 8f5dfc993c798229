"""Where cities are: the places of the US Census Gazetteer, packed, and the distance between two of them.

The packed form has four columns, each compressed: the names, sorted by `place_keys`; the states of each name; latitudes
and longitudes in hundredths of a degree. `tools/gazetteer.py` writes it.
"""

from __future__ import annotations

import sys
import unicodedata
import zlib
from array import array
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from itertools import accumulate
from math import asin, cos, radians, sin, sqrt

from ..lean_typing import NamedTuple
from .us_states import STATES

#: The first bytes of the packed form, and how many bytes each compressed column may have when it is read.
HEADER = b"gmetui places 1\n"
_MAX_COLUMN_SIZE = 4_000_000
_COLUMNS = 6  # names, states, and the low and the high bytes of latitudes and longitudes
_SIZE_DIGITS = 8
_HUNDREDTHS = 100
_EARTH_RADIUS = 3958.8  # miles: the mean radius of 6371.0 km (International Union of Geodesy and Geophysics)
_SHORT_WORDS = (("saint ", "st "), ("sainte ", "ste "), ("fort ", "ft "), ("mount ", "mt "), ("air force base", "afb"))
#: What doesn't count in a name: blanks, punctuation, and the accents of decomposed letters.
_IGNORED = dict.fromkeys((*map(ord, " .'’-,/()"), *range(0x300, 0x370)))
#: The states by number, as the packed form has them; 0 ends the states of a name.
STATE_NUMBERS: Sequence[str] = sorted(STATES)


class Point(NamedTuple):
    """A position on the earth, in degrees; west and south are negative."""

    latitude: float
    longitude: float


class GazetteerPlace(NamedTuple):
    """A city, town, village or other place with a name: its state by two letters, and a point inside it."""

    name: str
    state: str
    point: Point

    @property
    def label(self) -> str:
        """The place as people write it: "Boston, MA"."""
        return f"{self.name}, {self.state}"


class _Columns(NamedTuple):
    """The unpacked columns. `starts` is the number of the first place of each name."""

    names: Sequence[str]
    keys: Sequence[str]
    states: Sequence[bytes]
    starts: Sequence[int]
    latitudes: Sequence[int]
    longitudes: Sequence[int]


class Gazetteer:
    """Finds places by name. Nothing is read or unpacked before the first question."""

    def __init__(self, read: Callable[[], bytes] | None = None) -> None:
        self._read = read

    @cached_property
    def _columns(self) -> _Columns:
        content = self._read() if self._read else b""
        return _unpack(content) if content else _Columns((), (), (), (0,), (), ())

    def __len__(self) -> int:
        """Return the number of places."""
        return len(self._columns.latitudes)

    def find(self, name: str, state: str | None = None) -> tuple[GazetteerPlace, ...]:
        """Return the places of a name, one in each state at most; with `state`, the one there."""
        places = tuple(self._named(place_keys(name)))
        return places if state is None else tuple(place for place in places if place.state == state.upper())

    def point_of(self, city: str, state: str) -> Point | None:
        """Return where a city is, or None if it is unknown."""
        return next((place.point for place in self.find(city, state)), None)

    def with_prefix(self, name_start: str) -> Iterator[GazetteerPlace]:
        """Yield the places whose name starts with a text, by name and state."""
        key, columns = place_keys(name_start), self._columns
        for index in range(bisect_left(columns.keys, key), len(columns.keys)):
            if not columns.keys[index].startswith(key):
                break
            yield from self._places(index)

    def _named(self, key: str) -> Iterator[GazetteerPlace]:
        columns = self._columns
        index = bisect_left(columns.keys, key)
        seen_states = set()
        while key and index < len(columns.keys) and columns.keys[index] == key:
            for place in self._places(index):
                if place.state not in seen_states:
                    seen_states.add(place.state)
                    yield place
            index += 1

    def _places(self, index: int) -> Iterator[GazetteerPlace]:
        columns = self._columns
        for number, state in enumerate(columns.states[index], columns.starts[index]):
            point = Point(columns.latitudes[number] / _HUNDREDTHS, columns.longitudes[number] / _HUNDREDTHS)
            yield GazetteerPlace(columns.names[index], STATE_NUMBERS[state - 1], point)


#: A gazetteer without places.
NO_PLACES = Gazetteer()


def place_keys(names: str) -> str:
    """Return what is compared of the name of a place, or of names on lines of their own.

    "St. Louis", "Saint Louis" and "st louis" are one; case, accents, blanks and punctuation don't count.
    """
    text = names.casefold()
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text)
    for word, short_word in _SHORT_WORDS:
        text = text.replace(word, short_word)
    return text.translate(_IGNORED)


def miles_between(first: Point, second: Point) -> float:
    """Return the distance of two points in miles along the great circle, by the haversine formula."""
    latitude, other_latitude = radians(first.latitude), radians(second.latitude)
    half_height = sin((other_latitude - latitude) / 2) ** 2
    half_width = sin(radians(second.longitude - first.longitude) / 2) ** 2
    return 2 * _EARTH_RADIUS * asin(min(1.0, sqrt(half_height + cos(latitude) * cos(other_latitude) * half_width)))


def pack_places(places: Sequence[GazetteerPlace]) -> bytes:
    """Return the packed form of places, at most one for each name and state."""
    by_name: dict[str, list[GazetteerPlace]] = {}
    for place in sorted(places, key=lambda place: (place_keys(place.name), place.name, place.state)):
        by_name.setdefault(place.name, []).append(place)
    sorted_places = [place for same_name in by_name.values() for place in same_name]
    states = b"\0".join(
        bytes(STATE_NUMBERS.index(place.state) + 1 for place in same_name) for same_name in by_name.values()
    )
    latitudes = _packed_numbers(round(place.point.latitude * _HUNDREDTHS) for place in sorted_places)
    longitudes = _packed_numbers(round(place.point.longitude * _HUNDREDTHS) for place in sorted_places)
    columns = ("\n".join(by_name).encode(), states, *latitudes, *longitudes)
    compressed = [zlib.compress(column, 9) for column in columns]
    sizes = b"".join(b"%*d" % (_SIZE_DIGITS, len(column)) for column in compressed)
    return b"".join((HEADER, sizes, *compressed))


def _packed_numbers(numbers: Iterator[int]) -> tuple[bytes, bytes]:
    """Return the low and the high bytes of numbers: apart, they compress better."""
    content = b"".join(number.to_bytes(2, "little", signed=True) for number in numbers)
    return content[0::2], content[1::2]


def _unpack(content: bytes) -> _Columns:
    """Return the columns of the packed form. Raises ValueError for anything else."""
    if not content.startswith(HEADER):
        raise ValueError("not a gazetteer")
    position = len(HEADER) + _COLUMNS * _SIZE_DIGITS
    sizes = content[len(HEADER) : position]
    columns = []
    for column in range(_COLUMNS):
        end = position + int(sizes[column * _SIZE_DIGITS : (column + 1) * _SIZE_DIGITS])
        columns.append(zlib.decompressobj().decompress(content[position:end], _MAX_COLUMN_SIZE))
        position = end
    names, states, *halves = columns
    name_text = names.decode()
    state_numbers = states.split(b"\0")
    return _Columns(
        name_text.split("\n"),
        place_keys(name_text).split("\n"),
        state_numbers,
        list(accumulate(map(len, state_numbers), initial=0)),
        _unpacked_numbers(halves[0], halves[1]),
        _unpacked_numbers(halves[2], halves[3]),
    )


def _unpacked_numbers(low_bytes: bytes, high_bytes: bytes) -> Sequence[int]:
    content = bytearray(2 * len(low_bytes))
    content[0::2], content[1::2] = low_bytes, high_bytes
    numbers = array("h", bytes(content))
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers
