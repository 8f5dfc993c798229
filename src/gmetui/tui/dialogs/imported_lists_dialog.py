"""Dialogs for imported program lists: adding one, updating it from a newer file, undoing and removing."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from ...errors import GmetuiError
from ...storage.import_store import ImportedList, ImportStore
from ...text import format_date, plural, sanitize
from ..context import AppContext
from ..widgets.option_list import ListOption
from .catalog_reload import reload_catalog
from .file_picker import choose_file
from .import_programs_dialog import preview_import
from .option_dialog import OptionDialog

NOT_IN_BROWSER = "Importing isn't available in the browser. Use `gmetui import FILE` instead."
_MAX_ERROR_LENGTH = 30


def choose_imported_list(context: AppContext) -> None:
    """Show the imported lists and what can be done with them."""
    if context.is_web:
        context.notify_status(NOT_IN_BROWSER)
        return
    store = ImportStore(context.session.paths.programs)
    imported_lists = {imported.name: imported for imported in store.lists()}
    options = [
        ListOption("", "Import a program list from a file …", "CSV, Excel, JSON, text", "+"),
        *(
            ListOption(imported.name, imported.title or imported.name, _summary(imported), "≡")
            for imported in imported_lists.values()
        ),
        *(ListOption(f"-{name}", f"Restore {name}", "removed", "↺") for name in store.removed_names()),
    ]

    def choose(option: ListOption) -> None:
        if not option.key:
            choose_file(context, "Import a program list", lambda path: preview_import(context, store, path, None))
        elif option.key.startswith("-"):
            _undo(context, store, option.key[1:])
        else:
            _show_list(context, store, imported_lists[option.key])

    context.open_dialog(OptionDialog("Imported program lists", "enter selects · esc closes", lambda: options, choose))


def _summary(imported: ImportedList) -> str:
    if imported.error:
        return imported.error[:_MAX_ERROR_LENGTH]
    return f"{plural(imported.program_count, 'program')} · {format_date(imported.as_of) or 'date unknown'}"


def _show_list(context: AppContext, store: ImportStore, imported: ImportedList) -> None:
    """Show one list and what can be done with it."""
    title = imported.title or imported.name
    imported_on = format_date(imported.imported_on) if imported.imported_on else "an unknown date"
    options = [
        ListOption("update", "Update from a newer file …", "shows what changed", "↻"),
        ListOption("undo", "Undo its last change", "", "↺"),
        ListOption("remove", "Remove", "can be restored", "−"),
        ListOption("", f"From {imported.source_file or 'an unknown file'}, imported on {imported_on}"),
        ListOption("", f"Published at: {imported.url or 'not stated'}"),
    ]

    def choose(option: ListOption) -> None:
        if option.key == "update":
            choose_file(
                context, f"A newer file of {title}", lambda path: preview_import(context, store, path, imported)
            )
        elif option.key == "undo":
            _undo(context, store, imported.name)
        elif option.key == "remove":
            _change(context, partial(store.remove, imported.name), f"Removed {title}")

    heading = sanitize(f"{title}: {_summary(imported)}")
    context.open_dialog(OptionDialog(heading, "enter selects · esc closes", lambda: options, choose))


def _undo(context: AppContext, store: ImportStore, name: str) -> None:
    if not store.can_undo(name):
        context.notify_status(f"Nothing to undo: {name} has no previous version.")
        return
    _change(context, partial(store.undo, name), f"Undid the last change of {name}; doing it again reverts this")


def _change(context: AppContext, change: Callable[[], object], message: str) -> None:
    """Change the files of the imported lists, and load the programs again."""
    try:
        change()
    except GmetuiError as error:
        context.notify_error(str(error))
        return
    reload_catalog(context, message)
