"""`gmetui serve` in a process of its own, for the tests of the browser version."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any

import aiohttp

from support import FIXTURE_DATA

TIMEOUT = 30.0
FIXTURE_OPTIONS = ("--no-bundled", "--data", str(FIXTURE_DATA))


class ServerProcess:
    """`gmetui serve` in a separate process."""

    def __init__(self, process: asyncio.subprocess.Process, link: str) -> None:
        self.process = process
        self.link = link
        self.url = link.partition("/?")[0]
        self.authority = self.url.removeprefix("http://")
        self.page = ""  # address of the tab, after the link was followed

    async def open_socket(self, session: Any, size: str = "width=80&height=24") -> Any:
        """Open an explorer as the page does."""
        return await session.ws_connect(f"{self.page}ws?{size}", origin=self.url)

    def explorers(self) -> list[int]:
        """Return the process ids of the explorers."""
        return [child for child in _children(self.process.pid) if "-m gmetui" in _command(child)]


def _children(pid: int) -> list[int]:
    """Return the processes that a process started."""
    stats = ((int(file.parent.name), file) for file in Path("/proc").glob("[0-9]*/stat"))
    children = []
    for child, file in stats:
        with suppress(OSError):
            if int(file.read_text().rpartition(")")[2].split()[1]) == pid:
                children.append(child)
    return children


def _command(pid: int) -> str:
    with suppress(OSError):
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode()
    return ""


def is_alive(pid: int) -> bool:
    with suppress(OSError):
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    return False


@asynccontextmanager
async def running_server(preparation: str = "") -> AsyncIterator[ServerProcess]:
    """Start a server, and stop it at the end if it still runs. `preparation` is Python code to run before."""
    program = ("-c", f"{preparation}; from gmetui.cli import main; raise SystemExit(main())")
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, *(program if preparation else ("-m", "gmetui")), "serve", "--port", "0", *FIXTURE_OPTIONS),
        stdout=asyncio.subprocess.PIPE,
        env={**os.environ},
        stderr=asyncio.subprocess.DEVNULL,
    )
    assert process.stdout is not None
    link = (await asyncio.wait_for(process.stdout.readline(), TIMEOUT)).decode().strip()
    try:
        yield ServerProcess(process, link)
    finally:
        if process.returncode is None:
            process.send_signal(signal.SIGINT)
            await asyncio.wait_for(process.wait(), TIMEOUT)


async def logged_in(server: ServerProcess) -> Any:
    """Follow the link, set the address of the tab, and return a session."""
    session = aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar())
    async with session.get(server.link) as response:
        assert response.status == 200
        server.page = str(response.url)
    return session


async def wait_until(is_reached: Callable[[], object], seconds: float = TIMEOUT) -> None:
    """Wait for something that another process does."""
    async with asyncio.timeout(seconds):
        while not is_reached():  # noqa: ASYNC110  # another process decides
            await asyncio.sleep(0.05)
