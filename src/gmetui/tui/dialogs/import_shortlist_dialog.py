"""Bringing in a list that was edited elsewhere: its file, what would happen, and rows that may be several programs."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from ...catalog.models import ProgramId
from ...errors import GmetuiError
from ...text import clean
from ..widgets.option_list import Pick
from .file_picker import pick_file
from .pickers import Picker

if TYPE_CHECKING:
    from ...importing.readers.tables import Table
    from ...importing.shortlist_import import Doubt
    from ..screens.annotating_screen import AnnotatingPlace


def ask_file(place: AnnotatingPlace) -> None:
    """Ask for a file, read it beside the screen, and show what would happen."""
    if place.gmetui.is_web:
        place.gmetui.tell("A browser cannot bring in files of this machine; `gmetui import FILE` does.")
        return

    def chosen(path: Path) -> None:
        place.gmetui.tell(f"Reading {clean(path.name)} …")
        place.run_worker(partial(_read, place, path), thread=True, exclusive=True, group="bring")

    pick_file(place.gmetui, "Bring in a list of yours, or an advisor's remarks", chosen)


def _read(place: AnnotatingPlace, path: Path) -> None:
    from ...importing.readers.tables import read_table

    app = place.gmetui
    try:
        table = read_table(path)
    except GmetuiError as error:
        app.call_from_thread(app.complain, str(error))
    except OSError as error:
        app.call_from_thread(app.complain, f"Cannot read {clean(str(path))}: {error.strerror}")
    else:
        app.call_from_thread(_Preview(place, clean(path.name), table).show)


class _Preview:
    """What would happen to the list. Nothing happens before it is said so."""

    def __init__(self, place: AnnotatingPlace, name: str, table: Table) -> None:
        self._place = place
        self._name = name
        self._table = table
        self._meant: dict[int, str] = {}
        self._bring()

    def _bring(self) -> None:
        from ...importing.shortlist_import import bring

        self._brought = bring(self._place.catalog, self._place.shortlist, self._table, self._meant)

    def show(self) -> None:
        """Show what would happen, doubtful rows first."""
        title = f"{self._name}: {len(self._table.records):,} rows"
        foot = "enter brings in, or settles a row · esc leaves it"
        self._place.gmetui.clear_notifications()
        self._place.gmetui.push_screen(Picker(title, foot, self._picks, self._chosen, stays=True))

    def _picks(self) -> list[Pick]:
        brought = self._brought
        counts = f"{len(brought.added)} new, {len(brought.changed)} changed, {brought.same} as they are"
        picks = [Pick("go", f"Bring in: {counts}, {len(brought.doubts)} in doubt", "", "▸")]
        for number, own in enumerate(brought.doubts):
            where = f"Row {own.number}: " if own.number else ""
            picks.append(Pick(f"?{number}", f"{where}{own.what}: {own.why}", "choose" if own.near else "", "?"))
        for words, sign, names in (
            ("new column", "≡", brought.columns),
            ("new", "+", brought.added),
            ("changed", "✎", brought.changed),
        ):
            picks += [Pick(f"{words}{number}", name, words, sign) for number, name in enumerate(names)]
        return picks

    def _chosen(self, pick: Pick, aside: bool) -> None:
        if pick.key == "go":
            self._go()
        elif pick.key.startswith("?"):
            doubt = self._brought.doubts[int(pick.key[1:])]
            if doubt.near:
                _choose(self._place, doubt, partial(self._settle, doubt))

    def _go(self) -> None:
        app, brought = self._place.gmetui, self._brought
        app.screen.dismiss()
        if brought.shortlist == self._place.shortlist:
            app.tell("Nothing in the file is different from your list.")
        elif app.change_list(brought.shortlist, f"brought in {self._name}"):
            app.tell(f"Brought in: {len(brought.added)} new, {len(brought.changed)} changed. u takes it back.")

    def _settle(self, doubt: Doubt, own: str) -> None:
        self._meant[doubt.number] = own
        self._bring()
        screen = self._place.gmetui.screen
        if isinstance(screen, Picker):
            screen.picks.remake()


def _choose(place: AnnotatingPlace, doubt: Doubt, settled: Callable[[str], None]) -> None:
    """Ask which program a row is."""

    def make() -> list[Pick]:
        programs = (place.catalog.program[ProgramId(own)] for own in doubt.near)
        return [Pick(own.id, own.name, place.catalog.institution[own.institution].short) for own in programs]

    def chosen(pick: Pick, aside: bool) -> None:
        settled(pick.key)

    foot = "enter: it is this one · esc leaves the row out"
    place.gmetui.push_screen(Picker(f"Row {doubt.number}: {doubt.what}", foot, make, chosen, stays=False))
