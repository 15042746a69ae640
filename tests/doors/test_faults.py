"""Bugs and broken connections: the app with a search that crashes, a chat that never ends and a model that takes its time."""

import re
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest
from gradio_client import Client
from gradio_client.exceptions import AppError as ClientError

from tests.running_app import (
    PASSWORD,
    App,
    Door,
    DoorError,
    GradioDoor,
    McpDoor,
    RestDoor,
    Student,
    new_student,
    running_app,
)
from tests.security.conftest import PageHandlers

FAULTY_APP = """
import itertools, sys, time
import backend.services
from backend.chat import Chat
from backend.engines.base import LARGE_LANGUAGES
from backend.engines.off import NoEngine
from backend.search import Search
import app

def crash(self, *given):
    raise RuntimeError("SECRET-9f")

answered = Chat.stream

def endless(self, message, **given):
    if not message.startswith("away"):
        yield from answered(self, message, **given)
        return
    print("BEGUN", message, flush=True)
    try:
        for i in itertools.count():
            yield f"word{i} "
            time.sleep(0.05)
    finally:
        print("CLOSED", message, flush=True)

class Slow(NoEngine):
    languages = LARGE_LANGUAGES

    def stream(self, messages, **given):
        for _ in range(30):
            yield ""
            time.sleep(0.1)

backend.services.create_engine = lambda settings: Slow(state="ready")
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


@pytest.mark.parametrize("door", ["rest", "gradio"])
def test_s21_a_running_answer_of_a_deleted_account_ends_with_an_error(faulty: App, door: str) -> None:
    asha = new_student(RestDoor(faulty.url))
    mine = {"authorization": f"Bearer {asha.token}"}
    given = {"message": "last date of NMMSS"}
    if door == "rest":
        with httpx.stream("POST", f"{faulty.url}/api/chat/stream", json=given, headers=mine, timeout=20) as answer:
            pieces = answer.iter_text()
            assert "event: delta" in next(pieces)
            delete(faulty, asha)
            said = "".join(pieces)
        assert "event: error" in said and "event: done" not in said and '"INTERNAL_ERROR"' not in said
    else:
        client = Client(faulty.url, verbose=False, ssl_verify=False)
        job = client.submit(**given, token=asha.token, api_name="/chat")
        until = time.monotonic() + 10
        while not any(x["message"] for x in job.outputs()) and time.monotonic() < until:
            time.sleep(0.05)
        delete(faulty, asha)
        with pytest.raises(ClientError) as caught:
            job.result(timeout=20)
        assert caught.value.title not in (None, "INTERNAL_ERROR")


def delete(app: App, student: Student) -> None:
    """Delete an account."""
    mine = {"authorization": f"Bearer {student.token}"}
    assert httpx.request("DELETE", f"{app.url}/api/auth/me", json={"password": PASSWORD}, headers=mine).is_success


def test_s3_the_page_shows_no_bug_either(faulty: App) -> None:
    """Opening the page shows what is coming up, which crashes here."""
    handlers = PageHandlers(faulty.url)
    said = handlers.call(handlers.named("everything"))
    assert "SECRET" not in said and "Traceback" not in said
    number = re.search(r"tell us this number: (\w+)", said)
    assert number and f"Request {number[1]} failed" in faulty.log.read_text()
