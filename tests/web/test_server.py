"""The explorer in a browser: access checks, and a search, a save and an export in a real browser."""

from __future__ import annotations

import asyncio
import json
import re
import shutil
import subprocess
import sys
import tomllib
import webbrowser
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from gmetui.cli.commands.serve import install_command, open_in_browser
from support import ALL_PROGRAMS, PROGRAM_COUNT

aiohttp = pytest.importorskip("aiohttp")
pytest.importorskip("textual_serve")

from gmetui.web.server import GuardedServer, _parse_size  # noqa: E402  # only where the extra is installed
from web.serve_process import TIMEOUT, ServerProcess, logged_in, running_server, wait_until  # noqa: E402

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="untested on Windows")
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


@pytest.fixture
async def server(home: Path) -> AsyncIterator[ServerProcess]:
    async with running_server() as process:
        yield process


async def _wait_for_text(socket: Any, expected: str) -> None:
    """Read what the explorer draws until it shows the expected text."""
    text = ""
    async with asyncio.timeout(TIMEOUT):
        while expected not in text:
            message = await socket.receive()
            assert message.type in (aiohttp.WSMsgType.BINARY, aiohttp.WSMsgType.TEXT), message
            if message.type is aiohttp.WSMsgType.BINARY:
                text += re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", message.data.decode("utf-8", "replace"))


async def _download(socket: Any) -> str:
    """Wait for the message that a file is ready, and return its key."""
    async with asyncio.timeout(TIMEOUT):
        while True:
            message = await socket.receive()
            if message.type is aiohttp.WSMsgType.TEXT:
                kind, key = json.loads(message.data)[:2]
                if kind == "deliver_file_start":
                    return str(key)


async def test_the_explorer_opens_and_takes_keys(server: ServerProcess, home: Path) -> None:
    session = await logged_in(server)
    async with session, session.ws_connect(f"{server.page}ws?width=100&height=30", origin=server.url) as socket:
        await _wait_for_text(socket, ALL_PROGRAMS)
        for invalid_message in ("x", "[]", '["stdin"]', '["stdin", 3]', '["resize", {"width": 1e9}]', "[" * 9000):
            await socket.send_str(invalid_message)
        await socket.send_json(["stdin", "cards larkspur"])
        await _wait_for_text(socket, f"2 of {PROGRAM_COUNT}")
        await socket.send_json(["stdin", "\rs"])  # each key takes effect before the next
        file = home / "shortlists" / "default.toml"
        await wait_until(file.exists)
    shortlist = tomllib.loads(file.read_text(encoding="utf-8"))
    assert [row["id"] for row in shortlist["program"]] == ["larkspur-cardiovascular-disease-fellowship"]


async def test_an_export_is_downloaded_and_writes_no_file(server: ServerProcess, tmp_path: Path) -> None:
    session = await logged_in(server)
    async with session, session.ws_connect(f"{server.page}ws?width=100&height=30", origin=server.url) as socket:
        await _wait_for_text(socket, ALL_PROGRAMS)
        await socket.send_json(["stdin", "\re"])
        await _wait_for_text(socket, "Cancel")
        files_before = {file.name for file in tmp_path.iterdir()}
        await socket.send_json(["stdin", "\x1b[C\r"])  # from Excel to CSV
        key = await _download(socket)
        async with session.get(f"{server.url}/download/{key}") as response:
            assert response.headers["Content-Disposition"].startswith("attachment")
            assert "Cardiovascular Disease" in (await response.read()).decode("utf-8-sig")
        assert {file.name for file in tmp_path.iterdir()} == files_before


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
        ({}, "/guess/"),
        ({}, "/guess/ws"),
        ({}, "/guess/page.js"),
        ({}, "/guess/static/js/textual.js"),
        ({}, "/%C3%A9/"),
        ({}, "/download/guess"),
    ],
)
async def test_foreign_requests_are_rejected(server: ServerProcess, headers: dict[str, str], path: str) -> None:
    port = server.authority.partition(":")[2]
    sent_headers = {name: value.replace("{port}", port) for name, value in headers.items()}
    async with aiohttp.ClientSession() as session, session.get(server.url + path, headers=sent_headers) as response:
        assert response.status == 403


async def test_a_refusal_says_what_to_do_on_a_page(server: ServerProcess) -> None:
    await (await logged_in(server)).close()
    localhost = server.authority.replace("127.0.0.1", "localhost")
    async with aiohttp.ClientSession() as session:
        for path, host, words in (
            ("/", server.authority, ("Open the link that gmetui printed",)),
            ("/?token=guess", server.authority, ("Open the link that gmetui printed",)),
            (server.link.removeprefix(server.url), server.authority, ("already used", "Press Ctrl+C")),
            ("/?token=a%22b", localhost, ("Open it at", f'href="{server.url}/?token=a')),
            ("/", "evil.example", ("not the explorer’s address",)),
            ("/download/guess", server.authority, ("export the list again",)),
        ):
            async with session.get(server.url + path, headers={"Host": host}) as response:
                text = await response.text()
            assert response.content_type == "text/html"
            assert all(word in text for word in words), path
            for part in ('<html lang="en">', "<title>", "<main>", "<h1>", 'name="viewport"'):
                assert part in text
            assert text.count("<a ") == (host == localhost)
            assert 'token=a"b' not in text
        async with session.get(f"{server.url}/favicon.ico") as response:
            assert response.content_type == "image/svg+xml"


