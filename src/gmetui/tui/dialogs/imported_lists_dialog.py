"""Lists of programs that a person brings in: which there are, a new one or a newer file, and taking one away."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from ...errors import GmetuiError
from ...storage.import_store import Brought, Imports
from ...text import clean
from ..widgets.option_list import Pick
from .file_picker import pick_file
from .import_programs_dialog import preview
from .pickers import Picker
from .progress_dialog import Working

if TYPE_CHECKING:
    from ..app import GmetuiApp


def pick_import(app: GmetuiApp) -> None:
    """Show the lists that were brought in, and what can be done with them."""
    if app.is_web:
        app.tell("A browser cannot bring in files of this machine; `gmetui import FILE` does.")
        return
    store = Imports(app.paths.programs, app.paths.columns)
    all_brought = {own.name: own for own in store.all()}

    def make() -> list[Pick]:
        picks = [Pick("", "Add a list of programs from a file …", "CSV, Excel, JSON, text", "+")]
        picks += [Pick(own.name, own.title or own.name, _words(own), "≡") for own in all_brought.values()]
        return picks + [Pick(f"-{name}", f"Bring back {name}", "removed", "↺") for name in store.removed()]

    def chosen(pick: Pick, aside: bool) -> None:
        if not pick.key:
            pick_file(app, "Add a list of programs", lambda path: preview(app, store, path, None))
        elif pick.key.startswith("-"):
            _undo(app, store, pick.key[1:])
        else:
            _about(app, store, all_brought[pick.key])

    app.push_screen(
        Picker("Lists of programs that you brought in", "enter chooses · esc closes", make, chosen, stays=False)
    )


def _words(own: Brought) -> str:
    return own.trouble[:30] or f"{own.programs:,} programs · {own.as_of or 'undated'}"


def _about(app: GmetuiApp, store: Imports, own: Brought) -> None:
    """Show what one list is, and what can be done with it."""

    def make() -> list[Pick]:
        return [
            Pick("newer", "Bring in a newer file of it …", "shows what changed", "↻"),
            Pick("undo", "Take the last change of it back", "", "↺"),
            Pick("remove", "Take it away", "can be brought back", "−"),
            Pick("", f"From {own.file or 'a file'}, brought in {own.brought or 'some day'}"),
            Pick("", f"Published at {own.url or 'an address that is not stated'}"),
        ]

    def chosen(pick: Pick, aside: bool) -> None:
        if pick.key == "newer":
            pick_file(app, f"A newer file of {own.title or own.name}", lambda path: preview(app, store, path, own))
        elif pick.key == "undo":
            _undo(app, store, own.name)
        elif pick.key == "remove":
            _change(app, partial(store.remove, own.name), f"Took away {own.title or own.name}")

    title = f"{own.title or own.name}: {_words(own)}"
    app.push_screen(Picker(clean(title), "enter chooses · esc closes", make, chosen, stays=False))


def _undo(app: GmetuiApp, store: Imports, name: str) -> None:
    if not store.can_undo(name):
        app.tell(f"{name} has no former state.")
        return
    _change(app, partial(store.undo, name), f"{name} is as it was before; the same again takes that back")


def _change(app: GmetuiApp, change: Callable[[], object], words: str) -> None:
    try:
        change()
    except GmetuiError as error:
        app.complain(str(error))
        return
    read_again(app, words)


def read_again(app: GmetuiApp, words: str) -> None:
    """Read all programs anew, beside the screen, and go on with them."""
    complaints: list[str] = []

    def work(report: Callable[[int], None]) -> object:
        from ...search.engine import index_of

        catalog = app.read_programs(complain=complaints.append)
        index_of(catalog)
        return catalog

    def done(catalog: object) -> None:
        app.renew(catalog)  # type: ignore[arg-type]
        app.tell(f"{words}. {len(app.catalog.programs):,} programs in all.")
        for complaint in complaints:
            app.complain(complaint)

    app.push_screen(Working("Reading the programs", work, done, app.complain))
