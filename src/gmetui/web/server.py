"""textual-serve with the access checks it lacks: only the user's own browser may open and drive the explorer.

textual-serve 1.1.3 accepts any Host and Origin, starts any number of processes, lists its directory and loads a font
from another host. This server listens on 127.0.0.1 only. It checks the Host, because a foreign name may resolve to this
computer, and the Origin, because another page may open a socket to it. Its link works once and leads to an address that
nobody can guess. Sessions, connections and message sizes are limited, and pages load nothing from elsewhere. The server
stops within two seconds, and its explorers end with it.
"""

from __future__ import annotations

import asyncio
import logging
import signal
import socket
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

import aiohttp_jinja2
import jinja2
from aiohttp import WSCloseCode, WSMsgType, web
from textual_serve.app_service import AppService
from textual_serve.server import Server

from ..text import sanitize
from . import messages
from .connections import ConnectionLimits
from .explorer_process import ExplorerProcess
from .link import OneTimeLink, is_preview
from .messages import Message, message_page
from .parent_watch import Watchdog, make_watchdog

_PAGE_DIRECTORY = Path(__file__).parent
_PAGE_FILES = {"page.css": "text/css", "page.js": "text/javascript"}
_ICON_PATHS = ("/favicon.svg", "/favicon.ico")
_HOST = "127.0.0.1"
_MAX_COLUMNS, _MAX_ROWS = 400, 200  # terminal size
_MAX_MESSAGE_LENGTH = 200_000  # characters; a large paste
_STOP_GRACE = 0.5  # seconds that an explorer has to end when the server stops
_CLOSE_TIMEOUT = 0.3  # seconds to wait for a page that is told to close
_HEARTBEAT = 15.0  # seconds between pings; a page that doesn't answer is gone
_ROOM_WAIT = 5.0  # seconds that a new page waits for the explorers of closed pages to end
_BACKLOG = 128
_CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; font-src 'self'; img-src 'self' data:; "
    "connect-src 'self' ws://{host}; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
)
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class GuardedServer(Server):
    """Serves `command`, which opens a Textual application, to the browser of the user who started the server."""

    def __init__(self, command: Sequence[str], port: int = 0, max_sessions: int = 4) -> None:
        """Listen on `port`, or on any free port if it is 0. Raises `OSError` if the port is in use."""
        self.socket = socket.create_server((_HOST, port))
        actual_port = self.socket.getsockname()[1]
        self.authority = f"{_HOST}:{actual_port}"
        public_url = f"http://{self.authority}"
        super().__init__("", host=_HOST, port=actual_port, title="gmetui", public_url=public_url)
        self._arguments = tuple(command)
        self._static_files = {
            file.relative_to(self.statics_path).as_posix(): file
            for file in self.statics_path.rglob("*")
            if file.is_file()
        }
        self._link = OneTimeLink()
        self._max_sessions = max_sessions
        self._sessions: dict[web.WebSocketResponse, ExplorerProcess] = {}
        self._session_ended = asyncio.Condition()
        self._connections: ConnectionLimits | None = None
        self._watchdog: Watchdog | None = None

    @property
    def link(self) -> str:
        """The address that opens the explorer, once."""
        return f"{self.public_url}/?token={self._link.token}"

    def run(self) -> None:
        """Serve until interrupted or terminated."""
        logging.basicConfig(level=logging.WARNING, format="gmetui serve: %(message)s")
        for handler in logging.getLogger().handlers:
            handler.addFilter(_sanitize_record)
        with suppress(KeyboardInterrupt):
            asyncio.run(self._serve())

    async def _serve(self) -> None:
        loop, is_stopping = asyncio.get_running_loop(), asyncio.Event()
        for name in ("SIGINT", "SIGTERM", "SIGHUP"):
            with suppress(NotImplementedError, AttributeError):  # on Windows
                loop.add_signal_handler(getattr(signal, name), is_stopping.set)
        runner = web.AppRunner(
            await self._make_app(), access_log=None, shutdown_timeout=_CLOSE_TIMEOUT, lingering_time=1.0
        )
        await runner.setup()
        assert runner.server is not None
        self._connections = ConnectionLimits(runner.server)
        listener = await loop.create_server(self._connections.accept, sock=self.socket, backlog=_BACKLOG)
        self._watchdog = make_watchdog()
        cutting = asyncio.create_task(self._connections.cut_strangers())
        try:
            await is_stopping.wait()
        finally:
            cutting.cancel()
            listener.close()
            await self._end_sessions()
            self._connections.cut_all()
            await runner.cleanup()
            if self._watchdog is not None:
                self._watchdog.close()

    async def _end_sessions(self) -> None:
        """Tell the pages and end their explorers, all at once."""
        sessions = list(self._sessions.items())
        await asyncio.gather(*(explorer.stop(_STOP_GRACE) for _, explorer in sessions))
        with suppress(TimeoutError):
            async with asyncio.timeout(_CLOSE_TIMEOUT):
                await asyncio.gather(
                    *(websocket.close(code=WSCloseCode.GOING_AWAY) for websocket, _ in sessions), return_exceptions=True
                )

    async def _make_app(self) -> web.Application:
        app = web.Application(middlewares=[self._check_access])
        aiohttp_jinja2.setup(app, loader=jinja2.FileSystemLoader(_PAGE_DIRECTORY), autoescape=True)
        app.add_routes(
            [
                web.get("/", self._handle_link),
                *(web.get(path, self._handle_icon) for path in _ICON_PATHS),
                web.get("/download/{key}", self.handle_download),  # the page asks for this address, with a secret key
                web.get("/{secret}/", self._handle_page),
                web.get("/{secret}/ws", self.handle_websocket),
                web.get("/{secret}/static/{file:.*}", self._handle_static_file),
                web.get("/{secret}/{file}", self._handle_page_file),
            ]
        )
        app.on_response_prepare.append(self._add_headers)
        return app

    @web.middleware
    async def _check_access(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        refusal = self._refusal(request)
        if refusal is not None:
            return _message_response(refusal)
        if self._connections is not None and "secret" in request.match_info:
            self._connections.trust(request)
        try:
            return await handler(request)
        except web.HTTPNotFound:
            return _message_response(messages.NO_PAGE)

    def _refusal(self, request: web.Request) -> Message | None:
        """Return why no page of this server may make the request, or None if it may."""
        if request.headers.get("Host") != self.authority:
            return self._wrong_host(request)
        origin = request.headers.get("Origin")
        if origin is not None and origin != self.public_url:
            return messages.WRONG_ORIGIN
        is_public = request.path in _ICON_PATHS or (request.path == "/" and "token" in request.query)
        is_download = request.path.startswith("/download/") and bool(request.match_info.get("key"))
        if is_public or is_download or self._link.matches(request.match_info.get("secret", "")):
            return None
        return messages.NO_LINK

    def _wrong_host(self, request: web.Request) -> Message:
        """Return what to say about another host; one who typed “localhost” gets the same link with the right one."""
        if request.headers.get("Host") != self.authority.replace(_HOST, "localhost"):
            return messages.WRONG_HOST
        link = f"{self.public_url}{request.rel_url}"
        return messages.WRONG_HOST._replace(link=link, link_text=f"Open it at {self.authority}")

    async def _handle_link(self, request: web.Request) -> web.StreamResponse:
        """Exchange the token of the link for the address of a tab."""
        if is_preview(request.method, request.headers):
            is_prefetch = "Sec-Purpose" in request.headers  # an error makes the browser ask again when the tab opens
            return _message_response(messages.PREVIEW._replace(status=503 if is_prefetch else 200))
        token = request.query["token"]
        secret = self._link.redeem(token)
        if secret is None:
            return _message_response(messages.USED_LINK if self._link.is_token(token) else messages.NO_LINK)
        raise web.HTTPFound(f"/{secret}/")

    async def _handle_icon(self, request: web.Request) -> web.Response:
        return web.Response(body=(_PAGE_DIRECTORY / "favicon.svg").read_bytes(), content_type="image/svg+xml")

    @aiohttp_jinja2.template("page.html")
    async def _handle_page(self, request: web.Request) -> dict[str, Any]:
        base = f"{self.authority}/{request.match_info['secret']}"
        return {"static_url": f"http://{base}/static/", "app_websocket_url": f"ws://{base}/ws", "font_size": 16}

    async def _handle_page_file(self, request: web.Request) -> web.Response:
        name = request.match_info["file"]
        if name not in _PAGE_FILES:
            raise web.HTTPNotFound
        return web.Response(
            text=(_PAGE_DIRECTORY / name).read_text(encoding="utf-8"), content_type=_PAGE_FILES[name], charset="utf-8"
        )

    async def _handle_static_file(self, request: web.Request) -> web.StreamResponse:
        file = self._static_files.get(request.match_info["file"])
        if file is None:
            raise web.HTTPNotFound
        return web.FileResponse(file)

    async def handle_download(self, request: web.Request) -> web.StreamResponse:
        """Send a file that an explorer exported. Its key is secret and works once."""
        try:
            await self.download_manager.get_download_metadata(request.match_info["key"])
        except KeyError:
            return _message_response(messages.NO_DOWNLOAD)
        return await super().handle_download(request)

    async def _add_headers(self, request: web.Request, response: web.StreamResponse) -> None:
        response.headers["Content-Security-Policy"] = _CONTENT_SECURITY_POLICY.format(host=self.authority)
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.headers["Referrer-Policy"] = "no-referrer"
        response.headers["Cache-Control"] = "no-store"
        response.headers["Cross-Origin-Resource-Policy"] = "same-origin"

    async def handle_websocket(self, request: web.Request) -> web.WebSocketResponse:
        """Open an explorer for a page, and end it with the page."""
        if "Origin" not in request.headers:
            raise web.HTTPForbidden(text="no origin")
        columns = _parse_size(request.query.get("width"), _MAX_COLUMNS)
        rows = _parse_size(request.query.get("height"), _MAX_ROWS)
        if columns is None or rows is None:
            raise web.HTTPBadRequest(text="invalid terminal size")
        if not await self._has_room():
            raise web.HTTPServiceUnavailable(text=messages.TOO_MANY_SESSIONS.advice)
        websocket = web.WebSocketResponse(heartbeat=_HEARTBEAT, timeout=_CLOSE_TIMEOUT)
        explorer = ExplorerProcess(self._arguments, websocket, self.download_manager)
        self._sessions[websocket] = explorer
        try:
            await websocket.prepare(request)
            self._link.spend()
            await explorer.start(columns, rows)
            if self._watchdog is not None and explorer.pid is not None:
                self._watchdog.add(explorer.pid)
            await self._process_messages(websocket, explorer)
        finally:
            try:
                await asyncio.shield(explorer.stop())
            finally:
                del self._sessions[websocket]
                async with self._session_ended:
                    self._session_ended.notify_all()
        return websocket

    async def _has_room(self) -> bool:
        """Return whether one more explorer may start. Wait for those that are ending.

        A page that is loaded again arrives while its former explorer still ends.
        """
        with suppress(TimeoutError):
            async with asyncio.timeout(_ROOM_WAIT), self._session_ended:
                while self._is_full() and any(explorer.is_ending for explorer in self._sessions.values()):
                    await self._session_ended.wait()
        return not self._is_full()

    def _is_full(self) -> bool:
        return len(self._sessions) >= self._max_sessions

    async def _process_messages(self, websocket: web.WebSocketResponse, app_service: AppService) -> None:
        """Forward the messages of the page to the explorer and ignore invalid ones."""
        async for message in websocket:
            if message.type is not WSMsgType.TEXT or len(message.data) > _MAX_MESSAGE_LENGTH:
                continue
            try:
                kind, *arguments = message.json()
            except (TypeError, ValueError, RecursionError):
                continue
            argument = arguments[0] if arguments else None
            if kind == "stdin" and isinstance(argument, str):
                await app_service.send_bytes(argument.encode("utf-8", "replace"))
            elif kind == "resize" and isinstance(argument, dict):
                columns = _parse_size(argument.get("width"), _MAX_COLUMNS)
                rows = _parse_size(argument.get("height"), _MAX_ROWS)
                if columns and rows:
                    await app_service.set_terminal_size(columns, rows)
            elif kind == "ping" and isinstance(argument, str | int | float):
                await websocket.send_json(["pong", argument])
            elif kind == "blur":
                await app_service.blur()
            elif kind == "focus":
                await app_service.focus()


def _message_response(message: Message) -> web.Response:
    """Return a page with a message, and close the connection of a stranger."""
    response = web.Response(status=message.status, text=message_page(message), content_type="text/html")
    if message.status == web.HTTPForbidden.status_code:
        response.force_close()
    return response


def _sanitize_record(record: logging.LogRecord) -> bool:
    """Make a log record harmless for a terminal: it may hold what an explorer or a stranger sent."""
    record.msg, record.args = sanitize(record.getMessage(), keep_newlines=True), ()
    return True


def _parse_size(value: object, maximum: int) -> int | None:
    """Return a number of columns or rows from 1 to `maximum`, or None if `value` is no such number."""
    text = str(value)
    if not text.isascii() or not text.isdecimal() or len(text) > len(str(maximum)) + 1:
        return None
    size = int(text)
    return size if 1 <= size <= maximum else None
