"""The MCP door at /gradio_api/mcp/: the same operations as tools, results as JSON text, errors as `CODE: message`.

Served by the mcp package itself: Gradio's own MCP server gives dicts as Python repr and prefixes tool names.
"""

import inspect
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Any

import anyio
import orjson
from mcp import types
from mcp.server.lowlevel import Server
from mcp.server.streamable_http_manager import StreamableHTTPSessionManager
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from backend import VERSION
from backend.api.failures import as_app_error
from backend.api.identity import identify
from backend.api.registry import DOORS, Door
from backend.limits import calling_from
from backend.services import Services

PATH = "/gradio_api/mcp"
WRITES = frozenset({"save_application", "update_application", "delete_application"})
_INSTRUCTIONS = (
    "Scholarships from a checked catalogue. Every amount, date, rule and link in a result is as its source states it; "
    "never add any of your own. Tools that write, and those that read a student's own things, need the student's token "
    "as `Authorization: Bearer TOKEN`."
)


class _ToolError(Exception):
    """`CODE: message`, as agents see it."""


class McpDoor:
    """The tools, the route that serves them and the lifespan they need."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._tools = {door.name: door for door in DOORS if door.for_agents}
        server: Server[Any, Any] = Server("scholarship-chatbot", version=VERSION, instructions=_INSTRUCTIONS)
        server.list_tools()(self._list)  # type: ignore[no-untyped-call]

        @server.call_tool(validate_input=False)
        async def call(name: str, arguments: dict[str, Any]) -> list[types.TextContent]:
            request = server.request_context.request
            headers = dict(request.headers) if request else {}
            address = request.client.host if request and request.client else None
            text = await anyio.to_thread.run_sync(self._call, name, arguments, headers, address)
            return [types.TextContent(type="text", text=text)]

        self._manager = StreamableHTTPSessionManager(server, stateless=True, json_response=True)

    @asynccontextmanager
    async def lifespan(self, app: Any) -> AsyncIterator[None]:
        """Runs while the app does."""
        del app
        async with self._manager.run():
            yield

    def routes(self) -> list[Route]:
        """The door's routes, with and without a trailing slash."""
        return [Route(path, _Handler(self._manager)) for path in (PATH, PATH + "/")]

    async def _list(self) -> list[types.Tool]:
        return [
            types.Tool(
                name=door.name, description=inspect.getdoc(door.run), inputSchema=door.takes.model_json_schema(by_alias=False),
                annotations=types.ToolAnnotations(
                    readOnlyHint=door.name not in WRITES, destructiveHint=door.name == "delete_application",
                ),
            )
            for door in self._tools.values()
        ]  # fmt: skip

    def _call(self, name: str, arguments: Mapping[str, Any], headers: Mapping[str, str], address: str | None) -> str:
        calling_from(address)
        door: Door | None = self._tools.get(name)
        if door is None:
            raise _ToolError(f"NOT_FOUND: There is no tool {name[:60]!r}.")
        try:
            caller = identify(self._services, headers, {})
            run = door.by_agent or door.run
            return orjson.dumps(run(self._services, caller, door.takes.model_validate(arguments))).decode()
        except Exception as error:
            failure = as_app_error(error, snake=True)
            raise _ToolError(f"{failure.code}: {failure.message}") from None


class _Handler:
    """An ASGI endpoint (a class, so that Starlette hands it the raw request)."""

    def __init__(self, manager: StreamableHTTPSessionManager) -> None:
        self._manager = manager

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["method"] != "POST":  # no session, hence no stream to open and nothing to end
            text = "This is an MCP server (streamable HTTP): add its address to an MCP client.\n"
            await PlainTextResponse(text, 405, {"allow": "POST"})(scope, receive, send)
            return
        await self._manager.handle_request(scope, receive, send)
