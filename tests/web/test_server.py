"""The explorer in a browser: what it lets in, what it keeps out, and the main job in a real one."""

from __future__ import annotations

import asyncio
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tomllib
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from support import ALL, TOTAL

aiohttp = pytest.importorskip("aiohttp")
pytest.importorskip("textual_serve")

from gmetui.web.server import GuardedServer, _cells  # noqa: E402  # only where the extra is there

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="not tried there")
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
PATIENCE = 30.0


class Served:
    """`gmetui serve` in a process of its own."""

    def __init__(self, process: asyncio.subprocess.Process, link: str) -> None:
        self.process = process
        self.link = link
        self.url = link.partition("/?")[0]
        self.authority = self.url.removeprefix("http://")


@pytest.fixture
async def served(home: Path) -> AsyncIterator[Served]:
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "gmetui", "serve", "--port", "0"), stdout=asyncio.subprocess.PIPE, env={**os.environ}
    )
    assert process.stdout is not None
    link = (await asyncio.wait_for(process.stdout.readline(), PATIENCE)).decode().strip()
    yield Served(process, link)
    if process.returncode is None:
        process.send_signal(signal.SIGINT)
        await asyncio.wait_for(process.wait(), PATIENCE)


async def _inside(served: Served) -> Any:
    """Return a session with the cookie that the link gives."""
    session = aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True))
    async with session.get(served.link) as answer:
        assert answer.status == 200
    return session


async def _screen(socket: Any, seen: str) -> None:
    """Read what the explorer draws until something is seen."""
    text = ""
    async with asyncio.timeout(PATIENCE):
        while seen not in text:
            message = await socket.receive()
            assert message.type in (aiohttp.WSMsgType.BINARY, aiohttp.WSMsgType.TEXT), message
            if message.type is aiohttp.WSMsgType.BINARY:
                text += re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", message.data.decode("utf-8", "replace"))


async def _download(socket: Any) -> str:
    """Wait for the word that a file can be fetched, and return its key."""
    async with asyncio.timeout(PATIENCE):
        while True:
            message = await socket.receive()
            if message.type is aiohttp.WSMsgType.TEXT:
                kind, key = json.loads(message.data)[:2]
                if kind == "deliver_file_start":
                    return str(key)


async def test_the_explorer_opens_and_is_driven(served: Served, home: Path) -> None:
    session = await _inside(served)
    async with session, session.ws_connect(f"{served.url}/ws?width=100&height=30", origin=served.url) as socket:
        await _screen(socket, ALL)
        for nonsense in ("x", "[]", '["stdin"]', '["stdin", 3]', '["resize", {"width": 1e9}]', "[" * 9000):
            await socket.send_str(nonsense)
        await socket.send_json(["stdin", "cards tufts"])
        await _screen(socket, f"4 of {TOTAL}")
        await socket.send_json(["stdin", "\r"])
        await asyncio.sleep(0.3)
        await socket.send_json(["stdin", "s"])
        await _screen(socket, "On the shortlist")
    listed = tomllib.loads((home / "shortlists" / "default.toml").read_text(encoding="utf-8"))
    assert [row["id"] for row in listed["program"]] == ["tufts-cardiovascular-disease-fellowship"]


async def test_an_export_is_a_download_and_no_path_is_asked(served: Served, tmp_path: Path) -> None:
    session = await _inside(served)
    async with session, session.ws_connect(f"{served.url}/ws?width=100&height=30", origin=served.url) as socket:
        await _screen(socket, ALL)
        await socket.send_json(["stdin", "\r"])
        await asyncio.sleep(0.3)
        await socket.send_json(["stdin", "e"])
        await _screen(socket, "Write")
        before = {file.name for file in tmp_path.iterdir()}
        await socket.send_json(["stdin", "\r"])
        key = await _download(socket)
        async with session.get(f"{served.url}/download/{key}") as answer:
            assert answer.headers["Content-Disposition"].startswith("attachment")
            assert "Cardiovascular" in (await answer.read()).decode("utf-8-sig")
        assert {file.name for file in tmp_path.iterdir()} == before


