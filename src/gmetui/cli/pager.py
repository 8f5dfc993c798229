"""Long pages in the user's pager, as Git and gh show them: GMETUI_PAGER, PAGER, or less.

An empty value and "cat" turn it off. Without LESS and LV in the environment, less quits where the page fits, shows
color and links, and leaves the page on the screen.
"""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys

_PAGER_ENVIRONMENT = {"LESS": "FRX", "LV": "-c", "LESSCHARSET": "utf-8"}
_NO_PAGERS = ("", "cat")


def pager_command() -> list[str]:
    """Return the pager and its arguments, or nothing where there is none."""
    names = ("GMETUI_PAGER", "PAGER")
    line = next((os.environ[name] for name in names if name in os.environ), None)
    if line is None:
        less = shutil.which("less")
        return [less] if less else []
    if line.strip() in _NO_PAGERS:
        return []
    try:
        command = shlex.split(line, posix=os.name == "posix")
    except ValueError:  # an open quotation mark
        return []
    return command if shutil.which(command[0]) else []


def show_in_pager(text: str, command: list[str]) -> bool:
    """Show a text in the pager until the user leaves it. Returns whether the pager could be started."""
    environment = {**_PAGER_ENVIRONMENT, **os.environ}
    encoding = getattr(sys.stdout, "encoding", None) or "utf-8"
    try:
        process = subprocess.Popen(command, stdin=subprocess.PIPE, env=environment)  # noqa: S603  # the user chose it
    except OSError:
        return False
    try:
        process.communicate(text.encode(encoding, "replace"))
    except BrokenPipeError:
        pass  # the user left before the end
    except KeyboardInterrupt:
        process.wait()  # less handles it; it must give the terminal back
    return True
