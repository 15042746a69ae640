"""Bugs and broken connections: the app with a search that crashes and a chat that never ends."""

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest
from gradio_client import Client

from tests.running_app import App, Door, DoorError, GradioDoor, McpDoor, RestDoor, running_app

FAULTY_APP = """
import itertools, sys, time
from backend.chat import Chat
from backend.search import Search
import app

def crash(self, *given):
    raise RuntimeError("SECRET-9f")

def endless(self, message, **given):
    print("BEGUN", message, flush=True)
    try:
        for i in itertools.count():
            yield f"word{i} "
            time.sleep(0.05)
    finally:
        print("CLOSED", message, flush=True)

Search.upcoming = crash
Chat.stream = endless
sys.exit(app.main())
"""


@pytest.fixture(scope="module")
def faulty(tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    """The app with two faults planted."""
    with running_app(tmp_path_factory.mktemp("faulty"), program=FAULTY_APP) as started:
        yield started


@pytest.mark.parametrize("make", [RestDoor, GradioDoor, McpDoor])
def test_s3_a_bug_shows_only_a_number_which_the_log_has_too(faulty: App, make: Callable[[str], Door]) -> None:
    with pytest.raises(DoorError) as caught:
        make(faulty.url).call("upcoming_deadlines", within=30)
    assert caught.value.code == "INTERNAL_ERROR"
    assert "SECRET" not in caught.value.message and "Traceback" not in caught.value.message
    number = caught.value.message.rstrip(".").split()[-1]
    log = faulty.log.read_text()
    assert f"Request {number} failed" in log and "SECRET-9f" in log


def test_s3_the_status_of_a_bug_is_500(faulty: App) -> None:
    answer = httpx.get(f"{faulty.url}/api/scholarships/deadlines")
    assert answer.status_code == 500 and "SECRET" not in answer.text
    assert answer.headers["x-content-type-options"] == "nosniff"


def closed_soon(log: Path, message: str) -> bool:
    """Whether the chat with this message was closed within some seconds."""
    until = time.monotonic() + 8
    while time.monotonic() < until:
        if f"CLOSED {message}" in log.read_text():
            return True
        time.sleep(0.1)
    return False


@pytest.mark.parametrize("route", ["/api/chat/stream", "/api/chat"])
def test_s45_a_client_that_goes_away_stops_the_answer(faulty: App, route: str) -> None:
    message = f"away-{route.rpartition('/')[2]}"
    with httpx.Client(timeout=2) as client:
        if route.endswith("stream"):
            with client.stream("POST", faulty.url + route, json={"message": message}) as answer:
                assert next(answer.iter_text())
        else:
            with pytest.raises(httpx.ReadTimeout):
                client.post(faulty.url + route, json={"message": message})
    assert closed_soon(faulty.log, message)


def test_s45_a_cancelled_job_stops_the_answer(faulty: App) -> None:
    client = Client(faulty.url, verbose=False, ssl_verify=False)
    job = client.submit(message="away-job", api_name="/chat")
    until = time.monotonic() + 5
    while not job.outputs() and time.monotonic() < until:
        time.sleep(0.05)
    job.cancel()
    assert closed_soon(faulty.log, "away-job")
