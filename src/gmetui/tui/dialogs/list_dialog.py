"""The dialog that opens or creates a shortlist."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Sequence
from functools import partial

from ...errors import GmetuiError
from ...storage.paths import require_slug
from ...storage.shortlist_store import list_names
from ...text import is_slug
from ..context import AppContext
from ..widgets.option_list import ListOption
from .option_dialog import OptionDialog

_NOT_IN_SLUG = re.compile(r"[^a-z0-9]+")


def choose_list(context: AppContext) -> None:
    """Open another shortlist, or create one by typing its name."""
    session = context.session
    try:
        saved_names = list_names(session.paths.shortlists)
    except GmetuiError as error:
        context.notify_error(str(error))
        return

    def load_options() -> list[ListOption]:
        names = dict.fromkeys([*saved_names, session.store.name, "default"])
        return [ListOption(name, name, "open" if name == session.store.name else "", "≡") for name in names]

    def open_list(option: ListOption) -> None:
        if not option.key:
            context.notify_error(option.label)
            return
        try:
            session.switch_list(option.key)
        except GmetuiError as error:
            context.notify_error(str(error))

    context.open_dialog(
        OptionDialog(
            "Your lists",
            "enter opens or creates · esc closes",
            load_options,
            open_list,
            search_more=partial(_new_lists, saved_names),
            placeholder="type the name of a new list, or find one",
            start_key=session.store.name,
        )
    )


def _new_lists(saved_names: Collection[str], typed_text: str) -> Sequence[ListOption]:
    """Offer a new list of the typed name, or say why there can be none."""
    name = slug_of(typed_text)
    if name in saved_names or not is_slug(name):
        return ()
    try:
        require_slug(name)
    except GmetuiError as error:
        return (ListOption("", str(error).removeprefix("gmetui: "), "", "−"),)
    return (ListOption(name, name, "new list", "+"),)


def slug_of(list_name: str) -> str:
    """Return a name that can be a file name: lower case, without accents, words joined by hyphens."""
    plain = unicodedata.normalize("NFKD", list_name).encode("ascii", "ignore").decode().casefold()
    return _NOT_IN_SLUG.sub("-", plain).strip("-")
