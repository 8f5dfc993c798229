"""Dialogs with the earlier versions of the shortlist: what changed between two, and restoring one."""

from __future__ import annotations

from datetime import datetime

from ...shortlist.diff import differences
from ...shortlist.entries import Shortlist
from ...storage.list_history import Version
from ...storage.shortlist_store import ShortlistStore
from ...text import format_date, plural
from ..shortlist_editor import ShortlistEditor
from ..widgets.option_list import ListOption
from .dismissal import close_dialog
from .option_dialog import OptionDialog


def choose_version(editor: ShortlistEditor) -> None:
    """Choose a version to see what has changed since then; ctrl+x selects one to compare another one with."""
    open_list = editor.context.session.open_list
    open_list.read_beside(lambda store: store.versions(), lambda versions: _show_versions(editor, versions))


def _show_versions(editor: ShortlistEditor, all_versions: list[Version]) -> None:
    versions = {str(version.revision): version for version in all_versions}
    if not versions:
        editor.context.notify_status("No earlier versions yet; every change creates one.")
        return
    selected_key: str | None = None

    def load_options() -> list[ListOption]:
        return [
            ListOption(
                version_key,
                f"{_saved_at(version)}  {version.change}",
                plural(version.program_count, "program"),
                "↔" if version_key == selected_key else " ",
            )
            for version_key, version in versions.items()
        ]

    def show(option: ListOption) -> None:
        other = versions[selected_key] if selected_key not in (None, option.key) else None
        _show_differences(editor, versions[option.key], other, dialog)

    def select(option: ListOption) -> None:
        nonlocal selected_key
        selected_key = None if option.key == selected_key else option.key

    footer = "enter shows changes since · ctrl+x compares with this · esc closes"
    dialog = OptionDialog("History", footer, load_options, show, on_alternate=select, keep_open=True)
    editor.context.open_dialog(dialog)


def _saved_at(version: Version) -> str:
    """Return when a version was saved, in local time."""
    try:
        saved_at = datetime.fromisoformat(version.saved_at).astimezone()
    except ValueError:
        return version.saved_at
    return f"{format_date(saved_at.date().isoformat())} {saved_at:%H:%M}"


def _show_differences(editor: ShortlistEditor, version: Version, other: Version | None, history: OptionDialog) -> None:
    """Show the differences between a version and another one, or the current list.

    Restoring the version closes the `history` dialog.
    """
    earlier, later = sorted((version, other), key=lambda each: each.revision) if other else (version, None)

    def read(store: ShortlistStore) -> tuple[Shortlist | None, Shortlist | None]:
        return store.version(earlier.revision), store.version(later.revision) if later else editor.shortlist

    def show(lists: tuple[Shortlist | None, Shortlist | None]) -> None:
        old, new = lists
        if old is None or new is None:
            editor.context.notify_error("That version can no longer be read.")
        else:
            _show_comparison(editor, (earlier, later), (old, new), history)

    editor.context.session.open_list.read_beside(read, show)


def _show_comparison(
    editor: ShortlistEditor,
    versions: tuple[Version, Version | None],
    lists: tuple[Shortlist, Shortlist],
    history: OptionDialog,
) -> None:
    """Show the differences between two lists; without a later version, the second is the current list."""
    (version, later), (old, new) = versions, lists
    lines = differences(old, new) or ["No differences."]
    options = [ListOption(f"={index}", f"{line[:1].upper()}{line[1:]}") for index, line in enumerate(lines)]
    if later is None:
        label = f"Restore this version ({plural(version.program_count, 'program')})"
        options.insert(0, ListOption("restore", label, "u undoes it", "↺"))

    def choose(option: ListOption) -> None:
        if option.key == "restore":
            close_dialog(history)
            _restore(editor, version, old)

    title = f"{_saved_at(version)} compared with {_saved_at(later) if later else 'now'}"
    editor.context.open_dialog(OptionDialog(title, "esc closes", lambda: options, choose))


def _restore(editor: ShortlistEditor, version: Version, shortlist: Shortlist) -> None:
    if editor.save(shortlist, f"restored version {version.revision}"):
        editor.context.notify_status(f"Restored the list of {_saved_at(version)}; u undoes it.")
