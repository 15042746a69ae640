"""Chats over REST: titles, search, copies, taking back, corrections of what is known, thumbs, consent."""

from typing import Any

import httpx
import pytest

from tests.running_app import Student


class Rest:
    """REST as one caller."""

    def __init__(self, http: httpx.Client, student: Student | None = None) -> None:
        self._http = http
        self._headers = {"authorization": f"Bearer {student.token}"} if student else {}

    def send(self, method: str, path: str, **given: Any) -> httpx.Response:
        """The raw answer."""
        return self._http.request(method, f"/api{path}", headers=self._headers, **given)

    def data(self, method: str, path: str, **given: Any) -> Any:
        """The answer's data."""
        answer = self.send(method, path, **given)
        assert answer.is_success, answer.text
        return answer.json()["data"]

    def chat(self, message: str, session_id: str | None = None, **more: Any) -> Any:
        """One turn."""
        return self.data("POST", "/chat", json={"message": message, "sessionId": session_id, **more})


@pytest.fixture
def mine(http: httpx.Client, asha: Student) -> Rest:
    return Rest(http, asha)


@pytest.fixture
def other(http: httpx.Client, ben: Student) -> Rest:
    return Rest(http, ben)


@pytest.fixture
def guest(http: httpx.Client) -> Rest:
    http.cookies.clear()
    return Rest(http)


def test_chats_have_titles_are_found_and_come_by_last_use(mine: Rest, other: Rest) -> None:
    first = mine.chat("scholarships for girls in Bihar")["sessionId"]
    second = mine.chat("last date of NMMSS?")["sessionId"]
    listed = mine.data("GET", "/chat/sessions")
    assert [c["id"] for c in listed] == [second, first]
    assert listed[1]["title"] == "scholarships for girls in Bihar" and listed[1]["updatedAt"] >= listed[1]["createdAt"]
    mine.chat("only for B.Tech", first)
    assert [c["id"] for c in mine.data("GET", "/chat/sessions", params={"limit": 1})] == [first]
    assert [c["id"] for c in mine.data("GET", "/chat/sessions", params={"offset": 1})] == [second]
    renamed = mine.data("PATCH", f"/chat/sessions/{first}", json={"title": "  My  100% plan\n"})
    assert renamed["title"] == "My 100% plan"
    assert [c["id"] for c in mine.data("GET", "/chat/sessions", params={"q": "100% PLAN"})] == [first]
    (found,) = mine.data("GET", "/chat/sessions", params={"q": "only for"})
    assert found["id"] == first and "only for B.Tech" in found["snippet"]
    assert mine.data("GET", "/chat/sessions", params={"q": "100_"}) == []
    assert other.data("GET", "/chat/sessions", params={"q": "plan"}) == []
    for title in ("", "  ", "x" * 101, "a\x00b"):
        assert mine.send("PATCH", f"/chat/sessions/{first}", json={"title": title}).status_code == 422
    assert other.send("PATCH", f"/chat/sessions/{first}", json={"title": "x"}).status_code == 404


def test_a_chat_can_be_copied(mine: Rest, other: Rest) -> None:
    reply = mine.chat("# last date of NMMSS?")
    address = f"/chat/sessions/{reply['sessionId']}/export"
    text = mine.send("GET", address)
    assert text.headers["content-type"] == "text/markdown; charset=utf-8"
    assert "attachment" in text.headers["content-disposition"]
    assert text.text.startswith("# # last date of NMMSS?\n") and "\n> # last date of NMMSS?\n" in text.text
    assert reply["message"].strip() in text.text
    copied = mine.data("GET", address, params={"format": "json"})
    assert copied == mine.data("GET", f"/chat/sessions/{reply['sessionId']}")
    answer = copied["messages"][1]
    assert answer["rating"] is None and answer["scholarshipIds"] and "level" in answer["profile"]
    assert mine.send("GET", address, params={"format": "pdf"}).status_code == 422
    assert other.send("GET", address).status_code == 404


@pytest.mark.parametrize("who", ["mine", "guest"])
def test_turns_taken_back_are_forgotten(request: pytest.FixtureRequest, other: Rest, who: str) -> None:
    caller: Rest = request.getfixturevalue(who)
    session = caller.chat("I am a girl from Bihar")["sessionId"]
    assert caller.chat("and I am in class 9", session)["profile"]["level"] == "school"
    turns = f"/chat/sessions/{session}/turns"
    assert other.send("DELETE", turns).status_code == 404
    for bad in (0, 51, "x"):
        assert caller.send("DELETE", turns, params={"last": bad}).status_code == 422
    assert caller.data("DELETE", turns, params={"last": 1}) is None
    profile = caller.chat("which ones are open?", session)["profile"]
    assert (profile["gender"], profile["state"], profile["level"]) == ("female", "Bihar", None)
    if who == "mine":
        messages = caller.data("GET", f"/chat/sessions/{session}")["messages"]
        assert [m["content"] for m in messages[::2]] == ["I am a girl from Bihar", "which ones are open?"]
    caller.data("DELETE", turns, params={"last": 50})
    assert caller.send("DELETE", "/chat/sessions/no-such/turns").status_code == 404


