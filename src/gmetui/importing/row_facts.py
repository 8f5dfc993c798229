"""The facts that a row states about its program, apart from its identity."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache

from ..text import plural
from .cell_values import date_of_serial, find_urls, parse_number, parse_yes_no
from .personal_data import clean_extras
from .program_draft import ProgramFacts, RowSource, VisaItem
from .program_status import status_subject
from .sheets import SheetRow

_MAX_TEXT_LENGTH, _MAX_EXTRAS = 600, 60
_MAX_LENGTH_YEARS = 12
_MAX_SOURCE_TEXT = 200
_SOURCE_FIELDS = ("source_url", "source_title", "publisher", "as_of")
_MAX_LATITUDE = 90.0
_YEARS_UNIT = re.compile(r"(?<=\d) ?-?(?:years?|yrs?)\.?$", re.IGNORECASE)
_PARTICIPATES = ("participating", "yes", "true", "1")
_VISAS = (("j1", "J-1"), ("h1b", "H-1B"))


def add_row_facts(facts: ProgramFacts, row: SheetRow, report_note: Callable[[str], None]) -> None:
    """Add what a row states to `facts`; `report_note` receives a message for what was ignored or corrected."""
    cells = row.fields
    facts.positions_per_year, facts.positions_note = _number_and_note(cells.get("positions", ""))
    facts.length_years, facts.length_note = _number_and_note(cells.get("length", ""))
    if facts.length_years is not None and facts.length_years > _MAX_LENGTH_YEARS:
        facts.length_years = None
    extras = list(row.extras)
    urls = find_urls(cells.get("url", ""))
    if urls:
        facts.url = urls[0]
        extras += [("Another page", url) for url in urls[1:]]
    elif cells.get("url"):
        report_note(f"“{cells['url'][:60]}” is not a web address")
    facts.start = cells.get("start", "")[:_MAX_TEXT_LENGTH]
    facts.match = cells.get("match", "")[:_MAX_TEXT_LENGTH]
    since = date_of_serial(cells.get("status_date", ""))
    for status in filter(None, cells.get("status", "").split("\n")):
        extras += _add_status(facts, f"{status}, {since}" if since else status, status)
    facts.application_service = cells.get("service", "")[:_MAX_TEXT_LENGTH] or facts.application_service
    facts.visa = list(_visas(row))
    if cells.get("address"):
        extras.append(("Address", cells["address"].replace("\n", ", ")))
    if cells.get("country"):
        extras.append(("Country", cells["country"]))
    extras += _coordinates(row, report_note)
    extras, personal_count = clean_extras(extras, row.people)
    if personal_count:
        report_note(f"left out what is about people in {plural(personal_count, 'cell')}")
    if len(extras) > _MAX_EXTRAS:
        report_note(f"only the first {_MAX_EXTRAS} other columns are kept, up to “{extras[_MAX_EXTRAS - 1][0]}”")
    facts.also_listed = [f"{title}: {cell[:_MAX_TEXT_LENGTH]}" for title, cell in extras[:_MAX_EXTRAS]]


def row_source(row: SheetRow) -> RowSource:
    """Return the page that a row names as its source; a source that is no address is a title."""
    return _row_source(*map(row.fields.get, _SOURCE_FIELDS))


@lru_cache(maxsize=1_000)
def _row_source(url_cell: str | None, title: str | None, publisher: str | None, as_of: str | None) -> RowSource:
    urls = find_urls(url_cell or "")
    title = title or ("" if urls else url_cell or "")
    return RowSource(
        urls[0] if urls else "",
        title[:_MAX_SOURCE_TEXT],
        (publisher or "").casefold()[:_MAX_SOURCE_TEXT],
        date_of_serial(as_of or "")[:_MAX_SOURCE_TEXT],
    )


def _number_and_note(cell: str) -> tuple[int | None, str]:
    if not cell:
        return None, ""
    number, remainder = parse_number(_YEARS_UNIT.sub("", cell))
    return number, f"the list says {remainder[:_MAX_TEXT_LENGTH]!r}" if remainder else ""


def _add_status(facts: ProgramFacts, dated_status: str, status: str) -> Iterator[tuple[str, str]]:
    """Add a status where it belongs; yield one that is about neither accreditation nor applications."""
    subject = status_subject(status)
    if subject in ("accreditation", "unsure"):
        facts.accreditation = "acgme" if subject == "accreditation" else ""
        facts.accreditation_note = dated_status
    elif subject == "service":
        if status.casefold() in _PARTICIPATES:
            facts.application_service = "ERAS"
        facts.application_note = f"ERAS: {dated_status}"
    elif subject == "application":
        facts.application_note = dated_status
    elif parse_yes_no(status) is None:
        yield "Status", dated_status


def _visas(row: SheetRow) -> Iterator[VisaItem]:
    for field, visa in _VISAS:
        cell = row.fields.get(field)
        if cell is None:
            continue
        is_sponsored = parse_yes_no(cell)
        if is_sponsored is None:
            yield {"text": f"{visa}: {cell[:_MAX_TEXT_LENGTH]}"}
        elif is_sponsored:
            yield {"text": f"{visa}: yes", "sponsored": [visa]}
        else:
            yield {"text": f"{visa}: no", "refused": [visa]}


def _coordinates(row: SheetRow, report_note: Callable[[str], None]) -> Iterator[tuple[str, str]]:
    """Yield the coordinates, latitude first, swapped if they are in each other's column."""
    try:
        latitude, longitude = (float(row.fields[field]) for field in ("latitude", "longitude"))
    except (KeyError, ValueError):
        return
    # No American program is south of the equator.
    if abs(latitude) > _MAX_LATITUDE or (latitude < 0 < longitude <= _MAX_LATITUDE):
        latitude, longitude = longitude, latitude
        report_note("latitude and longitude were swapped")
    if abs(latitude) <= _MAX_LATITUDE and abs(longitude) <= 2 * _MAX_LATITUDE:
        yield "Latitude and longitude", f"{latitude:g}, {longitude:g}"