def test_a_browser_opens_unless_it_would_take_the_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []

    class FakeBrowser(webbrowser.BackgroundBrowser):
        def open(self, url: str, new: int = 0, autoraise: bool = True) -> bool:
            opened.append(url)
            return True

    monkeypatch.delenv("BROWSER", raising=False)
    monkeypatch.setattr(webbrowser, "get", lambda: FakeBrowser("firefox"))
    assert open_in_browser("http://127.0.0.1:1/")
    assert opened == ["http://127.0.0.1:1/"]
    monkeypatch.setattr(webbrowser, "get", lambda: webbrowser.GenericBrowser("w3m"))
    assert not open_in_browser("http://127.0.0.1:1/")


@pytest.mark.parametrize(
    ("file_name", "start"),
    [("", f'"{sys.executable}" -m pip install'), ("pipx_metadata.json", "pipx inject"), ("uv-receipt.toml", "uv pip")],
)
def test_the_missing_packages_are_installed_as_gmetui_was(
    file_name: str, start: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / (file_name or "other")).touch()
    monkeypatch.setattr(sys, "prefix", str(tmp_path))
    command = install_command()
    assert command.startswith(start)
    assert all(package in command for package in ("textual-serve", "aiohttp<", "aiohttp-jinja2"))


async def test_another_page_cannot_open_a_socket_even_with_the_secret(server: ServerProcess) -> None:
    session = await logged_in(server)
    async with session:
        for origin in ("http://evil.example", "null", f"{server.url}.evil.example", None):
            with pytest.raises(aiohttp.WSServerHandshakeError) as error:
                await session.ws_connect(f"{server.page}ws", origin=origin)
            assert error.value.status == 403


async def test_the_link_works_once(server: ServerProcess) -> None:
    await (await logged_in(server)).close()
    async with aiohttp.ClientSession() as session, session.get(server.link) as response:
        assert response.status == 403


async def test_sessions_and_sizes_are_limited(server: ServerProcess) -> None:
    session = await logged_in(server)
    async with session:
        for size in (
            "width=0&height=24",
            "width=80",
            "width=9999999&height=24",
            "width=-1&height=2",
            "width=x&height=y",
        ):
            with pytest.raises(aiohttp.WSServerHandshakeError) as error:
                await server.open_socket(session, size)
            assert error.value.status == 400
        sockets = [await server.open_socket(session) for _ in range(4)]
        with pytest.raises(aiohttp.WSServerHandshakeError) as error:
            await server.open_socket(session)
        assert error.value.status == 503
        for socket in sockets:
            await socket.close()


async def test_directories_are_not_listed_and_pages_load_nothing_from_elsewhere(server: ServerProcess) -> None:
    session = await logged_in(server)
    async with session:
        for path in ("static/", "static/js/", "static/../server.py", "static/%2e%2e/server.py", "page.html", "x"):
            async with session.get(server.page + path) as response:
                assert response.status in (403, 404), path
        for path in ("static/js/textual.js", "static/css/xterm.css", "page.css", "page.js"):
            async with session.get(server.page + path) as response:
                assert response.status == 200, path
        async with session.get(server.page) as response:
            text = await response.text()
            assert not re.findall(r"https?://(?!127\.0\.0\.1)", text)
            assert "frame-ancestors 'none'" in response.headers["Content-Security-Policy"]
            assert "unsafe-inline' " not in response.headers["Content-Security-Policy"].partition("style-src")[0]


def test_the_server_listens_on_localhost_only() -> None:
    server = GuardedServer(["true"])
    assert server.socket.getsockname()[0] == "127.0.0.1"
    with pytest.raises(OSError, match=r"in use|."):
        GuardedServer(["true"], server.socket.getsockname()[1])
    server.socket.close()


@pytest.mark.parametrize(
    ("value", "size"), [("80", 80), (80, 80), ("0", None), ("401", None), ("²", None), ("1" * 99, None), (None, None)]
)
def test_terminal_sizes_are_checked(value: object, size: int | None) -> None:
    assert _parse_size(value, 400) == size


