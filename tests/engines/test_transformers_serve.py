"""A real `transformers serve` with the small model, asked by our engine and by the app's chat."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

from backend.engines import EngineError, Message
from backend.engines.openai_server import ServerEngine
from backend.engines.sources import unpacked_gguf
from tests.conftest import ROOT
from tests.running_app import environment, free_port, wait_for

pytestmark = pytest.mark.model

SERVE = Path(sys.executable).with_name("transformers")
TOKENS = 8


@dataclass(frozen=True)
class Served:
    """A running `transformers serve`; `model` is the only one it knows."""

    process: subprocess.Popen[bytes]
    address: str
    model: str
    log: Path

    def engine(self) -> ServerEngine:
        return ServerEngine(self.address, self.model)

    def answer(self, question: str) -> str:
        return "".join(self.engine().stream(asked(question), max_new_tokens=TOKENS, deadline_s=60))


def asked(question: str) -> list[Message]:
    return [{"role": "system", "content": "You are brief."}, {"role": "user", "content": question}]


@contextmanager
def started(command: list[str], env: dict[str, str], log: Path) -> Iterator[subprocess.Popen[bytes]]:
    """The running command, killed at the end."""
    with log.open("wb") as sink:
        process = subprocess.Popen(command, cwd=ROOT, env=env, stdout=sink, stderr=sink)
        try:
            yield process
        finally:
            process.kill()
            process.wait()


@contextmanager
def serving(folder: Path, log: Path) -> Iterator[Served]:
    """`transformers serve` with this model; it may not be ready yet."""
    port = free_port()
    command = [str(SERVE), "serve", str(folder), "--device", "cpu", "--host", "127.0.0.1", "--port", str(port)]
    # One thread: several that wait for each other crawl where other processes use the cores.
    with started(command, {**os.environ, "HF_HUB_OFFLINE": "1", "OMP_NUM_THREADS": "1"}, log) as process:
        yield Served(process, f"http://127.0.0.1:{port}", str(folder), log)


@pytest.fixture(scope="module")
def folder(gguf: Path, data_dir: Path, unpack_seconds: float) -> Path:
    return unpacked_gguf(gguf, data_dir)


@pytest.fixture(scope="module")
def server(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with serving(folder, tmp_path_factory.mktemp("serve") / "log") as server:
        wait_for(server.address, server.process, server.log)
        yield server


def test_streams_several_pieces_an_empty_one_first(server: Served) -> None:
    pieces = list(server.engine().stream(asked("What is a grant?"), max_new_tokens=TOKENS, deadline_s=60))
    assert pieces[0] == ""
    assert len([p for p in pieces if p]) >= TOKENS // 2
    assert "<|im_end|>" not in "".join(pieces)


def test_several_at_once_get_each_their_own_answer(server: Served) -> None:
    questions = ["What is a grant?", "Who pays fees?", "Name a school."]
    alone = [server.answer(q) for q in questions]
    with ThreadPoolExecutor(len(questions)) as pool:
        assert list(pool.map(server.answer, questions)) == alone
    assert len(set(alone)) == len(questions)


def test_closing_frees_the_server(server: Served) -> None:
    """Else the next one, which the server answers after it, would wait beyond its own deadline for 4,000 tokens."""
    with closing(server.engine().stream(asked("Count to 5000."), max_new_tokens=4_000, deadline_s=60)) as stream:
        while not next(stream):
            pass
    assert any(server.engine().stream(asked("What is a loan?"), max_new_tokens=TOKENS, deadline_s=20))


def test_a_wrong_model_is_a_sentence(server: Served) -> None:
    engine = ServerEngine(server.address, "another/model")
    with pytest.raises(EngineError, match=r"error \(400\)"):
        list(engine.stream(asked("What is a grant?"), max_new_tokens=TOKENS, deadline_s=10))


def chat(http: httpx.Client) -> tuple[str, dict]:
    """The text of a streamed answer to a student, and the reply at its end."""
    text, event = "", ""
    question = {"message": "Show me scholarships for engineering"}
    with http.stream("POST", "/api/chat/stream", json=question) as answer:
        for line in answer.iter_lines():
            if line.startswith("event: "):
                event = line[7:]
            elif line.startswith("data: ") and event == "delta":
                text += json.loads(line[6:])["text"]
            elif line.startswith("data: "):
                assert event == "done", line
                return text, json.loads(line[6:])
    raise AssertionError("the stream ended without `done`")


def test_the_app_writes_with_the_server_and_goes_on_without_it(folder: Path, tmp_path: Path) -> None:
    port, log = free_port(), tmp_path / "app.log"
    with serving(folder, tmp_path / "serve.log") as server:
        values = environment(tmp_path / "data", port)
        values |= {"LLM_BASE_URL": server.address, "LLM_MODEL": server.model}
        with (
            started([sys.executable, "app.py"], values, log) as app,
            httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=60) as http,
        ):
            wait_for(server.address, server.process, server.log)
            wait_for(str(http.base_url), app, log)
            text, reply = chat(http)
            assert text == reply["message"]
            assert "/v1/chat/completions" in server.log.read_text()

            stream = server.engine().stream(asked("Count to 5000."), max_new_tokens=4_000, deadline_s=60)
            while not next(stream):
                pass
            server.process.kill()
            with pytest.raises(EngineError, match="cannot be reached"):
                list(stream)

            text, reply = chat(http)
            assert text == reply["message"]
            assert reply["engine"] == "catalogue"
            assert len(reply["scholarships"]) == 5
