"""The app with the real small model: it answers while the model loads, with the model afterwards, and lets go."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from threading import Timer

import httpx
import pytest
from gradio_client import Client

from backend.phrases import phrase
from tests.conftest import ROOT
from tests.running_app import environment, free_port, wait_for

pytestmark = pytest.mark.timeout(240)
TOPICS = ("engineering", "law", "medicine", "nursing", "design")
QUESTION = {"message": f"Show me scholarships for {TOPICS[0]}"}


@pytest.fixture(scope="module")
def app(
    data_dir: Path, unpack_seconds: float, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[httpx.Client, int]]:
    """A client of the app, and the number of its process."""
    log, port = tmp_path_factory.mktemp("log") / "app.log", free_port()
    values = environment(data_dir, port) | {"LLM_MODEL": "", "LOG_LEVEL": "INFO"}
    with log.open("w") as sink, httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=60) as client:
        process = subprocess.Popen([sys.executable, "app.py"], cwd=ROOT, env=values, stdout=sink, stderr=sink)
        try:
            wait_for(str(client.base_url), process, log)
            yield client, process.pid
        finally:
            process.terminate()
            assert process.wait(20) == 0


@pytest.fixture(scope="module")
def http(app: tuple[httpx.Client, int]) -> httpx.Client:
    return app[0]


def model_process(parent: int) -> int:
    """The number of the process in which the model of an app is."""
    children = Path(f"/proc/{parent}/task").glob("*/children")
    numbers = [int(number) for file in children for number in file.read_text().split()]
    return next(n for n in numbers if b"backend.engines.batcher" in Path(f"/proc/{n}/cmdline").read_bytes())


def ready(http: httpx.Client) -> None:
    until = time.monotonic() + 60
    while model_state(http) == "loading" and time.monotonic() < until:
        time.sleep(0.2)
    assert model_state(http) == "ready"


def model_state(http: httpx.Client) -> str:
    return http.get("/health").json()["model"]["state"]


def streamed(http: httpx.Client, question: dict) -> tuple[str, dict]:
    """The text of all deltas, and the reply at the end."""
    text, event = "", ""
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


def with_the_model(http: httpx.Client) -> tuple[str, dict]:
    """The first answer in one chat in which the model takes part: what it writes differs with the processor's arithmetic,
    and any one sentence may be refused by the checker."""
    session = None
    for topic in TOPICS:
        question = {"message": f"Show me scholarships for {topic}", "sessionId": session}
        text, reply = streamed(http, question)
        if reply["engine"] == "model":
            return text, reply
        session = reply["sessionId"]
    raise AssertionError(f"the model took part in none of {len(TOPICS)} answers; the last: {text}")


def test_the_model_takes_part_on_every_streaming_door(http):
    if model_state(http) == "loading":
        assert http.post("/api/chat", json=QUESTION).json()["data"]["engine"] == "catalogue"
    ready(http)
    text, reply = with_the_model(http)
    assert text == reply["message"] and "\n\nTip: " in text
    assert len(reply["scholarships"]) == 5
    client = Client(str(http.base_url), verbose=False, ssl_verify=False)
    job = client.submit(QUESTION["message"], api_name="/chat")
    messages = [item["message"] for item in job]
    assert len(messages) > 2 and all(b.startswith(a) for a, b in pairwise(messages))
    assert job.result()["message"].startswith(text.split("\n\nTip: ")[0])


def test_a_client_that_goes_away_frees_the_model(http):
    for _ in range(3):
        with http.stream("POST", "/api/chat/stream", json=QUESTION) as answer:
            next(answer.iter_lines())
    with_the_model(http)  # nobody keeps it from the next in the queue


@pytest.mark.model
@pytest.mark.parametrize("end", [signal.SIGKILL, signal.SIGSTOP], ids=["crash", "hang"])
def test_a_model_that_crashes_or_hangs_leaves_the_catalogues_answer_in_the_same_turn(app, end):
    http, parent = app
    ready(http)
    child = model_process(parent)
    os.kill(child, signal.SIGSTOP)  # it writes nothing while the question comes in
    Timer(1.0, os.kill, (child, end)).start()
    text, reply = streamed(http, QUESTION)
    assert reply["engine"] == "catalogue" and reply["message"] == text
    assert len(reply["scholarships"]) == 5 and text.endswith(phrase("model_failed", "en"))
    ready(http)
