"""The places beside Explore, by name; imported when the first of them is gone to."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from ...catalog.model import Catalog
from .compare import CompareScreen
from .places import Place
from .reference import COVERAGE, INSTITUTIONS, SPECIALTIES, ReferenceScreen
from .shortlist import ShortlistScreen

PLACES: Mapping[str, Callable[[Catalog], Place]] = {
    "shortlist": ShortlistScreen,
    "compare": CompareScreen,
    "institutions": partial(ReferenceScreen, reference=INSTITUTIONS),
    "specialties": partial(ReferenceScreen, reference=SPECIALTIES),
    "coverage": partial(ReferenceScreen, reference=COVERAGE),
}
