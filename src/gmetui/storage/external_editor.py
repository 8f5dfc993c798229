"""A text in a person's own editor, as $VISUAL or $EDITOR name it."""

from __future__ import annotations

import os
import shlex
from pathlib import Path

from ..text import clean
from .storage_errors import FileError

_LARGEST = 1024 * 1024  # bytes of a note


def editor() -> list[str]:
    """Return the command of the person's editor; [] when there is none."""
    named = os.environ.get("VISUAL") or os.environ.get("EDITOR") or ""
    try:
        return shlex.split(named)
    except ValueError:
        return []


def edited(text: str) -> str:
    """Let a person edit `text` in their editor and return what they wrote.

    Raises `FileError` when there is no editor, or it failed: the text is then as it was.
    """
    import subprocess
    import tempfile

    command = editor()
    if not command:
        raise FileError("gmetui: no editor is known; EDITOR=nano names one")
    with tempfile.TemporaryDirectory(prefix="gmetui-") as place:
        file = Path(place) / "note.txt"
        file.write_text(text + "\n" * bool(text), encoding="utf-8")
        try:
            done = subprocess.run([*command, str(file)], check=False)  # noqa: S603  # the person's own editor
            if done.returncode:
                raise FileError(f"gmetui: {clean(command[0])} ended with {done.returncode}; the note is as it was")
            raw = file.read_bytes()
        except OSError as error:
            raise FileError(f"gmetui: cannot run {clean(command[0])}: {error.strerror}") from error
    if len(raw) > _LARGEST:
        raise FileError(f"gmetui: a note has at most {_LARGEST // 1024:,} kB; it is as it was")
    return clean(raw.decode("utf-8", "replace"), lines=True).strip()
