"""Around every door: security headers, body size, closed doors, one form of path."""

import json
from collections.abc import Awaitable, Callable, MutableMapping
from datetime import UTC, datetime
from typing import Any

from backend.errors import AppError, NotFound, PayloadTooLarge

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

MAX_BODY = 64 * 1024
CLOSED = ("/monitoring", "/gradio_api/runs", "/gradio_api/upload", "/gradio_api/stream", "/gradio_api/component_server")
OWN = ("/api", "/health", "/docs", "/redoc", "/openapi.json")
_POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-inline'{docs}; style-src 'self' 'unsafe-inline'{docs}; "
    "img-src 'self' data: blob:{docs}; media-src 'self' blob: data:; font-src 'self' data:{docs}; connect-src 'self'; "
    "object-src 'none'; base-uri 'self'; form-action 'self'; frame-src 'none'; worker-src 'self' blob:; "
    "frame-ancestors 'self' https://huggingface.co https://*.huggingface.co"
)


def error_body(error: AppError) -> bytes:
    """The contract's error envelope."""
    body = {
        "success": False, "data": None, "error": {"message": error.message, "code": error.code},
        "timestamp": datetime.now(UTC).isoformat(),
    }  # fmt: skip
    return json.dumps(body).encode()


class Guard:
    """ASGI middleware, outermost; `docs_hosts` are the hosts that the API's documentation pages may load from."""

    def __init__(self, app: App, docs_hosts: str = "") -> None:
        self.app = app
        self._policy = _POLICY.format(docs="").encode()
        self._docs_policy = _POLICY.format(docs=f" {docs_hosts}" if docs_hosts else "").encode()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        path = scope["path"]
        if path.startswith(OWN) and path != "/" and path.endswith("/"):
            scope["path"] = path = path.rstrip("/")
            scope["raw_path"] = path.encode()
        headers = [
            (b"content-security-policy", self._docs_policy if path in ("/docs", "/redoc") else self._policy),
            (b"x-content-type-options", b"nosniff"),
            (b"referrer-policy", b"no-referrer"),
        ]

        async def send_with_headers(message: MutableMapping[str, Any]) -> None:
            if message["type"] == "http.response.start":
                kept = [(k, v) for k, v in message.get("headers", []) if not k.lower().startswith(b"access-control-")]
                message["headers"] = [*kept, *headers]
            await send(message)

        if path.startswith(CLOSED):
            await _refuse(NotFound("There is no such page."), send_with_headers)
            return
        try:
            await self.app(scope, _bounded(scope, receive), send_with_headers)
        except _TooLarge:
            await _refuse(PayloadTooLarge(f"The request is larger than {MAX_BODY // 1024} KB."), send_with_headers)


class _TooLarge(Exception):
    """The body went over the limit before the answer began."""


def _bounded(scope: Scope, receive: Receive) -> Receive:
    """`receive` that counts the body's bytes, declared or chunked."""
    declared = next((v for k, v in scope["headers"] if k == b"content-length"), b"0")
    seen = 0

    async def counted() -> MutableMapping[str, Any]:
        nonlocal seen
        if declared.isdigit() and int(declared) > MAX_BODY:
            raise _TooLarge
        message = await receive()
        seen += len(message.get("body", b""))
        if seen > MAX_BODY:
            raise _TooLarge
        return message

    return counted


async def _refuse(error: AppError, send: Send) -> None:
    body = error_body(error)
    headers = [(b"content-type", b"application/json"), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": error.status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
