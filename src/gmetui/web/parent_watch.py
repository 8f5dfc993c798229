"""The end of an explorer whose server is gone: `gmetui serve` may be killed before it can end its explorers.

Without a server, an explorer would wait for input forever: it has no terminal that hangs up. An explorer that was
stopped (SIGSTOP) can't notice anything. It is continued then: on Linux by the kernel, elsewhere by a watchdog process.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from contextlib import suppress

#: The environment variable in which the server passes its process id to an explorer.
SERVER_PID_VARIABLE = "GMETUI_SERVER_PID"
_CHECK_INTERVAL = 0.5  # seconds
_EXIT_GRACE = 2.0  # seconds in which the explorer can save what is open
_SET_PARENT_DEATH_SIGNAL = 1  # PR_SET_PDEATHSIG of prctl(2)


def end_with_server() -> None:
    """End this process soon after the server that started it. Does nothing in an explorer that no server started."""
    server_pid = os.environ.pop(SERVER_PID_VARIABLE, "")
    if server_pid.isdecimal() and os.name == "posix":  # elsewhere, the parent's id stays after its end
        _continue_after_server()
        threading.Thread(target=_watch, args=(int(server_pid),), daemon=True, name="server-watch").start()


def _continue_after_server() -> None:
    """Let the kernel continue this process when its server ends, should it be stopped then. Linux only."""
    if sys.platform != "linux":
        return
    import ctypes

    with suppress(OSError, AttributeError):  # a C library without prctl
        ctypes.CDLL(None).prctl(_SET_PARENT_DEATH_SIGNAL, signal.SIGCONT)


def _watch(server_pid: int) -> None:
    while os.getppid() == server_pid:
        time.sleep(_CHECK_INTERVAL)
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(_EXIT_GRACE)
    os._exit(128 + signal.SIGTERM)


class Watchdog:
    """A process that outlives the server for a moment and continues the explorers that were stopped.

    To continue a process that isn't stopped changes nothing, not even in a stranger's process that got its id since.
    """

    def __init__(self) -> None:
        self._process = subprocess.Popen(  # noqa: S603  # a constant program
            [sys.executable, "-c", _WATCHDOG_PROGRAM],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )

    def add(self, explorer_pid: int) -> None:
        """Watch over an explorer from now on."""
        assert self._process.stdin is not None
        with suppress(OSError):  # the watchdog was killed
            self._process.stdin.write(b"%d\n" % explorer_pid)
            self._process.stdin.flush()

    def close(self) -> None:
        """End the watchdog."""
        self._process.kill()
        self._process.communicate()


_WATCHDOG_PROGRAM = """
import os, signal, sys
for line in sys.stdin.readlines():  # until the server ends, in whatever way
    try:
        os.kill(int(line), signal.SIGCONT)
    except OSError:
        pass
"""


def make_watchdog() -> Watchdog | None:
    """Start a watchdog where one is needed: not on Linux, whose kernel does its work, and not on Windows."""
    return None if sys.platform in ("linux", "win32") else Watchdog()
