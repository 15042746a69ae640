"""The real app as a process, and its doors behind one small interface: `door.call(name, token=..., **values)`."""

import asyncio
import json
import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol
from uuid import uuid4

import httpx
import pytest
from gradio_client import Client
from gradio_client.exceptions import AppError as ClientError
from mcp import ClientSession
from mcp.client.streamable_http import streamablehttp_client

ROOT = Path(__file__).resolve().parents[1]
START_SECONDS = 240
PASSWORD = "a quite long pass phrase 47"

ROUTES = {
    "chat": ("POST", "/api/chat"),
    "chat_history": ("GET", "/api/chat/history"),
    "search_scholarships": ("GET", "/api/scholarships/search"),
    "list_scholarships": ("GET", "/api/scholarships"),
    "get_scholarship": ("GET", "/api/scholarships/{id}"),
    "match_profile": ("POST", "/api/scholarships/match"),
    "check_eligibility": ("POST", "/api/scholarships/{id}/eligibility"),
    "compare_scholarships": ("GET", "/api/scholarships/compare"),
    "upcoming_deadlines": ("GET", "/api/scholarships/deadlines"),
    "sign_up": ("POST", "/api/auth/signup"),
    "sign_in": ("POST", "/api/auth/signin"),
    "sign_out": ("POST", "/api/auth/signout"),
    "me": ("GET", "/api/auth/me"),
    "save_application": ("POST", "/api/applications"),
    "list_applications": ("GET", "/api/applications"),
    "update_application": ("PATCH", "/api/applications/{id}"),
    "delete_application": ("DELETE", "/api/applications/{id}"),
    "export_calendar": ("GET", "/api/applications/calendar.ics"),
    "health": ("GET", "/health"),
}
"""The contract's 19 names and the REST route of each."""
NOT_ON_MCP = {"sign_up", "sign_in", "sign_out"}


class DoorError(Exception):
    """An error as a caller sees it."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(f"{code}: {message}")
        self.code, self.message = code, message


class Door(Protocol):
    """One way in."""

    name: str
    url: str

    def call(self, operation: str, *, token: str | None = None, **values: Any) -> Any:
        """The contract's data object; raises DoorError."""
        ...


@dataclass
class App:
    """The running app."""

    url: str
    data_dir: Path
    log: Path


class RestDoor:
    """httpx against /api."""

    name = "rest"

    def __init__(self, url: str) -> None:
        self.url = url
        self._http = httpx.Client(base_url=url, timeout=30)

    def call(self, operation: str, *, token: str | None = None, **values: Any) -> Any:
        """See Door."""
        method, path = ROUTES[operation]
        if "{id}" in path:
            path = path.replace("{id}", str(values.pop("id")))
        values = {re.sub(r"_(\w)", lambda m: m[1].upper(), k): v for k, v in values.items()}
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        given: dict[str, Any] = {"params": values} if method in ("GET", "DELETE") else {"json": values}
        answer = self._http.request(method, path, headers=headers, **given)
        if answer.headers["content-type"].startswith("text/calendar"):
            return answer.text
        body = answer.json()
        if operation == "health":
            return body
        assert set(body) == {"success", "data", "error", "timestamp"}
        assert body["success"] is answer.is_success
        if body["error"]:
            raise DoorError(body["error"]["code"], body["error"]["message"])
        return body["data"]


class GradioDoor:
    """gradio_client with named endpoints; the token goes as the optional parameter."""

    name = "gradio"

    def __init__(self, url: str) -> None:
        self.url = url
        self._client = Client(url, verbose=False, ssl_verify=False)

    def call(self, operation: str, *, token: str | None = None, **values: Any) -> Any:
        """See Door."""
        if token:
            values["token"] = token
        try:
            return self._client.predict(api_name=f"/{operation}", **values)
        except ClientError as error:
            raise DoorError(str(error.title), str(error.message)) from None


