"""Closing a dialog once. Keys and clicks that were typed ahead reach it after it was closed, and are ignored."""

from __future__ import annotations

from typing import TypeVar

from textual.screen import ModalScreen

Result = TypeVar("Result")


def is_on_top(dialog: ModalScreen[Result]) -> bool:
    """Tell whether a dialog is open and no other one covers it."""
    stack = dialog.app.screen_stack
    return bool(stack) and stack[-1] is dialog


def close_dialog(dialog: ModalScreen[Result], result: Result | None = None) -> bool:
    """Close a dialog and return True, or return False if it is closed or covered already.

    Textual's `dismiss` closes whatever is on top, which ends the application if that is its only screen.
    """
    if not is_on_top(dialog):
        return False
    dialog.dismiss(result)
    return True
