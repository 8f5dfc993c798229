"""Changes to the profile: every key is asked for with a dialog of its own, and every answer is saved at once."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from ..errors import GmetuiError
from ..planning.profile_edits import EditValue, ProfileKey, profile_key
from ..storage.paths import Paths
from ..storage.profiles import StoredProfile, remove_entry, set_value
from .context import AppContext
from .dialogs.option_dialog import OptionDialog
from .dialogs.profile_file_dialog import choose_profile, edit_profile_file
from .dialogs.profile_values import ValueQuestion, ask_value
from .open_profile import ChangeProfile, OpenProfile
from .profile_entries import TABLE_NAMES
from .profile_entry_editor import ONLY_CERTIFICATE, EntryPlace, ProfileEntryEditor
from .widgets.option_list import ListOption

QUESTION_SIGN = "?"  # before the key of a row that asks for something
_ENTRY = re.compile(r"(\w+)\[(\d+)\]")
#: Titles of the dialogs for keys whose label says too little on its own.
_TITLES: Mapping[str, str] = {
    "school_country": "Country of your school",
    "visa.needed": "Do you need a visa to train?",
    "visa.will_take": "Visas you would take, the best first",
    "visa.in_us_as": "In the US now as",
    "letters": "Letters of recommendation",
    "home": "Hospitals where you study, trained, or did a rotation",
    "aim.start": "Start of the training",
    "aim.kind": "Applying for",
    "aim.specialties": "Specialties that you apply for",
}


class ProfileEditor:
    """Asks for what the profile tells. `run_outside` runs a program in the terminal and returns its result."""

    def __init__(self, context: AppContext, run_outside: Callable[[Callable[[], str]], str]) -> None:
        self._context = context
        self._entries = ProfileEntryEditor(context)
        self._run_outside = run_outside

    @property
    def _open_profile(self) -> OpenProfile:
        return self._context.session.profile

    # One row.

    def edit(self, row_key: str) -> None:
        """Ask for what a row of the page is about."""
        entry = _ENTRY.fullmatch(row_key)
        if self._is_refused():
            return
        if row_key.startswith(QUESTION_SIGN):
            self._answer(*row_key[1:].partition(":")[::2])
        elif entry:
            self._entries.edit(EntryPlace(entry[1], int(entry[2])))
        elif row_key in TABLE_NAMES:
            self._ask_table(row_key)
        else:
            self._edit_value(row_key)

    def _is_refused(self) -> bool:
        """Refuse to change a file with mistakes in it: they are to be corrected first."""
        if self._open_profile.problem:
            self._context.notify_error("Correct the file first: o opens it.")
        return bool(self._open_profile.problem)

    def forget(self, row_key: str) -> None:
        """Remove what a row tells."""
        entry = _ENTRY.fullmatch(row_key)
        if self._is_refused():
            return
        if row_key.startswith(QUESTION_SIGN) or not row_key:
            self._context.notify_status("Nothing is told here.")
        elif entry:
            self._save(
                lambda user_files, name: remove_entry(user_files, name, entry[1], int(entry[2])), "Removed the entry"
            )
        else:
            key = profile_key(row_key)
            self._save(
                lambda user_files, name: set_value(user_files, name, key.path, None), f"Removed “{key.field.label}”"
            )

    def _save(self, change: ChangeProfile, message: str) -> None:
        problem = self._open_profile.edit(change)
        if problem is not None:
            self._context.notify_error(problem)
        else:
            self._context.notify_status(f"{message}; u undoes it.")

    def _edit_value(self, path: str) -> None:
        key = profile_key(path)
        title = _TITLES.get(path, key.field.label)
        ask_value(self._context, ValueQuestion(key.field, title, self._value(key), partial(self._set, key)))

    def _value(self, key: ProfileKey) -> Any:
        value: Any = self._open_profile.stored.profile
        for step in key.path:
            value = getattr(value, step, None)
        return value

    def _set(self, key: ProfileKey, value: EditValue | None) -> str | None:
        """Write a value; without a need for a visa, none would do."""
        clears_visas = key.path == ("visa", "needed") and value is False

        def change(user_files: Paths, name: str) -> StoredProfile:
            if clears_visas:
                set_value(user_files, name, ("visa", "will_take"), None)
            return set_value(user_files, name, key.path, value)

        return self._open_profile.edit(change)

    def _answer(self, key: str, finer: str) -> None:
        """Ask for what would change an answer."""
        if key == "exam" and finer:
            name = finer.removesuffix(" attempts").removesuffix(" score")
            place = self._entries.place_of("exam", name)
            if place is None or name == finer:
                self._entries.ask_state("exam", name)
            else:
                self._entries.edit_value(place, finer.rpartition(" ")[2])
        elif key == "certificate":
            self._entries.ask_state(key, ONLY_CERTIFICATE)
        elif key == "visa":
            self._edit_value(f"visa.{finer}" if finer else "visa.needed")
        elif finer == "earlier":
            self._entries.add(key)
        elif key in TABLE_NAMES and self._entries.entries(key):
            self._entries.edit(EntryPlace(key, len(self._entries.entries(key)) - 1))
        elif key in TABLE_NAMES:
            self._ask_table(key)
        else:
            self._edit_value(key)

    # Entries.

    def _ask_table(self, table_name: str) -> None:
        """Ask for the first entry of a table, or whether there is none."""
        name = TABLE_NAMES[table_name]
        options = [
            ListOption("add", f"Add {_with_article(name)}", "", "+"),
            ListOption("none", "I have none", "you have none", "−"),
        ]

        def choose(option: ListOption) -> None:
            if option.key == "add":
                self._entries.add(table_name)
            else:
                self._save(
                    lambda user_files, profile_name: set_value(user_files, profile_name, (table_name,), []),
                    f"Saved: no {name}",
                )

        self._ask(f"{name[:1].upper()}{name[1:]}", options, choose)

    def add(self) -> None:
        """Ask what to add."""
        if not self._is_refused():
            options = [
                ListOption(table_name, f"{name[:1].upper()}{name[1:]}", "", "+")
                for table_name, name in TABLE_NAMES.items()
            ]
            self._ask("Add to your profile", options, lambda option: self._entries.add(option.key))

    def _ask(self, title: str, options: list[ListOption], choose: Callable[[ListOption], None]) -> None:
        self._context.open_dialog(OptionDialog(title, "enter selects · esc cancels", lambda: options, choose))

    # The whole profile.

    def step(self, step: int) -> None:
        """Undo the last change (-1), or redo it (1)."""
        try:
            has_changed = self._open_profile.undo() if step < 0 else self._open_profile.redo()
        except GmetuiError as error:
            self._context.notify_error(str(error))
            return
        done = "Undone" if step < 0 else "Done again"
        self._context.notify_status(f"{done}." if has_changed else "No change to your profile to go back to.")

    def open_file(self) -> None:
        """Open the file in the user's editor, or in a dialog where there is none."""
        edit_profile_file(self._context, self._run_outside)

    def choose_profile(self) -> None:
        """Open another profile, or make one by typing its name."""
        choose_profile(self._context)


def _with_article(noun: str) -> str:
    if noun in ("training", "clinical experience"):
        return noun
    return f"an {noun}" if noun[0] in "aeiou" else f"a {noun}"
