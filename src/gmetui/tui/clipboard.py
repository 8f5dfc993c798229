"""Copying: by the system's own clipboard where it is this machine's, and by the terminal's otherwise."""

from __future__ import annotations

import os
from typing import Any

from textual.app import App

_AFAR = ("SSH_CONNECTION", "SSH_TTY", "SSH_CLIENT")


def copy(app: App[Any], text: str) -> str:
    """Copy `text` and return an honest word on where it went.

    A terminal is asked by OSC 52, which some refuse without saying so (Terminal.app, tmux unless it is told to allow
    it). Over SSH the system's clipboard would be the wrong machine's.
    """
    app.copy_to_clipboard(text)
    if app.is_web:
        return "Copied"
    if not any(os.environ.get(name) for name in _AFAR) and _copied_here(text):
        return "Copied"
    return "Sent to the terminal's clipboard (not every terminal takes it; e writes a file)"


def _copied_here(text: str) -> bool:
    import pyperclip

    try:
        pyperclip.copy(text)
    except (pyperclip.PyperclipException, OSError):
        return False
    return True
