"""The dialogs that open from everywhere. Each is imported when it is first opened."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .context import AppContext


def _show_dates(context: AppContext) -> None:
    from .dialogs.dates_dialog import show_dates

    show_dates(context)


def _choose_list(context: AppContext) -> None:
    from .dialogs.list_dialog import choose_list

    choose_list(context)


def _choose_saved_search(context: AppContext) -> None:
    from .dialogs.query_dialogs import choose_saved_search

    choose_saved_search(context)


def _choose_imported_list(context: AppContext) -> None:
    from .dialogs.imported_lists_dialog import choose_imported_list

    choose_imported_list(context)


def _show_profile(context: AppContext) -> None:
    """Go to the page of the reader's profile, unless others may look on."""
    from .screens.plan_screen import PlanScreen

    if not context.session.profile.is_offered:
        context.notify_status("Your profile isn't used here: others may look on.")
        return
    context.action_open_screen("plan")
    if isinstance(context.screen, PlanScreen):
        context.screen.show_profile()


def _open_palette(context: AppContext) -> None:
    from .dialogs.command_palette import open_palette

    open_palette(context)


def _choose_theme(context: AppContext) -> None:
    from .dialogs.theme_dialog import choose_theme

    choose_theme(context)


def _show_help(context: AppContext) -> None:
    from .dialogs.help_dialog import show_help

    show_help(context)


#: By the names in the commands of `actions`.
GLOBAL_DIALOGS: Mapping[str, Callable[[AppContext], None]] = {
    "dates": _show_dates,
    "lists": _choose_list,
    "profile": _show_profile,
    "saved-searches": _choose_saved_search,
    "imported-lists": _choose_imported_list,
    "palette": _open_palette,
    "theme": _choose_theme,
    "help": _show_help,
}
