"""Copying through the system's clipboard on a local machine, and through the terminal otherwise."""

from __future__ import annotations

import os
from typing import Any

from textual.app import App

_SSH_VARIABLES = ("SSH_CONNECTION", "SSH_TTY", "SSH_CLIENT")


def copy_text(app: App[Any], text: str) -> str:
    """Copy `text` and return a phrase that says where it went.

    The terminal gets it as OSC 52, which some ignore without an error (Terminal.app, tmux by default). Over SSH the
    system's clipboard would be that of the wrong machine.
    """
    app.copy_to_clipboard(text)
    is_remote = any(os.environ.get(name) for name in _SSH_VARIABLES)
    if app.is_web or (not is_remote and _copy_to_system(text)):
        return "Copied"
    return "Copied via the terminal (some terminals block this; press e to export instead)"


def _copy_to_system(text: str) -> bool:
    import pyperclip

    try:
        pyperclip.copy(text)
    except (pyperclip.PyperclipException, OSError):
        return False
    return True
