"""Deadline states: never open without a confirmed date, and never more said than is known."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.deadlines import deadline_state, time_zone
from tests.conftest import CATALOGUE, NOW

from backend.catalogue import read_csv  # isort: skip

BLANK = replace(
    read_csv(CATALOGUE).by_id["nmmss"],
    last_deadline=None,
    opens_month=None,
    closes_month=None,
    deadline="Yearly notice",
)
months = st.none() | st.integers(1, 12)
moments = st.datetimes(datetime(2024, 1, 1), datetime(2029, 12, 31), timezones=st.just(UTC))
dates = st.none() | st.dates(date(2023, 1, 1), date(2030, 12, 31))


@given(closes=dates, first=months, last=months, now=moments)
def test_open_only_with_a_confirmed_date_today_or_later(closes, first, last, now):
    record = replace(BLANK, last_deadline=closes, opens_month=first, closes_month=last)
    state = deadline_state(record, now)
    today = now.astimezone(time_zone(record, now)).date()
    assert (state.state in ("open", "closing_soon")) == (closes is not None and closes >= today)
    assert state.as_of == today
    if state.days_left is not None:
        assert state.days_left == (closes - today).days
        assert (state.state == "closing_soon") == (state.days_left <= 14)
    if state.state == "closed":
        assert closes is not None and closes < today
    if state.next_expected:
        assert state.next_expected >= f"{today:%Y-%m}"
        assert int(state.next_expected[5:]) in {first, last, closes.month if closes else None}
    assert state.text.endswith((".", "!"))


@given(first=st.integers(1, 12), last=st.integers(1, 12), now=moments)
def test_expected_open_exactly_in_the_usual_months(first, last, now):
    record = replace(BLANK, opens_month=first, closes_month=last)
    state = deadline_state(record, now)
    window = {(first - 1 + i) % 12 + 1 for i in range((last - first) % 12 + 1)}
    assert (state.state == "expected_open") == (state.as_of.month in window)


@pytest.mark.parametrize(
    ("closes", "opens", "shuts", "day", "state"),
    [
        ("2026-11-23", None, None, "2026-11-23", "closing_soon"),
        ("2026-11-22", None, None, "2026-11-23", "closed"),
        ("2026-12-07", None, None, "2026-11-23", "closing_soon"),
        ("2026-12-08", None, None, "2026-11-23", "open"),
        ("2028-02-29", None, None, "2028-02-29", "closing_soon"),
        ("2028-02-29", None, None, "2028-03-01", "closed"),
        (None, 11, 2, "2026-12-31", "expected_open"),
        (None, 11, 2, "2027-01-01", "expected_open"),
        (None, 11, 2, "2027-03-01", "unconfirmed"),
        ("2025-10-31", 6, 10, "2026-11-23", "closed"),
        ("2025-10-31", 6, 10, "2026-07-01", "expected_open"),
        ("2026-11-06", 9, 11, "2026-11-23", "closed"),  # this round's own confirmed date has passed
        ("2026-01-15", 11, 1, "2026-01-20", "closed"),
        ("2026-01-15", 11, 1, "2026-11-02", "expected_open"),
        (None, None, None, "2026-11-23", "unconfirmed"),
    ],
)
def test_known_days(closes, opens, shuts, day, state):
    record = replace(
        BLANK, last_deadline=date.fromisoformat(closes) if closes else None, opens_month=opens, closes_month=shuts
    )
    noon = datetime.fromisoformat(day + "T06:30:00+00:00")
    assert deadline_state(record, noon).state == state


def test_the_day_is_that_of_the_country_of_study():
    record = replace(BLANK, last_deadline=date(2026, 11, 23))
    assert deadline_state(record, datetime(2026, 11, 23, 18, 29, tzinfo=UTC)).state == "closing_soon"
    assert deadline_state(record, datetime(2026, 11, 23, 18, 31, tzinfo=UTC)).state == "closed"  # midnight in India
    american = replace(record, study_in=("US",))
    assert deadline_state(american, datetime(2026, 11, 24, 4, 0, tzinfo=UTC)).state == "closing_soon"


def test_the_words_of_the_contract():
    closed = replace(BLANK, last_deadline=date(2025, 10, 31), opens_month=8, closes_month=10)
    assert deadline_state(closed, NOW).text == (
        "Closed on 31 October 2025; usually opens again in August. Check the official page."
    )
    expected = deadline_state(replace(BLANK, opens_month=8, closes_month=12), NOW)
    assert expected.text.startswith("Usually open August to December; this year's date is not confirmed.")
    assert expected.next_expected == "2026-12"


def test_no_row_of_the_catalogue_is_called_open_after_its_date(catalogue):
    for record in catalogue.scholarships:
        for days in range(0, 366, 30):
            state = deadline_state(record, NOW + timedelta(days=days))
            if state.state in ("open", "closing_soon"):
                assert record.last_deadline and record.last_deadline >= state.as_of
