"""The screens that are created when they are first opened, by name."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from ..context import AppContext
from .base_screen import BaseScreen
from .compare_screen import CompareScreen
from .reference_screen import COVERAGE, INSTITUTIONS, SPECIALTIES, ReferenceScreen
from .shortlist_screen import ShortlistScreen

SCREENS: Mapping[str, Callable[[AppContext], BaseScreen]] = {
    "shortlist": ShortlistScreen,
    "compare": CompareScreen,
    "institutions": lambda context: ReferenceScreen(context, INSTITUTIONS),
    "specialties": lambda context: ReferenceScreen(context, SPECIALTIES),
    "coverage": lambda context: ReferenceScreen(context, COVERAGE),
}