@pytest.mark.parametrize(
    ("headers", "path"),
    [
        ({"Host": "evil.example"}, "/"),
        ({"Host": "localhost:{port}"}, "/"),
        ({"Origin": "http://evil.example"}, "/"),
        ({"Origin": "null"}, "/"),
        ({}, "/"),
        ({}, "/?token=guess"),
        ({}, "/ws"),
        ({}, "/static/js/textual.js"),
        ({"Cookie": "gmetui=guess"}, "/"),
        ({"Cookie": "gmetui=\u00e9"}, "/"),
    ],
)
async def test_strangers_stay_out(served: Served, headers: dict[str, str], path: str) -> None:
    port = served.authority.partition(":")[2]
    sent = {name: value.replace("{port}", port) for name, value in headers.items()}
    async with aiohttp.ClientSession() as session, session.get(served.url + path, headers=sent) as answer:
        assert answer.status == 403


async def test_another_page_cannot_open_a_socket_even_with_the_cookie(served: Served) -> None:
    session = await _inside(served)
    async with session:
        for origin in ("http://evil.example", "null", f"{served.url}.evil.example", None):
            with pytest.raises(aiohttp.WSServerHandshakeError) as refused:
                await session.ws_connect(f"{served.url}/ws", origin=origin)
            assert refused.value.status == 403


async def test_the_link_works_once(served: Served) -> None:
    session = await _inside(served)
    await session.close()
    async with aiohttp.ClientSession() as other, other.get(served.link) as answer:
        assert answer.status == 403


async def test_sessions_and_sizes_are_bounded(served: Served) -> None:
    session = await _inside(served)
    async with session:
        for size in (
            "width=0&height=24",
            "width=80",
            "width=9999999&height=24",
            "width=-1&height=2",
            "width=x&height=y",
        ):
            with pytest.raises(aiohttp.WSServerHandshakeError) as refused:
                await session.ws_connect(f"{served.url}/ws?{size}", origin=served.url)
            assert refused.value.status == 400
        sockets = [await session.ws_connect(f"{served.url}/ws?width=80&height=24", origin=served.url) for _ in range(4)]
        with pytest.raises(aiohttp.WSServerHandshakeError) as refused:
            await session.ws_connect(f"{served.url}/ws?width=80&height=24", origin=served.url)
        assert refused.value.status == 503
        for socket in sockets:
            await socket.close()


async def test_folders_are_not_listed_and_pages_name_no_other_host(served: Served) -> None:
    session = await _inside(served)
    async with session:
        for path in ("/static/", "/static/js/", "/static/../server.py", "/static/%2e%2e/server.py", "/page.html"):
            async with session.get(served.url + path) as answer:
                assert answer.status in (403, 404), path
        async with session.get(served.url) as answer:
            text = await answer.text()
            assert not re.findall(r"https?://(?!127\.0\.0\.1)", text)
            assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]
            assert "unsafe-inline' " not in answer.headers["Content-Security-Policy"].partition("style-src")[0]


def test_only_this_machine_is_listened_to() -> None:
    server = GuardedServer(["true"])
    assert server.socket.getsockname()[0] == "127.0.0.1"
    with pytest.raises(OSError, match=r"in use|."):
        GuardedServer(["true"], server.socket.getsockname()[1])
    server.socket.close()


@pytest.mark.parametrize(
    ("value", "cells"), [("80", 80), (80, 80), ("0", None), ("401", None), ("²", None), ("1" * 99, None), (None, None)]
)
def test_sizes(value: object, cells: int | None) -> None:
    assert _cells(value, 400) == cells


