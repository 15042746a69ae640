"""The REST door words errors in the language that a caller's Accept-Language prefers; code and status stay the same."""

import re
from typing import Any

import httpx
import pytest

from tests.running_app import PASSWORD, Student

DEVANAGARI = re.compile("[\u0900-\u097f]")
FIELD = re.compile(r"^[A-Za-z][\w.]*: ")
CHANGE = {"do": "change", "id": "nobody", "changes": {"notes": "x"}}
CALLS: list[tuple[str, str, Any]] = [
    ("POST", "/api/auth/signin", {"email": "nobody@example.com", "password": PASSWORD}),
    ("POST", "/api/auth/signup", {"email": "no address", "password": PASSWORD}),
    ("POST", "/api/auth/signup", {"email": "a@example.com", "password": "short"}),
    ("POST", "/api/auth/signup", {"email": "a@example.com", "password": "password123"}),
    ("POST", "/api/auth/signup", {"email": "a@example.com"}),
    ("POST", "/api/auth/signup", {"email": "a@example.com", "password": PASSWORD, "name": "x" * 101}),
    ("POST", "/api/auth/forgot", {"email": "a@example.com"}),
    ("POST", "/api/auth/new-password", {"token": "x" * 43, "newPassword": PASSWORD}),
    ("GET", "/api/auth/me", None),
    ("GET", "/api/chat/sessions/nobody", None),
    ("POST", "/api/chat", {"message": " "}),
    ("POST", "/api/chat", {"message": "hello", "sessionId": "nobody"}),
    ("POST", "/api/chat/stream", {"message": "hello", "sessionId": "nobody"}),
    ("GET", "/api/scholarships/nobody", None),
    ("GET", "/api/scholarships/search?marks=101", None),
    ("POST", "/api/tracker/apply", {"applications": [], "action": CHANGE}),
    ("POST", "/api/tracker/apply", {"applications": [{"id": "x"}], "action": {"do": "view"}}),
    ("GET", "/api/no-such-route", None),
    ("GET", "/no-such-page", None),
    ("POST", "/api/chat", {"message": "x" * 70_000}),
]
OWN_CALLS: list[tuple[str, str, Any]] = [
    ("POST", "/api/applications/act", {"action": {"do": "undo", "id": "nobody"}}),
    ("POST", "/api/applications/act", {"action": {"do": "save", "scholarshipId": "nobody"}}),
    ("PATCH", "/api/auth/me", {"currentPassword": "wrong", "newPassword": PASSWORD}),
    ("PATCH", "/api/auth/me", {"profile": {"age": 200}}),
    ("DELETE", "/api/auth/me", {"password": "wrong"}),
    ("POST", "/api/students", {"name": " "}),
    ("PATCH", "/api/students/nobody", {"chosen": True}),
    ("PATCH", "/api/chat/sessions/nobody", {"title": " "}),
    ("DELETE", "/api/chat/sessions/nobody", None),
    ("POST", "/api/chat/sessions/import", {"turns": []}),
    ("POST", "/api/chat/feedback", {"rating": "up", "messageId": "nobody"}),
]  # fmt: skip


def answers(http: httpx.Client, call: tuple[str, str, Any], **headers: str) -> tuple[httpx.Response, httpx.Response]:
    """The same call by somebody who reads English, and by somebody who reads Hindi."""
    method, path, body = call
    english, hindi = (
        http.request(method, path, json=body, headers={**headers, "accept-language": language})
        for language in ("en-IN", "hi-IN,hi;q=0.9,en;q=0.5")
    )
    return english, hindi


def check(english: httpx.Response, hindi: httpx.Response) -> None:
    assert english.is_error and english.status_code == hindi.status_code
    assert (english.headers["content-language"], hindi.headers["content-language"]) == ("en", "hi")
    said, told = english.json()["error"], hindi.json()["error"]
    assert said["code"] == told["code"] and set(told) == {"code", "message"}
    assert not DEVANAGARI.search(said["message"])
    field = FIELD.match(told["message"])
    assert DEVANAGARI.search(told["message"]) and said["message"].startswith(field[0] if field else "")


@pytest.mark.parametrize("call", CALLS, ids=lambda c: f"{c[0]} {c[1]}")
def test_a_guest_reads_errors_in_hindi(http: httpx.Client, call: tuple[str, str, Any]) -> None:
    check(*answers(http, call))


@pytest.mark.parametrize("call", OWN_CALLS, ids=lambda c: f"{c[0]} {c[1]}")
def test_a_student_reads_errors_in_hindi(http: httpx.Client, asha: Student, call: tuple[str, str, Any]) -> None:
    check(*answers(http, call, authorization=f"Bearer {asha.token}"))


def test_an_account_that_is_there_already(http: httpx.Client, asha: Student) -> None:
    check(*answers(http, ("POST", "/api/auth/signup", {"email": asha.email, "password": PASSWORD})))


def test_who_names_no_language_reads_english(http: httpx.Client) -> None:
    assert http.get("/api/scholarships/nobody").json()["error"]["message"] == "There is no scholarship with this id."
