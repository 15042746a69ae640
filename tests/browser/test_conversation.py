"""The page's chat as a value, and as what a guest's browser keeps."""

import json
from typing import Any

import pytest

from ui.conversation import MOST_BYTES, Conversation, of_browser, of_session


def reply(message: str, message_id: str | None = None, **profile: Any) -> dict[str, Any]:
    return {
        "message": message, "sessionId": "s1", "messageId": message_id, "scholarships": [{"id": "nmmss"}], "citations": [],
        "profile": {"level": None, "fields": [], **profile},
    }  # fmt: skip


def chat(*turns: dict[str, Any]) -> Conversation:
    now = Conversation()
    for number, one in enumerate(turns):
        now = now.asked(f"q{number}").answered(one)
    return now


def test_what_is_known_is_that_of_the_last_answer_with_corrections() -> None:
    now = chat(reply("a", state="Bihar", familyIncome=2e5, incomeCurrency="INR", disability=True))
    now = now.corrected({"state": "Kerala", "familyIncome": None, "disability": False, "age": None, "level": ""})
    assert now.corrections == {"state": "Kerala", "disability": False} and now.forgotten == ["familyIncome"]
    assert now.known == {"state": "Kerala", "disability": False}
    assert now.corrected({"state": "Bihar"}).corrections == {"disability": False}


def test_a_correction_counts_until_the_student_says_otherwise() -> None:
    now = chat(reply("a", state="Bihar")).corrected({"state": None, "age": 19})
    now = now.asked("q1").answered(reply("b", age=19))
    assert (now.corrections, now.forgotten, now.known) == ({}, [], {"age": 19})
    back = now.first(1)
    assert (back.corrections, back.forgotten) == ({"age": 19}, ["state"]), "it was not a part of what is taken back"
    said = now.asked("q2").answered(reply("c", age=20, state="Goa")).first(2)
    assert (said.corrections, said.forgotten) == ({}, [])


def test_only_what_the_server_remembers_is_taken_back() -> None:
    now = chat(reply("a"), reply("b")).asked("stopped").streaming("half").asked("q3").answered(reply("d"))
    assert [now.on_server_from(turn) for turn in range(5)] == [3, 2, 1, 1, 0]
    assert (now.turns[2].question, now.turns[2].answer) == ("stopped", "half")


def test_the_browser_gives_back_what_it_kept() -> None:
    now = chat(reply("a", state="Bihar"), reply("b", state="Bihar", age=19)).asked("छोड़ा").rated(0, "down")
    again = of_browser(json.loads(now.kept()))
    assert again == now and again.known == {"state": "Bihar", "age": 19}


def test_a_long_chat_loses_its_oldest_turns_in_the_browser() -> None:
    now = chat(*(reply("छात्र" * 300) for _ in range(20)))
    kept = now.kept()
    again = of_browser(json.loads(kept))
    assert len(kept.encode()) <= MOST_BYTES and again
    assert again.turns == now.turns[-len(again.turns) :] and len(again.turns) > 5


@pytest.mark.parametrize(
    "kept",
    [None, [], "x", {}, {"id": "x"}, {"id": "x", "turns": [{}]}, {"id": "x" * 101, "turns": []},
     {"id": "x", "turns": [{"question": "q", "answer": "a", "profile": {"level": "wizard"}}]},
     {"id": "x", "turns": [{"question": "q", "answer": "a"}] * 61}],
)  # fmt: skip
def test_anything_else_is_refused(kept: object) -> None:
    assert of_browser(kept) is None


def test_a_students_chat_as_the_server_gives_it() -> None:
    question = {"id": "m1", "role": "user", "content": "q"}
    answer = {
        "id": "m2", "role": "assistant", "content": "a", "rating": "up", "profile": {"age": 19, "level": None},
        "scholarshipIds": ["nmmss"],
    }  # fmt: skip
    now = of_session({"id": "s1", "messages": [question, answer]})
    assert now.session == now.id == "s1" and now.known == {"age": 19}
    assert (now.turns[0].message_id, now.turns[0].rating, now.turns[0].on_server) == ("m2", "up", True)
