"""The training of somebody's profile, as a ladder starts at it."""

from __future__ import annotations

from ..catalog.catalog import Catalog
from .date_spans import partial_date
from .ladder import Training
from .profile import ACCREDITORS, Profile, TrainingRecord

_MONTH_LENGTH = len("2028-06")
_NOT_ACCREDITED = ACCREDITORS[-1]
_HOME_COUNTRIES = (None, "US")


def own_training(catalog: Catalog, profile: Profile) -> Training | None:
    """Return the training that a ladder continues: what is under way, else what was finished last; None without any.

    Training abroad counts only where the profile names an accreditor: whether other training counts is for programs.
    """
    records = [record for record in profile.training or () if _specialty(catalog, record) and _counts(record)]
    if not records:
        return None
    current = max(records, key=lambda record: (not record.finished, record.last or record.first or ""))
    completed = frozenset(
        _specialty(catalog, record) for record in records if record is not current and record.finished
    )
    start = partial_date(profile.aim.start) if profile.aim and profile.aim.start else None
    last_days = partial_date(current.last) if current.last and len(current.last) >= _MONTH_LENGTH else None
    return Training(
        _specialty(catalog, current),
        last_days.last if last_days else None,
        current.program or "" if current.program in catalog.program else "",
        completed,
        start.first if start else None,
    )


def _specialty(catalog: Catalog, record: TrainingRecord) -> str:
    """Return the specialty that a record names, or that of its program; "" if the data has neither."""
    program = catalog.program.get(record.program or "")
    if record.specialty in catalog.specialty:
        return record.specialty or ""
    return program.specialty if program else ""


def _counts(record: TrainingRecord) -> bool:
    if record.accredited is not None:
        return record.accredited != _NOT_ACCREDITED
    return record.country in _HOME_COUNTRIES
