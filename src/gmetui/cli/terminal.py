"""What the terminal can do: its width, colors, and hyperlinks, and what the user asked for.

Color: `--color`, then NO_COLOR (no-color.org), CLICOLOR_FORCE and CLICOLOR (bixense.com/clicolors), FORCE_COLOR.
Hyperlinks: the terminals known to show OSC 8; FORCE_HYPERLINK=1 or 0 overrides, as in other command lines.
"""

from __future__ import annotations

import os
import sys

from ..lean_typing import IO, NamedTuple

_HYPERLINK_PROGRAMS = frozenset(("iTerm.app", "WezTerm", "vscode", "ghostty", "Hyper", "Tabby", "rio", "mintty"))
_HYPERLINK_TERMS = ("alacritty", "foot", "xterm-kitty", "xterm-ghostty", "wezterm", "contour")
_HYPERLINK_VARIABLES = ("WT_SESSION", "KITTY_WINDOW_ID", "KONSOLE_VERSION", "DOMTERM")
_COLUMNS, _LINES = 0, 1  # positions in the size of a terminal
_LEAST_VTE = 5000  # GNOME Terminal 3.26
_MAX_TEXT_WIDTH, _MIN_TEXT_WIDTH, _PIPE_WIDTH = 100, 40, 100


class OutputSettings(NamedTuple):
    """What the command line says about output."""

    color: str = "auto"  # or always, never
    uses_pager: bool = True
    is_quiet: bool = False


def is_terminal(stream: IO[str] | None) -> bool:
    """Tell whether a standard stream is a terminal. Python has None for one that was closed at the start."""
    return stream is not None and not stream.closed and stream.isatty()


def is_output_for_people() -> bool:
    """Tell whether standard output is read on a terminal; GMETUI_FORCE_TTY=1 says so for pipes."""
    return is_terminal(sys.stdout) or bool(os.environ.get("GMETUI_FORCE_TTY"))


def terminal_width() -> int:
    """Return the columns of the terminal: COLUMNS, or what the terminal says, or 80."""
    return _size("COLUMNS", _COLUMNS, 80)


def terminal_height() -> int:
    """Return the lines of the terminal: LINES, or what the terminal says, or 24."""
    return _size("LINES", _LINES, 24)


def _size(variable: str, position: int, fallback: int) -> int:
    """Return one side of the terminal as `shutil` does, which takes longer to import than all that is used here."""
    given = os.environ.get(variable, "")
    if given.isdecimal() and int(given):
        return int(given)
    try:
        return os.get_terminal_size(sys.__stdout__.fileno())[position] or fallback  # type: ignore[union-attr]
    except (AttributeError, ValueError, OSError):
        return fallback


def text_width() -> int:
    """Return how wide text is folded: as the terminal, up to what reads well; in a pipe always the same."""
    if not is_output_for_people() and not os.environ.get("COLUMNS"):
        return _PIPE_WIDTH
    return max(_MIN_TEXT_WIDTH, min(terminal_width(), _MAX_TEXT_WIDTH))


def wants_color(choice: str = "auto") -> bool:
    """Tell whether to use color on standard output; `choice` is the value of --color."""
    if choice != "auto":
        return choice == "always"
    if os.environ.get("NO_COLOR"):
        return False
    if any(os.environ.get(name, "0") not in ("", "0") for name in ("CLICOLOR_FORCE", "FORCE_COLOR")):
        return True
    if os.environ.get("CLICOLOR") == "0" or os.environ.get("TERM") == "dumb":
        return False
    return is_output_for_people()


def supports_hyperlinks() -> bool:
    """Tell whether the terminal of standard output shows hyperlinks (OSC 8)."""
    forced = os.environ.get("FORCE_HYPERLINK")
    if forced is not None:
        return forced not in ("", "0")
    if not is_terminal(sys.stdout) or os.environ.get("TERM") == "dumb":
        return False
    vte_version = os.environ.get("VTE_VERSION", "")
    return (
        os.environ.get("TERM_PROGRAM") in _HYPERLINK_PROGRAMS
        or os.environ.get("TERM", "").startswith(_HYPERLINK_TERMS)
        or any(os.environ.get(name) for name in _HYPERLINK_VARIABLES)
        or (vte_version.isdecimal() and int(vte_version) >= _LEAST_VTE)
    )
