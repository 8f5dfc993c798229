"""What one entry of a profile tells: an exam, a training, a license, to be changed key by key."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from msgspec import Struct

from ...catalog.catalog import Catalog
from ...catalog.countries import country_name
from ...catalog.schema import Field, fields_of
from ...catalog.us_states import STATES
from ...planning.exam_findings import short_exam_name
from ...planning.fit_words import NOT_ANSWERED
from ...planning.profile_edits import NAME_KEYS
from ...text import format_date
from ..context import AppContext
from ..profile_entries import ENTRY_STATES, entry_label
from ..widgets.option_list import ListOption
from .dismissal import close_dialog
from .option_dialog import OptionDialog
from .profile_values import choice_label

_STATE, _REMOVE = "?state", "?remove"  # no keys of an entry
_UNSCORED_EXAM = "USMLE Step 1"  # has no score that programs see


class EntryActions(NamedTuple):
    """What can be done with an entry: `entry` returns it, None once it is gone; the others ask, or remove it.

    `ask_state` and `ask_value` call a function once an answer is saved.
    """

    entry: Callable[[], Any]
    ask_state: Callable[[Callable[[], None]], None]
    ask_value: Callable[[str, Callable[[], None]], None]
    remove: Callable[[], None]


def open_entry(context: AppContext, table_name: str, actions: EntryActions) -> None:
    """Show the keys of an entry; each opens a dialog of its own."""
    catalog = context.catalog
    has_state = table_name in ENTRY_STATES
    hidden_keys = [NAME_KEYS[table_name], *(state.key for state in ENTRY_STATES[table_name])] if has_state else []

    def load_options() -> list[ListOption]:
        entry_value = actions.entry()
        if entry_value is None:
            return []
        return [
            *([ListOption(_STATE, "Status", _state_text(entry_value, table_name), "·")] if has_state else []),
            *(
                ListOption(field.key, field.label, value_text(catalog, field, getattr(entry_value, field.key)), "·")
                for field in _shown_fields(entry_value, hidden_keys)
            ),
            ListOption(_REMOVE, "Remove this entry", "", "−"),
        ]

    def choose(option: ListOption) -> None:
        if option.key == _REMOVE:
            close_dialog(dialog)
            actions.remove()
        elif option.key == _STATE:
            actions.ask_state(dialog.reload)
        else:
            actions.ask_value(option.key, dialog.reload)

    title = entry_title(catalog, actions.entry(), table_name)
    dialog = OptionDialog(title, "enter changes · esc closes", load_options, choose, keep_open=True)
    context.open_dialog(dialog)


def _shown_fields(entry_value: Struct, hidden_keys: list[str]) -> list[Field]:
    """Return the fields to ask for; Step 1 has no score."""
    is_pass_or_fail = getattr(entry_value, "name", "") == _UNSCORED_EXAM
    return [
        field
        for field in fields_of(type(entry_value))
        if field.key not in hidden_keys and not (is_pass_or_fail and field.key == "score")
    ]


def entry_title(catalog: Catalog, entry_value: Any, table_name: str) -> str:
    """Return what an entry is called, as people read it: "Step 1", "Cardiac Surgery"."""
    label = entry_label(entry_value, table_name)
    if table_name == "exam":
        return short_exam_name(label)
    specialty = catalog.specialty.get(label)
    return specialty.label if specialty else STATES.get(label) or choice_label(label)


def _state_text(entry_value: Any, table_name: str) -> str:
    for state in ENTRY_STATES[table_name]:
        value = getattr(entry_value, state.key)
        if value is not None:
            return f"{state.label.lower()} {format_date(value)}" if state.has_date else state.label.lower()
    return NOT_ANSWERED


def value_text(catalog: Catalog, field: Field, value: Any) -> str:
    """Return a value of an entry as people read it."""
    if value is None:
        return NOT_ANSWERED
    if field.shape == "flag":
        return "yes" if value else "no"
    if field.shape == "partial date":
        return format_date(value)
    if field.key == "country":
        return country_name(value)
    if field.key == "state":
        return STATES.get(value, value)
    named = catalog.specialty.get(value) if field.key == "specialty" else None
    if field.key == "program" and value in catalog.program:
        return catalog.title_of(catalog.program[value])
    return named.label if named else choice_label(str(value)) if field.choices else str(value)
