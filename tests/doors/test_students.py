"""Several students in one account, over the doors."""

from typing import Any

import pytest

from tests.doors.test_chat_history import Rest, mine, other
from tests.running_app import Door, DoorError, Student

__all__ = ["mine", "other"]


def sister_of(rest: Rest, **more: Any) -> str:
    profile = {"level": "school", "gender": "female", "state": "bihar"}
    added = rest.data("POST", "/students", json={"name": " Meena ", "profile": profile, **more})
    assert added["name"] == "Meena" and added["profile"]["state"] == "Bihar" and not added["chosen"]
    return str(added["id"])


def test_a_call_is_about_the_student_it_names_on_every_door(door: Door, mine: Rest, asha: Student) -> None:
    sister = sister_of(mine)
    saved = door.call("save_application", token=asha.token, scholarship_id="nmmss", student_id=sister)
    assert [a["id"] for a in door.call("list_applications", token=asha.token, student_id=sister)] == [saved["id"]]
    assert door.call("list_applications", token=asha.token) == []
    assert door.call("me", token=asha.token, student_id=sister)["profile"]["level"] == "school"
    assert door.call("me", token=asha.token)["profile"]["level"] is None
    reply = door.call("chat", token=asha.token, message="scholarships for me", student_id=sister)
    assert reply["profile"]["state"] == "Bihar"
    assert door.call("chat_history", token=asha.token, student_id=sister)["total"] == 2
    assert door.call("chat_history", token=asha.token)["total"] == 0
    assert door.call("get_scholarship", token=asha.token, id="nmmss", student_id=sister)["isBookmarked"]
    assert not door.call("get_scholarship", token=asha.token, id="nmmss")["isBookmarked"]


def test_another_accounts_student_is_not_found(door: Door, mine: Rest, ben: Student) -> None:
    sister = sister_of(mine)
    for operation, values in (
        ("save_application", {"scholarship_id": "nmmss"}), ("list_applications", {}), ("me", {}), ("export_calendar", {}),
        ("chat", {"message": "hi"}), ("chat_history", {}), ("get_scholarship", {"id": "nmmss"}),
        ("check_eligibility", {"id": "nmmss"}),
    ):  # fmt: skip
        with pytest.raises(DoorError) as refused:
            door.call(operation, token=ben.token, student_id=sister, **values)
        assert refused.value.code == "NOT_FOUND", operation


def test_the_chosen_student_is_the_one_meant(mine: Rest, other: Rest, asha: Student) -> None:
    sister = sister_of(mine)
    assert [(x["name"], x["chosen"]) for x in mine.data("GET", "/students")] == [("Me", True), ("Meena", False)]
    assert mine.data("PATCH", f"/students/{sister}", json={"chosen": True, "name": "Meena K"})["chosen"]
    me = mine.data("GET", "/auth/me")
    assert (me["id"], me["studentId"], me["profile"]["state"]) == (asha.id, sister, "Bihar")
    mine.data("PATCH", "/auth/me", json={"profile": {"state": "Goa"}, "rememberProfile": True})
    chat = mine.chat("I am in class 9, girl")["sessionId"]
    mine.data("PUT", "/scholarships/nmmss/bookmark")
    assert [c["studentId"] for c in mine.data("GET", "/chat/sessions")] == [sister]
    mine.data("PATCH", f"/students/{asha.id}", json={"chosen": True})
    assert mine.data("GET", "/chat/sessions") == [] and mine.data("GET", "/applications") == []
    mine.chat("my family income is 2 lakh", chat)
    students = mine.data("GET", "/students")
    assert students[0]["profile"]["familyIncome"] is None, "a running chat stays the sister's"
    assert students[1]["profile"]["familyIncome"] == 200000 and students[1]["name"] == "Meena K"
    for method in ("PATCH", "DELETE"):
        assert other.send(method, f"/students/{sister}", json={"name": "x"}).status_code == 404
    assert mine.send("DELETE", f"/students/{asha.id}").status_code == 409
    exported = mine.data("GET", "/auth/me/export")
    assert [x["id"] for x in exported["students"]] == [asha.id, sister] and exported["applications"][0][
        "studentId"
    ] == sister
    mine.data("DELETE", f"/students/{sister}")
    assert [x["name"] for x in mine.data("GET", "/students")] == ["Me"]
    assert mine.send("GET", f"/chat/sessions/{chat}").status_code == 404


@pytest.mark.parametrize(
    "given", [{}, {"name": " "}, {"name": "x" * 61}, {"name": "x", "profile": {"level": "wizard"}}]
)
def test_a_student_needs_a_name(mine: Rest, given: dict[str, Any]) -> None:
    assert mine.send("POST", "/students", json=given).status_code == 422
