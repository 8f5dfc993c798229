"""The screens that are created when they are first opened, by name."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from ..context import AppContext
from .base_screen import BaseScreen
from .compare_screen import CompareScreen
from .coverage_screen import CoverageScreen
from .map_screen import MapScreen
from .plan_screen import PlanScreen
from .reference_screen import INSTITUTIONS, SPECIALTIES, ReferenceScreen
from .shortlist_screen import ShortlistScreen
from .triage_screen import TriageScreen

SCREENS: Mapping[str, Callable[[AppContext], BaseScreen]] = {
    "shortlist": ShortlistScreen,
    "triage": TriageScreen,
    "plan": PlanScreen,
    "compare": CompareScreen,
    "institutions": lambda context: ReferenceScreen(context, INSTITUTIONS),
    "specialties": lambda context: ReferenceScreen(context, SPECIALTIES),
    "map": MapScreen,
    "coverage": CoverageScreen,
}
