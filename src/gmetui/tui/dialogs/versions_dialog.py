"""Dialogs for the former versions of a list: what is different between two, and going back to one."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from ...shortlist.versions import differences
from ...storage.shortlist_store import Version
from ..widgets.option_list import Pick
from .pickers import Picker

if TYPE_CHECKING:
    from ..screens.annotating_screen import AnnotatingPlace


def pick_version(place: AnnotatingPlace) -> None:
    """Choose a version to see what has changed since then; ctrl+x sets one to compare another with."""
    versions = place.gmetui.store.versions()
    if not versions:
        place.gmetui.tell("There are no former versions: every change makes one.")
        return
    against: list[Version] = []

    def make() -> list[Pick]:
        return [
            Pick(str(own.revision), f"{_when(own)}  {own.change}", _count(own.size), "↔" if own in against else " ")
            for own in versions
        ]

    def chosen(pick: Pick, aside: bool) -> None:
        version = next(own for own in versions if str(own.revision) == pick.key)
        if aside:
            against[:] = [] if version in against else [version]
            return
        other = against[0] if against and against[0] != version else None
        _show(place, version, other)

    foot = "enter: what changed since · ctrl+x compares with this · esc closes"
    place.gmetui.push_screen(Picker("Former versions", foot, make, chosen, stays=True))


def _count(size: int) -> str:
    return f"{size} program{'s' * (size != 1)}"


def _when(version: Version) -> str:
    """Return when a version was saved, where the person is."""
    try:
        return datetime.fromisoformat(version.saved_at).astimezone().strftime("%Y-%m-%d %H:%M")
    except ValueError:
        return version.saved_at


def _show(place: AnnotatingPlace, version: Version, other: Version | None) -> None:
    """Show what is different between a version and another, or the list as it is."""
    first, last = sorted((version, other), key=lambda own: own.revision) if other else (version, None)
    old = place.gmetui.store.version(first.revision)
    new = place.gmetui.store.version(last.revision) if last else place.shortlist
    if old is None or new is None:
        place.gmetui.complain("That version can no longer be read.")
        return
    lines = differences(old, new) or ["Nothing is different."]

    def make() -> list[Pick]:
        back = [] if last else [Pick("back", f"Go back to this version ({_count(version.size)})", "u undoes it", "↺")]
        return back + [Pick(str(number), line[:1].upper() + line[1:]) for number, line in enumerate(lines)]

    def chosen(pick: Pick, aside: bool) -> None:
        if pick.key == "back":
            place.gmetui.screen.dismiss()
            if place.gmetui.change_list(old, f"brought back version {version.revision}"):
                place.gmetui.tell(f"The list is as it was on {_when(version)}. u takes that back.")

    title = f"{_when(first)} against {_when(last) if last else 'now'}"
    place.gmetui.push_screen(Picker(title, "esc closes", make, chosen, stays=False))