def test_a_port_that_is_taken_is_said(home: Path) -> None:
    server = GuardedServer(["true"])
    port = server.authority.partition(":")[2]
    done = subprocess.run(
        [sys.executable, "-m", "gmetui", "serve", "--port", port],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    server.socket.close()
    assert done.returncode == 2
    assert f"port {port} is taken" in done.stderr


# In a real browser.


class Browser:
    """Headless Chromium, driven over its DevTools socket."""

    def __init__(self, socket: Any) -> None:
        self._socket = socket
        self._number = 0
        self.events: list[dict[str, Any]] = []

    async def __call__(self, method: str, **params: Any) -> dict[str, Any]:
        self._number += 1
        await self._socket.send_json({"id": self._number, "method": method, "params": params})
        while True:
            found: dict[str, Any] = json.loads((await asyncio.wait_for(self._socket.receive(), PATIENCE)).data)
            if found.get("id") == self._number:
                assert "error" not in found, found
                result: dict[str, Any] = found["result"]
                return result
            self.events.append(found)

    async def until(self, expression: str) -> None:
        async with asyncio.timeout(PATIENCE):
            while not (await self("Runtime.evaluate", expression=expression))["result"].get("value"):  # noqa: ASYNC110
                await asyncio.sleep(0.1)

    async def type(self, text: str) -> None:
        for letter in text:
            if letter == "\r":
                key = {"key": "Enter", "code": "Enter", "windowsVirtualKeyCode": 13, "text": "\r"}
                await self("Input.dispatchKeyEvent", type="keyDown", **key)
                await self("Input.dispatchKeyEvent", type="keyUp", key="Enter")
            else:
                await self("Input.insertText", text=letter)
            await asyncio.sleep(0.05)


@pytest.mark.skipif(CHROMIUM is None, reason="no Chromium here")
async def test_the_main_job_in_a_browser(served: Served, home: Path, tmp_path: Path) -> None:
    downloads = tmp_path / "downloads"
    downloads.mkdir()
    profile = tmp_path / "profile"
    flags = ("--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking")
    chromium = await asyncio.create_subprocess_exec(
        *(str(CHROMIUM), *flags, f"--user-data-dir={profile}", "--remote-debugging-port=0", "about:blank"),
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.DEVNULL,
    )
    try:
        async with asyncio.timeout(PATIENCE):
            said = profile / "DevToolsActivePort"
            await _until(lambda: said.exists() and said.read_text())
        port = said.read_text().split()[0]
        async with aiohttp.ClientSession() as session:
            async with session.get(f"http://127.0.0.1:{port}/json/list") as answer:
                page = next(tab for tab in await answer.json() if tab["type"] == "page")
            async with session.ws_connect(page["webSocketDebuggerUrl"], max_msg_size=0) as socket:
                await _main_job(Browser(socket), served, home, downloads)
    finally:
        chromium.kill()
        await chromium.wait()


async def _main_job(browser: Browser, served: Served, home: Path, downloads: Path) -> None:
    await browser("Runtime.enable")
    await browser("Log.enable")
    await browser("Browser.setDownloadBehavior", behavior="allow", downloadPath=str(downloads))
    await browser("Page.navigate", url=served.link)
    await browser.until("document.body && document.body.classList.contains('-first-byte')")
    await browser.until("document.activeElement.classList.contains('xterm-helper-textarea')")
    await asyncio.sleep(1)
    await browser.type("cards tufts\r")
    await asyncio.sleep(0.5)
    await browser.type("s")
    await _until(lambda: (home / "shortlists" / "default.toml").exists())
    await browser.type("e")
    await asyncio.sleep(0.7)
    await browser.type("\r")
    await _until(lambda: any(file.suffix == ".csv" for file in downloads.iterdir()))
    written = next(downloads.glob("*.csv")).read_text(encoding="utf-8-sig")
    assert "Cardiovascular Disease Fellowship" in written
    refused = [event for event in browser.events if "Content Security Policy" in json.dumps(event)]
    assert not refused
    title = await browser("Runtime.evaluate", expression="document.title")
    assert title["result"]["value"] == "gmetui"


async def _until(seen: Any) -> None:
    async with asyncio.timeout(PATIENCE):
        while not seen():  # noqa: ASYNC110  # what is waited for is in another process
            await asyncio.sleep(0.1)
