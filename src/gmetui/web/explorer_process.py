"""One explorer behind one page: what it draws goes to the page, what the user types goes to the explorer.

textual-serve waits for an explorer without limit: for one that reads no input, for one that hangs at the end. Here
nothing waits: input that an explorer doesn't take is dropped, and an explorer that doesn't end is killed.
"""

from __future__ import annotations

import asyncio
import logging
import os
from collections.abc import Sequence
from contextlib import suppress

from aiohttp import web
from textual_serve.app_service import AppService
from textual_serve.download_manager import DownloadManager

from .parent_watch import SERVER_PID_VARIABLE

#: Seconds that an explorer has to end after it was asked to, and again after it was terminated. Then it is killed.
QUIT_GRACE = 2.0
_TERMINATE_GRACE = 0.7
_MAX_PENDING_INPUT = 1_000_000  # bytes that the explorer has not read yet
_MAX_ERROR_TEXT = 20_000  # bytes of its error output
_READY_LINE = b"__GANGLION__\n"  # Textual prints it before the first frame
_MAX_LINES_BEFORE_READY = 10
_log = logging.getLogger(__name__)

#: Turns off profiles (`storage.profiles`): others may see a page that is served.
_NO_PROFILE_VARIABLE = "GMETUI_NO_PROFILE"


class ExplorerProcess(AppService):
    """An explorer in a process of its own, which ends with its page and with the server."""

    def __init__(self, command: Sequence[str], websocket: web.WebSocketResponse, downloads: DownloadManager) -> None:
        super().__init__(
            "",
            write_bytes=websocket.send_bytes,
            write_str=websocket.send_str,
            close=self._close_page,
            download_manager=downloads,
        )
        self._arguments = tuple(command)
        self._websocket = websocket
        self.is_ending = False

    @property
    def pid(self) -> int | None:
        """The id of the process, None before it is started."""
        return None if self._process is None else self._process.pid

    async def _close_page(self) -> None:
        with suppress(ConnectionError, RuntimeError):  # the page may be gone
            await self._websocket.close()

    async def _open_app_process(self, width: int = 80, height: int = 24) -> asyncio.subprocess.Process:
        environment = self._build_environment(width=width, height=height)
        self._process = process = await asyncio.create_subprocess_exec(
            *self._arguments,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
            env={**environment, SERVER_PID_VARIABLE: str(os.getpid()), _NO_PROFILE_VARIABLE: "1"},
            start_new_session=True,  # Ctrl+C in the terminal is for the server, which ends its explorers cleanly
        )
        self._stdin = process.stdin
        return process

    async def send_bytes(self, data: bytes) -> bool:
        """Send input to the explorer. Returns False if it was dropped because the explorer is gone or far behind."""
        return self._send(self.encode_packet(b"D", data))

    async def send_meta(self, data: dict[str, str | int | bool | None]) -> bool:
        """Send a message to the explorer. Returns False if it was dropped."""
        from json import dumps

        return self._send(self.encode_packet(b"M", dumps(data).encode()))

    def _send(self, packet: bytes) -> bool:
        transport = self.stdin.transport
        if transport.is_closing() or transport.get_write_buffer_size() > _MAX_PENDING_INPUT:
            return False
        self.stdin.write(packet)
        return True

    async def run(self) -> None:
        """Pass on what the explorer sends until it ends, then close the page."""
        assert self._process is not None
        assert self._process.stdout is not None
        errors = asyncio.create_task(self._read_errors())
        try:
            await self._forward(self._process.stdout)
        except (asyncio.IncompleteReadError, ConnectionError, RuntimeError, ValueError):
            pass  # the explorer ended, or its page is gone
        finally:
            await self._close_page()
        await self._process.wait()
        if error_text := await errors:
            _log.warning("%s", error_text)

    async def _forward(self, output: asyncio.StreamReader) -> None:
        for _ in range(_MAX_LINES_BEFORE_READY):
            line = await output.readline()
            if line == _READY_LINE:
                break
            if not line:
                return
        handlers = {b"D": self.on_data, b"M": self.on_meta, b"P": self.on_packed}
        while True:
            kind = await output.readexactly(1)
            size = int.from_bytes(await output.readexactly(4), "big")
            payload = await output.readexactly(size)
            if kind in handlers:
                await handlers[kind](payload)

    async def _read_errors(self) -> str:
        """Return the first part of what the explorer writes to standard error."""
        assert self._process is not None
        assert self._process.stderr is not None
        content = b""
        while chunk := await self._process.stderr.read(4096):
            content = (content + chunk)[:_MAX_ERROR_TEXT]
        return content.decode("utf-8", "replace").strip()

    async def stop(self, grace: float = QUIT_GRACE) -> None:
        """End the explorer: ask it, terminate it after `grace` seconds, kill it when that doesn't help either."""
        self.is_ending = True
        task, self._task = self._task, None
        if task is None or self._process is None:
            return
        await self._download_manager.cancel_app_downloads(app_service_id=self.app_service_id)
        await self.send_meta({"type": "quit"})
        task.cancel()  # it may wait for a page that reads nothing
        discarding = asyncio.create_task(self._discard_output())
        with suppress(asyncio.CancelledError):
            await task
        if not await self._ends_within(grace):
            with suppress(ProcessLookupError):
                self._process.terminate()
        if not await self._ends_within(_TERMINATE_GRACE):
            with suppress(ProcessLookupError):
                self._process.kill()
            await self._process.wait()
        discarding.cancel()

    async def _ends_within(self, seconds: float) -> bool:
        assert self._process is not None
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._process.wait()
        return self._process.returncode is not None

    async def _discard_output(self) -> None:
        """Read what the explorer still draws, so that it doesn't wait for a reader before it ends."""
        assert self._process is not None
        assert self._process.stdout is not None
        while await self._process.stdout.read(65536):
            pass
