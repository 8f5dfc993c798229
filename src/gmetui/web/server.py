"""textual-serve with the checks it lacks, so that no other page and no other machine can drive the explorer.

textual-serve 1.1.3 accepts any Host and any Origin, starts as many processes as it is asked to, lists its folder and
loads a font from elsewhere. Here: this machine alone; the exact Host (a name that a stranger resolves to us is not
ours) and Origin (a socket that another page opens is not ours); a link that works once and leaves a cookie that no
script can read; a few sessions at most; sizes within bounds; nothing from other hosts.
"""

from __future__ import annotations

import hmac
import logging
import secrets
import socket
import subprocess
import sys
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path
from typing import Any

import aiohttp_jinja2
import jinja2
from aiohttp import WSMsgType, web
from textual_serve.app_service import AppService
from textual_serve.server import Server

_HERE = Path(__file__).parent
_HOST = "127.0.0.1"
_OWN_FILES = {"/page.css": "text/css", "/page.js": "text/javascript"}
_WIDEST, _TALLEST = 400, 200  # cells
_LONGEST = 200_000  # letters of one message from the page: a large paste
_COOKIE = "gmetui"
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; font-src 'self'; img-src 'self' data:; "
    "connect-src 'self' ws://{host}; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
)
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class GuardedServer(Server):
    """Serves `argv`, a command that opens a Textual application, to the browser of the person who started it."""

    def __init__(self, argv: Sequence[str], port: int = 0, most_sessions: int = 4) -> None:
        """Listen on `port`, or (0) on any free one. Raises `OSError` when it is taken."""
        self.socket = socket.create_server((_HOST, port))
        number = self.socket.getsockname()[1]
        self.authority = f"{_HOST}:{number}"
        command = subprocess.list2cmdline(argv) if sys.platform == "win32" else _posix_line(argv)
        super().__init__(command, host=_HOST, port=number, title="gmetui", public_url=f"http://{self.authority}")
        self.templates_path = _HERE
        self._token: str | None = secrets.token_urlsafe(24)
        self._secret = secrets.token_urlsafe(24)
        self._most = most_sessions
        self._sessions = 0

    @property
    def link(self) -> str:
        """The address that opens the explorer, once."""
        return f"{self.public_url}/?token={self._token}"

    def run(self) -> None:
        """Serve until interrupted."""
        logging.basicConfig(level=logging.WARNING, format="gmetui serve: %(message)s")
        web.run_app(self._make_app(), sock=self.socket, print=None, access_log=None)

    async def _make_app(self) -> web.Application:
        app = web.Application(middlewares=[self._guard])
        aiohttp_jinja2.setup(app, loader=jinja2.FileSystemLoader(_HERE), autoescape=True)
        app.add_routes(
            [
                web.get("/", self._page, name="index"),
                web.get("/ws", self.handle_websocket, name="websocket"),
                web.get("/download/{key}", self.handle_download, name="download"),
                web.static("/static", self.statics_path, show_index=False, name="static"),
                *(web.get(path, self._own_file) for path in _OWN_FILES),
            ]
        )
        app.on_response_prepare.append(self._headers)
        return app

    @aiohttp_jinja2.template("page.html")
    async def _page(self, request: web.Request) -> dict[str, Any]:
        static = f"{self.public_url}/static/"
        socket_url = f"ws://{self.authority}/ws"
        return {"config": {"static": {"url": static}}, "app_websocket_url": socket_url, "font_size": 16}

    async def _own_file(self, request: web.Request) -> web.Response:
        text = (_HERE / request.path.lstrip("/")).read_text(encoding="utf-8")
        return web.Response(text=text, content_type=_OWN_FILES[request.path])

    @web.middleware
    async def _guard(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        if request.headers.get("Host") != self.authority:
            raise web.HTTPForbidden(text="wrong host")
        origin = request.headers.get("Origin")
        if origin is not None and origin != self.public_url:
            raise web.HTTPForbidden(text="wrong origin")
        if request.path == "/" and "token" in request.query:
            self._spend(request.query["token"])
        if not hmac.compare_digest(request.cookies.get(_COOKIE, "").encode(), self._secret.encode()):
            raise web.HTTPForbidden(text="open the link that gmetui printed; it works once")
        if request.path != "/ws":
            return await handler(request)
        if origin is None:
            raise web.HTTPForbidden(text="no origin")
        if self._sessions >= self._most:
            raise web.HTTPServiceUnavailable(text="too many sessions are open")
        self._sessions += 1
        try:
            return await handler(request)
        finally:
            self._sessions -= 1

    def _spend(self, token: str) -> None:
        """Give a cookie for the token, which is worth nothing afterwards."""
        if self._token is None or not hmac.compare_digest(token.encode(), self._token.encode()):
            raise web.HTTPForbidden(text="this link was used, or is not ours")
        self._token = None
        found = web.HTTPFound("/")
        found.set_cookie(_COOKIE, self._secret, httponly=True, samesite="Strict", path="/")
        raise found

    async def _headers(self, request: web.Request, response: web.StreamResponse) -> None:
        response.headers["Content-Security-Policy"] = _POLICY.format(host=self.authority)
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.headers["Referrer-Policy"] = "no-referrer"
        response.headers["Cache-Control"] = "no-store"

    async def handle_websocket(self, request: web.Request) -> web.WebSocketResponse:
        """Open the explorer at a size within bounds."""
        sizes = (_cells(request.query.get("width"), _WIDEST), _cells(request.query.get("height"), _TALLEST))
        if None in sizes:
            raise web.HTTPBadRequest(text="no such size")
        return await super().handle_websocket(request)

    async def _process_messages(self, websocket: web.WebSocketResponse, app_service: AppService) -> None:
        """Pass on what the page sends; what is no message of ours is passed over."""
        async for message in websocket:
            if message.type is not WSMsgType.TEXT or len(message.data) > _LONGEST:
                continue
            try:
                kind, *rest = message.json()
            except (TypeError, ValueError, RecursionError):
                continue
            data = rest[0] if rest else None
            if kind == "stdin" and isinstance(data, str):
                await app_service.send_bytes(data.encode("utf-8", "replace"))
            elif kind == "resize" and isinstance(data, dict):
                width, height = _cells(data.get("width"), _WIDEST), _cells(data.get("height"), _TALLEST)
                if width and height:
                    await app_service.set_terminal_size(width, height)
            elif kind == "ping" and isinstance(data, str | int | float):
                await websocket.send_json(["pong", data])
            elif kind == "blur":
                await app_service.blur()
            elif kind == "focus":
                await app_service.focus()


def _posix_line(argv: Sequence[str]) -> str:
    import shlex

    return shlex.join(argv)


def _cells(value: object, most: int) -> int | None:
    """Return a number of cells within bounds, or None where `value` is no such number."""
    text = str(value)
    if not text.isascii() or not text.isdecimal() or len(text) > len(str(most)) + 1:
        return None
    number = int(text)
    return number if 1 <= number <= most else None