def run_apart(work: Coroutine[Any, Any, Any]) -> Any:
    """A coroutine's result, run in a thread of its own: the browser tests keep a loop in the main thread."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, work).result()


class McpDoor:
    """A real MCP client; the token goes in the Authorization header."""

    name = "mcp"

    def __init__(self, url: str) -> None:
        self.url, self._url = url, f"{url}/gradio_api/mcp/"

    def call(self, operation: str, *, token: str | None = None, **values: Any) -> Any:
        """See Door."""
        return run_apart(self._call(operation, token, values))

    def tools(self) -> list[Any]:
        """What tools/list gives."""

        async def listed() -> list[Any]:
            async with streamablehttp_client(self._url) as (read, write, _), ClientSession(read, write) as session:
                await session.initialize()
                return list((await session.list_tools()).tools)

        return run_apart(listed())

    async def _call(self, operation: str, token: str | None, values: dict[str, Any]) -> Any:
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        async with (
            streamablehttp_client(self._url, headers=headers) as (read, write, _),
            ClientSession(read, write) as session,
        ):
            await session.initialize()
            result = await session.call_tool(operation, values)
        text = result.content[0].text  # type: ignore[union-attr]
        if result.isError:
            code, _, message = text.partition(": ")
            raise DoorError(code, message)
        return json.loads(text)


@dataclass
class Student:
    """A signed-up student."""

    id: str
    email: str
    token: str


@pytest.fixture(scope="session")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    """`python app.py` with an empty data folder, no language model and no rate limits."""
    with running_app(tmp_path_factory.mktemp("app")) as started:
        yield started


@contextmanager
def running_app(folder: Path, *, program: str | None = None, **settings: str) -> Iterator[App]:
    """The app, or a program that changes and starts it, with its data and log in a folder and these settings."""
    data_dir, log, port = folder / "data", folder / "app.log", free_port()
    url = f"http://127.0.0.1:{port}"
    command = [sys.executable, *(["-c", program] if program else ["app.py"])]
    env = environment(data_dir, port) | {"PUBLIC_URL": url} | settings
    with log.open("w") as sink:
        process = subprocess.Popen(command, cwd=ROOT, env=env, stdout=sink, stderr=sink)
        try:
            wait_for(url, process, log)
            yield App(url, data_dir, log)
        finally:
            process.terminate()
            try:
                assert process.wait(timeout=START_SECONDS) == 0, f"the app ended with {process.returncode}"
            except subprocess.TimeoutExpired:
                process.kill()
                raise


def environment(data_dir: Path, port: int) -> dict[str, str]:
    """The environment of an app under test."""
    return {
        **{k: v for k, v in os.environ.items() if k not in ("DATABASE_URL", "CATALOGUE", "SPACE_ID")},
        "DATA_DIR": str(data_dir), "LLM_MODEL": "none", "RATE_LIMITS": "off", "GRADIO_SERVER_PORT": str(port),
        "GRADIO_SERVER_NAME": "127.0.0.1", "BCRYPT_COST": "4", "JWT_SECRET": "t" * 40, "LOG_LEVEL": "DEBUG",
    }  # fmt: skip


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def wait_for(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    """Until /health answers."""
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until:
        assert process.poll() is None, f"the app ended:\n{log.read_text()}"
        try:
            if httpx.get(f"{url}/health").status_code == 200:
                return
        except httpx.TransportError:
            time.sleep(0.1)
    raise AssertionError(f"no answer in {START_SECONDS} s:\n{log.read_text()}")


@pytest.fixture(scope="session")
def http(app: App) -> Iterator[httpx.Client]:
    """A plain HTTP client of the app."""
    with httpx.Client(base_url=app.url, timeout=30) as client:
        yield client


@pytest.fixture(scope="session")
def doors(app: App) -> dict[str, Door]:
    """All doors by name."""
    return {"rest": RestDoor(app.url), "gradio": GradioDoor(app.url), "mcp": McpDoor(app.url)}


@pytest.fixture(params=["rest", "gradio", "mcp"])
def door(request: pytest.FixtureRequest, doors: dict[str, Door]) -> Door:
    """Each door in turn."""
    return doors[request.param]


@pytest.fixture
def rest(doors: dict[str, Door]) -> Door:
    """The REST door, for what is only prepared."""
    return doors["rest"]


def new_student(rest: Door) -> Student:
    """Sign up somebody new."""
    email = f"{uuid4().hex[:12]}@example.com"
    data = rest.call("sign_up", email=email, password=PASSWORD, name="Asha")
    return Student(data["user"]["id"], email, data["token"])


@pytest.fixture
def asha(rest: Door) -> Student:
    """A signed-in student."""
    return new_student(rest)


@pytest.fixture
def ben(rest: Door) -> Student:
    """Another signed-in student."""
    return new_student(rest)
