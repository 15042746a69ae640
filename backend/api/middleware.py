"""Around every door: security headers, body size, closed doors, one form of path."""

import json
from collections.abc import AsyncIterator, Awaitable, Callable, MutableMapping
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any

from backend.api.language import preferred
from backend.errors import AppError, NotFound, PayloadTooLarge
from backend.limits import calling_from

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

MAX_BODY = 64 * 1024
CLOSED = (
    "/monitoring", "/gradio_api/runs", "/gradio_api/run-history", "/gradio_api/upload", "/gradio_api/stream/",
    "/gradio_api/component_server", "/gradio_api/process_recording", "/gradio_api/proxy=", "/gradio_api/token",
    "/gradio_api/deep_link", "/gradio_api/dev/", "/gradio_api/vibe-", "/gradio_api/undo-vibe-edit",
)  # fmt: skip
"""Gradio's doors that this app has no use for; /gradio_api/file= stays, as Gradio serves nothing of ours there."""
OWN = ("/api/", "/health/", "/docs/", "/redoc/", "/openapi.json/")
_POLICY = (
    b"default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; style-src 'self' 'unsafe-inline'; "
    b"img-src 'self' data: blob:; media-src 'self' blob: data:; font-src 'self' data:; connect-src 'self'; "
    b"object-src 'none'; base-uri 'self'; form-action 'self'; frame-src 'none'; worker-src 'self' blob:; "
    b"frame-ancestors 'self' https://huggingface.co https://*.huggingface.co"
)


def error_body(error: AppError, language: str) -> bytes:
    """The contract's error envelope, with the sentence in a language."""
    body = {
        "success": False, "data": None, "error": {"message": error.said(language), "code": error.code},
        "timestamp": datetime.now(UTC).isoformat(),
    }  # fmt: skip
    return json.dumps(body).encode()


class Guard:
    """ASGI middleware around the whole app."""

    def __init__(self, app: App) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        calling_from((scope.get("client") or (None,))[0])
        path = scope["path"]
        if path.endswith("/") and f"{path.rstrip('/')}/".startswith(OWN):
            path = path.rstrip("/")
            scope = {**scope, "path": path, "raw_path": path.encode()}
        if path == "/":
            scope = {**scope, "query_string": b""}  # Gradio would take ?page= for a page of its own and fail
        private = path.startswith("/api")
        headers = [
            (b"content-security-policy", _POLICY),
            (b"x-content-type-options", b"nosniff"),
            (b"referrer-policy", b"no-referrer"),
        ]

        async def send_with_headers(message: MutableMapping[str, Any]) -> None:
            if message["type"] == "http.response.start":
                kept = [(k, v) for k, v in message.get("headers", []) if not k.lower().startswith(b"access-control-")]
                if private and not any(k.lower() == b"cache-control" for k, _ in kept):
                    kept.append((b"cache-control", b"no-store"))
                message["headers"] = [*kept, *headers]
            await send(message)

        if path.startswith(CLOSED):
            await _refuse(NotFound("no_page"), scope, send_with_headers)
            return
        body = await _whole_body(scope, receive)
        if body is None:
            await _refuse(PayloadTooLarge("too_large", most=MAX_BODY // 1024), scope, send_with_headers)
            return
        await self.app(scope, _replayed(body, receive), send_with_headers)


@asynccontextmanager
async def guarded(app: Any) -> AsyncIterator[None]:
    """A lifespan that puts the guard around the running app: outside of Gradio's own CORS and error middleware too,
    which middleware given to `launch()` is not."""
    app.middleware_stack = Guard(app.middleware_stack)
    yield


async def _whole_body(scope: Scope, receive: Receive) -> list[MutableMapping[str, Any]] | None:
    """The request's body, read before anything else; None where it is declared or turns out larger than allowed."""
    headers = dict(scope["headers"])
    declared = headers.get(b"content-length", b"0")
    if declared.isdigit() and int(declared) > MAX_BODY:
        return None
    if declared in (b"", b"0") and b"transfer-encoding" not in headers:
        return []
    messages, size = [], 0
    while True:
        message = await receive()
        messages.append(message)
        size += len(message.get("body", b""))
        if size > MAX_BODY:
            return None
        if message["type"] == "http.disconnect" or not message.get("more_body"):
            return messages


def _replayed(messages: list[MutableMapping[str, Any]], receive: Receive) -> Receive:
    """`receive` that gives what was read already, and then what comes."""
    waiting = iter(messages)

    async def replay() -> MutableMapping[str, Any]:
        message = next(waiting, None)
        return message if message is not None else await receive()

    return replay


async def _refuse(error: AppError, scope: Scope, send: Send) -> None:
    language = preferred(dict(scope["headers"]).get(b"accept-language", b"").decode("latin-1"))
    body = error_body(error, language)
    headers = [
        (b"content-type", b"application/json"),
        (b"content-length", str(len(body)).encode()),
        (b"content-language", language.encode()),
    ]
    await send({"type": "http.response.start", "status": error.status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
