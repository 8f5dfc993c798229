"""The end of servers, explorers and pages: whoever ends first, nothing hangs and nothing remains."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import sys
import time
from collections.abc import AsyncIterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

aiohttp = pytest.importorskip("aiohttp")
resource = pytest.importorskip("resource")  # not on Windows
pytest.importorskip("textual_serve")

from gmetui.web.connections import MAX_STRANGERS  # noqa: E402
from web.serve_process import ServerProcess, is_alive, logged_in, running_server, wait_until  # noqa: E402

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="looks at processes in /proc")
STOP_LIMIT = 8.0  # seconds: 1.2 to 1.9 on a quiet machine; before, it took 23
GRACE = 10.0  # seconds in which what hangs is killed; 3 on a quiet machine
HALF_REQUEST_TIMEOUT = 2.0  # seconds, in place of ten
HALF_REQUESTS = int(os.environ.get("GMETUI_HALF_REQUESTS", "400"))


@pytest.fixture
async def server(home: Path) -> AsyncIterator[ServerProcess]:
    async with running_server() as process:
        yield process


@pytest.fixture
async def session(server: ServerProcess) -> AsyncIterator[Any]:
    async with await logged_in(server) as session:
        yield session


async def drawn(page: Any) -> None:
    """Wait until the explorer has drawn something."""
    while (await page.receive()).type is not aiohttp.WSMsgType.BINARY:
        pass


async def closed(page: Any) -> None:
    """Read until the server closes the page."""
    while (await page.receive()).type not in (aiohttp.WSMsgType.CLOSE, aiohttp.WSMsgType.CLOSED):
        pass


def drop(page: Any) -> None:
    """End a connection without a word, as a browser that is killed."""
    transport = page._response.connection.transport
    transport.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
    transport.abort()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
@pytest.mark.parametrize("reads", [True, False])
async def test_the_server_stops_within_two_seconds(
    server: ServerProcess, session: Any, number: signal.Signals, reads: bool
) -> None:
    pages = [await server.open_socket(session) for _ in range(2)]
    for page in pages:
        await drawn(page)
        if not reads:
            page._response.connection.transport.pause_reading()
            await page.send_json(["stdin", "\t" * 2000])
    explorers = server.explorers()
    assert len(explorers) == 2
    start = time.monotonic()
    server.process.send_signal(number)
    assert await asyncio.wait_for(server.process.wait(), 30) == 0
    assert time.monotonic() - start < STOP_LIMIT
    assert not any(map(is_alive, explorers))
    if reads:
        for page in pages:
            await asyncio.wait_for(closed(page), GRACE)


@pytest.mark.parametrize("is_stopped", [False, True])
async def test_explorers_end_with_a_killed_server(server: ServerProcess, session: Any, is_stopped: bool) -> None:
    await drawn(await server.open_socket(session))
    explorers = server.explorers()
    assert explorers
    if is_stopped:
        for explorer in explorers:
            os.kill(explorer, signal.SIGSTOP)
    server.process.kill()
    await wait_until(lambda: not any(map(is_alive, explorers)), GRACE)


async def test_the_watchdog_continues_what_was_stopped() -> None:
    program = (
        "import subprocess, sys, time; from gmetui.web.parent_watch import Watchdog; watchdog = Watchdog();"
        "child = subprocess.Popen([sys.executable, '-c', 'input()'], stdin=subprocess.PIPE);"
        "watchdog.add(child.pid); print(child.pid, flush=True); time.sleep(100)"
    )
    server = await asyncio.create_subprocess_exec(sys.executable, "-c", program, stdout=asyncio.subprocess.PIPE)
    assert server.stdout is not None
    child = int(await server.stdout.readline())
    os.kill(child, signal.SIGSTOP)
    server.kill()
    await wait_until(lambda: not is_alive(child), GRACE)  # continued, it reads the end of its input


async def test_a_page_is_told_that_its_explorer_ended(server: ServerProcess, session: Any) -> None:
    page = await server.open_socket(session)
    await drawn(page)
    for explorer in server.explorers():
        os.kill(explorer, signal.SIGKILL)
    await asyncio.wait_for(closed(page), GRACE)


async def test_hung_explorers_make_room_for_a_new_page(server: ServerProcess, session: Any) -> None:
    pages = [await server.open_socket(session) for _ in range(4)]
    for page in pages:
        await drawn(page)
    explorers = server.explorers()
    for explorer in explorers:
        os.kill(explorer, signal.SIGSTOP)
    for page in pages:
        drop(page)
    await wait_until(lambda: not any(map(is_alive, explorers)), GRACE)
    await drawn(await server.open_socket(session))


async def test_an_explorer_far_behind_its_input_ends_with_its_page(server: ServerProcess, session: Any) -> None:
    page = await server.open_socket(session)
    await drawn(page)
    explorers = server.explorers()
    for _ in range(500):
        await page.send_json(["stdin", "x" * 10_000])
    drop(page)
    await wait_until(lambda: not any(map(is_alive, explorers)), GRACE)


def count_open(connections: list[socket.socket]) -> int:
    """Return how many connections the server has not closed."""

    def is_open(connection: socket.socket) -> bool:
        try:
            return connection.recv(1) != b""
        except BlockingIOError:
            return True
        except ConnectionError:
            return False

    return sum(map(is_open, connections))


async def test_half_requests_are_bounded_and_cut(home: Path) -> None:
    preparation = f"import gmetui.web.connections as connections; connections.REQUEST_TIMEOUT = {HALF_REQUEST_TIMEOUT}"
    async with running_server(preparation) as server, await logged_in(server) as session:
        await send_half_requests(server, session)


async def send_half_requests(server: ServerProcess, session: Any) -> None:
    """Open many connections that send half a request each, and wait until the server has cut them."""
    port = int(server.authority.partition(":")[2])
    with ExitStack() as stack:
        soft_limit, hard_limit = resource.getrlimit(resource.RLIMIT_NOFILE)
        stack.callback(resource.setrlimit, resource.RLIMIT_NOFILE, (soft_limit, hard_limit))
        resource.setrlimit(resource.RLIMIT_NOFILE, (hard_limit, hard_limit))  # of this process, not of the server
        connections = []
        for _ in range(HALF_REQUESTS):
            connection = stack.enter_context(socket.create_connection(("127.0.0.1", port)))
            connection.sendall(b"GET / HTTP/1.1\r\nHost: ")
            connection.setblocking(False)
            connections.append(connection)
        async with aiohttp.ClientSession() as fresh_session, fresh_session.get(server.page) as response:
            assert response.status == 200
        await wait_until(lambda: count_open(connections) <= MAX_STRANGERS, GRACE)
        await wait_until(lambda: count_open(connections) == 0, HALF_REQUEST_TIMEOUT + GRACE)
        async with session.get(server.page) as response:
            assert response.status == 200


async def test_two_servers_in_one_browser_and_no_cookies(server: ServerProcess, session: Any) -> None:
    first_page = server.page
    async with (
        running_server() as second_server,
        aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True)) as browser,
    ):
        async with browser.get(second_server.link) as response:
            second_page = str(response.url)
            assert response.status == 200
            assert "Set-Cookie" not in response.headers
            assert response.headers["Referrer-Policy"] == "no-referrer"
        for page in (first_page, second_page, first_page):
            async with browser.get(page) as response:
                assert response.status == 200
        assert not list(browser.cookie_jar)
        for page in (
            first_page.replace(server.url, second_server.url),
            second_page.replace(second_server.url, server.url),
        ):
            async with browser.get(page) as response:
                assert response.status == 403


async def test_previews_do_not_spend_the_link(server: ServerProcess) -> None:
    async with aiohttp.ClientSession() as session:
        for headers in (
            {"Sec-Purpose": "prefetch"},
            {"Purpose": "prefetch"},
            {"User-Agent": "WhatsApp/2.2"},
            {"Sec-Fetch-Dest": "image"},
        ):
            async with session.get(server.link, headers=headers, allow_redirects=False) as response:
                assert response.status in (200, 503)
        async with session.head(server.link, allow_redirects=False) as response:
            assert response.status == 200
            assert "Location" not in response.headers
    await (await logged_in(server)).close()
