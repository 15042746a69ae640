"""The deadline state of a record at a moment: a pure function that never says more than is known."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from importlib.resources import files
from zoneinfo import ZoneInfo

from backend.catalogue import ANY_COUNTRY, Scholarship

CLOSING_SOON_DAYS = 14
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
_ROLLING = re.compile(r"\brolling\b|\ball year\b|\bthrough the year\b|\bat any time\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class DeadlineState:
    """What can be said of a record's closing date on the day `as_of` (in the scholarship's time zone).

    `state` is open, closing_soon, expected_open, closed, rolling or unconfirmed (contract, section 1); `closes_on` is the
    latest confirmed closing date, past or future; `next_expected` is YYYY-MM; `days_left` only where it is open.
    """

    state: str
    closes_on: date | None
    closes_month: int | None
    opens_month: int | None
    next_expected: str | None
    days_left: int | None
    as_of: date
    text: str

    @property
    def is_open(self) -> bool:
        """A confirmed closing date is today or later."""
        return self.state in ("open", "closing_soon")


def day(value: date) -> str:
    """A date for people: 31 October 2025."""
    return f"{value.day} {MONTHS[value.month - 1]} {value.year}"


def deadline_state(record: Scholarship, now: datetime) -> DeadlineState:
    """The record's deadline state at `now` (aware). Open only with a confirmed closing date today or later."""
    today = local_day(record, now)
    closes, opens_month, closes_month = record.last_deadline, record.opens_month, record.closes_month
    if closes is not None and closes >= today:
        left = (closes - today).days
        state = "closing_soon" if left <= CLOSING_SOON_DAYS else "open"
        upcoming = f"{closes.year:04d}-{closes.month:02d}"
        left_text = "today is the last day" if left == 0 else "1 day left" if left == 1 else f"{left} days left"
        text = f"Open until {day(closes)} ({left_text})."
        return DeadlineState(state, closes, closes_month, opens_month, upcoming, left, today, text)
    upcoming_month = _next_expected(record, today)
    if _in_usual_months(record, today) and not _closed_this_round(record, today):
        state, text = "expected_open", f"{_usual(record)}; this year's date is not confirmed. Check the official page."
    elif closes is not None:
        state, text = "closed", f"Closed on {day(closes)}{_again(record)}. Check the official page."
    elif _ROLLING.search(record.deadline):
        state, text = "rolling", "Takes applications all year, by the source read. Check the official page."
    elif opens_month or closes_month:
        state, text = "unconfirmed", f"{_usual(record)}; the next date is not confirmed. Check the official page."
    else:
        state, text = "unconfirmed", f"No closing date is confirmed. The source says: {record.deadline}."
    return DeadlineState(state, closes, closes_month, opens_month, upcoming_month, None, today, text)


DATE_FACTS = ("last_deadline", "opens_month", "closes_month", "deadline", "study_in")
"""The fields whose values `date_facts` gives."""


def date_facts(record: Scholarship) -> tuple[date | None, int | None, int | None, str, tuple[str]]:
    """What the state and the dates of `deadline_state` depend on (its text reads more), as values of DATE_FACTS: records
    that agree in these agree in them at every moment."""
    rolling = "rolling" if _ROLLING.search(record.deadline) else ""
    zone = _zone_country(record) or ANY_COUNTRY
    return record.last_deadline, record.opens_month, record.closes_month, rolling, (zone,)


def local_day(record: Scholarship, now: datetime) -> date:
    """The calendar day at `now` in the record's time zone: all that `deadline_state` takes from the clock."""
    return now.astimezone(time_zone(record, now)).date()


def time_zone(record: Scholarship, now: datetime) -> ZoneInfo:
    """The zone whose calendar day counts: that of the country of study, else of citizenship, else UTC.

    Of a country with several zones the easternmost is taken: there the day ends first, so nothing stays open too long.
    """
    country = _zone_country(record)
    return _easternmost(country, now.date()) if country else ZoneInfo("UTC")


def _zone_country(record: Scholarship) -> str | None:
    for countries in (record.study_in, record.open_to):
        if len(countries) == 1 and countries[0] in _zones():
            return countries[0]
    return None


@lru_cache(maxsize=1024)
def _easternmost(country: str, on: date) -> ZoneInfo:
    noon = datetime(on.year, on.month, on.day, 12, tzinfo=UTC)
    zones = (ZoneInfo(name) for name in _zones()[country])
    return max(zones, key=lambda zone: noon.astimezone(zone).utcoffset() or timedelta(0))


@lru_cache(maxsize=1)
def _zones() -> dict[str, tuple[str, ...]]:
    """Zone names of each country, from the time zone database's zone.tab (package tzdata)."""
    zones: dict[str, tuple[str, ...]] = {}
    for line in files("tzdata").joinpath("zoneinfo", "zone.tab").read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            country, _, name = line.split("\t")[:3]
            zones[country] = (*zones.get(country, ()), name)
    return zones


def _in_usual_months(record: Scholarship, today: date) -> bool:
    first, last = record.opens_month, record.closes_month
    if first and last:
        return first <= today.month <= last if first <= last else today.month >= first or today.month <= last
    return today.month == (first or last)


def _closed_this_round(record: Scholarship, today: date) -> bool:
    """Whether the last confirmed date, already past, belongs to the usual months that today lies in."""
    closed = record.last_deadline
    if closed is None:
        return False
    first = record.opens_month or record.closes_month or today.month
    year = today.year if today.month >= first else today.year - 1
    return closed >= date(year, first, 1)


def _next_expected(record: Scholarship, today: date) -> str | None:
    """The next month, this one included, in which it usually closes (where it may be open) or opens."""
    first, last = record.opens_month, record.closes_month
    if _in_usual_months(record, today) and not _closed_this_round(record, today):
        month = last or first
    else:
        month = first or last
    if month is None:
        return None
    year = (
        today.year
        if month > today.month or (month == today.month and _in_usual_months(record, today))
        else today.year + 1
    )
    if _closed_this_round(record, today) and month == today.month:
        year = today.year + 1
    return f"{year:04d}-{month:02d}"


def _usual(record: Scholarship) -> str:
    first, last = record.opens_month, record.closes_month
    if first and last:
        return (
            f"Usually open {MONTHS[first - 1]} to {MONTHS[last - 1]}"
            if first != last
            else f"Usually open in {MONTHS[first - 1]}"
        )
    return f"Usually opens in {MONTHS[first - 1]}" if first else f"Usually closes in {MONTHS[(last or 1) - 1]}"


def _again(record: Scholarship) -> str:
    if record.opens_month:
        return f"; usually opens again in {MONTHS[record.opens_month - 1]}"
    return f"; usually closes in {MONTHS[record.closes_month - 1]}" if record.closes_month else ""
