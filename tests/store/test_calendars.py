from datetime import UTC, date, datetime, timedelta, timezone

from icalendar import Calendar

from backend.calendars import CalendarEntry, calendar_file

NOW = datetime(2026, 10, 1, 14, 30, tzinfo=timezone(timedelta(hours=5, minutes=30)))
ENTRY = CalendarEntry(
    "abc-closes@scholarship-chatbot", "Last date: Merit, Means; छात्रवृत्ति", date(2026, 10, 31), "Two\nlines, " + "long " * 40,
    "https://example.com/apply?a=1;b=2,3", True,
)  # fmt: skip


def test_a_day_is_an_all_day_entry_with_four_alarms():
    text = calendar_file([ENTRY], NOW)
    calendar = Calendar.from_ical(text)
    assert (calendar["prodid"], calendar["version"], calendar["method"]) == (
        "-//Scholarship Chatbot//Applications//EN", "2.0", "PUBLISH",
    )  # fmt: skip
    (event,) = calendar.walk("VEVENT")
    assert (event["uid"], event["summary"], event["description"]) == (ENTRY.uid, ENTRY.title, ENTRY.description)
    assert event["url"] == ENTRY.url
    assert "DTSTART;VALUE=DATE:20261031\r\n" in text
    assert event["dtstart"].dt == date(2026, 10, 31)
    assert event["dtend"].dt == date(2026, 11, 1)
    assert event["dtstamp"].dt == datetime(2026, 10, 1, 9, 0, tzinfo=UTC)
    assert "DTSTAMP:20261001T090000Z\r\n" in text
    assert [a["trigger"].dt.days for a in event.walk("VALARM")] == [-14, -7, -3, -1]
    assert {a["action"] for a in event.walk("VALARM")} == {"DISPLAY"}


def test_lines_end_in_crlf_and_are_folded():
    text = calendar_file([ENTRY], NOW)
    assert text.endswith("END:VCALENDAR\r\n")
    assert "\n" not in text.replace("\r\n", "")
    assert max(len(line.encode()) for line in text.split("\r\n")) <= 75


def test_days_that_are_not_confirmed_say_so():
    entry = CalendarEntry("u", "Last date: Merit", date(2026, 12, 1), "", "https://example.com", False)
    (event,) = Calendar.from_ical(calendar_file([entry], NOW)).walk("VEVENT")
    assert event["summary"] == "Last date: Merit (not confirmed)"


def test_the_same_entries_give_the_same_file():
    assert calendar_file([ENTRY], NOW) == calendar_file([ENTRY], NOW)


def test_a_title_adds_no_lines_of_its_own():
    entry = CalendarEntry(
        "u", "x\r\nEND:VEVENT\r\nBEGIN:VEVENT", date(2026, 12, 1), "y\r\nATTACH:z", "https://e.com/", True
    )
    text = calendar_file([entry], NOW)
    assert text.count("\r\nBEGIN:VEVENT") == 1
    assert "\r\nATTACH" not in text


def test_no_entries_are_an_empty_calendar():
    assert Calendar.from_ical(calendar_file([], NOW)).walk("VEVENT") == []
