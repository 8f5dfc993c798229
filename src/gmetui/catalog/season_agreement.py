"""Imported dates of a service beside those of the data: which agree, and which contradict each other."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from .season import SeasonDate
from .vocabulary import ZONE_NAMES

_MAX_DAYS_APART = 31  # of two pages about the same event; what is further apart is another event


def joined_dates(dates: Iterable[SeasonDate], imported: Sequence[SeasonDate]) -> dict[str, SeasonDate]:
    """Return the dates by id with the imported ones.

    The same day and kind agree: the imported pages are added to the date of the data. Where each side has one date of a
    kind, at most a month apart, the two disagree. Every other imported date is a date of its own.
    """
    joined = {season_date.id: season_date for season_date in dates}
    bundled_ids = tuple(joined)
    for imported_date in imported:
        if imported_date.id in joined:
            continue
        peers = [joined[date_id] for date_id in bundled_ids if _is_same_kind(joined[date_id], imported_date)]
        agreeing = [peer for peer in peers if _agrees(peer, imported_date)]
        if len(agreeing) == 1:
            joined[agreeing[0].id] = _with_pages(agreeing[0], imported_date)
            continue
        is_only = sum(_is_same_kind(other, imported_date) for other in imported) == 1
        if len(peers) == 1 and is_only and _contradicts(peers[0], imported_date):
            joined[peers[0].id] = replace(peers[0], disagrees=imported_date.id)
            joined[imported_date.id] = replace(imported_date, disagrees=peers[0].id)
        else:
            joined[imported_date.id] = imported_date
    return joined


def _is_same_kind(season_date: SeasonDate, imported_date: SeasonDate) -> bool:
    """Tell whether two dates are about the same kind of event; one of an unknown kind is like no other."""
    kind = imported_date.service, imported_date.cycle, imported_date.what, imported_date.nature
    is_known = "other" not in kind
    return is_known and kind == (season_date.service, season_date.cycle, season_date.what, season_date.nature)


def _agrees(season_date: SeasonDate, imported_date: SeasonDate) -> bool:
    """Tell whether two dates are the same instant, or the same days where not both give a clock time."""
    instants = _instant(season_date), _instant(imported_date)
    if None not in instants:
        return instants[0] == instants[1]
    days = season_date.on, season_date.first, season_date.last
    return days == (imported_date.on, imported_date.first, imported_date.last)


def _instant(season_date: SeasonDate) -> datetime | None:
    """Return the instant of a day with a clock time, in UTC; None for any other date."""
    zone_name = ZONE_NAMES.get(season_date.zone or "")
    if not season_date.on or not season_date.time or zone_name is None:
        return None
    try:
        local = datetime.fromisoformat(f"{season_date.on}T{season_date.time}")
    except ValueError:  # a month, or a day without its year
        return None
    return local.replace(tzinfo=ZoneInfo(zone_name)).astimezone(UTC)


def _with_pages(season_date: SeasonDate, imported_date: SeasonDate) -> SeasonDate:
    """Return a date with the pages of an imported one, and its clock time where it had none."""
    return replace(
        season_date,
        source=tuple(dict.fromkeys((*season_date.source, *imported_date.source))),
        third_party=season_date.third_party and imported_date.third_party,
        time=season_date.time or imported_date.time,
        zone=season_date.zone or imported_date.zone,
    )


def _contradicts(season_date: SeasonDate, imported_date: SeasonDate) -> bool:
    """Tell whether two dates of a kind are about one event: that of all applicants, with days near each other."""
    is_general = not season_date.part and not season_date.specialties and season_date.audience == "applicants"
    if season_date.disagrees or not is_general:
        return False
    try:
        distance = date.fromisoformat(season_date.moment) - date.fromisoformat(imported_date.moment)
    except ValueError:  # a month, or a day without its year
        return False
    return abs(distance.days) <= _MAX_DAYS_APART
