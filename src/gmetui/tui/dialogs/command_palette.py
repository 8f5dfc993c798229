"""The palette: every action, place, institution, specialty, filter, kept query and program, found by typing."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from ...catalog.models import ProgramId
from ...search import Query, search
from ...search.fields import FACETS
from ..actions import ACTIONS, Action
from ..contexts import PANES
from ..rendering.institution_topics import topics
from ..widgets.option_list import Pick
from .pickers import Picker, value_picks

if TYPE_CHECKING:
    from ..app import GmetuiApp

_PROGRAMS = 30  # programs that are offered for what is typed
_ASIDE = {*PANES["programs"].own, "palette", "asked"}  # moving is not found by name


def find_anything(app: GmetuiApp) -> None:
    """Open the palette."""
    picks = _picks(app)
    further = partial(_programs, app)
    foot = "enter takes it · esc closes"
    app.push_screen(Picker("Find anything", foot, lambda: picks, partial(_act, app), stays=False, further=further))


def find_program(app: GmetuiApp) -> None:
    """Find programs by typing and set them beside those that are compared, or no longer."""

    def make() -> list[Pick]:
        return _marked(app, [own for own in app.marks if own in app.catalog.program])

    def further(typed: str) -> Sequence[Pick]:
        found = search(app.catalog, Query.parse(typed)).programs(0, _PROGRAMS)
        return _marked(app, [own.id for own in found if own.id not in app.marks])

    def chosen(pick: Pick, aside: bool) -> None:
        app.toggle_mark(app.catalog.program[ProgramId(pick.key)])

    foot = "enter adds or takes out · esc closes"
    app.push_screen(Picker("Compare with", foot, make, chosen, stays=True, further=further))


def _marked(app: GmetuiApp, ids: Sequence[str]) -> list[Pick]:
    catalog = app.catalog
    programs = [catalog.program[ProgramId(own)] for own in ids]
    signs = {True: "✓", False: "·"}
    return [
        Pick(own.id, own.name, catalog.institution[own.institution].short, signs[own.id in app.marks])
        for own in programs
    ]


def _picks(app: GmetuiApp) -> list[Pick]:
    actions = [
        Pick(f"do:{own.id}", _words(own), app.key_map.shown(own.id), "›") for own in ACTIONS if own.id not in _ASIDE
    ]
    kept = [Pick(f"ask:{line}", name, "kept query", "?", (line,)) for name, line in app.settings.searches.items()]
    catalog = app.catalog
    institutions = [
        Pick(f"read:institutions:{own.id}", own.name, "institution", "≡", (own.short, *own.also_called))
        for own in catalog.institutions
    ]
    sections = topic_picks(app)
    specialties = [
        Pick(f"read:specialties:{own.id}", own.label, "specialty", "≡", (own.name, *own.abbreviations, *own.synonyms))
        for own in catalog.specialties
    ]
    values = [pick for own in FACETS for pick in value_picks(app.home, own, alone=False)]
    ticks = [pick._replace(key=f"tick:{pick.key}") for pick in values]
    return [*actions, *kept, *institutions, *sections, *specialties, *ticks]


def topic_picks(app: GmetuiApp) -> list[Pick]:
    """Return what institutions say that no program says."""
    return [
        Pick(f"page:{own.institution}:{own.section}", own.name, "institution", "≡", own.also)
        for own in topics(app.catalog)
    ]


def _words(action: Action) -> str:
    explained = action.help.removesuffix(".")
    return f"{action.words.capitalize()}: {explained[:1].lower()}{explained[1:]}"


def _programs(app: GmetuiApp, typed: str) -> Sequence[Pick]:
    catalog = app.catalog
    found = search(catalog, Query.parse(typed)).programs(0, _PROGRAMS)
    return [Pick(f"program:{own.id}", own.name, catalog.institution[own.institution].short, "▸") for own in found]


def _act(app: GmetuiApp, pick: Pick, aside: bool) -> None:
    what, _, rest = pick.key.partition(":")
    if what == "do":
        app.call_later(app.perform, rest)
    elif what == "ask":
        app.explore(rest)
    elif what == "read":
        app.read_about(*rest.split(":", 1))
    elif what == "page":
        institution, _, section = rest.partition(":")
        app.read_about("institutions", institution, section)
    elif what == "tick":
        name, _, value = rest.partition(":")
        app.action_place("explore")
        app.home.tick(name, value, exclude=aside)
    else:
        app.show_program(rest)
