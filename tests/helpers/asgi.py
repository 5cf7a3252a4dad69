"""An ASGI application asked without a network."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import unquote


@dataclass
class Answer:
    """What came back."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode("utf-8")


def ask(app, target: str, *, method: str = "GET", headers: Mapping[str, str], body: bytes = b"") -> Answer:
    """The answer to one request; ``target`` is path and query."""
    path, _, query = target.partition("?")
    sent: list[dict] = []
    length = {"content-length": str(len(body))} if method == "POST" else {}
    scope = {
        "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": method, "scheme": "http",
        "root_path": "",
        "path": unquote(path), "raw_path": path.encode(), "query_string": query.encode(), "client": ("127.0.0.1", 1),
        "server": ("127.0.0.1", 1),
        "headers": [(k.lower().encode(), v.encode()) for k, v in {**length, **headers}.items()],
    }  # fmt: skip

    async def receive() -> dict:
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(message: dict) -> None:
        sent.append(message)

    asyncio.run(app(scope, receive, send))
    start = next(m for m in sent if m["type"] == "http.response.start")
    told = {k.decode().lower(): v.decode() for k, v in start["headers"]}
    return Answer(
        start["status"], told, b"".join(m.get("body", b"") for m in sent if m["type"] == "http.response.body")
    )
