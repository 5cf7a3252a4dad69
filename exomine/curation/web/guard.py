"""Who may ask: this machine's browser on a page of this server, and nobody else.

The Host header is checked (another name that leads to this address is a trick to reach it from a foreign page), the
Origin header where there is one, and for whatever writes the token that only pages of this start know. Every answer
forbids foreign content.
"""

from __future__ import annotations

import secrets
from typing import Any

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse

__all__ = ["HEADERS", "MOST_BYTES", "Guard", "new_token", "same_token"]

#: The largest request that is read.
MOST_BYTES = 64 * 1024
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; "
    "connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}


def new_token() -> str:
    """A token that nobody can guess; each start has its own."""
    return secrets.token_urlsafe(32)


def same_token(given: str, token: str) -> bool:
    """Compared in a time that tells nothing."""
    return secrets.compare_digest(given.encode(), token.encode())


class Guard:
    """ASGI middleware: refuses what does not come from here and puts :data:`HEADERS` on every answer."""

    def __init__(self, app: Any, *, port: int) -> None:
        self._app = app
        self._hosts = frozenset(f"{name}:{port}" for name in ("127.0.0.1", "localhost"))
        self._origins = frozenset(f"http://{host}" for host in self._hosts)

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def guarded(message: Any) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        why = self._refusal(scope["method"], Headers(scope=scope))
        answer = PlainTextResponse(f"Refused: {why}.\n", 403) if why else self._app
        await answer(scope, receive, guarded)

    def _refusal(self, method: str, headers: Headers) -> str:
        """Why a request is refused; empty where it is not."""
        origin = headers.get("origin")
        if headers.get("host") not in self._hosts:
            return "the address is not this server's"
        if origin is not None and origin not in self._origins:
            return "the request comes from another page"
        if method in ("GET", "HEAD"):
            return ""
        if origin is None and headers.get("sec-fetch-site") not in (None, "same-origin"):
            return "the request comes from another page"
        return "" if _length(headers) <= MOST_BYTES else "the request is too large"


def _length(headers: Headers) -> int:
    told = headers.get("content-length", "")
    return int(told) if told.isdecimal() else MOST_BYTES + 1
