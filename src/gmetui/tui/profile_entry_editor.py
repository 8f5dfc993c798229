"""Changes to the entries of a profile: exams, certificates, training, licenses, and clinical experience."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, NamedTuple

from ..catalog.schema import Field, fields_of
from ..planning.exam_findings import short_exam_name
from ..planning.profile_edits import NAME_KEYS, EditValue, profile_key
from ..storage.profiles import add_entry, change_entry, remove_entry
from .context import AppContext
from .dialogs.option_dialog import OptionDialog
from .dialogs.profile_entry_dialog import EntryActions, entry_title, open_entry
from .dialogs.profile_values import ValueQuestion, ask_value
from .open_profile import OpenProfile
from .profile_entries import ENTRY_STATES, TABLE_NAMES, EntryState
from .widgets.option_list import ListOption

ONLY_CERTIFICATE = "ECFMG"
#: What an exam that isn't passed has no longer.
_OF_A_PASS: Mapping[str, EditValue | None] = {"score": None}


class EntryPlace(NamedTuple):
    """Where an entry is: its table, and its position there, counted from 0."""

    table_name: str
    position: int


def _nothing() -> None:
    """Do nothing."""


class ProfileEntryEditor:
    """Asks for what entries tell, and saves each answer at once."""

    def __init__(self, context: AppContext) -> None:
        self._context = context

    @property
    def _open_profile(self) -> OpenProfile:
        return self._context.session.profile

    def entries(self, table_name: str) -> tuple[Any, ...]:
        """Return the entries of a table."""
        return getattr(self._open_profile.stored.profile, table_name) or ()

    def entry(self, entry_place: EntryPlace) -> Any:
        """Return an entry, None once it is gone."""
        entries = self.entries(entry_place.table_name)
        return entries[entry_place.position] if entry_place.position < len(entries) else None

    def place_of(self, table_name: str, name: str) -> EntryPlace | None:
        """Return where the entry of a name is."""
        names = [getattr(each, NAME_KEYS[table_name]) for each in self.entries(table_name)]
        return EntryPlace(table_name, names.index(name)) if name in names else None

    # New entries.

    def add(self, table_name: str) -> None:
        """Ask for the name of a new entry, then for what belongs to it."""
        if table_name == "certificate":
            self.ask_state(table_name, ONLY_CERTIFICATE)
            return
        field = _field(table_name, NAME_KEYS[table_name])
        title = "Which exam" if table_name == "exam" else f"{field.label} of the {TABLE_NAMES[table_name]}"
        ask_value(self._context, ValueQuestion(field, title, None, partial(self._start, table_name)))

    def _start(self, table_name: str, value: EditValue | None) -> str | None:
        """Begin an entry of a name; ask for the remaining keys once the dialog of the name is closed."""
        if table_name == "exam":
            self._context.call_later(self.ask_state, table_name, str(value))
            return None
        entry = {NAME_KEYS[table_name]: value or ""}
        problem = self._open_profile.edit(lambda user_files, name: add_entry(user_files, name, table_name, entry))
        if problem is None:
            entry_place = self.place_of(table_name, str(value)) if table_name == "license" else None
            self._context.call_later(
                self.edit, entry_place or EntryPlace(table_name, len(self.entries(table_name)) - 1)
            )
        return problem

    # Changing entries.

    def edit(self, entry_place: EntryPlace) -> None:
        """Show what an entry tells, to be changed."""
        table_name = entry_place.table_name
        name = str(getattr(self.entry(entry_place), NAME_KEYS[table_name]))
        actions = EntryActions(
            lambda: self.entry(entry_place),
            lambda on_saved: self.ask_state(table_name, name, on_saved),
            lambda key, on_saved: self.edit_value(entry_place, key, on_saved),
            lambda: self._remove(entry_place),
        )
        open_entry(self._context, table_name, actions)

    def edit_value(self, entry_place: EntryPlace, key: str, on_saved: Callable[[], None] = _nothing) -> None:
        """Ask for one key of an entry."""
        entry, field = self.entry(entry_place), _field(entry_place.table_name, key)
        title = f"{field.label} · {entry_title(self._context.catalog, entry, entry_place.table_name)}"
        save = partial(self._change, entry_place, key)
        ask_value(self._context, ValueQuestion(field, title, getattr(entry, key), save, on_saved))

    def _change(self, entry_place: EntryPlace, key: str, value: EditValue | None) -> str | None:
        return self._open_profile.edit(
            lambda user_files, name: change_entry(user_files, name, *entry_place, {key: value})
        )

    def _remove(self, entry_place: EntryPlace) -> None:
        problem = self._open_profile.edit(lambda user_files, name: remove_entry(user_files, name, *entry_place))
        if problem is not None:
            self._context.notify_error(problem)

    # How an exam or a certificate stands.

    def ask_state(self, table_name: str, name: str, on_saved: Callable[[], None] = _nothing) -> None:
        """Ask how an exam or a certificate stands, and for its date."""
        entry_place = self.place_of(table_name, name)
        entry = self.entry(entry_place) if entry_place else None
        states = {entry_state.key: entry_state for entry_state in ENTRY_STATES[table_name]}
        options = [
            ListOption(
                entry_state.key,
                entry_state.label,
                entry_state.detail,
                "✓" if getattr(entry, entry_state.key, None) is not None else "·",
            )
            for entry_state in states.values()
        ]

        def choose(option: ListOption) -> None:
            entry_state = states[option.key]
            if entry_state.has_date:
                self._ask_date(table_name, name, entry_state, on_saved)
                return
            problem = self._save_state(table_name, name, entry_state.key, False)
            if problem is not None:
                self._context.notify_error(problem)
            on_saved()

        footer = "enter selects · esc cancels"
        start_key = next((option.key for option in options if option.sign == "✓"), "")
        dialog = OptionDialog(short_exam_name(name), footer, lambda: options, choose, start_key=start_key)
        self._context.open_dialog(dialog)

    def _ask_date(self, table_name: str, name: str, entry_state: EntryState, on_saved: Callable[[], None]) -> None:
        entry_place = self.place_of(table_name, name)
        current = getattr(self.entry(entry_place), entry_state.key) if entry_place else None
        title = f"{short_exam_name(name)} {entry_state.label.lower()}"
        save = partial(self._save_state, table_name, name, entry_state.key)
        ask_value(self._context, ValueQuestion(_field(table_name, entry_state.key), title, current, save, on_saved))

    def _save_state(self, table_name: str, name: str, key: str, value: EditValue | None) -> str | None:
        """Write how an exam or a certificate stands, in place of how it stood."""
        entry_place = self.place_of(table_name, name)
        if entry_place is None:
            if value is None:
                return "Write the date."
            entry: dict[str, EditValue] = {NAME_KEYS[table_name]: name, key: value}
            return self._open_profile.edit(
                lambda user_files, profile_name: add_entry(user_files, profile_name, table_name, entry)
            )
        changes = {entry_state.key: None for entry_state in ENTRY_STATES[table_name]} | {key: value}
        if table_name == "exam" and key != "passed":
            changes |= _OF_A_PASS
        return self._open_profile.edit(
            lambda user_files, profile_name: change_entry(user_files, profile_name, *entry_place, changes)
        )


def _field(table_name: str, key: str) -> Field:
    """Return the field of a key of a table's entries."""
    item_type = profile_key(table_name).field.item_type
    assert item_type is not None
    return next(field for field in fields_of(item_type) if field.key == key)
