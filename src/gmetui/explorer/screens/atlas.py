"""The places beside Explore, by name; imported when the first of them is gone to."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from ...catalog.model import Catalog
from .compare import CompareScreen
from .places import Place
from .reference import CoverageScreen, InstitutionsScreen, SpecialtiesScreen
from .shortlist import ShortlistScreen

PLACES: Mapping[str, Callable[[Catalog], Place]] = {
    "shortlist": ShortlistScreen,
    "compare": CompareScreen,
    "institutions": InstitutionsScreen,
    "specialties": SpecialtiesScreen,
    "coverage": CoverageScreen,
}
