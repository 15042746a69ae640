"""The dates of scholarships as a calendar file, for everybody; a chat's reply names the file of its records."""

from icalendar import Calendar


def events(http, path: str) -> list:
    answer = http.get(path)
    assert answer.status_code == 200 and answer.headers["content-type"].startswith("text/calendar")
    return Calendar.from_ical(answer.text).walk("VEVENT")


def test_expected_months_are_labelled_as_not_confirmed(http):
    (event,) = events(http, "/api/scholarships/calendar.ics?ids=nmmss")
    assert "not confirmed" in str(event["summary"]) and len(event.walk("VALARM")) == 4


def test_the_calendar_in_hindi(http):
    path = "/api/scholarships/calendar.ics?ids=nmmss"
    (event,) = events(http, f"{path}&language=hi")
    assert "पक्का नहीं" in str(event["summary"]) and "आमतौर" in str(event["description"])
    assert "छात्रवृत्ति" in http.get(f"{path}&language=hi").text
    assert http.get(f"{path}&language=ta").status_code == 422


def test_a_reply_names_the_calendar_of_its_records(http):
    reply = http.post("/api/chat", json={"message": "agle 30 din ka plan bana do: bihar, btech, income 2 lakh"}).json()[
        "data"
    ]
    ids = [row["id"] for row in reply["scholarships"]]
    assert reply["calendarPath"] == f"/api/scholarships/calendar.ics?ids={','.join(ids)}"
    assert len(events(http, reply["calendarPath"])) <= len(ids)
    assert http.post("/api/chat", json={"message": "hi"}).json()["data"]["calendarPath"] is None


def test_unknown_or_no_ids_are_errors(http):
    for query, status in (("ids=no-such-one", 404), ("", 422), ("ids=" + ",".join(["nmmss"] * 21), 422)):
        assert http.get(f"/api/scholarships/calendar.ics?{query}").status_code == status
