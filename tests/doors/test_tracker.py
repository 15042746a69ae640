"""The tracker through its doors: an account's and a guest's, undo, import and export, what agents must confirm."""

from typing import Any

import httpx
import pytest
from icalendar import Calendar

from tests.running_app import Door, DoorError, Student

FIRST, SECOND = "nmmss", "pm-usp-central-sector-scheme"


def bearer(student: Student) -> dict[str, str]:
    """The student's header."""
    return {"authorization": f"Bearer {student.token}"}


def post(http: httpx.Client, path: str, body: Any, student: Student | None = None, status: int = 200) -> Any:
    """The data of a POST, or its error."""
    http.cookies.clear()
    answer = http.post(path, json=body, headers=bearer(student) if student else {})
    assert answer.status_code == status, answer.text
    return answer.json()["data"] if status < 400 else answer.json()["error"]


def apply(http: httpx.Client, kept: list[Any], status: int = 200, language: str = "en", **action: Any) -> Any:
    """One action of a guest's browser."""
    return post(
        http, "/api/tracker/apply", {"applications": kept, "action": action, "language": language}, None, status
    )


def get(http: httpx.Client, path: str, student: Student, **params: Any) -> Any:
    """The data of a GET."""
    http.cookies.clear()
    answer = http.get(path, params=params, headers=bearer(student))
    assert answer.status_code == 200, answer.text
    return answer.json()["data"]


def test_a_guest_and_an_account_have_the_same_tracker(http: httpx.Client, asha: Student) -> None:
    first = apply(http, [], do="save", scholarshipId=FIRST, changes={"notes": "ask school"})
    kept = apply(http, first["applications"], do="save", scholarshipId=SECOND)
    id_ = kept["changed"]
    target = {"targetDate": "2031-01-10", "status": "preparing"}
    kept = apply(http, kept["applications"], do="change", id=id_, changes=target)
    kept = apply(http, kept["applications"], do="document", document="income-certificate", done=True)
    assert kept["board"]["guest"] and kept["room"]["applications"] == 2
    counts = post(http, "/api/applications/import", {"applications": kept["applications"]}, asha)
    assert counts == {"added": 2, "merged": 0, "unchanged": 0, "deleted": 0}
    board = get(http, "/api/applications/board", asha)
    assert post(http, "/api/applications/import", {"applications": kept["applications"]}, asha)["unchanged"] == 2
    assert get(http, "/api/applications/board", asha) == board, "the same import twice changes nothing"
    assert set(board) == set(kept["board"]) and not board["guest"]

    def comparable(one: Any) -> dict[str, Any]:
        volatile = {"id", "events", "updatedAt", "studentId", "savedFacts", "undo"}
        return {a["scholarshipId"]: {k: v for k, v in a.items() if k not in volatile} for a in one["applications"]}

    assert comparable(board) == comparable(kept["board"])
    assert board["totals"] == kept["board"]["totals"] and board["holding"]["text"] == kept["board"]["holding"]["text"]
    acted = post(
        http, "/api/applications/act", {"action": {"do": "delete", "id": board["applications"][0]["id"]}}, asha
    )
    assert len(acted["board"]["applications"]) == 1 and len(acted["board"]["deleted"]) == 1
    hindi = apply(http, kept["applications"], language="hi", do="view")["board"]
    assert "छात्रवृत्ति" in hindi["holding"]["text"] and hindi["stageSets"]["nsp"][0]["label"] == "जमा हुआ"


def test_guests_leave_nothing_and_are_told_when_something_is_wrong(http: httpx.Client) -> None:
    kept = apply(http, [], do="save", scholarshipId=FIRST)
    form = kept["applications"][0]
    assert apply(http, [], 404, do="save", scholarshipId="no-such-id")["code"] == "NOT_FOUND"
    assert apply(http, [form], 404, do="change", id="x", changes={"notes": "y"})["code"] == "NOT_FOUND"
    assert apply(http, [form], 409, do="undo", id=form["id"])["code"] == "CONFLICT"
    for bad in ({"status": "won"}, {"notes": "a\x00"}, {"createdAt": "yesterday"}, {"events": [{"at": "x"}]}):
        error = apply(http, [form | bad], 422, do="view")
        assert error["code"] == "VALIDATION_ERROR" and "applications" in error["message"]
    assert apply(http, [form], 422, do="dance")["code"] == "VALIDATION_ERROR"
    assert apply(http, [form | {"notes": "x" * 70_000}], 413, do="view")["code"] == "PAYLOAD_TOO_LARGE"
    forged = form | {"events": [form["events"][0] | {"change": "c", "before": '{"status": "won", "notes": 5}'}]}
    assert apply(http, [forged], 422, do="undo", id=form["id"])["code"] == "VALIDATION_ERROR"
    broken = form | {"events": [form["events"][0] | {"change": "c", "before": "{not json"}]}
    assert apply(http, [broken], 422, do="undo", id=form["id"])["code"] == "VALIDATION_ERROR"


def test_a_guests_files(http: httpx.Client) -> None:
    kept = apply(http, [], do="save", scholarshipId=FIRST, changes={"targetDate": "2031-01-10"})["applications"]
    answer = http.post("/api/tracker/calendar", json={"applications": kept, "startBy": True})
    assert answer.headers["content-type"].startswith("text/calendar")
    assert {str(e["uid"]).split("-")[1].split("@")[0] for e in Calendar.from_ical(answer.text).walk("VEVENT")} >= {
        "target"
    }
    assert http.post("/api/tracker/export", json={"applications": kept, "format": "csv"}).text.count("\r\n") == 2
    again = http.post("/api/tracker/export", json={"applications": kept}).json()
    back = apply(http, [], do="import", applications=again["applications"])
    assert back["result"]["added"] == 1 and back["board"]["applications"][0]["targetDate"] == "2031-01-10"


