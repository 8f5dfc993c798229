"""Limits on connections that have not shown the secret: their number, and how long they may take to send a request."""

from __future__ import annotations

import asyncio
import time

from aiohttp import web
from aiohttp.web_protocol import RequestHandler

MAX_STRANGERS = 64  # connections
REQUEST_TIMEOUT = 10.0  # seconds to send a request with the secret
_CHECK_INTERVAL = 1.0  # seconds


class ConnectionLimits:
    """Accepts the connections of a server and cuts those of strangers: the oldest of too many, and slow ones."""

    def __init__(self, server: web.Server) -> None:
        self._server = server
        self._trusted: set[RequestHandler] = set()
        self._accepted_at: dict[RequestHandler, float] = {}

    def accept(self) -> RequestHandler:
        """Return the protocol for a new connection."""
        self._cut_oldest_strangers()
        handler = self._server()
        self._accepted_at[handler] = time.monotonic()
        return handler

    def trust(self, request: web.BaseRequest) -> None:
        """Exempt the connection of a request that had the secret."""
        if isinstance(request.protocol, RequestHandler):
            self._trusted.add(request.protocol)

    def _cut_oldest_strangers(self) -> None:
        strangers = [handler for handler in self._server.connections if handler not in self._trusted]
        for handler in strangers[: max(0, len(strangers) - MAX_STRANGERS)]:
            _cut(handler)

    async def cut_strangers(self) -> None:
        """Cut strangers' connections that are too many or too slow, until the task is canceled."""
        while True:
            await asyncio.sleep(_CHECK_INTERVAL)
            self._cut_oldest_strangers()  # many may have been accepted at once
            current_time, connected = time.monotonic(), set(self._server.connections)
            self._trusted &= connected
            for handler, accepted_at in list(self._accepted_at.items()):
                is_late = current_time - accepted_at > REQUEST_TIMEOUT
                if handler in self._trusted or (is_late and handler not in connected):
                    del self._accepted_at[handler]
                elif is_late:
                    _cut(handler)

    def cut_all(self) -> None:
        """Cut every connection."""
        for handler in self._server.connections:
            _cut(handler)


def _cut(handler: RequestHandler) -> None:
    if isinstance(handler.transport, asyncio.Transport):
        handler.transport.abort()
