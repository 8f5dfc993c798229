"""Editing a note in the user's text editor, the one that $VISUAL or $EDITOR names."""

from __future__ import annotations

import os
import shlex
from pathlib import Path

from ..errors import DamagedFileError, FileError
from ..text import sanitize
from .regular_file import read_head

_MAX_BYTES = 1024 * 1024


def editor_command() -> list[str]:
    """Return the command line of the user's editor, [] if none is set."""
    command = os.environ.get("VISUAL") or os.environ.get("EDITOR") or ""
    try:
        return shlex.split(command)
    except ValueError:  # unbalanced quotes
        return []


def edit_text(text: str, subject: str = "note") -> str:
    """Open `text` in the user's editor and return the edited text; `subject` is what errors call it.

    Raises `FileError` if no editor is set, it fails, or the result is too large.
    """
    import subprocess
    import tempfile

    command = editor_command()
    if not command:
        raise FileError("gmetui: cannot open an editor: none is set; set EDITOR, for example EDITOR=nano")
    program = sanitize(command[0])
    with tempfile.TemporaryDirectory(prefix="gmetui-") as directory:
        note_file = Path(directory) / f"{subject}.txt"
        note_file.write_text(text + "\n" * bool(text), encoding="utf-8")
        try:
            process = subprocess.run([*command, str(note_file)], check=False)  # noqa: S603  # the user's own editor
            if process.returncode:
                raise FileError(
                    f"gmetui: {program} failed with exit code {process.returncode}; the {subject} is unchanged"
                )
            content = read_head(note_file, _MAX_BYTES + 1)
        except OSError as error:
            raise FileError(f"gmetui: cannot run {program}: {error.strerror}; the {subject} is unchanged") from error
        except DamagedFileError:
            content = None
    if content is None:
        raise FileError(f"gmetui: {program} removed or replaced the file of the {subject}; the {subject} is unchanged")
    if len(content) > _MAX_BYTES:
        raise FileError(f"gmetui: a {subject} can be at most {_MAX_BYTES // 1024:,} kB; the {subject} is unchanged")
    return sanitize(content.decode("utf-8", "replace"), keep_newlines=True).strip()