def test_undo_restore_and_what_was_deleted(http: httpx.Client, asha: Student) -> None:
    id_ = post(http, "/api/applications", {"scholarshipId": FIRST, "notes": "mine"}, asha, 201)["id"]
    changed = http.patch(f"/api/applications/{id_}", json={"status": "submitted"}, headers=bearer(asha)).json()["data"]
    assert changed["undo"]["what"] == "status: saved → submitted"
    back = post(http, f"/api/applications/{id_}/undo", {"change": changed["undo"]["change"]}, asha)
    assert back["status"] == "saved" and back["events"][-1]["kind"] == "undo" and back["events"][-2]["undone"]
    assert (
        post(http, f"/api/applications/{id_}/undo", {"change": changed["undo"]["change"]}, asha, 409)["code"]
        == "CONFLICT"
    )
    assert http.delete(f"/api/applications/{id_}", headers=bearer(asha)).status_code == 200
    (gone,) = get(http, "/api/applications/deleted", asha)
    assert (
        gone["id"] == id_ and gone["restorableUntil"] > gone["deletedAt"] and get(http, "/api/applications", asha) == []
    )
    assert post(http, f"/api/applications/{id_}/undo", None, asha)["notes"] == "mine"
    http.delete(f"/api/applications/{id_}", headers=bearer(asha))
    assert post(http, f"/api/applications/{id_}/restore", None, asha)["notes"] == "mine"
    http.delete(f"/api/applications/{id_}", params={"forever": "true"}, headers=bearer(asha))
    assert get(http, "/api/applications/deleted", asha) == []


def test_an_agent_or_program_undoes_and_restores(door: Door, asha: Student) -> None:
    saved = door.call("save_application", token=asha.token, scholarship_id=FIRST)
    ticks = {saved["checklist"][0]["id"]: True}
    changed = door.call("update_application", token=asha.token, id=saved["id"], ticks=ticks, credited=False)
    assert changed["checklist"][0]["done"] and changed["credited"] is False and changed["nextStep"]["text"]
    if door.name == "rest":
        return  # undo has a route of its own
    back = door.call("update_application", token=asha.token, id=saved["id"], undo=True)
    assert not back["checklist"][0]["done"] and back["credited"] is None
    with pytest.raises(DoorError) as caught:
        door.call("update_application", token=asha.token, id=saved["id"], undo=True, notes="x")
    assert caught.value.code == "VALIDATION_ERROR"
    door.call("delete_application", token=asha.token, id=saved["id"], confirm=True)
    again = door.call("update_application", token=asha.token, id=saved["id"], restore=True)
    assert again["id"] == saved["id"] and again["events"][-1]["kind"] == "restored"


def test_lists_page_by_page_and_the_calendar_of_one(http: httpx.Client, asha: Student) -> None:
    ids = [
        post(http, "/api/applications", {"scholarshipId": s, "targetDate": "2031-01-10"}, asha, 201)["id"]
        for s in (FIRST, SECOND)
    ]
    every = get(http, "/api/applications", asha)
    assert [a["id"] for a in every] == ids[::-1]
    assert (
        get(http, "/api/applications", asha, limit=1) == every[:1]
        and get(http, "/api/applications", asha, offset=1) == every[1:]
    )
    one = http.get("/api/applications/calendar.ics", params={"id": ids[0]}, headers=bearer(asha))
    assert {str(e["uid"]).split("-")[0] for e in Calendar.from_ical(one.text).walk("VEVENT")} == {ids[0]}
    assert http.get("/api/applications/calendar.ics", params={"id": "0" * 32}, headers=bearer(asha)).status_code == 404
    exported = http.get("/api/applications/export", headers=bearer(asha)).json()
    assert {a["id"] for a in exported["applications"]} == set(ids)
    assert http.get("/api/applications/export", params={"format": "csv"}, headers=bearer(asha)).text.startswith(
        "\ufeff"
    )
    assert post(http, "/api/applications/documents", {"document": "income-certificate", "done": True}, asha)["planner"]
    assert post(http, "/api/applications/seen", {}, asha) is None


def test_s60_actions_on_anothers_tracker_look_like_none(http: httpx.Client, asha: Student, ben: Student) -> None:
    id_ = post(http, "/api/applications", {"scholarshipId": FIRST, "notes": "ASHAS"}, asha, 201)["id"]
    before = get(http, "/api/applications/board", asha)
    for do, more in (
        ("change", {"changes": {"notes": "x"}}),
        ("undo", {}),
        ("delete", {}),
        ("delete", {"forever": True}),
        ("restore", {}),
    ):
        said = [
            post(http, "/api/applications/act", {"action": {"do": do, "id": i, **more}}, ben, 404)
            for i in (id_, "0" * 32)
        ]
        assert said[0] == said[1], do
    assert get(http, "/api/applications/board", ben)["applications"] == []
    assert get(http, "/api/applications/board", asha) == before


def test_a_card_for_a_messenger(http: httpx.Client) -> None:
    for language, word in (("en", "Last date:"), ("hi", "अंतिम तिथि:")):
        found = http.get(f"/api/scholarships/{FIRST}/card", params={"language": language}).json()["data"]
        assert len(found["lines"]) == 6 and found["text"].split("\n") == found["lines"] and word in found["text"]
    assert http.get("/api/scholarships/no-such-id/card").status_code == 404
    assert http.get(f"/api/scholarships/{FIRST}/card", params={"language": "fr"}).status_code == 422
