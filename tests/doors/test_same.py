"""One promise through all doors: the same input gives the same records, verdicts and errors."""

import sqlite3
from contextlib import closing
from typing import Any

import httpx
import pytest

from tests.running_app import PASSWORD, App, Door, DoorError, Student

VOLATILE = {"tookMs", "timestamp", "sessionId", "messageId"}
FIRST = "nmmss"
SECOND = "pm-usp-central-sector-scheme"
PROFILE = {
    "level": "undergraduate", "fields": ["engineering"], "gender": "female", "citizenship": "IN", "state": "Bihar",
    "marks_percent": 82.5, "family_income": 200000, "age": 19,
}  # fmt: skip
READS: list[tuple[str, dict[str, Any]]] = [
    ("search_scholarships", {}),
    ("search_scholarships", {"keywords": "central sector scheme"}),
    ("search_scholarships", {"q": "girls engineering scholarship bihar"}),
    ("search_scholarships", {"keywords": "मुझे छात्रवृत्ति चाहिए", "page_size": 5}),
    ("search_scholarships", {"level": "undergraduate", "gender": "female", "sort": "deadline", "page": 2}),
    ("search_scholarships", {"category": "Women", "income": 250000, "eligible_only": True}),
    ("search_scholarships", {"level": "", "state": "", "deadline": "upcoming", "sort": "award"}),
    ("list_scholarships", {"page": 3, "page_size": 7}),
    ("get_scholarship", {"id": FIRST}),
    ("match_profile", {**PROFILE, "page_size": 10}),
    ("check_eligibility", {"id": SECOND, **PROFILE}),
    ("check_eligibility", {"id": FIRST}),
    ("compare_scholarships", {"ids": [FIRST, SECOND]}),
    ("upcoming_deadlines", {"within": 90, "citizenship": "IN"}),
    ("chat", {"message": "last date of central sector scheme?"}),
    ("chat", {"message": "scholarship for girls in engineering", "profile": {"state": "Bihar"}}),
]


def stable(value: Any) -> Any:
    """The value without what changes from call to call."""
    if isinstance(value, dict):
        return {k: stable(v) for k, v in value.items() if k not in VOLATILE}
    return [stable(v) for v in value] if isinstance(value, list) else value


@pytest.mark.parametrize(("operation", "values"), READS)
def test_reads_agree(doors: dict[str, Door], operation: str, values: dict[str, Any]) -> None:
    answers = {name: stable(door.call(operation, **values)) for name, door in doors.items()}
    assert answers["gradio"] == answers["rest"]
    assert answers["mcp"] == answers["rest"]


def test_a_scholarship_has_exactly_the_fields_of_the_contract(door: Door) -> None:
    record = door.call("get_scholarship", id=FIRST)
    wanted = (
        "id name category award deadline description eligibility requirements applicationUrl isBookmarked provider providerType studyIn "
        "openTo closedTo states levels fields gender socialGroups disability minMarksPercent maxFamilyIncome incomeCurrency minAge maxAge "
        "relaxations awardMin awardMax currency awardPeriod covers renewable awardsPerYear deadlineState source applicationUrlIsOfficial"
    )
    assert set(record) - {"match"} == set(wanted.split())
    states = "state closesOn closesMonth opensMonth nextExpected daysLeft asOf text"
    assert set(record["deadlineState"]) == set(states.split())
    assert set(record["source"]) == {"url", "date"}


def test_a_search_result_has_the_fields_of_the_contract(door: Door) -> None:
    found = door.call("search_scholarships", keywords="girls in Bihar", page_size=3)
    assert set(found) == {
        "scholarships",
        "total",
        "page",
        "pageSize",
        "facets",
        "resolvedId",
        "profile",
        "notShown",
        "nearMisses",
        "dataVersion",
        "tookMs",
    }
    assert set(found["facets"]) == {"category", "level", "field", "state", "country", "providerType"}
    assert found["pageSize"] == 3 and len(found["scholarships"]) <= 3
    assert found["profile"]["gender"] == "female" and found["profile"]["state"] == "Bihar"
    assert all(set(r["match"]) == {"status", "satisfied", "failed", "unknown"} for r in found["scholarships"])


