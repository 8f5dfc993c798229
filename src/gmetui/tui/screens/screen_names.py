"""The places beside Explore, by name; imported when the first of them is gone to."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from ...catalog.models import Catalog
from .base_screen import Place
from .compare_screen import CompareScreen
from .reference_screen import COVERAGE, INSTITUTIONS, SPECIALTIES, ReferenceScreen
from .shortlist_screen import ShortlistScreen

PLACES: Mapping[str, Callable[[Catalog], Place]] = {
    "shortlist": ShortlistScreen,
    "compare": CompareScreen,
    "institutions": partial(ReferenceScreen, reference=INSTITUTIONS),
    "specialties": partial(ReferenceScreen, reference=SPECIALTIES),
    "coverage": partial(ReferenceScreen, reference=COVERAGE),
}
