"""The `gmetui` command, and `python -m gmetui`: a command line that can be interrupted at any moment."""

from __future__ import annotations

# `signal` itself imports others first, and an interrupt meanwhile would print a traceback.
import _signal as signal  # type: ignore[import-not-found]
import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from sys import UnraisableHookArgs

_INTERRUPTED = 130


def _exit_at_once(*_: object) -> None:
    os._exit(_INTERRUPTED)


# Not in the background of a shell, which ignores interrupts there. From here on until the command runs, nothing needs
# to be tidied up; before this line, Python itself is starting, and prints a traceback.
_IS_INTERRUPTIBLE = signal.getsignal(signal.SIGINT) is signal.default_int_handler
if _IS_INTERRUPTIBLE:
    signal.signal(signal.SIGINT, _exit_at_once)


def main() -> int:
    """Run the command of `sys.argv` and return its exit code."""
    if _IS_INTERRUPTIBLE:
        sys.unraisablehook = _exit_if_interrupted
    _open_missing_descriptors()
    from .cli import main as run_command

    try:
        if _IS_INTERRUPTIBLE:
            signal.signal(signal.SIGINT, signal.default_int_handler)
        exit_code = run_command()
        if _IS_INTERRUPTIBLE:
            signal.signal(signal.SIGINT, signal.SIG_IGN)  # the command is done
    except KeyboardInterrupt:
        return _INTERRUPTED
    _exit_without_cleanup(exit_code)
    return exit_code


def _exit_without_cleanup(exit_code: int) -> None:
    """End the process at once, unless threads are still at work: taking modules apart takes as long as a search."""
    threading = sys.modules.get("threading")
    if threading is not None and threading.active_count() > 1:
        return
    import atexit

    atexit._run_exitfuncs()
    for stream in (sys.stdout, sys.stderr):
        try:
            if stream is not None:
                stream.flush()
        except (OSError, ValueError):
            return
    os._exit(exit_code)


def _exit_if_interrupted(unraisable: UnraisableHookArgs) -> None:
    """Exit when an interrupt came where Python would ignore it, such as in a callback of the import system."""
    if unraisable.exc_type is KeyboardInterrupt:
        _exit_at_once()
    sys.__unraisablehook__(unraisable)


def _open_missing_descriptors() -> None:
    """Open the null device for standard streams that are closed, so that no file gets their descriptor by chance."""
    for descriptor in (0, 1, 2):
        try:
            os.fstat(descriptor)
        except OSError:
            os.open(os.devnull, os.O_RDWR)  # the lowest free descriptor


if __name__ == "__main__":
    raise SystemExit(main())
