"""`gmetui completion`: print the completion script of a shell, or install it."""

from __future__ import annotations

import os
from pathlib import Path
from typing import NamedTuple

from ...errors import FileError, UsageError
from ...lean_typing import TYPE_CHECKING
from ...storage.output_file import write_output
from ...text import did_you_mean, sanitize
from ..output import print_line, print_status

if TYPE_CHECKING:
    from argparse import Namespace

_MARK = "# gmetui completion"
_MAX_STARTUP_FILE = 10_000_000  # bytes


class ShellFiles(NamedTuple):
    """Where the script of a shell goes, and the line that its startup file needs to read it, if any."""

    script: Path
    startup_file: Path | None = None
    line: str = ""


def completion_command(options: Namespace) -> int:
    """Run `gmetui completion`. Raises `UsageError` for a shell that gmetui has no completion for."""
    from ..declarations.general import SHELLS

    shell = options.shell or Path(os.environ.get("SHELL", "")).name
    if shell not in SHELLS:
        hint = did_you_mean(shell, SHELLS) or f"use {', '.join(SHELLS)}"
        raise UsageError(f"gmetui: no completion for the shell “{sanitize(shell)}”; {hint}")
    if options.install:
        _install(shell)
    else:
        print_line(completion_script(shell), end="")
    return 0


def completion_script(shell: str) -> str:
    """Return the script that makes a shell complete gmetui."""
    from argcomplete.shell_integration import shellcode

    # Our completers list files themselves, so that bash need not fall back to them where nothing matches.
    return shellcode(["gmetui"], shell=shell, complete_arguments=["-o", "nospace"]).lstrip()


def shell_files(shell: str) -> ShellFiles:
    """Return where the completion of a shell is installed for this user. Raises `FileError` without a home."""
    try:
        home = Path.home()
    except RuntimeError as error:
        raise FileError("gmetui: cannot find your home directory; set HOME") from error
    data = Path(os.environ.get("XDG_DATA_HOME") or home / ".local" / "share")
    if shell == "fish":
        config = Path(os.environ.get("XDG_CONFIG_HOME") or home / ".config")
        return ShellFiles(config / "fish" / "completions" / "gmetui.fish")
    script = data / "gmetui" / f"completion.{shell}"
    quoted = "'" + str(script).replace("'", "'\\''") + "'"
    if shell == "bash":
        return ShellFiles(script, home / ".bashrc", f"[ -r {quoted} ] && . {quoted}  {_MARK}")
    startup_file = Path(os.environ.get("ZDOTDIR") or home) / ".zshrc"
    start = "(( $+functions[compdef] )) || { autoload -Uz compinit && compinit }"
    return ShellFiles(script, startup_file, f"[ -r {quoted} ] && {{ {start}; . {quoted} }}  {_MARK}")


def _install(shell: str) -> None:
    """Write the script, and have the startup file of the shell read it."""
    files = shell_files(shell)
    write_output(files.script, completion_script(shell), makes_folders=True)
    print_status(f"wrote {files.script}")
    if files.startup_file is not None and _add_line(files.startup_file, files.line):
        print_status(f"added a line to {files.startup_file}: {files.line}")
    print_status(f"open a new {shell} to use it")


def _add_line(startup_file: Path, line: str) -> bool:
    """Add a line to a startup file that doesn't have it. Returns whether it was added. Raises `FileError`."""
    try:
        content = startup_file.read_bytes() if startup_file.exists() else b""
    except OSError as error:
        raise FileError(f"gmetui: cannot read {sanitize(str(startup_file))}: {error.strerror}") from error
    if len(content) > _MAX_STARTUP_FILE:
        raise FileError(f"gmetui: cannot change {sanitize(str(startup_file))}: it is too large")
    encoded = line.encode("utf-8", "surrogateescape")
    lines = content.split(b"\n")
    if encoded in lines:
        return False
    kept_lines = [present for present in lines if not present.endswith(_MARK.encode())]
    write_output(startup_file, b"\n".join(kept_lines).rstrip(b"\n") + b"\n" * bool(content) + encoded + b"\n")
    return True