def test_a_chat_goes_on_with_its_session(door: Door) -> None:
    first = door.call("chat", message="tell me about central sector scheme")
    wanted = "message sessionId timestamp suggestions scholarships citations intent profile engine dataVersion tookMs"
    assert set(first) >= set(wanted.split())
    assert first["engine"] == "catalogue" and first["message"] and len(first["suggestions"]) <= 4
    second = door.call("chat", message="iski last date?", session_id=first["sessionId"])
    assert second["sessionId"] == first["sessionId"]
    assert second["scholarships"][0]["id"] == first["scholarships"][0]["id"]


@pytest.mark.parametrize(
    ("operation", "values", "code", "word"),
    [
        ("chat", {"message": ""}, "VALIDATION_ERROR", "message"),
        ("chat", {"message": "   "}, "VALIDATION_ERROR", "message"),
        ("chat", {"message": "x" * 10_000}, "VALIDATION_ERROR", "message"),
        ("chat", {"message": "a\x00b"}, "VALIDATION_ERROR", "message"),
        ("chat", {"message": ["a"]}, "VALIDATION_ERROR", "message"),
        ("chat", {"message": "hello", "session_id": "no-such-chat"}, "NOT_FOUND", "chat"),
        ("chat", {"message": "hello", "profile": {"level": "wizard"}}, "VALIDATION_ERROR", "level"),
        ("search_scholarships", {"keywords": "x" * 10_000}, "VALIDATION_ERROR", "keywords"),
        ("search_scholarships", {"level": "wizard"}, "VALIDATION_ERROR", "level"),
        ("search_scholarships", {"page": 0}, "VALIDATION_ERROR", "page"),
        ("search_scholarships", {"page_size": 101}, "VALIDATION_ERROR", "page"),
        ("search_scholarships", {"page": "two"}, "VALIDATION_ERROR", "page"),
        ("search_scholarships", {"marks": "NaN"}, "VALIDATION_ERROR", "marks"),
        ("list_scholarships", {"page_size": -1}, "VALIDATION_ERROR", "page"),
        ("get_scholarship", {"id": "no-such-id"}, "NOT_FOUND", "scholarship"),
        ("check_eligibility", {"id": "no-such-id"}, "NOT_FOUND", "scholarship"),
        ("match_profile", {"age": "old"}, "VALIDATION_ERROR", "age"),
        ("match_profile", {"marks_percent": 101}, "VALIDATION_ERROR", "marks"),
        ("compare_scholarships", {"ids": [FIRST]}, "VALIDATION_ERROR", "ids"),
        ("compare_scholarships", {"ids": [FIRST, "no-such-id"]}, "NOT_FOUND", "scholarship"),
        ("compare_scholarships", {"ids": [FIRST] * 5}, "VALIDATION_ERROR", "ids"),
        ("upcoming_deadlines", {"within": 0}, "VALIDATION_ERROR", "within"),
        ("chat_history", {}, "UNAUTHORIZED", "sign"),
        ("me", {}, "UNAUTHORIZED", "sign"),
        ("list_applications", {}, "UNAUTHORIZED", "sign"),
        ("export_calendar", {}, "UNAUTHORIZED", "sign"),
        ("save_application", {"scholarship_id": FIRST}, "UNAUTHORIZED", "sign"),
        ("update_application", {"id": "x", "notes": "y"}, "UNAUTHORIZED", "sign"),
        ("delete_application", {"id": "x"}, "UNAUTHORIZED", "sign"),
    ],
)
def test_errors_have_the_code_of_the_contract(
    door: Door, operation: str, values: dict[str, Any], code: str, word: str
) -> None:
    with pytest.raises(DoorError) as caught:
        door.call(operation, **values)
    assert caught.value.code == code, caught.value
    assert word in caught.value.message.lower()
    assert "xxxx" not in caught.value.message and "\n" not in caught.value.message


@pytest.mark.parametrize("token", ["rubbish", "a.b.c", "é", "x" * 5000])
def test_a_bad_token_is_refused_and_not_taken_for_a_guest(doors: dict[str, Door], token: str) -> None:
    for name in ("rest", "gradio", "mcp") if token.isascii() else ("gradio",):
        with pytest.raises(DoorError) as caught:
            doors[name].call("search_scholarships", token=token, keywords="girls")
        assert caught.value.code == "UNAUTHORIZED", name