def test_a_port_in_use_is_reported(home: Path) -> None:
    server = GuardedServer(["true"])
    port = server.authority.partition(":")[2]
    result = subprocess.run(
        [sys.executable, "-m", "gmetui", "serve", "--port", port],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    server.socket.close()
    assert result.returncode == 2
    assert f"port {port} is in use" in result.stderr


class Browser:
    """Headless Chromium, driven over its DevTools socket."""

    def __init__(self, socket: Any) -> None:
        self._socket = socket
        self._message_id = 0
        self.events: list[dict[str, Any]] = []

    async def __call__(self, method: str, **params: Any) -> dict[str, Any]:
        self._message_id += 1
        await self._socket.send_json({"id": self._message_id, "method": method, "params": params})
        while True:
            message: dict[str, Any] = json.loads((await asyncio.wait_for(self._socket.receive(), TIMEOUT)).data)
            if message.get("id") == self._message_id:
                assert "error" not in message, message
                result: dict[str, Any] = message["result"]
                return result
            self.events.append(message)

    async def until(self, expression: str) -> None:
        async with asyncio.timeout(TIMEOUT):
            while not (await self("Runtime.evaluate", expression=expression))["result"].get("value"):  # noqa: ASYNC110
                await asyncio.sleep(0.1)

    async def value_of(self, expression: str) -> Any:
        """Return what an expression evaluates to, as if the user had clicked."""
        options = {"awaitPromise": True, "userGesture": True, "returnByValue": True}
        result = await self("Runtime.evaluate", expression=expression, **options)
        return result["result"].get("value")

    async def press_with_ctrl(self, letter: str, *editor_commands: str) -> None:
        key = {"key": letter, "code": f"Key{letter.upper()}", "windowsVirtualKeyCode": ord(letter.upper())}
        commands = list(editor_commands)
        await self("Input.dispatchKeyEvent", type="rawKeyDown", modifiers=2, commands=commands, **key)
        await self("Input.dispatchKeyEvent", type="keyUp", modifiers=2, **key)

    async def drag(self, start: tuple[int, int], end: tuple[int, int]) -> None:
        async def send(kind: str, x: int, y: int) -> None:
            options = {"button": "left", "buttons": 1, "clickCount": 1}
            await self("Input.dispatchMouseEvent", type=kind, x=x, y=y, **options)

        await send("mousePressed", *start)
        await send("mouseMoved", (start[0] + end[0]) // 2, end[1])
        await send("mouseMoved", *end)
        await send("mouseReleased", *end)

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
async def test_search_save_and_export_in_a_browser(server: ServerProcess, home: Path, tmp_path: Path) -> None:
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
        async with asyncio.timeout(TIMEOUT):
            port_file = profile / "DevToolsActivePort"
            await wait_until(lambda: port_file.exists() and port_file.read_text())
        port = port_file.read_text().split()[0]
        async with aiohttp.ClientSession() as session:
            async with session.get(f"http://127.0.0.1:{port}/json/list") as response:
                page = next(tab for tab in await response.json() if tab["type"] == "page")
            async with session.ws_connect(page["webSocketDebuggerUrl"], max_msg_size=0) as socket:
                await _search_save_and_export(Browser(socket), server, home, downloads)
    finally:
        chromium.kill()
        await chromium.wait()


async def _search_save_and_export(browser: Browser, server: ServerProcess, home: Path, downloads: Path) -> None:
    await browser("Runtime.enable")
    await browser("Log.enable")
    await browser("Browser.setDownloadBehavior", behavior="allow", downloadPath=str(downloads))
    permissions = ["clipboardReadWrite", "clipboardSanitizedWrite"]
    await browser("Browser.grantPermissions", permissions=permissions, origin=server.url)
    await browser("Page.navigate", url=server.link)
    await browser.until("document.body && document.body.classList.contains('-first-byte')")
    await browser.until("document.activeElement.classList.contains('xterm-helper-textarea')")
    await browser.type("cards larkspur\rs")
    shortlist_file = home / "shortlists" / "default.toml"
    await wait_until(shortlist_file.exists)
    await browser.value_of("navigator.clipboard.writeText('pasted words')")
    async with asyncio.timeout(TIMEOUT):
        while "pasted words" not in shortlist_file.read_text(encoding="utf-8"):
            await browser.type("n")
            await browser.press_with_ctrl("v", "paste")
            await asyncio.sleep(0.3)
            await browser.press_with_ctrl("s")
            await asyncio.sleep(0.3)
    await browser.type("\r")
    copied = ""
    async with asyncio.timeout(TIMEOUT):
        while "Larkspur University" not in copied:
            await browser.drag((30, 100), (600, 400))  # across the program's page
            await browser.press_with_ctrl("c")
            await asyncio.sleep(0.2)
            copied = await browser.value_of("navigator.clipboard.readText()")
    await browser.type("e")
    await asyncio.sleep(0.5)
    await browser.type("\r")
    await wait_until(lambda: any(file.suffix == ".xlsx" for file in downloads.iterdir()))
    assert next(downloads.glob("*.xlsx")).read_bytes().startswith(b"PK")
    assert await browser.value_of("window.open() === null"), (
        "what the terminal itself takes for an address opens no tab"
    )
    violations = [event for event in browser.events if "Content Security Policy" in json.dumps(event)]
    assert not violations
    title = await browser("Runtime.evaluate", expression="document.title")
    assert title["result"]["value"] == "gmetui"
