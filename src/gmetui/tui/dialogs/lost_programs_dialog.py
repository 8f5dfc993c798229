"""The dialog that offers to restore a list whose file lost programs outside gmetui."""

from __future__ import annotations

from ...storage.lost_programs import LostPrograms
from ...text import plural
from ..context import AppContext
from ..widgets.option_list import ListOption
from .option_dialog import OptionDialog


def offer_restoring(context: AppContext, lost: LostPrograms) -> None:
    """Say that a list file lacks programs of the last version, and offer that version."""
    session = context.session
    count = plural(lost.program_count, "program")
    options = (
        ListOption("restore", f"Restore version {lost.revision} ({count})", "u undoes it", "↺"),
        ListOption("keep", "Leave the list as it is", "H in the shortlist restores it later", "·"),
    )

    def choose(option: ListOption) -> None:
        if option.key == "keep":
            return
        version = session.store.version(lost.revision) if session.store.name == lost.list_name else None
        if version is None:
            context.notify_error("That version can no longer be read.")
        elif session.save_shortlist(version, f"restored version {lost.revision}"):
            context.notify_status(f"Restored version {lost.revision} with {count}; u undoes it.")

    missing = (
        f"{lost.missing_count:,} of {count} are gone" if lost.missing_count else "The list file is an older version"
    )
    title = f"{missing}: list “{lost.list_name}” was changed outside gmetui"
    context.open_dialog(OptionDialog(title, "enter selects · esc closes", lambda: options, choose))
