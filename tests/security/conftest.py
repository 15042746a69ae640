"""The running app and its doors, and the page's private handlers called as any program can call them."""

import json
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import httpx
import pytest

from tests.mailbox import Mailbox, running_mailbox
from tests.openid_provider import Provider, running_provider
from tests.running_app import App, running_app


class PageHandlers:
    """Every event handler of the page by a raw POST, without the page; `calls` are those that run on the server."""

    def __init__(self, url: str) -> None:
        self._http = httpx.Client(base_url=url, timeout=30)
        config = self._http.get("/config").json()
        self._default = {c["id"]: c["props"].get("value") for c in config["components"]}
        self.dependencies: list[dict[str, Any]] = config["dependencies"]
        self.calls = [d for d in self.dependencies if d["backend_fn"] and d["api_visibility"] == "private"]

    def named(self, name: str) -> dict[str, Any]:
        """The first handler of a name."""
        return next(d for d in self.calls if d["api_name"] == name)

    def call(
        self,
        handler: dict[str, Any],
        *,
        token: str | None = None,
        event: Any = None,
        session: str | None = None,
        **inputs: Any,
    ) -> str:
        """All that the handler sends back, as text; `inputs` by place (`i0=...`), else as they are on a fresh page."""
        session = session or uuid4().hex
        headers = {"authorization": f"Bearer {token}"} if token else {}
        data = [inputs.get(f"i{place}", self._default[i]) for place, i in enumerate(handler["inputs"])]
        body = {
            "data": data, "event_data": event, "fn_index": handler["id"], "session_hash": session,
            "trigger_id": handler["targets"][0][0],
        }  # fmt: skip
        joined = self._http.post("/gradio_api/queue/join", json=body, headers=headers)
        assert joined.status_code == 200, (handler["api_name"], joined.text)
        said, ends = [], ("process_completed", "unexpected_error", "close_stream")
        with self._http.stream("GET", "/gradio_api/queue/data", params={"session_hash": session}) as answer:
            for line in answer.iter_lines():
                if not line:
                    continue
                message = json.loads(line.removeprefix("data: "))
                said.append(json.dumps(message, ensure_ascii=False))
                if message["msg"] in ends and message.get("event_id") in (None, joined.json()["event_id"]):
                    break
        return "\n".join(said)


@pytest.fixture(scope="session")
def handlers(app: App) -> PageHandlers:
    """The page's handlers."""
    return PageHandlers(app.url)


@pytest.fixture(scope="session")
def provider() -> Iterator[Provider]:
    """Stands for Hugging Face."""
    with running_provider() as started:
        yield started


@pytest.fixture(scope="session")
def mailbox() -> Iterator[Mailbox]:
    """A mail server."""
    with running_mailbox() as started:
        yield started


@pytest.fixture(scope="session")
def connected(tmp_path_factory: pytest.TempPathFactory, provider: Provider, mailbox: Mailbox) -> Iterator[App]:
    """The app as on a Space that offers sign-in with Hugging Face, and with a mail server."""
    with running_app(tmp_path_factory.mktemp("connected"), **provider.settings, **mailbox.settings) as started:
        yield started