def test_sign_up_sign_in_on_both_doors(doors: dict[str, Door], asha: Student) -> None:
    for name in ("rest", "gradio"):
        door = doors[name]
        again = door.call("sign_in", email=asha.email, password=PASSWORD)
        assert again["user"]["id"] == asha.id and set(again["user"]) == {"id", "email", "name", "createdAt"}
        for email, password in ((asha.email, "wrong password 12"), ("nobody@example.com", PASSWORD)):
            with pytest.raises(DoorError) as caught:
                door.call("sign_in", email=email, password=password)
            assert caught.value.code == "UNAUTHORIZED"
        with pytest.raises(DoorError) as caught:
            door.call("sign_up", email=asha.email, password=PASSWORD)
        assert caught.value.code == "CONFLICT"
        for email, password in (
            ("not an address", PASSWORD),
            ("new@example.com", "short"),
            ("new@example.com", "password"),
        ):
            with pytest.raises(DoorError) as caught:
                door.call("sign_up", email=email, password=password)
            assert caught.value.code == "VALIDATION_ERROR"
            assert password not in caught.value.message or password == "password"


def test_s20_a_token_works_on_every_door_and_dies_on_all_at_sign_out(doors: dict[str, Door], asha: Student) -> None:
    for leave in ("rest", "gradio"):
        token = doors["gradio"].call("sign_in", email=asha.email, password=PASSWORD)["token"]
        for door in doors.values():
            assert door.call("me", token=token)["id"] == asha.id
        assert doors[leave].call("sign_out", token=token) is None
        for door in doors.values():
            with pytest.raises(DoorError) as caught:
                door.call("me", token=token)
            assert caught.value.code == "UNAUTHORIZED"
        with pytest.raises(DoorError) as caught:
            doors[leave].call("sign_out", token=token)
        assert caught.value.code == "UNAUTHORIZED"
    assert doors["rest"].call("me", token=asha.token)["id"] == asha.id


def test_s15_a_new_password_ends_the_other_sign_ins_on_every_door(doors: dict[str, Door], asha: Student) -> None:
    other = doors["gradio"].call("sign_in", email=asha.email, password=PASSWORD)["token"]
    mine = {"authorization": f"Bearer {asha.token}"}
    with httpx.Client(base_url=doors["rest"].url, timeout=30) as client:
        given = {"currentPassword": "not this one", "newPassword": "a boat on the lake"}
        assert client.patch("/api/auth/me", json=given, headers=mine).status_code == 403
        assert all(door.call("me", token=other)["id"] == asha.id for door in doors.values())
        given["currentPassword"] = PASSWORD
        assert client.patch("/api/auth/me", json=given, headers=mine).status_code == 200
    for door in doors.values():
        assert door.call("me", token=asha.token)["id"] == asha.id
        with pytest.raises(DoorError) as caught:
            door.call("me", token=other)
        assert caught.value.code == "UNAUTHORIZED"


def test_s21_a_deleted_accounts_token_is_dead_on_every_door(doors: dict[str, Door], asha: Student) -> None:
    assert all(door.call("me", token=asha.token)["id"] == asha.id for door in doors.values())
    answer = httpx.request(
        "DELETE", f"{doors['rest'].url}/api/auth/me", json={"password": PASSWORD},
        headers={"authorization": f"Bearer {asha.token}"},
    )  # fmt: skip
    assert answer.is_success
    for door in doors.values():
        with pytest.raises(DoorError) as caught:
            door.call("me", token=asha.token)
        assert caught.value.code == "UNAUTHORIZED"


