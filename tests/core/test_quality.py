"""The independent check that nothing closed is shown as open; figures that are kept; a record's award in words."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from backend.award import amount_words, award_words
from backend.catalogue import Catalogue, Scholarship
from backend.criteria import stated
from backend.deadlines import deadline_state
from backend.evaluation import FILE, measured, write_down
from backend.quality import closed_shown_as_open
from tests.conftest import NOW


def record(catalogue: Catalogue, **changes: object) -> Scholarship:
    return replace(catalogue.by_id["nmmss"], **changes)


@given(hours=st.integers(0, 24 * 900), left=st.integers(-500, 500), country=st.sampled_from(("IN", "US", "NZ", "ANY")))
def test_the_states_that_are_shown_pass_the_check_at_every_moment(
    catalogue: Catalogue, hours: int, left: int, country: str
) -> None:
    now = datetime(2025, 1, 1, tzinfo=UTC) + timedelta(hours=hours)
    one = record(catalogue, last_deadline=now.date() + timedelta(days=left), study_in=(country,))
    assert closed_shown_as_open([(one, deadline_state(one, now).state)], now) == 0


@given(
    days=st.integers(1, 4000), country=st.sampled_from(("IN", "US")), state=st.sampled_from(("open", "closing_soon"))
)
def test_a_closed_one_called_open_is_counted(catalogue: Catalogue, days: int, country: str, state: str) -> None:
    over = record(catalogue, last_deadline=date(2026, 11, 21) - timedelta(days=days), study_in=(country,))
    never = record(catalogue, last_deadline=None)
    assert closed_shown_as_open([(over, state), (never, state), (over, "closed"), (never, "rolling")], NOW) == 2


def test_a_day_is_over_in_india_before_it_is_elsewhere(catalogue: Catalogue) -> None:
    midnight = datetime(2026, 11, 22, 18, 31, tzinfo=UTC)  # 00:01 on the 23rd in India
    last = [record(catalogue, last_deadline=date(2026, 11, 22), study_in=(country,)) for country in ("IN", "US")]
    assert [closed_shown_as_open([(r, "open")], midnight) for r in last] == [1, 0]


def test_figures_replace_earlier_ones_of_the_same_measurement(tmp_path: Path) -> None:
    file = tmp_path / "evaluation.json"
    write_down("names", {"names.hit1": 0.9}, 100, date(2026, 1, 1), file)
    write_down("chat", {"chat.passed": 1}, 100, date(2026, 1, 2), file)
    write_down("names", {"names.hit1": 0.98765}, 101, date(2026, 2, 3), file)
    kept = json.loads(file.read_text())
    assert kept["names"] == {"on": "2026-02-03", "rows": 101, "figures": {"names.hit1": 0.9877}}
    assert kept["chat"]["figures"] == {"chat.passed": 1}


def test_the_kept_figures_are_whole() -> None:
    assert measured() == json.loads(FILE.read_text())
    for name, figure in (("grounding", "true.lost"), ("grounding", "corrupt.stopped"), ("names", "names.hit1"), ("search", "search.profile_exact"), ("chat", "chat.passed")):  # fmt: skip
        assert (
            0 <= measured()[name]["figures"][figure] <= 1 and date.fromisoformat(measured()[name]["on"]) <= date.today()
        )


def test_an_amount_says_which_end_it_is(catalogue: Catalogue) -> None:
    def words(low: float | None, high: float | None, language: str = "en") -> str:
        return amount_words(record(catalogue, award_min=low, award_max=high, award_period="year"), language)

    assert words(2000, 2000) == "₹2,000 a year" and words(2000, 150000) == "₹2,000 to ₹1,50,000 a year"
    assert words(None, 2000) == "up to ₹2,000 a year" and words(2000, None) == "from ₹2,000 a year"
    assert words(None, 2000, "hi") == "₹2,000 तक हर साल" and words(None, None) == ""


def test_hindi_words_keep_the_record_s_own(catalogue: Catalogue) -> None:
    for one in catalogue.scholarships:
        assert award_words(one, "en") == one.award
        says_more = one.award != amount_words(one, "en")
        assert award_words(one, "hi").endswith(f"स्रोत के शब्दों में: {one.award}") is says_more


def test_what_is_stated_holds_every_relaxation(catalogue: Catalogue) -> None:
    for one in catalogue.scholarships:
        for relaxation in one.relaxations:
            if relaxation.limit is not None and relaxation.rule != "income":
                assert f"{relaxation.limit:g}" in str(stated(one, relaxation.rule, "en"))
