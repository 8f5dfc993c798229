"""The United States as a grid of tiles, one for each state, each about where it is on a map.

The arrangement is that of NPR's tile grid map (2015), with the territories beside Hawaii and Florida.
"""

from __future__ import annotations

from collections.abc import Mapping

from .us_states import STATES

#: Names of places with a tile that `STATES` doesn't have.
_TERRITORIES: Mapping[str, str] = {"GU": "Guam", "VI": "US Virgin Islands"}
_GRID = """
AK .. .. .. .. .. .. .. .. .. ME
.. .. .. .. .. .. .. .. .. VT NH
WA ID MT ND MN IL WI MI NY RI MA
OR NV WY SD IA IN OH PA NJ CT ..
CA UT CO NE MO KY WV VA MD DE ..
.. AZ NM KS AR TN NC SC DC .. ..
.. .. .. OK LA MS AL GA .. .. ..
HI GU .. TX .. .. .. .. FL VI PR
"""
#: The column and the row of each state, both counted from 0.
STATE_TILES: Mapping[str, tuple[int, int]] = {
    state: (column, row)
    for row, line in enumerate(_GRID.split("\n")[1:-1])
    for column, state in enumerate(line.split())
    if state != ".."
}
GRID_COLUMNS = 1 + max(column for column, _ in STATE_TILES.values())
GRID_ROWS = 1 + max(row for _, row in STATE_TILES.values())
#: The states of New England as they lie: rows from north to south, in each from west to east.
NEW_ENGLAND: tuple[tuple[str, ...], ...] = (("VT", "NH", "ME"), ("MA",), ("CT", "RI"))


def state_name(state: str) -> str:
    """Return the name of a state or territory by its two letters; the letters themselves for any other place."""
    return STATES.get(state) or _TERRITORIES.get(state, state)


def is_new_england(states: frozenset[str]) -> bool:
    """Tell whether there are states and all of them are in New England."""
    return bool(states) and states.issubset(state for row in NEW_ENGLAND for state in row)
