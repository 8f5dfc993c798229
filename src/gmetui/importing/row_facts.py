"""What else a row states of its program, as the keys of data files have it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from .cell_values import addresses_in, number_in, yes_or_no
from .sheets import Row

_LONGEST, _MOST = 600, 12  # letters of a column that is kept as it is, and how many are kept
_WIDEST = 90.0  # degrees of latitude
_UNIT = re.compile(r"(?<=\d)\s*-?(?:years?|yrs?)\.?$", re.IGNORECASE)
_TAKING_PART = ("participating", "yes", "true", "1")
_VISAS = (("j1", "J-1"), ("h1b", "H-1B"))


def stated(row: Row, say: Callable[[str], None]) -> dict[str, Any]:
    """Return the facts of a row; `say` is told what could not be used, or was put right."""
    fields = row.fields
    table: dict[str, Any] = {}
    kept = list(row.extras)
    for key, note, column in (
        ("positions_per_year", "positions_note", "positions"),
        ("length_years", "length_note", "length"),
    ):
        if cell := _UNIT.sub("", fields.get(column, "")):
            number, rest = number_in(cell)
            if number is not None and not (key == "length_years" and number > 12):
                table[key] = number
            if rest:
                table[note] = f"the list says {rest[:_LONGEST]!r}"
    addresses = addresses_in(fields.get("url", ""))
    if addresses:
        table["url"] = addresses[0]
        kept += [("Further page", own) for own in addresses[1:]]
    elif fields.get("url"):
        say(f"{fields['url'][:60]!r} is no address")
    for column in ("start", "match"):
        if fields.get(column):
            table[column] = fields[column][:_LONGEST]
    table.update(_status(fields.get("status", ""), fields.get("status_date", "")))
    if fields.get("service"):
        table["application_service"] = fields["service"][:_LONGEST]
    visas = list(_visas(row))
    if visas:
        table["visa"] = visas
    if fields.get("address"):
        kept.append(("Address", fields["address"].replace("\n", ", ")))
    if fields.get("country"):
        kept.append(("Country", fields["country"]))
    kept += _where(row, say)
    if kept:
        table["also_listed"] = [f"{title}: {cell[:_LONGEST]}" for title, cell in kept[:_MOST]]
    return table


def _status(status: str, since: str) -> Iterator[tuple[str, str]]:
    """Yield what a status says: of accreditation, or of taking part in ERAS."""
    words = status.casefold()
    on = f", {since}" if since else ""
    if "accredit" in words or "pre-accred" in words:
        yield "accreditation", "acgme"
        yield "accreditation_note", f"{status}{on}"
    elif "participating" in words:
        if words in _TAKING_PART:
            yield "application_service", "ERAS"
        yield "application_note", f"ERAS: {status}{on}"
    elif status and yes_or_no(status) is None:
        yield "accreditation_note", f"{status}{on}"


def _visas(row: Row) -> Iterator[dict[str, Any]]:
    for column, visa in _VISAS:
        cell = row.fields.get(column)
        if cell is None:
            continue
        said = yes_or_no(cell)
        if said is None:
            yield {"text": f"{visa}: {cell[:_LONGEST]}"}
        else:
            yield {"text": f"{visa}: {'yes' if said else 'no'}", "sponsored" if said else "refused": [visa]}


def _where(row: Row, say: Callable[[str], None]) -> Iterator[tuple[str, str]]:
    """Yield where a program is, latitude first; two that were exchanged are put right."""
    try:
        north, east = (float(row.fields[column]) for column in ("latitude", "longitude"))
    except (KeyError, ValueError):
        return
    if abs(north) > _WIDEST or (north < 0 < east <= _WIDEST):  # no American program lies south of the equator
        north, east = east, north
        say("latitude and longitude stood in each other's column")
    if abs(north) <= _WIDEST and abs(east) <= 2 * _WIDEST:
        yield "Latitude and longitude", f"{north:g}, {east:g}"
