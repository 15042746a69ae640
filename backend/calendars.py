"""Calendar files (RFC 5545) of days, with alarms before, as Google, Apple and Outlook subscribe to them.

Days are all-day DATE values, so that they are the same day in every time zone. The lines are written here and not by the
icalendar package, which takes a millisecond for each entry: a calendar of 1,000 applications would keep a student waiting for
seconds. The tests read what is written with that package and with a strict grammar of content lines.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from backend.vocabulary import HINDI

PRODUCT = "-//Scholarship Chatbot//Applications//EN"
NAMES = ("Scholarship deadlines", "छात्रवृत्ति की तारीख़ें")
"""In English and Hindi."""
ALARM_DAYS = (14, 7, 3, 1)
REFRESH = "PT12H"
"""How often a subscribed calendar is asked for again."""
_OCTETS = 75
"""Of a line at most, without its end (RFC 5545, 3.1)."""
_HEAD = (
    "BEGIN:VCALENDAR", f"PRODID:{PRODUCT}", "VERSION:2.0", "CALSCALE:GREGORIAN", "METHOD:PUBLISH",
    f"REFRESH-INTERVAL;VALUE=DURATION:{REFRESH}", f"X-PUBLISHED-TTL:{REFRESH}",
)  # fmt: skip
_NOT_CONFIRMED = (" (not confirmed)", " (पक्का नहीं)")
_DAYS_LEFT = ("{title}: {n} days left", "{title}: {n} दिन बाकी")
_DAY_LEFT = ("{title}: 1 day left", "{title}: 1 दिन बाकी")


@dataclass(frozen=True)
class CalendarEntry:
    """One all-day entry; `confirmed` says whether the day is a confirmed closing date or the student's own. `sequence` and
    `changed` (aware) say which of two copies of an entry is the later one."""

    uid: str
    title: str
    day: date
    description: str
    url: str
    confirmed: bool
    alarm_days: tuple[int, ...] = ALARM_DAYS
    sequence: int = 0
    changed: datetime | None = None


def calendar_file(entries: Iterable[CalendarEntry], now: datetime, language: str = "en") -> str:
    """The calendar's text, CRLF line ends; `now` (aware) stamps it. A day that is not confirmed is labelled so."""
    return calendar_of_events(event_lines(entries, now, language), language)


def calendar_of_events(events: str, language: str) -> str:
    """A calendar of the lines of its events, which `event_lines` gave."""
    name = NAMES[language == HINDI]
    return _joined((*_HEAD, f"NAME:{name}", f"X-WR-CALNAME:{name}")) + events + _joined(("END:VCALENDAR",))


def event_lines(entries: Iterable[CalendarEntry], now: datetime, language: str) -> str:
    """The lines of the events, to be put into a calendar; `now` (aware) stamps them."""
    stamp = _moment(now)
    return "".join(_joined(_event(entry, stamp, language == HINDI)) for entry in entries)


def _joined(lines: Iterable[str]) -> str:
    folded = (line if line.isascii() and len(line) <= _OCTETS else _folded(line) for line in lines)
    return "\r\n".join(folded) + "\r\n"


def _event(entry: CalendarEntry, stamp: str, hindi: bool) -> Iterator[str]:
    title = entry.title if entry.confirmed else entry.title + _NOT_CONFIRMED[hindi]
    summary = _text(title)
    yield from ("BEGIN:VEVENT", f"UID:{_text(entry.uid)}", f"DTSTAMP:{stamp}", f"DTSTART;VALUE=DATE:{entry.day:%Y%m%d}")
    yield f"DTEND;VALUE=DATE:{entry.day + timedelta(days=1):%Y%m%d}"
    yield f"SEQUENCE:{entry.sequence}"
    if entry.changed is not None:
        yield f"LAST-MODIFIED:{_moment(entry.changed)}"
    yield f"SUMMARY:{summary}"
    yield f"DESCRIPTION:{_text(entry.description)}"
    if entry.url:
        yield f"URL:{_address(entry.url)}"
    yield "TRANSP:TRANSPARENT"
    for days in entry.alarm_days:
        words = (_DAY_LEFT if days == 1 else _DAYS_LEFT)[hindi].format(title=title, n=days)
        yield from ("BEGIN:VALARM", "ACTION:DISPLAY", f"DESCRIPTION:{_text(words)}", f"TRIGGER:-P{days}D", "END:VALARM")
    yield "END:VEVENT"


def _moment(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _text(value: str) -> str:
    """A TEXT value: its own signs escaped, no control characters (RFC 5545, 3.3.11)."""
    one = value.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    lines = one.replace("\r\n", "\n").replace("\r", "\n").replace("\n", "\\n")
    return lines if lines.isprintable() else "".join(c for c in lines if c.isprintable() or c in "\u200c\u200d")


def _address(url: str) -> str:
    """A URI value, which has no white space and no control characters."""
    return "".join(c for c in url if c.isprintable() and not c.isspace())


def _folded(line: str) -> str:
    """A content line in pieces of at most 75 octets, none of which cuts a character (RFC 5545, 3.1)."""
    octets, pieces, room = line.encode(), [], _OCTETS
    while len(octets) > room:
        cut = room
        while octets[cut] & 0xC0 == 0x80:  # inside of a character
            cut -= 1
        pieces.append(octets[:cut])
        octets, room = octets[cut:], _OCTETS - 1  # the space before it counts
    return b"\r\n ".join([*pieces, octets]).decode()
