"""Calendar files (RFC 5545) of application deadlines, with alarms 14, 7, 3 and 1 days before."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from icalendar import Alarm, Calendar, Event, vUri

PRODUCT = "-//Scholarship Chatbot//Applications//EN"
ALARM_DAYS = (14, 7, 3, 1)


@dataclass(frozen=True)
class CalendarEntry:
    """One all-day entry; `confirmed` says whether the day is a confirmed closing date or the student's own."""

    uid: str
    title: str
    day: date
    description: str
    url: str
    confirmed: bool


def calendar_file(entries: Iterable[CalendarEntry], now: datetime) -> str:
    """The calendar's text, CRLF line ends; `now` (aware) stamps it. A day that is not confirmed is labelled so."""
    calendar = Calendar()
    for name, value in (("prodid", PRODUCT), ("version", "2.0"), ("calscale", "GREGORIAN"), ("method", "PUBLISH")):
        calendar.add(name, value)
    calendar.add("x-wr-calname", "Scholarship deadlines")
    for entry in entries:
        title = entry.title if entry.confirmed else f"{entry.title} (not confirmed)"
        event = Event()
        event.add("uid", entry.uid)
        event.add("dtstamp", now)
        event.add("dtstart", entry.day)
        event.add("dtend", entry.day + timedelta(days=1))
        event.add("summary", title)
        event.add("description", entry.description)
        event["url"] = vUri(entry.url)
        event.add("transp", "TRANSPARENT")
        for days in ALARM_DAYS:
            alarm = Alarm()
            alarm.add("action", "DISPLAY")
            alarm.add("description", f"{title}: {days} day{'s' if days > 1 else ''} left")
            alarm.add("trigger", timedelta(days=-days))
            event.add_component(alarm)
        calendar.add_component(event)
    return calendar.to_ical().decode("utf-8")
