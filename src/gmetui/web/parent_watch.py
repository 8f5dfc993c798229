"""The end of an explorer whose server is gone: `gmetui serve` may be killed before it can end its explorers.

Without a server, an explorer would wait for input forever: it has no terminal that hangs up.
"""

from __future__ import annotations

import os
import signal
import threading
import time

#: The environment variable in which the server passes its process id to an explorer.
SERVER_PID_VARIABLE = "GMETUI_SERVER_PID"
_CHECK_INTERVAL = 0.5  # seconds
_EXIT_GRACE = 2.0  # seconds in which the explorer can save what is open


def end_with_server() -> None:
    """End this process soon after the server that started it. Does nothing in an explorer that no server started."""
    server_pid = os.environ.pop(SERVER_PID_VARIABLE, "")
    if server_pid.isdecimal() and os.name == "posix":  # elsewhere, the parent's id stays after its end
        threading.Thread(target=_watch, args=(int(server_pid),), daemon=True, name="server-watch").start()


def _watch(server_pid: int) -> None:
    while os.getppid() == server_pid:
        time.sleep(_CHECK_INTERVAL)
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(_EXIT_GRACE)
    os._exit(128 + signal.SIGTERM)