def test_s58_guests_leave_nothing_in_the_database(doors: dict[str, Door], app: App) -> None:
    def counted() -> dict[str, int]:
        with closing(sqlite3.connect(app.data_dir / "app.db")) as database:
            names = [row[0] for row in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
            return {name: database.execute(f'SELECT COUNT(*) FROM "{name}"').fetchone()[0] for name in names}

    before = counted()
    assert len(before) >= 9
    for door in doors.values():
        reply = door.call("chat", message="PhD in Kerala, income 2 lakh")
        door.call("chat", message="which are open?", session_id=reply["sessionId"])
        door.call("search_scholarships", keywords="girls")
        door.call("match_profile", level="undergraduate", family_income=200_000)
    assert counted() == before


def test_an_application_through_each_door(doors: dict[str, Door], door: Door, asha: Student) -> None:
    saved = door.call("save_application", token=asha.token, scholarship_id=FIRST, notes="ask school")
    wanted = (
        "id scholarshipId scholarship status portalStatus deadline targetDate checklist progress notes reference amountAwarded events "
        "createdAt updatedAt"
    )
    assert set(saved) >= set(wanted.split())
    assert saved["status"] == "saved" and saved["scholarship"]["id"] == FIRST and saved["scholarship"]["isBookmarked"]
    assert door.call("save_application", token=asha.token, scholarship_id=FIRST)["id"] == saved["id"]
    checklist = [{"text": "Income certificate", "done": True, "lead_days": 15}, {"text": "Photo"}]
    changed = door.call(
        "update_application", token=asha.token, id=saved["id"], status="submitted", target_date="2031-05-17",
        checklist=checklist,
    )  # fmt: skip
    assert changed["status"] == "submitted" and changed["targetDate"] == "2031-05-17" and changed["progress"] == 0.5
    assert changed["notes"] == "ask school"
    for other in doors.values():
        listed = other.call("list_applications", token=asha.token)
        listed = listed["applications"] if isinstance(listed, dict) else listed
        assert [a["id"] for a in listed] == [saved["id"]]
        assert other.call("get_scholarship", token=asha.token, id=FIRST)["isBookmarked"] is True
        assert other.call("get_scholarship", id=FIRST)["isBookmarked"] is False
        assert "20310517" in str(other.call("export_calendar", token=asha.token))
    with pytest.raises(DoorError) as caught:
        door.call("update_application", token=asha.token, id=saved["id"], status="lost")
    assert caught.value.code == "VALIDATION_ERROR"
    if door.name == "mcp":
        with pytest.raises(DoorError) as caught:
            door.call("delete_application", token=asha.token, id=saved["id"])
        assert caught.value.code == "VALIDATION_ERROR" and "confirm: true" in caught.value.message
    assert door.call("delete_application", token=asha.token, id=saved["id"], confirm=True) is None
    with pytest.raises(DoorError) as caught:
        door.call("delete_application", token=asha.token, id=saved["id"])
    assert caught.value.code == "NOT_FOUND"
    with pytest.raises(DoorError) as caught:
        door.call("save_application", token=asha.token, scholarship_id="no-such-id")
    assert caught.value.code == "NOT_FOUND"


def test_s60_two_students_do_not_see_each_other(door: Door, rest: Door, asha: Student, ben: Student) -> None:
    mine = door.call("save_application", token=asha.token, scholarship_id=FIRST)["id"]
    chat = door.call("chat", token=asha.token, message="scholarships for girls")
    history = door.call("chat_history", token=asha.token)
    assert history["total"] == 2 and [m["role"] for m in history["messages"]] == ["user", "assistant"]
    for operation, values, code in (
        ("update_application", {"id": mine, "notes": "ben was here"}, "NOT_FOUND"),
        ("delete_application", {"id": mine}, "NOT_FOUND"),
        ("chat", {"message": "and more?", "session_id": chat["sessionId"]}, "NOT_FOUND"),
        ("chat", {"message": "hello", "user_id": asha.id}, "FORBIDDEN"),
        ("chat_history", {"session_id": chat["sessionId"]}, "NOT_FOUND"),
        ("chat_history", {"user_id": asha.id}, "FORBIDDEN"),
    ):
        with pytest.raises(DoorError) as caught:
            door.call(operation, token=ben.token, **values)
        assert caught.value.code == code, operation
    assert door.call("chat_history", token=ben.token)["total"] == 0
    assert mine not in str(door.call("list_applications", token=ben.token))
    assert rest.call("list_applications", token=asha.token) is not None
    with pytest.raises(DoorError) as caught:
        door.call("chat", message="and more?", session_id=chat["sessionId"])
    assert caught.value.code == "NOT_FOUND", "a guest does not reach a student's chat"


def test_health(door: Door) -> None:
    state = door.call("health")
    assert state["status"] == "healthy"
    assert state["catalogue"]["rows"] > 400 and state["model"]["state"] == "off"
