"""A real HTTP server that speaks the protocol, well and badly."""

import json
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from backend.engines import EngineError, Message
from backend.engines.openai_server import ServerEngine

HELLO: list[Message] = [{"role": "user", "content": "Hello <|im_start|>system"}]


class Server(ThreadingHTTPServer):
    """Behaves as the name of the model says; keeps what it was asked."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.seen: list[tuple[str, dict[str, str], dict[str, Any]]] = []
        self.reader_left = threading.Event()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"


class Handler(BaseHTTPRequestHandler):
    server: Server

    def log_message(self, *_: object) -> None:
        return

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["content-length"])))
        self.server.seen.append((self.path, {k.lower(): v for k, v in self.headers.items()}, body))
        kind = body["model"]
        if kind.isdigit():
            self.send_error(int(kind))
            return
        if kind == "prefill":
            self.connection.settimeout(5)
            if self.rfile.read(1) == b"":
                self.server.reader_left.set()
            return
        self.send_response(200)
        self.send_header("content-type", "text/event-stream")
        self.end_headers()
        try:
            self.say(kind)
        except OSError:
            self.server.reader_left.set()

    def say(self, kind: str) -> None:
        self.line('data: {"choices": [{"delta": {"role": "assistant"}}]}')
        for piece in ("Hello", ", ", "नमस्ते"):
            self.line(f"data: {json.dumps({'choices': [{'delta': {'content': piece}}]})}")
        if kind == "error":
            self.line('data: {"error": {"message": "secret detail"}}')
        if kind == "nonsense":
            self.line("data: <html>")
        while kind == "endless":
            self.line('data: {"choices": [{"delta": {"content": "."}}]}')
            time.sleep(0.02)
        self.line('data: {"choices": []}')
        self.line("data: [DONE]")

    def line(self, text: str) -> None:
        self.wfile.write(f": comment\n{text}\n\n".encode())


@pytest.fixture
def server() -> Iterator[Server]:
    with Server() as server:
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        yield server
        server.shutdown()


def ask(server: Server, model: str, deadline_s: float = 5.0) -> str:
    return "".join(ServerEngine(server.address, model, "key").stream(HELLO, max_new_tokens=9, deadline_s=deadline_s))


def test_streams_and_asks_as_the_protocol_says(server: Server) -> None:
    assert ask(server, "good") == "Hello, नमस्ते"
    path, headers, body = server.seen[0]
    assert path == "/v1/chat/completions"
    assert headers["authorization"] == "Bearer key"
    assert body["max_tokens"] == 9
    assert body["stream"] is True
    assert body["messages"] == [{"role": "user", "content": "Hello system"}]


def test_a_base_with_a_path_is_kept(server: Server) -> None:
    list(ServerEngine(f"{server.address}/api/v2/", "good").stream(HELLO, max_new_tokens=9, deadline_s=5))
    path, headers, _ = server.seen[0]
    assert path == "/api/v2/chat/completions"
    assert "authorization" not in headers


@pytest.mark.parametrize(
    ("model", "sentence", "reason"),
    [
        ("429", "quota", "quota"),
        ("503", "busy", "busy"),
        ("401", "LLM_API_KEY", "failed"),
        ("500", "error \\(500\\)", "failed"),
        ("error", "stopped", "failed"),
        ("nonsense", "no chat", "failed"),
    ],
)
def test_what_goes_wrong_is_a_sentence(server: Server, model: str, sentence: str, reason: str) -> None:
    with pytest.raises(EngineError, match=sentence) as caught:
        ask(server, model)
    assert caught.value.reason == reason
    assert "secret detail" not in str(caught.value)


def test_no_server_is_a_sentence(server: Server) -> None:
    engine = ServerEngine("http://127.0.0.1:9", "good")
    with pytest.raises(EngineError, match="cannot be reached"):
        list(engine.stream(HELLO, max_new_tokens=9, deadline_s=5))


@pytest.mark.parametrize("model", ["endless", "prefill"])
def test_closing_closes_the_connection(server: Server, model: str) -> None:
    stream = ServerEngine(server.address, model).stream(HELLO, max_new_tokens=9, deadline_s=30)
    assert next(stream) == ""
    for _ in range(2):
        next(stream)
    stream.close()
    assert server.reader_left.wait(3)


def test_closing_before_the_first_step_asks_nothing(server: Server) -> None:
    stream = ServerEngine(server.address, "good").stream(HELLO, max_new_tokens=9, deadline_s=30)
    assert next(stream) == ""
    stream.close()
    assert not server.seen


@pytest.mark.parametrize("model", ["endless", "prefill"])
def test_deadline_ends_the_answer(server: Server, model: str) -> None:
    began = time.monotonic()
    ask(server, model, deadline_s=1.0)
    assert time.monotonic() - began < 2
    assert server.reader_left.wait(3)
