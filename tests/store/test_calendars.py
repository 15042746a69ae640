import re
from datetime import UTC, date, datetime, timedelta, timezone

from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from backend.accounts import Account
from backend.applications import Applications
from backend.calendars import CalendarEntry, calendar_file
from backend.catalogue import Catalogue
from backend.tracker.dates import calendar
from backend.tracker.plan import plans_of

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


NAME = r"(?:BEGIN|END|PRODID|VERSION|CALSCALE|METHOD|NAME|REFRESH-INTERVAL|UID|DTSTAMP|DTSTART|DTEND|SEQUENCE|LAST-MODIFIED|SUMMARY|DESCRIPTION|URL|TRANSP|ACTION|TRIGGER|X-[A-Z-]+)"
LINE = re.compile(rf"({NAME})((?:;[A-Z]+=[A-Z]+)*):(.*)")
TEXT = re.compile(r"(?:\\[\\;,nN]|[^\\;,\x00-\x1f\x7f])*")
VALUES = {
    "DTSTAMP": r"\d{8}T\d{6}Z", "LAST-MODIFIED": r"\d{8}T\d{6}Z", "DTSTART": r"\d{8}", "DTEND": r"\d{8}", "SEQUENCE": r"\d{1,9}",
    "TRIGGER": r"-P\d{1,2}D", "REFRESH-INTERVAL": r"PT\d+H", "URL": r"https?://[^\s<>\"]+", "VERSION": r"2\.0", "METHOD": "PUBLISH",
    "TRANSP": "TRANSPARENT", "ACTION": "DISPLAY", "CALSCALE": "GREGORIAN", "X-PUBLISHED-TTL": r"PT\d+H",
}  # fmt: skip
REQUIRED = {
    "VCALENDAR": {"PRODID", "VERSION"}, "VEVENT": {"UID", "DTSTAMP", "DTSTART"}, "VALARM": {"ACTION", "TRIGGER", "DESCRIPTION"}
}  # fmt: skip


def check_strictly(text: str) -> int:
    """Every content line by the grammar of RFC 5545 (3.1, 3.3, 3.6), what each component must have and have once; gives
    the number of events."""
    assert text.endswith("\r\n") and "\n" not in text.replace("\r\n", "")
    for line in text.encode().split(b"\r\n"):
        assert len(line) <= 75
        line.decode()  # no character is cut
    open_, seen, uids = [], [], []
    for line in text.replace("\r\n ", "").split("\r\n")[:-1]:
        found = LINE.fullmatch(line)
        assert found, line
        name, parameters, value = found.groups()
        if name == "BEGIN":
            assert (open_ or [None])[-1] == {"VCALENDAR": None, "VEVENT": "VCALENDAR", "VALARM": "VEVENT"}[value]
            open_.append(value)
            seen.append([])
        elif name == "END":
            names = seen.pop()
            assert open_.pop() == value and set(names) >= REQUIRED[value] and len(set(names)) == len(names)
        else:
            seen[-1].append(name)
            assert re.fullmatch(VALUES[name], value) if name in VALUES else TEXT.fullmatch(value), line
            assert parameters == {
                "DTSTART": ";VALUE=DATE",
                "DTEND": ";VALUE=DATE",
                "REFRESH-INTERVAL": ";VALUE=DURATION",
            }.get(name, "")
            if name == "UID":
                uids.append(value)
    assert not open_ and len(set(uids)) == len(uids)
    return len(uids)


@settings(max_examples=25, deadline=None)
@given(
    title=st.text(max_size=90),
    description=st.text(max_size=200),
    day=st.dates(date(2000, 1, 1), date(2100, 1, 1)),
    confirmed=st.booleans(),
    language=st.sampled_from(["en", "hi"]),
    changed=st.none() | st.just(NOW),
)
def test_whatever_is_written_keeps_to_the_grammar(title, description, day, confirmed, language, changed):
    entry = CalendarEntry(
        "u-1@x", title, day, description, "https://e.com/a b\r\nX:1", confirmed, changed=changed, sequence=7
    )
    text = calendar_file([entry, ENTRY], NOW, language)
    assert check_strictly(text) == 2
    first, second = Calendar.from_ical(text).walk("VEVENT")
    assert second["summary"] == ENTRY.title and first["dtstart"].dt == day and first["sequence"] == 7
    printable = "".join(
        c for c in title.replace("\r\n", "\n").replace("\r", "\n") if c.isprintable() or c in "\n\u200c\u200d"
    )
    assert str(first["summary"]).startswith(printable)


def test_the_calendar_of_applications(applications: Applications, catalogue: Catalogue, asha: Account):
    """Every record once: closing dates, expected months, own dates, renewals, days to start documents by."""
    for number, record in enumerate(catalogue.scholarships[:30]):
        own = {"target_date": date(2026, 11, 1 + number % 28)} if number % 3 == 0 else {}
        applications.save(asha.id, record.id, own | ({"renewal_due": date(2027, 8, 1)} if number % 7 == 0 else {}))
    world = applications.world()
    plans = plans_of(applications.list(asha.id), world)
    for language in ("en", "hi"):
        text = calendar(world, plans, None, True, language)
        assert check_strictly(text) == len(Calendar.from_ical(text).walk("VEVENT")) > 30
    assert text == calendar(world, plans_of(applications.list(asha.id), world), None, True, "hi"), (
        "the same ids each time"
    )
    events = Calendar.from_ical(calendar(world, plans, None, False, "en")).walk("VEVENT")
    assert {str(e["uid"]).split("@")[0].split("-")[1] for e in events} >= {"expected", "target", "renewal"}
    assert all(str(e["summary"]).endswith("(not confirmed)") == ("-expected@" in e["uid"]) for e in events)
    one = plans[0].application.id
    assert all(
        str(e["uid"]).startswith(one)
        for e in Calendar.from_ical(calendar(world, plans, one, False, "en")).walk("VEVENT")
    )