@pytest.mark.parametrize("who", ["mine", "guest"])
def test_what_is_known_can_be_corrected_and_forgotten(request: pytest.FixtureRequest, who: str) -> None:
    caller: Rest = request.getfixturevalue(who)
    if who == "mine":
        caller.data("PATCH", "/auth/me", json={"profile": {"state": "Bihar", "citizenship": "IN", "age": 19}})
    first = caller.chat("girl from Bihar, income 2 lakh")
    assert first["profile"]["familyIncome"] == 200_000
    second = caller.chat(
        "scholarships?", first["sessionId"], forget=["familyIncome", "state"], profile={"gender": "male"}
    )
    profile = second["profile"]
    assert (profile["familyIncome"], profile["incomeCurrency"], profile["state"]) == (None, None, None)
    assert profile["gender"] == "male"
    third = caller.chat("which are open?", first["sessionId"])["profile"]
    assert third["state"] is None and third["gender"] == "male", "it stays forgotten"
    if who == "mine":
        stored = caller.data("GET", "/auth/me")
        assert stored["profile"]["state"] == "Bihar" and stored["rememberProfile"] is False, "the account is left alone"
        assert caller.chat("scholarships?", forget=["state"])["profile"]["state"] is None
    assert caller.send("POST", "/chat", json={"message": "x", "forget": ["shoe"]}).status_code == 422


def test_with_consent_what_chats_learn_is_stored(mine: Rest) -> None:
    mine.data("PATCH", "/auth/me", json={"profile": {"state": "Bihar", "gender": "female"}})
    assert mine.data("PATCH", "/auth/me", json={"rememberProfile": True})["rememberProfile"] is True
    session = mine.chat("income 2 lakh, class 12")["sessionId"]
    stored = mine.data("GET", "/auth/me")["profile"]
    assert (stored["state"], stored["level"], stored["familyIncome"], stored["incomeCurrency"]) == (
        "Bihar", "class-11-12", 200_000, "INR"
    )  # fmt: skip
    mine.data("PATCH", "/auth/me", json={"profile": {"state": "Kerala"}})
    mine.chat("which are open?", session, forget=["familyIncome"])
    stored = mine.data("GET", "/auth/me")["profile"]
    assert stored["state"] == "Kerala" and stored["familyIncome"] is None, "a turn stores only what it learned itself"
    mine.data("PATCH", "/auth/me", json={"rememberProfile": False})
    mine.chat("I am from Goa", session)
    assert mine.data("GET", "/auth/me")["profile"]["state"] == "Kerala"


def test_thumbs_have_reasons_and_guests_send_what_they_are_about(mine: Rest, guest: Rest) -> None:
    reply = mine.chat("last date of NMMSS?")
    thumb = {
        "messageId": reply["messageId"],
        "rating": "down",
        "reasons": ["wrong_fact"],
        "comment": "call 9876543210123",
    }
    assert mine.data("POST", "/chat/feedback", json=thumb) is None
    opened = mine.data("GET", f"/chat/sessions/{reply['sessionId']}")
    assert opened["messages"][1]["rating"] == "down"
    exported = mine.data("GET", "/auth/me/export")["chats"][0]["messages"][1]["feedback"]
    assert exported[0]["reasons"] == ["wrong_fact"] and "9876543210123" not in exported[0]["comment"]
    assert guest.send("POST", "/chat/feedback", json=thumb).status_code == 401
    about = {"question": "last date?", "answer": "1 May", "rating": "up"}
    assert guest.data("POST", "/chat/feedback", json=about) is None
    for bad in (
        {"rating": "up"},
        {**about, "answer": ""},
        {**about, "reasons": ["no such"]},
        {**about, "rating": "so"},
    ):
        assert guest.send("POST", "/chat/feedback", json=bad).status_code == 422


def test_chat_sessions_are_only_for_those_who_are_signed_in(guest: Rest) -> None:
    session = guest.chat("hello")["sessionId"]
    for method, path in (
        ("GET", "/chat/sessions"),
        ("GET", f"/chat/sessions/{session}"),
        ("GET", f"/chat/sessions/{session}/export"),
    ):
        assert guest.send(method, path).status_code == 401
